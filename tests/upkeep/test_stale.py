"""Stale claims: which facts count as old, in which order, and why."""

from __future__ import annotations

from datetime import date

import pytest
from tests.upkeep.small import SOURCES, TODAY, lines, registry_of

from netreg.core.schema import Schema
from netreg.upkeep.stale import FULL_AGE, Stale, old_readings, stale_claims, watched_facts


def stale(schema: Schema, today: date = TODAY, /, **entries: str) -> list[Stale]:
    """The stale claims of a registry of these entries."""
    return stale_claims(registry_of(schema, {id_.replace("_", "-"): text for id_, text in entries.items()}, today))


def fields(found: list[Stale]) -> list[tuple[str, str]]:
    """The claims by entry and field."""
    return [(item.entry.id, item.watched.field) for item in found]


LAW = "[{title: Act, role: current, sources: [old]}]"


def test_the_most_important_comes_first(schema: Schema) -> None:
    """Of the same age, status stands before number, leadership, seat, website and governance."""
    old = "{value: x, sources: [old]}"
    one = lines(
        governance=old,
        website=old,
        seat=old,
        leadership="[{role: secretariat, name: x, sources: [old]}]",
        participants="{range: {value: region, sources: [old]}, counts: [{value: 5, unit: states, sources: [old]}]}",
        status="{value: active, sources: [old]}",
    )
    assert [field for _, field in fields(stale(schema, a=one))] == [
        "status",
        "participants.counts",
        "leadership",
        "seat",
        "website",
        "governance",
        "participants.range",
    ]


def test_weight_times_age(schema: Schema) -> None:
    """An older claim of a lighter kind may come before a younger one of a heavier kind."""
    younger = lines(leadership='[{role: lead, name: x, as_of: "2020", sources: [bare]}]')
    older = lines(seat='{value: x, as_of: "2017", sources: [bare]}')
    found = stale(schema, a=younger, b=older)
    assert fields(found) == [("b", "seat"), ("a", "leadership")]
    assert [item.score for item in found] == [44.49, 35.38]


def test_an_old_status_outweighs_all_else(schema: Schema) -> None:
    """A body that is called active by evidence of just over three years comes before the oldest number."""
    status = lines(status='{value: active, as_of: "2023-11", sources: [bare]}')
    number = lines(participants='{counts: [{value: 5, unit: states, as_of: "1980", sources: [bare]}]}')
    found = stale(schema, date(2026, 12, 24), a=number, b=status)
    assert fields(found) == [("b", "status"), ("a", "participants.counts")]
    assert found[1].score == watched_facts(schema)["participants.counts"].weight * FULL_AGE


def test_of_the_same_weight_the_older_first(schema: Schema) -> None:
    """Beyond ten years the score no longer grows, and the order still goes by age."""
    found = stale(schema, **{id_: lines(seat=f'{{value: x, as_of: "{id_[1:]}", sources: [bare]}}') for id_ in _YEARS})
    assert [item.entry.id for item in found] == sorted(_YEARS)


_YEARS = ("y2001", "y1999", "y2010", "y2019", "y2015")


@pytest.mark.parametrize(
    ("claim", "listed"),
    [
        ('{value: x, as_of: "2021-11", sources: [old]}', False),
        ('{value: x, as_of: "2021-10", sources: [new]}', True),
        ("{value: x, sources: [old]}", True),
        ("{value: x, sources: [old, new]}", False),
        ("{value: x, sources: [bare]}", True),
        ('{value: x, as_of: "2027", sources: [bare]}', False),
        ('{value: x, as_of: "2010", until: "2012", sources: [old]}', False),
        ('{value: x, sources: [new], other: [{value: y, as_of: "2001", sources: [old]}]}', False),
    ],
)
def test_what_is_old(claim: str, listed: bool, schema: Schema) -> None:
    """Five years count from the claim's own date, else from its newest source; never from the day of reading."""
    assert bool(stale(schema, a=lines(seat=claim))) is listed


