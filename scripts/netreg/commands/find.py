"""``netreg find``: which networks somebody means, or which fit some terms."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from netreg.commands.options import parser, wants_colour
from netreg.commands.reading import with_registry
from netreg.core import dates
from netreg.core.nearest import did_you_mean, listed
from netreg.core.project import UsageError, find_project
from netreg.core.report.as_text import printable
from netreg.core.schema import Schema, read_schema
from netreg.entry import Entry
from netreg.model import Registry
from netreg.model.leads import Lead, Tense
from netreg.model.participation import Cell, takes_part
from netreg.model.search import Match, Rank, search
from netreg.model.statements import COUNTRIES, networks_with
from netreg.terminal.screen import Column, Screen, cut, fitted, line, this_screen

_AXES = {
    "group": ("group", "group"),
    "form": ("form", "form"),
    "range": ("participants.range", "range"),
    "status": ("status", "status"),
    "topic": ("topics", "topic"),
    "kind": ("participants.kinds", "participant_kind"),
    "role": (COUNTRIES, "country_role"),
}
"""The options that narrow, with the field and the vocabulary of each."""

View = Mapping[str, Mapping[str, Any]]
"""The networks that fit one of the options, by their ids, each with what is to be told of it."""

_NONE = "[]\n"  # what --json prints where nothing was found

_COLUMNS = (Column("id", 60, 3), Column("network", 30, 0), Column("status", 16, 2), Column("form", 12, 1))


def run(args: Sequence[str]) -> int:
    """Print what was found; 1 where nothing was."""
    options = _parser().parse_args(args)
    project = find_project()
    wanted = _wanted(options, read_schema(project.root))
    query = " ".join(options.words)
    found, nothing = with_registry(project, lambda registry: _answer(registry, query, wanted, options.json))
    sys.stdout.write(found)
    sys.stderr.write(nothing)
    return 1 if nothing or found == _NONE else 0


def _parser() -> ArgumentParser:
    options = parser(
        "find",
        "Find networks by name, acronym, former or misspelt name, number of a legal act, or words of the description. "
        "Without WORDS, list all that the options leave.",
    )
    options.add_argument("words", metavar="WORDS", nargs="*", help="what to look for; case and accents do not matter")
    for axis, (_field, vocabulary) in _AXES.items():
        options.add_argument(f"--{axis}", metavar="TERM", help=f"only with this {vocabulary.replace('_', ' ')}")
    options.add_argument("--country", metavar="CODE", help="only where this country takes part, as in FR or France")
    options.add_argument(
        "--lead", metavar="CODE", help="only what this country, or a body by its id, leads or may lead"
    )
    options.add_argument("--json", action="store_true", help="print a list of objects")
    return options


def _wanted(options: Namespace, schema: Schema) -> dict[str, str]:
    """The terms asked for by axis, each one of its vocabulary."""
    given = {axis: getattr(options, axis) for axis in _AXES if getattr(options, axis)}
    wanted = {axis: _term(schema, axis, text) for axis, text in given.items()}
    if options.country:
        wanted["country"] = _country(options.country)
    if options.lead:
        wanted["lead"] = _code(options.lead) or options.lead
    return wanted


def _term(schema: Schema, axis: str, text: str) -> str:
    terms = schema.terms(_AXES[axis][1])
    for term in terms:
        if text.casefold() in (term.value, term.title.casefold()):
            return term.value
    values = [term.value for term in terms]
    hint = f"{did_you_mean(text, values)} The terms are {listed(values)}."
    raise UsageError(f'--{axis}: there is no "{printable(text)}".{hint}')


def _country(text: str) -> str:
    code = _code(text)
    if not code:
        raise UsageError(f'--country: "{printable(text)}" is no country we know; write its two letters, as in FR.')
    return code


def _code(text: str) -> str:
    if len(text) == 2 and text.isascii() and text.isalpha():
        return text.upper()
    from netreg.model.phrases import country_code

    return country_code(text)


def _answer(registry: Registry, query: str, wanted: Mapping[str, str], as_json: bool) -> tuple[str, str]:
    """What goes to standard output, and to standard error where nothing was found."""
    matches, views = _matches(registry, query), [_view(registry, axis, wanted) for axis in wanted]
    found = [match for match in matches if all(match.entry.id in view for view in views)]
    told = {
        match.entry.id: {key: said for view in views for key, said in view[match.entry.id].items()} for match in found
    }
    if as_json:
        return json.dumps([_as_object(registry, one, query) | told[one.entry.id] for one in found], indent=2) + "\n", ""
    if found:
        return "".join(f"{text}\n" for text in _shown(registry, found, query, told, this_screen(wants_colour()))), ""
    return "", _nothing(query, wanted, matches) + "\n"


def _view(registry: Registry, axis: str, wanted: Mapping[str, str]) -> View:
    term = wanted[axis]
    if axis == "country" or (axis == "role" and "country" in wanted):
        code, role = wanted["country"], wanted.get("role", "")
        cells = (takes_part(entry, code, role, registry.sets) for entry in registry.networks)
        return {cell.entry.id: {"takes_part": _cell(cell)} for cell in cells if cell}
    if axis == "lead":
        bodies = [*registry.entries, *(actor.value for actor in registry.schema.terms("actor"))]
        if term not in bodies and not term.isupper():
            raise UsageError(f'--lead: "{printable(term)}" is no country and no body.{did_you_mean(term, bodies)}')
        held = [lead for lead in registry.leads if _is_held_by(lead, term)]
        ids = {one.entry.id for one in held}
        return {id_: {"leads": [_lead(one) for one in held if one.entry.id == id_]} for id_ in ids}
    return {id_: {} for id_ in networks_with(registry.statements, _AXES[axis][0], term)}


def _is_held_by(lead: Lead, who: str) -> bool:
    """Whether a country or a body holds it, or did so when it was last told; not by a rival account."""
    return who in (*lead.countries, lead.item.target) and lead.tense is not Tense.PAST and not lead.is_rival


def _cell(cell: Cell) -> dict[str, Any]:
    when = cell.when.text if cell.when else ""
    return {"role": cell.claims[0].role, "as_of": when, "likely": cell.likely, "past": cell.is_past}


def _lead(lead: Lead) -> dict[str, Any]:
    when = lead.when.text if lead.when else ""
    return {"role": lead.role, "as_of": when, "likely": lead.item.likely, "tense": lead.tense}


def _said(registry: Registry, told: Mapping[str, Any]) -> Iterator[str]:
    """As what a country takes part, or what it leads, each with the age of its evidence."""
    seats = [("country_role", told["takes_part"])] if "takes_part" in told else []
    for vocabulary, one in (*seats, *(("leader_role", lead) for lead in told.get("leads", ()))):
        when = f"as of {dates.spoken(one['as_of'])}" if one["as_of"] else "undated"
        tense = {Tense.TODAY: "today", Tense.LAST_KNOWN: when.replace("as of", "last known")}.get(
            one.get("tense"), when
        )
        extra = [word for word, key in (("in the past", "past"), ("our reading", "likely")) if one.get(key)]
        yield ", ".join([registry.term(vocabulary, one["role"]).title, tense, *extra])


def _matches(registry: Registry, query: str) -> list[Match]:
    if query.strip():
        return search(query, registry)
    by_name = sorted(registry.networks, key=lambda entry: entry.title.casefold())
    return [Match(entry, Rank.NAME) for entry in by_name]


def _shown(
    registry: Registry, found: Sequence[Match], query: str, told: Mapping[str, Mapping[str, Any]], screen: Screen
) -> Iterator[str]:
    rows = [_row(registry, match.entry) for match in found]
    widths = fitted(_COLUMNS, rows, screen.width)
    if found[0].rank is Rank.SIMILAR:
        yield from (f'Nothing is called "{printable(query)}". Similar names:', "")
    if found[0].rank is Rank.SOME_WORDS:
        yield from (f'No network has all the words of "{printable(query)}". With some of them:', "")
    yield screen.soft(line([column.head for column in _COLUMNS], widths))
    for index, (match, row) in enumerate(zip(found, rows, strict=True)):
        if match.rank is Rank.WORDS_OF_TEXT and index and found[index - 1].rank is not Rank.WORDS_OF_TEXT:
            yield screen.soft("In the description or the topics:")
        yield line(row, widths)
        by = [_found_by(registry, match)] if match.key and match.key.kind else []
        for note in (*by, *_said(registry, told[match.entry.id])):
            yield screen.soft(cut(f"{' ' * widths[0]}  {note}", screen.width or 10_000))
    yield ""
    yield f"{len(found)} {'network' if len(found) == 1 else 'networks'}."


def _row(registry: Registry, entry: Entry) -> list[str]:
    acronym = f" ({entry.acronym})" if entry.acronym and entry.acronym != entry.title else ""
    form = registry.term("form", str(entry.form.value)).short if entry.form else ""
    return [entry.id, printable(f"{entry.title}{acronym}"), registry.status_in_words(entry), form]


def _found_by(registry: Registry, match: Match) -> str:
    """Which other text led to the entry, where it is not in the row."""
    assert match.key is not None
    text, kind = printable(match.key.text), match.key.kind
    if kind in ("legal-act", "document"):
        return f"by {text}" if kind == "legal-act" else f"cites {text}"
    return f'as "{text}", {registry.term("name_kind", kind).title.lower()}'


def _nothing(query: str, wanted: Mapping[str, str], matches: Sequence[Match]) -> str:
    terms = listed(f"--{axis} {term}" for axis, term in wanted.items())
    if not query.strip():
        return f"No network has {terms}."
    if matches:
        number = "One network fits" if len(matches) == 1 else f"{len(matches)} networks fit"
        return f'{number} "{printable(query)}", none of them with {terms}.'
    return f'Nothing found for "{printable(query)}".'


def _as_object(registry: Registry, match: Match, query: str) -> dict[str, object]:
    entry = match.entry
    values: dict[str, object] = {
        "id": entry.id,
        "name": entry.name,
        "short_name": entry.short_name,
        "acronym": entry.acronym,
        "group": entry.group,
        **{axis: str(claim.value) if (claim := getattr(entry, axis)) else "" for axis in ("form", "range", "status")},
        "status_in_words": registry.status_in_words(entry),
        "topics": list(entry.topics),
    }
    if query.strip():
        by = {"rank": match.rank.name.lower().replace("_", "-")}
        values["found_by"] = {**by, "text": match.key.text, "kind": match.key.kind or "name"} if match.key else by
    return values
