"""What changed over time: the page, the feed, the pages of networks, the data, and what was refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.review.repository import Repository, entry
from tests.site.conftest import Site
from tests.site.dom import Node, parsed
from tests.site.test_hostile import HARMFUL, HARMLESS, shape

from netreg.core.load import read_folder
from netreg.core.schema import Schema
from netreg.export.api import changes_text
from netreg.lists import Refusal, read_refused
from netreg.model import Registry, build_registry
from netreg.review.change import Kind
from netreg.review.history import Gap, History, read_history
from netreg.site.news import MOST, feed
from netreg.site.publish import all_pages
from netreg.site.settings import Settings

TODAY = date(2026, 11, 24)
HOME = Settings(site_url="https://example.org/reg/", repo_url="https://github.com/example/registry/")
ATOM = "{http://www.w3.org/2005/Atom}"
Made = tuple[Registry, History]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository in which two entries were made and one was changed twice."""
    made = Repository(tmp_path / "project")
    made.commit("2026-11-01T12:00:00Z", een=entry(), sn=entry("Second Network", "SN"))
    made.commit("2026-11-04T09:00:00Z", een=entry(seat="Graz"))
    made.commit(
        "2026-11-04T12:00:00Z", een=entry(seat="Graz") + "# a remark\n", sn=entry("Second Network", "SN", "Linz")
    )
    return made


@pytest.fixture
def read(schema: Schema) -> Callable[[Repository], Made]:
    """The registry and the history of a repository."""

    def read(repository: Repository) -> Made:
        return build_registry(read_folder(repository.root), schema, TODAY), read_history(repository.root)

    return read


def pages(made: Made, settings: Settings = HOME, refused: tuple[Refusal, ...] = ()) -> dict[str, Node]:
    """All generated pages by their paths."""
    registry, history = made
    return {
        page.path: parsed(page.html) for page in all_pages(registry, settings, {}, history=history, refused=refused)
    }


def texts(node: Node, tag: str) -> list[str]:
    """The texts of the elements below with this tag."""
    return [found.text for found in node.all(tag)]


# The page


def test_days_with_networks_and_sentences(repository: Repository, read: Callable[[Repository], Made]) -> None:
    """The page tells the newest day first, in it network by network what changed; what is new in form is a number."""
    page = pages(read(repository))["changes/"]
    assert texts(page, "h3") == ["4 November 2026", "1 November 2026"]
    newest, oldest = page.all("section", "day")
    assert texts(newest, "h4") == ["EEN", "SN"]
    assert [link.attrs["href"] for link in newest.all("a")] == ["../networks/een/", "../networks/sn/"]
    (sentence, _) = texts(newest, "li")
    assert sentence.startswith("Seat: “Graz” instead of “Vienna”")
    assert "1 entry was written in another form and says the same." in newest.text
    assert "New: EEN, SN." in oldest.text


def test_many_at_once_are_told_in_short(repository: Repository, read: Callable[[Repository], Made]) -> None:
    """Many new or changed entries on one day are one line each that unfolds to their names."""
    many = {f"n{number}": entry(f"Network {number}", f"N{number}") for number in range(30)}
    repository.commit("2026-11-05T12:00:00Z", **many)
    repository.commit("2026-11-06T12:00:00Z", **{id_: text.replace("Vienna", "Graz") for id_, text in many.items()})
    changed, added, *_ = pages(read(repository))["changes/"].all("section", "day")
    assert texts(added, "summary") == ["30 new entries"]
    assert texts(changed, "summary") == ["30 entries changed"]
    assert not changed.all("li")
    assert {link.attrs["href"] for link in changed.all("a")} == {f"../networks/{id_}/#changes" for id_ in many}


def test_what_was_withdrawn_can_be_followed(repository: Repository, read: Callable[[Repository], Made]) -> None:
    """The links of earlier changes, on the page and in the feed, lead to where its page tells that it was withdrawn."""
    many = {f"n{number}": entry(f"Network {number}", f"N{number}") for number in range(30)}
    repository.commit("2026-11-05T12:00:00Z", **many)
    repository.commit("2026-11-06T12:00:00Z", **{id_: text.replace("Vienna", "Graz") for id_, text in many.items()})
    stone = "entry: {withdrawn: 2026-11-07, reason: It was another., see: een}\nname: Second Network\n"
    repository.commit("2026-11-07T12:00:00Z", n0=stone, sn=stone)
    registry, history = read(repository)
    shown = pages((registry, history))
    linked = [link.attrs["href"] for link in shown["changes/"].all("a")]
    assert "../networks/n0/#changes" in linked
    assert "networks/sn/#changes" in feed(registry, history, HOME)
    for id_ in ("n0", "sn"):
        assert shown[f"networks/{id_}/"].one(id="changes").text.startswith("This entry was withdrawn on 7 November")


