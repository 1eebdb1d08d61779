"""A browser on a built site: what axe finds, what moves, what is sent, and what people come for."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe, AxeResults
from playwright.sync_api import Browser, Page
from ruamel.yaml import YAML

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

AXE = Axe()

MADE_ALIKE = (
    "tbody > tr:nth-child(n+7), tr > :nth-child(n+20), .lines > li:nth-child(n+7), .counted > li:nth-child(n+9), "
    ".questions > li:nth-child(n+4), .opened:nth-of-type(n+5), .rule:nth-of-type(n+5), .field:nth-of-type(n+7), "
    ".fact:nth-of-type(n+9), .sources > li:nth-child(n+7), .terms > div:nth-child(n+3), .jump li:nth-child(n+9), "
    ".group:nth-of-type(n+5), .tables > section:nth-of-type(n+6), section.table:nth-of-type(n+4)"
)


JUDGE = """async (options) => {
  const changing = document.getAnimations().filter((one) => one instanceof CSSTransition);
  await Promise.allSettled(changing.map((one) => one.finished));
  return axe.run(document, { resultTypes: ["violations"], preload: false, ...options });
}"""
"""Colours are judged when they have become what they will be. No rule that we ask for reads a style sheet once more,
for which axe would load each beforehand."""


def shorten(page: Page) -> None:
    """Leave only the first rows of long lists, whose rows are made alike."""
    page.evaluate("rows => document.querySelectorAll(rows).forEach(row => row.remove())", MADE_ALIKE)


def faults(page: Page, **options: Any) -> AxeResults:
    """What axe finds on a page; of long lists, whose rows are made alike, it sees the first rows."""
    shorten(page)
    if not page.evaluate("'axe' in window"):  # half a megabyte, and a page is mostly judged twice
        page.evaluate(AXE.axe_script)
    return AxeResults(page.evaluate(JUDGE, options))


SHIFT = """() => new Promise((done) => {
  let sum = 0;
  const add = (list) => list.getEntries().forEach((entry) => (sum += entry.hadRecentInput ? 0 : entry.value));
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum))));
})"""
"""By how much the layout has shifted, as Web Vitals count it."""


def first_visit(browser: Browser, home: str, path: str, site: Path) -> list[int]:
    """The bytes of each file that a first visit to a page loads, as a host compresses them."""
    loaded: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(home + path, wait_until="networkidle")
    page.context.close()
    files = [site / address.removeprefix(home) for address in loaded]
    return [_sent(file / "index.html" if file.is_dir() else file) for file in files]


def _sent(file: Path) -> int:
    """The bytes of a file on their way; fonts are compressed already."""
    raw = file.read_bytes()
    return len(raw) if file.suffix == ".woff2" else len(gzip.compress(raw))


@dataclass(frozen=True)
class Job:
    """What somebody comes for, the links that lead there from the front door, and what the last page then tells.

    ``clicks`` are addresses below the root; ``part`` is the selector of the place that must hold the texts ``told``.
    """

    job: str
    clicks: Sequence[str]
    part: str
    told: Sequence[str]


def read_jobs(file: Path) -> list[Job]:
    """The jobs of a list."""
    return [Job(**item) for item in YAML(typ="safe").load(file.read_text(encoding="utf-8"))["jobs"]]


LINK = "(address) => Array.from(document.links).find((link) => link.href === address && link.offsetParent)"


def untold(front: Page, page: Page, home: str, job: Job) -> Iterable[str]:
    """What keeps somebody from doing a job: a link that is not there to be clicked, a text that is not told.

    ``front`` stands at the front door, which no job has to load again, and ``page`` goes the way.
    """
    at = front
    for address in job.clicks:
        link = at.evaluate_handle(LINK, home + address).as_element()
        if link is None:
            return [f"{at.url} has no link to {address}"]
        if at is front:
            page.goto(home + address)
        else:
            with page.expect_navigation():
                link.click()
        at = page
    shown = " ".join(page.locator(job.part).all_inner_texts())
    return [f"{page.url} does not tell: {text}" for text in job.told if text not in shown]
