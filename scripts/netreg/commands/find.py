"""``netreg find``: which networks somebody means, or which fit some terms."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping, Sequence

from netreg.commands.options import parser, wants_colour
from netreg.commands.reading import with_registry
from netreg.core.nearest import did_you_mean, listed
from netreg.core.project import UsageError, find_project
from netreg.core.report.as_text import printable
from netreg.core.schema import Schema, read_schema
from netreg.entry import Entry
from netreg.model import Registry
from netreg.model.search import Match, Rank, nearest_entry, search
from netreg.model.sheet import terms_of
from netreg.terminal.screen import Column, Screen, cut, fitted, line, this_screen

_AXES = {axis: axis for axis in ("group", "form", "range", "status", "topic")} | {"kind": "participant_kind"}
"""The options that narrow, with the vocabulary of each."""

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
    for axis, vocabulary in _AXES.items():
        options.add_argument(f"--{axis}", metavar="TERM", help=f"only with this {vocabulary.replace('_', ' ')}")
    options.add_argument("--country", metavar="CODE", help="only where an entry lists this country, as in FR or France")
    options.add_argument("--json", action="store_true", help="print a list of objects")
    return options


def _wanted(options: Namespace, schema: Schema) -> dict[str, str]:
    """The terms asked for by axis, each one of its vocabulary."""
    given = {axis: getattr(options, axis) for axis in _AXES if getattr(options, axis)}
    wanted = {axis: _term(schema, axis, text) for axis, text in given.items()}
    if options.country:
        wanted["country"] = _country(options.country)
    return wanted


def _term(schema: Schema, axis: str, text: str) -> str:
    terms = schema.terms(_AXES[axis])
    for term in terms:
        if text.casefold() in (term.value, term.title.casefold()):
            return term.value
    values = [term.value for term in terms]
    hint = f"{did_you_mean(text, values)} The terms are {listed(values)}."
    raise UsageError(f'--{axis}: there is no "{printable(text)}".{hint}')


def _country(text: str) -> str:
    if len(text) == 2 and text.isascii() and text.isalpha():
        return text.upper()
    from netreg.model.phrases import country_code

    code = country_code(text)
    if not code:
        raise UsageError(f'--country: "{printable(text)}" is no country we know; write its two letters, as in FR.')
    return code


def _answer(registry: Registry, query: str, wanted: Mapping[str, str], as_json: bool) -> tuple[str, str]:
    """What goes to standard output, and to standard error where nothing was found."""
    matches = _matches(registry, query)
    found = [match for match in matches if all(term in terms_of(match.entry, axis) for axis, term in wanted.items())]
    if as_json:
        return json.dumps([_as_object(registry, match, query) for match in found], indent=2) + "\n", ""
    if found:
        return "".join(f"{text}\n" for text in _shown(registry, found, query, this_screen(wants_colour()))), ""
    return "", _nothing(registry, query, wanted, matches) + "\n"


def _matches(registry: Registry, query: str) -> list[Match]:
    if query.strip():
        return search(query, registry)
    by_name = sorted(registry.networks, key=lambda entry: entry.title.casefold())
    return [Match(entry, Rank.NAME) for entry in by_name]


def _shown(registry: Registry, found: Sequence[Match], query: str, screen: Screen) -> Iterator[str]:
    rows = [_row(registry, match.entry) for match in found]
    widths = fitted(_COLUMNS, rows, screen.width)
    if found[0].rank is Rank.SIMILAR:
        yield from (f'Nothing is called "{printable(query)}". Similar names:', "")
    yield screen.soft(line([column.head for column in _COLUMNS], widths))
    for index, (match, row) in enumerate(zip(found, rows, strict=True)):
        if match.rank is Rank.WORDS_OF_TEXT and index and found[index - 1].rank is not Rank.WORDS_OF_TEXT:
            yield screen.soft("In the description or the topics:")
        yield line(row, widths)
        if match.key and match.key.kind:
            yield screen.soft(cut(f"{' ' * widths[0]}  {_found_by(registry, match)}", screen.width or 10_000))
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


def _nothing(registry: Registry, query: str, wanted: Mapping[str, str], matches: Sequence[Match]) -> str:
    terms = listed(f"--{axis} {term}" for axis, term in wanted.items())
    if not query.strip():
        return f"No network has {terms}."
    if matches:
        number = "One network fits" if len(matches) == 1 else f"{len(matches)} networks fit"
        return f'{number} "{printable(query)}", none of them with {terms}.'
    near = nearest_entry(query, registry)
    hint = f" The nearest name is {printable(near.title)}: netreg show {near.id}" if near else ""
    return f'Nothing found for "{printable(query)}".{hint}'


def _as_object(registry: Registry, match: Match, query: str) -> dict[str, object]:
    entry = match.entry
    values: dict[str, object] = {
        "id": entry.id,
        "name": entry.name,
        "short_name": entry.short_name,
        "acronym": entry.acronym,
        **{axis: next(iter(terms_of(entry, axis)), "") for axis in ("group", "form", "range", "status")},
        "status_in_words": registry.status_in_words(entry),
        "topics": list(entry.topics),
    }
    if query.strip():
        by = {"rank": match.rank.name.lower().replace("_", "-")}
        values["found_by"] = {**by, "text": match.key.text, "kind": match.key.kind or "name"} if match.key else by
    return values