def test_corrections_stand_together(repository: Repository, read: Callable[[Repository], Made]) -> None:
    """Values that changed or went are listed as corrections, a note or a new entry is not."""
    noted = entry(seat="Graz").replace("Graz,", "Graz, note: near the station,")
    repository.commit("2026-11-05T12:00:00Z", een=noted)
    repository.commit("2026-11-06T12:00:00Z", sn=entry("Second Network", "SN").replace("seat:", "#"))
    section = pages(read(repository))["changes/"].section("corrections")
    assert section
    assert "3 so far" in section.text
    days = [re.match(r"(\d+ \w+) \d+ (\w+)", text) for text in texts(section, "li")]
    assert [match.groups() for match in days if match] == [
        ("6 November", "SN"),
        ("4 November", "SN"),
        ("4 November", "EEN"),
    ]


def test_another_unit_is_a_correction(repository: Repository, read: Callable[[Repository], Made]) -> None:
    """The same number of something else is another statement."""
    for day, unit in (("05", "organisations"), ("06", "persons")):
        counts = f"participants: {{counts: [{{value: 59, unit: {unit}, sources: [own]}}]}}\nsources:"
        repository.commit(f"2026-11-{day}T12:00:00Z", een=entry(seat="Graz").replace("sources:\n", f"{counts}\n"))
    section = pages(read(repository))["changes/"].section("corrections")
    assert section
    assert "59 persons instead of 59 organisations" in texts(section, "li")[0]


def test_an_entry_that_is_gone(repository: Repository, read: Callable[[Repository], Made]) -> None:
    """A network without a page is named and leads nowhere."""
    repository.commit("2026-11-05T12:00:00Z", sn=None)
    newest = pages(read(repository))["changes/"].all("section", "day")[0]
    assert texts(newest, "h4") == ["SN"]
    assert not newest.all("a")


@pytest.mark.parametrize("gap", [Gap.NO_GIT, Gap.SHALLOW, Gap.LONG])
def test_what_is_missing_is_said(repository: Repository, read: Callable[[Repository], Made], gap: Gap) -> None:
    """Without the whole history, or without any, the page, the pages of networks and the data say so."""
    registry, whole = read(repository)
    part = History(() if gap is Gap.NO_GIT else whole.revisions[:1], gap)
    shown = pages((registry, part))
    said = "without the history" if gap is Gap.NO_GIT else "changes before 4 November 2026 are left out"
    assert said in shown["changes/"].text
    section = shown["networks/een/"].section("changes")
    assert section
    assert said in section.text
    data = json.loads(changes_text(part, registry.schema))
    assert (data["complete"], data["gap"]) == (False, gap.value)
    assert data["note"]


def test_the_built_page(site: Site) -> None:
    """Every page of the built site names the feed, and its foot leads to what is new."""
    for name, page in site.pages():
        link, *twins = page.one("head").all("link", type="application/atom+xml")
        assert link.attrs["href"].endswith("feed.xml"), name
        assert all((site.folder / name).parent.joinpath(twin.attrs["href"]).resolve().is_file() for twin in twins), name
        assert len(twins) == bool(re.fullmatch(r"networks/[^/]+/index.html", name)), name
        assert any(link.text == "What’s new" for link in page.one("footer").all("a")), name


# The page of a network


def test_the_log_of_an_entry(repository: Repository, read: Callable[[Repository], Made]) -> None:
    """A page says when its entry was first published and last changed, and what changed day by day."""
    repository.commit("2026-11-05T12:00:00Z", sn=entry("Second Network", "SN", "Wels"))
    repository.write("new", entry("New Network", "NN"))
    shown = pages(read(repository))
    section = shown["networks/sn/"].section("changes")
    assert section
    assert "First published on 1 November 2026, last changed on 5 November 2026." in section.text
    assert texts(section, "summary") == ["5 November 2026: 1 change", "4 November 2026: 1 change"]
    assert [text.partition(";")[0] for text in texts(section, "li")] == [
        "Seat: “Wels” instead of “Linz”",
        "Seat: “Linz” instead of “Vienna”",
    ]
    new = shown["networks/new/"].section("changes")
    assert new
    assert "It is new and has not changed yet." in new.text


# The feed


def elements(parent: ET.Element, name: str) -> list[ET.Element]:
    """The children with this name."""
    return parent.findall(f"{ATOM}{name}")


