"""``netreg format``: write entries in canonical form."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from netreg.commands.options import Options
from netreg.core.atomic import write_file
from netreg.core.cache import Cache
from netreg.core.project import Project, UsageError, find_project

if TYPE_CHECKING:  # needed only for a file that is not known to be in canonical form
    from argparse import Namespace

    from netreg.core.load import Document
    from netreg.core.schema import Schema


def run(args: Sequence[str]) -> int:
    """Format, and return 1 where a file could not be read, or would change and was not to be written."""
    options = _options().parse_args(args)
    project = find_project()
    files = list(_files(options.paths, project))
    cache, changed, unreadable = Cache(project), 0, 0
    for path, shown in files:
        if _is_known(shown, cache):
            continue
        from netreg.core.load import read_document
        from netreg.core.schema import read_schema

        document = read_document(path, shown)
        if document.root is None or not _is_entry(document):
            _refuse(document)
            unreadable += 1
        elif _format(path, document, read_schema(project.root), options):
            changed += 1
    print(_summary(changed, len(files), unreadable, writes=_writes(options)))
    return 1 if unreadable or (changed and not _writes(options)) else 0


def _is_known(shown: str, cache: Cache) -> bool:
    """Whether a check has found no error in these bytes, so that they are in canonical form as well."""
    known = cache.value(shown) if shown.startswith("registry/") else None
    return known is not None and all(level != "error" for _, _, level, *_ in known[0])


def _is_entry(document: Document) -> bool:
    """Whether it lies among the entries or has a name; a list of the project, such as the coverage, has none."""
    return document.path.startswith("registry/") or bool(document.root and document.root.get("name"))


def _options() -> Options:
    options = Options("format", "Write entries in canonical form; what they say does not change.")
    options.add_argument("paths", nargs="*", help="files or folders; the whole registry by default")
    options.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file would change")
    options.add_argument("--diff", action="store_true", help="the same, and show what would change")
    return options


def _writes(options: Namespace) -> bool:
    return not (options.check or options.diff)


def _files(paths: Sequence[str], project: Project) -> Iterator[tuple[Path, str]]:
    """The files with their names as shown to people, each once."""
    given = [Path(path).absolute() for path in paths] or [project.root / "registry"]
    found = dict.fromkeys(file for path in given for file in _entries(path))
    for file in found:
        yield file, file.relative_to(project.root).as_posix() if file.is_relative_to(project.root) else str(file)


def _entries(path: Path) -> Iterable[Path]:
    if path.is_dir():
        return sorted(path.glob("*.yaml"))
    if not path.is_file() and not path.is_symlink():
        raise UsageError(f"there is no file {path.name}.")
    return [path]


def _refuse(document: Document) -> None:
    for problem in document.problems[:1]:
        place = f"{document.path}:{problem.line}:{problem.column}"
        print(f"{place}: left as it is, since it cannot be read. {problem.message}", file=sys.stderr)
    if not document.problems:
        print(f"{document.path}: left as it is, since it is no entry.", file=sys.stderr)


def _format(path: Path, document: Document, schema: Schema, options: Namespace) -> bool:
    """Whether the file is not in canonical form; it is then written, or only shown."""
    wanted = _wanted(document, schema)
    if wanted == document.text:
        return False
    if _writes(options):
        write_file(path, wanted)
    if options.diff:
        sys.stdout.writelines(_difference(document, wanted))
    else:
        print(f"{document.path} {'is now' if _writes(options) else 'is not'} in canonical form.")
    return True


def _wanted(document: Document, schema: Schema) -> str:
    """The canonical text, read again to be sure that nothing is lost."""
    from netreg.core.canonical import canonical, same_reading
    from netreg.core.load import parse_document

    if document.root is None:
        raise ValueError(document.path)
    wanted = canonical(document.text, document.root, schema)
    again = parse_document(document.path, wanted.encode("utf-8"))
    if again.root is None or not same_reading(document.root, again.root):
        raise RuntimeError(f"{document.path}: the canonical text would read differently; nothing was written")
    return wanted


def _difference(document: Document, wanted: str) -> Iterator[str]:
    import difflib

    before, after = (text.splitlines(keepends=True) for text in (document.text, wanted))
    for line in difflib.unified_diff(before, after, f"a/{document.path}", f"b/{document.path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _summary(changed: int, total: int, unreadable: int, *, writes: bool) -> str:
    files = f"{total} {'entry' if total == 1 else 'entries'}"
    words = f"{changed} of {files} {'changed' if writes else 'would change'}"
    return f"{words}, {unreadable} left as they are." if unreadable else f"{words}."
