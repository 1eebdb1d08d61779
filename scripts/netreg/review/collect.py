"""Collect: from the files that differ between two revisions to the list of changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from netreg.core.load.document import Document
from netreg.core.load.node import Node
from netreg.review.change import EMPTY, Change, Kind
from netreg.review.compare import compare, name_of
from netreg.review.moved import moved
from netreg.review.revisions import Pair, changed_files

_NO_ENTRY = "yaml-syntax"


def changes_between(root: Path, base: str, head: str | None = None) -> tuple[Change, ...]:
    """What changed in meaning, entry by entry in the order of their ids.

    Args:
        root: the folder of the project.
        base: the older revision.
        head: the newer one; by default the working tree.

    Raises:
        UsageError: there is no Git or no such revision.
    """
    return changes_in(changed_files(root, base, head))


def changes_in(pairs: Iterable[Pair]) -> tuple[Change, ...]:
    """What changed in several files, of which one may be another under a new name."""
    return moved(tuple(change for pair in pairs for change in changes_of(pair)))


def changes_of(pair: Pair) -> Iterator[Change]:
    """What changed in one file; nothing where it is the same to the letter."""
    after = _entry(pair.after)
    before = _entry(pair.before, pair.after, after)
    if pair.after is not None and after is None:
        yield _unreadable(pair, before)
    elif after is not None and pair.before is not None and before is None:
        yield Change(Kind.ENTRY_MENDED, pair.id, name_of(after, pair.id), after=after)
    else:
        lost = before if before is not None or pair.before is None else {}
        found = (*compare(pair.id, lost, after), *_comments(pair, after))
        yield from found
        if not found and _text(pair.before) != _text(pair.after):
            yield Change(Kind.FORM_ONLY, pair.id, name_of(after or {}, pair.id))


def _comments(pair: Pair, after: dict[str, Any] | None) -> Iterator[Change]:
    """What stands in the file and is no part of the entry, where it differs."""
    texts = [_text(side) for side in (pair.before, pair.after)]
    if after is None or _marked(texts[0]) == _marked(texts[1]):
        return
    from netreg.review.comments import difference

    gone, new = difference(*texts)
    if gone or new:
        yield Change(Kind.COMMENTS_CHANGED, pair.id, name_of(after, pair.id), "", gone, new)


def _marked(text: str) -> list[str]:
    """The lines with a sign that may begin a comment; to read the comments themselves takes far longer."""
    return sorted(line for line in text.split("\n") if "#" in line)


def _unreadable(pair: Pair, before: dict[str, Any] | None) -> Change:
    """A file that holds no entry, with the first thing that is wrong with it."""
    problems = pair.after.problems if pair.after else ()
    what: dict[str, Any] = {"rule": _NO_ENTRY, "line": 1, "column": 1, "message": "The file holds no fields."}
    if problems:
        first = problems[0]
        what = {"rule": first.rule, "line": first.line, "column": first.column, "message": first.message}
    # Of a file that cannot be decoded, or is none, there is no text either.
    if what["rule"] == _NO_ENTRY and not _text(pair.after).strip():
        what["rule"] = EMPTY
    return Change(Kind.ENTRY_UNREADABLE, pair.id, name_of(before or {}, pair.id), before=before, after=what)


def _text(document: Document | None) -> str:
    return document.text if document else ""


def _entry(
    document: Document | None, newer: Document | None = None, known: dict[str, Any] | None = None
) -> dict[str, Any] | None:
    """The plain data of an entry, that of parts shared with a newer state being the same; None where there is none."""
    if document is None or document.root is None or document.root.kind != "mapping":
        return None
    shared = newer.root.value if newer and newer.root and known is not None else {}
    fields = document.root.value.items()
    return {key: known[key] if known and shared.get(key) is child else plain(child) for key, child in fields}


def plain(node: Node) -> Any:
    """The value as ordinary data; a number with a point stays as it is written, since it may be meant as text."""
    if node.kind == "mapping":
        return {key: plain(child) for key, child in node.value.items()}
    if node.kind == "sequence":
        return [plain(child) for child in node.value]
    return node.text if isinstance(node.value, float) else node.value