def one(parent: ET.Element, name: str) -> str:
    """The text of the only child with this name."""
    (found,) = elements(parent, name)
    return found.text or ""


def checked(text: str) -> ET.Element:
    """The feed, after a check of what RFC 4287 requires of a feed and its entries (sections 4.1 and 4.2)."""
    root = ET.fromstring(text)
    assert root.tag == f"{ATOM}feed"
    assert one(elements(root, "author")[0], "name")
    for element in (root, *elements(root, "entry")):
        assert re.fullmatch(r"urn:[a-z0-9][a-z0-9-]{1,31}:[A-Za-z0-9:-]+", one(element, "id"))
        assert one(element, "title")
        assert datetime.strptime(one(element, "updated"), "%Y-%m-%dT%H:%M:%SZ").year >= 2026
        links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in elements(element, "link")]
        assert len(set(links)) == len(links)
        assert all(link.get("href") for link in elements(element, "link"))
        assert not {child.tag for child in element} - {
            f"{ATOM}{name}" for name in "id title updated author rights link entry content".split()
        }
    for item in elements(root, "entry"):
        (content,) = elements(item, "content")
        assert content.get("type") == "html"
        assert not list(content)
        assert content.text
    ids = [one(item, "id") for item in elements(root, "entry")]
    assert len(set(ids)) == len(ids) <= MOST
    return root


def test_the_feed_of_the_site(site: Site, bare_site: Site) -> None:
    """Both built feeds are valid; with an address all links are absolute, without one none is."""
    for built, start in ((site, "https://example.org/reg/"), (bare_site, "")):
        root = checked((built.folder / "feed.xml").read_text(encoding="utf-8"))
        assert elements(root, "entry")
        for link in root.iter(f"{ATOM}link"):
            href = link.get("href") or ""
            assert href.startswith(start)
            assert href.startswith("https:") == bool(start)
            path, _, anchor = href.removeprefix(start).partition("#")
            target = built.folder / path / ("index.html" if path.endswith("/") else "")
            assert target.is_file(), href
            assert not anchor or built.page(path).all(id=anchor), href


def test_items_of_the_feed(repository: Repository, read: Callable[[Repository], Made]) -> None:
    """Each revision gives an item for each network that says something else, newest first; form alone is no news."""
    registry, history = read(repository)
    root = checked(feed(registry, history, HOME))
    assert [one(item, "title") for item in elements(root, "entry")] == [
        "SN: Seat: “Linz” instead of “Vienna”",
        "EEN: Seat: “Graz” instead of “Vienna”",
        "EEN: new entry",
        "SN: new entry",
    ]
    assert one(root, "updated") == "2026-11-04T12:00:00Z"
    first = elements(root, "entry")[0]
    assert one(first, "id") == f"urn:netreg:change:{history.revisions[0].commit}:sn"
    content = parsed(one(first, "content"))
    assert texts(content, "li")[0].startswith("Seat: “Linz” instead of “Vienna”")


def test_ids_of_the_feed_stay(repository: Repository, read: Callable[[Repository], Made]) -> None:
    """A new change, another address and another day leave the ids of earlier items as they were."""
    registry, history = read(repository)
    before = [one(item, "id") for item in elements(checked(feed(registry, history, HOME)), "entry")]
    repository.commit("2026-11-05T12:00:00Z", een=entry(seat="Wels"))
    registry, history = read(repository)
    later = replace(registry, today=date(2031, 1, 1))
    after = [one(item, "id") for item in elements(checked(feed(later, history, Settings())), "entry")]
    assert after[1:] == before


def test_the_feed_is_bounded(repository: Repository, read: Callable[[Repository], Made]) -> None:
    """Many entries at once are one item, and of many revisions only the newest are in the feed."""
    many = {f"n{number}": entry(f"Network {number}", f"N{number}") for number in range(30)}
    repository.commit("2026-11-05T12:00:00Z", **many)
    repository.commit("2026-11-06T12:00:00Z", **{id_: text.replace("Vienna", "Graz") for id_, text in many.items()})
    registry, history = read(repository)
    root = checked(feed(registry, history, HOME))
    titles = [one(item, "title") for item in elements(root, "entry")][:2]
    assert [title.partition(":")[0] for title in titles] == ["30 entries changed", "30 new entries"]
    assert all(title.endswith(" …") and len(title) <= 110 for title in titles)
    long = replace(history, revisions=tuple(_repeated(history)))
    assert len(elements(checked(feed(registry, long, HOME)), "entry")) == MOST


def _repeated(history: History) -> Iterator[Any]:
    for number in range(200):
        yield replace(history.revisions[-1], commit=f"{number:040x}")


