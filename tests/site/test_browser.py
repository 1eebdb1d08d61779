"""The built site in a real browser: on a phone, in the dark, by keyboard, in print, without JavaScript."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    expect,
)
from tests.search.made_up import QUERIES, search_registry
from tests.site.browser import AXE, SCHEMES, SHIFT, Scheme, faults, first_visit, read_jobs, shorten, untold
from tests.site.conftest import Site

from netreg.core.schema import Schema
from netreg.model.search import SearchIndex
from netreg.model.search_documents import search_documents
from netreg.site import page as pages
from netreg.site.downloads import search_text

pytestmark = pytest.mark.browser
JOBS = Path(__file__).with_name("jobs.yaml")
expect.set_options(timeout=60_000)  # a busy machine is no fault of a page

LONG = "networks/lantern-group/"
"""An entry with all that a page can show."""
SHOWN = ("", LONG, "networks/")
"""What most people see, and what has to hold still while it loads."""
LISTS = tuple(
    "form/ networks/europier/ countries/be/ matrix/ gaps/ coverage/ changes/ refused/ lineages/ sources/".split()
)
KINDS = (*SHOWN, "networks/enlip/correct/", *LISTS, "method/", "contribute/", "rules/", "schema/", "data/")
"""One page of each kind."""
NARROW = ["scrollable-region-focusable", "button-name", "link-name", "label", "aria-hidden-focus"]
LOOKS = ["color-contrast", "link-in-text-block", *NARROW]
"""The rules of axe that a page can break by another width or scheme alone; the others see the same elements."""
COLOURED = (*SHOWN, "matrix/", "lineages/", "rules/")
"""Pages that between them use all colours in the dark too; that each pair is far apart is held by test_colours."""
Open = Callable[..., Page]


class _Host(SimpleHTTPRequestHandler):
    """A host for many sites: it shows the page of a site for wrong addresses, and says nothing."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a wrong address with the page that its site has for that."""
        lost = Path(self.directory, *self.path.split("/")[1:3], "404.html")
        if not lost.is_file():
            super().send_error(code, message, explain)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(lost.read_bytes())


