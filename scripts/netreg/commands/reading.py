"""Reading the registry for commands that show it: quickly while it is sound, and still where an entry is not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from netreg.core.cache import Cache
from netreg.core.load import Document, read_document, read_folder
from netreg.core.project import Project, UsageError
from netreg.core.schema import Schema, read_schema
from netreg.entry.country_sets import read_country_sets
from netreg.model import Registry, build_registry

Answer = TypeVar("Answer")

_NEEDED = frozenset("syntax shape references time".split())
"""The families of rules that an entry must obey before it can be shown at all."""


def read_documents(project: Project) -> list[Document]:
    """All files of the registry; a UsageError where the folder cannot be listed."""
    try:
        return read_folder(project.root)
    except OSError as error:
        raise UsageError(f"registry/ cannot be listed: {error.strerror}.") from None


def with_registry(
    project: Project, use: Callable[[Registry], Answer], documents: Sequence[Document] | None = None
) -> Answer:
    """What ``use`` makes of the registry, or of the part of it that ``documents`` are, where there are any.

    Entries are taken as they are, since checking them takes longer than most questions. Where one turns out to be
    broken, the registry is checked after all, and entries with errors are left out and named on standard error.
    """
    schema, sets = read_schema(project.root), read_country_sets(project.root)
    is_whole, documents = not documents, documents or read_documents(project)
    try:
        return use(build_registry(_readable(documents), schema, project.today, sets))
    except (LookupError, ValueError, TypeError, AttributeError):
        if not is_whole:  # what is left out depends on the whole
            return with_registry(project, use)
        sound = _without_errors(documents, schema, project)
        if len(sound) == len(documents):
            raise
    kept = {document.path for document in sound}
    _tell([document.path for document in documents if document.path not in kept])
    return use(build_registry(sound, schema, project.today, sets))


def read_whole(project: Project, cache: Cache) -> list[Document]:
    """All files of the registry; what follows from all of them can be kept in the cache."""
    from netreg.check.standing import read_through

    documents = []
    for path in cache.entries:
        documents.append(read_through(project.root, cache, path))
        cache.see(path)
    return documents


def tied_to(id_: str, project: Project, cache: Cache) -> list[Document]:
    """An entry with those that it points to and that point to it; nothing where the cache does not know all of them."""
    from netreg.check.outline import Outline

    kept = list(filter(None, map(cache.value, cache.entries)))
    is_whole = len(kept) == len(cache.entries)
    outlines = [Outline.unpacked(outline) for _, outline in kept] if is_whole else []
    own = [one for one in outlines if one.id == id_]
    near = {id_, *(target for one in own for target, _ in one.named)}
    tied = [one for one in outlines if one.id in near or id_ in {target for target, _ in one.named}]
    return [read_document(project.root / one.path, one.path) for one in tied] if own else []


def _readable(documents: Sequence[Document]) -> list[Document]:
    unreadable = [document.path for document in documents if document.root is None]
    if unreadable:
        _tell(unreadable)
    return [document for document in documents if document.root is not None]


def _without_errors(documents: Sequence[Document], schema: Schema, project: Project) -> list[Document]:
    """The documents that can be shown, even once the others are gone."""
    from netreg.check import Context, check
    from netreg.check.rule import all_rules
    from netreg.core.finding import Level

    rules = [rule for rule in all_rules() if rule.family in _NEEDED]
    sound = list(documents)
    while True:
        findings = check(sound, Context(schema, project.today), rules)
        wrong = {finding.place.path for finding in findings if finding.level is Level.ERROR}
        if not wrong:
            return sound
        sound = [document for document in sound if document.path not in wrong]


def _tell(paths: Sequence[str]) -> None:
    from netreg.core.report import printable

    shown = ", ".join(map(printable, paths[:3])) + (f" and {len(paths) - 3} more" if len(paths) > 3 else "")
    print(f"netreg: left out, since it has errors: {shown}. See netreg check.", file=sys.stderr)
