"""The history of the registry as data: each change with its commit and its day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from netreg.core.schema import Schema
from netreg.export.edition import LICENCE
from netreg.review.as_json import as_object
from netreg.review.change import WHOLE, Change, Kind
from netreg.review.history import History
from netreg.review.words import Words

_GAPS = {
    "": "",
    "no-git": "Built without the history of the entries.",
    "shallow": "Built from a copy that holds only the newest states; older changes are left out.",
    "long": "The oldest changes are left out.",
}


def changes_text(history: History, schema: Schema) -> str:
    """All changes, the newest first; of a new or lost entry its name alone, since its data have a file of their own."""
    words = Words(schema)
    data = {
        "version": 1,
        "licence": LICENCE,
        "complete": not history.gap,
        "gap": history.gap.value,
        "withheld": history.withheld,
        "note": _GAPS[history.gap.value],
        "changes": list(_changes(history, words)),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _without_comments(change: Change) -> Change:
    """The change as data: comments of a file are notes of those who edit it, and belong to its form."""
    if change.kind is not Kind.COMMENTS_CHANGED:
        return change
    return Change(Kind.FORM_ONLY, change.entry, change.name)


def _changes(history: History, words: Words) -> Iterator[dict[str, Any]]:
    for one in history.revisions:
        for change in one.changes:
            told = as_object(_without_comments(change), words)
            if change.kind in WHOLE:
                told = {key: value for key, value in told.items() if key not in ("before", "after")}
            yield {"commit": one.commit, "date": one.when.strftime("%Y-%m-%dT%H:%M:%SZ"), **told}
