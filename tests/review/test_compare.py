"""Compare: nothing that differs is lost, and nothing that is the same is told."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.review import cases
from tests.strategies import entries, files

from netreg.core.canonical import canonical
from netreg.core.canonical.comments import MODELINE
from netreg.core.load import Document, parse_document
from netreg.core.load.node import Node, tree
from netreg.core.schema import Schema
from netreg.entry import Entry
from netreg.model.participation import Verdict, cells
from netreg.review.change import WHOLE, Change, Kind, meaning, paired
from netreg.review.collect import changes_of
from netreg.review.compare import NAMELESS, compare
from netreg.review.hints import hints
from netreg.review.overview import headline, review
from netreg.review.revisions import Pair
from netreg.review.sentence import sentence
from netreg.review.spans import plain
from netreg.review.words import Words

ENTRY = parse_document("registry/enrp.yaml", (cases.CASES / "count/before/enrp.yaml").read_bytes())


@pytest.fixture
def entry() -> dict[str, Any]:
    """The entry that most cases begin with, to be changed."""
    assert ENTRY.root is not None
    data: dict[str, Any] = ENTRY.root.plain()
    return data


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every scalar with the keys that lead to it; the places in lists make no difference."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _leaves(below, (*path, key))
    elif isinstance(value, list):
        for below in value:
            yield from _leaves(below, path)
    elif value is not None:
        yield path, meaning(value)


def _mentioned(change: Change) -> set[Any]:
    """Every scalar that a change carries."""
    sources = [{"sources": source.id} for source in (*change.was_on, *change.is_on)]
    return {leaf for side in (change.before, change.after, sources) for _, leaf in _leaves(side)}


def _dotted(path: tuple[str, ...]) -> str:
    return "".join(f"{key}." for key in (path[0] or NAMELESS, *path[1:]))


def _missed(before: Any, after: Any, changes: tuple[Change, ...]) -> list[tuple[tuple[str, ...], Any]]:
    """Leaves of one side alone that no change below their path carries."""
    was, now = Counter(_leaves(before)), Counter(_leaves(after))
    if any(change.kind in WHOLE for change in changes):
        return []
    said = [(f"{change.field}.", _mentioned(change)) for change in changes]
    return [
        (path, leaf)
        for path, leaf in (was - now) + (now - was)
        if not any(_dotted(path).startswith(field) and leaf in held for field, held in said)
    ]


@given(entries())
def test_an_entry_does_not_differ_from_itself(entry: dict[str, Any]) -> None:
    """The same data gives no change, whatever it is."""
    assert compare("x", entry, copy.deepcopy(entry)) == ()


@given(entries(), entries())
def test_every_leaf_that_differs_is_in_some_change(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Entries of any shape, with any mistakes in them: what is on one side alone is told."""
    assert _missed(before, after, compare("x", before, after)) == []


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    children: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in children:
        yield (*path, key)
        yield from _paths(below, (*path, key))


@given(st.data())
def test_every_small_edit_of_a_real_entry_is_told(data: st.DataObject) -> None:
    """One value replaced or taken away anywhere in a sound entry is carried by a change, and has its sentence."""
    assert ENTRY.root is not None
    before = ENTRY.root.plain()
    after = copy.deepcopy(before)
    path = data.draw(st.sampled_from(list(_paths(before))))
    holder = after
    for key in path[:-1]:
        holder = holder[key]
    if data.draw(st.booleans()):
        del holder[path[-1]]
    else:
        holder[path[-1]] = data.draw(st.sampled_from(["other words", 77, ["a", "b"], {"value": "x"}, [{"value": 3}]]))
    found = compare("enrp", before, after)
    assert found
    assert _missed(before, after, found) == []


@given(entries(), entries())
def test_every_change_has_its_words(before: dict[str, Any], after: dict[str, Any]) -> None:
    """No entry, however malformed, keeps a change from being told, hinted at and summed up."""
    words = Words(_schema())
    found = compare("x", before, after)
    for change in found:
        assert sentence(change, words)
    hints(found, words)
    assert headline(review(found, words))


def _schema() -> Schema:
    from tests.conftest import ROOT

    from netreg.core.schema import read_schema

    return read_schema(ROOT)


