"""``netreg export``: the registry as data files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from netreg.check import Context, check
from netreg.commands.options import parser
from netreg.commands.reading import read_documents
from netreg.core.atomic import write_file
from netreg.core.finding import Level
from netreg.core.project import UsageError, find_project
from netreg.core.schema import read_schema
from netreg.export import data_files
from netreg.model import build_registry


def run(args: Sequence[str]) -> int:
    """Write the files that the site offers below ``api/``; a registry with errors is not exported."""
    options = parser("export", "Write the registry as data, as the site offers it.")
    options.add_argument("folder", help="where to write; made if it is not there")
    folder = Path(options.parse_args(args).folder)
    project = find_project()
    schema = read_schema(project.root)
    documents = read_documents(project)
    errors = [item for item in check(documents, Context(schema, project.today)) if item.level is Level.ERROR]
    if errors:
        raise UsageError(f"the registry has errors ({len(errors)}) and is not exported. See netreg check.")
    written = 0
    for path, text in data_files(build_registry(documents, schema, project.today)):
        _make((folder / path).parent)
        write_file(folder / path, text)
        written += 1
    print(f"Wrote {written} files below {folder}.")
    return 0


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}.") from None
