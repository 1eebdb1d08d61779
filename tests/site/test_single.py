"""The register in one file: it holds what it says, each link leads somewhere, and it opens without a server."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.search.made_up import QUERIES
from tests.site.conftest import TODAY, invented_project

from netreg.cli import main
from netreg.model import Registry
from netreg.model.search import SearchIndex
from netreg.model.search_documents import search_documents
from netreg.site.internal_links import read_page
from netreg.site.publish import publish
from netreg.site.settings import Settings
from netreg.site.standalone import LARGEST, single

SITE = "https://example.org/reg/"


@pytest.fixture(scope="module")
def registry(written: tuple[Path, Registry]) -> Registry:
    """The registry in the file."""
    return written[1]


@pytest.fixture(scope="module")
def html(written: tuple[Path, Registry]) -> str:
    """The file's text."""
    return written[0].read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def written(project: Path, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Registry]:
    """The file of the made-up registry as the command writes it, which has no address, and that registry."""
    root = invented_project(project, shared)
    file = tmp_path_factory.mktemp("single") / "register.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setenv("NETREG_TODAY", TODAY.isoformat())
        assert main(["site", "--single", str(file)]) == 0
        return file, publish(root, Settings(), whole=False).registry


def test_each_entry_is_a_section_of_the_index(html: str, registry: Registry) -> None:
    """Every entry, a withdrawn one too, is a section that the index leads to; ids are unique; all links lead on."""
    read, ids = read_page(html), Counter(re.findall(r' id="([^"]*)"', html))
    assert {f"networks/{id_}" for id_ in registry.entries} <= read.ids
    assert {f"#networks/{id_}" for id_ in registry.entries} <= read.links
    assert [id_ for id_, times in ids.items() if times > 1] == []
    assert [link for link in read.links if link.startswith("#") and link[1:] not in read.ids] == []
    assert [link for link in read.links if not link.startswith(("#", "http", "mailto:"))] == []
    assert len(gzip.compress(html.encode())) < 1_000_000
    assert "@font-face" not in html


def test_what_has_no_room_stands_on_the_site(project: Path, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts that find no room are named, their links lead to the site, and entries come in all the same."""
    monkeypatch.setenv("NETREG_TODAY", TODAY.isoformat())
    told = publish(invented_project(project, shared), Settings(site_url=SITE), whole=False)
    assert sum(len(page.html.encode()) for page in told.pages) < LARGEST
    monkeypatch.setattr("netreg.site.standalone.LARGEST", 1)
    html = single(told.registry, told.settings, told.pages)
    (leads,) = (page.title for page in told.pages if page.path == "leads/")
    assert leads in html.partition("Not in it")[2].partition("</p>")[0]
    links = read_page(html).links
    assert f"{SITE}topics/" in {link.partition("#")[0] for link in links}
    assert {f"#networks/{id_}" for id_ in told.registry.entries} <= links


def test_an_error_writes_no_file(tmp_path: Path, invented: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A registry with an error is reported and nothing is written; a stage goes into no folder that holds something."""
    (invented / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    (invented / "registry" / "bellpol.yaml").write_text("name: 1\n", encoding="utf-8")
    assert main(["site", "--single", str(tmp_path / "x.html")]) == 1
    assert "registry/bellpol.yaml" in capsys.readouterr().err
    assert not (tmp_path / "x.html").exists()
    assert main(["site", "--stage", str(invented)]) == 2
    assert "not empty" in capsys.readouterr().err


@pytest.mark.browser
def test_it_opens_without_a_server(browser: Browser, written: tuple[Path, Registry]) -> None:
    """From a disk, with the network off, it finds what ``netreg find`` finds, goes there, and asks for nothing else."""
    file, registry = written
    context = browser.new_context(offline=True)
    page, trouble, asked = context.new_page(), [], []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    index, field = SearchIndex(search_documents(registry)), page.locator("#find")
    found = page.locator("[role=option][href^='#networks/']")
    field.focus()
    queries = [*(query["query"] for query in QUERIES[:6]), *(entry.title for entry in registry.networks[:4])]
    for query in queries:
        field.fill(query)
        wanted = [f"#networks/{match.document.id}" for match in index.search(query)][:10]
        assert found.evaluate_all("all => all.map((one) => one.getAttribute('href'))") == wanted, query
    field.press("Enter")
    expect(page.locator(f"[id='{wanted[0][1:]}']")).to_be_in_viewport()
    assert (trouble, asked) == ([], [file.as_uri()])
    context.close()


@pytest.mark.browser
def test_it_is_read_without_script(browser: Browser, written: tuple[Path, Registry]) -> None:
    """With scripts off and the network off, links of the file lead to entries that stand there to be read."""
    file, registry = written
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    for entry in registry.networks[:2]:
        page.locator(f"a[href='#networks/{entry.id}']:visible").first.click()
        expect(page.locator(f"[id='networks/{entry.id}']")).to_be_in_viewport()
    context.close()
