"""``netreg preview``: the page of one entry as its file stands, at once, without a build of the site."""

from __future__ import annotations

from collections.abc import Sequence, Set
from pathlib import Path

from netreg.commands.options import parser, uncollected
from netreg.commands.reading import with_registry
from netreg.core.atomic import write_file
from netreg.core.load import Document, read_document
from netreg.core.nearest import did_you_mean_id
from netreg.core.project import UsageError, find_project
from netreg.core.report import printable
from netreg.model.lineage import PASSED_ON

_BETWEEN = bytes.maketrans(b"\"'[]{},:", b" " * 8)
"""What may stand before or behind a value of a file; no part of an address is one."""


def run(args: Sequence[str]) -> int:
    """Write the page into ``.cache/preview/`` and print where it is."""
    options = parser("preview", "Show the page of one entry as its file stands, without building the site.")
    options.add_argument("id", metavar="ID", help="the id of an entry")
    wanted = options.parse_args(args).id.rpartition("/")[2].removesuffix(".yaml")
    project = find_project()
    documents = _around(project.root, wanted)

    from netreg.site.settings import read_settings
    from netreg.site.standalone import preview

    settings = read_settings(project.root)
    with uncollected():
        html = with_registry(
            project,
            lambda registry: preview(registry, entry, settings) if (entry := registry.entries.get(wanted)) else "",
            documents,
        )
    if not html:
        raise UsageError(f"registry/{wanted}.yaml has errors, so there is no page of it. See netreg check.")
    file = project.root / ".cache" / "preview" / f"{wanted}.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_file(file, html, f".cache/preview/{wanted}.html")
    print(file)
    return 0


def _around(root: Path, wanted: str) -> list[Document]:
    """The entry and all that its page may name: those that its file names, or that name it, and its whole lineage.

    To read all files takes most of the time.

    Raises:
        UsageError: there is no such entry.
    """
    paths = {path.stem: path for path in sorted((root / "registry").glob("*.yaml"))}
    if wanted not in paths:
        raise UsageError(f'there is no entry "{printable(wanted)}".{did_you_mean_id(wanted, paths)}')
    words = {id_: set(path.read_bytes().translate(_BETWEEN).decode("latin-1").split()) for id_, path in paths.items()}
    heirs = {id_ for id_ in paths if not words[id_].isdisjoint(PASSED_ON)}

    def tied(ids: Set[str], stating: Set[str]) -> Set[str]:
        named = paths.keys() & set().union(*(words[id_] for id_ in ids & stating))
        return {*ids, *named, *(id_ for id_ in stating if words[id_] & ids)}

    family: Set[str] = {wanted}
    while not family >= (more := tied(family, heirs)):
        family = more
    near = family | tied({wanted}, paths.keys())
    return [read_document(path, f"registry/{id_}.yaml") for id_, path in paths.items() if id_ in near]
