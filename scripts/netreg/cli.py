"""The command line: which verb does what, and which exit code means what.

0 clean, 1 findings, 2 usage or a machine that refuses (full disk, closed stream), 3 a defect of ours, 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from netreg import __version__
from netreg.core import UsageError

COMMANDS = {
    "check": "check the registry and say what is wrong, where, and what to do",
    "format": "write entries in canonical form",
    "new": "write a new entry, asking for what it needs",
    "find": "find networks by name, number of a legal act, or words",
    "show": "show an entry with its sources",
    "stats": "count what the registry holds, on whose word and how old",
    "explain": "tell why a rule exists, with a bad and a good example",
    "diff": "tell what changes in meaning between two revisions",
    "intake": "answer a request, and make an entry or an edit of it",
    "forms": "write the issue forms from the schema",
    "export": "write the registry as data",
    "preview": "show the page of one entry, without building the site",
    "verify": "tell whether a downloaded release is whole",
    "site": "build the site, and serve it",
    "stale": "list the facts that were last proved long ago",
    "reread": "list what rests on the sources of an entry, and write down that one was opened",
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
    if not _has_output():
        return _ended(2, "standard output is closed, so there is nowhere to answer.")
    try:
        return _run(args)
    except UsageError as error:
        return _ended(2, str(error))
    except KeyboardInterrupt:
        return _ended(130, "stopped.")
    except BrokenPipeError:  # whoever read the output has seen enough
        return _ended(1)
    except OSError as error:
        return _ended(2, _in_one_line(error))
    except Exception:  # noqa: BLE001 - whatever it is, it becomes a report ready to paste
        return _ended(3, _defect(args))


def _has_output() -> bool:
    """Whether there is somewhere to write; in the place of each stream that is closed comes one that holds nothing.

    Otherwise the next file that is opened would get the number of a closed stream, and what is printed with it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free, which is this one
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # where a terminal's encoding lacks a sign, its code stands in for it
            stream.reconfigure(errors="backslashreplace")
    return sys.stdout is not None


def _run(args: list[str]) -> int:
    try:
        return _dispatch(args)
    finally:
        sys.stdout.flush()


def _ended(code: int, said: str = "") -> int:
    """Say why a run ends early, if anybody can still hear it, and let go of an output that takes no more."""
    from contextlib import suppress

    with suppress(OSError, ValueError):
        print(f"netreg: {said}" if said else "", end="\n" if said else "", file=sys.stderr)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):  # Python would try once more on its way out, and complain
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return code


def _in_one_line(error: OSError) -> str:
    """What the machine refused, as a full disk or a folder that may not be read: no fault of the tool."""
    from pathlib import PurePath

    name = PurePath(os.fsdecode(error.filename)).name if isinstance(error.filename, str | bytes) else ""
    return f"cannot go on: {error.strerror or error}{f' ({name!r})' if name else ''}."


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
    from importlib import import_module  # nothing that a command needs is loaded before it is known

    return int(import_module(f"netreg.commands.{args[0]}").run(args[1:]))


def _defect(args: Sequence[str]) -> str:
    import platform
    import traceback

    return (
        "this is a defect of the tool, not of your entry. Please report it with the lines below.\n\n"
        f"netreg {__version__}, Python {platform.python_version()}, {platform.system()}\n"
        f"command: netreg {' '.join(args[:1])}\n{_without_paths(traceback.format_exc())}"
    )


def _without_paths(trace: str) -> str:
    """The trace without the folders of the person's machine."""
    import re

    return re.sub(r'File "[^"]*[/\\](?=[^"/\\]+")', 'File "', trace)
