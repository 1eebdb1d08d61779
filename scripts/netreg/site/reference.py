"""Pages made from schema, rules and tables: scales with their criteria, the fields, the rules, the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from netreg.check.rule import all_rules
from netreg.core.schema import Part, Schema, Term
from netreg.export.tables import queries, tables
from netreg.model import Registry
from netreg.model.statements import networks_by_term
from netreg.site.page import Page, render

_SCALES = (
    ("group", "Groups"),
    ("form", "Degree of formalisation"),
    ("range", "Range of participants"),
    ("status", "Status"),
)
_VOCABULARIES = (
    "group form status range participant_kind unit topic relation_type actor event_kind name_kind source_kind "
    "act_role document_type read_how certainty"
).split()


@dataclass(frozen=True)
class Scale:
    """A vocabulary with the number of networks under each term."""

    anchor: str
    title: str
    help: str
    ordered: bool
    terms: list[tuple[Term, int]]


def scales(registry: Registry) -> str:
    """The scales and criteria as HTML, for the page on method."""
    return render("method_scales.html", scales=[_scale(registry, name, title) for name, title in _SCALES])


def _scale(registry: Registry, name: str, title: str) -> Scale:
    definition = registry.schema.definition(name)
    counts = networks_by_term(registry, name)
    return Scale(f"scale-{name}", title, definition["description"], bool(definition.get("x-ordered")), counts)


def rules_page(examples: Mapping[str, str]) -> Page:
    """All rules by family; ``examples`` holds what the tool says about the bad example of each."""
    rules = all_rules()
    families = [(family, list(group)) for family, group in groupby(rules, key=lambda rule: rule.family)]
    html = render("rules.html", families=families, examples={rule.id: examples.get(rule.id, "") for rule in rules})
    return Page("rules/", "Rules", html, description="What is checked, why, and what to do.", has_contents=True)


@dataclass(frozen=True)
class SchemaKey:
    """A key below a field."""

    key: str
    help: str
    terms: list[str]


@dataclass(frozen=True)
class SchemaField:
    """A top-level field of an entry."""

    key: str
    title: str
    role: str
    required: bool
    help: str
    keys: list[SchemaKey]
    example: str


def schema_page(schema: Schema) -> Page:
    """The fields and vocabularies of the schema."""
    fields = list(_fields(schema))
    vocabularies = [
        {
            "name": name.replace("_", "-"),
            "title": schema.definition(name)["title"],
            "help": schema.definition(name)["description"],
            "terms": schema.terms(name),
        }
        for name in _VOCABULARIES
    ]
    html = render("schema.html", fields=fields, vocabularies=vocabularies)
    return Page("schema/", "Schema reference", html, description="The fields of an entry.", has_contents=True)


def _fields(schema: Schema) -> Iterator[SchemaField]:
    required = schema.raw["else"]["required"]
    for key in schema.order(schema.root):
        part = schema.child(schema.root, key)
        yield SchemaField(
            key,
            part["title"],
            part["x-role"],
            key in required,
            part["description"],
            list(_keys(schema, schema.child(part, 0) if "items" in part else part)),
            _example(key, part),
        )


def _keys(schema: Schema, part: Part) -> Iterator[SchemaKey]:
    for key in schema.order(part):
        below = schema.child(part, key)
        items = schema.child(below, 0) if "items" in below else below
        terms = [option["const"] for option in items.get("oneOf", ()) if "const" in option]
        yield SchemaKey(key, below.get("description", ""), terms if len(terms) <= 12 else [])


def _example(key: str, part: Part) -> str:
    examples: list[Any] = part.get("examples", [])
    if not examples:
        return ""
    value = examples[0]
    shown = f"[{', '.join(map(str, value))}]" if isinstance(value, list) else value
    return f"{key}: {shown}"


def data_page(schema: Schema) -> Page:
    """The page; its tables and columns are those of the files."""
    html = render("data.html", tables=tables(schema), queries=queries())
    about = "The whole register as a workbook, as tables for R, pandas and SQL, and as JSON: free to use, no account."
    return Page("data/", "Data", html, description=about, has_contents=True)
