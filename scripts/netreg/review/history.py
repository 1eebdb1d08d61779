"""History: what each merged state of the registry changed in meaning, read from Git, the newest first.

A file keeps what was told of each commit before, each change in words.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from netreg.core import git as revision
from netreg.core.atomic import write_file
from netreg.core.project import UsageError
from netreg.core.schema import Schema
from netreg.review.change import WHOLE, Change, Cited, Kind
from netreg.review.collect import changes_of
from netreg.review.overview import EntryChanges
from netreg.review.revisions import Listed, Pair, read_blobs, read_listing, read_pair
from netreg.review.sentence import sentence
from netreg.review.spans import Span, Style
from netreg.review.words import Words

MOST_FILES = 2000
"""So many changed files are compared at most, the newest first; that takes a few seconds."""

_HEAD = re.compile(r"commit ([0-9a-f]{40,64}) ((?:[0-9a-f]{40,64} ?)*) (-?[0-9]{1,18})")
_LAST_SECOND = 253402300799
"""The last one of the year 9999; a commit may claim any."""

_LOG = (
    *"log --first-parent --diff-merges=first-parent --raw -z --no-abbrev --no-renames --no-color".split(),
    *("--no-show-signature", "--no-notes", "--relative", "--format=%x00commit %H %P %ct"),
)
"""Of a merge what it changed, plainly, whatever anybody's own settings say."""

Told = Mapping[str, tuple[EntryChanges, ...]]
"""By commit, the entries that it changed."""

_NOTHING: Told = {}

PLACE = ".cache/history.json"
"""The file, below the project's root. It can be deleted; one that is damaged, or of another version, is not read."""

_PACKAGE = Path(__file__).parent.parent
_TELLING = ("core", "entry", "model", "review")
"""The rooms that decide what is told of two states of a file, and the libraries that do."""
_LIBRARIES = ("babel", "ruamel.yaml", "ruamel.yaml.clib")


class Gap(StrEnum):
    """Why a history does not reach back to the first entry; the values are part of the format of ``changes.json``."""

    NONE = ""
    NO_GIT = "no-git"
    SHALLOW = "shallow"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of the registry: its commit, when it was made, and what each entry says otherwise than before."""

    commit: str
    when: datetime
    entries: tuple[EntryChanges, ...]

    @property
    def day(self) -> date:
        """The day in Universal Time."""
        return self.when.date()

    @property
    def changes(self) -> Iterator[Change]:
        """All changes, entry by entry."""
        return (change for entry in self.entries for change in entry.changes)


@dataclass(frozen=True)
class History:
    """All revisions, the newest first, why there are no older ones, and how many are withheld."""

    revisions: tuple[Revision, ...] = ()
    gap: Gap = Gap.NO_GIT
    withheld: int = 0

    def without(self, commits: Collection[str]) -> History:
        """The same without what these commits changed."""
        kept = tuple(one for one in self.revisions if one.commit not in commits)
        return History(kept, self.gap, self.withheld + len(self.revisions) - len(kept))

    @cached_property
    def by_entry(self) -> Mapping[str, tuple[tuple[Revision, EntryChanges], ...]]:
        """The revisions that changed an entry, with what they changed, by its id."""
        found: dict[str, list[tuple[Revision, EntryChanges]]] = {}
        for revision_ in self.revisions:
            for entry in revision_.entries:
                found.setdefault(entry.id, []).append((revision_, entry))
        return {id_: tuple(list_) for id_, list_ in found.items()}

    def published(self, id_: str) -> date | None:
        """The day on which an entry came into the registry; None where the history does not reach back so far."""
        for revision_, entry in self.by_entry.get(id_, ())[::-1]:
            if entry.changes[0].kind is Kind.ENTRY_ADDED:
                return revision_.day
        return None


@dataclass(frozen=True, slots=True)
class _Logged:
    """A commit as the log has it, with the files of entries that differ from the one before it."""

    commit: str
    is_first: bool
    when: datetime
    files: tuple[Listed, ...]


def read_history(root: Path, known: Told = _NOTHING) -> History:
    """The history of the entries of a project, up to its newest commit; what is not committed is left out.

    Of a merge counts what it changed, on the day of the merge, not the steps that led to it. What ``known`` has of a
    commit is taken from there.
    """
    try:
        return _read(root, revision.commit(root, "HEAD"), known)
    except UsageError:
        return History()


def _read(root: Path, head: str, known: Told) -> History:
    is_shallow = "true" in revision.git(root, "rev-parse", "--is-shallow-repository")
    logged = list(_log(root, head))
    # The oldest state of a shallow copy looks as if it had added everything.
    told = [one for one in logged if not (is_shallow and one.is_first)]
    near = list(_within(MOST_FILES, told))
    gap = Gap.LONG if len(near) < len(told) else Gap.SHALLOW if is_shallow else Gap.NONE
    files = _Files(root, [one for one in near if one.commit not in known])
    found = (
        Revision(one.commit, one.when, known[one.commit] if one.commit in known else tuple(_entries(one, files)))
        for one in near
    )
    telling = [one for one in found if one.entries]
    return History(tuple(sorted(telling, key=lambda one: one.when, reverse=True)), gap)


def _within(most: int, logged: list[_Logged]) -> Iterator[_Logged]:
    for one in logged:
        most -= len(one.files)
        if most < 0:
            return
        yield one


def _log(root: Path, head: str) -> Iterator[_Logged]:
    """The commits that changed an entry, the newest first."""
    said = revision.git(root, *_LOG, head, "--", "registry")
    fields = iter(said.split("\0"))
    match, raw = None, list[str]()
    for field in fields:
        if found := _HEAD.fullmatch(field):
            if match:
                yield _logged(match, raw)
            match, raw = found, []
        elif field.lstrip("\n").startswith(":"):
            raw += [field.lstrip("\n"), next(fields, "")]
    if match:
        yield _logged(match, raw)


def _logged(match: re.Match[str], raw: list[str]) -> _Logged:
    when = datetime.fromtimestamp(max(0, min(int(match[3]), _LAST_SECOND)), UTC)
    files = tuple(one for one in read_listing("\0".join(raw)) if one.is_entry)
    return _Logged(match[1], not match[2], when, files)


class _Files:
    """The contents of all files in a log, each read once."""

    def __init__(self, root: Path, logged: list[_Logged]) -> None:
        sides = (side for one in logged for _, before, after in one.files for side in (before, after))
        names = list(dict.fromkeys(side.blob for side in sides if side.is_file))
        self._data = dict(zip(names, read_blobs(root, names), strict=True))

    def pair(self, listed: Listed) -> Pair:
        """Both states of a file."""
        return read_pair(*listed, (self._data[side.blob] for side in listed[1:] if side.is_file))


def _entries(logged: _Logged, files: _Files) -> Iterator[EntryChanges]:
    for listed in logged.files:
        pair = files.pair(listed)
        changes = tuple(changes_of(pair))
        if changes:
            yield EntryChanges(pair.id, changes[0].name, changes)


# The history in words, of which a file keeps what was told before, commit by commit


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
    told = change._replace(said=sentence(change, words), states=None)
    return told._replace(before=None, after=None) if change.kind in WHOLE else told


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
