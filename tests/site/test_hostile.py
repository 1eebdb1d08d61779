"""An entry that means harm: whatever its texts hold, a page shows them as text."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Mapping
from dataclasses import astuple
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import INVENTED
from tests.site.conftest import copy_without_data
from tests.site.dom import Node, page_at, parsed

from netreg.core.load import parse_document
from netreg.core.schema import Schema
from netreg.model import Registry, build_registry
from netreg.site.page import Page
from netreg.site.publish import all_pages
from netreg.site.settings import Settings

TODAY = date(2026, 11, 23)
SETTINGS = Settings(repo_url="https://github.com/example/registry/", edit_uri="edit/main/docs/")

HARMFUL = (
    """<script>alert(1)</script> </section></div> <img src=x onerror=alert(1)> <!-- netreg:scales --> --> """
    """" onmouseover="alert(1) ' & &amp; &lt;b&gt; &#60; {{ 7 * 7 }} {% raw %} **bold** `code` """
    """[link](javascript:alert(1)) <javascript:alert(1)> # heading | cell ]]> %3Cb%3E \\" end"""
)
HARMLESS = "Some plain words"
LABELS = (
    "Name Short Acronym Old O Note Value Other Summary Act No Host Event Question Title Author Copy role Chair Unit "
    "Office Number Where"
).split()


def entry_with(text: str, address: str) -> dict[str, Any]:
    """An entry with every kind of field, and the same text in each that takes free text."""
    own = {"sources": ["own", "act", "press", "letter"]}
    copy = {"url": address, "date": "2026"}
    place = {"sources": [{"id": "own", "where": f"Where {text}"}]}
    small = {"note": f"Note {text}", "certainty": "likely", **own}
    line = {"value": f"Value {text}", **small, "other": [{"value": f"Other {text}", **small}]}
    read = {"date": "2026-11-23", "how": "live"}
    source = {
        "title": f"Title {text}",
        "author": f"Author {text}",
        "language": "fr",
        "note": f"Note {text}",
        "read": read,
    }
    return {
        "name": f"Name {text}",
        "short_name": f"Short {text}",
        "acronym": f"Acronym {text}",
        "other_names": [{"name": f"Old {text}", "acronym": f"O {text}", "kind": "former", "language": "fr", **small}],
        "group": "other-european",
        "topics": ["drugs", "forensics"],
        "form": {"value": "agreed-network", **small},
        "status": {"value": "active", "as_of": "2026", **small},
        "established": {"value": "2001", **small},
        "ended": {"value": "2020", **small},
        "purpose": {"value": f"Purpose {text}", **own},
        "summary": {"value": f"Summary {text}", **small},
        "tasks": [line],
        "participants": {
            "kinds": {"value": ["police"], **small},
            "range": {"value": "region", **small},
            "counts": [{"value": 1234, "unit": "states", **small}],
            "countries": [{"role": "member", "sets": ["nordic"], "value": ["FR"], **place}],
        },
        "seat": line,
        "leadership": [
            {"role": "chair", "name": f"Chair {text}", "unit": f"Unit {text}", **small},
            {"role": "secretariat", "target": "other", "unit": f"Office {text}", **small},
        ],
        "governance": line,
        "legal_basis": [
            {"title": f"Act {text}", "document": {"type": "other", "number": f"No {text}"}, "role": "founding", **small}
        ],
        "website": {"value": address, **small},
        "contact": {"value": address, **small},
        "identifiers": [{"scheme": "cordis", "value": f"Number {text}", **small}],
        "relations": [
            {"type": "cooperates_with", "target": "other", **small},
            {"type": "hosted_by", "name": f"Host {text}", **small},
        ],
        "history": [{"date": "2001", "event": "founded", "text": f"Event {text}", **small}],
        "open_questions": [{"about": "seat", "text": f"Question {text}", "checked": {"date": "2026", **place}}],
        "sources": [
            {"id": "own", "kind": "self-presentation", "url": address, "archive": copy, **source},
            {"id": "act", "kind": "official-document", "document": {"type": "other", "number": f"No {text}"}, **source},
            {"id": "press", "kind": "third-party", "url": address, "copy_by": f"Copy {text}", **source},
            {
                "id": "letter",
                "kind": "statement-to-registry",
                "statement": {"request": 12, "role": f"role {text}", "date": "2026-11-01"},
                **source,
            },
        ],
    }


def registry_with(schema: Schema, text: str, address: str = "https://own.example/") -> Registry:
    """A registry of such an entry, one that is tied to it, and a withdrawn one."""
    full = entry_with(text, address)
    entries = {
        "full": full,
        "other": {**full, "relations": [{"type": "part_of", "target": "full", "sources": ["own"]}]},
        "gone": {
            "entry": {"withdrawn": "2026-11-01", "reason": f"Reason {text}", "see": "full"},
            "name": f"Name {text}",
        },
    }
    documents = [
        parse_document(f"registry/{id_}.yaml", json.dumps(raw, ensure_ascii=False).encode())
        for id_, raw in entries.items()
    ]
    assert all(document.root for document in documents)
    return build_registry(documents, schema, TODAY)


