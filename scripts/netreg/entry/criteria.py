"""Criteria: what depends on a term of a vocabulary, as the schema says beside the term."""

from __future__ import annotations

from netreg.core.schema import Schema, Term


def is_closed(status: object, schema: Schema) -> bool:
    """Whether a body of this status is no more; not for a word that is no status."""
    term = _term("status", status, schema)
    return term is not None and term.is_closed


def needs_source(kind: object, schema: Schema) -> bool:
    """Whether another name of this kind stands on somebody's word; not for a word that is no kind."""
    term = _term("name_kind", kind, schema)
    return term is not None and term.needs_source


def is_opened(how: object, schema: Schema) -> bool:
    """Whether somebody of the registry has opened a source that is said to be read in this way."""
    term = _term("read_how", how, schema)
    return term is None or term.is_opened


def deciding_roles(schema: Schema) -> frozenset[str]:
    """The roles in which a country takes part."""
    return frozenset(term.value for term in schema.terms("country_role") if term.takes_part)


def _term(vocabulary: str, value: object, schema: Schema) -> Term | None:
    return next((term for term in schema.terms(vocabulary) if term.value == value), None)
