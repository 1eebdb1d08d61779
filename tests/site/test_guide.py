"""The guide: its pictures say what the program does, and what it tells people to write is understood."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.conftest import INVENTED
from tests.contribute.conftest import form_of
from tests.site.conftest import Site
from tests.site.dom import Node, parsed

from netreg.check import Context, check
from netreg.contribute.form import all_forms
from netreg.contribute.intake import Base, Request, intake
from netreg.contribute.read.body import parse_body
from netreg.core.finding import Level
from netreg.core.load import parse_document
from netreg.core.schema import Schema
from netreg.site.guide import FOLDER, Example, as_html, read_example
from netreg.site.publish import PLACEHOLDERS, Publication

SENT = Request(12, date(2026, 5, 18))


@pytest.fixture(scope="module")
def example(schema: Schema) -> Example:
    """The example of the made-up project."""
    return read_example(INVENTED, schema, 14)


def guide(site: Site) -> Node:
    """The page that tells how to contribute."""
    return site.page("contribute/")


@pytest.mark.real
def test_the_example_is_an_entry_like_any_other(project: Path, schema: Schema) -> None:
    """Every check passes on the real one; and it names nobody, since its addresses can belong to no one."""
    example = read_example(project, schema, 14)
    document = parse_document("registry/enrp.yaml", example.entry.encode())
    found = check([document], Context(schema, date.today()))
    assert [finding.message for finding in found if finding.level is not Level.INFO] == []
    assert "invented network" in example.entry
    assert {host.rpartition(".")[2] for host in re.findall(r"://([^/\s\"]+)", example.entry)} == {"example"}


def test_the_form_shows_what_the_real_one_asks(site: Site, schema: Schema, example: Example) -> None:
    """Each field of the form is in the picture, filled in, or named below it as one that may stay empty."""
    picture, form = guide(site).one(cls="picture--form"), form_of("correction", schema)
    answers = parse_body(example.request, all_forms(schema))
    for field in form.fields:
        label = field.label + (" *" if field.is_required else "")
        shown = next((node for node in picture.all(cls="picture__field") if node.text.startswith(label)), None)
        if shown is None:
            assert not field.is_required
            assert field.label in picture.one("figcaption").text
        else:
            for answer in answers.chosen.get(field.id, ()) or [answers.text(field.id)]:
                assert answer in shown.text


def test_the_answer_is_the_one_that_intake_gives(site: Site, schema: Schema, example: Example) -> None:
    """To the letter, and nothing is missing in it."""
    base = Base([parse_document("registry/enrp.yaml", example.entry.encode())], Context(schema, SENT.sent))
    outcome = intake(example.request, SENT, base)
    told = parsed(as_html(outcome.as_markdown(14))).text
    assert outcome.proposal
    assert told in guide(site).all(cls="picture__text")[0].text


def test_the_comment_tells_the_change(site: Site) -> None:
    """What a maintainer reads first stands in it, and nothing of Markdown is left over."""
    told = guide(site).all(cls="picture__text")[1].text
    assert told.startswith(
        "ENRP: Number of states: 43 (May 2026) instead of 39 (2019); the old value is kept beside it."
    )
    assert "**" not in told
    assert "`" not in told


def test_pictures_bring_no_headings(site: Site) -> None:
    """Or the list of contents of the page would name what stands in a picture."""
    for picture in guide(site).all(cls="picture"):
        assert not [node for node in picture.walk() if node.tag in ("h1", "h2", "h3", "h4", "h5", "h6")]
        assert "invented" in picture.one("figcaption").text


def test_a_comment_brings_no_html_of_its_own() -> None:
    """Whatever stands in Markdown is shown; only Markdown makes elements."""
    html = as_html("<script>x</script> <b>bold</b> **strong**\n\n#### Head\n\n| a | b |\n|---|---|\n| ~~c~~ | d |\n")
    tags = {node.tag for node in parsed(html).walk()} - {""}
    assert tags == {"p", "strong", "table", "thead", "tbody", "tr", "th", "td", "s"}


def test_each_form_can_be_opened(site: Site, bare_site: Site, schema: Schema) -> None:
    """The list of forms leads to each; without an address it leads to the text to copy."""
    asked = [parse_qs(urlsplit(link.attrs["href"]).query) for link in guide(site).all("a") if "?" in link.attrs["href"]]
    assert [given["template"] for given in asked] == [[form.file] for form in all_forms(schema)]
    bare = guide(bare_site)
    assert "no public address for forms yet" in bare.one("article").text
    assert not [link for link in bare.all("a") if "?" in link.attrs["href"]]


def test_each_way_has_its_place(site: Site) -> None:
    """The table of ways leads to four parts of the page."""
    leads = [link.attrs["href"] for link in guide(site).all("table")[0].all("a")]
    assert leads == ["#form", "#browser", "#git", "#mail"]


FILLED = {
    "correction": {
        "Network": "ENRP",
        "Fact": "Seat",
        "The page says": "",
        "Right is": "Vienna",
        "As of": "2026",
        "Where others can read it": "https://river-police.example/seat",
        "Whose words": "own words",
        "I write as": "member of the network",
    },
    "network": {
        "Name": "Harbour Police Contact Group",
        "Acronym": "HPCG",
        "Description": "Police officers of large harbours meet twice a year and compare their methods.",
        "Website": "https://harbour-police.example",
        "Where others can read it": "https://yearbook.example/harbours",
        "Whose words": "third party",
        "I write as": "independent",
    },
}


@pytest.mark.parametrize(("number", "key"), list(enumerate(FILLED)))
def test_the_text_to_copy_is_understood(number: int, key: str, site: Site, schema: Schema, example: Example) -> None:
    """Copied from the page and filled in, it makes a draft without a question."""
    text = guide(site).all("pre", cls="copy")[number].raw_text.strip("\n")
    lines = [f"{label}: {FILLED[key][label]}" for label in (line.partition(":")[0] for line in text.split("\n"))]
    base = Base([parse_document("registry/enrp.yaml", example.entry.encode())], Context(schema, SENT.sent))
    outcome = intake("\n".join(lines), replace(SENT, by_mail=True), base)
    assert [said.text for said in outcome.reply.missing] == []
    assert outcome.form == key
    assert outcome.proposal


def test_a_placeholder_that_is_none_is_refused(schema: Schema, example: Example, publication: Publication) -> None:
    """Its name is said, with those that there are."""
    with pytest.raises(ValueError, match="there is no placeholder netreg:scale; there are answer-days, "):
        publication.filled("<!-- netreg:scale -->")
    assert publication.filled("<!-- netreg:answer-days --> days") == "14 days"
    assert all(publication.filled(f"<!-- netreg:{name} -->") for name in PLACEHOLDERS)


@pytest.fixture(scope="module")
def publication(example: Example, schema: Schema) -> Publication:
    """A publication of nothing but the example."""
    from netreg.model import build_registry
    from netreg.site.settings import Settings

    return Publication(build_registry([], schema, SENT.sent), Settings(), (), (), example)


@pytest.mark.parametrize(
    ("entry", "request_", "said"),
    [(None, "", "cannot be read"), ("", "Hello", "was written with no form"), ("", None, "makes no draft")],
)
def test_an_example_that_is_none_is_refused(
    entry: str | None, request_: str | None, said: str, example: Example, schema: Schema, tmp_path: Path
) -> None:
    """A build ends with a line that says what is wrong with it."""
    folder = tmp_path / FOLDER
    folder.mkdir(parents=True)
    if entry is not None:
        (folder / "enrp.yaml").write_text(entry, encoding="utf-8")
    (folder / "request.md").write_text(example.request if request_ is None else request_, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        _ = [getattr(read_example(tmp_path, schema, 14), part) for part in ("form", "answer", "comment")]
