"""The command line: which verb does what, and which exit code means what.

0 clean, 1 findings, 2 usage, 3 a defect of ours, 130 interrupted.
"""

from __future__ import annotations

import importlib
import io
import sys
from collections.abc import Sequence

from netreg import __version__
from netreg.core.project import UsageError

COMMANDS = {
    "check": "check the registry and say what is wrong, where, and what to do",
    "format": "write entries in canonical form",
    "new": "write a new entry, asking for what it needs",
    "find": "find networks by name, number of a legal act, or words",
    "show": "show an entry with its sources",
    "explain": "tell why a rule exists, with a bad and a good example",
    "diff": "tell what changes in meaning between two revisions",
    "intake": "answer a request, and make an entry or an edit of it",
    "forms": "write the issue forms from the schema",
    "export": "write the registry as data",
    "site": "build the site, and serve it",
    "stale": "list the facts that were last proved long ago",
    "links": "ask whether the addresses of sources and websites still answer",
    "housekeeping": "write the monthly list of what to look at",
    "host": "do a step of the workflows at the code host",
}

_HELP = """usage: netreg COMMAND [OPTION ...]

The registry of European police-cooperation networks.

commands:
{commands}

netreg COMMAND --help tells more of each.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; nothing that happens in it shows a traceback."""
    args = list(sys.argv[1:] if argv is None else argv)
    _let_output_hold_any_sign()
    try:
        code = _dispatch(args)
        sys.stdout.flush()
        return code
    except UsageError as error:
        print(f"netreg: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("netreg: stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception:  # noqa: BLE001 - whatever it is, it becomes a report ready to paste
        return _defect(args)


def _let_output_hold_any_sign() -> None:
    """Where a terminal's encoding lacks a sign, its code stands in for it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _dispatch(args: list[str]) -> int:
    if not args or args[0] in ("-h", "--help"):
        width = max(map(len, COMMANDS))
        print(
            _HELP.format(commands="\n".join(f"  {name:{width}}  {about}" for name, about in COMMANDS.items())), end=""
        )
        return 0 if args else 2
    if args[0] in ("-V", "--version"):
        print(f"netreg {__version__}")
        return 0
    if args[0] not in COMMANDS:
        from netreg.core.nearest import did_you_mean

        raise UsageError(f'there is no command "{args[0]}".{did_you_mean(args[0], COMMANDS)} See netreg --help.')
    return int(importlib.import_module(f"netreg.commands.{args[0]}").run(args[1:]))


def _defect(args: Sequence[str]) -> int:
    import platform
    import traceback

    print(
        "netreg: this is a defect of the tool, not of your entry. Please report it with the lines below.\n\n"
        f"netreg {__version__}, Python {platform.python_version()}, {platform.system()}\n"
        f"command: netreg {' '.join(args[:1])}\n{_without_paths(traceback.format_exc())}",
        file=sys.stderr,
    )
    return 3


def _without_paths(trace: str) -> str:
    """The trace without the folders of the person's machine."""
    import re

    return re.sub(r'File "[^"]*[/\\](?=[^"/\\]+")', 'File "', trace)
