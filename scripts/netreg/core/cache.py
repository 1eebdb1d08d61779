"""The cache: what was worked out about files before, in one file outside of the project; safe to delete.

``docs/decisions/0012-one-cache.md`` tells where it lies, what it is keyed by, and why it is never trusted in doubt.
It loads little, since a run that finds everything in it is done before anything else is needed.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from netreg.core.atomic import LEFT_OVER, keep_file
from netreg.core.project import Project, UsageError, clock

_FORMAT = b"netreg cache 2\n"
_PACKAGE = str(Path(__file__).parent.parent)
_JUDGED, _BESIDE = "registry", "docs/data"
"""Folders of the project whose files have values; all else that a value depends on is in the stamp."""

_LARGEST = 1 << 20  # bytes of a file that has a value; larger ones are refused by whoever reads them, and cost little
_UNSETTLED = 2_000_000_000  # nanoseconds in which a file may change again without any sign: some clocks tick so slowly
_MOST_ANSWERS = 100
_MOST_PROJECTS = 50

Key = tuple[int, ...]
"""Size, times and number of a file: while they stay, so do its bytes. Empty where that cannot be relied on."""

Known = tuple[Key, bytes, tuple[bytes, bytes] | None]
"""Of a file its key, the digest of its bytes, and what was worked out about it, with bytes beside that."""


class Cache:
    """What is known of a project; nothing is, where the cache cannot be read or must not be trusted."""

    def __init__(self, project: Project) -> None:
        """Look which files are as they were; a UsageError where the folder of the entries cannot be listed."""
        self._root = str(project.root)
        self._file = _file_for(self._root)
        self._changed = False
        stamp, self._before, self._answers = _read(self._file)
        self._now: dict[str, Known] = {}
        self._keys: dict[str, Key] = {}
        self._digests: dict[str, bytes] = {}
        since = clock() - _UNSETTLED
        # What decides over all that is kept; where nothing is, nothing can be out of date.
        deciding = ((_PACKAGE, _PACKAGE), (self._root, "schema")) if self._file else ()
        rules = [found for root, folder in deciding for found in _listed(root, folder, since)]
        for path, key in rules:
            self._now[path] = self._looked(path, key) or (key, self._digest(path), None)
        known = [(path, self._now[path][1]) for path, _ in rules]
        self._stamp = _digest(f"{sys.version} {_installed()} {project.today} {known}".encode(errors="surrogateescape"))
        if self._stamp != stamp:
            self._before = {path: (key, digest, None) for path, (key, digest, _) in self._before.items()}
            self._answers, self._changed = {}, True
        self._keys = dict([*_listed(self._root, _JUDGED, since), *_listed(self._root, _BESIDE, since)])
        for path, key in self._keys.items():
            if known_as := self._looked(path, key):
                self._now[path] = known_as
            elif path.startswith(_BESIDE):  # whether or not somebody has a value for it
                self._now[path] = (key, self._digest(path), None)
        self._changed |= len(self._now) != len(self._before)
        self._state = self._state_now()

    def _looked(self, path: str, key: Key) -> Known | None:
        """What is known of a file that is as it was, by its key or else by its bytes."""
        before = self._before.get(path)
        if before is None or (key and key == before[0]):
            return before
        if self._digest(path) != before[1]:
            return None
        self._changed |= key != before[0]
        return key, before[1], before[2]

    def _digest(self, path: str) -> bytes:
        """The digest of the bytes of a file; empty, which is that of no file, where it cannot be read."""
        data = self.read(path)
        return b"" if data is None else _digest(data)

    def read(self, path: str) -> bytes | None:
        """The bytes of an ordinary file of the project by its path; None for any other and for one that is large."""
        place = os.path.join(self._root, path)  # noqa: PTH118 - a name may hold bytes that are no text
        self._digests.pop(path, None)
        try:
            found = os.stat(place) if path not in self._keys else os.lstat(place)  # noqa: PTH116
            if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
                return None
            with open(place, "rb") as file:  # noqa: PTH123
                data = file.read(_LARGEST + 1)
        except OSError:
            return None
        self._digests[path] = _digest(data)
        return data if len(data) <= _LARGEST else None

    @property
    def paths(self) -> list[str]:
        """The paths of the files that have values, in order."""
        return sorted(self._keys)

    @property
    def entries(self) -> list[str]:
        """Those of the folder of entries."""
        return [path for path in self.paths if path.startswith(f"{_JUDGED}/")]

    def value(self, path: str) -> tuple[Any, bytes] | None:
        """What was worked out about a file as it is now, and the bytes beside; None where it has to be worked out."""
        known = self._now.get(path)
        return (marshal.loads(known[2][0]), known[2][1]) if known is not None and known[2] is not None else None

    def keep(self, path: str, value: Any, beside: bytes) -> None:
        """Keep what was worked out of the bytes that ``read`` gave last: plain values and tuples alone, or None.

        ``beside`` are bytes that belong to it, which are not copied.
        """
        self._now.pop(path, None)
        if value is not None and path in self._digests:
            self._now[path] = (self._keys[path], self._digests[path], (marshal.dumps(value), beside))
            self._changed = True

    def see(self, path: str) -> None:
        """Know a file by the bytes that ``read`` gave last, without anything that was worked out of them."""
        known, digest = self._now.get(path), self._digests.get(path)
        if digest and (known is None or known[1] != digest):
            self._now[path] = (self._keys[path], digest, None)
            self._changed = True

    def answer(self, *asked: Any, state: bytes = b"") -> Any:
        """What was answered to the same question about the same whole; None where it was not asked."""
        found_in, answer = self._answers.get(repr(asked), (b"", b""))
        return marshal.loads(answer) if found_in and found_in == (state or self._state) else None

    def keep_answer(self, answer: Any, *asked: Any, state: bytes = b"") -> None:
        """Keep an answer that depends on nothing but the question, the rules, the day and all files.

        Where it depends on a part of what they say, ``state`` is the digest of that.
        """
        state = state or self._state_now()
        if state:
            self._answers.pop(repr(asked), None)
            self._answers[repr(asked)] = state, marshal.dumps(answer)
            self._changed = True
        if len(self._answers) > _MOST_ANSWERS:
            del self._answers[next(iter(self._answers))]

    def _state_now(self) -> bytes:
        """The digest of all that is judged; empty where something of it is not known by its bytes."""
        paths = self.paths
        if any(path not in self._now for path in paths):
            return b""
        digests = b"".join([self._now[path][1] for path in paths])
        return _digest(self._stamp + "\0".join(paths).encode(errors="surrogateescape") + digests)

    def save(self) -> None:
        """Write it in one step where it has changed; where it cannot be written, the next run does without."""
        if not self._changed or not self._file:
            return
        body = marshal.dumps((self._stamp, self._now, self._answers))
        with suppress(OSError):
            folder = Path(self._file).parent
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            keep_file(Path(self._file), _FORMAT + _digest(body) + body)
            _sweep(folder)
            self._changed = False


def _listed(root: str, folder: str, since: int) -> Iterator[tuple[str, Key]]:
    """The files of a folder, and those below one of rules, by their paths below the root, each with its key."""
    place = os.path.join(root, folder)  # noqa: PTH118
    try:
        with os.scandir(place) as listing:
            items = sorted(listing, key=lambda item: item.name)
    except OSError as error:
        if folder == _JUDGED:
            raise UsageError(f"{folder}/ cannot be listed: {error.strerror}.") from None
        return
    for item in items:
        path = f"{folder}/{item.name}"
        if folder in (_JUDGED, _BESIDE) or not item.is_dir():
            if not LEFT_OVER.fullmatch(item.name):
                yield path, _key(item, since)
        elif item.name != "__pycache__":
            yield from _listed(root, path, since)


def _key(item: os.DirEntry[str], since: int) -> Key:
    try:
        found = item.stat(follow_symlinks=False)
    except OSError:
        return ()
    is_settled = stat.S_ISREG(found.st_mode) and max(found.st_mtime_ns, found.st_ctime_ns) < since and found.st_ino
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino) if is_settled else ()


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _installed() -> list[str]:
    """All installed libraries; the names of their folders tell their versions."""
    found: list[str] = []
    for place in sys.path:
        with suppress(OSError):
            found += [name for name in os.listdir(place) if name.endswith("-info")]  # noqa: PTH208 - quicker
    return sorted(found)


def _file_for(root: str) -> str:
    """The file of a project, in a folder that nobody but its user can write; empty for none."""
    given = os.environ.get("NETREG_CACHE")
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
    folder = f"{home}/netreg" if given is None else given
    is_fit = os.path.isabs(folder)  # noqa: PTH117
    return f"{folder}/{_digest(os.fsencode(root)).hex()[:32]}.cache" if is_fit else ""


def _read(file: str) -> tuple[bytes, dict[str, Known], dict[str, tuple[bytes, bytes]]]:
    """What a cache file holds; nothing where it is damaged, of another kind, or may have been written by others."""
    with suppress(OSError, ValueError, EOFError, TypeError):
        with open(file, "rb", opener=_own) as opened:
            data = opened.read()
        start = len(_FORMAT) + 32
        if data.startswith(_FORMAT) and data[len(_FORMAT) : start] == _digest(data[start:]):
            stamp, files, answers = marshal.loads(memoryview(data)[start:])
            return stamp, files, answers
    return b"", {}, {}


def _own(file: str, flags: int) -> int:
    """Open a file that belongs to this user and that nobody else can write."""
    number = os.open(file, flags | getattr(os, "O_NOFOLLOW", 0))
    found = os.fstat(number)
    is_mine = not hasattr(os, "geteuid") or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)
    if not stat.S_ISREG(found.st_mode) or not is_mine:
        os.close(number)
        raise PermissionError(file)
    return number


def _sweep(folder: Path) -> None:
    """Take away the caches of projects that were not looked at for longest."""
    found = sorted(folder.glob("*.cache"), key=lambda path: path.stat().st_mtime)
    for path in found[:-_MOST_PROJECTS]:
        path.unlink(missing_ok=True)
