"""Ask: real questions on the real registry, of `netreg find` and of the built site.

It is no test: where a correction changes an answer, docs/data/questions.yaml is corrected beside it. Each part returns
lines to print and whether they hold what was promised; a part that is new is added to `PARTS`.
"""

from __future__ import annotations

import gzip
import os
import statistics
import sys
import tempfile
import threading
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from ruamel.yaml import YAML
from tests.site.conftest import SETTINGS, build

from netreg.commands.reading import with_registry
from netreg.core.project import find_project
from netreg.model import Registry
from netreg.model.participation import takes_part
from netreg.model.search import SearchIndex
from netreg.model.search_documents import search_documents
from netreg.site.search_file import PATH as INDEX

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "docs/data/questions.yaml"
LEAST = 0.95
"""The share of questions whose first answer must be right."""

LARGEST = 60_000
"""Bytes of the index, compressed."""

# Two frames after what was typed, the answer has been painted.
ASK = """async (queries) => {
  const field = document.querySelector("#find"), list = document.querySelector("#find-found");
  const frame = () => new Promise(requestAnimationFrame);
  const told = [];
  for (const query of queries) {
    const start = performance.now();
    field.value = query;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await frame();
    await frame();
    told.push([performance.now() - start, Array.from(list.querySelectorAll("a"), (link) => link.href)]);
  }
  return told;
}"""


@dataclass(frozen=True)
class Question:
    """What somebody types, with the networks of which any one may come first, and the page that may as well."""

    query: str
    first: frozenset[str]
    page: str = ""


@dataclass(frozen=True)
class Asked:
    """What all parts work with: the questions, the registry, the folder of the built site, and a page of a browser."""

    questions: Sequence[Question]
    registry: Registry
    site: Path
    page: Page


Part = Callable[[Asked], Iterator[tuple[str, bool]]]


def main(arguments: Sequence[str]) -> int:
    """Print what every part found; 1 where one of them does not hold what it promises."""
    options = ArgumentParser(prog="dev.py ask", description="Ask real questions of netreg find and of the built site.")
    options.add_argument("--site", type=Path, metavar="DIR", help="take this built site; else one is built")
    chosen = options.parse_args(arguments)
    return with_registry(find_project(ROOT), partial(_asked, site=chosen.site))


def _asked(registry: Registry, site: Path | None) -> int:
    good = True
    with tempfile.TemporaryDirectory() as folder:
        built = site or Path(folder, "reg")
        if site is None:
            print("Building the site (half a minute)", flush=True)
            build(ROOT, built, SETTINGS)
        with _browsed(built) as page:
            asked = Asked(read_questions(registry), registry, built, page)
            for part in PARTS:
                for line, holds in part(asked):
                    print(line if holds else f"{line} NOT as promised", flush=True)
                    good = good and holds
    return 0 if good else 1


def read_questions(registry: Registry) -> list[Question]:
    """The list; for a country its networks and its page are right."""
    listed: list[dict[str, Any]] = YAML(typ="safe").load(QUESTIONS.read_text(encoding="utf-8"))["questions"]
    return [_question(item, registry) for item in listed]


def _question(item: dict[str, Any], registry: Registry) -> Question:
    code = item.get("country")
    if not code:
        return Question(item["query"], frozenset(item["first"]))
    networks = (entry.id for entry in registry.networks if takes_part(entry, code, "", registry.sets))
    return Question(item["query"], frozenset(networks), f"countries/{code.lower()}/")


@contextmanager
def _browsed(site: Path) -> Iterator[Page]:
    """An empty page in a browser that reaches the site at ``/``."""
    handler = partial(_Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=os.environ["NETREG_CHROMIUM"], args=["--no-sandbox"])
        yield browser.new_page(base_url=f"http://127.0.0.1:{server.server_port}/")
        browser.close()
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


# The search.


def find(asked: Asked) -> Iterator[tuple[str, bool]]:
    """What `netreg find` puts first."""
    index = SearchIndex(search_documents(asked.registry))
    answers = [[match.document.id for match in index.search(question.query)] for question in asked.questions]
    yield from _share("find", asked.questions, answers)


def search_field(asked: Asked) -> Iterator[tuple[str, bool]]:
    """What the field of the site puts first, what it fetches, and how soon it answers."""
    fetched: list[str] = []
    asked.page.on("request", lambda request: fetched.append(request.url))
    asked.page.goto("")
    before = any(url.endswith(INDEX) for url in fetched)
    with asked.page.expect_response(f"**/{INDEX}"):
        asked.page.locator("#find").focus()
    asked.page.wait_for_load_state("networkidle")
    told = asked.page.evaluate(ASK, [question.query for question in asked.questions])
    answers = [[_answered(href) for href in hrefs] for _, hrefs in told]
    yield from _share("site", asked.questions, answers)
    size = len(gzip.compress((asked.site / INDEX).read_bytes()))
    yield f"index: {size:,} bytes compressed, fetched when the field gets the focus", size <= LARGEST and not before
    times = sorted((time, question.query) for (time, _), question in zip(told, asked.questions, strict=True))
    slow = ", ".join(f"{time:.0f} ms ({query})" for time, query in times[-3:])
    yield f"answers: {statistics.median(time for time, _ in times):.0f} ms in the middle, at the longest {slow}", True


def _answered(href: str) -> str:
    """The id of a network, or the address of another page below the root."""
    path = href.split("/", 3)[3]
    return path.split("/")[1] if path.startswith("networks/") else path


def _share(of: str, questions: Sequence[Question], answers: Sequence[Sequence[str]]) -> Iterator[tuple[str, bool]]:
    pairs = list(zip(questions, answers, strict=True))
    wrong = [(one, got) for one, got in pairs if not got or got[0] not in (*one.first, one.page)]
    for question, got in wrong:
        wanted = ", ".join(sorted(question.first)[:3])
        yield f"  {of}: {question.query!r} gives {', '.join(got[:3]) or 'nothing'}; wanted {wanted}", True
    right = 1 - len(wrong) / len(pairs)
    yield f"{of}: {len(pairs) - len(wrong)} of {len(pairs)} right first, {right:.1%}", right >= LEAST
    yield f"{of}: {sum(not got for _, got in pairs)} without an answer", all(got for _, got in pairs)


PARTS: tuple[Part, ...] = (find, search_field)
"""What is asked, in this order."""

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