def test_a_feed_without_news(read: Callable[[Repository], Made], repository: Repository) -> None:
    """Without a history the feed is valid and empty, and dated with the day of the build."""
    registry, _ = read(repository)
    root = checked(feed(registry, History(), HOME))
    assert elements(root, "entry") == []
    assert one(root, "updated") == "2026-11-24T00:00:00Z"


# The data


def test_the_data_tell_each_change(repository: Repository, read: Callable[[Repository], Made]) -> None:
    """The data hold every change with commit, moment, entry, kind, values and sentence; new entries by name alone."""
    registry, history = read(repository)
    data = json.loads(changes_text(history, registry.schema))
    assert (data["version"], data["licence"], data["complete"]) == (1, "CC0-1.0", True)
    kinds = [(change["date"][:10], change["entry"], change["kind"]) for change in data["changes"]]
    assert kinds == [
        ("2026-11-04", "een", "form-only"),
        ("2026-11-04", "sn", "claim-changed"),
        ("2026-11-04", "een", "claim-changed"),
        ("2026-11-01", "een", "entry-added"),
        ("2026-11-01", "sn", "entry-added"),
    ]
    changed, added = data["changes"][1], data["changes"][3]
    assert (changed["before"]["value"], changed["after"]["value"]) == ("Vienna", "Linz")
    assert changed["commit"] == history.revisions[0].commit
    assert added["name"] == "EEN"
    assert not {"before", "after"} & set(added)


def test_the_same_commit_gives_the_same_bytes(repository: Repository, read: Callable[[Repository], Made]) -> None:
    """Data, feed and pages depend on the commit alone, not on the day of the build or on what is not committed."""
    registry, history = read(repository)
    first = (changes_text(history, registry.schema), feed(registry, history, HOME))
    repository.git("repack", "-a", "-d", "--quiet")
    repository.write("draft", entry("Draft Network", "DN"))
    registry, history = read(repository)
    registry = replace(registry, today=date(2031, 1, 1))
    assert (changes_text(history, registry.schema), feed(registry, history, HOME)) == first


def test_the_built_data(site: Site, bare_site: Site) -> None:
    """The data file lies where the site says, and the address of the site makes no difference to it."""
    texts = [(built.folder / "api" / "v1" / "changes.json").read_bytes() for built in (site, bare_site)]
    assert texts[0] == texts[1]
    assert json.loads(texts[0])["changes"]


# Harmful texts


def harmful(tmp_path: Path, text: str) -> Repository:
    """A repository in whose older states a text stands that means harm."""
    made = Repository(tmp_path)
    words = json.dumps(text, ensure_ascii=False)
    made.commit("2026-11-01T12:00:00Z", een=entry(name=words, acronym=words, seat=words))
    made.commit("2026-11-02T12:00:00Z", een=entry(seat=words))
    made.commit("2026-11-03T12:00:00Z", een=entry(), gone=entry(name=words, acronym=words))
    made.commit("2026-11-04T12:00:00Z", gone=None)
    return made


def test_no_text_of_the_past_becomes_markup(tmp_path: Path, read: Callable[[Repository], Made]) -> None:
    """What older states said is shown as text, on pages and in the feed."""
    bad, good = (read(harmful(tmp_path / name, text)) for name, text in (("bad", HARMFUL), ("good", HARMLESS)))
    for path in ("changes/", "networks/een/"):
        shown, plain = pages(bad)[path], pages(good)[path]
        assert {node.tag for node in shown.walk()} <= {node.tag for node in plain.walk()} | {"ins", "del"}, path
        assert not [name for node in shown.walk() for name in node.attrs if name.startswith("on")], path
        assert "<script>alert(1)</script>" in shown.text, path
    for item in elements(checked(feed(*bad, HOME)), "entry"):
        content = parsed(one(item, "content"))
        assert {node.tag for node in content.walk()} <= {"", "ul", "li", "p", "strong", "code", "ins", "del"}


def test_signs_that_nobody_sees_are_shown(tmp_path: Path, read: Callable[[Repository], Made]) -> None:
    """A sign that turns the direction of text stands as its code, and signs that XML forbids do not break the feed."""
    registry, history = read(harmful(tmp_path / "bad", "Vien\u202ena \u2066 x"))
    page = pages((registry, history))["changes/"]
    assert "\u202e" not in page.text
    assert "‹U+202E›" in page.text
    checked(feed(registry, history, replace(HOME, name="A \u202e\u0001 name", publisher="\ufffe x")))


# Refused requests