def _odd_dates(node: Node, schema: Schema, part: Any) -> bool:
    """Whether a date is written as a number in a form of its own, which reads otherwise once it is in quotes."""
    if part.get("x-kind") == "date" and isinstance(node.value, int) and str(node.value) != node.text:
        return True
    return any(_odd_dates(child, schema, schema.child(part, key)) for key, child in node.items())


@given(files())
def test_canonical_form_is_form_only(file: tuple[str, list[str]]) -> None:
    """Writing an entry in canonical form changes nothing that it says, in any style and with comments anywhere."""
    schema, text = _schema(), file[0]
    before = parse_document("registry/x.yaml", text.encode())
    assume(before.root is not None and before.root.kind == "mapping")
    assert before.root is not None
    assume(not _odd_dates(before.root, schema, schema.root))
    after = parse_document("registry/x.yaml", canonical(text, before.root, schema).encode())
    assert {change.kind for change in changes_of(Pair("x", before, after))} <= {Kind.FORM_ONLY}


_TWO_SIGNS = [
    "\uf900: one",
    "name: {value: e\u0301}",
    "sources:\n  - {id: e\u0301, title: \uf900}",
    "seat:\n  \u212b: e\u0301",
]


@pytest.mark.parametrize("text", _TWO_SIGNS, ids=ascii)
def test_a_letter_and_its_accent_are_one_sign(text: str) -> None:
    """A text or a key that the canonical form composes says what it said, wherever it stands."""
    before = parse_document("registry/x.yaml", f"{text}\n".encode())
    assert before.root is not None
    after = parse_document("registry/x.yaml", canonical(before.text, before.root, _schema()).encode())
    assert [change.kind for change in changes_of(Pair("x", before, after))] == [Kind.FORM_ONLY]


Edit = Callable[[dict[str, Any]], object]


def _kinds(entry: dict[str, Any], edit: Edit) -> list[str]:
    after = copy.deepcopy(entry)
    edit(after)
    return [change.kind.value for change in compare("enrp", entry, after)]


def test_the_order_of_lists_is_form(entry: dict[str, Any]) -> None:
    """Sources, topics, events and rivals say the same in another order."""

    def turn(data: dict[str, Any]) -> None:
        for key in ("sources", "history", "open_questions"):
            data[key].reverse()
        data["summary"]["sources"].reverse()

    assert _kinds(entry, turn) == []


@pytest.mark.parametrize(
    ("edit", "kinds"),
    [
        (lambda data: data.pop("website"), ["claim-cleared"]),
        (lambda data: data.update(seat={"value": "Vienna", "sources": ["about"]}), ["claim-set"]),
        (lambda data: data["status"].update(value="dormant"), ["status-changed"]),
        (lambda data: data["status"].update(as_of="2026"), ["claim-changed"]),
        (lambda data: data["status"].update(sources=["about", "yearbook"]), ["source-gained"]),
        (lambda data: data["status"].update(sources=[]), ["source-lost"]),
        (lambda data: data["status"].update(sources=["yearbook"]), ["source-changed"]),
        (lambda data: data["established"]["other"].pop(), ["rival-removed"]),
        (lambda data: data["established"]["other"][0].update(note="otherwise"), ["rival-changed"]),
        (lambda data: data["status"].update(other=[{"value": "ended"}]), ["rival-added"]),
        (lambda data: data["status"].update(other={"value": "ended"}), ["rival-added"]),
        (lambda data: data["legal_basis"][0].update(role="current"), ["legal-act-changed"]),
        (lambda data: data.pop("legal_basis"), ["legal-act-removed"]),
        (lambda data: data["relations"][0].update(type="member_of"), ["relation-changed"]),
        (
            lambda data: data["relations"][0].update(target="cepol", type="part_of"),
            ["relation-added", "relation-removed"],
        ),
        (lambda data: data["history"][0].update(date="2008"), ["event-changed"]),
        (
            lambda data: data["history"].append({"date": "2011", "text": "It moves."}),
            ["event-added"],
        ),
        (lambda data: data["other_names"][0].update(kind="variant"), ["name-changed"]),
        (lambda data: data["other_names"].append({"name": "Aqua", "kind": "short"}), ["name-added"]),
        (lambda data: data["open_questions"][1].update(about="status"), ["question-changed"]),
        (lambda data: data["open_questions"].pop(), ["question-removed"]),
        (lambda data: data["sources"][2].update(url="https://x.example"), ["listed-source-changed"]),
        (lambda data: data.update(name="Another"), ["renamed"]),
        (lambda data: data.update(group="eu-bodies"), ["editorial-changed"]),
        (lambda data: data.update(entry={"withdrawn": "2026", "reason": "x"}), ["entry-withdrawn"]),
        (lambda data: data.update(seat="Vienna"), ["editorial-changed"]),
        (lambda data: data.update(website="https://river-police.example"), ["source-lost"]),
    ],
)
def test_each_edit_has_its_kind(entry: dict[str, Any], edit: Edit, kinds: list[str]) -> None:
    """One edit is one change of one kind."""
    assert sorted(_kinds(entry, edit)) == kinds


