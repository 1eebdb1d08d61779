"""The folder that carries what a check found from the job without rights to the job that may comment.

Whoever opens a pull request can change the first job and put anything into the folder. So the second one takes three
files of fixed names and a bounded size, checks them against a schema, and makes all words of ours itself.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple

from netreg.core.atomic import create_file
from netreg.core.finding import Finding, Level, Place
from netreg.host.event import PullRequest
from netreg.review.change import Change, Cited, Kind
from netreg.review.evidence import title_of
from netreg.review.slim import alike, slim, unfolded, weight

LARGEST = 256 * 1024
"""Bytes of each file at most."""

PULL, FINDINGS, CHANGES = NAMES = ("pull-request.json", "findings.json", "changes.json")
VERSION = 1
_MOST_FINDINGS = 300
_MOST_CITED = 100
_MOST_ALSO = 30_000
_NAME, _LINE = 200, 2000
"""Signs of a short name and of a line at most."""
_ROOM = LARGEST - 4096


class Refused(Exception):
    """The folder is not what our own job would have made; the message says in what."""


@dataclass(frozen=True)
class Bundle:
    """What a check found about a pull request; ``left_out`` counts the changes for which the folder had no room."""

    number: int
    head: str
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
    left_out: int = 0

    @property
    def says_something(self) -> bool:
        """Whether any entry changes, told or not."""
        return bool(self.changes or self.left_out)


# Writing


def write_bundle(
    folder: Path, pull: PullRequest | None, findings: Sequence[Finding], changes: Sequence[Change]
) -> None:
    """Make the folder; without a pull request only with findings and changes.

    Raises:
        OSError: it is there already, or cannot be made.
    """
    folder.mkdir(parents=True)
    kept = _fitting([_Line.of(group) for group in alike(changes)])
    left_out = len(changes) - sum(line.number for line in kept)
    head = f'{{"version": {VERSION}, "left_out": {left_out}, "changes": [\n'
    create_file(folder / FINDINGS, _findings_text(findings))
    create_file(folder / CHANGES, head + ",\n".join(line.text for line in kept) + "\n]}\n")
    if pull:
        create_file(folder / PULL, json.dumps({"version": VERSION, "number": pull.number, "head": pull.head}) + "\n")


class _Line(NamedTuple):
    """A line of the file: its text, how much it weighs and how many changes it holds."""

    text: str
    weight: int
    number: int

    @classmethod
    def of(cls, group: Sequence[Change]) -> _Line:
        """Changes that say the same of several sources; the first stands for all."""
        first, *others = map(slim, group)
        return cls(_writable(json.dumps(_as_object(first, others), ensure_ascii=False)), weight(first), len(group))

    @property
    def size(self) -> int:
        """In bytes, with what parts it from the next."""
        return len(self.text.encode("utf-8")) + 2


def _as_object(change: Change, others: Sequence[Change]) -> dict[str, Any]:
    """A change as the other side takes it; names that no entry should have are shortened."""
    plain = {field.name: getattr(change, field.name) for field in fields(change)}
    short = {"entry": change.entry[:_NAME], "field": change.field[:_NAME], "name": change.name[:_LINE]}
    also = [title_of(one.after)[:_NAME] for one in others]
    return {**plain, **short, "was_on": _cited(change.was_on), "is_on": _cited(change.is_on), "also": also}


def _cited(sources: Sequence[Cited]) -> list[dict[str, str]]:
    most = {"id": _NAME, "kind": _NAME, "published": _NAME, "how": _NAME}
    return [{key: text[: most.get(key, _LINE)] for key, text in one._asdict().items()} for one in sources[:_MOST_CITED]]


def _writable(text: str) -> str:
    """A text without halves of signs, which come from file names that are no text."""
    return text.encode("utf-8", errors="replace").decode("utf-8")


def _fitting(lines: Sequence[_Line]) -> list[_Line]:
    """As many lines as a file may hold, in their order: the weightiest, and of those the short before the long."""
    room, kept = _ROOM, set[int]()
    for index in sorted(range(len(lines)), key=lambda index: (-lines[index].weight, lines[index].size)):
        if lines[index].size <= room:
            room -= lines[index].size
            kept.add(index)
    return [line for index, line in enumerate(lines) if index in kept]


def _findings_text(findings: Sequence[Finding]) -> str:
    from netreg.core.report.as_json import as_json

    kept = _weightiest(findings)
    while len(text := _writable(as_json(kept, 0)).encode("utf-8")) > LARGEST:
        kept = kept[: len(kept) // 2]
    return text.decode("utf-8")


def _weightiest(findings: Sequence[Finding]) -> list[Finding]:
    """As many findings as are worth carrying, errors first; each is short."""
    order = list(Level)
    found = sorted(findings, key=lambda finding: order.index(finding.level))[:_MOST_FINDINGS]
    return [_shortened(finding) for finding in found]


def _shortened(finding: Finding) -> Finding:
    place = Place(finding.place.path[:200], finding.place.line, finding.place.column, finding.place.end_column)
    return Finding(place, finding.rule, finding.level, finding.message[:300], finding.fix[:300])


# Reading


def read_bundle(folder: Path) -> Bundle:
    """What a folder tells, taken for hostile.

    Raises:
        Refused: it is not as our own job makes it.
    """
    _refuse_other_files(folder)
    pull, findings, changes = (_read(folder / name, _SCHEMAS[name]) for name in NAMES)
    return Bundle(
        number=pull["number"],
        head=pull["head"],
        findings=tuple(map(_finding, findings["findings"])),
        changes=tuple(change for item in changes["changes"] for change in _changes(item)),
        left_out=changes["left_out"],
    )


def _refuse_other_files(folder: Path) -> None:
    try:
        with os.scandir(folder) as listing:
            found = {entry.name: entry for entry in listing}
    except OSError:
        raise Refused("there is no folder") from None
    if set(found) != set(NAMES):
        raise Refused("it holds other files, or lacks one")
    if not all(entry.is_file(follow_symlinks=False) for entry in found.values()):
        raise Refused("it holds something that is no file")


def _read(path: Path, schema: Mapping[str, Any]) -> Any:
    data = _bytes(path)
    try:
        found = json.loads(data, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Refused(f"{path.name} is no JSON") from None
    if not _obeys(found, schema):
        raise Refused(f"{path.name} is not of the form agreed on")
    return found


def _bytes(path: Path) -> bytes:
    """The content of an ordinary file; a link that takes its place meanwhile is not followed."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(number, "rb") as file:
            is_file = stat.S_ISREG(os.fstat(number).st_mode)
            data = file.read(LARGEST + 1) if is_file else b""
    except OSError:
        raise Refused(f"{path.name} cannot be read") from None
    if len(data) > LARGEST or not is_file:
        raise Refused(f"{path.name} is too large")
    return data


