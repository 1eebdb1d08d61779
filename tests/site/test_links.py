"""The check of internal links: what it finds, what it leaves alone, and that a build stops at it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.site.conftest import Site

from netreg.site.internal_links import BrokenLink, broken_links, read_page

LEADING = ("a", "link", "img", "script", "source", "form")


def site_of(folder: Path, **pages: str) -> Path:
    """A site with a landing page and the page ``networks/x/``; further pages by their names."""
    defaults = {"index": '<h1 id="top">Start</h1>', "networks/x": '<h1 id="top">X</h1><h2 id="facts">Facts</h2>'}
    for name, html in {**defaults, **pages}.items():
        file = folder / ("index.html" if name == "index" else f"{name}/index.html")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(html, encoding="utf-8")
    (folder / "data.json").write_text("{}")
    return folder


def broken(folder: Path, html: str) -> list[tuple[str, str]]:
    """What is found on the page ``networks/y/`` with these links, as (target, why)."""
    found = broken_links(site_of(folder, **{"networks/y": html}))
    assert {link.page for link in found} <= {"networks/y/index.html"}
    return [(link.target, link.why) for link in found]


@pytest.mark.parametrize(
    "target",
    [
        "",
        "#own",
        "#",
        "../x/",
        "../x",
        "../x/#facts",
        "../x/index.html#top",
        "../../",
        "../..",
        "../../#top",
        "../../data.json",
        "/",
        "/networks/x/#facts",
        "?q=x#own",
        "../x/?q=1#facts",
        "%2e%2e/x/",
        "../%78/#f%61cts",
        "./",
    ],
)
def test_good_links(tmp_path: Path, target: str) -> None:
    """Links to pages, files and places that exist are fine, however they are written."""
    assert broken(tmp_path, f'<p id="own"><a href="{target}">x</a></p>') == []


@pytest.mark.parametrize("target", ["../z/", "../X/", "z.html", "../../../z/", "/z/", "../../data", "../x/facts"])
def test_broken_pages(tmp_path: Path, target: str) -> None:
    """A link to a page that is not there is found, and so is one that only differs in capitals."""
    assert broken(tmp_path, f'<a href="{target}">x</a>') == [(target, "there is no such page")]


@pytest.mark.parametrize("target", ["#nowhere", "../x/#fact", "/networks/x/#Facts", "../../#facts"])
def test_broken_places(tmp_path: Path, target: str) -> None:
    """A link to a place that its page does not have is found."""
    assert broken(tmp_path, f'<a href="{target}">x</a>') == [(target, "the page has no such place")]


def test_signs_outside_ascii(tmp_path: Path) -> None:
    """Names of pages and places in other scripts are found in both ways of writing them."""
    page = '<h2 id="größe">x</h2><a href="#größe">1</a><a href="#gr%C3%B6%C3%9Fe">2</a><a href="../%C3%A9/">3</a>'
    site_of(tmp_path, **{"networks/é": ""})
    assert broken(tmp_path, page) == []


@pytest.mark.parametrize(
    "target",
    ["https://example.org/nowhere", "http://example.org", "//example.org/x", "mailto:a@example.org", "urn:x:y"],
)
def test_links_to_elsewhere_are_left_alone(tmp_path: Path, target: str) -> None:
    """What lies outside the site is not ours to check here."""
    assert broken(tmp_path, f'<a href="{target}">x</a>') == []


@pytest.mark.parametrize(
    "html",
    [
        '<img src="{}">',
        '<script src="{}"></script>',
        '<link rel="stylesheet" href="{}">',
        '<form action="{}"></form>',
        '<a id="x" href="{}">x</a>',
        '<svg><a href="{}"/></svg>',
    ],
)
def test_everything_that_leads_or_loads_is_checked(tmp_path: Path, html: str) -> None:
    """Pictures, scripts, styles and forms are checked as links are."""
    assert broken(tmp_path, html.format("lost.file")) == [("lost.file", "there is no such page")]


def test_markup_in_text_is_no_link(tmp_path: Path) -> None:
    """A link that is only shown as text, in a comment or in a script is none."""
    page = '&lt;a href="lost"&gt;<!-- <a href="lost"> --><script>"<a href=\'lost\'>"</script>'
    assert broken(tmp_path, page) == []


@pytest.mark.parametrize(
    ("html", "links"),
    [
        ("<A HREF=x>", "x"),
        ("<a\nclass=y\n href = 'x'\n>", "x"),
        ("<a/href=x>", "x"),
        ("<a title='>' href=x>", "x"),
        ('<a title="<a href=y>" href=x>', "x"),
        ("<a data-href=y =href=z>", ""),
        ("<a href>", ""),
        ('<a href="a&amp;b">', "a&b"),
        ("<a href=&#120;>", "x"),
        ("<abbr href=x><ahref=x>< a href=x></a href=x><!a href=x><?a href=x>", ""),
        ("<!--><a href=x>-->", "x"),
        ("<!-- > <a href=y> --><a href=x>", "x"),
        ("<!-- <a href=x>", ""),
        ("<style><a href=y></style><a href=x>", "x"),
        ("<SCRIPT SRC=x>'<a href=y>'</script ><a href=z>", "x z"),
        ("<title><a href=y></title><textarea><a href=y></textarea>", ""),
        ("<script-like><a href=x></script-like>", "x"),
        ("<a href='x", ""),
        ("<a href=\"x'><a href='y'>", ""),
    ],
)
def test_markup_is_read_as_a_browser_reads_it(html: str, links: str) -> None:
    """Quotes, capitals, comments, scripts and tags that never end neither hide a link nor make one up."""
    assert read_page(html).links == set(links.split())


@pytest.mark.parametrize("piece", ["<a ", "<a href='", "<!--", "<script>", "<a " + "x=" * 9, "<a href=\"'", "<a/"])
def test_spoilt_pages_are_read_once(piece: str) -> None:
    """Markup that begins ten thousand times and never ends is no work without end: it would not come back from it."""
    assert read_page(piece * 10_000).links == set()


def test_a_parser_sees_the_same(site: Site) -> None:
    """On every page of the built site a whole parser finds the same places and the same links."""
    for file, page in site.pages():
        read = read_page((site.folder / file).read_text(encoding="utf-8"))
        nodes = list(page.walk())
        assert read.ids == {node.attrs.get("id") for node in nodes} - {None, ""}
        targets = [(node.tag, node.attrs.get(key)) for node in nodes for key in ("href", "src", "action")]
        assert read.links == {target for tag, target in targets if tag in LEADING and target}


def test_the_page_for_wrong_addresses_is_left_out(tmp_path: Path) -> None:
    """It is shown at any address, so that its links are absolute; no other page may be broken for that."""
    (site_of(tmp_path) / "404.html").write_text('<a href="/reg/lost/">x</a>')
    assert broken_links(tmp_path) == []


def test_each_link_once_and_in_order(tmp_path: Path) -> None:
    """The report names each broken link of a page once, by page and target."""
    site_of(tmp_path, index='<a href="b"></a><a href="a"></a><a href="b"></a>', **{"networks/y": '<a href="a"></a>'})
    why = "there is no such page"
    assert broken_links(tmp_path) == [
        BrokenLink("index.html", "a", why),
        BrokenLink("index.html", "b", why),
        BrokenLink("networks/y/index.html", "a", why),
    ]


def test_a_built_site_has_no_broken_link(site: Site, bare_site: Site) -> None:
    """Every internal link of both built sites leads somewhere; a build ends where one does not."""
    assert broken_links(site.folder) == []
    assert broken_links(bare_site.folder) == []