def test_a_value_that_was_replaced_may_be_kept(entry: dict[str, Any]) -> None:
    """The old value under ``other`` is kept, and told as such."""
    after = copy.deepcopy(entry)
    count = after["participants"]["counts"][0]
    count["other"].append({key: count[key] for key in ("value", "unit", "as_of", "sources")})
    count.update(value=44, as_of="2026")
    (change,) = compare("enrp", entry, after)
    assert (change.kind, change.kept) == (Kind.CLAIM_CHANGED, True)


def test_a_value_that_still_stands_beside_was_not_promoted(entry: dict[str, Any]) -> None:
    """The same number again, for another year, is a new headline and no rival that moved up."""
    after = copy.deepcopy(entry)
    after["participants"]["counts"][0].update(value=41, as_of="2026")
    assert [change.kind for change in compare("enrp", entry, after)] == [Kind.CLAIM_CHANGED]


def test_a_source_with_another_id_is_the_same_source(entry: dict[str, Any]) -> None:
    """Only the list of sources changes, not each statement that cites it."""
    said = (cases.CASES / "count/before/enrp.yaml").read_text("utf-8")
    moved = said.replace("id: about", "id: who-we-are").replace("[about", "[who-we-are")
    after = parse_document("registry/enrp.yaml", moved.encode()).root
    assert after is not None
    assert [change.kind for change in compare("enrp", entry, after.plain())] == [Kind.LISTED_SOURCE_CHANGED]


def test_an_older_shape_is_compared(entry: dict[str, Any]) -> None:
    """The single count of an older release and the list of today are both told, and neither raises."""
    before = copy.deepcopy(entry)
    before["participants"]["count"] = before["participants"].pop("counts")[0]
    found = compare("enrp", before, entry)
    assert [change.field for change in found] == ["participants.counts"] * 2 + ["participants.count"] * 2


@pytest.mark.parametrize("number", [2_000])
def test_long_lists_take_linear_time(number: int) -> None:
    """Lists as long as a file may hold are matched without comparing each with each."""

    def history(shift: int) -> dict[str, Any]:
        return {"history": [{"date": str(1000 + index), "text": f"event {index + shift}"} for index in range(number)]}

    assert compare("x", history(0), history(number))


def _document(text: str) -> Document:
    return parse_document("registry/x.yaml", text.encode())


def test_what_cannot_be_read_is_one_change() -> None:
    """An unreadable file gives its first problem, a mended one its contents, and both stay one change."""
    good, bad = _document("name: A\n"), _document("name: [A\n")
    (broken,) = changes_of(Pair("x", good, bad))
    assert (broken.kind, broken.after["rule"], broken.after["line"]) == (Kind.ENTRY_UNREADABLE, "yaml-syntax", 1)
    assert [change.kind for change in changes_of(Pair("x", None, bad))] == [Kind.ENTRY_UNREADABLE]
    assert [change.kind for change in changes_of(Pair("x", bad, good))] == [Kind.ENTRY_MENDED]
    assert [change.kind for change in changes_of(Pair("x", bad, None))] == [Kind.ID_LOST]
    assert [change.kind for change in changes_of(Pair("x", _document("- a\n"), good))] == [Kind.ENTRY_MENDED]


