"""Understanding: what people write, and the value that it is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netreg.contribute.parse.fact_value import own_form, shown
from netreg.contribute.parse.facts import fact_of, fact_words, facts
from netreg.contribute.parse.references import address_of, addresses_in, beside, documents_in
from netreg.contribute.parse.values import count_of, countries_of, language_of, term_of, terms_of
from netreg.contribute.parse.written_dates import date_of, moment_of
from netreg.core.dates import parse
from netreg.core.schema import Schema


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2008", "2008"),
        ("2008-07-02", "2008-07-02"),
        ("2 July 2008", "2008-07-02"),
        ("2nd July 2008.", "2008-07-02"),
        ("July 2, 2008", "2008-07-02"),
        ("Sept 2010", "2010-09"),
        ("2.7.2008", "2008-07-02"),
        ("28/07/2008", "2008-07-28"),
        ("07/28/2008", "2008-07-28"),
        ("about 2008", "2008~"),
        ("c. 2008", "2008~"),
        ("in 2010", "2010"),
        ("by July 2015", "/2015-07"),
        ("between 2008 and 2011", "2008/2011"),
        ("2013–2015", "2013/2015"),
        ("from July 2008 to March 2009", "2008-07/2009-03"),
        ("“2008”", "2008"),
        ("02/07/2008", ""),
        ("1985/..", "1985/.."),
        ("1985/", "1985/"),
        ("2008 ...", "2008"),
        ("00/00/2008", ""),
        ("0 May 2008", ""),
        ("02/02/2008", "2008-02-02"),
        ("2-2-2008", "2008-02-02"),
        ("12/12/2008", "2008-12-12"),
        ("12/11/2008", ""),
        ("13/12/2008", "2008-12-13"),
        ("12/13/2008", "2008-12-13"),
        ("31 February 2010", ""),
        ("2008 or 2009", ""),
        ("1993 and 1995", ""),
        ("12 mars 2021", "2021-03-12"),
        ("12. März 2021", "2021-03-12"),
        ("3 de octubre 2020", "2020-10-03"),
        ("listopad 2020", ""),
        ("2011-2008", ""),
        ("1 May", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_dates(said: str, date: str) -> None:
    """As exact as what is said; what reads two ways is not understood."""
    assert date_of(said) == date


@given(st.text(max_size=40))
def test_what_is_understood_as_a_date_is_one(said: str) -> None:
    """Whatever is said."""
    when = date_of(said)
    assert when == "" or parse(when).text == when


@pytest.mark.parametrize(
    ("said", "number", "qualifier", "unit"),
    [
        ("27 Member States", 27, "", "states"),
        ("1,200 persons", 1200, "", "persons"),
        ("1 200 persons", 1200, "", "persons"),
        ("64 contact points", 64, "", "contact-points"),
        ("1 centre", 1, "", "centres"),
        ("41", 41, "", ""),
        ("about 30 countries", 30, "about", "states"),
        ("more than 30", 30, "more-than", ""),
        ("73 organisations from 39 countries", 0, "", ""),
        ("seventy", 0, "", ""),
        ("27 EU Member States.", 27, "", "states"),
        ("27 EU Member States in total.", 0, "", ""),
        ("all 27 states", 0, "", ""),
        ("1 country", 1, "", "states"),
        ("123456789 states", 0, "", ""),
        ("73 members", 73, "", ""),
        ("1.5 million police officers", 0, "", ""),
        ("> 40", 0, "", ""),
        ("70+", 70, "more-than", ""),
        ("73 institutes", 0, "", ""),
        ("27?", 0, "", ""),
        ("30% of states", 0, "", ""),
        ("rund 20 Mitglieder", 0, "", ""),
        ("at least 30 Member States", 30, "at-least", "states"),
        ("nearly 1,200 persons", 1200, "about", "persons"),
        ("up to 40 centres", 40, "at-most", "centres"),
        ("over 70+ centres", 0, "", ""),
        ("not more than 30", 0, "", ""),
        ("some of the 27 states", 0, "", ""),
        ("27 forces, not states", 0, "", ""),
        ("the member states send 74 institutes", 0, "", ""),
        ("27 states, Denmark does not take part", 0, "", ""),
    ],
)
def test_numbers(said: str, number: int, qualifier: str, unit: str, schema: Schema) -> None:
    """One number, with what qualifies it and the unit beside it."""
    assert count_of(said, schema.terms("unit")) == (number, qualifier, unit)


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("Active", "active"),
        ("actve", None),
        ("still active", None),
        ("Active, dormant", None),
        ("“Dormant”.", "dormant"),
        ("alive and kicking", None),
        ("inactive", None),
        ("deactive", None),
        ("not active", None),
        ("", None),
    ],
)
def test_terms(said: str, term: str | None, schema: Schema) -> None:
    """By title or word, and by nothing else."""
    found = term_of(said, schema.terms("status"))
    assert (found.value if found else None) == term


def test_lists_of_terms(schema: Schema) -> None:
    """With commas, line ends or and; what is no term is told."""
    terms, strange = terms_of(
        "States, police and customs\nBorder and coast guards, wizards", schema.terms("participant_kind")
    )
    assert [term.value for term in terms] == ["states", "police", "customs", "border-and-coast-guards"]
    assert strange == ["wizards"]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (
            "see [x](https://enfsi.eu/a_(b)). And https://a.example/c,",
            ["https://enfsi.eu/a_(b)", "https://a.example/c"],
        ),
        ("<HTTPS://A.example/>", ["https://A.example/"]),
        ("https://a.example https://a.example", ["https://a.example"]),
        ("https://www.enfsi.eu<https://www.enfsi.eu/>", ["https://www.enfsi.eu"]),
        ("see www.enfsi.eu/about, p. 3", ["https://www.enfsi.eu/about"]),
        ("https://a.example/x;https://b.example/y", ["https://a.example/x", "https://b.example/y"]),
        ("“https://a.example/x”…", ["https://a.example/x"]),
        ("[https://a.example/x](https://a.example/x)", ["https://a.example/x"]),
        (
            "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fx%3Fy%3D1&data=05%7C01&r=0",
            ["https://a.example/x?y=1"],
        ),
        ("javascript:alert(1) ftp://a.example data:text/html,x", []),
    ],
)
def test_addresses(said: str, found: list[str]) -> None:
    """Of the web only, without the punctuation around them."""
    assert addresses_in(said) == found


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("www.enfsi.eu/about", "https://www.enfsi.eu/about"),
        ("https://enfsi.eu", "https://enfsi.eu"),
        ("https://enfsi.eu (the new one)", ""),
        ("our site", ""),
        ("statutes-2024.pdf", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_one_address(said: str, address: str) -> None:
    """Also as people say it, without its scheme."""
    assert address_of(said) == address


def test_document_numbers() -> None:
    """Each by the register that knows it; numbers inside addresses do not count."""
    said = "Council doc. 17559/11, 32009D0902, COM(2012) 717, BT-Drs. 17/1234; https://a.example/12345/11"
    assert documents_in(said) == [
        ("celex", "32009D0902"),
        ("commission", "COM(2012) 717"),
        ("council", "17559/11"),
        ("bundestag", "BT-Drs. 17/1234"),
    ]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("ST 11834/2/19 REV 2", ["ST 11834/2/19 REV 2"]),
        ("9999/08", ["9999/08"]),
        ("annual report 2023/24", []),
        ("annual report 2022/2023", []),
        ("Az. 12345/20", []),
        ("doi:10.1000/182", []),
        ("phone 0800/1234", []),
        ("Decision 2009/902/JHA", []),
    ],
)
def test_numbers_of_council_documents(said: str, found: list[str]) -> None:
    """And nothing else that is written with a stroke."""
    assert [number for kind, number in documents_in(said) if kind == "council"] == found


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("Regulation (EU) 2016/794", "32016R0794"),
        ("Regulation (EC) No 2007/2004", "32004R2007"),
        ("Directive 95/46/EC", "31995L0046"),
        ("Council Framework Decision 2002/584/JHA", "32002F0584"),
        ("Council Decision 2001/427/JHA of 28 May 2001", "32001D0427"),
    ],
)
def test_acts_of_the_union_are_known_by_their_words(said: str, number: str) -> None:
    """As officials cite them; the number follows from kind, year and number alone."""
    assert documents_in(said) == [("celex", number)]


@pytest.mark.parametrize(
    ("said", "more"),
    [
        ("https://a.example/x", ""),
        ("See https://a.example/x and Council document 17559/11.", ""),
        ("https://a.example/x, p. 12", "p 12"),
        ("32009D0902 (annex II)", "annex ii"),
        ("[the conclusions](https://a.example/x)", "conclusions"),
    ],
)
def test_words_beside_an_address_are_seen(said: str, more: str) -> None:
    """But for those that only lead to it."""
    assert beside(said) == more


@pytest.mark.parametrize(
    ("said", "when"),
    [("2015", "2015"), ("March 2015", "2015-03"), ("about 2015", "2015~")]
    + [(said, "") for said in ("since 2015", "until 2015", "2015 to 2017", "2015/2017", "soon")],
)
def test_moments(said: str, when: str) -> None:
    """A single date; what lasts from then or until then is none."""
    assert moment_of(said) == when


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("German", "de"),
        ("EN", "en"),
        ("sl", "sl"),
        ("Deutsch", "de"),
        ("UK", ""),
        ("uk", "uk"),
        ("Elvish", ""),
        ("xx", ""),
    ],
)
def test_languages(said: str, code: str) -> None:
    """By code or English name."""
    assert language_of(said) == code


def test_countries() -> None:
    """By name or code, sorted; what is no country is told."""
    assert countries_of("the Netherlands, UK, Bosnia and Herzegovina; Malta and BE, and Narnia") == (
        ["BA", "BE", "GB", "MT", "NL"],
        ["Narnia"],
    )
    assert countries_of("- Great Britain\n- the Republic of Moldova\n- Slovak Republic") == (["GB", "MD", "SK"], [])
    assert countries_of("NO, SE / FI") == (["FI", "NO", "SE"], [])


@pytest.mark.parametrize("said", ["No", "Me", "NO", "no idea", "Is"])
def test_an_answer_is_no_country(said: str) -> None:
    """A code counts in capitals and beside another country only."""
    assert countries_of(said) == ([], [said])


def test_every_fact_is_known_by_the_words_of_its_page(schema: Schema) -> None:
    """What the page fills into a form is what intake reads."""
    for fact in facts(schema):
        assert fact_of(fact_words(fact.dotted, schema), schema) == (fact, "")
        assert fact_of(fact.dotted, schema) == (fact, "")
    assert fact_of(fact_words("participants.counts", schema, "contact points"), schema)[1] == "contact points"


@pytest.mark.parametrize(
    ("said", "path"), [("founded", "established"), ("HQ", "seat"), ("number", "participants.counts")]
)
def test_facts_are_known_by_everyday_words(said: str, path: str, schema: Schema) -> None:
    """The same words that the checks understand in a file."""
    fact, _ = fact_of(said, schema)
    assert fact
    assert fact.dotted == path


@pytest.mark.parametrize(
    ("said", "path", "which"),
    [
        ("  participants :  number ( states )", "participants.counts", "states"),
        ("PARTICIPANTS.COUNTS", "participants.counts", ""),
        ("number-of-members", "participants.counts", ""),
        ("Legal-basis", "legal_basis", ""),
        ("Seat ()", "seat", ""),
        ("Seat (a (b))", "seat", "a (b)"),
    ],
)
def test_dress_makes_no_difference_to_a_name(said: str, path: str, which: str, schema: Schema) -> None:
    """Case, blanks, hyphens, and brackets for the item of a list."""
    fact, found = fact_of(said, schema)
    assert fact
    assert (fact.dotted, found) == (path, which)


@pytest.mark.parametrize(
    "said", ["Secretary (name)", "Budget (seat)", "Phone", "Seet", "the seat", "seats", "", "()", "("]
)
def test_what_is_no_name_of_a_fact_is_none(said: str, schema: Schema) -> None:
    """Neither a slip of the keyboard nor what stands in brackets, or a remark would choose what is changed."""
    assert fact_of(said, schema)[0] is None


def test_a_field_of_its_own_vocabulary_needs_no_table(schema: Schema) -> None:
    """Which form the values of a fact have is read from the schema, whatever the fact is called."""
    raw = json.loads(json.dumps(schema.raw))
    raw["properties"] = {
        "mood": {"title": "Mood", **_claim({"$ref": "#/$defs/status"})},
        "moods": {"title": "Moods", **_claim({"type": "array", "items": {"$ref": "#/$defs/status"}})},
        "born": {"title": "Born", **_claim({"$ref": "#/$defs/date"})},
        "motto": {"title": "Motto", "$ref": "#/$defs/line"},
    }
    other = Schema(raw)
    assert [(fact.label, fact.way, own_form(fact, other)) for fact in facts(other)] == [
        ("Mood", "claim", "term"),
        ("Moods", "claim", "kinds"),
        ("Born", "claim", "date"),
        ("Motto", "plain", ""),
    ]
    mood, moods, *_ = facts(other)
    assert shown(mood, {"value": "active"}, other) == "Active"
    assert shown(moods, {"value": ["active", "gone"]}, other) == "Active, gone"


def _claim(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "x-kind": "claim", "properties": {"value": value}}


@pytest.mark.parametrize(
    "piece",
    [
        "CM/",
        "Rec/",
        "https://x.safelinks.protection.outlook.com/?",
        "x,",
        "and in which ",
        "1 000 ",
        "www.a.b ",
        "[a](",
        "> ",
    ],
)
def test_long_texts_take_no_time(piece: str, schema: Schema) -> None:
    """A quarter of a million signs of anything are read at once; a pattern that goes back over them would not be."""
    said = piece * (250_000 // len(piece))
    assert addresses_in(said) == list(dict.fromkeys(addresses_in(said)))
    for read in (beside, documents_in, date_of, moment_of, countries_of, address_of):
        read(said)
    assert terms_of(said, schema.terms("participant_kind"))[0] == []
    assert count_of(said, schema.terms("unit"))[0] == 0
