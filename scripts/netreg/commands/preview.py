"""``netreg preview``: the page of one entry as its file stands, at once, without a build of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from pathlib import Path

from netreg.commands.options import parser, uncollected
from netreg.commands.reading import with_registry
from netreg.core.atomic import write_file
from netreg.core.load import Document, read_document
from netreg.core.nearest import did_you_mean_id
from netreg.core.project import UsageError, find_project
from netreg.core.report.as_text import printable
from netreg.model.lineage import PASSED_ON

_ID = re.compile(rb"(?<![^\s:\"'\[{,])[a-z0-9][a-z0-9-]*(?![^\s\"'\]},])")
"""What may be an id in a file: a value of its own, and no part of an address."""


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
    texts = {id_: path.read_bytes() for id_, path in paths.items()}

    def named(id_: str) -> set[str]:
        return paths.keys() & {word.decode() for word in _ID.findall(texts[id_])}

    def naming(ids: Set[str], among: Iterable[str]) -> set[str]:
        words = [id_.encode() for id_ in ids]  # found much faster than a pattern
        return {one for one in among if any(word in texts[one] for word in words) and named(one) & ids}

    heirs = {id_ for id_, text in texts.items() if any(kind.encode() in text for kind in PASSED_ON)}
    family, more = {wanted}, {wanted}
    while more:
        more = naming(family, heirs).union(*map(named, family & heirs)) - family
        family |= more
    near = family | named(wanted) | naming({wanted}, paths)
    return [read_document(path, f"registry/{id_}.yaml") for id_, path in paths.items() if id_ in near]
