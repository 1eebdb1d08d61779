"""The built pages: each statement with its source and its true age, and nothing that is not ours."""

from __future__ import annotations

import csv
import json
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.conftest import INVENTED
from tests.site.conftest import Site
from tests.site.dom import Node, addresses_in_css

Raw = Mapping[str, Any]

FACTS = (
    "participants.counts participants.countries leadership form status established ended tasks participants.kinds "
    "participants.range seat governance website contact identifiers"
).split()
"""Fields in the order in which a page tells them."""

MONTHS = "January February March April May June July August September October November December".split()
AGE = re.compile(r"(?:as of|last seen|last known,) (?:(?!as of)[^,;()])+|undated")


# Which pages there are


def test_a_page_for_each_entry(site: Site) -> None:
    """Each file of the registry has its page, also one that was withdrawn."""
    files = {file.stem for file in (INVENTED / "registry").glob("*.yaml")}
    assert {file.parent.name for file in (site.folder / "networks").glob("*/index.html")} == files


def test_pages_have_one_heading_and_a_title(site: Site) -> None:
    """Each page has one h1, a title of its own, a language and a description."""
    titles = []
    for name, page in site.pages():
        assert len(page.all("h1")) == 1, name
        assert page.one("html").attrs["lang"] == "en", name
        assert page.one("head").one("title").text, name
        titles.append(page.one("head").one("title").text)
        if name != "404.html":
            assert page.one("meta", name="description").attrs["content"], name
    assert len(set(titles)) == len(titles) - 1  # the page for wrong addresses has no title of its own


def test_ids_are_unique(site: Site) -> None:
    """No page uses an id twice, so that each anchor leads to one place."""
    for name, page in site.pages():
        ids = [node.attrs["id"] for node in page.walk() if "id" in node.attrs]
        assert len(ids) == len(set(ids)), name


