"""Changes as JSON, the format of ``changes.json``: for feeds, scripts and whoever keeps the history."""

from __future__ import annotations

import json
from typing import Any

from netreg.review.change import Change, Cited
from netreg.review.hints import Hint
from netreg.review.outside import OutsideFile
from netreg.review.overview import Review, headline
from netreg.review.sentence import sentence
from netreg.review.spans import plain
from netreg.review.words import Words

VERSION = 1
"""Counts up when a reader of the format would have to change; new keys alone do not."""


def as_json(seen: Review, base: str = "", head: str = "") -> str:
    """``{"version", "base", "head", "summary", "outside", "changes", "hints"}``, with revisions as they were named."""
    changes = [as_object(change, seen.words) for entry in seen.entries for change in entry.changes]
    data = {
        "version": VERSION,
        "base": base,
        "head": head,
        "summary": plain(headline(seen)),
        "outside": [_outside(file) for file in seen.outside],
        "changes": changes,
        "hints": [_hint(hint) for hint in seen.hints],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def as_object(change: Change, words: Words) -> dict[str, Any]:
    """One change with its sentence in plain words."""
    return {
        "kind": change.kind.value,
        **{key: getattr(change, key) for key in ("entry", "name", "field", "before", "after")},
        "gained": list(map(_source, change.gained)),
        "lost": list(map(_source, change.lost)),
        "kept": change.kept,
        "sentence": plain(sentence(change, words)),
    }


def _outside(file: OutsideFile) -> dict[str, Any]:
    return {"path": file.path, "became": file.became or "changed", "told": list(map(plain, file.told))}


def _source(source: Cited) -> dict[str, str]:
    return {key: getattr(source, key) for key in ("id", "title", "author", "kind")}


def _hint(hint: Hint) -> dict[str, str]:
    where = {key: getattr(hint, key) for key in ("entry", "name", "field")}
    return {"hint": hint.sort, **where, "about": plain(hint.about), "text": plain(hint.text)}
