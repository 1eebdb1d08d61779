"""``netreg find``: which networks somebody means, or which fit some terms."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from netreg.commands.options import Options, term_in, uncollected, wants_colour
from netreg.core.cache import Cache
from netreg.core.nearest import listed
from netreg.core.project import Project, UsageError, find_project
from netreg.core.report import printable
from netreg.core.schema import Schema, read_schema
from netreg.model.search import Match, Rank, SearchDocument, SearchIndex
from netreg.terminal.screen import Column, Screen, cut, fitted, line, this_screen

if TYPE_CHECKING:  # what a question without options needs not
    from argparse import Namespace

    from netreg.commands.narrowing import View
    from netreg.model import Registry

_AXES = {
    "group": ("group", "group"),
    "form": ("form", "form"),
    "range": ("participants.range", "range"),
    "status": ("status", "status"),
    "topic": ("topics", "topic"),
    "kind": ("participants.kinds", "participant_kind"),
    "role": ("participants.countries", "country_role"),
}
"""The options that narrow, with the field and the vocabulary of each."""

_NONE = "[]\n"  # what --json prints where nothing was found

_COLUMNS = (Column("id", 60, 3), Column("network", 30, 0), Column("status", 16, 2), Column("form", 12, 1))


def run(args: Sequence[str]) -> int:
    """Print what was found; 1 where nothing was."""
    options = _options().parse_args(args)
    project = find_project()
    schema = read_schema(project.root)
    wanted = _wanted(options, schema)
    with uncollected():
        index, views = _looked_up(project, wanted)
        found, nothing = _answer(index, schema, " ".join(options.words), wanted, views, options.json)
    sys.stdout.write(found)
    sys.stderr.write(nothing)
    return 1 if nothing or found == _NONE else 0


def _looked_up(project: Project, wanted: Mapping[str, str]) -> tuple[SearchIndex, Mapping[str, View]]:
    """All that can be found, which the cache keeps, and by option what fits it."""
    cache = Cache(project)
    kept = cache.answer("find")
    if kept and not wanted:
        return _index(kept), {}
    from netreg.commands.narrowing import view
    from netreg.commands.reading import read_whole, with_registry

    documents = read_whole(project, cache)

    def looked_up(registry: Registry) -> tuple[Any, bool, dict[str, View]]:
        views = {axis: view(registry, axis, _AXES.get(axis, ("", ""))[0], wanted) for axis in wanted}
        return kept or _plain(registry), len(registry.entries) == len(documents), views

    plain, is_whole, views = with_registry(project, looked_up, documents)
    if is_whole and not kept:
        cache.keep_answer(plain, "find")
    cache.save()
    return _index(plain), views


def _plain(registry: Registry) -> Any:
    """The search documents and the names of their countries, as plain values."""
    from netreg.model.search_documents import search_documents

    index = SearchIndex(search_documents(registry))
    return [tuple(document) for document in index.documents], index.english


def _index(plain: Any) -> SearchIndex:
    return SearchIndex([SearchDocument._make(document) for document in plain[0]], plain[1])


def _options() -> Options:
    options = Options(
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
    wanted = {axis: term_in(f"--{axis}", schema.terms(_AXES[axis][1]), text) for axis, text in given.items()}
    if options.country:
        wanted["country"] = _country(options.country)
    if options.lead:
        wanted["lead"] = _code(options.lead) or options.lead
    return wanted


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


def _answer(
    index: SearchIndex, schema: Schema, query: str, wanted: Mapping[str, str], views: Mapping[str, View], as_json: bool
) -> tuple[str, str]:
    """What goes to standard output, and to standard error where nothing was found."""
    matches = _matches(index, query)
    found = [match for match in matches if all(match.document.id in view for view in views.values())]
    ids = [match.document.id for match in found]
    told = {id_: {key: said for view in views.values() for key, said in view[id_].items()} for id_ in ids}
    if as_json:
        return json.dumps([_as_object(one, query) | told[one.document.id] for one in found], indent=2) + "\n", ""
    if found:
        return "".join(f"{text}\n" for text in _shown(schema, found, query, told, this_screen(wants_colour()))), ""
    return "", _nothing(query, wanted, matches) + "\n"


def _matches(index: SearchIndex, query: str) -> list[Match]:
    if query.strip():
        return index.search(query)
    return [Match(one, Rank.NAME) for one in sorted(index.documents, key=lambda one: one.title.casefold())]


def _shown(
    schema: Schema, found: Sequence[Match], query: str, told: Mapping[str, Mapping[str, Any]], screen: Screen
) -> Iterator[str]:
    if any(told.values()):
        from netreg.commands.narrowing import said
    rows = [_row(schema, match.document) for match in found]
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
        notes = [_found_by(schema, match)] if match.key and match.key.kind else []
        if told[match.document.id]:
            notes += said(schema, told[match.document.id])
        for note in notes:
            yield screen.soft(cut(f"{' ' * widths[0]}  {note}", screen.width or 10_000))
    yield ""
    yield f"{len(found)} {'network' if len(found) == 1 else 'networks'}."


def _row(schema: Schema, document: SearchDocument) -> list[str]:
    acronym, form = document.told["acronym"], document.told["form"]
    name = f"{document.title} ({acronym})" if acronym and acronym != document.title else document.title
    return [document.id, printable(name), document.status, schema.term("form", form).short if form else ""]


def _found_by(schema: Schema, match: Match) -> str:
    """Which other text led to the entry, where it is not in the row."""
    assert match.key is not None
    text, kind = printable(match.key.text), match.key.kind
    if kind in ("legal-act", "document"):
        return f"by {text}" if kind == "legal-act" else f"cites {text}"
    return f'as "{text}", {schema.term("name_kind", kind).title.lower()}'


def _nothing(query: str, wanted: Mapping[str, str], matches: Sequence[Match]) -> str:
    terms = listed(f"--{axis} {term}" for axis, term in wanted.items())
    if not query.strip():
        return f"No network has {terms}."
    if matches:
        number = "One network fits" if len(matches) == 1 else f"{len(matches)} networks fit"
        return f'{number} "{printable(query)}", none of them with {terms}.'
    return f'Nothing found for "{printable(query)}".'


def _as_object(match: Match, query: str) -> dict[str, object]:
    if not query.strip():
        return {**match.document.told}
    by = {"rank": match.rank.name.lower().replace("_", "-")}
    if match.key:
        by |= {"text": match.key.text, "kind": match.key.kind or "name"}
    return {**match.document.told, "found_by": by}
