"""Outside: the files of a change that are no entries, the weightiest first, with what lists and schemas say now."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any, NamedTuple

from netreg.core.load import parse_document
from netreg.core.load.bytes import LARGEST
from netreg.core.nearest import number_of
from netreg.core.schema import Part, Schema, read_schema
from netreg.review.change import by, paired, same
from netreg.review.difference import instead
from netreg.review.revisions import EXECUTABLE, LINK, PROJECT, Listed, Side, read_blobs, shown_path
from netreg.review.spans import Spans, bounded, code, cut_inside, joined, quoted, several, spans, theirs
from netreg.review.words import Words

_MOST = 6
"""Differences of one list or schema that are told; of more, how many."""

_LONGEST = 300
"""Characters of one such difference at most."""


class Weight(IntEnum):
    """How much harm a change of a file can do, the most first."""

    RUNS = 0
    DATA = 1
    REST = 2


_RUNS = (
    r"(?s)(\.github|\.ci|scripts|schema)/.*"  # workflows, the tool, what an entry may say
    r"|[^/]*\.(toml|yml|yaml|cfg|ini|json)|\.[^/]*"  # settings of any tool at the root, seen or hidden
    r"|.*\.(py|sh|js|mjs|css|html|lock)"
)
_LIST = r"docs/data/([a-z-]+)\.yaml"
_TOLD = rf"{_LIST}|schema/[a-z.-]+\.json"
_STRUCTURE = frozenset({"properties", "$defs", "oneOf", "items"})
"""Keys of a schema that only hold what is named below them."""


class OutsideFile(NamedTuple):
    """A file that is no entry: what became of it, and for a list or a schema how it differs, in sentences."""

    path: str
    became: str
    weight: Weight
    told: tuple[Spans, ...] = ()

    @property
    def shown(self) -> Spans:
        """The path, with what became of it where it did not just change."""
        name = code(cut_inside(self.path, 100), 120)
        return spans(name, f" ({self.became})" if self.became else "")


def outside_of(root: Path, listed: Sequence[Listed], *, in_tree: bool = False) -> tuple[OutsideFile, ...]:
    """The files that are no entries, the weightiest first.

    Args:
        root: the folder of the project, whose schemas give the labels.
        listed: all files that differ.
        in_tree: whether their newer state is the working tree.
    """
    others = [one for one in listed if not one.is_entry]
    gone = {one.before.blob: one for one in others if not one.after.is_there and one.before.is_file}
    new = {one.after.blob: one for one in others if not one.before.is_there and one.after.is_file}
    renamed = {blob: gone[blob] for blob in new if blob in gone}
    found = [_file(root, one, renamed, in_tree=in_tree) for one in others if renamed.get(one.before.blob) is not one]
    return tuple(sorted(found, key=lambda file: (file.weight, file.path)))


def _file(root: Path, listed: Listed, renamed: dict[str, Listed], *, in_tree: bool) -> OutsideFile:
    path = shown_path(listed.path)
    weight = _weight(path, listed.after)
    was = renamed.get(listed.after.blob) if not listed.before.is_there else None
    if was is not None:
        old = shown_path(was.path)
        return OutsideFile(path, f"renamed from {cut_inside(old, 100)}", min(weight, _weight(old, was.before)))
    told = _differences(root, listed, in_tree=in_tree) if re.fullmatch(_TOLD, path) else ()
    return OutsideFile(path, _became(listed.before, listed.after), weight, told)


def _weight(path: str, side: Side) -> Weight:
    # A link or another project holds what stands elsewhere, which nobody sees here.
    if side.mode in (LINK, PROJECT, EXECUTABLE) or re.fullmatch(_RUNS, path):
        return Weight.RUNS
    return Weight.DATA if path.startswith("docs/data/") else Weight.REST


def _became(before: Side, after: Side) -> str:
    if not after.is_there:
        return "deleted"
    new = "" if before.is_there else "new"
    if before.mode == after.mode:
        return new
    is_no_more = "no longer executable" if before.mode == EXECUTABLE else ""
    what = {LINK: "a link to another file", PROJECT: "a folder of another project", EXECUTABLE: "executable"}
    return ", ".join(part for part in (new, what.get(after.mode, is_no_more)) if part)


def _differences(root: Path, listed: Listed, *, in_tree: bool) -> tuple[Spans, ...]:
    """What a list or a schema says otherwise than before, in a few sentences."""
    path = shown_path(listed.path)
    list_name = re.fullmatch(_LIST, path)
    try:
        before, after = (_data(path, data) for data in _contents(root, listed, in_tree=in_tree))
        words = Words(_schema(root, list_name[1] if list_name else ""))
        told = [bounded(said, _LONGEST) for said in _below(words, words.schema.root, (), before, after)]
    except (OSError, ValueError, RecursionError):
        return (spans("cannot be read as data"),)
    more = [spans(f"and {len(told) - _MOST} more")] if len(told) > _MOST else []
    return (*told[:_MOST], *more) or (spans("says the same in another form"),)


def _schema(root: Path, name: str) -> Schema:
    """The schema of a list; of what has none, one that knows nothing."""
    try:
        return read_schema(root, name) if name else Schema({})
    except FileNotFoundError:
        return Schema({})


def _contents(root: Path, listed: Listed, *, in_tree: bool) -> Iterator[bytes]:
    for side in listed[1:]:
        if not side.is_file:
            yield b"{}"
        elif in_tree and side is listed.after:
            with (root / listed.path).open("rb") as file:
                yield file.read(LARGEST + 1)
        else:
            yield from read_blobs(root, [side.blob])


def _data(path: str, data: bytes) -> Any:
    if path.endswith(".json"):
        return json.loads(data)
    document = parse_document(path, data)
    if document.root is None:
        raise ValueError(path)
    return document.root.plain()


def _below(words: Words, part: Part, trail: tuple[Spans, ...], before: Any, after: Any) -> Iterator[Spans]:
    """The differences of two pieces of plain data; ``trail`` names the way to them."""
    if same(before, after):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in (*after, *(key for key in before if key not in after)):
            below = words.schema.child(part, key)
            named = trail if key in _STRUCTURE else (*trail, spans(theirs(_label(below, key), 60)))
            yield from _below(words, below, named, before.get(key), after.get(key))
    elif any(isinstance(item, dict) for side in (before, after) if isinstance(side, list) for item in side):
        yield from _items(words, words.schema.child(part, 0), trail, before or [], after or [])
    elif before is None:
        yield spans(_lead(trail), "new, ", words.said(part, after))
    elif after is None:
        yield spans(_lead(trail), "deleted; was ", words.said(part, before))
    else:
        yield spans(_lead(trail), instead(words, part, before, after))


def _items(words: Words, part: Part, trail: tuple[Spans, ...], before: Any, after: Any) -> Iterator[Spans]:
    """The differences of two lists of mappings; an item is known by the first key that it must have, or its title."""
    keys = (*part.get("required", ())[:1], "const", "title")
    older, newer = (side if isinstance(side, list) else [side] for side in (before, after))
    for was, now in paired(older, newer, [by(key) for key in keys]):
        either = was if now is None else now
        name = next((either[key] for key in keys if isinstance(either, dict) and key in either), "")
        known = (*trail, spans(quoted(name, 80))) if was is not None and now is not None and name else trail
        yield from _below(words, part, known, was, now)


def _label(part: Part, key: object) -> str:
    return str(part["title"]).lower() if "title" in part else str(key)


def _lead(trail: tuple[Spans, ...]) -> Spans:
    """The way in words: a name behind a field without a comma, as in ``lists “a”, names “b”: ``."""
    if not trail:
        return ()
    said = list(trail[0])
    for piece in trail[1:]:
        said += spans(" " if piece[0].style.value == "quoted" else ", ", piece)
    return spans(said, ": ")


def headed(files: Sequence[OutsideFile], most: int = 2) -> Spans:
    """How many files, and the weightiest by name: for the line that sums up."""
    number = number_of(len(files), "file")
    return spans(f"{number} outside the registry: ", several([file.shown for file in files], most))


def seen_first(files: Sequence[OutsideFile], most: int = 8) -> Iterator[tuple[Spans, Spans]]:
    """What a reviewer looks at before any entry: files, and what is to be seen at them."""
    for weight, said in _WHY.items():
        named = [file for file in files if file.weight is weight and not file.told]
        if named:
            yield several([file.shown for file in named], most), spans(said)
        for file in files:
            if file.weight is weight and file.told:
                yield file.shown, joined(file.told, "; ", "; ")


_WHY = {
    Weight.RUNS: "outside the registry; it decides what runs, what is built or what the check asks for",
    Weight.DATA: "outside the registry, a file of data",
    Weight.REST: "outside the registry",
}