@pytest.fixture(scope="session")
def host(site: Site) -> Iterator[str]:
    """The address of a host with the sites of this run, each below folders."""
    handler = partial(_Host, directory=str(site.folder.parent.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def home(host: str, site: Site) -> str:
    """The address of the landing page."""
    return f"{host}/{site.folder.parent.name}/reg/"


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
    """Write down errors, warnings, what the policy refuses or could not be loaded, and requests to other hosts."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            trouble.append(message.text)

    def on_response(response: Response) -> None:
        if response.status >= 400:
            trouble.append(f"{response.status}: {response.url}")

    def on_request(request: Request) -> None:
        if not request.url.startswith(home):
            trouble.append(f"to another host: {request.url}")

    def on_failed(request: Request) -> None:
        # What the next click cuts off has not failed; the browser tells no reason, or that it gave it up itself.
        if request.failure not in (None, "", "net::ERR_ABORTED"):
            trouble.append(f"failed: {request.url} {request.failure}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("requestfailed", on_failed)
    page.on("response", on_response)
    page.on("request", on_request)


def test_no_style_sheet_brings_a_picture(site: Site) -> None:
    """The policy forbids those inside a style sheet, and a browser may ask for one before the next sheet hides it."""
    sheets = [path.read_text(encoding="utf-8") for path in site.folder.rglob("*.css")]
    assert sheets
    assert not [text for text in sheets if "data:" in text]


# How it looks


@pytest.mark.parametrize("path", KINDS)
def test_a_page_is_for_everybody(visit: Open, path: str) -> None:
    """A page of each kind breaks no rule of axe, wide and light or narrow and dark, and never scrolls sideways."""
    views: tuple[tuple[int, Scheme], ...] = ((1440, "light"), (360, "dark"))
    page = visit(path)
    for width, scheme in views:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("h1")).to_be_visible()
        assert is_dark(page.locator("body")) is (scheme == "dark")
        assert sideways(page) == 0
        judge(page, **({"runOnly": LOOKS if path in COLOURED else NARROW} if scheme == "dark" else {}))


def test_every_width_has_room(visit: Open) -> None:
    """Between a phone and a desk too nothing is cut, and the table shows all that it has."""
    for path in SHOWN:
        page = visit(path)
        for width in (320, 700, 768, 860, 1000):
            page.set_viewport_size({"width": width, "height": 900})
            assert sideways(page) == 0, (path, width)


def sideways(page: Page) -> Any:
    """By how many pixels a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def is_dark(part: Locator) -> bool:
    """Whether the background of a part is a dark one."""
    return _sum(part.evaluate("element => getComputedStyle(element).backgroundColor")) < 3 * 128


def test_the_reader_can_choose_the_scheme(visit: Open) -> None:
    """The button in the foot changes the scheme and then offers the other, and the choice holds on the next page."""
    page = visit("", alone=True)
    page.get_by_role("button", name="Dark scheme").click()
    assert is_dark(page.locator("body"))
    expect(page.get_by_role("button", name="Light scheme")).to_be_visible()
    page.locator(".reg-nav a").first.click()
    expect(page.locator("h1")).to_have_text("All networks")
    assert is_dark(page.locator("body"))


def judge(page: Page, **options: Any) -> None:
    """Let axe look at a page."""
    found = faults(page, **options)
    assert found.violations_count == 0, found.generate_report()


# How it loads


@pytest.mark.parametrize("path", [*SHOWN, "networks/?status=active"])
@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_moves_while_a_page_loads(visit: Open, path: str, width: int) -> None:
    """The layout shifts by 0.05 at most, as Web Vitals count it, at a first visit."""
    assert visit(path, width=width, alone=True).evaluate(SHIFT) <= 0.05


@pytest.mark.parametrize("path", SHOWN)
def test_the_frame_waits_for_nothing(visit: Open, path: str) -> None:
    """The columns stand before the browser has read what is beside the text, which comes last in the file."""
    text = visit(path, width=1440).locator("article")
    before = text.bounding_box()
    text.evaluate("() => document.querySelectorAll('.reg-aside').forEach((aside) => aside.remove())")
    assert text.bounding_box() == before


@pytest.mark.parametrize("path", SHOWN)
def test_a_first_visit_is_light(browser: Browser, home: str, site: Site, path: str) -> None:
    """All that a first visit loads, fonts too, is 200 kB at most as a host compresses it."""
    sizes = first_visit(browser, home, path, site.folder)
    assert len(sizes) > 5
    assert sum(sizes) <= 200_000


def test_a_wrong_address_below_a_folder(browser: Browser, host: str, bare_site: Site) -> None:
    """A site that does not know its own address has a page for wrong ones that finds its style and its links."""
    context = new_context(browser, "light", scripts=True)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    root = f"{host}/{bare_site.folder.parent.name}/reg/"
    page.goto(f"{root}networks/nope/")
    link = page.locator("article a").first
    assert link.evaluate("link => link.href") == f"{root}networks/"
    assert "Serif" in page.locator("h1").evaluate("element => getComputedStyle(element).fontFamily")
    judge(page)
    context.close()
    assert [text for text in refused if "404" not in text] == []


# What people come for


@pytest.mark.parametrize("scripts", [True, False])
def test_what_people_come_for(visit: Open, home: str, scripts: bool) -> None:
    """Each of twelve jobs is done in at most two clicks from the front door; some are tried without JavaScript too."""
    jobs = read_jobs(JOBS)
    front, page = visit("", scripts=scripts), visit("method/", scripts=scripts)
    assert [missing for job in jobs[:: 1 if scripts else 3] for missing in untold(front, page, home, job)] == []
    assert len(jobs) == 12
    assert max(len(job.clicks) for job in jobs) == 2


# By keyboard


STOP = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
  const seen = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0;
  return [at === document.body, seen && style.visibility === "visible", style.outlineStyle, scrollY, at.outerHTML];
}"""


@pytest.mark.parametrize(
    ("path", "width"), [("", 1440), (LONG, 360), ("networks/", 360), ("networks/enlip/correct/", 1440)]
)
def test_a_walk_by_keyboard(visit: Open, path: str, width: int) -> None:
    """Tab after Tab goes down the page, each stop is in sight and marked, and the page never jumps."""
    page = visit(path, width=width)
    shorten(page)
    was = 0
    stops = 0
    while True:
        page.keyboard.press("Tab")
        is_over, is_seen, outline, scrolled, what = page.evaluate(STOP)
        if is_over:
            break
        stops += 1
        assert stops < 400
        assert is_seen, what
        assert outline != "none", what
        assert -50 <= scrolled - was <= 1800, what
        was = scrolled
    assert stops > 15


def test_tab_goes_the_way_a_reader_expects(visit: Open) -> None:
    """Tab reaches the skip link first, then the title, the main pages and the search."""
    page = visit("networks/enlip/")
    main = page.locator(".reg-nav a").all_inner_texts()
    met: list[str] = []
    for _ in range(len(main) + 3):
        page.keyboard.press("Tab")
        met.append(page.evaluate("e => `${e.tagName} ${e.type === 'search' ? '' : e.innerText.trim()}`", focused(page)))
    assert met[:2] == ["A Skip to content", "A European police-cooperation networks"]
    assert met[2:-1] == [f"A {title}" for title in main]
    assert met[-1] == "INPUT "


def test_no_letter_is_a_command(visit: Open) -> None:
    """A single letter does nothing: who speaks to the computer, or slips, stays on the page."""
    page = visit("contribute/")
    for letter in "pnsf,.":
        page.keyboard.press(letter)
    assert page.url.endswith("/contribute/")
    assert page.evaluate("document.activeElement === document.body")


def focused(page: Page) -> Any:
    """The element that has the focus."""
    return page.evaluate_handle("document.activeElement")


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
    """Arrows lead through the list, Escape out of it, and Enter to the network."""
    page = visit("method/")
    field, options = page.locator("#find"), page.locator("[role=option]")
    field.focus()
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


# The table


def test_the_table_can_be_narrowed(visit: Open) -> None:
    """Choosing a term leaves the networks that have it, and says how many."""
    page = visit("networks/")
    rows = page.locator("table.all tbody tr:visible")
    total = rows.count()
    for key, value in (("group", "eu-bodies"), ("country", "BE")):
        page.locator(f"#facets [name={key}]").select_option(value)
        expect(page.locator(".facets__count")).to_contain_text(f"of {total}")
        assert 0 < rows.count() < total
        assert {value} <= set.intersection(*({*(row.get_attribute(f"data-{key}") or "").split()} for row in rows.all()))
        page.locator(f"#facets [name={key}]").select_option("")
    page.locator("#facets [name=group]").select_option("eu-bodies")
    page.locator("#facets [type=reset]").click()
    expect(rows).to_have_count(total)


WANTED = {
    "enlip": "enlip",
    "ENILP": "enlip",
    "eukitenet": "eu-kitenet",
    "e foghorn": "e-foghorn",
    "lanterns theft": "lantern-group",
    "lighthuose": "enlip",
    "Φαναριών": "lantern-group",
}
"""By words that are typed, the row that is meant."""


def test_words_find_a_row(visit: Open) -> None:
    """Acronym, former name, joined spelling, task, slip, another alphabet: the row is left, the address keeps it."""
    page = visit("networks/?name=eukitenet")
    rows = page.locator("table.all tbody tr:visible")
    assert_row(rows, "eu-kitenet")
    for words, wanted in WANTED.items():
        page.locator("#facets [name=name]").fill(words)
        assert page.evaluate("new URLSearchParams(location.search).get('name')") == words
        assert_row(rows, wanted)


def assert_row(rows: Locator, wanted: str) -> None:
    """Few rows are left, and the one that is meant is among them."""
    assert any(f"/{wanted}/" in (link.get_attribute("href") or "") for link in rows.locator("a").all())
    assert rows.count() < 5


def test_words_that_fit_no_row(visit: Open) -> None:
    """Where nothing fits the page says so, and keeps its place."""
    page = visit("networks/?name=zzzzzzzz")
    expect(page.locator(".missing")).to_be_visible()
    expect(page.locator(".facets__count")).to_contain_text("0 of")


def test_a_slip_is_told(visit: Open) -> None:
    """Rows that fit only nearly are said to."""
    expect(visit("networks/?name=lighthuose").locator(".facets__count")).to_contain_text("near “lighthuose”")


def test_the_table_can_be_sorted(visit: Open) -> None:
    """A heading sorts, a second time the other way; what is not known comes last, and the address keeps the order."""
    page = visit("networks/")
    heading = page.get_by_role("columnheader", name="Since")
    years = page.locator("table.all tbody tr td[data-label=Since]")
    for way in ("ascending", "descending"):
        heading.get_by_role("button").click()
        expect(heading).to_have_attribute("aria-sort", way)
        known = [text for text in years.all_inner_texts() if text != "not known"]
        assert years.all_inner_texts()[: len(known)] == known
        numbers = [int(text.split()[-1]) for text in known]
        assert numbers == sorted(numbers, reverse=way == "descending")
    assert page.url.endswith("?sort=-since")
    again = visit("networks/?sort=-since")
    assert again.locator("table.all tbody tr td[data-label=Since]").all_inner_texts() == years.all_inner_texts()


# Without JavaScript, and on paper


@pytest.mark.parametrize("scheme", SCHEMES)
def test_without_javascript(visit: Open, scheme: Scheme) -> None:
    """Content, navigation and the scheme of the system are there without JavaScript, and nothing that needs it."""
    page = visit(LONG, scheme=scheme, scripts=False)
    for shown in ("h1", ".summary", "#facts", ".sources", ".reg-nav a >> nth=0", ".reg-title"):
        expect(page.locator(shown).first).to_be_visible()
    assert page.locator("form.reg-find").evaluate("form => new URL(form.action).pathname").endswith("/networks/")
    expect(page.locator(".reg-scheme")).to_be_hidden()
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
    expect(page.locator(".letters a").first).to_be_visible()
    expect(page.locator("#facets")).to_be_hidden()


@pytest.mark.parametrize("path", ["", LONG])
def test_print(visit: Open, path: str) -> None:
    """On paper there is no header and no side column, the ink is dark in either scheme, and it can be printed."""
    page = visit(path)
    address = f"https://example.org/reg/{path}"
    for scheme in SCHEMES:
        page.emulate_media(media="print", color_scheme=scheme)
        for hidden in (".reg-header", ".reg-footer"):
            expect(page.locator(hidden)).to_be_hidden()
        sheet = page.locator(".sheet")
        expect(sheet).to_have_text(f"European police-cooperation networks · {address} · 23 November 2026")
        assert sheet.evaluate("e => getComputedStyle(e).display") == "table-footer-group"  # printed on each sheet
        expect(page.locator("h1")).to_be_visible()
        assert _sum(page.locator("h1").evaluate("element => getComputedStyle(element).color")) < 3 * 100
        assert not is_dark(page.locator("body")) or "rgba(0, 0, 0, 0)" in page.locator("body").evaluate(
            "element => getComputedStyle(element).backgroundColor"
        )
    assert page.pdf().startswith(b"%PDF-")


@pytest.mark.parametrize("path", ["networks/", "countries/be/", "form/", "networks/europier/"])
def test_a_table_is_printed_as_one(visit: Open, path: str) -> None:
    """A sheet is as narrow as some screens, but its rows stand side by side: on paper nobody turns the telephone."""
    page = visit(path, width=673)  # A4 without its margins
    cell = page.locator("tbody td").first
    assert cell.evaluate("e => getComputedStyle(e).display") != "table-cell"
    assert page.locator("table thead").first.evaluate("e => e.offsetWidth") <= 1  # unseen, it widens no page
    page.emulate_media(media="print")
    assert cell.evaluate("e => getComputedStyle(e).display") == "table-cell"


def test_printed_sources_show_their_addresses(visit: Open) -> None:
    """On paper the address of each source is written out."""
    page = visit(LONG)
    expect(page.locator(".printed").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".printed").first).to_be_visible()
    assert page.locator(".printed").first.inner_text().startswith("http")