@pytest.mark.parametrize(
    ("as_of", "law", "listed"),
    [("2024", False, False), ("2023-10", False, True), ("2023-10", True, False), ("2021-10", True, True)],
)
def test_a_status_without_law_is_old_sooner(as_of: str, law: bool, listed: bool, schema: Schema) -> None:
    """Active needs a sign of life within three years, or a law; then five years are enough."""
    entry = lines(
        status=f'{{value: active, as_of: "{as_of}", sources: [bare]}}', **({"legal_basis": LAW} if law else {})
    )
    assert bool(stale(schema, a=entry)) is listed


@pytest.mark.parametrize("status", ["merged", "replaced", "ended"])
def test_nothing_of_a_body_that_ended_grows_old(status: str, schema: Schema) -> None:
    """What is over does not change any more."""
    entry = lines(status=f"{{value: {status}, sources: [old]}}", seat="{value: x, sources: [old]}")
    assert stale(schema, a=entry) == []


@pytest.mark.parametrize("status", ["unknown", "dormant"])
def test_of_a_body_that_may_be_gone_only_the_status_counts(status: str, schema: Schema) -> None:
    """Before anybody looks for its seat, somebody should know whether it exists."""
    entry = lines(status=f"{{value: {status}, sources: [old]}}", seat="{value: x, sources: [old]}")
    assert fields(stale(schema, a=entry)) == [("a", "status")]


@pytest.mark.parametrize(
    ("field", "item", "listed"),
    [
        ("leadership", "{role: lead, countries: [NL], sources: [old]}", True),
        ("leadership", "{role: chair, rule: council-presidency, sources: [old]}", False),
        ("leadership", '{role: chair, countries: [FR], until: "2012", sources: [old]}', False),
        ("participants", "{role: member, sets: [eu27-2007], sources: [old]}", True),
        ("participants", "{role: founder, value: [FR], sources: [old]}", False),
    ],
)
def test_who_leads_and_who_takes_part_grow_old(field: str, item: str, listed: bool, schema: Schema) -> None:
    """But for a rule that needs no name, and for what was done once."""
    found = stale(schema, a=lines(**{field: f"[{item}]" if field == "leadership" else f"{{countries: [{item}]}}"}))
    assert [one.claim.role for one in found] == ([item[7:].partition(",")[0]] if listed else [])


def test_facts_that_do_not_change_are_not_watched(schema: Schema) -> None:
    """A founding of 1910 is no older than one of last year."""
    entry = lines(
        established='{value: "1910", sources: [old]}', legal_basis=LAW, form="{value: treaty-body, sources: [old]}"
    )
    assert stale(schema, a=entry) == []


def test_undated_claims_come_last_by_importance(schema: Schema) -> None:
    """A claim whose age nobody knows has no score, and stands behind those with one."""
    bare = "{value: x, sources: [bare]}"
    found = stale(
        schema,
        a=lines(seat=bare, leadership="[{role: host, name: x, sources: [bare]}]"),
        b=lines(governance="{value: x, sources: [old]}"),
    )
    assert fields(found) == [("b", "governance"), ("a", "leadership"), ("a", "seat")]
    assert [(item.score, item.when) for item in found[1:]] == [(0.0, "undated"), (0.0, "undated")]


def test_what_is_asked_already_comes_after_the_rest(schema: Schema) -> None:
    """A fact about which the entry has an open question is known to be missing."""
    old = "{value: x, sources: [old]}"
    asked = lines(seat=old, governance=old, open_questions="[{about: seat, text: Where}]")
    found = stale(schema, a=asked)
    assert [(item.watched.field, item.asked) for item in found] == [("governance", False), ("seat", True)]


def test_a_question_about_the_whole_covers_its_parts(schema: Schema) -> None:
    """A question about participants is one about their number."""
    entry = lines(
        participants="{counts: [{value: 5, unit: states, sources: [old]}]}",
        open_questions="[{about: participants, text: Who}]",
    )
    assert [item.asked for item in stale(schema, a=entry)] == [True]


