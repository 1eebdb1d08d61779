"""``netreg stats``: how much the registry holds, on whose word and how old, all counted on its statements."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from netreg.commands.options import parser
from netreg.commands.reading import with_registry
from netreg.core.project import find_project
from netreg.model.statements import figures


def run(args: Sequence[str]) -> int:
    """Print the figures."""
    options = parser("stats", "Count what the registry holds: statements, sources, who takes part, who leads.")
    options.add_argument("--json", action="store_true", help="print an object, with the figures of each country too")
    as_json = options.parse_args(args).json
    found = with_registry(find_project(), figures)
    text = json.dumps(found, indent=2) if as_json else "\n".join(_lines(found))
    sys.stdout.write(text + "\n")
    return 0


def _lines(found: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    for name, value in found.items():
        label = f"{indent}{name.replace('_', ' ')}"
        if not isinstance(value, Mapping):
            yield f"{label:32}{value:>10}"
        elif name == "countries":
            yield f"{label}, of how many networks each takes part in"
            yield "  " + ", ".join(
                f"{code} {number}" for code, number in sorted(value.items(), key=lambda one: -one[1])
            )
        else:
            yield label
            yield from _lines(value, indent + "  ")
