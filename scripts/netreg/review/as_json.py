"""Changes as JSON, the format of ``changes.json``: for feeds, scripts and whoever keeps the history."""

from __future__ import annotations

import json
from typing import Any

from netreg.review.change import Change, Cited
from netreg.review.headline import headline
from netreg.review.hints import Hint
from netreg.review.outside import OutsideFile
from netreg.review.overview import Review
from netreg.review.sentence import sentence
from netreg.review.spans import Bits, plain
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
        "entry": change.entry,
        "name": change.name,
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "gained": [_source(source) for source in change.gained],
        "lost": [_source(source) for source in change.lost],
        "kept": change.kept,
        "sentence": _said(sentence(change, words)),
    }


def _outside(file: OutsideFile) -> dict[str, Any]:
    return {"path": file.path, "became": file.became or "changed", "told": [plain(said) for said in file.told]}


def _source(source: Cited) -> dict[str, str]:
    return {"id": source.id, "title": source.title, "author": source.author, "kind": source.kind}


def _hint(hint: Hint) -> dict[str, str]:
    return {
        "hint": hint.sort,
        "entry": hint.entry,
        "name": hint.name,
        "field": hint.field,
        "about": plain(hint.about),
        "text": plain(hint.text),
    }


def _said(said: Bits) -> str:
    return plain(said)