def _answered(before: Any, after: Any, field: str = "seat") -> bool:
    question = {"open_questions": [{"about": field, "text": "Where?"}]}
    kinds = {change.kind for change in compare("x", {field: before, **question}, {field: after})}
    return Kind.QUESTION_ANSWERED in kinds


def test_only_a_new_value_answers() -> None:
    """A date, a note or a comma beside a statement answers no question about it.

    A new value or item does, and so does a new source that says the same for a later date.
    """
    graz = {"value": "Graz", "as_of": "2019", "note": "so far", "sources": ["a"]}
    for beside in ({"as_of": "2026"}, {"note": "so far,"}, {"certainty": "likely"}, {"sources": ["a", "b"]}):
        assert not _answered(graz, {**graz, **beside})
    assert _answered(graz, {**graz, "value": "Linz"})
    assert _answered(graz, {**graz, "other": [{"value": "Linz"}]})
    assert _answered(None, graz)
    assert _answered(graz, {**graz, "as_of": "2026", "sources": ["a", "b"]})
    assert not _answered(graz, {**graz, "as_of": "2018", "sources": ["a", "b"]})
    tie = {"type": "part_of", "target": "lewp", "as_of": "2019"}
    assert not _answered([tie], [{**tie, "as_of": "2026"}], "relations")
    assert _answered([tie], [{**tie, "type": "funded_by"}], "relations")
    assert _answered([tie], [tie, {**tie, "target": "cepol"}], "relations")


def test_another_unit_beside_other_counts_is_one_change(entry: dict[str, Any]) -> None:
    """The count is the same one whatever is counted, and keeps its rivals."""
    entry["participants"]["counts"].append({"value": 5, "unit": "persons", "sources": ["about"]})
    after = copy.deepcopy(entry)
    after["participants"]["counts"][0]["unit"] = "organisations"
    (change,) = compare("enrp", entry, after)
    assert (change.kind, change.is_other_value) == (Kind.CLAIM_CHANGED, True)


def test_the_order_of_topics_is_told(entry: dict[str, Any]) -> None:
    """The most typical stands first, so the order says something."""
    before, after = ({**entry, "topics": topics} for topics in (["drugs", "forensics"], ["forensics", "drugs"]))
    (change,) = compare("enrp", before, after)
    said = plain(sentence(change, Words(_schema())))
    assert said == "Topics: in another order: Forensics and Drugs"
    (change,) = compare("enrp", {**entry, "topics": ["drugs"]}, before)
    assert plain(sentence(change, Words(_schema()))) == "Topics: now also Forensics"
    (change,) = compare("enrp", {**entry, "topics": ["drugs"]}, after)
    assert plain(sentence(change, Words(_schema()))) == "Topics: now also Forensics, as the first"


def test_a_promoted_rival_tells_what_the_old_value_stood_on() -> None:
    """The sources of a deleted value are lost with it, whatever its rival stood on."""
    linz = {"value": "Linz", "sources": ["b"]}
    before = {"seat": {"value": "Graz", "sources": ["a"], "other": [linz]}}
    (change,) = compare("x", before, {"seat": linz})
    assert (change.kind, [source.id for source in change.lost]) == (Kind.ALTERNATIVE_PROMOTED, ["a"])


def test_a_corrected_source_says_what_cites_it(entry: dict[str, Any]) -> None:
    """The fields that lean on it, those of other values included; of a reading anew nobody needs to know."""
    after = copy.deepcopy(entry)
    after["sources"][2]["url"] = "https://yearbook.example/2024"
    (change,) = compare("enrp", entry, after)
    assert change.after["cited_by"] == ["established", "participants.counts"]
    assert plain(sentence(change, Words(_schema()))).endswith("; cited by established and number")
    after["sources"][2] = {**entry["sources"][2], "read": {"date": "2026-11-26", "how": "stored-copy"}}
    (change,) = compare("enrp", entry, after)
    assert "cited by" not in plain(sentence(change, Words(_schema())))


def _collected(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, str]]:
    return [(change.kind.value, change.entry) for change in cases.changes(before, after)]


