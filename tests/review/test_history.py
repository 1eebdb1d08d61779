"""The history of the entries: what Git knows of them, in order, and what it honestly does not know."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest
from tests.review.repository import Repository, entry

from netreg.check.runner import WITHHELD
from netreg.lists import read_withheld
from netreg.review import history
from netreg.review.change import Kind
from netreg.review.history import Gap, History, read_history


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """An empty repository."""
    return Repository(tmp_path / "project")


def told(found: History) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """A history as plain data: days with entries and the kinds of their changes."""
    return [
        (one.day.isoformat(), [(item.id, [change.kind.value for change in item.changes]) for item in one.entries])
        for one in found.revisions
    ]


def test_changes_come_newest_first(repository: Repository) -> None:
    """Each commit that changed an entry tells its day and what changed; other commits are left out."""
    repository.commit("2026-11-01T12:00:00Z", one=entry(), two=entry("Second Network", "SN"))
    repository.commit("2026-11-02T12:00:00Z")
    (repository.root / "README.md").write_text("x")
    repository.commit("2026-11-03T12:00:00Z")
    repository.commit("2026-11-04T12:00:00Z", one=entry(seat="Graz"))
    repository.commit("2026-11-05T12:00:00Z", one=entry(seat="Graz") + "# a remark\n")
    repository.commit("2026-11-06T12:00:00Z", two=None)
    found = read_history(repository.root)
    assert found.gap is Gap.NONE
    assert told(found) == [
        ("2026-11-06", [("two", ["id-lost"])]),
        ("2026-11-05", [("one", ["comments-changed"])]),
        ("2026-11-04", [("one", ["claim-changed"])]),
        ("2026-11-01", [("one", ["entry-added"]), ("two", ["entry-added"])]),
    ]
    changed = found.revisions[2].entries[0].changes[0]
    assert (changed.before["value"], changed.after["value"]) == ("Vienna", "Graz")


def test_the_day_of_publication(repository: Repository) -> None:
    """An entry was published when its file came; an entry that is not committed yet was not."""
    repository.commit("2026-11-01T12:00:00Z", one=entry())
    repository.commit("2026-11-04T12:00:00Z", one=entry(seat="Graz"), two=entry("Second Network", "SN"))
    repository.write("three", entry("Third Network", "TN"))
    found = read_history(repository.root)
    assert [found.published(id_) for id_ in ("one", "two", "three")] == [date(2026, 11, 1), date(2026, 11, 4), None]


def test_days_are_those_of_universal_time(repository: Repository) -> None:
    """A commit made just after midnight elsewhere counts for the day before in Universal Time."""
    repository.commit("2026-11-05T00:30:00+02:00", one=entry())
    assert [one.day for one in read_history(repository.root).revisions] == [date(2026, 11, 4)]


def test_a_merge_counts_on_its_own_day(repository: Repository) -> None:
    """What was merged is told once, on the day of the merge, and not step by step."""
    repository.commit("2026-11-01T12:00:00Z", one=entry())
    repository.git("switch", "--quiet", "--create", "side")
    repository.commit("2026-11-02T12:00:00Z", one=entry(seat="Linz"))
    repository.commit("2026-11-03T12:00:00Z", one=entry(seat="Graz"))
    repository.git("switch", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "--message=x", "side", when="2026-11-09T12:00:00Z")
    found = read_history(repository.root)
    assert [day for day, _ in told(found)] == ["2026-11-09", "2026-11-01"]
    changed = found.revisions[0].entries[0].changes[0]
    assert (changed.before["value"], changed.after["value"]) == ("Vienna", "Graz")


def test_a_file_that_cannot_be_read(repository: Repository) -> None:
    """A state of an entry that is no YAML is told as such, and so is its mending; nothing raises."""
    repository.commit("2026-11-01T12:00:00Z", one=entry())
    repository.commit("2026-11-02T12:00:00Z", one="name: [\x00")
    repository.commit("2026-11-03T12:00:00Z", one=entry())
    kinds = [change.kind for one in read_history(repository.root).revisions for change in one.changes]
    assert kinds == [Kind.ENTRY_MENDED, Kind.ENTRY_UNREADABLE, Kind.ENTRY_ADDED]


def test_only_entries_count(repository: Repository) -> None:
    """Other files of the folder, deeper ones and such with strange names make no trouble."""
    (repository.root / "registry" / "deeper").mkdir()
    for name in ("notes.txt", "deeper/one.yaml", "commit 0000.txt", "a\nb.txt", ":1 2 3 4 M.txt"):
        (repository.root / "registry" / name).write_text("x")
    repository.commit("2026-11-01T12:00:00Z", one=entry())
    assert told(read_history(repository.root)) == [("2026-11-01", [("one", ["entry-added"])])]


def test_a_project_inside_a_repository(repository: Repository) -> None:
    """The project may lie below the root of its repository; another registry beside it is not its own."""
    inner = repository.root / "below" / "registry"
    inner.mkdir(parents=True)
    (inner / "inner.yaml").write_text(entry(), encoding="utf-8")
    repository.commit("2026-11-01T12:00:00Z", outer=entry())
    assert told(read_history(inner.parent)) == [("2026-11-01", [("inner", ["entry-added"])])]


def test_settings_of_a_person_change_nothing(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Colours, signatures, renames and merges as somebody has set them for their own log do no harm."""
    repository.commit("2026-11-01T12:00:00Z", one=entry())
    repository.commit("2026-11-02T12:00:00Z", one=None, two=entry())
    plain = told(read_history(repository.root))
    settings = tmp_path / "gitconfig"
    settings.write_text(
        "[color]\nui = always\n[log]\nshowSignature = true\ndiffMerges = off\nmailmap = true\ndecorate = full\n"
        "[diff]\nrenames = copies\nrelative = false\n[core]\nquotePath = true\nabbrev = 4\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    assert told(read_history(repository.root)) == plain
    assert [kind for _, entries in plain for _, kinds in entries for kind in kinds] == [
        "id-lost",
        "entry-added",
        "entry-added",
    ]


def test_clocks_that_were_wrong(repository: Repository) -> None:
    """Revisions stand in the order of their days, whatever the clocks said; impossible days break nothing."""
    repository.commit("2026-11-05T12:00:00Z", one=entry())
    repository.commit("2026-11-01T12:00:00Z", one=entry(seat="Graz"))
    repository.commit("@99999999999999 +0000", one=entry(seat="Linz"))
    days = [one.day for one in read_history(repository.root).revisions]
    assert days == sorted(days, reverse=True)
    assert len(days) == 3


def test_a_shallow_copy_says_so(repository: Repository, tmp_path: Path) -> None:
    """A copy without the older states tells only what it can prove: its oldest state added nothing."""
    repository.commit("2026-11-01T12:00:00Z", one=entry())
    repository.commit("2026-11-02T12:00:00Z", one=entry(seat="Graz"))
    repository.commit("2026-11-03T12:00:00Z", one=entry(seat="Linz"))
    address = repository.root.as_uri()
    for depth, days in (("1", []), ("2", ["2026-11-03"])):
        copy = tmp_path / f"copy-{depth}"
        subprocess.run(
            ["git", "clone", "--quiet", "--depth", depth, address, str(copy)], check=True, capture_output=True
        )
        found = read_history(copy)
        assert found.gap is Gap.SHALLOW
        assert [day for day, _ in told(found)] == days
        assert found.published("one") is None


def test_without_git(tmp_path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a repository, without a commit and without Git itself the history is empty and says why."""
    (tmp_path / "plain").mkdir()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert read_history(tmp_path / "plain") == History((), Gap.NO_GIT)
    assert read_history(repository.root) == History((), Gap.NO_GIT)
    repository.commit("2026-11-01T12:00:00Z", one=entry())
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_history(repository.root) == History((), Gap.NO_GIT)


def test_a_long_history_is_cut(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many changes only the newest are compared, and the history says so."""
    for day, seat in enumerate(("Wels", "Graz", "Linz"), start=1):
        repository.commit(f"2026-11-0{day}T12:00:00Z", one=entry(seat=seat))
    monkeypatch.setattr(history, "MOST_FILES", 2)
    found = read_history(repository.root)
    assert found.gap is Gap.LONG
    assert [day for day, _ in told(found)] == ["2026-11-03", "2026-11-02"]
    assert found.published("one") is None


def test_a_copy_that_lacks_files(repository: Repository) -> None:
    """Where Git has lost a file of an older state, the history is not made up."""
    repository.commit("2026-11-01T12:00:00Z", one=entry())
    blob = repository.git("rev-parse", "HEAD:registry/one.yaml")
    repository.commit("2026-11-02T12:00:00Z", one=entry(seat="Graz"))
    (repository.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert read_history(repository.root) == History((), Gap.NO_GIT)


def test_the_real_registry_has_a_history(project: Path) -> None:
    """Every entry that stands here and was committed has its day of publication, unless the copy is shallow."""
    found = read_history(project)
    if found.gap is Gap.NONE:
        added = {change.entry for one in found.revisions for change in one.changes if change.kind is Kind.ENTRY_ADDED}
        assert all(found.published(id_) for id_ in added)
        assert added


def test_withheld_changes_are_told_nowhere(repository: Repository) -> None:
    """What brought a name in and what took it out are passed over, and counted; all else stays."""
    repository.commit("2026-11-01T12:00:00Z", one=entry())
    repository.commit("2026-11-02T12:00:00Z", one=entry(seat="Jane Doe, Graz"))
    repository.commit("2026-11-03T12:00:00Z", one=entry(seat="Graz"))
    whole = read_history(repository.root)
    found = whole.without({one.commit for one in whole.revisions[:2]})
    assert (told(found), found.withheld) == ([("2026-11-01", [("one", ["entry-added"])])], 2)
    assert "Jane" not in str(found)
    assert whole.without(frozenset()) == whole


def test_the_list_of_withheld_changes(tmp_path: Path) -> None:
    """Without a list nothing is withheld; a list that is none stops whoever would tell."""
    path = tmp_path / WITHHELD
    assert read_withheld(tmp_path) == frozenset()
    path.parent.mkdir(parents=True)
    path.write_text(f"withheld:\n  - {{commit: {'a' * 40}, date: '2026-11-24'}}\n", encoding="utf-8")
    assert read_withheld(tmp_path) == {"a" * 40}
    for text in ("withheld: none\n", "x", "withheld:\n  - {date: '2026-11-24'}\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match=WITHHELD):
            read_withheld(tmp_path)
