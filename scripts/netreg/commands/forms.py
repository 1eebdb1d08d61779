"""``netreg forms``: the issue forms, made from the schema."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from netreg.commands.options import parser
from netreg.contribute.form import FOLDER, forms
from netreg.core.atomic import write_file
from netreg.core.project import find_project
from netreg.core.schema import read_schema
from netreg.site.settings import read_settings


def run(args: Sequence[str]) -> int:
    """Write the forms; with ``--check`` write nothing, and return 1 where one is not as it should be."""
    options = parser("forms", "Write the issue forms anew from the schema and mkdocs.yml.")
    options.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file would change")
    only_check = options.parse_args(args).check
    root = find_project().root
    settings = read_settings(root)
    wanted = forms(read_schema(root), settings.site_url, settings.answer_days)
    stale = [path for path, text in wanted.items() if _text(root / path) != text]
    odd = [path for path in _forms_there(root) if path not in wanted]
    for path in stale:
        if not only_check:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            write_file(root / path, wanted[path])
        print(f"{path} {'is not' if only_check else 'is now'} what the schema asks for.")
    for path in odd:
        print(f"{path} is no form of ours: move it or delete it.")
    if not stale and not odd:
        print(f"{len(wanted)} files are as the schema asks for.")
    return 1 if odd or (stale and only_check) else 0


def _forms_there(root: Path) -> list[str]:
    folder = root / FOLDER
    return sorted(path.relative_to(root).as_posix() for path in folder.iterdir()) if folder.is_dir() else []


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
