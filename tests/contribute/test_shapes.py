"""Closed shapes: what becomes a value has one reading; the inputs are tables beside this file, one a kind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contribute.conftest import HERE, keys_of, table
from tests.contribute.test_misread import ask

from netreg.contribute.intake import Base
from netreg.contribute.parse.facts import contains
from netreg.contribute.parse.references import (
    address_of,
    contact_of,
    document_at,
    document_key,
    documents_in,
    places_in,
)
from netreg.contribute.parse.values import count_of, countries_of, is_remark, language_of, plain, terms_of
from netreg.contribute.parse.written_dates import date_of, date_readings, moment_of, since_of
from netreg.core.dates import parse
from netreg.core.names import normal_form
from netreg.core.schema import Schema

YEAR = 2026
SITE = "https://registry.example.org/"
MOST_ASKED = 0.05


def _rows(kind: str) -> list[Any]:
    return [pytest.param(row, id=str(row["said"])[:40]) for row in table(f"shapes/{kind}.yaml")]


def test_each_kind_has_a_table_of_twenty_at_least() -> None:
    """And each of them is read by a test of this file."""
    kinds = "addresses agreeing countries counts dates documents languages papers plain".split()
    assert sorted(path.stem for path in (HERE / "shapes").glob("*.yaml")) == kinds
    assert [kind for kind in kinds if len(table(f"shapes/{kind}.yaml")) < 20] == []


@pytest.mark.parametrize("row", _rows("dates"))
def test_dates(row: dict[str, str]) -> None:
    """As exact as what is said; what has no reading, or two, is not understood."""
    assert date_of(row["said"]) == row["is"]


@pytest.mark.parametrize("row", _rows("documents"))
def test_documents(row: dict[str, str]) -> None:
    """Each series in one spelling; what could be of two, or of none of ours, is no document."""
    found = documents_in(row["said"], YEAR)
    assert " ".join(" ".join(one) for one in found.found) == row["is"]


@pytest.mark.parametrize("row", _rows("addresses"))
def test_addresses(row: dict[str, Any]) -> None:
    """Whole, unwrapped, without what tracks people; or why it is no place where others can read it."""
    places = places_in(row["said"], YEAR, SITE)
    wrong = [what for _, what in places.refused] + ["cut"] * bool(places.cut)
    assert wrong[:1] == ([row["wrong"]] if "wrong" in row else [])
    if "wrong" not in row:
        assert list(places.addresses) == row.get("is", [])


@pytest.mark.parametrize("row", _rows("counts"))
def test_counts(row: dict[str, str], schema: Schema) -> None:
    """One number, what qualifies it and what it counts."""
    count = count_of(row["said"], schema.terms("unit"))
    told = " ".join(filter(None, (str(count.number), count.qualifier, count.unit or "?"))) if count else ""
    assert told == row["is"]


@pytest.mark.parametrize("row", _rows("countries"))
def test_countries(row: dict[str, Any]) -> None:
    """By the names and codes that Europeans use; a word that may be an answer is no country."""
    codes, unknown = countries_of(row["said"])
    assert (" ".join(codes), unknown) == (row["is"], row.get("not", []))


@pytest.mark.parametrize("row", _rows("languages"))
def test_languages(row: dict[str, str]) -> None:
    """By name or code; the code of a country is asked back."""
    assert language_of(row["said"]) == row["is"]


@pytest.mark.parametrize("row", _rows("plain"))
def test_plain_words(row: dict[str, Any]) -> None:
    """Light markup is taken off; what is no answer is told from one."""
    words = plain(row["said"])
    assert is_remark(words) is row.get("no", False)
    assert words == row["is"] if "is" in row else True


@pytest.mark.parametrize("row", _rows("papers"))
def test_papers(row: dict[str, Any], base: Base) -> None:
    """What nobody else can read is the word of the body, if the body writes; others are asked for a page."""
    told = keys_of(ask("correction", base, fact="Seat", right="In Malta", source=row["said"], role="Member"))
    assert told & {"understood-own-paper", "source-unclear"} == {
        "understood-own-paper" if row["is"] else "source-unclear"
    }
    told = keys_of(ask("correction", base, fact="Seat", right="In Malta", source=row["said"]))
    assert told & {"source-letter", "source-unclear"} == {"source-letter" if row["is"] else "source-unclear"}


@pytest.mark.parametrize("row", _rows("agreeing"))
def test_what_is_less_exact_agrees(row: dict[str, Any], schema: Schema) -> None:
    """What contains the value that stands is no other value; an exact one, another one or a bound beside it is."""
    count = count_of(row["said"], schema.terms("unit")) if isinstance(row["stands"], int) else None
    said = {"value": count.number, "qualifier": count.qualifier} if count else {"value": date_of(row["said"])}
    assert said["value"]
    assert contains(said, {"value": row["stands"]}) is row["is"]


# Of whatever is said


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.sampled_from([4, 7]), st.booleans())
def test_a_part_of_a_day_agrees_with_it(day: date, length: int, is_about: bool) -> None:
    """The year, the month and the decade of a day contain it, and are contained by nothing that is more exact."""
    part = f"{day.isoformat()[:length]}{'~' * is_about}"
    decade = f"{day.isoformat()[:3]}X"
    for vague in (part, decade):
        assert contains({"value": vague}, {"value": day.isoformat()})
        assert not contains({"value": day.isoformat()}, {"value": vague})
    later = (day + timedelta(days=400)).isoformat()
    assert not contains({"value": later[:4]}, {"value": day.isoformat()})


@given(st.text(max_size=40) | st.text("0123456789./-– ,mayju", max_size=24))
def test_what_is_understood_as_a_date_is_one(said: str) -> None:
    """Whatever is said, each reading is a date of this registry, and of two none is taken."""
    readings = date_readings(said)
    assert all(parse(one).text == one for one in readings)
    assert date_of(said) == (readings[0] if len(readings) == 1 else "")


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_is_the_same_in_all_figures(day: date) -> None:
    """With dots the day comes first, and the year first is always year, month, day."""
    forms = (f"{day.day}.{day.month}.{day.year}", f"{day:%d. %m. %Y}", f"{day:%Y/%m/%d}", f"{day:%Y.%m.%d.}")
    assert {date_of(form) for form in forms} == {day.isoformat()}
    assert day.isoformat() in date_readings(f"{day:%m/%d/%Y}")


@given(st.text(max_size=60))
def test_plain_words_are_plain(said: str) -> None:
    """Taking markup off twice takes off no more than once would have to, and never adds a letter."""
    assert len(plain(said)) <= len(said) * 3 + 3
    assert set(plain(plain(said))) <= set(plain(said))


@given(st.integers(1, 9999), st.integers(0, 99), st.sampled_from(["", "ST ", "Council doc. "]))
def test_a_council_document_has_one_spelling(number: int, year: int, series: str) -> None:
    """With or without the series in front it is one document, and so is its address in the register."""
    said = f"{series}{number + 10000}/{year:02}"
    (found,) = documents_in(said, YEAR).found
    full = f"{'19' if year > 50 else '20'}{year:02}"
    at = document_at(f"https://data.consilium.europa.eu/doc/document/ST-{number + 10000}-{full}-INIT/en/pdf")
    assert at
    assert document_key(found[1]) == document_key(at[1])


@pytest.mark.parametrize(
    "piece",
    ["CM/", "https://x.safelinks.protection.outlook.com/?", "x,", "and in ", "1 000 ", "www.a.b ", "[a](", "> ",
     "2008/633/", "Regulation (EU) ", "~~a", "`"],
)  # fmt: skip
def test_long_texts_take_no_time(piece: str, schema: Schema) -> None:
    """A quarter of a million signs of anything are read at once; a pattern that goes back over them would not be."""
    said = piece * (250_000 // len(piece))
    assert len(places_in(said, YEAR).addresses) < 3_000
    for read in (date_of, moment_of, since_of, countries_of, address_of, contact_of, plain, is_remark):
        read(said)
    assert terms_of(said, schema.terms("participant_kind"))[0] == []
    assert count_of(said, schema.terms("unit")) is None


# Independent lists, written by somebody who had not read the parser


def _date(row: dict[str, Any]) -> tuple[object, list[object]]:
    return date_of(row["text"]) or None, [row["reading"]]


_REGISTERS = {"com": "commission"}


def _place(row: dict[str, Any]) -> tuple[object, list[object]]:
    places = places_in(row["text"], YEAR)
    found: list[object] = [document_at(one) or ("url", one) for one in places.addresses]
    found += places.documents
    is_clear = len(found) == 1 and not (places.cut or places.unclear or places.refused)
    readings = {**(row["reading"] or {}), **row.get("also", {})}
    right: list[object] = [(_REGISTERS.get(kind, kind), number) for kind, number in readings.items()]
    return found[0] if is_clear else None, right or [None]


def _country(row: dict[str, Any]) -> tuple[object, list[object]]:
    codes, unknown = countries_of(row["text"])
    return codes[0] if len(codes) == 1 and not unknown else None, [row["country"]]


@pytest.mark.parametrize(("name", "lines", "read"), [("dates", 250, _date), ("documents", 170, _place)])
def test_independent_lists(name: str, lines: int, read: Any) -> None:
    """None is wrong and told as done; of those with one reading a twentieth at most is asked back."""
    rows = table(f"lists/{name}.yaml")
    assert len(rows) >= lines
    _judge([(row, *read(row)) for row in rows])


def _judge(read: list[tuple[Any, object, list[object]]]) -> None:
    assert [(row, got) for row, got, right in read if got is not None and got not in right] == []
    clear = [(row, got) for row, got, right in read if right != [None]]
    asked = [row for row, got in clear if got is None]
    assert len(asked) <= MOST_ASKED * len(clear), asked


def test_independent_list_of_countries() -> None:
    """The same for the names of countries."""
    _judge([(row, *_country(row)) for row in table("lists/names.yaml") if "country" in row])
    assert normal_form("Radicalisation") == normal_form("Radicalization")


@pytest.mark.parametrize(
    ("said", "is_"),
    [("3 septemb 2025", "2025-09-03"), ("3 septembqqqq 2025", "2025-09-03"), ("3 septembqqqqq 2025", "")],
)
def test_the_ending_of_a_month_has_four_letters_at_most(said: str, is_: str) -> None:
    """Languages bend the name of a month at its end; what is longer is another word."""
    assert date_of(said) == is_


@pytest.mark.parametrize(("commas", "is_"), [(70, "2008-05-02"), (71, "")])
def test_a_date_has_eighty_signs_at_most(commas: int, is_: str) -> None:
    """What is longer is not looked at."""
    assert date_of(f"2 May 2008{',' * commas}") == is_


def test_room_between_words_is_no_part_of_a_date() -> None:
    """However much of it a program puts there."""
    assert since_of(f"since{' ' * 200}2010") == "2010"
