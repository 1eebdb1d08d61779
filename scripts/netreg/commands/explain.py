"""``netreg explain``: why a rule exists, what it finds, and how it should be instead."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff
from itertools import groupby, islice, zip_longest

from netreg.check.cases import Case, cases_folder, cases_of, findings
from netreg.check.rule import Rule, all_rules
from netreg.commands.options import parser, wants_colour
from netreg.core.load import Document
from netreg.core.nearest import did_you_mean
from netreg.core.project import Project, UsageError, find_project
from netreg.core.report import printable, render
from netreg.core.schema import read_schema

_WIDTH = 100
_LONGEST = 10
"""Lines of a difference that are shown."""

_COLOURS = {"-": "31", "+": "32"}


def run(args: Sequence[str]) -> int:
    """Print the rules asked for, or the list of all."""
    options = parser("explain", "Tell why a rule exists, with a bad and a good example. Without RULE, list all rules.")
    options.add_argument("rules", metavar="RULE", nargs="*", help="the id of a rule, as a finding shows it")
    options.add_argument("--json", action="store_true", help="print all that is known, with the whole examples")
    chosen = options.parse_args(args)
    project, rules = find_project(), _wanted(chosen.rules)
    if chosen.json:
        print(json.dumps([_as_object(rule, project) for rule in rules], indent=2))
    elif chosen.rules:
        print("\n\n".join("\n".join(_explained(rule, project, wants_colour())) for rule in rules))
    else:
        print("\n".join(_listed(rules)))
    return 0


def _wanted(ids: Sequence[str]) -> list[Rule]:
    known = {rule.id: rule for rule in all_rules()}
    for id_ in ids:
        if id_ not in known:
            raise UsageError(f'there is no rule "{id_}".{did_you_mean(id_, known)} netreg explain lists all.')
    return [known[id_] for id_ in dict.fromkeys(ids)] or list(known.values())


def _listed(rules: Sequence[Rule]) -> Iterator[str]:
    width = max(len(rule.id) for rule in rules)
    for family, members in groupby(rules, key=lambda rule: rule.family):
        yield family.capitalize()
        for rule in members:
            yield from _wrapped(rule.summary, f"  {rule.id:{width}}  ", " " * (width + 4))
        yield ""
    yield "netreg explain RULE tells why a rule exists, with an example."


def _explained(rule: Rule, project: Project, colour: bool) -> Iterator[str]:
    head = f"{rule.id}: {rule.level} ({rule.family})"
    yield f"\033[1m{head}\033[0m" if colour else head
    yield from _wrapped(rule.summary)
    yield from ("", *_wrapped(rule.reason, "  Why: "))
    yield from ("", *_wrapped(rule.fix, "  What to do: "))
    cases = {case.name: case for case in cases_of(rule.id, cases_folder(project.root))}
    if "bad" in cases:
        yield from ("", "For example:", "", _report(cases["bad"], project, colour))
    if "bad" in cases and "good" in cases:
        yield from ("", "Instead:", "", *_instead(cases["bad"], cases["good"], colour))


def _wrapped(text: str, first: str = "  ", rest: str = "  ") -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _report(case: Case, project: Project, colour: bool) -> str:
    """The findings of a case as ``netreg check`` shows them, without the closing lines."""
    found = findings(case, read_schema(project.root))
    report = render(found, {document.path: document.text for document in case.documents}, "text", colour=colour)
    return report.rpartition("\n\n")[0]


def _instead(bad: Case, good: Case, colour: bool) -> Iterator[str]:
    """The lines of the bad example that the good one has otherwise, file by file."""
    old, new = _texts(bad.documents), _texts(good.documents)
    gone, come = [name for name in old if name not in new], [name for name in new if name not in old]
    for before, after in zip_longest(gone, come):
        yield from _renamed(before, after, new)
    for name, text in old.items():
        if name in new and new[name] != text:
            yield from _difference(name, text, new[name], colour)


def _texts(documents: Sequence[Document]) -> dict[str, str]:
    return {document.path: document.text for document in documents}


def _renamed(before: str | None, after: str | None, new: Mapping[str, str]) -> Iterator[str]:
    if before and after:
        yield f"  {before} is called {after}."
    elif before:
        yield f"  {before} is not there."
    elif after:
        yield f"  {after}"
        lines = [line for line in new[after].split("\n") if line and not line.startswith("#")]
        yield from (_shown("+", line, colour=False) for line in lines[:_LONGEST])


def _difference(name: str, old: str, new: str, colour: bool) -> Iterator[str]:
    if not old:
        yield f"  {name} holds the same words, saved as plain UTF-8."
        return
    changes = list(unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm=""))[2:]
    lines = [line for line in changes if line[1:].strip() and not line.startswith("@@")]
    yield f"  {name}"
    yield from (_shown(line[0], line[1:], colour) for line in islice(lines, _LONGEST))
    if len(lines) > _LONGEST:
        yield f"  … and {len(lines) - _LONGEST} more lines"


def _shown(sign: str, line: str, colour: bool) -> str:
    text = printable(line)
    shown = f"  {sign} {text if len(text) <= _WIDTH else f'{text[:_WIDTH]}…'}"
    return f"\033[{_COLOURS[sign]}m{shown}\033[0m" if colour else shown


def _as_object(rule: Rule, project: Project) -> dict[str, object]:
    told = {key: getattr(rule, key) for key in ("id", "level", "family", "summary", "reason", "fix")}
    examples = [
        {"name": case.name, "kind": case.kind, "files": _texts(case.documents), "report": case.expected}
        for case in cases_of(rule.id, cases_folder(project.root))
    ]
    return {**told, "examples": examples}