def test_a_moved_file_is_told_by_what_differs() -> None:
    """A file with the title, or most sources, of one that is gone is the same entry; another is a new one."""
    text = (cases.CASES / "count/before/enrp.yaml").read_text("utf-8")
    retitled = text.replace("name: European Network of River Police", "name: Another")
    assert _collected({"enrp": text}, {"x": text}) == [("entry-moved", "x")]
    assert _collected({"enrp": text}, {"x": retitled}) == [("entry-moved", "x"), ("renamed", "x")]
    other = retitled.replace("https://", "https://www2.")
    assert _collected({"enrp": text}, {"x": other}) == [("id-lost", "enrp"), ("entry-added", "x")]


def test_comments_are_told() -> None:
    """What somebody wrote beside the entry is quoted, whatever else changes; a sign in a text is no comment."""
    before, after = "name: A # one\n# two\n", "name: 'A'\n# two\n# three\n"
    (change,) = changes_of(Pair("x", _document(before), _document(after)))
    assert (change.kind, change.before, change.after) == (Kind.COMMENTS_CHANGED, ["one"], ["three"])
    assert plain(sentence(change, Words(_schema()))) == "Comments in the file: new “three”; deleted “one”"
    (change,) = changes_of(Pair("x", _document("name: 'A # b'\n"), _document('name: "A # b"\n')))
    assert change.kind is Kind.FORM_ONLY
    renamed, commented = changes_of(Pair("x", _document("name: A\n"), _document("name: B # ring me\n")))
    assert (renamed.kind, commented.after) == (Kind.RENAMED, ["ring me"])
    line = "# yaml-language-server: {}\nname: A\n"
    (change,) = changes_of(Pair("x", _document(line.format(MODELINE[24:])), _document(line.format("ring me"))))
    assert change.after == ["yaml-language-server: ring me"]


def test_an_emptied_file_is_one_line() -> None:
    """Nothing is left to compare, however much there was."""
    (change,) = cases.changes({"x": "name: A\ntopics: [drugs]\n"}, {"x": "\n"})
    assert plain(sentence(change, Words(_schema()))) == "The file is empty now"


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbfname: A\n", "name: A\n".encode("utf-16"), b"name: \xe9\n", b"# x\n" * 70_000]
)
def test_what_cannot_be_decoded_is_not_called_empty(data: bytes) -> None:
    """The file holds something, and whoever reads that it is empty would look for it in vain."""
    (change,) = changes_of(Pair("x", _document("name: A\n"), parse_document("registry/x.yaml", data)))
    assert plain(sentence(change, Words(_schema()))).startswith("The file cannot be read (line 1): “")


def _counts(value: int, *other: dict[str, Any], **said: object) -> dict[str, Any]:
    claim = {"value": value, "unit": "states", "sources": ["a"], **said, "other": list(other)}
    return {"participants": {"counts": [claim]}}


def test_a_rival_that_nobody_touched_is_left_alone() -> None:
    """Its number may be that of the old value; it is neither that value, kept, nor gone."""
    rival = {"value": 30, "unit": "states", "sources": ["b"], "note": "another count"}
    (change,) = compare("x", _counts(30, rival, as_of="2016"), _counts(32, rival, as_of="2019"))
    assert (change.kind, change.kept) == (Kind.CLAIM_CHANGED, False)
    edited = {**rival, "note": "a third count"}
    both = compare("x", _counts(30, rival), _counts(32, edited))
    assert [(one.kind, one.kept) for one in both] == [(Kind.CLAIM_CHANGED, False), (Kind.ALTERNATIVE_CHANGED, False)]
    old = {"value": 30, "unit": "states", "sources": ["a"]}
    for beside in ([rival, old], [old, rival], [edited, old]):
        first, *others = compare("x", _counts(30, rival), _counts(32, *beside))
        assert (first.kept, [one.kind for one in others]) == (True, [Kind.ALTERNATIVE_CHANGED] * (edited in beside))


def test_a_rival_that_is_there_twice_did_not_move_up() -> None:
    """It stands where it stood, on other sources, and so does another like it."""
    beside = [{"value": 32, "unit": "states", "sources": [source]} for source in "bcd"]
    both = compare("x", _counts(30, beside[0]), _counts(32, *beside[1:]))
    assert [one.kind for one in both] == [Kind.CLAIM_CHANGED, Kind.ALTERNATIVE_CHANGED, Kind.ALTERNATIVE_ADDED]