def test_every_statement_has_an_address(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """The address that the data give a statement or a question leads to where its page tells it."""
    with (site.folder / "data/statements.csv").open(encoding="utf-8", newline="") as file:
        told = {row["claim"] for row in csv.DictReader(file)}
    told |= {
        f"{id_}#open_questions.{n}"
        for id_, raw in raw_entries.items()
        for n in range(len(raw.get("open_questions", ())))
    }
    ids = {f"{id_}#{node.attrs.get('id')}" for id_ in raw_entries for node in site.entry(id_).walk()}
    assert len(told) > 200
    assert told - ids == set()


def test_a_source_leads_to_what_rests_on_it(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """Each source in use has a link to each statement that cites it, and the statement has one back."""
    for id_ in raw_entries:
        page = site.entry(id_)
        by_id = {node.attrs.get("id"): node for node in page.walk()}
        for source in page.one("ol", "sources").all("li"):
            for link in [link for rest in source.all(cls="resting") for link in rest.all("a")]:
                statement = by_id[link.attrs["href"].removeprefix("#")]
                assert source.attrs["id"].removeprefix("source-") in cited(statement), f"{id_}: {link.text}"


# On whose word


def statements(page: Node) -> list[Node]:
    """The places on a page that state something: description, values, names, acts, ties and events."""
    answers = [answer for answer in page.one("dl", "head").all("div") if not answer.all(cls="unknown")]
    found = [*answers, *page.one(cls="summary").all("p")[:1]]
    for list_ in page.all(cls="items") + page.all(cls="timeline"):
        found += list_.all("li")
    return found + page.all(cls="claim")


def cited(statement: Node) -> list[str]:
    """The ids of the sources to which the footnotes of a statement lead."""
    links = [link for chip in statement.all(cls="chip") for link in chip.all("a")]
    return [link.attrs["href"].removeprefix("#source-") for link in links]


def test_every_statement_has_a_footnote_to_a_source_of_its_page(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """Whatever a page states leads to a source on it; names of some kinds and ties stated elsewhere need none."""
    for id_ in raw_entries:
        page = site.entry(id_)
        sources = {item.attrs["id"].removeprefix("source-") for item in page.one("ol", "sources").all("li")}
        for statement in statements(page):
            assert cited(statement) or _needs_no_source(statement), f"{id_}: {statement.text}"
            assert set(cited(statement)) <= sources, f"{id_}: {statement.text}"


def _needs_no_source(statement: Node) -> bool:
    aged = " ".join(node.text for node in statement.all(cls="aged"))
    if "elsewhere" in statement.classes:
        return bool(statement.all("a"))
    return statement.tag == "li" and aged.split(",")[0] in ("short name", "translation", "variant", "misspelling")


def test_every_value_of_the_file_is_shown_with_its_own_sources(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """Facts, names, acts, own ties and events: as many as in the file, in its order, each with the sources it has."""
    for id_, raw in raw_entries.items():
        page = site.entry(id_)
        assert all(claim is not None for _shown, claim in told(page, raw)), id_
        for anchor, items in (
            ("names", raw.get("other_names", [])),
            ("legal-basis", raw.get("legal_basis", [])),
        ):
            section = page.section(anchor)
            listed = section.one("ul", "items").all("li") if section else []
            assert [sorted(cited(item)) for item in listed] == [sorted(ids(item)) for item in items], id_
        own = [sorted(found) for item in _in_section(page, "relations", "claim") if (found := cited(item))]
        assert sorted(own) == sorted(sorted(ids(item)) for item in raw.get("relations", [])), id_
        history = page.section("history")
        events = history.one("ol").all("li") if history else []
        assert sorted(sorted(cited(item)) for item in events) == sorted(
            sorted(ids(item)) for item in raw.get("history", [])
        ), id_


def _in_section(page: Node, anchor: str, cls: str) -> list[Node]:
    section = page.section(anchor)
    return section.all(cls=cls) if section else []


def facts(raw: Raw, fields: Sequence[str] = FACTS) -> Iterator[Raw]:
    """The claims of a file in the order in which its page tells them, rivals after their headline."""
    for field in fields:
        block, _, key = field.rpartition(".")
        found = (raw.get(block, {}) if block else raw).get(key)
        for claim in found if isinstance(found, list) else [found] if found else []:
            yield claim
            yield from claim.get("other", [])


def told(page: Node, raw: Raw) -> Iterator[tuple[Node, Raw | None]]:
    """The values among the facts of a page, each with the claim of its file; None where that cites other sources.

    They stand in the order of the file, but for leadership, which begins with what is so today.
    """
    sources = {source["id"]: source for source in raw["sources"]}
    # What the answers at the top tell whole stands in no row below.
    whole = page.one("dl", "head").all(cls="told")
    first = [claim for answer in whole for claim in facts(raw, [answer.attrs["data-field"]])]
    left = [*first, *(claim for claim in facts(raw) if not any(claim is one for one in first))]
    for shown in [*whole, *_in_section(page, "facts", "claim")]:
        mine = [one for one in left if sorted(ids(one)) == sorted(cited(shown))]
        leads = [one for one in mine if _leads(one, raw) and _is_told(one, sources, shown.text)]
        claim = (
            leads[0] if left and _leads(left[0], raw) and leads else next((one for one in mine if one is left[0]), None)
        )
        if claim is not None:
            left.remove(claim)
        yield shown, claim
    assert not left


def _leads(claim: Raw, raw: Raw) -> bool:
    items = raw.get("leadership", [])
    return any(claim is one for item in items for one in (item, *item.get("other", [])))


def _is_told(item: Raw, sources: Mapping[str, Raw], text: str) -> bool:
    """Whether a text has the role of an item, and its age or its end."""
    dates = [evidence(item, sources), *(said(item[key]) for key in ("from", "until") if key in item)]
    return text.casefold().startswith(item["role"]) and any(when in text for when in dates)


def ids(item: Raw) -> list[str]:
    """The ids of the sources that something in a file cites, with or without the place in them."""
    return [one if isinstance(one, str) else one["id"] for one in item.get("sources", [])]


def test_a_tie_stated_elsewhere_is_proved_there(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """Where a page sends the reader to another page for the sources of a tie, that page has the tie with sources."""
    for id_ in raw_entries:
        for tie in _in_section(site.entry(id_), "relations", "claim"):
            if not cited(tie):
                other = _id_of(tie)
                assert any(item.get("target") == id_ for item in _ties(raw_entries[other])), id_


def _ties(raw: Raw) -> list[Raw]:
    """What ties the body of a file to others: relations, and the roles that others have in it."""
    return [*raw.get("relations", []), *raw.get("leadership", [])]


def test_numbers_of_footnotes_run_from_one(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """A reader meets the numbers in order: the first footnote is 1, and each new one the next."""
    for id_ in raw_entries:
        page = site.entry(id_)
        met = [int(link.text) for chip in page.all(cls="chip") for link in chip.all("a")]
        assert list(dict.fromkeys(met)) == list(range(1, len(set(met)) + 1)), id_
        listed = [int(item.attrs["value"]) for item in page.one("ol", "sources").all("li")]
        assert listed == list(range(1, len(listed) + 1)), id_


def test_sources_are_shown_whole(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """Each source of a file is on the page with its title, author, address, date and the server of a copy."""
    for id_, raw in raw_entries.items():
        items = {
            item.attrs["id"].removeprefix("source-"): item for item in site.entry(id_).one("ol", "sources").all("li")
        }
        assert set(items) == {source["id"] for source in raw["sources"]}, id_
        for source in raw["sources"]:
            item = items[source["id"]]
            for part in (source["title"], source["author"], source.get("copy_by", ""), source.get("url", "")):
                assert " ".join(part.split()) in item.text, f"{id_}: {source['id']}"
            day = source.get("published") or source.get("statement", {}).get("date")
            dated = said(day) if day else "undated"
            assert f", {dated}" in item.one(cls="aged").text, f"{id_}: {source['id']}"
            if source.get("url"):
                leads_to = [source["url"], *([source["archive"]["url"]] if "archive" in source else [])]
                assert [link.attrs["href"] for link in item.all("a", rel="external")] == leads_to, id_


# How old


def said(date: str) -> str:
    """A date in words, written without the package: the point of the test is to say it a second time."""
    if "/" in date:
        start, end = date.split("/")
        if not start:
            return f"by {said(end)}"
        first, last = said(start).split(), said(end).split()
        while len(first) > 1 and len(first) == len(last) and first[-1] == last[-1]:
            first, last = first[:-1], last[:-1]  # both in one month, or one year
        return f"{' '.join(first)} to {said(end)}"
    about = "about " if date.endswith(("~", "%")) else ""
    uncertain = " (uncertain)" if date.endswith(("?", "%")) else ""
    year, *rest = date.rstrip("~?%").split("-")
    words = [MONTHS[int(rest[0]) - 1], year] if rest else [year]
    if len(rest) == 2:
        words.insert(0, str(int(rest[1])))
    return f"{about}{' '.join(words)}{uncertain}"


def evidence(claim: Raw, sources: Mapping[str, Raw]) -> str:
    """The date of the evidence in words, from the file: as_of, else the newest day of a source, or undated."""
    if "as_of" in claim:
        return said(claim["as_of"])
    dated = [{**sources[id_].get("statement", {}), **sources[id_]} for id_ in ids(claim)]
    published = [day for source in dated if (day := source.get("published") or source.get("date"))]
    return said(max(published, key=_last_day)) if published else "undated"


def _last_day(date: str) -> str:
    """The last day that a date may mean, as far as comparing needs it."""
    return f"{date.rpartition('/')[2].rstrip('~?%')}-99-99"[:10]


def ages(node: Node) -> list[str]:
    """The ages that the small print of a part of a page states."""
    small = [part for part in node.walk() if "aged" in part.classes]
    return [match.strip() for part in small for match in AGE.findall(part.text)]


def test_no_age_without_a_source(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """Each age on the page of an entry is the one that its file gives for that very statement."""
    for id_, raw in raw_entries.items():
        page, sources = site.entry(id_), {source["id"]: source for source in raw["sources"]}
        for shown, claim in told(page, raw):
            assert claim is not None
            found, true = ages(shown), evidence(claim, sources)
            expected = [true] if true == "undated" else [f"as of {true}"]
            held = [f"last known, {true}"] if _leads(claim, raw) else expected
            seen = [f"last seen {true}"] if claim is raw["status"] else expected
            assert found in ([], expected, held, seen), f"{id_}: {shown.text}"
            assert found or not _tells_age(claim, raw), f"{id_}: {shown.text}"


def _tells_age(claim: Raw, raw: Raw) -> bool:
    """Whether a page must tell how old the evidence is: not of moments, numbers in registers, values with a period."""
    moments = [raw.get(key) for key in ("established", "ended")]
    if any(claim is moment or claim in moment.get("other", []) for moment in moments if moment):
        return False
    return "scheme" not in claim and ("as_of" in claim or not ("from" in claim or "until" in claim))


def test_no_age_of_a_tie_without_a_source(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """The age of a tie is the as_of of that relation, on both of its pages."""
    for id_, raw in raw_entries.items():
        own = list(raw.get("relations", []))
        theirs = [tie for other in raw_entries.values() for tie in _ties(other) if tie.get("target") == id_]
        allowed = {f"as of {said(tie['as_of'])}" for tie in [*own, *theirs] if "as_of" in tie} | {"undated"}
        section = site.entry(id_).section("relations")
        assert {age.rstrip(":") for age in (ages(section) if section else [])} <= allowed, id_


def test_the_head_tells_when_a_network_was_last_seen(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """The head of a page says last seen only with the date of the evidence for the status."""
    for id_, raw in raw_entries.items():
        true = evidence(raw["status"], {source["id"]: source for source in raw["sources"]})
        status = site.entry(id_).one("dl", "head").all("div")[0]
        assert status.one("dt").text == "Status"
        assert ages(status) in ([], [true], [f"last seen {true}"], [f"as of {true}"]), id_
        if raw["status"]["value"] in ("active", "dormant", "unknown"):
            assert ages(status), id_


def test_nowhere_else_an_age(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """Outside facts, ties, the head and the sources no small print of a page states an age."""
    for id_ in raw_entries:
        page = site.entry(id_)
        for anchor in ("names", "legal-basis", "history", "questions", "cite", "correct"):
            section = page.section(anchor)
            assert not (section and ages(section)), f"{id_}: {anchor}"
        assert "as of" not in page.one(cls="cite").text


def test_lists_tell_the_true_age(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """Lists and the table say last seen or undated only where the file does, with its date."""
    rows = {_id_of(row): row.all("td")[0] for row in site.page("networks/").one("tbody").all("tr")}
    lines = {_id_of(line): line.one(cls="line__status") for line in site.page("form/").all("li", "line")}
    for id_, raw in raw_entries.items():
        true = evidence(raw["status"], {source["id"]: source for source in raw["sources"]})
        for place in (rows[id_], lines[id_]):
            found = AGE.findall(place.text)
            assert all(match.split("(")[0].strip().startswith((f"last seen {true}", true)) for match in found), id_


def _id_of(place: Node) -> str:
    return urlsplit(place.all("a")[0].attrs["href"]).path.rstrip("/").rpartition("/")[2]


# Who takes part, who leads, and where it stands


def test_countries_are_named(site: Site) -> None:
    """Each account of who takes part names its role, its sets with what they come to, and whether it is the whole."""
    enlip = site.entry("enlip").section("facts")
    assert enlip
    assert "Members Belgium, France and Poland" in enlip.text
    assert "Members EU states of 1995 to April 2004, except Greece; also Switzerland" in enlip.text
    assert "the whole list, as of 2003" in enlip.text
    assert "15 countries: Austria, Belgium, Denmark," in enlip.text


def test_leadership_is_told_in_its_tense(site: Site) -> None:
    """What is so today comes first, what was so says so, a rule stands in words, and who leads has a link."""
    enlip = site.entry("enlip").section("facts")
    assert enlip
    led = [claim.text for claim in enlip.all(cls="claim") if claim.text.startswith(("Chair", "Secretariat", "Host"))]
    assert [text.split()[0] for text in led] == ["Chair", "Secretariat", "Secretariat", "Host"]
    assert led[0].startswith("Chair Belgium, Harbour Police, in turns")
    assert "last known, 2012, 14 years ago" in led[3]
    assert "Lead the Council presidency chair" in site.entry("kcwp").one("dl", "head").text
    assert {"../../countries/be/", "../../bodies/europier/"} <= {link.attrs["href"] for link in enlip.all("a")}


def test_a_role_in_another_body_is_told_on_both_pages(site: Site) -> None:
    """Whoever runs the secretariat of a network has that among its related bodies, with a link to the facts."""
    section = site.entry("europier").section("relations")
    assert section
    (row,) = [row for row in section.all("tr") if row.text.startswith("ENLIP")]
    assert "runs the secretariat of" in [cell.attrs.get("data-label") for cell in row.all("td")]
    assert "../../networks/enlip/#facts" in [link.attrs["href"] for link in section.all("a")]


def test_footnotes_tell_where_in_a_source(site: Site) -> None:
    """The place in a source stands at the number of the source, and in the list with what it is cited for."""
    page = site.entry("enlip")
    titles = [link.attrs["title"] for chip in page.all(cls="chip") for link in chip.all("a")]
    assert any(", page 7, table. " in title for title in titles)
    assert "Where: page 7, table (countries)." in page.one("ol", "sources").text


def test_questions_tell_whether_anybody_has_looked(site: Site) -> None:
    """A question says when which sources were read again for it; where none was, the page says so once."""
    looked, not_looked = (site.entry(id_).section("questions") for id_ in ("enlip", "lantern-group"))
    assert looked
    assert not_looked
    assert "Looked at on 20 November 2026, to page 9 " in looked.text
    assert "Where no day is given, we have not looked yet." in looked.text
    assert "We have not looked for the answers yet." in not_looked.text


# Numbers


def test_counts_on_the_landing_page(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """The figures of the front door are what counting the files gives."""
    statuses = Counter(raw["status"]["value"] for raw in raw_entries.values())
    sources = [source for raw in raw_entries.values() for source in raw["sources"]]
    found = doors(site)
    assert found["networks in one table"] == len(raw_entries)
    assert found["statements, each with its source"] == sum(
        len(list(_source_lists(raw))) for raw in raw_entries.values()
    )
    assert found["open questions"] == sum(len(raw.get("open_questions", [])) for raw in raw_entries.values())
    assert found["of unknown status"] == statuses["unknown"]
    assert found["merged, replaced, ended"] == statuses["merged"] + statuses["replaced"] + statuses["ended"]
    assert found["sources"] == len(sources)
    assert found["sources read live so far"] == sum(map(_is_live, sources))
    (over,) = [row for row in site.page().one("dl", "counts").all("dd") if row.text == "merged, replaced, ended"]
    assert [link.attrs["href"].partition("?status=")[2] for link in over.all("a")] == ["merged", "replaced", "ended"]


def _is_live(source: Raw) -> bool:
    """Whether somebody opened it at its address; a letter to us has none."""
    return source["read"]["how"] == "live" and "statement" not in source


def doors(site: Site) -> dict[str, int]:
    """The figures of the front door by their words."""
    rows = site.page().one("dl", "counts").all("div")
    return {row.one("dd").text: int(row.one("dt").text.replace(",", "")) for row in rows}


def test_what_was_read_live_is_said_once_for_all(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """Front door and gaps say in the same words how many sources were read live, and gaps which networks have none."""
    live = [_is_live(source) for raw in raw_entries.values() for source in raw["sources"]]
    said = f"Of {len(live)} sources {sum(live)} were read live; the others are copies that others stored, or letters"
    assert said in site.page().text
    assert said in site.page("gaps/").text
    none = [raw for raw in raw_entries.values() if not any(map(_is_live, raw["sources"]))]
    figures = site.page("gaps/").section("figures")
    assert figures
    assert f"Nothing read live{len(none)} of {len(raw_entries)} networks" in figures.text


def test_seen_on_the_landing_page(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """The number of networks seen since a year counts active ones whose evidence is of that year or a later one."""
    ((words, seen),) = [(words, number) for words, number in doors(site).items() if "seen since" in words]
    year = int(words.rpartition(" ")[2])
    assert year == site.today.year - 3 - (site.today.timetuple().tm_yday <= 3)
    assert seen == sum(_last_year(raw) >= year for raw in raw_entries.values() if raw["status"]["value"] == "active")


def _last_year(raw: Raw) -> int:
    true = evidence(raw["status"], {source["id"]: source for source in raw["sources"]})
    return max(map(int, re.findall("[0-9]{4}", true)), default=0)


def _source_lists(raw: Any) -> Iterator[list[str]]:
    if isinstance(raw, dict):
        own = raw.get("sources", [])
        if own and not (isinstance(own[0], dict) and "title" in own[0]):
            yield own
        for key, value in raw.items():
            if key != "checked":  # where nothing was found
                yield from _source_lists(value)
    elif isinstance(raw, list):
        for value in raw:
            yield from _source_lists(value)


def test_groups_and_topics_on_the_landing_page(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """The number beside a group or a topic is how many networks stand where its link leads, and in the files."""
    for name in ("groups", "topics"):
        part = site.page().section(name)
        assert part
        for item in part.all("li"):
            link, number = item.one("a"), int(item.one(cls="figure").text)
            path, _, anchor = link.attrs["href"].partition("#")
            heading = site.page(path).one("h2", id=anchor)
            section = heading.parent and heading.parent.parent
            assert section
            shown = {_id_of(line) for line in section.all("li", "line")}
            assert shown == {id_ for id_, raw in raw_entries.items() if anchor in [raw["group"], *raw["topics"]]}
            assert len(shown) == number


def test_countries_on_the_landing_page(site: Site) -> None:
    """The number beside a country is the one on the page of all countries, and on its own."""
    part = site.page().section("countries")
    assert part
    rows = {row.one("a").text: row.all("td")[0].text for row in site.page("countries/").all("tr") if row.all("td")}
    for item in part.all("li"):
        link, number = item.one("a"), item.one(cls="figure").text
        assert rows[link.text] == number
        assert f"takes or took part in {number} of" in site.page(link.attrs["href"]).one(cls="lead").text


def test_the_table_has_a_row_for_each_network(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """Sorted by short name; each letter that leads somewhere leads to the first row that begins with it."""
    page = site.page("networks/")
    rows = page.one("tbody").all("tr")
    assert sorted(map(_id_of, rows)) == sorted(raw_entries)
    names = [row.one("a").text.casefold() for row in rows]
    assert names == sorted(names)
    for link in page.one("nav", "letters").all("a"):
        first = next(row for row in rows if row.one("a").text.upper().startswith(link.text))
        assert first.attrs["id"] == link.attrs["href"].removeprefix("#")


def test_the_newest_turns_on_the_landing_page(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """The front door tells the five newest turns in the life of networks, the latest first, and none to come."""
    shown = [(_id_of(row), row.one("dt").text) for row in site.page().one("dl", "lately").all("div")]
    turns = ("founded", "started-work", "renamed", "became-legal-person", "legal-act-replaced", "merged", "ended")
    told = [
        (event["date"], id_)
        for id_, raw in raw_entries.items()
        for event in raw.get("history", [])
        if event["event"] in turns and _last_day(event["date"]) <= f"{site.today.isoformat()}-99"
    ]
    wanted = [(id_, said(date)) for date, id_ in sorted(told, key=lambda turn: _last_day(turn[0]), reverse=True)]
    assert shown == wanted[:5]


def test_tables_of_the_method_count_the_registry(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """The numbers in each table of criteria add up to the networks that have such a value."""
    page = site.page("method/")
    for anchor, having in (
        ("group", len(raw_entries)),
        ("form", len(raw_entries)),
        ("range", sum("range" in raw.get("participants", {}) for raw in raw_entries.values())),
        ("status", len(raw_entries)),
    ):
        section = page.section(f"scale-{anchor}")
        assert section
        assert sum(int(row.all("td")[-1].text) for row in section.one("tbody").all("tr")) == having, anchor


def test_gaps_show_every_question(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """Each open question of each file stands on the page of gaps and on the page of its network."""
    asked = sum(len(raw.get("open_questions", [])) for raw in raw_entries.values())
    assert sum(len(list_.all("li")) for list_ in site.page("gaps/").all(cls="questions")) == asked
    for id_, raw in raw_entries.items():
        assert len(_in_section(site.entry(id_), "questions", "invite")) == len(raw.get("open_questions", [])), id_


# Where links lead


def test_editing_opens_the_file_of_the_entry(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """The edit links of a page lead to the file behind it at the code host."""
    for id_ in raw_entries:
        edits = [link for link in site.entry(id_).all("a") if link.text.startswith(("Edit this", "edit this"))]
        wanted = f"https://github.com/example/registry/edit/main/registry/{id_}.yaml"
        assert len(edits) >= 2, id_
        assert {link.attrs["href"] for link in edits} == {wanted}, id_


def test_hand_written_pages_open_their_own_file(site: Site) -> None:
    """The edit link of a hand-written page leads to its Markdown."""
    (edit,) = [link for link in site.page("method/").all("a") if link.text == "Edit this page"]
    assert edit.attrs["href"] == "https://github.com/example/registry/edit/main/docs/method.md"


def test_correcting_leads_to_a_request_with_its_title(site: Site) -> None:
    """From the page of an entry one comes to requests that name the entry and what is to be corrected."""
    section = site.entry("lantern-group").section("correct")
    assert section
    assert section.all("a")[0].attrs["href"] == "correct/"
    links = [link.attrs["href"] for link in site.page("networks/lantern-group/correct/").all("a")]
    requests = [href for href in links if href.startswith("https://github.com/example/registry/issues/new?")]
    assert requests
    assert all("Lantern Group" in parse_qs(urlsplit(href).query)["title"][0] for href in requests)


def test_each_page_is_cited_by_its_address(site: Site) -> None:
    """The identifier of an entry is the address of its page, which is also its canonical one."""
    page = site.entry("enlip")
    wanted = "https://example.org/reg/networks/enlip/"
    assert wanted in page.one(cls="cite").text
    assert page.one("link", rel="canonical").attrs["href"] == wanted


def test_the_contact_is_where_people_write(site: Site) -> None:
    """The page on contributing names the contact; its forms are tested with the guide."""
    links = {link.attrs.get("href") for link in site.page("contribute/").all("a")}
    assert "mailto:registry@example.org" in links


def test_without_settings_nothing_leads_nowhere(bare_site: Site) -> None:
    """Before the site has a home no page links to a repository, an editor or a mailbox, and no link is empty."""
    for name, page in bare_site.pages():
        for link in page.all("a"):
            href = link.attrs.get("href", "")
            assert href, f"{name}: {link.text}"
            own = href == "mailto:office@piers.example"  # of a body, not of the registry
            assert own or not re.search(r"^mailto:|/issues/new|/edit/|None", href), f"{name}: {href}"
            assert "dit this" not in link.text, f"{name}: {link.text}"
        assert not page.all("link", rel="canonical"), name


def test_links_to_elsewhere_stand_in_the_file(bare_site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """The page of an entry leads to no other site than its file does, and to each address that its file gives."""
    for id_ in raw_entries:
        links = {link.attrs["href"] for link in bare_site.entry(id_).all("a")}
        assert {href for href in links if urlsplit(href).scheme} == set(_addresses(raw_entries[id_])), id_


def _addresses(raw: Raw) -> Iterator[str]:
    for found in filter(None, (raw.get("website"), raw.get("contact"))):
        for claim in [found, *found.get("other", [])]:
            yield claim["value"] if "://" in claim["value"] else f"mailto:{claim['value']}"
    yield from (source["archive"]["url"] for source in raw["sources"] if "archive" in source)
    yield from (source["url"] for source in raw["sources"] if "url" in source)


def test_without_settings_ids_are_names(bare_site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """Before the site has an address an entry is cited by a name that needs none."""
    for id_ in raw_entries:
        assert f"urn:netreg:{id_}." in bare_site.entry(id_).one(cls="cite").text


def test_without_settings_the_reader_still_can_answer(bare_site: Site) -> None:
    """The page on contributing then offers the text to copy and says that there is no address yet."""
    page = bare_site.page("contribute/")
    assert "no public address for forms yet" in page.one("article").text
    assert "no mailbox yet" in page.one("article").text
    assert "Where others can read it:" in page.one("article").text


# Nothing from other hosts


LOADING = {
    "script": "src",
    "img": "src",
    "source": "src",
    "iframe": "src",
    "embed": "src",
    "object": "data",
    "video": "src",
    "audio": "src",
    "input": "src",
}
"""Elements that make a browser load something, by the attribute that says what."""

LINKS_THAT_LOAD = {
    "stylesheet",
    "icon",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "modulepreload",
    "manifest",
}


def test_pages_load_nothing_from_elsewhere(site: Site, bare_site: Site) -> None:
    """Scripts, styles, pictures and icons come from the site itself."""
    for name, page in site.pages():
        for address in _loaded(page):
            assert _is_own(address, "https://example.org/reg/"), f"{name}: {address}"
    for name, page in bare_site.pages():
        for address in _loaded(page):
            assert _is_own(address, "/"), f"{name}: {address}"


def _loaded(page: Node) -> Iterator[str]:
    for node in page.walk():
        if LOADING.get(node.tag, "") in node.attrs:
            yield node.attrs[LOADING[node.tag]]
        if node.tag == "link" and LINKS_THAT_LOAD & set(node.attrs.get("rel", "").split()):
            yield node.attrs["href"]
        yield from addresses_in_css(node.attrs.get("style", ""))
        if node.tag == "style":
            yield from addresses_in_css(node.raw_text)


def _is_own(address: str, own: str) -> bool:
    parts = urlsplit(address)
    relative = not parts.scheme and not parts.netloc
    return relative or parts.scheme == "data" or (own.startswith("https:") and address.startswith(own))


def test_style_sheets_load_nothing_from_elsewhere(site: Site) -> None:
    """Fonts and pictures in style sheets are files of the site."""
    for sheet in sorted(site.folder.rglob("*.css")):
        for address in addresses_in_css(sheet.read_text(encoding="utf-8")):
            assert _is_own(address, "/"), f"{sheet.name}: {address}"
            if not address.startswith(("data:", "#")):
                assert (sheet.parent / urlsplit(address).path).is_file(), f"{sheet.name}: {address}"


def test_each_font_has_its_licence(site: Site) -> None:
    """The licence of each family of fonts lies beside it."""
    fonts = site.folder / "assets" / "netreg" / "fonts"
    families = {re.match("[a-z]+-[a-z]+-[0-9]", file.name) for file in fonts.glob("*.woff2")}
    names = {match[0] for match in families if match}
    assert names
    assert {f"LICENSE-{name}.txt" for name in names} == {file.name for file in fonts.glob("LICENSE*")}


# What others see of a page, and what a browser lets it do


def test_nothing_stands_inline(site: Site, bare_site: Site) -> None:
    """Under the policy that each page brings, nothing on it is refused: no style, no handler, no script but hashed."""
    for name, page in [*site.pages(), *bare_site.pages()]:
        head = [node for node in page.one("head").children if isinstance(node, Node)]
        assert head[0].attrs.get("http-equiv") == "Content-Security-Policy", name
        policy = head[0].attrs["content"]
        assert policy.startswith("default-src 'self'"), name
        for node in page.walk():
            assert node.tag != "style", name
            assert not [key for key in node.attrs if key == "style" or key.startswith("on")], f"{name}: {node.attrs}"
            if node.tag == "script" and "src" not in node.attrs and node.attrs.get("type") != "application/ld+json":
                digest = b64encode(sha256(node.raw_text.encode()).digest()).decode()
                assert f"'sha256-{digest}'" in policy, name


def test_a_pasted_link_says_what_it_leads_to(site: Site) -> None:
    """Each page has a title and a line of its own for programs that show links; an entry says whether it is alive."""
    lines = []
    for name, page in site.pages():
        title, line = (page.one("meta", property=f"og:{key}").attrs["content"] for key in ("title", "description"))
        assert page.one("head").one("title").text.startswith(" ".join(title.split())), name
        lines += [] if name == "404.html" or page.all("meta", name="robots") else [line]
    assert len(set(lines)) == len(lines)
    enlip = site.entry("enlip").one("meta", property="og:description").attrs["content"]
    assert enlip.endswith("Active, last seen February 2026.")
    assert site.entry("enlip").one("meta", property="og:url").attrs["content"].endswith("/reg/networks/enlip/")


def test_machines_read_who_the_body_is(site: Site, bare_site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """Where the site has an address, a page tells programs the names, the website and the address of the body."""
    for id_, raw in raw_entries.items():
        (block,) = site.entry(id_).all("script", type="application/ld+json")
        told = json.loads(block.raw_text)
        assert told["name"] == raw["name"]
        assert told["@id"] == f"https://example.org/reg/networks/{id_}/"
        assert told.get("url") == raw.get("website", {}).get("value")
        assert not bare_site.entry(id_).all("script", type="application/ld+json")


def test_papers_of_the_house_are_not_offered(site: Site, project: Path) -> None:
    """What only its keepers need is in no menu, no foot and no list of pages, and asks search engines to pass by."""
    sitemap = (site.folder / "sitemap.xml").read_text(encoding="utf-8")
    papers = ["going-live", "hand-over", "upkeep", "architecture", "schema-changes", "review"]
    papers += [f"decisions/{file.stem}" for file in (project / "docs" / "decisions").glob("*.md")]
    around = [*site.page().one("header", "reg-header").all("a"), *site.page().one("footer").all("a")]
    for paper in papers:
        assert site.page(f"{paper}/").one("meta", name="robots").attrs["content"] == "noindex", paper
        assert f"/{paper}/" not in sitemap
        assert not [link for link in around if paper in link.attrs["href"]]
    assert "/method/" in sitemap


def test_the_table_counts_countries_as_their_pages_do(site: Site) -> None:
    """The choice of a country tells as many networks as the page over all countries, and as many rows have its code."""
    table = site.page("networks/")
    rows = [
        row.attrs["data-country"].split() for row in table.one("table", "all").all("tr") if "data-country" in row.attrs
    ]
    told = [
        (row.one("th").text, int(row.all("td")[0].text))
        for part in site.page("countries/").all("table", "told__rows--figures")
        for row in part.one("tbody").all("tr")
    ]
    (choice,) = [one for one in table.all("select") if one.attrs["name"] == "country"]
    options = [one for one in choice.all("option") if one.attrs["value"]]
    assert len(options) > 10
    for option in options:
        name, _, number = option.text.removesuffix(")").rpartition(" (")
        assert (name, int(number)) in told
        assert sum(option.attrs["value"] in codes for codes in rows) == int(number)
    assert len(options) == sum(number > 0 for _, number in told)


def test_all_forms_of_an_entry_stand_beside_it(site: Site, raw_entries: Mapping[str, Raw]) -> None:
    """Beside an entry stand the links to its twins, and each is there."""
    for id_ in raw_entries:
        links = {link.text: link.attrs["href"] for link in site.entry(id_).one("aside").all("a")}
        for words in ("JSON", "Markdown", "Atom feed of its changes"):
            assert (site.folder / f"networks/{id_}" / links[words]).resolve().is_file(), (id_, words)


def test_nobody_told_is_the_same_number_everywhere(site: Site) -> None:
    """As many networks have no leadership by the gaps page as nobody has told us of on the page of who leads."""
    (gap,) = [row for row in site.page("gaps/").all(cls="fact") if row.one("dt").text == "No leadership"]
    silent = site.page("leads/").section("not-known")
    assert silent
    assert gap.one(cls="value").text.split()[0] == silent.one("h2").one(cls="aged").text
