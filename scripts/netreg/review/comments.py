"""Comments: what somebody wrote beside an entry, which is read by whoever opens the file and by nobody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from netreg.core.canonical.comments import MODELINE, read_comments
from netreg.core.load.document import parse_document

Comments = list[str]


def difference(before: str, after: str) -> tuple[Comments | None, Comments | None]:
    """The comments of the first text that the second lacks, and those that it has beside them; None for none."""
    was, now = (Counter(_comments(text)) for text in (before, after))
    return list((was - now).elements()) or None, list((now - was).elements()) or None


def _comments(text: str) -> Sequence[str]:
    root = parse_document("registry/x.yaml", text.encode("utf-8", errors="replace")).root
    if root is None:
        return ()
    found = read_comments(text, root)
    each = [_for_editors(text), found.header, *found.before.values(), found.behind.values(), *found.within.values()]
    return [comment.lstrip("# ") for comment in chain.from_iterable(each)]


def _for_editors(text: str) -> Sequence[str]:
    """The first line, where it says something else to an editor than in every entry."""
    first = text.partition("\n")[0].strip()
    return [first] if first.startswith(MODELINE.partition(":")[0]) and first != MODELINE else []
