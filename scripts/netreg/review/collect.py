"""Collect: from the files that differ between two revisions to the list of changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter, methodcaller
from typing import Any
from unicodedata import normalize

from netreg.core.load import Document
from netreg.core.load.node import Node
from netreg.review.change import EMPTY, Change, Kind, items, meaning
from netreg.review.compare import compare, name_of, page_of
from netreg.review.revisions import Pair

_NO_ENTRY = "yaml-syntax"
_may_comment = methodcaller("__contains__", "#")
"""Whether a line has a sign that may begin a comment; to read the comments themselves takes far longer."""

_MOST_PAIRS = 2500
"""Pairs of files whose sources are held against each other at most; of more only the titles."""


def changes_in(pairs: Iterable[Pair]) -> tuple[Change, ...]:
    """What changed in several files, of which one may be another under a new name."""
    changes = tuple(chain.from_iterable(map(changes_of, pairs)))
    return _moved(changes) if Kind.ID_LOST in map(attrgetter("kind"), changes) else changes


def changes_of(pair: Pair) -> Iterator[Change]:
    """What changed in one file; nothing where it is the same to the letter."""
    known: dict[int, Any] = {}
    after = _entry(pair.after, known)
    before = _entry(pair.before, known)
    if pair.after is not None and after is None:
        yield _unreadable(pair, before)
    elif after is not None and pair.before is not None and before is None:
        yield Change(Kind.ENTRY_MENDED, pair.id, name_of(after, pair.id), after=after)
    else:
        lost = before if before is not None or pair.before is None else {}
        was, now = pair.before.text if pair.before else "", pair.after.text if pair.after else ""
        found = (*compare(pair.id, lost, after), *(() if after is None else _comments(pair.id, after, was, now)))
        yield from found
        if not found and was != now:
            yield Change(Kind.FORM_ONLY, pair.id, name_of(after or {}, pair.id))


def _comments(id_: str, after: dict[str, Any], was: str, now: str) -> Iterator[Change]:
    """What stands in the file and is no part of the entry, where it differs."""
    if sorted(filter(_may_comment, was.split("\n"))) == sorted(filter(_may_comment, now.split("\n"))):
        return
    older, newer = Counter(_comments_in(was)), Counter(_comments_in(now))
    gone, new = list((older - newer).elements()) or None, list((newer - older).elements()) or None
    if gone or new:
        yield Change(Kind.COMMENTS_CHANGED, id_, name_of(after, id_), "", gone, new)


def _comments_in(text: str) -> Iterator[str]:
    """What somebody wrote beside an entry, which is read by whoever opens the file and by nobody else."""
    from netreg.core.canonical.comments import MODELINE, read_comments
    from netreg.core.load import parse_document

    root = parse_document("registry/x.yaml", text.encode("utf-8", errors="replace")).root
    if root is None:
        return
    found = read_comments(text, root)
    first = text.partition("\n")[0].strip()
    # The first line counts where it says something else to an editor than in every entry.
    for_editors = [first] if first.startswith(MODELINE.partition(":")[0]) and first != MODELINE else []
    each = [for_editors, found.header, *found.before.values(), found.behind.values(), *found.within.values()]
    yield from (comment.lstrip("# ") for comment in chain.from_iterable(each))


def _unreadable(pair: Pair, before: dict[str, Any] | None) -> Change:
    """A file that holds no entry, with the first thing that is wrong with it."""
    what: dict[str, Any] = {"rule": _NO_ENTRY, "line": 1, "column": 1, "message": "The file holds no fields."}
    if pair.after and pair.after.problems:
        first = pair.after.problems[0]
        what = {"rule": first.rule, "line": first.line, "column": first.column, "message": first.message}
    # Of a file that cannot be decoded, or is none, there is no text either.
    if what["rule"] == _NO_ENTRY and not (pair.after and pair.after.text.strip()):
        what["rule"] = EMPTY
    return Change(Kind.ENTRY_UNREADABLE, pair.id, name_of(before or {}, pair.id), before=before, after=what)


def _entry(document: Document | None, known: dict[int, Any]) -> dict[str, Any] | None:
    """The plain data of an entry; None where there is none.

    ``known`` has the data of each part that both states share, so that they are the same and need no comparison.
    """
    if document is None or document.root is None or document.root.kind != "mapping":
        return None
    parts: dict[str, Node] = document.root.value
    for part in parts.values():
        if id(part) not in known:
            known[id(part)] = plain(part)
    return dict(zip(map(_composed, parts), map(known.__getitem__, map(id, parts.values())), strict=True))


def plain(node: Node) -> Any:
    """The value as ordinary data; a number with a point stays as it is written, since it may be meant as text.

    A letter and its accent are one sign, as in the canonical form: which of both somebody typed says nothing.
    """
    if node.kind == "mapping":
        return dict(zip(map(_composed, node.value), map(plain, node.value.values()), strict=True))
    if node.kind == "sequence":
        return list(map(plain, node.value))
    return node.text if isinstance(node.value, float) else _composed(node.value)


def _composed(value: Any) -> Any:
    return normalize("NFC", value) if isinstance(value, str) and not value.isascii() else value


# Files with another name


def _moved(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes, where an entry that is gone and one that is new and the same give way to what differs."""
    gone = [change for change in changes if change.kind is Kind.ID_LOST and isinstance(change.before, dict)]
    new = [change for change in changes if change.kind is Kind.ENTRY_ADDED and isinstance(change.after, dict)]
    before: dict[str, Change] = {}
    for key in (_title_of, _pages_of) if len(gone) * len(new) <= _MOST_PAIRS else (_title_of,):
        for was in tuple(gone):
            now = next((now for now in new if _alike(key(was.before), key(now.after))), None)
            if now:
                gone.remove(was)
                new.remove(now)
                before[now.entry] = was
    left = {id(was) for was in before.values()}
    return tuple(one for change in changes if id(change) not in left for one in _from(before.get(change.entry), change))


def _from(was: Change | None, change: Change) -> tuple[Change, ...]:
    if was is None:
        return (change,)
    moved = Change(Kind.ENTRY_MOVED, change.entry, change.name, "", was.entry, change.entry)
    return (moved, *compare(change.entry, was.before, change.after))


def _alike(one: frozenset[Any], other: frozenset[Any]) -> bool:
    """Whether two sets share more than half of what is in either."""
    return 2 * len(one & other) > len(one | other)


def _title_of(entry: dict[str, Any]) -> frozenset[Any]:
    title = entry.get("name")
    return frozenset({title.casefold()}) if isinstance(title, str) else frozenset()


def _pages_of(entry: dict[str, Any]) -> frozenset[Any]:
    return frozenset(page_of(source) or meaning(source) for source in items(entry.get("sources")))
