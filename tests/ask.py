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
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from ruamel.yaml import YAML
from tests.site.browser import SCHEMES, SHIFT, faults, first_visit, read_jobs, untold
from tests.site.conftest import FLAGS, SETTINGS, build

from netreg.commands.reading import with_registry
from netreg.core.project import find_project
from netreg.model import Registry
from netreg.model.participation import takes_part
from netreg.model.search import SearchIndex
from netreg.model.search_documents import search_documents
from netreg.site.downloads import SEARCH

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "docs/data/questions.yaml"
LEAST = 0.95
"""The share of questions whose first answer must be right."""

LARGEST = 60_000
"""Bytes of the index, compressed."""

CLICKS, SHIFTED, HEAVIEST = 2, 0.05, 200_000
"""What a job may take, how far a layout may shift, and the bytes of a first visit, compressed, fonts included."""

WIDTHS, NARROWEST = (360, 768, 1440), 320
MOST_SEEN = ("", "networks/enlets/", "networks/")
KINDS = (
    *MOST_SEEN,
    *"networks/enlets/correct/ networks/europol/ timeline/ lineages/ sources/ countries/ countries/no/ leads/".split(),
    *"bodies/european-commission/ matrix/ events/ half-year/2024-1/ acts/ ages/ topics/ form/ gaps/ coverage/".split(),
    *"changes/ refused/ data/ method/ contribute/ rules/ schema/".split(),
)
"""A page of each kind."""

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
    """What all parts work with: the questions, the registry, the folder and the address of the site, and a browser."""

    questions: Sequence[Question]
    registry: Registry
    site: Path
    home: str
    browser: Browser


Part = Callable[[Asked], Iterator[tuple[str, bool]]]


def main(arguments: Sequence[str]) -> int:
    """Print what every part found; 1 where one of them does not hold what it promises."""
    options = ArgumentParser(prog="dev.py ask", description="Ask real questions of netreg find and of the built site.")
    names = ", ".join(part.__name__ for part in PARTS)
    options.add_argument("parts", nargs="*", metavar="PART", help=f"{names}; else all")
    options.add_argument("--site", type=Path, metavar="DIR", help="take this built site; else one is built")
    chosen = options.parse_args(arguments)
    return with_registry(find_project(ROOT), partial(_asked, site=chosen.site, parts=chosen.parts))


def _asked(registry: Registry, site: Path | None, parts: Sequence[str]) -> int:
    good = True
    with tempfile.TemporaryDirectory() as folder:
        built = site or Path(folder, "reg")
        if site is None:
            print("Building the site (half a minute)", flush=True)
            build(ROOT, built, SETTINGS)
        with _browsed(built) as (home, browser):
            asked = Asked(read_questions(registry), registry, built, home, browser)
            for part in (part for part in PARTS if part.__name__ in (parts or part.__name__)):
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
def _browsed(site: Path) -> Iterator[tuple[str, Browser]]:
    """The address of the site, and a browser."""
    handler = partial(_Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=os.environ["NETREG_CHROMIUM"], args=FLAGS)
        yield f"http://127.0.0.1:{server.server_port}/", browser
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
    page = asked.browser.new_page()
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(asked.home)
    before = any(url.endswith(SEARCH) for url in fetched)
    with page.expect_response(f"**/{SEARCH}"):
        page.locator("#find").focus()
    page.wait_for_load_state("networkidle")
    told = page.evaluate(ASK, [question.query for question in asked.questions])
    answers = [[_answered(href) for href in hrefs] for _, hrefs in told]
    yield from _share("site", asked.questions, answers)
    size = len(gzip.compress((asked.site / SEARCH).read_bytes()))
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


# The jobs, and how the pages are.


def jobs(asked: Asked) -> Iterator[tuple[str, bool]]:
    """What people come for, in at most two clicks from the front door, with and without JavaScript."""
    wanted = read_jobs(QUESTIONS)
    for scripts in (True, False):
        context = asked.browser.new_context(java_script_enabled=scripts)
        front, page = context.new_page(), context.new_page()
        front.goto(asked.home)
        missing = [(job, untold(front, page, asked.home, job)) for job in wanted]
        context.close()
        words = "with JavaScript" if scripts else "without JavaScript"
        for job, why in missing:
            yield from ((f"  {job.job}, {words}: {one}", True) for one in why)
        done = sum(not why and len(job.clicks) <= CLICKS for job, why in missing)
        yield f"jobs: {done} of {len(wanted)} done in {CLICKS} clicks, {words}", done == len(wanted)


def axe(asked: Asked) -> Iterator[tuple[str, bool]]:
    """What axe finds on a page of each kind in all settings, which scroll sideways, and whom they ask for files."""
    found, sideways, asked_for = list[str](), list[str](), list[str]()
    for width, scheme in product(WIDTHS, SCHEMES):
        page = asked.browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.on("request", lambda request: asked_for.append(request.url))
        for path in KINDS:
            page.goto(asked.home + path)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                sideways.append(f"{path} {width}")
            told = faults(page).response["violations"]
            found += [f"  axe: {path or 'front door'}, {width} {scheme}: {one['id']}, {one['help']}" for one in told]
        page.context.close()
    yield from ((line, True) for line in found)
    yield f"axe: {len(found)} faults on {len(KINDS)} pages in {len(WIDTHS) * len(SCHEMES)} settings", not found
    yield f"sideways: {', '.join(sideways) or 'no page'}", not sideways
    elsewhere = [url for url in asked_for if not url.startswith(asked.home)]
    yield f"third parties: {len(elsewhere)} of {len(asked_for)} requests", not elsewhere


def loading(asked: Asked) -> Iterator[tuple[str, bool]]:
    """How much the layout shifts at a first visit, and how much that transfers."""
    yield f"{'page':22}{'shift 360':>10}{'shift 1440':>11}{'bytes':>10}", True
    for path in MOST_SEEN:
        shifts = []
        for width in (WIDTHS[0], WIDTHS[-1]):
            page = asked.browser.new_page(viewport={"width": width, "height": 900})
            page.goto(asked.home + path)
            shifts.append(page.evaluate(SHIFT))
            page.context.close()
        size = sum(first_visit(asked.browser, asked.home, path, asked.site))
        line = f"{path or 'front door':22}{shifts[0]:10.3f}{shifts[1]:11.3f}{size:10,}"
        yield line, max(shifts) <= SHIFTED and size <= HEAVIEST


def narrow(asked: Asked) -> Iterator[tuple[str, bool]]:
    """Which of all pages are wider than the narrowest screen, by WCAG 1.4.10."""
    page = asked.browser.new_page(viewport={"width": NARROWEST, "height": 900})
    paths = [file.parent.relative_to(asked.site).as_posix() for file in asked.site.rglob("index.html")]
    wide = []
    for path in sorted(paths):
        page.goto(f"{asked.home}{path}/")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    page.context.close()
    yield f"narrow: of {len(paths)} pages wider than {NARROWEST} px: {', '.join(wide) or 'none'}", not wide


PARTS: tuple[Part, ...] = (find, search_field, jobs, loading, narrow, axe)
"""What is asked, in this order."""

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
