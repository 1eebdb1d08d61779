"""The registry as the pages and the data see it: both sides of a tie, ages, states in words, order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from netreg.check import Context, check
from netreg.core.finding import Level
from netreg.core.load import parse_document, read_folder
from netreg.core.schema import Schema
from netreg.entry import Entry, Statement
from netreg.model import Registry, build_registry

HERE = Path(__file__).resolve().parent
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def small(schema: Schema) -> Registry:
    """A registry of ten small entries, one of them withdrawn."""
    return build_registry(read_folder(HERE), schema, TODAY)


def test_the_small_registry_is_a_valid_one(schema: Schema) -> None:
    """What is tested here could be published, so that no test leans on an entry that cannot be."""
    found = check(read_folder(HERE), Context(schema, TODAY))
    assert [finding for finding in found if finding.level is Level.ERROR] == []


# What an entry says


def test_every_field_is_read(small: Registry) -> None:
    """An entry with every kind of field loses none of them on the way."""
    river = small.entries["river"]
    assert (river.name, river.acronym) == ("Great European River Police Network", "GERP")
    assert (river.group, river.topics) == ("other-european", ("maritime-and-ports",))
    assert river.kinds is not None
    assert river.kinds.value == ("police", "customs")
    assert river.range is not None
    assert river.range.value == "region"
    assert [(claim.role, claim.value) for claim in river.countries] == [("member", ("BE", "NO"))]
    assert [(item.role, item.target) for item in river.leadership] == [("secretariat", ""), ("host", "lake")]
    assert [(claim.value, claim.unit) for count in river.counts for claim in count.with_others()] == [
        (12, "states"),
        (9, "states"),
        (40, "units"),
    ]
    assert [task.value for task in river.tasks] == ["Trains officers", "Exchanges what works"]
    assert [event.event for event in river.history] == ["founded", "first-meeting"]
    for claim in (river.seat, river.governance, river.website, river.purpose, river.summary):
        assert claim is not None
        assert claim.sources


def test_rival_values_keep_their_own_words(small: Registry) -> None:
    """A rival value has its own period, certainty, note and sources."""
    established = small.entries["river"].established
    assert established is not None
    (rival,) = established.other
    assert (rival.value, rival.likely, rival.sources) == ("1996", True, ("press",))
    assert rival.note == "The press counts from the first meeting."
    assert not established.likely


def test_names(small: Registry) -> None:
    """A page is headed by the short name; running text uses the shortest name that is unmistakable."""
    river, harbour, lake = (small.entries[id_] for id_ in ("river", "harbour", "lake"))
    assert (river.title, river.label) == ("River Network", "River Network")
    assert (harbour.title, harbour.label) == ("European Harbour Police Network", "EHPN")
    assert (lake.title, lake.label) == ("European Lake Police Network", "European Lake Police Network")
    assert [(name.name, name.since, name.until, name.language) for name in river.other_names] == [
        ("River Police Circle", "1995", "2001", ""),
        ("Grote Rivieren", "", "", "nl"),
    ]


def test_unknown_keys_of_a_later_release_are_left_alone(schema: Schema, tmp_path: Path) -> None:
    """An entry with a key that this release does not know is read all the same, and its data keep the key."""
    (tmp_path / "registry").mkdir()
    text = (HERE / "registry" / "lake.yaml").read_text(encoding="utf-8")
    later = text.replace("value: active,", "value: active, mood: calm,") + "colour: blue\n"
    (tmp_path / "registry" / "lake.yaml").write_text(later, encoding="utf-8")
    lake = build_registry(read_folder(tmp_path), schema, TODAY).entries["lake"]
    assert lake.status is not None
    assert lake.status.value == "active"
    assert (lake.raw["colour"], lake.raw["status"]["mood"]) == ("blue", "calm")


# Ages


def test_evidence_is_of_its_own_date_first(small: Registry) -> None:
    """The date that a claim gives itself wins over those of its sources, older ones too."""
    assert evidence(small, "river") == "2025-04"
    assert evidence(small, "marsh") == "2014-03"


def test_else_of_the_newest_of_its_sources(small: Registry) -> None:
    """A claim without a date is as old as the newest of its sources."""
    assert evidence(small, "lake") == "2012-05"


def test_else_it_is_undated(small: Registry) -> None:
    """Where neither has a date there is none; the day of reading never counts."""
    assert evidence(small, "fjord") is None
    assert evidence(small, "harbour") is None


def evidence(registry: Registry, id_: str) -> str | None:
    """The date of the evidence for the status of an entry."""
    entry = registry.entries[id_]
    assert entry.status is not None
    found = entry.evidence_of(entry.status)
    return found.text if found else None


@pytest.mark.parametrize(
    ("id_", "active"),
    [("river", True), ("harbour", True), ("lake", False), ("marsh", False), ("canal", False), ("bay", False)],
)
def test_active_has_a_criterion(small: Registry, id_: str, active: bool) -> None:
    """Active is who shows a sign of life of the last three years or rests on law in force, and nobody else."""
    assert small.is_active(small.entries[id_]) is active


def test_a_sign_of_life_ages(small: Registry, schema: Schema) -> None:
    """The same evidence stops to count when three years have passed."""
    later = Registry(small.entries, schema, date(2029, 11, 23))
    assert not later.is_active(later.entries["river"])
    assert later.is_active(later.entries["harbour"])


@pytest.mark.parametrize(
    ("id_", "words"),
    [
        ("river", "Active"),
        ("harbour", "Active"),
        ("lake", "Active, last seen May 2012"),
        ("marsh", "Dormant, last seen March 2014"),
        ("canal", "Merged, by July 2015"),
        ("brook", "Replaced, between 2013 and 2015"),
        ("delta", "Ended, undated"),
        ("fjord", "Unknown, undated"),
        ("bay", "Withdrawn"),
    ],
)
def test_status_in_words(small: Registry, id_: str, words: str) -> None:
    """Each status reads well in a line, with the time that is known."""
    assert small.status_in_words(small.entries[id_]) == words


# Ties


def ties(registry: Registry, id_: str) -> list[tuple[str, str, str, str]]:
    """The ties of an entry as (label, name of the other side, its id, entry that states it)."""
    return [(tie.label, tie.party.name, tie.party.id, tie.stated_in.id) for tie in registry.ties(registry.entries[id_])]


def test_the_side_that_states_a_tie(small: Registry) -> None:
    """An entry shows its ties in the order of the vocabulary: to entries, to known actors and to mere names."""
    assert ties(small, "harbour") == [
        ("Part of", "Council of Europe", "council-of-europe", "harbour"),
        ("Funded by", "Port of Nowhere", "", "harbour"),
        ("Cooperates with", "River Network", "river", "harbour"),
    ]
    assert [tie.party.is_entry for tie in small.ties(small.entries["harbour"])] == [False, False, True]


def test_the_other_side(small: Registry) -> None:
    """The other entry shows the same tie by itself, with the label of its side."""
    assert ties(small, "river") == [
        ("Cooperates with", "EHPN", "harbour", "harbour"),
        ("Absorbed", "European Canal Police Network", "canal", "canal"),
    ]
    assert ties(small, "lake") == [("Hosts", "River Network", "river", "river")]


def test_every_tie_has_two_sides(small: Registry) -> None:
    """Each relation or role between two entries stands on both pages, and carries a label where it is a tie."""
    seen = {(entry.id, tie.party.id, tie.stated_in.id) for entry in small.networks for tie in small.ties(entry)}
    seen |= {(entry.id, item.target, entry.id) for entry in small.networks for item in entry.leadership}
    for entry in small.networks:
        for tie in small.ties(entry):
            assert tie.label
            assert tie.party.name
            if tie.party.is_entry and not small.entries[tie.party.id].withdrawn:
                assert (tie.party.id, entry.id, tie.stated_in.id) in seen


# The whole


def test_order_and_tombstones(small: Registry) -> None:
    """Networks stand by group, degree of form and name; a withdrawn entry is no network and keeps its id."""
    assert [entry.id for entry in small.networks] == [
        "brook",
        "canal",
        "delta",
        "fjord",
        "lake",
        "marsh",
        "harbour",
        "river",
    ]
    withdrawn = small.entries["bay"].withdrawn
    assert withdrawn is not None
    assert withdrawn["see"] == "river"


def test_who_has_no_form_stands_behind_the_lowest(schema: Schema) -> None:
    """An informal circle is one step up from nothing known, whatever the names."""
    lowest = min(schema.terms("form"), key=lambda term: term.step).value
    texts = {"alpha": "name: Alpha\ngroup: eu-bodies\n"}
    texts["zulu"] = texts["alpha"].replace("Alpha", "Zulu") + f"form: {{value: {lowest}, sources: [a]}}\n"
    documents = [parse_document(f"registry/{id_}.yaml", text.encode()) for id_, text in texts.items()]
    assert [entry.id for entry in build_registry(documents, schema, TODAY).networks] == ["zulu", "alpha"]


def test_an_entry_that_cannot_be_shown_is_named(schema: Schema) -> None:
    """Whoever asks for the registry checks it then, and leaves that entry out."""
    documents = [parse_document("registry/een.yaml", text.encode()) for text in ("name: N\n", "name: [N]\n")]
    assert build_registry(documents[:1], schema, TODAY).entries.keys() == {"een"}
    with pytest.raises(ValueError, match=r"registry/een\.yaml is no sound entry"):
        build_registry(documents[1:], schema, TODAY)


def test_questions(small: Registry) -> None:
    """Open questions are found over the whole, each with its entry and field."""
    assert [(entry.id, about, text) for entry, about, text in small.questions()] == [
        ("river", "participants.range", "Which states take part?")
    ]


def test_statements_of_one_entry(small: Registry) -> None:
    """Statements are the claims with their rivals, and the names, acts, relations and events."""
    assert len(sourced(small.entries["river"])) == 23
    assert len(list(small.entries["river"].statements())) == 24  # a translated name needs no source
    assert list(small.entries["bay"].statements()) == []


def test_statements_miss_nothing(small: Registry) -> None:
    """Each list of sources in a file belongs to one statement, and its ids are those of the file, in its order."""
    for entry in small.entries.values():
        in_file = sorted(tuple(ids) for ids in source_lists(entry.raw) if ids)
        assert sorted(item.sources for item in sourced(entry)) == in_file, entry.id


def sourced(entry: Entry) -> list[Statement]:
    """The statements of an entry that stand on a source."""
    return [item for item in entry.statements() if item.sources]


def source_lists(raw: Any) -> Iterator[list[str]]:
    """All lists below a key ``sources`` that hold ids, anywhere in the data of a file."""
    if isinstance(raw, dict):
        own = raw.get("sources")
        if own is not None and all(isinstance(item, str) for item in own):
            yield own
        for value in raw.values():
            yield from source_lists(value)
    elif isinstance(raw, list):
        for value in raw:
            yield from source_lists(value)
