"""From "this is wrong" to a form or a mail: every claim, the right form, and answers that come back as they went."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from tests.conftest import INVENTED
from tests.site.conftest import SETTINGS, Site
from tests.site.dom import Node
from tests.site.test_pages import facts

from netreg.contribute.form import all_forms
from netreg.contribute.parse.facts import fact_of, values_of
from netreg.contribute.read.body import parse_body
from netreg.core.load import Document, parse_document, read_folder
from netreg.core.schema import Schema, read_schema
from netreg.entry import Entry
from netreg.site.correct_page import Desk
from netreg.site.settings import LONGEST_ADDRESS, LONGEST_MAIL, Settings

Raw = Mapping[str, Any]
FULL = Settings(repo_url="https://github.com/example/registry/", contact="registry@example.org")
WITHOUT_CONTACT = Settings(repo_url="https://github.com/example/registry/")
TEXT = """\
name: European Example Network
acronym: EEN
open_questions:
  - {about: seat, text: "Who  hosts it\\ntoday?"}
"""
ONE = Entry(parse_document("registry/een.yaml", TEXT.encode()), read_schema(Path(__file__).resolve().parents[2]))


def page(site: Site, id_: str) -> Node:
    """The page on which an entry can be corrected."""
    return site.page(f"networks/{id_}/correct/")


def forms_linked(node: Node) -> list[tuple[str, dict[str, str]]]:
    """The forms that links below lead to, each with what is filled in."""
    found = []
    for link in node.all("a"):
        parts = urlsplit(link.attrs["href"])
        if parts.path.endswith("/issues/new") and parts.query:
            given = {key: value for key, (value,) in parse_qs(parts.query, strict_parsing=True).items()}
            found.append((given.pop("template"), given))
    return found


def mails_linked(node: Node) -> list[tuple[str, str, str]]:
    """The mails that links below open, as (address, subject, body)."""
    hrefs = [link.attrs["href"] for link in node.all("a") if link.attrs["href"].startswith("mailto:")]
    found = []
    for href in hrefs:
        address, _, query = href.removeprefix("mailto:").partition("?")
        given = dict(part.split("=") for part in query.split("&"))
        found.append((unquote(address), unquote(given["subject"]), unquote(given["body"])))
    return found


# Which pages there are


def test_a_page_for_each_network(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """Each network that stands has its page, to which its own page leads near its top, at the side and at its end."""
    files = {file.parent.parent.name for file in site.folder.glob("networks/*/correct/index.html")}
    assert files == set(raw_entries)
    for id_ in raw_entries:
        links = [link.attrs["href"] for link in site.entry(id_).all("a") if link.text == "Correct this entry"]
        assert sorted(links) == ["correct/"] * 3, id_


def test_search_engines_leave_it_out(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """The pages stand in no search, no list of pages and no navigation, and ask search engines to pass by."""
    doors = json.loads((site.folder / "search.json").read_text(encoding="utf-8"))["doors"]
    assert ["All networks", "networks/"] in doors
    assert not [path for _, path, *_ in doors if path.startswith("networks/") and path != "networks/"]
    assert "/correct/" not in (site.folder / "sitemap.xml").read_text(encoding="utf-8")
    assert "/networks/enlip/" in (site.folder / "sitemap.xml").read_text(encoding="utf-8")
    for id_ in raw_entries:
        assert page(site, id_).one("meta", name="robots").attrs["content"] == "noindex"
        assert not site.entry(id_).all("meta", name="robots")


# What they say


def test_every_claim_can_be_corrected(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """Each value, name, act, tie and event of the file has its own link to the form, and its own mail."""
    for id_, raw in raw_entries.items():
        shown = page(site, id_)
        for anchor, number in (
            ("facts", len(list(facts(raw)))),
            ("names", len(raw.get("other_names", []))),
            ("legal-basis", len(raw.get("legal_basis", []))),
            ("relations", len(raw.get("relations", []))),
            ("history", len(raw.get("history", []))),
            ("questions", len(raw.get("open_questions", []))),
            ("sources", sum("statement" not in source for source in raw["sources"])),
            ("confirm", 1),
        ):
            section = shown.section(anchor)
            assert len(section.all(cls="said") if section else []) == number, f"{id_}: {anchor}"
        for said in shown.all(cls="said"):
            assert len(forms_linked(said)) == 1, f"{id_}: {said.text}"
            assert len(mails_linked(said)) + len(said.all("details")) == 1, f"{id_}: {said.text}"


def test_the_form_says_what_the_page_says(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """A link fills in the id of the entry, the fact under a name that is understood, and the words of the page."""
    for id_ in raw_entries:
        shown = page(site, id_)
        for said in shown.all(cls="said"):
            ((file, given),) = forms_linked(said)
            assert given["entry"] == id_
            if file == "02-correction.yml" and "fact" in given:
                assert given.get("says", "not known") == said.all(cls="value")[0].text


def test_each_fact_stands_under_its_question(site: Site, raw_entries: Mapping[str, Raw], schema: Schema) -> None:
    """The questions of the schema stand at what is told and at what is not, and ask what a claim leaves open."""
    asked = {part["x-question"]: part["title"] for part in schema.leaves.values() if "x-question" in part}
    whole = schema.at(("participants", "countries", 0, "complete"))["x-question"]
    for id_, raw in raw_entries.items():
        shown = page(site, id_)
        labels = [label.text for label in shown.all("dt")]
        for question, title in asked.items():
            assert labels.count(f"{title} {question}") == 1, f"{id_}: {question}"
        accounts = raw.get("participants", {}).get("countries", ())
        heads = [one for account in accounts for one in (account, *account.get("other", ()))]
        assert shown.text.count(whole) == sum(not one.get("complete") for one in heads), id_
    assert any(one.section("not-known") for one in (page(site, id_) for id_ in raw_entries))


def test_each_fact_is_understood(site: Site, raw_entries: Mapping[str, Raw], schema: Schema) -> None:
    """The name that is filled in for a fact leads back to a fact of the schema."""
    told = {given["fact"] for id_ in raw_entries for _, given in forms_linked(page(site, id_)) if "fact" in given}
    assert len(told) > 15
    assert not [fact for fact in told if fact_of(fact, schema)[0] is None]


def test_open_questions_lead_to_their_form(site: Site, bare_site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """An invitation to answer opens the form with the question, or, while there is none, leads to the text to copy."""
    for id_, raw in raw_entries.items():
        asked = [" ".join(question["text"].split()) for question in raw.get("open_questions", [])]
        section = site.entry(id_).section("questions")
        opened = forms_linked(section) if section else []
        assert [(file, given["question"]) for file, given in opened] == [("04-answer.yml", text) for text in asked], id_
        bare = bare_site.entry(id_).section("questions")
        links = [link.attrs["href"] for item in bare.all(cls="invite") for link in item.all("a")] if bare else []
        assert links == [f"correct/#question-{number}" for number in range(1, len(asked) + 1)], id_


def test_the_body_itself_can_confirm(site: Site, raw_entries: Mapping[str, Raw], schema: Schema) -> None:
    """From its page to a form with the state of the entry, and to a sheet in which the same state stands."""
    for id_ in raw_entries:
        assert "correct/#confirm" in {link.attrs["href"] for link in site.entry(id_).all("a")}, id_
        section = page(site, id_).section("confirm")
        assert section
        ((file, given),) = forms_linked(section)
        assert (file, given["entry"]) == ("06-confirm.yml", id_)
        assert re.fullmatch(r"[0-9a-f]{40}", given["state"])
        sheet = parse_body((site.folder / "networks" / id_ / "sheet.txt").read_text("utf-8"), all_forms(schema))
        assert sheet.form is not None
        assert (sheet.form.key, sheet.text("entry"), sheet.text("state")) == ("confirm", id_, given["state"])


def test_other_ways_on_the_page(site: Site) -> None:
    """The page also leads to the form for an end or a new name, to the editor, and says when to expect an answer."""
    shown = page(site, "enlip").one("article")
    assert ("03-status.yml", {"title": "Change: ENLIP", "entry": "enlip"}) in forms_linked(shown)
    (edit,) = [link.attrs["href"] for link in shown.all("a") if link.text == "edit this entry"]
    assert edit == "https://github.com/example/registry/edit/main/registry/enlip.yaml"
    assert "within 14 days" in shown.text


def test_links_can_be_told_apart(site: Site) -> None:
    """Links with the same words have a name of their own for those who hear the page, which begins with the words."""
    for said in page(site, "lantern-group").all(cls="said"):
        for link in said.all("a"):
            assert link.attrs["aria-label"].startswith(f"{link.text}: ")
    names = [link.attrs["aria-label"] for said in page(site, "enlip").all(cls="said") for link in said.all("a")]
    assert len(set(names)) > len(names) * 0.9


# Within the limits of others


def test_addresses_are_short_and_plain(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """Addresses are ASCII without spaces, below 6,000 bytes for the code host and below 2,000 for a mail."""
    for id_, raw in raw_entries.items():
        theirs = {source.get("url") for source in raw["sources"]}  # addresses of others stand as they are
        for href in (link.attrs["href"] for link in page(site, id_).one("article").all("a")):
            if href in theirs:
                continue
            assert href.isascii()
            assert not re.search(r"[\s+\"<>]", href), href
            assert len(href) < (LONGEST_MAIL if href.startswith("mailto:") else LONGEST_ADDRESS)


def test_only_text_fields_are_filled_in(site: Site, schema: Schema) -> None:
    """GitHub fills in text fields only; each that a link names is one of its form."""
    forms = {form.file: form for form in all_forms(schema)}
    linked = forms_linked(page(site, "enlip"))
    assert {file for file, _ in linked} == {
        f"{name}.yml" for name in "02-correction 03-status 04-answer 06-confirm 07-source".split()
    }
    for file, given in linked:
        for name in set(given) - {"title"}:
            assert forms[file].field(name).kind in ("input", "textarea")


@pytest.mark.parametrize("sign", ["x", "é", "Ж", "€", "🙂", "&", " ", "%"])
def test_too_long_for_an_address(schema: Schema, sign: str) -> None:
    """What would be cut is left out of the address, and the text to copy has it whole."""
    words = f"a{sign}b" * 3000
    ways = Desk(ONE, FULL, schema).correction("seat", words)
    assert ways.is_cut
    assert parse_qs(urlsplit(ways.form).query) == {
        "template": ["02-correction.yml"],
        "title": ["Correction: EEN"],
        "entry": ["een"],
        "fact": ["Seat"],
    }
    assert ways.mail == ""
    assert words in ways.text


@pytest.mark.parametrize("settings", [FULL, WITHOUT_CONTACT], ids=["contact", "no contact"])
def test_the_limits_to_the_byte(schema: Schema, settings: Settings) -> None:
    """However long a text is, no address reaches the limit of the code host or of a mail."""
    for length in range(0, 7000, 23):
        ways = Desk(ONE, settings, schema).correction("seat", "ab" * (length // 2))
        assert len(ways.form) < LONGEST_ADDRESS
        assert len(ways.mail) < LONGEST_MAIL
        assert ways.is_cut == ("&says=" not in ways.form and length > 0)


# Back again


NASTY = """Vienna & "Graz" <b>#1</b> 100% +x
Right is: Linz
### Fact
Name"""


FILLED = {"Right is:": "27", "I write as:": "Member"}


@pytest.mark.parametrize("said", ["Vienna", "Α and Я, 7 %", "(undated)", NASTY, "Seat: Vienna", "```"])
def test_a_copied_text_comes_back(schema: Schema, said: str) -> None:
    """The text to copy, filled in and sent, is read as the answers to the right form, whatever the page says."""
    text = Desk(ONE, Settings(), schema).correction("participants.counts", said, "states").text
    filled = re.sub(r"^(Right is:|I write as:).*$", lambda match: f"{match[1]} {FILLED[match[1]]}", text, flags=re.M)
    answers = parse_body(filled, all_forms(schema))
    assert answers.form is not None
    assert answers.form.key == "correction"
    assert answers.text("entry") == "een"
    assert (answers.text("right"), answers.choice("role")) == ("27", "Member")
    assert answers.text("says") == " ".join(said.split())
    fact, which = fact_of(answers.text("fact"), schema)
    assert fact is not None
    assert (fact.dotted, which) == ("participants.counts", "states")
    assert answers.repeated == ()


def test_a_copied_question_comes_back(schema: Schema) -> None:
    """The text to answer a question is read as the form for answers, with the question as the page has it."""
    (question,) = ONE.open_questions
    answers = parse_body(Desk(ONE, Settings(), schema).answer(question).text, all_forms(schema))
    assert answers.form is not None
    assert answers.form.key == "answer"
    assert (answers.text("entry"), answers.text("question")) == ("een", "Who hosts it today?")


def test_a_mail_holds_the_same_text(site: Site, schema: Schema) -> None:
    """The mail that a link opens goes to the contact, names the entry and holds the text to copy."""
    mails = mails_linked(page(site, "enlip"))
    assert {address for address, _, _ in mails} == {SETTINGS["NETREG_CONTACT"]}
    for _, subject, body in mails:
        answers = parse_body(body, all_forms(schema))
        assert answers.form is not None
        assert subject == f"{answers.form.title}ENLIP"
        assert answers.text("entry") == "enlip"
        assert "\r\n" in body


def test_a_strange_contact_adds_nothing_to_the_mail(schema: Schema) -> None:
    """Signs with a meaning in the address of the contact stay part of it."""
    settings = Settings(contact="a?bcc=x@example.org&y")
    mail = Desk(ONE, settings, schema).correction("seat", "Vienna").mail
    assert mail.startswith("mailto:a%3Fbcc%3Dx@example.org%26y?subject=")


# Without addresses


def test_without_settings_there_is_a_text_to_copy(bare_site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """Before the site has a home each claim has its text to copy, and no link leads to a form or a mail."""
    for id_ in raw_entries:
        shown = page(bare_site, id_).one("article")
        for said in shown.all(cls="said"):
            text = said.one("details").one("pre").raw_text
            assert text.startswith(f"Network: {id_}\n")
        links = [link for link in shown.all("a") if link.attrs.get("rel") != "external"]  # those are the sources
        assert not [link for link in links if urlsplit(link.attrs["href"]).scheme]
        assert "no public address for requests yet" in shown.text


def test_with_a_repository_alone(schema: Schema) -> None:
    """While there is no contact, the text to copy stands beside the form for people without an account."""
    ways = Desk(ONE, WITHOUT_CONTACT, schema).correction("seat", "Vienna")
    assert ways.form
    assert ways.mail == ""
    assert "The page says: Vienna\n" in ways.text
    assert not ways.is_cut


def test_what_is_quoted_from_a_page_is_known_again(site: Site, schema: Schema) -> None:
    """The words of a value that a form is filled in with lead to that very value, and it is corrected."""
    assert known_again(site, read_folder(INVENTED), schema) > 100


def known_again(site: Site, documents: Iterable[Document], schema: Schema) -> int:
    """How many values the forms of a site quote, after a check that each is found in its entry by what is quoted."""
    quoted = 0
    for document in documents:
        assert document.root is not None
        if document.root.get("entry") is not None:  # a withdrawn one
            continue
        for said in page(site, document.id).all(cls="said"):
            ((_, given),) = forms_linked(said)
            fact, which = fact_of(given.get("fact", ""), schema)
            if fact is None or fact.way == "list" or fact.key == "role" or "says" not in given:
                continue
            unit = next((term.value for term in schema.terms("unit") if term.title == which), "")
            known = values_of(fact, Entry(document, schema), unit)
            twice = fact.key == "unit" and units(document.root).count(unit) > 1
            assert twice or any(one.is_quoted_in(given["says"]) for one in known), f"{document.id}: {given}"
            quoted += 1
    return quoted


def units(entry: Any) -> list[str]:
    """The units of all numbers of an entry."""
    counts = entry.get("participants", "counts")
    return [claim.string("unit") for _, claim in counts.items()] if counts else []
