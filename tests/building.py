"""The rooms of the package in their order, what they really import, and the picture of both in the documentation."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "scripts" / "netreg"

ROOMS = (
    "core",
    "entry",
    "check",
    "model",
    "lists",
    "review",
    "upkeep",
    "export",
    "contribute",
    "host",
    "site",
    "terminal",
    "commands",
)
"""From what knows least to what knows most; a room imports only from rooms before it."""


def room_of(path: Path) -> str:
    """The room in which a module stands; beside the rooms stand ``__init__``, ``cli`` and ``__main__``."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    """A module as Python reads it; many tests look at each, and none changes it."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All parts of a module, outer ones first."""
    return tuple(ast.walk(tree(path)))


def imported_rooms(path: Path) -> Iterator[tuple[int, str]]:
    """The rooms that a module imports from, with the line."""
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            names = [f"{node.module}.{alias.name}" if node.module == "netreg" else node.module for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            if name and name.split(".")[0] == "netreg":
                room = [*name.split("."), "__init__"][1]
                yield node.lineno, room if room in ROOMS or (PACKAGE / room).exists() else "__init__"


def arrows() -> set[tuple[str, str]]:
    """Which room imports from which other, by the code as it stands."""
    found = {(room_of(path), room) for path in PACKAGE.rglob("*.py") for _line, room in imported_rooms(path)}
    return {(user, used) for user, used in found if user in ROOMS and used in ROOMS and user != used}


def steps(found: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The arrows without those that only shorten a longer way through other rooms."""
    reached: dict[str, set[str]] = {}
    for room in ROOMS:
        direct = {used for user, used in found if user == room}
        reached[room] = direct.union(*(reached[used] for used in direct))
    return {
        (user, used)
        for user, used in found
        if not any((user, between) in found and used in reached[between] for between in ROOMS)
    }


# The picture. Lengths are in pixels; the boxes stand in the order of the rooms, the arrows beside them.

_LEFT, _TOP, _WIDTH, _HEIGHT, _PITCH = 12, 12, 640, 34, 46
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1b2a3a }
.name { font-weight: 600 }
.box { fill: #eef3f8; stroke: #51708f }
.ground { fill: #ffffff }
path { fill: none; stroke: #b9c6d3; stroke-width: 1 }
path.step { stroke: #24547f; stroke-width: 1.6 }
marker path { fill: #24547f; stroke: none }
@media (prefers-color-scheme: dark) {
  text { fill: #e4ebf2 } .box { fill: #1f2d3b; stroke: #7f9bb8 } .ground { fill: #14202b }
  path { stroke: #41566b } path.step { stroke: #8fbce6 } marker path { fill: #8fbce6 }
}
"""


_HEAD = """<defs><marker id="head" markerWidth="7" markerHeight="7" refX="6" refY="3.5" orient="auto">
<path d="M0 0L7 3.5L0 7z"/></marker></defs>"""


def picture() -> str:
    """The drawing as SVG: a box a room, an arrow from each room to every room that it imports from."""
    found = arrows()
    high = _TOP * 2 + _PITCH * (len(ROOMS) - 1) + _HEIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 920 {high}" role="img" aria-labelledby="title">',
        '<title id="title">The rooms of the package, and which imports from which</title>',
        f"<style>{_STYLE}</style>",
        _HEAD,
        f'<rect class="ground" width="920" height="{high}"/>',
        *(_box(place, room) for place, room in enumerate(ROOMS)),
        *(_arrow(pair, direct=False) for pair in sorted(found - steps(found))),
        *(_arrow(pair, direct=True) for pair in sorted(steps(found))),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _box(place: int, room: str) -> str:
    top = _TOP + place * _PITCH
    front = PACKAGE / room / "__init__.py"
    front = front if front.exists() else PACKAGE / f"{room}.py"  # a room may be one module
    about = ast.get_docstring(tree(front)) or ""
    said = about.split("\n")[0].partition(": ")[2].rstrip(".").replace("``", "")
    return (
        f'<rect class="box" x="{_LEFT}" y="{top}" width="{_WIDTH}" height="{_HEIGHT}" rx="4"/>'
        f'<text class="name" x="{_LEFT + 10}" y="{top + 22}">{room}</text>'
        f'<text x="{_LEFT + 96}" y="{top + 22}">{escape(_cut(said))}</text>'
    )


def _cut(text: str, longest: int = 80) -> str:
    return text if len(text) <= longest else f"{text[:longest].rpartition(' ')[0]} …"


def _arrow(pair: tuple[str, str], *, direct: bool) -> str:
    """A bow at the right; it leaves a box in its lower half and arrives in the upper half of another."""
    user, used = pair
    start, end = ROOMS.index(user), ROOMS.index(used)
    right = _LEFT + _WIDTH
    y1, y2 = (_TOP + place * _PITCH + offset for place, offset in ((start, 10), (end, 24)))
    bow = right + 14 + 24 * (start - end)
    look = ' class="step" marker-end="url(#head)"' if direct else ""
    return f'<path{look} d="M{right} {y1}C{bow} {y1} {bow} {y2} {right} {y2}"><title>{user} → {used}</title></path>'


def order() -> str:
    """The order of the rooms in one line, as the pages for developers have it."""
    return " → ".join(f"`{room}`" for room in ROOMS)
