"""The monthly list: ten things at most, in an order that stays, and words of strangers that do nothing."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest
from tests.upkeep.small import SOURCES, TODAY, lines, registry_of

from netreg.core.schema import Schema
from netreg.model import Registry
from netreg.upkeep.link_history import LinkState, Mark
from netreg.upkeep.monthly import MARKER, MOST, WaitingRequest, as_markdown, monthly_items

OLD = "{value: x, sources: [old]}"
FAILED = [Mark(date(2026, month, 1), LinkState.DEAD, "404") for month in (9, 10, 11)]
REQUESTS = [WaitingRequest(number, date(2026, 10, number)) for number in range(1, 9)]


def many(schema: Schema, today: date = TODAY) -> Registry:
    """Twenty entries, each with an old fact and a question, and each with a website of its own."""
    entries = {
        f"n{number:02}": lines(
            seat=OLD,
            website=f'{{value: "https://n{number:02}.example/", sources: [new]}}',
            open_questions="[{about: ended, text: When did it end}]",
        )
        for number in range(20)
    }
    return registry_of(schema, entries, today)


HISTORY = {f"https://n{number:02}.example/": FAILED for number in range(20)}


def test_ten_at_most_of_every_kind(schema: Schema) -> None:
    """While there is enough of all, each kind has its share, in a fixed order."""
    items = monthly_items(many(schema), HISTORY, {}, REQUESTS)
    assert [item.kind for item in items] == ["request"] * 3 + ["dead-link"] * 3 + ["stale"] * 2 + ["question"] * 2


@pytest.mark.parametrize(
    ("dead", "requests", "expected"),
    [
        (True, False, {"dead-link": 6, "stale": 2, "question": 2}),
        (False, True, {"request": 6, "stale": 2, "question": 2}),
        (False, False, {"stale": 8, "question": 2}),
    ],
)
def test_free_places_are_filled(dead: bool, requests: bool, expected: dict[str, int], schema: Schema) -> None:
    """Where one kind has nothing, the first of the others get its places; it is never more than ten."""
    items = monthly_items(many(schema), HISTORY if dead else {}, {}, REQUESTS if requests else ())
    assert Counter(item.kind for item in items) == expected
    assert len(items) == MOST


def test_the_same_again(schema: Schema) -> None:
    """The same state gives the same text, on every day of the month and in whatever order things are given."""
    first = as_markdown(monthly_items(many(schema), HISTORY, {}, REQUESTS))
    again = as_markdown(monthly_items(many(schema), dict(reversed(HISTORY.items())), {}, REQUESTS[::-1]))
    assert first == again
    yesterday = many(schema, date(2026, 11, 23))
    assert as_markdown(monthly_items(yesterday, HISTORY, {}, REQUESTS)) == first


def test_nothing_to_do(schema: Schema) -> None:
    """An empty list says so, and is found again by its marker."""
    body = as_markdown(monthly_items(registry_of(schema, {"a": ""}), {}, {}))
    assert body == (
        f"{MARKER}\nNothing to look at this month: no old claim, dead link, question or request is waiting.\n"
    )


# Each kind


def test_requests_that_wait_longer_than_promised(schema: Schema) -> None:
    """The oldest first; those within the promised time, and their words, are left out."""
    days = {7: date(2026, 11, 10), 5: date(2026, 11, 11), 6: date(2026, 9, 1)}
    came = [WaitingRequest(number, day) for number, day in days.items()]
    items = monthly_items(registry_of(schema, {"a": ""}), {}, {}, came, answer_days=14)
    assert [(item.name, item.says) for item in items] == [
        ("#6", "has had no answer since 1 September 2026; 14 days are promised."),
        ("#7", "has had no answer since 10 November 2026; 14 days are promised."),
    ]


def test_dead_links(schema: Schema) -> None:
    """A dead link is told with who cites it, what was seen, since when, and where a copy may lie."""
    registry = registry_of(schema, dict.fromkeys("abcd", ""))
    (item,) = monthly_items(registry, {"https://a.example/old": FAILED}, {})
    assert item.says == (
        "a dead link, cited by a (source old), b (source old) and 2 more: the server says 404, Not Found; "
        "3 failures since 1 September 2026."
    )
    body = as_markdown([item])
    assert "`https://a.example/old`" in body
    assert "A copy may lie at `https://web.archive.org/web/20261123/https://a.example/old`; nobody has looked." in body


def test_one_old_fact_of_an_entry(schema: Schema) -> None:
    """The most urgent fact stands for the entry and names the others."""
    entry = lines(
        seat=OLD,
        governance=OLD,
        participants="{counts: [{value: 5, unit: states, sources: [old]}, {value: 9, unit: units, sources: [old]}]}",
    )
    (item,) = monthly_items(registry_of(schema, {"a": entry}), {}, {})
    assert item.key == "stale/a/participants.counts"
    assert item.says == "number. Its newest evidence is of May 2010, 16 years ago. Old too: seat, governance."
    assert item.do.startswith("Take the figure from the newest report")


def test_a_fact_that_is_asked_about_is_left_to_the_question(schema: Schema) -> None:
    """Who looked and found nothing writes a question, and the fact leaves the list."""
    entry = lines(seat=OLD, open_questions="[{about: seat, text: In which town}]")
    (item,) = monthly_items(registry_of(schema, {"a": entry}), {}, {})
    assert (item.kind, item.about, item.shown) == ("question", "a", "In which town")


def test_the_oldest_questions_first(schema: Schema) -> None:
    """One of each entry: its oldest, and of the same day the most important; those of unknown age last."""
    entries = {
        "a": lines(open_questions="[{about: seat, text: One}, {about: ended, text: Two}]"),
        "b": lines(open_questions="[{about: ended, text: Three}, {about: status, text: Four}]"),
        "c": lines(open_questions="[{about: status, text: Five}]"),
    }
    may, june = date(2026, 5, 1), date(2026, 6, 1)
    asked = {("a", "One"): june, ("a", "Two"): may, ("b", "Three"): june, ("b", "Four"): june}
    items = monthly_items(registry_of(schema, entries), {}, asked)
    assert [item.shown for item in items] == ["Two", "Four", "Five"]
    assert items[0].says == "an open question about ended, open since 1 May 2026:"
    assert items[2].says == "an open question about status:"


def test_questions_of_the_same_day_take_turns(schema: Schema) -> None:
    """The list does not show the same two for ever."""
    shown = [
        item.about
        for month in range(1, 11)
        for item in monthly_items(many(schema, date(2027, month, 1)), HISTORY, {}, REQUESTS)
        if item.kind == "question"
    ]
    assert sorted(shown) == [f"n{number:02}" for number in range(20)]


# As Markdown


def test_the_body_of_the_issue(schema: Schema) -> None:
    """The marker first, then a numbered list with one line an item, each with what to do."""
    body = as_markdown(monthly_items(many(schema), HISTORY, {}, REQUESTS))
    assert body.startswith(f"{MARKER}\n")
    listed = [line for line in body.splitlines() if re.match(r"[0-9]+\. ", line)]
    assert len(listed) == MOST
    assert all(line.count("**Do:** ") == 1 for line in listed)
    assert len(body) < 65_536


HOSTILE = "@all <img src=x> ![a](http://e.example) #1 --> [x](javascript:y) `code` **b** https://e.example | ${{ x }}"


def test_words_of_strangers_do_nothing(schema: Schema) -> None:
    """Names and questions show as they stand: no mention, reference, link, picture, HTML or end of the marker."""
    entry = f"short_name: '{HOSTILE}'\nopen_questions: [{{about: ended, text: '{HOSTILE}'}}]\n"
    body = as_markdown(monthly_items(registry_of(schema, {"a": entry}), {}, {}))
    rest = body.removeprefix(MARKER)
    for harm in ("@all", "<img", "![a]", "#1", "-->", "[x](", "`code`", "**b**", "https://e", "http://e"):
        assert harm not in rest


def test_an_address_cannot_leave_its_place(schema: Schema) -> None:
    """An address is shown as code, whatever it holds."""
    address = "https://a.example/`](x)**@all"
    sources = SOURCES.replace("https://a.example/old", address)
    body = as_markdown(monthly_items(registry_of(schema, {"a": ""}, sources=sources), {address: FAILED}, {}))
    assert f"`` {address} ``" in body


def test_long_words_are_cut(schema: Schema) -> None:
    """A question of many pages takes a line."""
    entry = f"open_questions: [{{about: ended, text: '{'long ' * 5000}'}}]"
    (item,) = monthly_items(registry_of(schema, {"a": entry}), {}, {})
    assert len(as_markdown([item])) < 1000
