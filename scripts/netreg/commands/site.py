"""``netreg site``: build the merged site, and serve it."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from netreg.commands.export import write_files
from netreg.commands.options import parser, uncollected
from netreg.core.atomic import write_file
from netreg.core.project import UsageError, find_project
from netreg.site.publish import publish
from netreg.site.settings import read_config, read_settings
from netreg.site.standalone import single, stage
from netreg.terminal.screen import Progress


def run(args: Sequence[str]) -> int:
    """Build into ``site/``, serve with reload, or write it in another form; 1 where the registry has errors."""
    options = parser("site", "Build the site from the merged registry, and serve it.")
    ways = options.add_mutually_exclusive_group()
    ways.add_argument("--no-serve", action="store_true", help="build only")
    ways.add_argument("--single", metavar="FILE", help="write one file of HTML that needs no server, search included")
    ways.add_argument("--stage", metavar="DIR", help="write pages and files for any other generator, with their menu")
    options.add_argument("--address", default="127.0.0.1:8000", help="where to serve (default: %(default)s)")
    chosen = options.parse_args(args)
    # Material announces its end of life at each build; docs/decisions tells what we do about it.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    _let_mkdocs_warn()
    root = find_project().root
    _refuse_wrong_address(chosen.address)
    if not (root / "mkdocs.yml").is_file():
        raise UsageError(f"{root} holds no mkdocs.yml.")
    try:
        if chosen.single:
            return _single(root, Path(chosen.single))
        if chosen.stage:
            return _stage(root, Path(chosen.stage))
    except ValueError as error:  # the report of the check
        print(error, file=sys.stderr)
        return 1
    return _build(root) if chosen.no_serve else _serve(root, chosen.address)


def _refuse_wrong_address(address: str) -> None:
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise UsageError(f"--address is {address!r}; write it as 127.0.0.1:8000.")


def _single(root: Path, file: Path) -> int:
    progress, settings = Progress(sys.stderr), read_settings(root)
    publication = publish(root, settings, progress, whole=False)
    text = single(publication.registry, settings, publication.pages)
    progress("")
    write_file(file, text, str(file))
    print(f"Wrote {file}: {len(text.encode()):,} bytes.")
    return 0


def _stage(root: Path, folder: Path) -> int:
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise UsageError(f"{folder} is there and not empty. Name a folder that is not.")
    progress, (config, settings) = Progress(sys.stderr), read_config(root)
    files = list(stage(root / "docs", publish(root, settings, progress), config))
    progress("")
    print(f"Wrote {write_files(folder, files)} files below {folder}.")
    return 0


def _build(root: Path) -> int:
    from mkdocs.commands.build import build
    from mkdocs.exceptions import MkDocsException

    started, progress = time.monotonic(), Progress(sys.stderr)
    fresh = root / ".cache" / f"site-{os.getpid()}"
    try:
        config = _config(root, site_dir=str(fresh))
        if "netreg" in config.plugins:
            config.plugins["netreg"].tell = progress
        config.plugins.on_startup(command="build", dirty=False)
        with uncollected(20_000):  # templates leave circles behind; to look at all that stands takes a twentieth part
            build(config)
    except (MkDocsException, SystemExit):
        # MkDocs has told on stderr what is wrong.
        print("Nothing was published; site/ is as it was.", file=sys.stderr)
        return 1
    else:
        _swap(fresh, root / "site")
    finally:
        progress("")
        shutil.rmtree(fresh, ignore_errors=True)
    pages = sum(1 for _ in (root / "site").rglob("*.html"))
    print(f"Built {pages} pages into site/ in {time.monotonic() - started:.1f} s. Open site/index.html, or serve it.")
    return 0


def _swap(fresh: Path, site: Path) -> None:
    """Put the new site where the old one is, so that a failed build leaves the old one whole."""
    old = fresh.with_name(f"{fresh.name}-old")
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def _serve(root: Path, address: str) -> int:
    from mkdocs.commands.serve import serve
    from mkdocs.exceptions import MkDocsException

    host, _, port = address.rpartition(":")
    try:  # at once: MkDocs finds out behind the whole build
        socket.create_server(
            (host.strip("[]"), int(port)), family=socket.AF_INET6 if ":" in host else socket.AF_INET
        ).close()
    except OSError as error:
        raise UsageError(f"cannot serve on {address}: {error.strerror}. Choose another with --address.") from None
    print(f"Serving on http://{address}/ until you press Ctrl-C; changes to entries, schema and pages show at once.")
    try:
        serve(str(root / "mkdocs.yml"), livereload=True, dev_addr=address)
    except (MkDocsException, SystemExit):
        print("Nothing is served: put that right and run it again.", file=sys.stderr)
        return 1
    return 0


def _let_mkdocs_warn() -> None:
    """MkDocs reports through a log that nobody hears unless told to; its chatter stays unheard."""
    import logging

    log = logging.getLogger("mkdocs")
    log.setLevel(logging.WARNING)
    log.handlers = [logging.StreamHandler()]  # to the standard error of this run


def _config(root: Path, **changes: str) -> Any:
    from mkdocs.config import load_config

    return load_config(str(root / "mkdocs.yml"), **changes)
