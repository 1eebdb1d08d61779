"""The built site in a real browser: on a phone, in the dark, by keyboard, in print, without JavaScript."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)
from tests.search.made_up import QUERIES, search_registry
from tests.site.conftest import Site

from netreg.core.schema import Schema
from netreg.model.search import SearchIndex
from netreg.model.search_documents import search_documents
from netreg.site import page as pages
from netreg.site.search_file import search_text

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)  # a busy machine is no fault of a page

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
LONG = "networks/lantern-group/"
"""An entry with all that a page can show."""
SHOWN = ("", LONG, "networks/e-foghorn/", "networks/enlip/")
OVERVIEWS = ("networks/", "gaps/", "method/", "rules/", "schema/", "contribute/", "coverage/", "changes/")
JUDGED = ("", LONG, "networks/enlip/correct/", *OVERVIEWS)
"""One page of each kind."""
# One process for all pages of the site: a new one for each page takes as long as to show it.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --process-per-site"
).split()
AXE = Axe()
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, from where the launcher found it."""
    path = os.environ.get("NETREG_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("no Chromium here; NETREG_CHROMIUM can name its path")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="session")
def home(site: Site) -> Iterator[str]:
    """The address of the landing page, below a folder as on a host for many sites."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site.folder.parent))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/reg/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def known(browser: Browser) -> Iterator[dict[tuple[Scheme, bool], BrowserContext]]:
    """Contexts that tests share, by what they are set to: each keeps what it has loaded, as a reader's does."""
    contexts: dict[tuple[Scheme, bool], BrowserContext] = {}
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture
def visit(browser: Browser, home: str, known: dict[tuple[Scheme, bool], BrowserContext]) -> Iterator[Open]:
    """Open a page of the site; at the end every page must have been free of errors and of other hosts.

    A page that is ``alone`` remembers nothing from other tests and leaves nothing to them.
    """
    opened_here: list[Page | BrowserContext] = []
    trouble: list[str] = []

    def opened(
        path: str,
        *,
        width: int = 1440,
        scheme: Scheme = "light",
        scripts: bool = True,
        alone: bool = False,
    ) -> Page:
        key = (scheme, scripts)
        if alone:
            context = new_context(browser, *key)
            opened_here.append(context)
        else:
            context = known[key] = known.get(key) or new_context(browser, *key)
        page = context.new_page()
        opened_here.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        watch(page, home, trouble)
        page.goto(home + path, wait_until="load")
        return page

    yield opened
    for one in reversed(opened_here):
        one.close()
    assert trouble == []


def new_context(browser: Browser, scheme: Scheme, scripts: bool) -> BrowserContext:
    """A reader of their own."""
    return browser.new_context(color_scheme=scheme, java_script_enabled=scripts)


def watch(page: Page, home: str, trouble: list[str]) -> None:
    """Write down errors, warnings, what could not be loaded, and requests to other hosts."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            trouble.append(message.text)

    def on_response(response: Response) -> None:
        if response.status >= 400:
            trouble.append(f"{response.status}: {response.url}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((home, "data:")):
            trouble.append(f"to another host: {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("requestfailed", lambda request: trouble.append(f"failed: {request.url}"))
    page.on("response", on_response)
    page.on("request", on_request)


# How it looks


@pytest.mark.parametrize("path", SHOWN)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_scrolls_sideways(visit: Open, path: str, scheme: Scheme) -> None:
    """A page fits its window on a phone and on a desk, in both schemes, and loads only what it has."""
    page = visit(path, width=360, scheme=scheme)
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.locator("h1")).to_be_visible()
        assert sideways(page) == 0, width
        assert is_dark(page.locator("body")) is (scheme == "dark")


@pytest.mark.parametrize("path", [*OVERVIEWS, "topics/", "form/", "review/"])
def test_overviews_fit_a_phone(visit: Open, path: str) -> None:
    """The overviews do not scroll sideways on a phone either."""
    assert sideways(visit(path, width=360)) == 0


def sideways(page: Page) -> Any:
    """By how many pixels a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def is_dark(part: Locator) -> bool:
    """Whether the background of a part is a dark one."""
    colour = part.evaluate("element => getComputedStyle(element).backgroundColor")
    return sum(map(int, re.findall("[0-9]+", colour)[:3])) < 3 * 128


def test_the_reader_can_choose_the_scheme(visit: Open) -> None:
    """The button in the header changes the scheme, and the choice holds on the next page."""
    page = visit("", alone=True)
    page.locator("label[for=__palette_1]").click()
    assert is_dark(page.locator("body"))
    page.locator(".reg-nav a").first.click()
    expect(page.locator("h1")).to_have_text("All networks")
    assert is_dark(page.locator("body"))


@pytest.mark.parametrize("path", JUDGED)
def test_axe_finds_nothing(visit: Open, path: str) -> None:
    """No rule of axe is broken; in the dark scheme, which changes nothing else, none on colours."""
    page = visit(path)
    judge(page)
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
    page.evaluate("Promise.all(document.getAnimations().map(animation => animation.finished))")
    assert is_dark(page.locator("body"))
    judge(page, runOnly=["cat.color"])


@pytest.mark.parametrize("path", [LONG, "schema/"])
def test_axe_finds_nothing_on_a_phone(visit: Open, path: str) -> None:
    """The narrow layout is as accessible as the wide one."""
    judge(visit(path, width=360))


MADE_ALIKE = (
    "tbody > tr:nth-child(n+9), .lines > li:nth-child(n+9), .questions > li:nth-child(n+4), .rule:nth-of-type(n+6), "
    ".field:nth-of-type(n+9), .terms > div:nth-child(n+3)"
)


def judge(page: Page, **options: Any) -> None:
    """Let axe look at a page; of long lists, whose rows are made alike, it sees the first rows."""
    page.evaluate("rows => document.querySelectorAll(rows).forEach(row => row.remove())", MADE_ALIKE)
    found = AXE.run(page, options={"resultTypes": ["violations"], **options})
    assert found.violations_count == 0, found.generate_report()


# By keyboard


def test_tab_goes_the_way_a_reader_expects(visit: Open) -> None:
    """Tab reaches the skip link first, then the title, the main pages and the search."""
    page = visit("networks/enlip/")
    met: list[str] = []
    while len(met) < 20 and (not met or met[-1] != "INPUT Search"):
        page.keyboard.press("Tab")
        name = "e => `${e.tagName} ${e.getAttribute('placeholder') || e.innerText.trim()}`"
        met.append(page.evaluate(name, focused(page)))
    assert met[:2] == ["A Skip to content", "A European police-cooperation networks"]
    main = page.locator(".reg-nav a").all_inner_texts()
    assert met[2 : 2 + len(main)] == [f"A {title}" for title in main]
    assert met[-1] == "INPUT Search"


def focused(page: Page) -> Any:
    """The element that has the focus."""
    return page.evaluate_handle("document.activeElement")


def test_focus_can_be_seen(visit: Open) -> None:
    """Whatever has the focus has an outline."""
    page = visit("networks/enlip/")
    for _ in range(3):
        page.keyboard.press("Tab")
        assert page.evaluate("e => getComputedStyle(e).outlineStyle", focused(page)) != "none"


def test_skip_link_leads_to_the_content(visit: Open) -> None:
    """Enter on the skip link goes past the header."""
    page = visit("networks/enlip/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("e => Boolean(e.closest('article'))", focused(page))


def test_a_footnote_leads_to_its_source(visit: Open) -> None:
    """Enter on a footnote shows its source, marked as the one that was meant."""
    page = visit(LONG)
    footnote = page.locator(".chip a").first
    footnote.focus()
    page.keyboard.press("Enter")
    source = page.locator(footnote.get_attribute("href") or "")
    expect(source).to_be_in_viewport()
    assert page.locator(".sources > li:target").count() == 1
    assert source.locator(".number").inner_text() == footnote.inner_text()


# Search


# Types each query, and takes from the list below the field what was found, as the ids of networks.
TYPE = """async (queries) => {
  const field = document.querySelector("#find");
  const told = {};
  for (const query of queries) {
    field.value = query;
    field.dispatchEvent(new InputEvent("input"));
    await new Promise(requestAnimationFrame);
    const links = document.querySelectorAll("#find-found a");
    told[query] = Array.from(links, (link) => new URL(link.href).pathname.split("/").slice(-2)[0]);
  }
  return told;
}"""


def test_the_site_finds_what_find_finds(visit: Open, schema: Schema) -> None:
    """To every query the list is that of ``netreg find``, in its order; the index is fetched when it is needed."""
    registry = search_registry(schema)
    text = search_text(registry, [pages.Page("countries/no/", "Norway", "")])
    page = visit("method/")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.route("**/search.json", lambda route: route.fulfill(body=text))
    page.wait_for_load_state("networkidle")
    assert not any(url.endswith("search.json") for url in fetched)
    with page.expect_response("**/search.json"):
        page.locator("#find").focus()
    page.locator("#find").fill("zzzz")
    expect(page.locator(".reg-found__said")).to_have_text("Nothing found for “zzzz”.")
    found = page.evaluate(TYPE, [query["query"] for query in QUERIES])
    index = SearchIndex(search_documents(registry))
    for query in QUERIES:
        networks = [match.document.id for match in index.search(query["query"])][:10]
        door = ["no"] if query.get("first") == "carters" and query["trap"].startswith("country") else []
        assert found[query["query"]] == [*door, *networks], query
    assert sum(url.endswith("search.json") for url in fetched) == 1


def test_the_search_goes_by_keyboard(visit: Open) -> None:
    """A stroke leads to the field, arrows through the list, Escape out of it, and Enter to the network."""
    page = visit("method/")
    field, options = page.locator("#find"), page.locator("[role=option]")
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.type("enilp")
    expect(options.first).to_contain_text("ENLIP")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert judged_search(page) == 0
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/networks/enlip/")


def judged_search(page: Page) -> int:
    """How many faults axe finds in the open search."""
    return int(AXE.run(page, context=".reg-find", options={"resultTypes": ["violations"]}).violations_count)


def test_the_list_fits_a_phone(visit: Open) -> None:
    """What was found stands inside the screen, and a touch leads there."""
    page = visit("method/", width=360)
    page.locator("#find").fill("foghorn")
    first = page.locator("[role=option]").first
    box = first.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    first.click()
    page.wait_for_url("**/networks/e-foghorn/")


def test_the_table_can_be_narrowed(visit: Open) -> None:
    """Choosing a term leaves the networks that have it, and says how many."""
    page = visit("networks/")
    rows = page.locator("table.all tbody tr:visible")
    total = rows.count()
    page.locator("#facets [name=group]").select_option("eu-bodies")
    expect(page.locator(".facets__count")).to_contain_text(f"of {total}")
    assert 0 < rows.count() < total
    assert {row.get_attribute("data-group") for row in rows.all()} == {"eu-bodies"}
    page.locator("#facets [type=reset]").click()
    expect(rows).to_have_count(total)


# Without JavaScript, and on paper


@pytest.mark.parametrize("scheme", SCHEMES)
def test_without_javascript(visit: Open, scheme: Scheme) -> None:
    """Content, navigation and the scheme of the system are there without JavaScript, and nothing that needs it."""
    page = visit(LONG, scheme=scheme, scripts=False)
    for shown in ("h1", ".summary", "#facts", ".sources", ".reg-nav a >> nth=0", ".reg-title"):
        expect(page.locator(shown).first).to_be_visible()
    assert page.locator("form.reg-find").evaluate("form => new URL(form.action).pathname").endswith("/networks/")
    background, ink = (
        page.locator("body").evaluate(f"element => getComputedStyle(element).{name}")
        for name in ("backgroundColor", "color")
    )
    assert (_sum(background) < _sum(ink)) is (scheme == "dark")


def _sum(colour: str) -> int:
    return sum(map(int, re.findall("[0-9]+", colour)[:3]))


def test_the_table_without_javascript(visit: Open) -> None:
    """The table of all networks is whole without JavaScript, and offers no filter that would not work."""
    page = visit("networks/", scripts=False)
    assert page.locator("table.all tbody tr:visible").count() == page.locator("table.all tbody tr").count() > 0
    expect(page.locator("#facets")).to_be_hidden()


@pytest.mark.parametrize("path", ["", LONG])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_print(visit: Open, path: str, scheme: Scheme) -> None:
    """On paper there is no header and no side column, the ink is dark, and it can be printed at all."""
    page = visit(path, scheme=scheme)
    page.emulate_media(media="print")
    for hidden in (".reg-header", ".reg-aside", ".reg-footer"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    assert _sum(page.locator("h1").evaluate("element => getComputedStyle(element).color")) < 3 * 100
    assert not is_dark(page.locator("body")) or "rgba(0, 0, 0, 0)" in page.locator("body").evaluate(
        "element => getComputedStyle(element).backgroundColor"
    )
    assert page.pdf().startswith(b"%PDF-")


def test_printed_sources_show_their_addresses(visit: Open) -> None:
    """On paper the address of each source is written out."""
    page = visit(LONG)
    expect(page.locator(".printed").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".printed").first).to_be_visible()
    assert page.locator(".printed").first.inner_text().startswith("http")