def pages_with(schema: Schema, text: str, address: str = "https://own.example/") -> dict[str, Page]:
    """All generated pages over such a registry, by their paths."""
    return {page.path: page for page in all_pages(registry_with(schema, text, address), SETTINGS, {})}


def shape(node: Node) -> list[tuple[str, list[str], list[str]]]:
    """The elements of a page with their attributes and classes, without texts."""
    return [(part.tag, sorted(part.attrs), part.classes) for part in node.walk()]


@pytest.fixture(scope="module")
def hostile(schema: Schema) -> dict[str, Page]:
    """The pages over harmful texts."""
    return pages_with(schema, HARMFUL)


def test_the_text_is_all_there(hostile: Mapping[str, Page]) -> None:
    """Every text of the entry is shown to the letter, so that nothing of it was taken for something else."""
    shown = parsed(hostile["networks/full/"].html).text
    words = " ".join(HARMFUL.split())
    for label in LABELS:
        assert f"{label} {words}" in shown, label
    assert f"Event {words}" in parsed(hostile[""].html).text
    assert f"reason {words}" in parsed(hostile["networks/gone/"].html).text
    assert "1,234 states" in shown


def test_no_text_becomes_markup(hostile: Mapping[str, Page], schema: Schema) -> None:
    """Pages over harmful texts have the very elements and attributes of pages over harmless ones."""
    harmless = pages_with(schema, HARMLESS)
    assert set(hostile) == set(harmless)
    for path, page in hostile.items():
        assert shape(parsed(page.html)) == shape(parsed(harmless[path].html)), path


def test_no_page_can_run_or_load_anything(hostile: Mapping[str, Page]) -> None:
    """No page holds an element or an attribute that runs or loads something."""
    for path, page in hostile.items():
        for node in parsed(page.html).walk():
            assert node.tag not in ("script", "iframe", "object", "embed", "style", "img", "base", "meta"), path
            assert not [name for name in node.attrs if name.startswith("on")], path


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:x", "data:text/html,x", "vbscript:x", "//x.example"],
)
def test_only_web_addresses_become_links(schema: Schema, address: str) -> None:
    """An address that slipped through the rules is shown as text, not as a link."""
    known = re.compile(r"https?://|#|(?!//)[\w./-]+(?:[?#]|$)")
    for path, page in pages_with(schema, HARMLESS, address).items():
        for link in parsed(page.html).all("a"):
            assert known.match(link.attrs["href"]), f"{path}: {link.attrs['href']}"


def test_what_machines_read_is_one_text(schema: Schema) -> None:
    """The block for programs that read pages holds the texts to the letter, and nothing in it ends it early."""
    settings = Settings(site_url="https://example.org/reg/")
    pages = {page.path: page for page in all_pages(registry_with(schema, HARMFUL), settings, {})}
    (block,) = parsed(pages["networks/full/"].html).all("script")
    told = json.loads(block.raw_text)
    assert told["name"] == f"Name {HARMFUL}"
    assert told["url"] == "https://own.example/"
    assert told["@id"] == "https://example.org/reg/networks/full/"
    assert "<" not in block.raw_text


def test_values_around_the_page_hold_no_markup_of_their_own(hostile: Mapping[str, Page]) -> None:
    """Title, description and headings stay plain text, to be escaped where they are put into a page."""
    page = hostile["networks/full/"]
    assert page.title == f"Short {HARMFUL} (Acronym {HARMFUL})"
    assert page.description.startswith(f"Purpose {HARMFUL}. Active, ")
    assert "&lt;script" not in str(astuple(page)[1])


def test_the_built_page_is_as_safe(
    schema: Schema, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What MkDocs and its theme put around a page escapes the title and the description; the search sets only texts."""
    sites = [
        build(schema, project, tmp_path / name, text, monkeypatch)
        for name, text in (("harmful", HARMFUL), ("harmless", HARMLESS))
    ]
    harmful, harmless = (page_at(site / "networks" / "full" / "index.html") for site in sites)
    assert shape(harmful) == shape(harmless)
    words = " ".join(HARMFUL.split())
    assert harmful.one("head").one("title").text.startswith(f"Short {words}")
    for given in ({"name": "description"}, {"property": "og:description"}):
        assert harmful.one("meta", **given).attrs["content"].startswith(f"Purpose {HARMFUL}. Active, ")
    script = (sites[0] / "assets" / "netreg" / "search.js").read_text(encoding="utf-8")
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", script)


def build(schema: Schema, project: Path, root: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Build a project of such entries as if the rules had found nothing, and give the folder of its site."""
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config

    from netreg.site import plugin
    from netreg.site.guide import read_example
    from netreg.site.publish import Publication

    example = read_example(INVENTED, schema, 14)

    def publish(_root: Path, settings: Settings, _tell: object) -> Publication:
        registry = registry_with(schema, text)
        return Publication(registry, settings, tuple(all_pages(registry, settings, {})), (), example)

    copy_without_data(project, root)
    monkeypatch.setattr(plugin, "publish", publish)
    monkeypatch.setattr(plugin, "broken_links", lambda site: [])  # the data files are left out
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "site"))
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
    return root / "site"