def _refuse_constant(_name: str) -> None:
    raise ValueError("no such number in JSON")


def _obeys(found: Any, schema: Mapping[str, Any]) -> bool:
    from jsonschema import Draft202012Validator

    try:
        return bool(Draft202012Validator(schema).is_valid(found))
    except RecursionError:
        return False


def _finding(item: Mapping[str, Any]) -> Finding:
    place = Place(item["path"], item["line"], item["column"], item["end_column"])
    return Finding(place, item["rule"], Level(item["level"]), item["message"], item["fix"])


def _changes(item: Mapping[str, Any]) -> Iterator[Change]:
    """The changes of one line, of which only the first is written out."""
    cited = {key: tuple(Cited(**source) for source in item[key]) for key in ("was_on", "is_on")}
    told = {field.name: item[field.name] for field in fields(Change)}
    return unfolded(Change(**{**told, **cited, "kind": Kind(item["kind"])}), item["also"])


def _text(longest: int, pattern: str = "") -> dict[str, Any]:
    return {"type": "string", "maxLength": longest, **({"pattern": pattern} if pattern else {})}


def _whole(least: int, most: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most}


def _record(**parts: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(parts), "properties": parts, "additionalProperties": False}


def _list(item: Mapping[str, Any], most: int) -> dict[str, Any]:
    return {"type": "array", "maxItems": most, "items": item}


_VERSION = {"const": VERSION}
_CITED = _record(
    id=_text(_NAME),
    title=_text(_LINE),
    author=_text(_LINE),
    kind=_text(_NAME),
    published=_text(_NAME),
    how=_text(_NAME),
)
_FINDING = _record(
    path=_text(200),
    line=_whole(1, 10**6),
    column=_whole(1, 10**6),
    end_column=_whole(0, 10**6),
    level={"enum": [level.value for level in Level]},
    rule=_text(60, "^[a-z-]+$"),
    message=_text(300),
    fix=_text(300),
)
_CHANGE = _record(
    kind={"enum": [kind.value for kind in Kind]},
    entry=_text(_NAME),
    name=_text(_LINE),
    field=_text(_NAME),
    before={},
    after={},
    was_on=_list(_CITED, _MOST_CITED),
    is_on=_list(_CITED, _MOST_CITED),
    kept={"type": "boolean"},
    also=_list(_text(_NAME), _MOST_ALSO),
)
_SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    PULL: _record(version=_VERSION, number=_whole(1, 10**10), head=_text(40, "^[0-9a-f]{40}$")),
    FINDINGS: _record(entries=_whole(0, 10**6), findings=_list(_FINDING, _MOST_FINDINGS)),
    CHANGES: _record(version=_VERSION, left_out=_whole(0, 10**6), changes=_list(_CHANGE, 5000)),
}
