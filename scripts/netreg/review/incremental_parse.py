"""Partly: read two states of a file only where they differ, which takes a fraction of the time.

The texts are cut before each line that begins with a letter, where a field of an entry begins. Pieces that both states
share say the same in both and are not read, but for names, and for sources that the others cite. Pieces that cannot be
read by themselves mean that the text is laid out otherwise; then both states are read as a whole. What is wrong in a
piece that did not change is not seen here; the check sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from netreg.core.load.bytes import decode
from netreg.core.load.document import Document, parse_document
from netreg.core.load.node import Node

_NAMES = ("name", "short_name", "acronym")
"""Fields that are read even where they did not change, and beside which, where they did, the other names are."""

_BEFORE_FIELD = re.compile(r"^(?=[A-Za-z])", re.MULTILINE)
_BEFORE_SOURCE = re.compile(r"^(?=  - )", re.MULTILINE)
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9_-]*):[ \n]")
_SOURCE = re.compile(r"  - (?:\{)?id: ([a-z0-9-]+)[,\n]")
_STRANGE = re.compile(r"^[^A-Za-z# \n]", re.MULTILINE)
_WORD = re.compile(r"[a-z0-9-]+")
_NOTHING = re.compile(r"(?:[ ]*(?:#[^\n]*)?\n)*")

Pieces = dict[str, str]


def read_both(shown: str, before: bytes, after: bytes) -> tuple[Document, Document]:
    """Both states of a file; where that says all, their trees hold only the fields that differ, names and sources."""
    partly = _partly(shown, before, after)
    return partly or (parse_document(shown, before), parse_document(shown, after))


def _partly(shown: str, before: bytes, after: bytes) -> tuple[Document, Document] | None:
    (old, problems), (new, more_problems) = decode(before), decode(after)
    was, now = _pieces(old), _pieces(new)
    if problems or more_problems or not was or not now or _must_be_whole(was, now):
        return None
    shared = {key: piece for key, piece in now.items() if was.get(key) == piece}
    gone, come = ({key: side[key] for key in side if key not in shared} for side in (was, now))
    needed = _needed(shared, (gone, come))
    older, newer = _read(shown, gone), _read(shown, needed | come)
    if older is None or newer is None:
        return None
    both = {key: newer[key] for key in needed}
    return _document(shown, old, both | older, was), _document(shown, new, newer, now)


def _must_be_whole(was: Pieces, now: Pieces) -> bool:
    """Whether an entry comes or goes as a whole, or a source is another one, which concerns all that cite it."""
    if was.get("entry") != now.get("entry"):
        return True
    listed, still = (_BEFORE_SOURCE.split(side.get("sources", "")) for side in (was, now))
    return listed != still and not set(listed) <= set(still)


def _pieces(text: str) -> Pieces | None:
    """The text of each field; None where something else stands at the margin, or a field stands there twice."""
    if _STRANGE.search(text):
        return None
    lead, *pieces = _BEFORE_FIELD.split(f"\n{text}")
    found = {match[1]: piece for piece in pieces if (match := _FIELD.match(piece))}
    return found if len(found) == len(pieces) and _NOTHING.fullmatch(lead) else None


def _needed(shared: Pieces, changed: Sequence[Pieces]) -> Pieces:
    """The pieces that both states share and that tell what the others speak of."""
    is_renamed = any(name in side for side in changed for name in _NAMES)
    needed = {key: shared[key] for key in (*_NAMES, *(["other_names"] if is_renamed else [])) if key in shared}
    if "sources" in shared:
        words = set(_WORD.findall("".join(piece for side in changed for piece in side.values())))
        lead, *sources = _BEFORE_SOURCE.split(shared["sources"])
        ids = [match[1] if (match := _SOURCE.match(source)) else None for source in sources]
        wanted = [source for source, id_ in zip(sources, ids, strict=True) if id_ is None or id_ in words]
        needed["sources"] = lead + "".join(wanted or sources[:1])
    return needed


def _read(shown: str, pieces: Pieces) -> dict[str, Node] | None:
    """The fields in some pieces of a file; None where one of them is not a whole."""
    if not pieces:
        return {}
    root = parse_document(shown, "".join(pieces.values()).encode()).root
    if root is None or root.kind != "mapping" or root.value.keys() != pieces.keys():
        return None
    return dict(root.value)


def _document(shown: str, text: str, fields: dict[str, Node], order: Iterable[str]) -> Document:
    ordered = {key: fields[key] for key in order if key in fields}
    id_ = shown.rpartition("/")[2].removesuffix(".yaml")
    return Document(shown, id_, text, Node("mapping", ordered, 1, 1, 1, 1), ())
