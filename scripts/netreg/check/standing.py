"""The check of a project as it stands: a file that is as it was is not judged again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from netreg.check.outline import Outline, outline_digest
from netreg.check.rule import Context, Subject
from netreg.check.runner import check_list, in_order, judge, lists_in, over_the_whole
from netreg.core.cache import Cache
from netreg.core.finding import Finding, Level, Place
from netreg.core.load import Document, id_of, parse_document, printed, read_document
from netreg.core.load.bytes import read_text


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
    def _judged(self) -> Sequence[tuple[list[Finding], bytes]]:
        """What stands in each entry, in the order of their names, with its outline as bytes, which take little room."""
        return [self._judged_one(shown, path) for shown, path in self._entries.items()]

    @cached_property
    def _outlines(self) -> Sequence[Outline]:
        return [Outline.unpacked(packed) for _, packed in self._judged]

    @cached_property
    def _state(self) -> bytes:
        """The digest of all outlines, on which the findings over the whole depend but for their places."""
        return sha256(b"".join(outline_digest(packed) for _, packed in self._judged)).digest()

    @cached_property
    def entries(self) -> Mapping[str, str]:
        """The shown paths of all entries by their ids."""
        return {id_of(shown): shown for shown in self._entries}

    def outline(self, shown: str) -> Outline:
        """The outline of an entry, which is not judged for it."""
        plain = self._cache.value(self._entries[shown])
        return Outline.unpacked(plain[1]) if plain else Subject(self.document(shown), self._context.schema).outline

    def findings(self) -> list[Finding]:
        """All findings in the entries and in the lists, in stable order."""
        found = [*(one for own, _ in self._judged for one in own), *self._over_the_whole()]
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

    def _judged_one(self, shown: str, path: str) -> tuple[list[Finding], bytes]:
        is_changed = id_of(shown) in (self._context.changed or ())
        plain = None if is_changed else self._cache.value(path)
        if plain is not None:
            return [_finding(shown, one) for one in plain[0]], plain[1]
        document = self.document(shown)
        judged = judge(document, self._context)
        packed = judged.outline.packed()
        if not is_changed:
            self._cache.keep(path, _kept(document, judged.findings), packed)
        return judged.findings, packed

    def _over_the_whole(self) -> list[Finding]:
        is_general = self._context.changed is None
        plain = self._cache.answer("whole", state=self._state) if is_general else None
        if plain is not None:
            return [_finding(path, (self.outline(path).places[number], *rest)) for path, number, *rest in plain]
        found = over_the_whole(self._outlines, self._context)
        if is_general:
            self._cache.keep_answer([self._numbered(one) for one in found], "whole", state=self._state)
        return found

    def _numbered(self, finding: Finding) -> tuple[Any, ...]:
        """What is kept of a finding over the whole: its place as a number, since lines move while facts stay."""
        path, (where, *rest) = finding.place.path, _plain(finding)
        return path, self.outline(path).places.index(where), *rest

    def _in_list(self, shown: str) -> list[Finding]:
        """The findings in a list, which depend on names and ids of all entries as well."""
        plain = self._cache.value(shown)
        if plain is not None and plain[1] == self._state:
            return [_finding(shown, one) for one in plain[0]]
        document = self.document(shown)
        found = check_list(self._root, document, self._outlines, self._context)
        self._cache.keep(shown, _kept(document, found), self._state)
        return found


def read_through(root: Path, cache: Cache, path: str) -> Document:
    """One file, of which the cache knows afterwards as what it was read."""
    data, shown = cache.read(path), printed(path)
    return read_document(root / path, shown) if data is None else parse_document(shown, data)


def _kept(document: Document, findings: Sequence[Finding]) -> Any:
    """What is kept of a file; nothing of one that cannot be read, which may be no file at all."""
    return None if document.root is None else [_plain(one) for one in findings]


def _plain(finding: Finding) -> tuple[Any, ...]:
    place = finding.place
    where = (place.line, place.column, place.end_column)
    return where, finding.rule, finding.level.value, finding.message, finding.fix


def _finding(path: str, plain: tuple[Any, ...]) -> Finding:
    where, rule, level, message, fix = plain
    return Finding(Place(path, *where), rule, Level(level), message, fix)