def test_a_kept_value_keeps_its_note() -> None:
    """The note that went along is not lost; one that did not go along is told once."""
    old = {"value": 30, "unit": "states", "sources": ["a"], "note": "of members"}
    told = [
        plain(sentence(one, Words(_schema()))) for one in compare("x", _counts(30, note="of members"), _counts(32, old))
    ]
    assert told == ["Number of states: 32 instead of 30; the old value is kept beside it; still by “a” (not listed)"]
    bare = compare("x", _counts(30, note="of members"), _counts(32, {**old, "note": None}, note="of all"))
    told = [plain(sentence(one, Words(_schema()))) for one in bare]
    assert "; with the note “of all”; the old value is kept" in told[0]
    assert [("no longer with the note “of members”" in one) for one in told] == [False, True]


def test_a_withdrawal_swallows_no_other_edit(entry: dict[str, Any]) -> None:
    """What the stone says otherwise is told beside it; what it leaves out is not."""
    stone = {"entry": {"withdrawn": "2026", "reason": "x"}, "acronym": entry["acronym"]}
    kinds = [change.kind for change in compare("enrp", entry, {**stone, "name": "Another"})]
    assert kinds == [Kind.ENTRY_WITHDRAWN, Kind.RENAMED]
    (change,) = compare("enrp", entry, {**stone, "name": entry["name"]})
    assert change.kind is Kind.ENTRY_WITHDRAWN


@pytest.mark.parametrize(
    ("before", "after", "is_one"),
    [
        ("a b c", "a b d", True),  # two of four words
        ("a b c d", "a b e f", False),  # two of six
        ("a b", "a c", False),  # one of three
        ("a", "", False),
        ("", "", False),
    ],
)
def test_items_that_share_half_of_their_words_are_one(before: str, after: str, is_one: bool) -> None:
    """Half of all words that either has is enough, and less is not; no words are no likeness."""
    older, newer = ([{"text": text, "n": number}] for number, text in enumerate((before, after)))
    assert (len(paired(older, newer, (), lambda item: str(item["text"]))) == 1) is is_one


@pytest.mark.parametrize(("new", "moved"), [(50, 50), (51, 0)])
def test_an_entry_with_another_name_is_known_by_its_sources(new: int, moved: int) -> None:
    """Of fifty that are gone and fifty new ones; of more only by the name, since it would take too long."""
    before, after = (
        {
            f"{side}-{number}": f"name: {side} {number}\nsources: [{{id: a, url: 'https://s{number}.example/'}}]\n"
            for number in range(count)
        }
        for side, count in (("old", 50), ("new", new))
    )
    assert [change.kind for change in cases.changes(before, after)].count(Kind.ENTRY_MOVED) == moved


def test_items_with_one_key_meet_in_their_order() -> None:
    """Of several with the same key the first meets the first, and the closest text is the counterpart."""
    older, newer = ([{"k": 1, "n": number} for number in numbers] for numbers in ((1, 2, 3), (11, 12)))
    found = paired(older, newer, (lambda item: item["k"],))
    assert [(was["n"], now and now["n"]) for was, now in found] == [(1, 11), (2, 12), (3, None)]
    before, after = ([{"t": text} for text in side] for side in (("a b c d", "a b c e"), ("a b c e f",)))
    assert paired(before, after, (), lambda item: item["t"])[0][0] == {"t": "a b c e"}


@pytest.mark.parametrize(("new", "matched"), [(50, 1), (51, 0)])
def test_a_text_among_many_items_is_matched(new: int, matched: int) -> None:
    """Fifty that are gone with fifty new ones, whatever else stands there as it stood; more take too long."""
    same_ones = [{"text": f"word {number}"} for number in range(20)]
    older, newer = (
        [*same_ones, {"text": f"a b c {side}"}, *({"text": f"{side}{number}"} for number in range(count - 1))]
        for side, count in (("old", 50), ("new", new))
    )
    assert len(paired(older, newer, (), lambda item: item["text"])) == 20 + 50 + new - matched


ROLES = ("member", "observer", "associate", "founder", "participated")


