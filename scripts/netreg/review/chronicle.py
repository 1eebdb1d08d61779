"""Chronicle: the history with each change in words, of which a file keeps what was told before, commit by commit."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from netreg.core.atomic import write_file
from netreg.core.project import UsageError
from netreg.core.schema import Schema
from netreg.review.change import WHOLE, Change, Cited, Kind
from netreg.review.history import History, read_history
from netreg.review.overview import EntryChanges
from netreg.review.sentence import sentence
from netreg.review.spans import Span, Style
from netreg.review.words import Words

PLACE = ".cache/history.json"
"""The file, below the project's root. It can be deleted; one that is damaged, or of another version, is not read."""

_PACKAGE = Path(__file__).parent.parent
_TELLING = ("core", "entry", "model", "review")
"""The rooms that decide what is told of two states of a file, and the libraries that do."""
_LIBRARIES = ("babel", "ruamel.yaml", "ruamel.yaml.clib")

Told = Mapping[str, tuple[EntryChanges, ...]]


def read_chronicle(root: Path, schema: Schema) -> History:
    """The history of a project as ``read_history`` gives it; of an entry that comes or goes as a whole only the words.

    What a commit changed never changes, so it is read, compared and worded once.
    """
    file, stamp, words = root / PLACE, _stamp(root, schema), Words(schema)
    known = _kept(file, stamp)
    history = read_history(root, known)
    revisions = tuple(
        one if one.commit in known else replace(one, entries=tuple(_told(entry, words) for entry in one.entries))
        for one in history.revisions
    )
    if any(one.commit not in known for one in revisions):
        _keep(file, stamp, {one.commit: one.entries for one in revisions})
    return replace(history, revisions=revisions)


def _told(entry: EntryChanges, words: Words) -> EntryChanges:
    return entry._replace(changes=tuple(_in_words(change, words) for change in entry.changes))


def _in_words(change: Change, words: Words) -> Change:
    """The change with its sentence, and without whole entries, which are most of a history and told by nobody."""
    told = replace(change, said=sentence(change, words), states=None)
    return replace(told, before=None, after=None) if change.kind in WHOLE else told


# The file: a line with a digest of all that the rest depends on and of the rest, then the rest


def _stamp(root: Path, schema: Schema) -> str:
    """A digest of the libraries, the words, the sets of countries and the code that tell changes."""
    digest = hashlib.sha256(json.dumps([sys.version, *map(version, _LIBRARIES), schema.raw]).encode())
    rooms = (_PACKAGE / room for room in _TELLING)
    code = (path for room in rooms for kind in ("*.py", "*.json") for path in sorted(room.rglob(kind)))
    for path in (*code, *(root / "schema").glob("country-sets.json")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _digest(stamp: str, text: str) -> str:
    return hashlib.sha256(f"{stamp}{text}".encode()).hexdigest()


def _kept(file: Path, stamp: str) -> Told:
    """What the file holds; nothing where it is missing, damaged or was written under another stamp."""
    try:
        digest, _, text = file.read_text(encoding="utf-8").partition("\n")
    except (OSError, ValueError):
        return {}
    if digest != _digest(stamp, text):
        return {}
    return {commit: tuple(map(_entry, entries)) for commit, entries in json.loads(text).items()}


def _keep(file: Path, stamp: str, told: Told) -> None:
    data = {commit: [[id_, name, [*map(_row, changes)]] for id_, name, changes in told[commit]] for commit in told}
    text = json.dumps(data)
    with suppress(OSError, UsageError):  # a folder that cannot be written costs time and nothing else
        file.parent.mkdir(exist_ok=True)
        write_file(file, f"{_digest(stamp, text)}\n{text}")


def _row(change: Change) -> list[Any]:
    said = [[text, style.value] for text, style in change.said or ()]
    plain = [change.kind, change.entry, change.name, change.field, change.before, change.after]
    return [*plain, change.was_on, change.is_on, change.kept, said]


def _entry(data: list[Any]) -> EntryChanges:
    id_, name, rows = data
    return EntryChanges(id_, name, tuple(_changes(rows)))


def _changes(rows: list[list[Any]]) -> Iterator[Change]:
    for kind, entry, name, field, before, after, was_on, is_on, kept, said in rows:
        on, now_on = (tuple(Cited(*source) for source in sources) for sources in (was_on, is_on))
        spans = tuple(Span(text, _STYLES[style]) for text, style in said)
        yield Change(Kind(kind), entry, name, field, before, after, on, now_on, kept, said=spans)


_STYLES = {style.value: style for style in Style}
