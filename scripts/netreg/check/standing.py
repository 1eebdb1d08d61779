"""The check of a project as it stands: a file that is as it was is not judged again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from netreg.check.list_check import check_list, lists_in
from netreg.check.outline import Outline
from netreg.check.runner import Judged, in_order, judge, together
from netreg.check.subject import Context, Subject
from netreg.core.cache import Cache
from netreg.core.finding import Finding, Level, Place
from netreg.core.load import Document, read_document
from netreg.core.load.bytes import read_text
from netreg.core.load.document import id_of, parse_document, printed


class ProjectCheck(Mapping[str, str]):
    """The files of a project with what the rules find in each; a mapping of their texts, read when they are quoted.

    One file is in memory at a time; what it comes to is kept in the cache, unless an older revision is compared and
    the file belongs to the change, whose findings weigh more.
    """

    def __init__(self, root: Path, context: Context, cache: Cache) -> None:
        self._root, self._context, self._cache = root, context, cache
        self._entries = {printed(path): path for path in cache.entries}
        self._paths = {**self._entries, **{path: path for path in lists_in(root)}}
        self._held: dict[str, Document] = {}

    def __getitem__(self, shown: str) -> str:
        return read_text(self._root / self._paths[shown])[0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    @cached_property
    def judged(self) -> Sequence[Judged]:
        """What stands in each entry, in the order of their names."""
        return [self._judged(shown, path) for shown, path in self._entries.items()]

    @property
    def outlines(self) -> Sequence[Outline]:
        """The outlines of all entries."""
        return [one.outline for one in self.judged]

    @cached_property
    def entries(self) -> Mapping[str, str]:
        """The shown paths of all entries by their ids."""
        return {id_of(shown): shown for shown in self._entries}

    def outline(self, shown: str) -> Outline:
        """The outline of an entry, which is not judged for it."""
        plain = self._cache.value(self._entries[shown])
        return Outline.of_plain(plain[1]) if plain else Subject(self.document(shown), self._context.schema).outline

    def findings(self) -> list[Finding]:
        """All findings in the entries and in the lists, in stable order."""
        found = together(self.judged, self._context)
        for shown in self._paths.keys() - self._entries.keys():
            found += self._in_list(shown)
        return in_order(found)

    def hold(self) -> list[Document]:
        """All entries; they and the lists are in memory from now on as they are judged."""
        self._held = {shown: self.document(shown) for shown in self._paths}
        return [self._held[shown] for shown in self._entries]

    def document(self, shown: str) -> Document:
        """One file, read anew unless it is held."""
        return self._held.get(shown) or read_through(self._root, self._cache, self._paths[shown])

    def _judged(self, shown: str, path: str) -> Judged:
        is_changed = id_of(shown) in (self._context.changed or ())
        plain = None if is_changed else self._cache.value(path)
        if plain is not None:
            return Judged([_finding(shown, one) for one in plain[0]], Outline.of_plain(plain[1]))
        document = self.document(shown)
        judged = judge(document, self._context)
        if not is_changed:
            self._cache.keep(path, _kept(document, judged.findings, judged.outline.plain()))
        return judged

    def _in_list(self, shown: str) -> list[Finding]:
        """The findings in a list, which depend on names and ids of all entries as well."""
        named = [(one.id, one.is_withdrawn, one.see, one.called) for one in self.outlines]
        state = sha256(repr(named).encode(errors="surrogateescape")).digest()
        plain = self._cache.value(shown)
        if plain is not None and plain[1] == state:
            return [_finding(shown, one) for one in plain[0]]
        document = self.document(shown)
        found = check_list(self._root, document, self.outlines, self._context)
        self._cache.keep(shown, _kept(document, found, state))
        return found


def read_through(root: Path, cache: Cache, path: str) -> Document:
    """One file, of which the cache knows afterwards as what it was read."""
    data, shown = cache.read(path), printed(path)
    return read_document(root / path, shown) if data is None else parse_document(shown, data)


def _kept(document: Document, findings: Sequence[Finding], beside: Any) -> Any:
    """What is kept of a file; nothing of one that cannot be read, which may be no file at all."""
    return None if document.root is None else ([_plain(one) for one in findings], beside)


def _plain(finding: Finding) -> tuple[Any, ...]:
    place = finding.place
    where = (place.line, place.column, place.end_column)
    return where, finding.rule, finding.level.value, finding.message, finding.fix


def _finding(path: str, plain: tuple[Any, ...]) -> Finding:
    where, rule, level, message, fix = plain
    return Finding(Place(path, *where), rule, Level(level), message, fix)
