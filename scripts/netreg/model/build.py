"""From checked documents to the registry. Reading is tolerant: an unknown key of a later release is left alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from netreg.core.load import Document
from netreg.core.schema import Schema
from netreg.model.facts import Claim, Entry, Event, LegalAct, Name, Question, Relation, Source, Sourced
from netreg.model.registry import Registry

Raw = Mapping[str, Any]
Item = TypeVar("Item", bound=Sourced)

_CLAIMS = "form status established ended purpose summary seat secretariat governance website".split()
_RENAMED = {"from": "since"}


def build_registry(documents: Iterable[Document], schema: Schema, today: date) -> Registry:
    """The registry of documents in which ``check`` found no error; unreadable ones must not come here."""
    entries = {document.id: _entry(document) for document in documents if document.root is not None}
    return Registry(entries, schema, today)


def _entry(document: Document) -> Entry:
    assert document.root is not None
    raw: Raw = document.root.plain()
    participants: Raw = raw.get("participants", {})
    return Entry(
        id=document.id,
        name=raw["name"],
        short_name=raw.get("short_name", ""),
        acronym=raw.get("acronym", ""),
        group=raw.get("group", ""),
        topics=tuple(raw.get("topics", ())),
        **{key: _claim(raw[key]) for key in _CLAIMS if key in raw},
        tasks=_claims(raw.get("tasks", ())),
        kinds=_claim(participants.get("kinds")),
        range=_claim(participants.get("range")),
        counts=_claims(participants.get("counts", ())),
        countries=_claim(participants.get("countries")),
        other_names=_items(Name, raw.get("other_names", ())),
        legal_basis=_items(LegalAct, raw.get("legal_basis", ())),
        relations=_items(Relation, raw.get("relations", ())),
        history=_items(Event, raw.get("history", ())),
        open_questions=tuple(Question(item["about"], item["text"]) for item in raw.get("open_questions", ())),
        sources=tuple(_source(item) for item in raw.get("sources", ())),
        withdrawn=raw.get("entry"),
        raw=raw,
    )


def _claims(raw: Iterable[Raw]) -> tuple[Claim, ...]:
    return tuple(claim for item in raw if (claim := _claim(item)))


def claims_in(raw: Any) -> Claim | tuple[Claim, ...] | None:
    """The claim, or the claims, that plain data hold."""
    return _claims(raw) if isinstance(raw, list) else _claim(raw or None)


def _claim(raw: Raw | None) -> Claim | None:
    if raw is None:
        return None
    known = _known(Claim, raw)
    value = known["value"]
    known["value"] = tuple(value) if isinstance(value, list) else value
    known["other"] = _claims(raw.get("other", ()))
    return Claim(**known)


def _items(kind: type[Item], raw: Iterable[Raw]) -> tuple[Item, ...]:
    return tuple(kind(**_known(kind, item)) for item in raw)


def _known(kind: type[Sourced], raw: Raw) -> dict[str, Any]:
    """The keys that the class knows, under its names."""
    names = {_RENAMED.get(key, key): value for key, value in raw.items()}
    known = {key: value for key, value in names.items() if key in kind.__dataclass_fields__}
    known["sources"] = tuple(raw.get("sources", ()))
    known["likely"] = raw.get("certainty") == "likely"
    if "document" in known:
        known["document"] = _document(known["document"])
    return known


def _document(raw: Raw | None) -> tuple[str, str] | None:
    return (raw["type"], raw["number"]) if raw else None


def _source(raw: Raw) -> Source:
    return Source(
        id=raw["id"],
        title=raw["title"],
        author=raw["author"],
        kind=raw["kind"],
        language=raw["language"],
        read_on=raw["read"]["date"],
        read_how=raw["read"]["how"],
        url=raw.get("url", ""),
        copy_by=raw.get("copy_by", ""),
        document=_document(raw.get("document")),
        statement=raw.get("statement"),
        published=raw.get("published", ""),
        note=raw.get("note", ""),
    )