REFUSED = (
    Refusal("It is a circle of private persons", "2026-11-24", name="Society of Detectives", acronym="SD", request=12),
    Refusal("That is the year of the second decision", "2026-11", entry="een", about="established", value="2009"),
    Refusal("The entry is gone", "2026", entry="lost", about="participants.counts", value="<b>12</b>", request=3),
)


def test_refused_requests_with_their_reasons(repository: Repository, read: Callable[[Repository], Made]) -> None:
    """Each refused request stands on the page with its day, what was asked, the reason and the request."""
    page = pages(read(repository), refused=REFUSED)["refused/"]
    assert [fact.one("dd").text for fact in page.all(cls="fact")] == [
        "Society of Detectives (SD) as a new entry It is a circle of private persons. Request 12",
        "EEN Established: “2009” That is the year of the second decision.",
        "lost Participants: Number: “<b>12</b>” The entry is gone. Request 3",
    ]
    assert texts(page, "dt") == ["24 November 2026", "November 2026", "2026"]
    links = [link.attrs["href"] for link in page.one("dl").all("a")]
    assert links == [f"{HOME.repo_url}issues/12", "../networks/een/", f"{HOME.repo_url}issues/3"]


def test_nothing_refused_yet(repository: Repository, read: Callable[[Repository], Made]) -> None:
    """Without refused requests, and without their file, the page says so."""
    assert read_refused(repository.root) == ()
    page = pages(read(repository), Settings())["refused/"]
    assert "No request has been refused yet." in page.text


def test_harmful_refusals(repository: Repository, read: Callable[[Repository], Made]) -> None:
    """Whatever a refused request said is shown as text."""
    made = read(repository)
    shapes = [
        shape(pages(made, refused=(Refusal(text, "2026", entry="een", about="seat", value=text),))["refused/"])
        for text in (HARMFUL, HARMLESS)
    ]
    assert shapes[0] == shapes[1]


def test_the_page_for_contributors_names_refused_requests(site: Site) -> None:
    """Who wants to suggest something finds what was refused before."""
    assert any(link.attrs["href"] == "../refused/" for link in site.page("contribute/").all("a"))


def test_moments_have_a_zone(repository: Repository, read: Callable[[Repository], Made]) -> None:
    """Every moment of the history is in Universal Time."""
    assert {one.when.tzinfo for one in read(repository)[1].revisions} == {UTC}


def test_withheld_changes_are_on_no_page_and_in_no_data(
    repository: Repository, read: Callable[[Repository], Made], schema: Schema
) -> None:
    """A name that was in an entry for a day is told by nothing that is published; that something is withheld, is."""
    repository.commit("2026-11-05T12:00:00Z", een=entry(seat="Jane Doe, Graz"))
    repository.commit("2026-11-06T12:00:00Z", een=entry(seat="Graz"))
    registry, whole = read(repository)
    history = whole.without({one.commit for one in whole.revisions[:2]})
    shown = pages((registry, history))
    everything = [page.raw_text for page in shown.values()] + [
        changes_text(history, schema),
        feed(registry, history, HOME),
    ]
    assert not [text for text in everything if "Jane" in text]
    assert "2 changes are not told here, since personal data were part of them." in shown["changes/"].text
    assert json.loads(changes_text(history, schema))["withheld"] == 2
    assert "personal data were part" not in pages((registry, whole))["changes/"].text


def test_a_source_that_is_only_listed_is_no_news(repository: Repository, read: Callable[[Repository], Made]) -> None:
    """It changes no statement, so no day, no log and no feed tells it."""
    before = read(repository)
    text = entry(seat="Graz")
    paper = text.partition("sources:\n")[2].replace("own", "zephyr")
    repository.commit("2026-11-05T12:00:00Z", een=f"{text}{paper}# a remark\n")
    after = read(repository)
    assert [change.kind for change in after[1].revisions[0].changes] == [Kind.LISTED_SOURCE_ADDED]
    days = [texts(pages(made)["changes/"], "h3") for made in (before, after)]
    assert days == [["4 November 2026", "1 November 2026"]] * 2
    assert "zephyr" not in feed(*after, HOME)


def test_a_comment_of_a_file_is_no_news(
    repository: Repository, read: Callable[[Repository], Made], schema: Schema
) -> None:
    """The data tell that the form changed, and nothing tells what the comments say."""
    repository.commit("2026-11-05T12:00:00Z", een=entry(seat="Graz") + "# a remark\n# told by zephyr\n")
    registry, history = read(repository)
    shown = [page.raw_text for page in pages((registry, history)).values()]
    assert not [
        text for text in [*shown, changes_text(history, schema), feed(registry, history, HOME)] if "zephyr" in text
    ]
    assert json.loads(changes_text(history, schema))["changes"][0]["kind"] == "form-only"
