"""Hints: a reviewer's eye is led to what matters, and to nothing else."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from tests.review import cases

from netreg.core.load import parse_document
from netreg.core.schema import Schema
from netreg.review.change import Change, Kind
from netreg.review.compare import compare
from netreg.review.hints import hints
from netreg.review.spans import plain, spans
from netreg.review.words import Words

Edit = Callable[[dict[str, Any]], object]


def _entry() -> dict[str, Any]:
    root = parse_document("registry/enrp.yaml", (cases.CASES / "count/before/enrp.yaml").read_bytes()).root
    assert root is not None
    data: dict[str, Any] = root.plain()
    return data


def _sorts(schema: Schema, edit: Edit) -> set[str]:
    before = _entry()
    after = copy.deepcopy(before)
    edit(after)
    return {hint.sort for hint in hints(compare("enrp", before, after), Words(schema))}


_NOT_KEPT = "the old value is not kept beside the new one"
_WEAKER = {"source-dropped", "third-parties-only"}


def _count(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = data["participants"]["counts"][0]
    return found


def _keep_old(data: dict[str, Any]) -> None:
    count = _count(data)
    count["other"].append({key: count[key] for key in ("value", "unit", "as_of", "sources")})
    count.update(value=43, as_of="2024-11", sources=["about", "declaration-2008"])


@pytest.mark.parametrize(
    ("edit", "sorts"),
    [
        (lambda data: _count(data).update(value=40), {"same-sources", "old-value-not-kept"}),
        (_keep_old, set()),
        (lambda data: data["status"].update(sources=[]), {"source-dropped"}),
        (lambda data: data["website"].update(sources=["about", "yearbook"]), set()),
        (lambda data: data["website"].update(sources=["yearbook"]), {*_WEAKER, "older-evidence"}),
        (lambda data: data.update(seat={"value": "Graz", "sources": ["yearbook"]}), {"third-parties-only"}),
        (lambda data: data.pop("website"), {"claim-cleared"}),
        (
            lambda data: data["relations"].append({"type": "part_of", "name": "X", "sources": ["about"]}),
            {"outside-actor"},
        ),
        (lambda data: data["relations"].append({"type": "part_of", "target": "x", "sources": ["about"]}), set()),
        (lambda data: data["established"].update(note="as said"), set()),
        (lambda data: data.update(name="Another"), {"old-name-not-kept"}),
        (lambda data: data["sources"][2].update(url="https://x.example/"), {"other-source"}),
        (lambda data: data["sources"][2].update(url="https://yearbook.example/2024"), {"other-source"}),
        (lambda data: data["sources"][2].update(kind="official-document"), {"other-kind-of-source"}),
        (lambda data: data["sources"][2].update(url="https://x.example/", title="Y"), {"other-source"}),
        (lambda data: data.update(entry={"withdrawn": "2026", "reason": "x"}), {"withdrawn"}),
        (lambda data: data["history"][0].update(date="2008"), {"same-sources"}),
        (lambda data: data["history"][0].update(note="as said"), set()),
        (lambda data: data["topics"].append("forensics"), set()),
    ],
)
def test_each_edit_has_its_hints(schema: Schema, edit: Edit, sorts: set[str]) -> None:
    """What a reviewer should look at after one edit, by the names of the hints."""
    assert _sorts(schema, edit) == sorts


def test_active_needs_newer_evidence(schema: Schema) -> None:
    """A body that comes to life again does so by evidence that is newer than that of its sleep."""
    words = Words(schema)
    asleep = {"value": "dormant", "as_of": "2020", "sources": ["a"]}
    for as_of, expected in (("2020", True), ("2019", True), ("2024", False)):
        awake = {"value": "active", "as_of": as_of, "sources": ["b"]}
        found = hints(compare("x", {"status": asleep}, {"status": awake}), words)
        assert ("active-without-newer-evidence" in {hint.sort for hint in found}) is expected


def test_certainty_needs_a_new_source(schema: Schema) -> None:
    """What was our reading is no fact before a source says so."""

    def sorts(after: dict[str, Any]) -> set[str]:
        before = {"value": "x", "certainty": "likely", "sources": ["a"]}
        return {hint.sort for hint in hints(compare("x", {"seat": before}, {"seat": after}), Words(schema))}

    assert "more-certain" in sorts({"value": "x", "sources": ["a"]})
    assert "more-certain" not in sorts({"value": "x", "sources": ["a", "b"]})


def test_a_note_may_be_left_behind(schema: Schema) -> None:
    """A note that spoke of the old value is looked at again."""
    before = {"seat": {"value": "Graz", "note": "the city of the chair", "sources": ["a"]}}
    after = {"seat": {"value": "Linz", "note": "the city of the chair", "sources": ["b"]}}
    assert "same-note" in {hint.sort for hint in hints(compare("x", before, after), Words(schema))}


def test_many_entries_at_once(schema: Schema) -> None:
    """From ten entries on, that there are so many is the first thing to say; formatting counts for nothing."""

    def first(kind: Kind, number: int) -> list[str]:
        changes = [Change(kind, f"n{index}", "N", "topics", [], ["forensics"]) for index in range(number)]
        return [hint.sort for hint in hints(changes, Words(schema))]

    assert first(Kind.EDITORIAL_CHANGED, 9) == []
    assert first(Kind.EDITORIAL_CHANGED, 10) == ["many-entries"]
    assert first(Kind.FORM_ONLY, 50) == []


def _texts(schema: Schema, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [plain(spans(hint.about, ": ", hint.text)) for hint in hints(compare("x", before, after), Words(schema))]


@pytest.mark.parametrize(
    ("before", "after", "seen"),
    [
        ({"note": "in force"}, {"note": "no longer in force"}, ["the note changed, the value did not"]),
        ({"note": "in force, so far"}, {"note": "In force so far"}, []),
        ({"note": "in force"}, {}, ["the note is deleted, the value is not"]),
        ({}, {"note": "in force"}, []),
        ({"as_of": "2019"}, {"as_of": "2026"}, ["newer date, same sources"]),
        ({"as_of": "2026"}, {"as_of": "2019"}, ["another date, same sources", "its evidence is older than before"]),
        ({"as_of": "2019"}, {"as_of": "2026", "sources": ["a", "b"]}, []),
        ({"until": "2024"}, {}, ["its end is deleted, the value is not"]),
        ({"from": "2024"}, {}, ["its beginning is deleted, the value is not"]),
        ({"until": "2024", "note": "x"}, {"note": "x", "sources": ["a", "b"]}, []),
        ({"unit": "states"}, {"unit": "units"}, ["the value changed, its sources did not", _NOT_KEPT]),
        ({"sources": ["a", "b"]}, {"value": 2, "sources": ["a"]}, ["the value changed, with no new source", _NOT_KEPT]),
    ],
)
def test_the_same_sources_prove_no_more(
    schema: Schema, before: dict[str, Any], after: dict[str, Any], seen: list[str]
) -> None:
    """A note, a date or a unit that changes while the sources stay is looked at; a comma, or a new note, is not."""
    sides = [{"seat": {"value": 1, "sources": ["a"], **said}} for said in (before, after)]
    found = [text.partition(": ")[2] for text in _texts(schema, *sides) if "no longer rests" not in text]
    assert found == seen


def test_a_rival_is_looked_at_too(schema: Schema) -> None:
    """What stands beside a claim gets no new value and no more certainty without a source, and is named."""

    def seat(**rival: str) -> dict[str, Any]:
        return {"seat": {"value": "Graz", "sources": ["a"], "other": [{"sources": ["b"], **rival}]}}

    long = "Linz, where the ministry of the interior keeps the files of the years before the war"
    reworded = _texts(schema, seat(value=long), seat(value=long.replace("files", "books")))
    assert reworded == [
        "Seat, the other value “Linz, where the ministry of the interior ke…”: the value changed, its sources did not"
    ]
    assert _texts(schema, seat(value="Linz", certainty="likely"), seat(value="Linz")) == [
        "Seat, the other value “Linz”: no longer marked as our reading, with no new source"
    ]


def test_a_preferred_value_needs_a_source(schema: Schema) -> None:
    """A rival that moves up is looked at unless a source moves it."""
    graz, linz = {"value": "Graz", "sources": ["a"]}, {"value": "Linz", "sources": ["b"]}
    before = {"seat": {**graz, "other": [linz]}}
    assert _sorts_of(schema, before, {"seat": {**linz, "other": [graz]}}) == {"other-value-preferred"}
    proved = {**linz, "sources": ["b", "c"], "other": [graz]}
    assert _sorts_of(schema, before, {"seat": proved}) == set()
    assert _sorts_of(schema, before, {"seat": linz}) == {
        "other-value-preferred",
        "source-dropped",
        "old-value-not-kept",
    }


def _sorts_of(schema: Schema, before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {hint.sort for hint in hints(compare("x", before, after), Words(schema))}


@pytest.mark.parametrize(
    ("edit", "seen"),
    [
        ({"author": "B"}, ["has another author than before: “B”"]),
        ({"url": "https://a.example/y"}, ["has another address at the same site; is it the same page?"]),
        ({"url": "http://www.a.example/x/"}, []),
        ({"url": "https://b.example/x"}, ["is read at another site than before: b.example"]),
        ({"title": "U", "author": "B"}, ["is another one now; does what cites it still hold?"]),
        ({"title": "U"}, []),
        ({"kind": "official-document"}, ["counts as official document now, not as third party"]),
        ({"published": "2025"}, ["makes the evidence of its claims newer"]),
        ({"published": "2019"}, []),
        ({"read": {"date": "2026-11-26", "how": "live"}}, []),
        ({"note": "It was a satire."}, ["has a note now; does what cites it still hold?"]),
    ],
)
def test_a_source_that_is_another_one(schema: Schema, edit: dict[str, Any], seen: list[str]) -> None:
    """What is written of a source concerns all that cites it."""
    source = {"id": "a", "title": "T", "author": "A", "kind": "third-party", "url": "https://a.example/x"}
    before = {"sources": [{**source, "published": "2020"}]}
    found = _texts(schema, before, {"sources": [{**source, "published": "2020", **edit}]})
    assert [text.partition(": ")[2] for text in found] == seen


def test_a_note_of_a_source(schema: Schema) -> None:
    """What was said of it may be turned round or deleted; a comma or a capital turns nothing round."""

    def seen(was: str | None, now: str | None) -> list[str]:
        before, after = ({"sources": [{"id": "a", "title": "T", "note": note}]} for note in (was, now))
        return _texts(schema, before, after)

    about = "Source “T”: its note {}; does what cites it still hold?"
    assert seen("It was read.", "It was not read.") == [about.format("changed")]
    assert seen("It was read.", None) == [about.format("is deleted")]
    assert seen("It was read.", "it was, read") == []


def test_a_source_that_nobody_opened(schema: Schema) -> None:
    """It is looked at once, whatever new rests on it alone, in an entry that is new as a whole too."""
    unread = {"id": "a", "title": "T", "read": {"date": "2026-11-24", "how": "reported"}}
    read = {"id": "b", "title": "U", "read": {"date": "2026-11-24", "how": "live"}}

    def seen(*cited: str) -> int:
        claims = {key: {"value": "Graz", "sources": list(cited)} for key in ("seat", "secretariat")}
        both = (
            compare("x", {}, {**claims, "sources": [unread, read]}),
            compare("x", None, {**claims, "sources": [unread]}),
        )
        found = [[hint.sort for hint in hints(changes, Words(schema))].count("source-unopened") for changes in both]
        assert found[0] == found[1] or "b" in cited
        return found[0]

    assert (seen("a"), seen("b"), seen("a", "b")) == (1, 0, 0)


def test_an_acronym_and_a_question_that_are_gone(schema: Schema) -> None:
    """The old acronym is filed, and a question stays until something answers it."""
    before = {"acronym": "A", "open_questions": [{"about": "seat", "text": "Where?"}]}
    assert _sorts_of(schema, before, {"acronym": "B"}) == {"old-name-not-kept", "question-removed"}
    filed = {"acronym": "B", "other_names": [{"name": "A", "kind": "former"}], "seat": {"value": "Graz", "sources": []}}
    assert _sorts_of(schema, before, filed) == set()


def _sorts_at(schema: Schema, field: str, was: object, now: object, **more: object) -> set[str]:
    before, after = ({field: {"value": value, "sources": [source]}} for value, source in ((was, "a"), (now, "b")))
    after[field].update(more)
    return {hint.sort for hint in hints(compare("x", before, after), Words(schema))}


@pytest.mark.parametrize(
    ("was", "now", "seen"),
    [
        *((31, 310, True), (310, 31, True), (10, 50, True), (10, 49, False), (31, 38, False), (0, 50, False)),
        *((5, 1, True), (31, "many", False), ("many", 310, False)),
    ],
)
def test_a_number_that_jumps(schema: Schema, was: int | str, now: int | str, seen: bool) -> None:
    """A digit too many or too few is seen, from five times as much on; growth is none, nor is a word for a number."""
    assert ("jump" in _sorts_at(schema, "size", was, now)) is seen


def test_other_units_do_not_jump(schema: Schema) -> None:
    """Thirty states and three hundred officers are no slip of a finger."""
    was = {"participants": {"counts": [{"value": 30, "unit": "states", "sources": ["a"]}]}}
    now = {"participants": {"counts": [{"value": 300, "unit": "organisations", "sources": ["b"]}]}}
    assert "jump" not in {hint.sort for hint in hints(compare("x", was, now), Words(schema))}


@pytest.mark.parametrize(
    ("was", "now", "seen"),
    [
        ("https://enlets.eu", "https://enIets.eu", True),
        ("https://enlets.eu/about", "https://en1ets.eu/about", True),
        ("https://cepol.europa.eu", "https://cepol.europe.eu", True),
        ("https://www.norma.example", "https://noma.example", True),
        ("https://enlets.eu", "https://enlets.com", True),
        ("https://enlets.eu", "https://www.enlets.eu/", False),
        ("https://enlets.eu", "https://police.example", False),
        ("https://europol.europa.eu", "https://eurojust.europa.eu", False),
    ],
)
def test_a_host_that_looks_like_another(schema: Schema, was: str, now: str, seen: bool) -> None:
    """An address at a site that a reader takes for the known one is told, as website, new source and corrected one."""
    assert ("look-alike-host" in _sorts_at(schema, "website", was, now)) is seen
    old, new = (
        {"id": id_, "title": id_, "author": "A", "url": f"{url}/x"} for id_, url in (("old", was), ("new", now))
    )
    for before, after in (([old], [old, new]), ([old], [{**old, "url": new["url"]}])):
        found = hints(compare("x", {"sources": before}, {"sources": after}), Words(schema))
        assert ("look-alike-host" in {hint.sort for hint in found}) is seen


@pytest.mark.parametrize(
    ("was", "now", "seen"),
    [
        ("A network of dog handlers.", "Our mission is to bring dog handlers together.", "“our”"),
        ("A network of dog handlers.", "A world-class, innovative network of dogs.", "“innovative” and “world-class”"),
        (None, "We invite you to click here.", "“click here”, “we” and “you”"),
        ("Our dogs.", "Our dogs and horses.", ""),
        ("A network of dog handlers.", "A network of the handlers of dogs and of hours.", ""),
    ],
)
def test_the_voice_of_advertising(schema: Schema, was: str | None, now: str, seen: str) -> None:
    """Praise and the first person are told, word by word, where they are new; what stood there is no news."""
    before = {"summary": {"value": was, "sources": ["a"]}} if was else {"name": "N"}
    changes = compare("x", before, {"summary": {"value": now, "sources": ["b"]}})
    found = [plain(hint.text) for hint in hints(changes, Words(schema)) if hint.sort == "voice"]
    assert found == ([f"speaks for the body, not of it: {seen}"] if seen else [])


def test_the_voice_of_a_new_entry(schema: Schema) -> None:
    """A new entry is heard as a whole; titles, names of others, and our own notes are not its voice."""
    task = {"value": "Make your cities safe", "note": "That it is a task is our reading."}
    entry = {"name": "Our Police", "tasks": [task], "notes": "We know no more.", "sources": [{"title": "We and you"}]}
    found = [plain(hint.text) for hint in hints(compare("x", None, entry), Words(schema)) if hint.sort == "voice"]
    assert found == ["speaks for the body, not of it: “your”"]
