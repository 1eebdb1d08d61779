"""What is told in public: no personal data, no link that leads nowhere, and nothing twice."""

from __future__ import annotations

import pytest
from tests.review import cases
from tests.review.repository import entry

from netreg.core.finding import Finding, Level, Place
from netreg.core.schema import Schema
from netreg.review.as_json import as_json
from netreg.review.as_markdown import as_markdown
from netreg.review.as_text import as_text
from netreg.review.overview import review
from netreg.review.words import Words

PRIVATE = ("John Doe", "john.doe", "555 01 23", "hunter2")
SECRET = "Mr John Doe (john.doe@example.org, +32 2 555 01 23), https://x:hunter2@example.org/"
GOVERNANCE = "governance: {{value: {text}, sources: [own]}}\nsources:"
FILES = "https://host.example/blob/1a2b/registry"


def _with(text: str) -> str:
    return entry().replace("sources:\n", GOVERNANCE.format(text=f'"{text}"') + "\n", 1)


PLAIN = "A board of five members meets twice a year and chooses a chair for two years."
BEFORE_AND_AFTER = [
    (entry(), _with(SECRET)),
    (_with(PLAIN), _with(f"{PLAIN} Its chair is {SECRET}")),
    (_with(f"{PLAIN} Its chair is {SECRET}"), _with(PLAIN)),
    (_with(PLAIN), _with(PLAIN).replace("About us", f"About us by {SECRET}")),
    (_with(PLAIN), _with(PLAIN) + f"# ask {SECRET}\n"),
    (None, _with(SECRET)),
    (_with(SECRET), None),
    (
        entry(),
        entry(name=f"Network of {SECRET}")
        .replace("name: Network", 'name: "Network', 1)
        .replace("org/\n", 'org/"\n', 1),
    ),
    (entry(), f"a: [{SECRET}"),
]


@pytest.mark.parametrize(("before", "after"), BEFORE_AND_AFTER)
def test_personal_data_are_not_repeated(before: str | None, after: str | None, schema: Schema) -> None:
    """Wherever they stand, come or go, no line that people read holds them; not even what the check says of them."""
    sides = [{"een": text} if text else {} for text in (before, after)]
    place = Place("registry/een.yaml", 1, 1)
    found = Finding(place, "personal-mailbox", Level.ERROR, '"john.doe@example.org" may be a person\'s mailbox.', "")
    seen = review(cases.changes(*sides), Words(schema), [found])
    assert seen.entries
    for told in (as_markdown(seen, FILES), as_text(seen)):
        assert not [private for private in PRIVATE if private in told]


@pytest.mark.parametrize(("before", "after"), BEFORE_AND_AFTER[:2])
def test_personal_data_are_the_first_thing_to_look_at(before: str, after: str, schema: Schema) -> None:
    """Whoever merges would publish them for good."""
    comment = as_markdown(cases.seen({"een": before}, {"een": after}, schema))
    kinds = "a mailbox, a telephone number and a name, not repeated here; holds a password, not repeated here"
    assert comment.split("\n")[3].startswith(f"- holds personal data: {kinds}")
    assert "[a mailbox\\]" in comment
    assert "personal-data" in as_json(cases.seen({"een": before}, {"een": after}, schema))


def test_the_mailbox_that_bears_the_name_is_told(schema: Schema) -> None:
    """As the check lets it stand, no hint is given and a reviewer sees it, in one change and in a new entry."""
    official, personal = (
        entry().replace("sources:\n", f"contact: {{value: {box}@post.example.org, sources: [own]}}\nsources:\n", 1)
        for box in ("dgi-een", "jane.doe")
    )
    for before in ({"een": entry()}, {}):
        comment = as_markdown(cases.seen(before, {"een": official}, schema))
        assert "dgi-een" in comment
        assert "personal data" not in comment
        comment = as_markdown(cases.seen(before, {"een": personal}, schema))
        assert "holds personal data: a mailbox" in comment
        assert "jane" not in comment


