"""``netreg check``: the schema and all rules over the whole registry."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from netreg.commands.options import Options, uncollected, wants_colour
from netreg.core.cache import Cache
from netreg.core.project import Project, UsageError, find_project
from netreg.core.report import FORMATS

if TYPE_CHECKING:  # what the same question about the same files needs no second time
    from argparse import Namespace

    from netreg.check import Context
    from netreg.core.finding import Finding


def run(args: Sequence[str]) -> int:
    """Check, report, and return 1 where there is an error."""
    options = _options().parse_args(args)
    project = find_project()
    with uncollected():
        said, code = _said(options, project)
    sys.stdout.write(said)
    return code


def _said(options: Namespace, project: Project) -> tuple[str, int]:
    """The report and the exit code, worked out only where something is not as it was."""
    cache = Cache(project)
    asked = ("check", options.remarks, options.format, wants_colour())
    is_general = not options.paths and options.base is None
    known: tuple[str, int] | None = cache.answer(*asked) if is_general else None
    said = known or _checked(options, project, cache)
    if is_general and known is None:
        cache.keep_answer(said, *asked)
    cache.save()
    return said


def _checked(options: Namespace, project: Project, cache: Cache) -> tuple[str, int]:
    """The report and the exit code."""
    from netreg.check.standing import ProjectCheck
    from netreg.core.finding import Level
    from netreg.core.report import render

    files = ProjectCheck(project.root, _context(project, options.base), cache)
    findings = _wanted(files.findings(), options.paths, project)
    shown = findings if _wants_remarks(options) else [item for item in findings if item.level is not Level.INFO]
    said = render(shown, files, options.format, colour=wants_colour())
    if options.format == "text" and len(shown) < len(findings):
        said += f"Remarks not shown: {len(findings) - len(shown)}. To see them: netreg check --remarks\n"
    return said, 1 if any(finding.level is Level.ERROR for finding in findings) else 0


def _options() -> Options:
    options = Options("check", "Check all entries, and the lists in docs/data; rules over the whole need them all.")
    options.add_argument("paths", nargs="*", help="report findings in these files only")
    options.add_argument("--remarks", action="store_true", help="show remarks too, as for single files and in JSON")
    options.add_argument("--format", choices=FORMATS, default="text", help="how to report")
    options.add_argument("--json", dest="format", action="store_const", const="json", help="the same as --format json")
    options.add_argument("--base", metavar="REV", help="compare with this revision for the rules on whole changes")
    return options


def _wants_remarks(options: Namespace) -> bool:
    """Remarks are for whoever works on a file; over the whole they would hide what has to be done."""
    return bool(options.remarks or options.paths or options.format == "json")


def _context(project: Project, base: str | None) -> Context:
    from netreg.check import Context
    from netreg.core.schema import read_schema

    schema = read_schema(project.root)
    if base is None:
        return Context(schema, project.today)
    from netreg.core.git import changed_ids, ids_at

    return Context(schema, project.today, changed=changed_ids(project.root, base), base_ids=ids_at(project.root, base))


def _wanted(findings: list[Finding], paths: Sequence[str], project: Project) -> list[Finding]:
    if not paths:
        return findings
    wanted = {_shown(path, project) for path in paths}
    return [finding for finding in findings if finding.place.path in wanted]


def _shown(path: str, project: Project) -> str:
    absolute = Path(path).absolute()
    if not absolute.exists():
        raise UsageError(f"there is no file {path}.")
    try:
        return absolute.relative_to(project.root).as_posix()
    except ValueError:
        raise UsageError(f"{path} is not in this registry.") from None