def _accounts() -> st.SearchStrategy[list[dict[str, Any]]]:
    """Lists of claims on who takes part, of few countries and sets, so that they meet."""
    codes = st.lists(st.sampled_from(["AT", "CH", "DK", "GB", "NO", "XK"]), unique=True, min_size=1).map(sorted)
    sets = st.lists(st.sampled_from(["benelux", "eu27", "eu28", "nordic"]), unique=True, min_size=1).map(sorted)
    known = {"role": st.sampled_from(ROLES), "sources": st.just(["list"])}
    more = {"as_of": st.sampled_from(["2012", "2024"]), "certainty": st.just("likely"), "complete": st.just(True)}
    by_code = st.fixed_dictionaries({**known, "value": codes}, optional=more)
    by_set = st.fixed_dictionaries({**known, "sets": sets}, optional={**more, "value": codes, "except": codes})
    return st.lists(by_code | by_set, max_size=3)


@given(_accounts(), _accounts())
def test_who_is_no_member_any_more_is_told(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> None:
    """Each country that is not a member by the newer state, and was not so before, is in a sentence, and no other."""
    words = Words(_schema())
    states = [{"sources": [{"id": "list"}], "participants": {"countries": claims}} for claims in (before, after)]
    columns = sorted(words.sets["matrix"].members)
    both = [cells(Entry(Document("", "", "", tree(one), ()), words.schema), columns, words.sets) for one in states]
    pairs = zip(*both, strict=True)
    wanted = {
        plain(words.who((), (), [now.country])[0])
        for was, now in pairs
        if now.verdict is Verdict.NOT_A_MEMBER is not was.verdict
    }
    told = [plain(sentence(change, words)) for change in compare("x", *states)]
    lists = [re.findall(r"not a member by this: (.*?)(?:; |$)", one) for one in told]
    assert {name for found in lists for one in found for name in re.split(r", | and (?!Herz)", one)} == wanted


def test_of_whom_nothing_is_known_any_more_is_told() -> None:
    """Without the list that named all, those who stood on it and those who did not are unknown."""
    every = {"role": "member", "value": ["AT"], "complete": True, "sources": ["list"]}
    founders = {"role": "founder", "value": ["CH"], "sources": ["list"]}
    states = [{"sources": [{"id": "list"}], "participants": {"countries": [claim]}} for claim in (every, founders)]
    told = [plain(sentence(change, Words(_schema()))) for change in compare("x", *states)]
    assert [re.findall("; not known by this: Albania, .*, Austria, ", one) != [] for one in told] == [False, True]


@pytest.mark.parametrize(
    ("path", "before", "after", "kinds"),
    [
        ("leadership", [{"role": "lead", "name": "A"}], [{"role": "lead", "name": "B"}], ["claim-changed"]),
        (
            "leadership",
            [{"role": "lead", "name": "A"}],
            [{"role": "chair", "name": "A"}],
            ["claim-set", "claim-cleared"],
        ),
        (
            "leadership",
            [{"role": "lead", "name": "A"}],
            [{"role": "lead", "name": "B"}, {"role": "lead", "name": "A", "until": "2024"}],
            ["claim-set", "claim-changed"],
        ),
        ("identifiers", [{"scheme": "life", "value": "1"}], [{"scheme": "life", "value": "2"}], ["claim-changed"]),
        (
            "leadership",
            [{"role": "lead", "name": "A", "sources": ["a", {"id": "b", "where": "top"}]}],
            [{"role": "lead", "name": "A", "sources": ["a", {"id": "b", "where": "foot"}]}],
            ["source-changed"],
        ),
        (
            "leadership",
            [{"role": "lead", "name": "A"}, {"role": "lead", "name": "B"}],
            [{"role": "lead", "name": "A"}],
            ["claim-cleared"],
        ),
        ("leadership", "Ministry", [{"role": "lead", "name": "A"}], ["claim-changed"]),
        ("confirmed", None, {"by": "a", "date": "2027", "commit": "31e8e04"}, ["editorial-changed"]),
    ],
)
def test_claims_of_a_role_are_matched(path: str, before: Any, after: Any, kinds: list[str]) -> None:
    """A role that passes on is one change, another role is another claim, and a place in a source a small change."""
    assert [change.kind for change in compare("x", {"name": "X", path: before}, {"name": "X", path: after})] == kinds