def test_a_name_alone_may_be_a_persons(schema: Schema) -> None:
    """A title with a name is a reason to look, and no more."""
    comment = as_markdown(cases.seen({"een": entry()}, {"een": _with("Chaired by Dr Jane Doe.")}, schema))
    assert "- may name a living person: a name, not repeated here" in comment
    assert "Jane" not in comment


def test_what_goes_is_no_reason_to_look(schema: Schema) -> None:
    """Taking personal data out is what everybody wants."""
    comment = as_markdown(cases.seen({"een": _with(SECRET)}, {"een": _with("A board.")}, schema))
    assert "personal data" not in comment


def test_an_entry_that_is_gone_has_no_link(schema: Schema) -> None:
    """Its file is not there at the newer commit; that of a renamed one is, under the new name, which is told."""
    gone = as_markdown(cases.seen({"een": entry()}, {}, schema), FILES)
    assert "The entry is gone" in gone
    assert FILES not in gone
    moved = as_markdown(cases.seen({"een": entry()}, {"een-net": entry(seat="Oslo")}, schema), FILES)
    assert "Moved from `een` to `een-net`" in moved
    assert f"{FILES}/een-net.yaml" in moved
    assert f"{FILES}/een.yaml" not in moved


def test_nothing_is_called_fine_beside_an_error(schema: Schema) -> None:
    """Beside an error the first line does not say that nothing stands out; beside a warning it may."""
    changes = cases.changes({"een": entry()}, {"een": entry().replace("topics: [drugs]", "topics: [drugs, fraud]")})
    place = Place("registry/een.yaml", 1, 1)
    for level, said in ((Level.ERROR, False), (Level.WARNING, True)):
        found = [Finding(place, "x", level, "Wrong.", "")]
        first = as_markdown(review(changes, Words(schema), found)).split("\n")[0]
        assert ("Nothing stands out." in first) is said
        assert f"The check finds 1 {level}." in first
    assert "Nothing stands out" not in as_markdown(review(changes, Words(schema))), "nobody has checked"


def _many(number: int) -> tuple[cases.Texts, cases.Texts]:
    """Entries of which each gets a newer date, whatever its status and its date were; every fourth one a second."""
    before, after = {}, {}
    for one in range(number):
        text = entry(f"Network {one}", f"N{one}").replace("About us", f"About number {one}")
        text = text.replace(
            'active, as_of: "2024"', f'{"active" if one % 3 else "unknown"}, as_of: "20{10 + one % 15}"'
        )
        text = text.replace("Vienna,", f'Vienna, as_of: "20{10 + one % 14}",')
        newer = text.replace(f'as_of: "20{10 + one % 15}"', 'as_of: "2026-11"', 1)
        if one % 4 == 0:
            newer = newer.replace(f'Vienna, as_of: "20{10 + one % 14}"', 'Vienna, as_of: "2026-11"')
        before[f"n{one}"], after[f"n{one}"] = text, newer
    return before, after


def test_the_same_in_very_many_entries_is_told_once(schema: Schema) -> None:
    """A newer date in 125 entries is a few lines, and none for each entry; another change among them is told whole."""
    before, after = _many(125)
    comment = as_markdown(cases.seen(before, after, schema))
    assert "**Status**: now as of November 2026 (N0, N1, N10, N100, N101 and 120 more)" in comment
    assert "**Seat**: now as of November 2026" in comment
    assert "Nothing else changes in 125 entries; `netreg diff` tells each of them." in comment
    assert len(comment.split()) < 300
    after["n7"] = after["n7"].replace("Vienna", "Oslo")
    comment = as_markdown(cases.seen(before, after, schema))
    assert "| N7 | corrected | seat “Oslo” instead of “Vienna” and status | 2 |" in comment
    assert "Nothing else changes in 124 entries" in comment
    assert comment.count("####") == 1


def test_the_same_in_some_entries_is_told_at_each(schema: Schema) -> None:
    """Of no more than somebody reads, each has its row and its lines."""
    comment = as_markdown(cases.seen(*_many(40), schema))
    assert comment.count("\n| N") == 40
    assert comment.count("####") == 40
    assert "Nothing else changes" not in comment