def test_why_and_what_to_do(schema: Schema) -> None:
    """Each is explained in a sentence, with what would cure it."""
    entry = lines(
        status='{value: active, as_of: "2018-01", sources: [bare]}',
        leadership='[{role: chair, name: x, as_of: "2013", sources: [bare]}]',
        seat="{value: x, sources: [bare]}",
    )
    status, chair, seat = stale(schema, a=entry)
    assert status.why == (
        "Its newest evidence is of January 2018, 8 years ago; "
        "active needs a sign of life within three years, or a legal basis in force."
    )
    assert chair.why == "Its newest evidence is of 2013, 12 years ago."
    assert seat.why == "Neither the claim nor its sources bear a date."
    assert status.watched.cure.startswith("Find a sign of life that has a date")


def test_every_cure_is_a_sentence(schema: Schema) -> None:
    """Whoever reads the list knows the next step."""
    for watched in watched_facts(schema).values():
        assert watched.cure[0].isupper()
        assert watched.cure.endswith(".")


def test_every_watched_fact_is_one_of_the_schema(schema: Schema) -> None:
    """A field that was renamed would go unnoticed otherwise."""
    assert all(map(schema.has_field, watched_facts(schema)))


def test_sources_that_nobody_opened_for_long(schema: Schema) -> None:
    """Those read longest ago come first; those read within a year, and those without an address, need nothing."""
    sources = SOURCES.replace('date: "2026-11-23", how: stored-copy', 'date: "2020-02", how: stored-copy')
    sources = sources.replace('url: "https://a.example/old",', "").replace(
        'date: "2026-11-23"', 'date: "2019-01-01"', 1
    )
    found = old_readings(registry_of(schema, {"a": "", "b": ""}, sources=sources))
    assert [(item.entry.id, item.source.id, item.days) for item in found] == [("a", "bare", 2460), ("b", "bare", 2460)]


def test_what_a_person_opened_is_read(schema: Schema) -> None:
    """The day on which a person opened a page counts as a reading of it, and is old after a year too."""
    for opened, found in (("2026-03", []), ("2025-03", [("bare", 603)])):
        read = 'read: {date: "2020-02-01", how: stored-copy}, opened_by_person: '
        sources = SOURCES.replace('read: {date: "2026-11-23", how: stored-copy}', f'{read}"{opened}"')
        readings = old_readings(registry_of(schema, {"a": ""}, sources=sources))
        assert [(item.source.id, item.days) for item in readings] == found


def test_the_order_is_stable(schema: Schema) -> None:
    """It does not matter in which order the entries are read."""
    entries = {id_: lines(seat="{value: x, sources: [old]}", website="{value: y, sources: [bare]}") for id_ in "cab"}
    forwards = stale_claims(registry_of(schema, entries))
    backwards = stale_claims(registry_of(schema, dict(reversed(entries.items()))))
    assert fields(forwards) == fields(backwards)


def test_what_nobody_has_opened_yet_comes_first(schema: Schema) -> None:
    """However new the request is that named it; a letter to the registry is no page to open."""
    letter = "{id: letter, title: L, author: A, kind: statement-to-registry, language: en, statement: {request: 3, "
    letter += 'role: member, date: "2019-01-01"}, read: {date: "2019-01-01", how: live}}'
    sources = SOURCES.replace('read: {date: "2026-11-23", how: live}', 'read: {date: "2026-11-20", how: reported}', 1)
    sources = sources.replace('read: {date: "2026-11-23", how: stored-copy}', 'read: {date: "2019-01-01", how: live}')
    found = old_readings(registry_of(schema, {"a": ""}, sources=f"{sources}  - {letter}\n"))
    assert [(item.source.id, item.days) for item in found] == [("old", 4), ("bare", 2884)]
