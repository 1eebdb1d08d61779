"""The history of links: kept small and sorted, read with suspicion, and what it says of an address."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from netreg.core.project import UsageError
from netreg.upkeep.link_history import (
    KEPT,
    LinkState,
    Mark,
    Seen,
    as_text,
    failures,
    is_dead,
    last_alive,
    read_history,
    with_visits,
    write_history,
)

DAY = date(2026, 11, 24)
A, B = "https://a.example/", "https://b.example/é"
ALIVE, BLOCKED, DEAD = Seen(LinkState.ALIVE, "200"), Seen(LinkState.BLOCKED, "403"), Seen(LinkState.DEAD, "dns")


def marks(*visits: tuple[int, str]) -> list[Mark]:
    """Visits so many days after the first of January, each ``a``, ``b`` or ``d``."""
    outcomes = {"a": LinkState.ALIVE, "b": LinkState.BLOCKED, "d": LinkState.DEAD}
    return [Mark(date(2026, 1, 1) + timedelta(days), outcomes[letter], "x") for days, letter in visits]


@pytest.mark.parametrize(
    ("visits", "dead"),
    [
        ([], False),
        ([(0, "d")], False),
        ([(0, "d"), (30, "d")], False),
        ([(0, "d"), (10, "d"), (20, "d")], False),
        ([(0, "d"), (10, "d"), (21, "d")], True),
        ([(0, "d"), (30, "d"), (60, "d")], True),
        ([(0, "d"), (10, "a"), (20, "d"), (30, "d")], False),
        ([(0, "d"), (10, "a"), (20, "d"), (30, "d"), (41, "d")], True),
        ([(0, "a"), (10, "d"), (20, "b"), (30, "d"), (40, "d")], True),
        ([(0, "d"), (10, "b"), (20, "b"), (30, "d")], False),
        ([(0, "d"), (10, "d"), (30, "d"), (40, "b")], False),
        ([(0, "d"), (10, "d"), (30, "d"), (40, "a")], False),
    ],
)
def test_dead_after_three_failures_over_three_weeks(visits: list[tuple[int, str]], dead: bool) -> None:
    """Being alive once clears an address; being blocked neither counts nor clears, and is not dead now."""
    assert is_dead(marks(*visits)) is dead


def test_failures_and_the_last_day_alive() -> None:
    """The report can say since when it fails, and which day to ask an archive for."""
    visits = marks((0, "d"), (5, "a"), (10, "d"), (20, "d"))
    assert [mark.day.day for mark in failures(visits)] == [11, 21]
    assert last_alive(visits) == date(2026, 1, 6)
    assert last_alive(marks((0, "d"))) is None


def test_a_tour_is_added() -> None:
    """What was seen stands behind what was seen before; addresses out of use are forgotten, others stay."""
    before = {A: [Mark(date(2026, 10, 1), LinkState.ALIVE, "200")], "https://gone.example/": marks((0, "d"))}
    after = with_visits(before, {B: DEAD}, DAY, [A, B])
    assert {address: [str(mark) for mark in found] for address, found in after.items()} == {
        A: ["2026-10-01 alive 200"],
        B: ["2026-11-24 dead dns"],
    }


def test_a_day_counts_once() -> None:
    """Whoever runs it twice a day gets no two failures, and the later word stands."""
    once = with_visits({}, {A: DEAD}, DAY, [A])
    again = with_visits(once, {A: DEAD}, DAY, [A])
    assert again == once
    assert [str(mark) for mark in with_visits(again, {A: ALIVE}, DAY, [A])[A]] == ["2026-11-24 alive 200"]


def test_only_the_last_visits_are_kept() -> None:
    """The file stays small."""
    history = with_visits({}, {}, DAY, [])
    for days in range(15):
        history = with_visits(history, {A: BLOCKED}, DAY + timedelta(days), [A])
    assert len(history[A]) == KEPT
    assert history[A][0].day == DAY + timedelta(5)


def test_the_file_is_sorted_and_reads_well(tmp_path: Path) -> None:
    """One line an address, so that a difference shows what was seen."""
    file = tmp_path / "history.json"
    history = with_visits({}, {B: DEAD, A: ALIVE}, DAY, [B, A])
    write_history(file, history)
    assert file.read_text(encoding="utf-8") == (
        '{\n  "https://a.example/": ["2026-11-24 alive 200"],\n  "https://b.example/é": ["2026-11-24 dead dns"]\n}\n'
    )
    assert read_history(file) == history


def test_the_file_is_left_alone_where_nothing_changed(tmp_path: Path) -> None:
    """Writing the same again touches nothing; something new replaces it."""
    file = tmp_path / "history.json"
    write_history(file, with_visits({}, {A: ALIVE}, DAY, [A]))
    first = file.stat()
    write_history(file, read_history(file))
    assert file.stat().st_ino == first.st_ino
    write_history(file, with_visits({}, {A: DEAD}, DAY, [A]))
    assert "dead dns" in file.read_text(encoding="utf-8")


def test_an_empty_history(tmp_path: Path) -> None:
    """No file is an empty history, and an empty history reads as one."""
    assert read_history(tmp_path / "none.json") == {}
    (tmp_path / "history.json").write_text(as_text({}), encoding="utf-8")
    assert read_history(tmp_path / "history.json") == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '"x"',
        '{"https://a.example/": "2026-11-24 alive 200"}',
        '{"https://a.example/": [1]}',
        '{"https://a.example/": ["2026-11-24 fine 200"]}',
        '{"https://a.example/": ["2026-13-24 alive 200"]}',
        '{"https://a.example/": ["2026-11-24 dead <b>"]}',
        '{"https://a.example/": ["2026-11-24 dead dns\\n"]}',
        "\xff",
        "[" * 100_000,
    ],
)
def test_a_broken_history_is_refused(text: str, tmp_path: Path) -> None:
    """A file that was damaged by hand or by a merge is told in one line, with what to do."""
    file = tmp_path / "history.json"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(UsageError, match=r"history\.json holds no history of links\. Take its last good state"):
        read_history(file)


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    """The message names the file."""
    with pytest.raises(UsageError, match=r"history\.json cannot be written"):
        write_history(tmp_path / "no" / "folder" / "history.json", {})
