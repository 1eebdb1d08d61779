"""The comment: within the host's limit whatever is compared, with links and findings where they are given."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.commonmark import acting, headings, links
from tests.review import cases

from netreg.core.finding import Finding, Level, Place
from netreg.core.schema import Schema
from netreg.review.as_markdown import LONGEST, as_markdown
from netreg.review.change import Change, Kind
from netreg.review.overview import Review, review
from netreg.review.words import Words

NASTY = "<@x `|*[a](http://b.example)\u202e" * 60


def _review(changes: list[Change], schema: Schema, *findings: Finding) -> Review:
    return review(changes, Words(schema), findings)


def _claims(entry: str, number: int, text: str) -> list[Change]:
    claim = {"value": text, "note": text, text[:50]: text, "sources": ["a"]}
    return [Change(Kind.CLAIM_SET, entry, text, f"field-{index}", None, claim) for index in range(number)]


@pytest.mark.parametrize(("entries", "claims"), [(1, 400), (8, 60), (9, 60), (150, 3), (500, 1)])
def test_a_comment_never_outgrows_the_host(schema: Schema, entries: int, claims: int) -> None:
    """However much changes, and however much each sign takes to be made harmless, the comment fits."""
    changes = [change for index in range(entries) for change in _claims(f"n{index}", claims, NASTY)]
    comment = as_markdown(_review(changes, schema))
    assert len(comment) < LONGEST
    assert comment.count("<details>") == comment.count("</details>")
    assert "more" in comment


def test_nothing_in_a_comment_acts_but_our_links(schema: Schema) -> None:
    """Read by the rules of Markdown: no HTML, picture, mention or address of theirs, wherever it stands."""
    comment = as_markdown(_review(_claims("a) b", 3, NASTY), schema), "https://host.example/blob/1a2b/registry")
    assert acting(comment) == []
    assert set(links(comment)) == {"https://host.example/blob/1a2b/registry/a%29%20b.yaml"}


@pytest.mark.parametrize("case", sorted((cases.CASES).glob("*/expected.md")), ids=lambda path: path.parent.name)
def test_every_kept_comment_is_whole(case: Path) -> None:
    """As a code host reads it: one heading an entry, every fold closed, and nothing left of our marks in the text."""
    comment = case.read_text(encoding="utf-8")
    assert acting(comment) == []
    assert comment.count("<details>") == comment.count("</details>")
    assert len(headings(comment)) == len(set(headings(comment)))


def test_what_does_not_fit_is_counted(schema: Schema) -> None:
    """A reader learns how much is left out, and how to see it."""
    changes = [change for index in range(60) for change in _claims(f"n{index}", 40, f"{index} " + "word " * 40)]
    comment = as_markdown(_review(changes, schema))
    assert re.search(r"There is no room here for \d+ more; `netreg diff` shows all\.", comment)


@pytest.mark.parametrize(("number", "more"), [(9, False), (10, False), (11, True)])
def test_ten_findings_are_told(schema: Schema, number: int, more: bool) -> None:
    """All of them up to ten; of more the others are counted."""
    findings = [
        Finding(Place("registry/a.yaml", line, 1), "x", Level.ERROR, "No.", "Mend it.") for line in range(number)
    ]
    comment = as_markdown(_review([], schema, *findings))
    assert comment.count("No. Mend it.") == min(number, 10)
    assert ("- and 1 more" in comment) is more
    assert " more" not in comment.replace("- and 1 more", "")


def test_entries_link_to_their_files(schema: Schema) -> None:
    """Where the address of the folder is known, the name of an entry leads to its file, whatever its id."""
    changes = [Change(Kind.EDITORIAL_CHANGED, id_, "A [B]", "acronym", "A", "B") for id_ in ("a", "x) y")]
    comment = as_markdown(_review(changes, schema), "https://host.example/blob/1a2b/registry")
    assert "#### [A \\[B\\]](https://host.example/blob/1a2b/registry/a.yaml) `registry/a.yaml`" in comment
    assert "(https://host.example/blob/1a2b/registry/x%29%20y.yaml)" in comment


LINKS = f"https://host.example/somebody/networks/blob/{'a' * 40}/registry"


def test_links_and_moves_stay_shorter_than_the_difference(schema: Schema) -> None:
    """Of many entries each is linked once, and those that only moved make one line."""
    text = (cases.CASES / "count" / "before" / "enrp.yaml").read_text("utf-8")
    names = [f"network-{number:02}" for number in range(12)]
    before = {name: text.replace("River Police", name.title()) for name in names}
    moved = as_markdown(cases.seen(before, {f"x-{name}": before[name] for name in names}, schema), LINKS)
    assert moved.count("ENRP (`network-") == 12
    assert "####" not in moved
    assert len(moved) < 12 * 150
    asked = {name: text.replace("Does the network", "So, does the network") for name, text in before.items()}
    comment = as_markdown(cases.seen(before, asked, schema), LINKS)
    assert len(links(comment)) == 12
    assert len(comment) < len(cases.difference(before, asked))


@pytest.mark.parametrize("more", [0, 1])
def test_so_much_is_shown_of_what_moved(more: int, schema: Schema) -> None:
    """Sixty signs of a name and eighty of an id."""
    name, old, new = "N" * (60 + more), "a" * (80 + more), "b" * (80 + more)
    comment = as_markdown(_review([Change(Kind.ENTRY_MOVED, new, name, "", old, new)], schema))
    told = [f"{one[:-2]}…" if more else one for one in (name, old, new)]
    assert "{} (`{}` to `{}`)".format(*told) in comment


def test_what_is_only_written_otherwise_is_named(schema: Schema) -> None:
    """Beside what says something else, an entry whose form alone changes makes one line."""
    changes = [
        Change(Kind.EDITORIAL_CHANGED, "a", "A", "acronym", "A", "B"),
        Change(Kind.FORM_ONLY, "b", "B", "", None, None),
    ]
    assert "\n\nIn form only, saying the same: B.\n\n" in as_markdown(_review(changes, schema))


def test_what_is_to_be_looked_at_comes_first(schema: Schema) -> None:
    """The last of more entries than a table has rows is told in the first, where it is the one to look at."""
    changes = [Change(Kind.EDITORIAL_CHANGED, f"n{one}", f"N{one}", "group", "a", str(one)) for one in range(150)]
    ended = Change(Kind.STATUS_CHANGED, "z", "Z", "status", {"value": "active"}, {"value": "ended"})
    rows = [line for line in as_markdown(_review([*changes, ended], schema)).split("\n") if line.startswith("| ")]
    assert rows[1] == "| Z | corrected | status Ended instead of Active | 1 |"
    assert rows[-1].startswith("| and 31 more")


def test_findings_are_told_errors_first(schema: Schema) -> None:
    """The check's findings stand in a fold with their places, and in the first line as a number."""
    change = Change(Kind.EDITORIAL_CHANGED, "a", "A", "acronym", "A", "B")
    place = Place("registry/a.yaml", 3, 1)
    found = [Finding(place, f"rule-{level}", level, f"@x said {level}.", "Mend it.") for level in reversed(Level)]
    comment = as_markdown(_review([change], schema, *found))
    assert comment.split("\n")[0].endswith("The check finds 1 error, 1 warning and 1 remark.**")
    assert comment.index("said error") < comment.index("said warning") < comment.index("said info")
    assert "`registry/a.yaml:3` error: @\u200bx said error. Mend it." in comment
    assert "The check finds nothing." in as_markdown(_review([change], schema))


def test_thirty_entries_are_decided_from_the_top(schema: Schema) -> None:
    """Many entries make a table with the values themselves, and what is alike in many is said once."""
    text = (cases.CASES / "count" / "before" / "enrp.yaml").read_text("utf-8")
    top = as_markdown(cases.seen(*cases.thirty(text), schema)).partition("<details>")[0]
    assert "| N05 | corrected | number of states 45 instead of 39 and status | 2 |" in top
    assert top.count("as of November 2026 instead of November 2024") == 1
    assert top.count("\n| N") == 30
