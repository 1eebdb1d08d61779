"""``netreg preview``: the page of one entry as its file stands, at once, without a build of the site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from netreg.commands.options import parser
from netreg.commands.reading import with_registry
from netreg.core.atomic import write_file
from netreg.core.load import Document, read_document
from netreg.core.nearest import did_you_mean_id
from netreg.core.project import UsageError, find_project
from netreg.core.report.as_text import printable

_WORD = re.compile(rb"[a-z0-9][a-z0-9-]*")


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
    """The entry and all that its page may name: those two steps away along the ids that stand in the files.

    To read all files takes most of a second.

    Raises:
        UsageError: there is no such entry.
    """
    paths = {path.stem: path for path in sorted((root / "registry").glob("*.yaml"))}
    if wanted not in paths:
        raise UsageError(f'there is no entry "{printable(wanted)}".{did_you_mean_id(wanted, paths)}')
    words = {id_: frozenset(_WORD.findall(path.read_bytes())) for id_, path in paths.items()}
    near = {wanted}
    for _ in range(2):
        named = frozenset().union(*(words[id_] for id_ in near))
        ids = {id_.encode() for id_ in near}
        near |= {id_ for id_ in paths if id_.encode() in named or ids & words[id_]}
    return [read_document(paths[id_], f"registry/{id_}.yaml") for id_ in paths if id_ in near]
