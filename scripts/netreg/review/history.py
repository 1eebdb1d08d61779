"""History: what each merged state of the registry changed in meaning, read from Git, the newest first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from netreg.core import git as revision
from netreg.core.project import UsageError
from netreg.review.change import Change, Kind
from netreg.review.collect import changes_of
from netreg.review.overview import EntryChanges
from netreg.review.revisions import Listed, Pair, read_blobs, read_listing, read_pair

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

_NOTHING: Mapping[str, tuple[EntryChanges, ...]] = {}


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
        for revision_, entry in reversed(self.by_entry.get(id_, ())):
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


def read_history(root: Path, known: Mapping[str, tuple[EntryChanges, ...]] = _NOTHING) -> History:
    """The history of the entries of a project, up to its newest commit; what is not committed is left out.

    Of a merge counts what it changed, on the day of the merge, not the steps that led to it. What ``known`` has of a
    commit is taken from there.
    """
    try:
        return _read(root, revision.commit(root, "HEAD"), known)
    except UsageError:
        return History()


def _read(root: Path, head: str, known: Mapping[str, tuple[EntryChanges, ...]]) -> History:
    is_shallow = revision.git(root, "rev-parse", "--is-shallow-repository").strip() == "true"
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
