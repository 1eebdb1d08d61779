"""The stage for another generator: every page and file of the site is there, and every link leads somewhere."""

from __future__ import annotations

import json
from pathlib import Path

import markdown  # type: ignore[import-untyped]
import pytest
from mkdocs.utils.meta import get_data
from tests.site.conftest import SETTINGS, TODAY, Site, invented_project

from netreg.cli import main
from netreg.site.internal_links import broken_links
from netreg.site.standalone import address


@pytest.fixture(scope="module")
def staged(project: Path, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stage of the made-up registry, as the command writes it."""
    folder = tmp_path_factory.mktemp("stage") / "new"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(invented_project(project, shared))
        for name, value in {**SETTINGS, "NETREG_TODAY": TODAY.isoformat()}.items():
            patch.setenv(name, value)
        assert main(["site", "--stage", str(folder)]) == 0
    return folder


def files(folder: Path) -> set[str]:
    """All files of a folder, by their addresses below it."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_stage_is_whole(staged: Path, site: Site) -> None:
    """What the site holds, the stage holds at the same address, files byte by byte; but for what Material brings."""
    there = files(staged)
    pages = {name.removesuffix(".html") for name in files(site.folder) if name.endswith(".html")} - {"404"}
    assert pages == {name.removesuffix(".md") for name in there if name.endswith("index.md")}
    material = ("assets/stylesheets/", "assets/javascripts/", "assets/images/", "sitemap.xml")
    others = {name for name in files(site.folder) if not name.endswith(".html") and not name.startswith(material)}
    assert others <= there
    assert [name for name in sorted(others) if (staged / name).read_bytes() != (site.folder / name).read_bytes()] == []


def test_every_page_has_its_front_matter_and_every_link_leads_on(staged: Path, tmp_path: Path) -> None:
    """Each page has a title, content that Markdown leaves as it is, and links to places and files that are there."""
    for name in files(staged):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if not name.endswith("index.md"):
            file.touch()
            continue
        body, front = get_data((staged / name).read_text(encoding="utf-8"))
        assert front["title"], name
        is_ready = body.lstrip().startswith("<")
        assert not is_ready or "\n\n" not in body.strip(), name
        html = body if is_ready else markdown.markdown(body, extensions=["toc", "tables", "attr_list"])
        file.with_suffix(".html").write_text(html, encoding="utf-8")
    assert broken_links(tmp_path) == []


def test_the_menu_leads_to_pages(staged: Path) -> None:
    """Each address of the menu, in a section too, is that of a page, and each has a name."""
    nav = json.loads((staged / "nav.json").read_text(encoding="utf-8"))["nav"]
    pairs = [pair for title, led in nav for pair in (led if isinstance(led, list) else [[title, led]])]
    assert len(pairs) > len(nav)
    assert [pair for pair in pairs if not pair[0] or not (staged / pair[1] / "index.md").is_file()] == []


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("index.md", ""), ("a/index.md", "a/"), ("myindex.md", "myindex/"), ("a/b.md", "a/b/"), ("a/b.svg", "a/b.svg")],
)
def test_address(name: str, wanted: str) -> None:
    """A page of Markdown stands where it stands on the site; another file keeps its name."""
    assert address(name) == wanted
