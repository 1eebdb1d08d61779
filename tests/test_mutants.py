"""The mutants: what is left out, what is drawn, which tests are run for each, and what is remembered."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pytest
from tests.mutants import __main__ as command
from tests.mutants import produce, reach, session, work

MODULE = "scripts/netreg/model/example.py"
TEXT = '''"""Says 1 + 1."""

from dataclasses import dataclass

LIMIT = 3
Value = str | int


@dataclass(frozen=True)
class Example:
    count: int | None

    def is_large(self, more: int | None = None) -> bool:
        """Whether 2 < 3."""
        if (
            self.count is not None
            and self.count > LIMIT
        ):
            return True
        return more == "a" + "b"

    @cache
    def again(self) -> int | None:
        return self.count
'''


@pytest.fixture
def source(tmp_path: Path) -> produce.Source:
    """The example as it is read from disk."""
    (tmp_path / "example.py").write_text(TEXT, encoding="utf-8")
    return produce.read(tmp_path / "example.py")


def test_what_no_test_should_see_is_left_out(source: produce.Source) -> None:
    """Types, settings of a dataclass, joined texts and identity are left out and counted; conditions are not."""
    kept, left_out = produce.counted({MODULE: source})
    assert left_out["annotations and names of types"] == 3 * 11
    assert left_out["caches, `abstractmethod`, settings of dataclasses"] == 2
    assert left_out["texts of messages"] == 11
    assert left_out["identity in place of equality"] == 1
    assert {mutant.start[0] for mutant in kept} == {5, 9, 15, 16, 17, 19, 20}
    assert {mutant.room for mutant in kept} == {"model"}


def test_places_are_drawn_before_their_likes(source: produce.Source) -> None:
    """The operators in place of one `>` are one place, of which one is drawn; a seed draws the same again."""
    kept, _ = produce.counted({MODULE: source})
    order = list(produce.drawn(kept, 1))
    places = {(mutant.start, mutant.family) for mutant in kept}
    assert {(mutant.start, mutant.family) for mutant in islice(order, len(places))} == places
    assert sorted(order) == sorted(kept)
    assert order == list(produce.drawn(kept, 1))
    assert order != list(produce.drawn(kept, 2))


def test_a_mutant_is_one_change(source: produce.Source) -> None:
    """The text differs in one line, which is told; what is no program is no mutant."""
    kept, _ = produce.counted({MODULE: source})
    trials = list(session.trials(kept, {MODULE: source}))
    changes = {(trial.was, trial.becomes) for trial in trials}
    assert ("and self.count > LIMIT", "and self.count <= LIMIT") in changes
    assert ("LIMIT = 3", "LIMIT = 4") in changes
    assert ("@dataclass(frozen=True)", "") in changes
    assert len({trial.key for trial in trials}) == len(trials)
    star = produce.mutants(MODULE, "def only(*, named): ...\n")
    assert star
    assert {produce.mutated(mutant, "def only(*, named): ...\n") for mutant in star} <= {None}


@pytest.mark.parametrize(
    ("line", "statement"),
    [
        (5, (5, 5, False)),
        (13, (13, 13, False)),
        (16, (15, 18, True)),
        (19, (19, 19, True)),
        (20, (20, 20, True)),
        (24, (24, 24, False)),
    ],
)
def test_a_line_belongs_to_a_statement(line: int, statement: tuple[int, int, bool]) -> None:
    """A condition over several lines is one; what stands in no function, or in one with a cache, runs once."""
    assert reach.statement(TEXT, line) == statement


def _written(folder: Path) -> reach.Reach:
    tests = {
        "tests/model/test_a.py::one": {"seconds": 2.0, "passed": True, "fixtures": ["fixture  base"]},
        "tests/model/test_a.py::two": {"seconds": 1.0, "passed": True, "fixtures": ["fixture  base"]},
        "tests/site/test_b.py::three": {"seconds": 0.1, "passed": True, "fixtures": []},
        "tests/site/test_b.py::fails": {"seconds": 0.1, "passed": False, "fixtures": []},
    }
    written = {
        "tests": tests,
        "contexts": ["", "fixture  base", *tests],
        "lines": {MODULE: {"15": [1], "19": [3, 4, 5, 0]}},
    }
    (folder / "1.json").write_text(json.dumps(written), encoding="utf-8")
    return reach.joined([folder])


def test_tests_of_a_line(tmp_path: Path) -> None:
    """A shared fixture counts for all its tests, a failing test for nothing, an import for all of the module."""
    known = _written(tmp_path)
    one, two, three = known.seconds
    assert known.failed == ["tests/site/test_b.py::fails"]
    assert known.tests(MODULE, TEXT, 17) == {one, two}
    assert known.tests(MODULE, TEXT, 19) == {two, three}
    assert known.tests(MODULE, TEXT, 20) == set()
    assert known.tests(MODULE, TEXT, 5) == {one, two, three}


def test_near_and_quick_tests_run_first(source: produce.Source, tmp_path: Path) -> None:
    """Those in the folder of the room, then the others, each by the time they take."""
    kept, _ = produce.counted({MODULE: source})
    trial = next(trial for trial in session.trials(kept, {MODULE: source}) if trial.was == "LIMIT = 3")
    (batch,) = session.batches(trial, {MODULE: source}, _written(tmp_path))
    assert [test.rpartition("::")[2] for test in batch.tests] == ["two", "one", "three"]


def test_what_is_remembered(tmp_path: Path) -> None:
    """After a change a survivor is tried again, and a mutant that died only if its test has changed."""
    by = "tests/test_mutants.py::some"
    lines = [
        {"key": "a", "result": "killed", "by": by, "tree": "1", "test": session.content(by)},
        {"key": "b", "result": "killed", "by": by, "tree": "1", "test": "other"},
        {"key": "c", "result": "survived", "by": "", "tree": "1", "test": ""},
    ]
    path = tmp_path / "results.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert set(session.remembered(path, "1")) == {"a", "b", "c"}
    assert set(session.remembered(path, "2")) == {"a"}
    assert session.remembered(tmp_path / "none", "1") == {}


@pytest.mark.parametrize(
    ("row", "died"),
    [({}, 1.0), ({"killed": 3, "timeout": 1, "survived": 1, "equivalent": 5}, 0.8), ({"survived": 2}, 0.0)],
)
def test_the_share_that_died(row: dict[str, int], died: float) -> None:
    """A mutant that ran out of time died, and one that is equivalent is not counted."""
    assert command.share(Counter(row)) == died


def test_the_report(
    source: produce.Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Survivors are told with their line and change, those judged equivalent apart, stale judgements too."""

    def run(drawn: Sequence[session.Trial], *_: object) -> list[work.Outcome]:
        return [work.Outcome(trial.key, "survived" if "LIMIT" in trial.was else "killed", "x") for trial in drawn]

    known = {
        (MODULE, "core/NumberReplacer", "LIMIT = 3", "LIMIT = 4"): "made up",
        (MODULE, "core/NumberReplacer", "LIMIT = 7", "LIMIT = 8"): "made up",
    }
    monkeypatch.setattr(session, "sources", lambda rooms: {MODULE: source})
    monkeypatch.setattr(session, "reached", lambda: ("tree", _written(tmp_path)))
    monkeypatch.setattr(session, "run", run)
    monkeypatch.setattr(session, "equivalents", lambda: known)
    monkeypatch.setattr(session, "CACHE", tmp_path)
    monkeypatch.setattr(session, "ROOT", tmp_path)
    (tmp_path / MODULE).parent.mkdir(parents=True)
    (tmp_path / MODULE).write_text(TEXT, encoding="utf-8")
    code = command.main(["--sample", "0"])
    out = capsys.readouterr().out
    assert "scripts/netreg/model/example.py:5 core/NumberReplacer survived\n  - LIMIT = 3\n  + LIMIT = 2\n" in out
    assert "LIMIT = 4" not in out
    assert "Stale in equivalent.yaml: there is no such line\n" in out
    assert out.splitlines()[-1].startswith("all")
    assert code == 1
    assert command.main(["--sample", "0"]) == 1
    assert " 0 drawn" not in capsys.readouterr().out


def test_the_list_of_equivalents_is_whole() -> None:
    """Each has its five parts, with a reason."""
    assert all(session.equivalents().values())
