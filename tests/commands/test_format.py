"""``netreg format``: canonical form for what can be read, and no harm to the rest."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path
from unicodedata import normalize

import pytest

from netreg.cli import main
from netreg.core import atomic

_CANONICAL = """\
# yaml-language-server: $schema=../schema/network.schema.json
name: A
group: eu-bodies
"""
_LOOSE = "group: eu-bodies\nname: A\n"


@pytest.fixture
def registry(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of entries of an empty project, which is the current one."""
    (tmp_path / "schema").mkdir()
    shutil.copy(project / "schema" / "network.schema.json", tmp_path / "schema")
    folder = tmp_path / "registry"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    return folder


def test_the_whole_registry_is_formatted(registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each changed file has a line, and a count ends the list; a second run changes nothing."""
    (registry / "a.yaml").write_text(_LOOSE, encoding="utf-8")
    (registry / "b.yaml").write_text(_CANONICAL, encoding="utf-8")
    (registry / "note.txt").write_text("group: b\n", encoding="utf-8")
    assert main(["format"]) == 0
    assert (registry / "a.yaml").read_text(encoding="utf-8") == _CANONICAL
    assert capsys.readouterr().out == "registry/a.yaml is now in canonical form.\n1 of 2 entries changed.\n"
    assert main(["format"]) == 0
    assert capsys.readouterr().out == "0 of 2 entries changed.\n"
    assert sorted(path.name for path in registry.iterdir()) == ["a.yaml", "b.yaml", "note.txt"]


def test_only_the_named_files_are_formatted(registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a hook before a commit names them, each once."""
    for name in ("a", "b"):
        (registry / f"{name}.yaml").write_text(_LOOSE, encoding="utf-8")
    assert main(["format", "registry/a.yaml", str(registry / "a.yaml")]) == 0
    assert (registry / "b.yaml").read_text(encoding="utf-8") == _LOOSE
    assert "1 of 1 entry changed." in capsys.readouterr().out


@pytest.mark.parametrize("options", [["--check"], ["--diff"], ["--check", "--diff"]])
def test_checking_writes_nothing(options: list[str], registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code tells whether something would change."""
    (registry / "a.yaml").write_text(_LOOSE, encoding="utf-8")
    assert main(["format", *options]) == 1
    assert (registry / "a.yaml").read_text(encoding="utf-8") == _LOOSE
    assert "1 of 1 entry would change." in capsys.readouterr().out
    (registry / "a.yaml").write_text(_CANONICAL, encoding="utf-8")
    assert main(["format", *options]) == 0


def test_the_difference_is_a_unified_one(registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With file names, so that it can be applied, and a mark where the last line does not end."""
    (registry / "a.yaml").write_text("name: A\ngroup: eu-bodies", encoding="utf-8")
    assert main(["format", "--diff"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["--- a/registry/a.yaml", "+++ b/registry/a.yaml"]
    assert "+# yaml-language-server: $schema=../schema/network.schema.json" in lines
    assert "\\ No newline at end of file" in lines


def test_a_file_that_cannot_be_read_is_left_and_named(registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The others are still formatted; the exit code is 1."""
    (registry / "a.yaml").write_text("name: 'A\n", encoding="utf-8")
    (registry / "b.yaml").write_bytes(b"\xff\xfe")
    (registry / "c.yaml").write_text(_LOOSE, encoding="utf-8")
    assert main(["format"]) == 1
    shown = capsys.readouterr()
    assert (registry / "a.yaml").read_text(encoding="utf-8") == "name: 'A\n"
    assert (registry / "b.yaml").read_bytes() == b"\xff\xfe"
    assert (registry / "c.yaml").read_text(encoding="utf-8") == _CANONICAL
    assert "registry/a.yaml:1:" in shown.err
    assert "registry/b.yaml:1:1:" in shown.err
    assert shown.out.endswith("1 of 3 entries changed, 2 left as they are.\n")


def test_a_link_is_not_followed(registry: Path, tmp_path: Path) -> None:
    """What it points to may be anything."""
    target = tmp_path / "elsewhere.yaml"
    target.write_text(_LOOSE, encoding="utf-8")
    (registry / "a.yaml").symlink_to(target)
    assert main(["format"]) == 1
    assert main(["format", "registry/a.yaml"]) == 1
    assert target.read_text(encoding="utf-8") == _LOOSE


def test_a_missing_file_is_wrong_usage(registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing else is formatted then."""
    (registry / "a.yaml").write_text(_LOOSE, encoding="utf-8")
    assert main(["format", "registry/a.yaml", "registry/nothing.yaml"]) == 2
    assert "there is no file nothing.yaml" in capsys.readouterr().err
    assert (registry / "a.yaml").read_text(encoding="utf-8") == _LOOSE


def test_the_mode_of_a_file_is_kept(registry: Path) -> None:
    """Formatting does not let others write."""
    path = registry / "a.yaml"
    path.write_text(_LOOSE, encoding="utf-8")
    path.chmod(0o640)
    assert main(["format"]) == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def _fail(*_args: object, **_options: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace", "pathlib.Path.chmod"])
def test_a_failure_while_writing_leaves_the_file(
    step: str, registry: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever step fails, the file is whole and nothing is left beside it."""
    (registry / "a.yaml").write_text(_LOOSE, encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(step, _fail)
        assert main(["format"]) == 2
    assert "a.yaml cannot be written: No space left on device." in capsys.readouterr().err
    assert [path.name for path in registry.iterdir()] == ["a.yaml"]
    assert (registry / "a.yaml").read_text(encoding="utf-8") == _LOOSE


def test_a_crash_between_writing_and_renaming_leaves_the_file(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a killed run leaves beside it is no entry."""

    class Killed(BaseException):
        """Stands for a signal, which runs no clean-up."""

    def die(*_args: object) -> None:
        raise Killed

    (registry / "a.yaml").write_text(_LOOSE, encoding="utf-8")
    monkeypatch.setattr(Path, "replace", die)
    monkeypatch.setattr(Path, "unlink", lambda *_args, **_options: None)
    with pytest.raises(Killed):
        atomic.replace_file(registry / "a.yaml", _CANONICAL)
    assert (registry / "a.yaml").read_text(encoding="utf-8") == _LOOSE
    left = [path.name for path in registry.iterdir() if path.name != "a.yaml"]
    assert len(left) == 1
    assert left[0].startswith(".")
    assert not left[0].endswith(".yaml")


def test_a_text_that_would_read_differently_is_never_written(
    registry: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A defect of the writer costs a report and no data."""
    (registry / "a.yaml").write_text(_LOOSE, encoding="utf-8")
    monkeypatch.setattr("netreg.core.canonical.canonical", lambda *_args: "name: B\n")
    assert main(["format"]) == 3
    assert "would read differently" in capsys.readouterr().err
    assert (registry / "a.yaml").read_text(encoding="utf-8") == _LOOSE


def test_a_new_file_takes_no_other_place(tmp_path: Path) -> None:
    """Not even where the file came to be in the meantime."""
    path = tmp_path / "a.yaml"
    atomic.create_file(path, "first\n")
    with pytest.raises(FileExistsError):
        atomic.create_file(path, "second\n")
    assert path.read_text(encoding="utf-8") == "first\n"
    assert [item.name for item in tmp_path.iterdir()] == ["a.yaml"]


def test_a_new_file_needs_no_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some file systems have none."""
    monkeypatch.setattr("os.link", _fail)
    path = tmp_path / "a.yaml"
    atomic.create_file(path, "first\n")
    with pytest.raises(FileExistsError):
        atomic.create_file(path, "second\n")
    assert path.read_text(encoding="utf-8") == "first\n"
    assert [item.name for item in tmp_path.iterdir()] == ["a.yaml"]


def test_what_a_check_found_clean_is_not_read_again(
    invented: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Such a file is counted and left alone; one that has changed since is written as ever."""
    monkeypatch.setenv("NETREG_CACHE", str(invented / "kept"))
    main(["check"])
    path = sorted((invented / "registry").glob("*.yaml"))[0]
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n\n", encoding="utf-8")
    main(["format"])
    assert f"registry/{path.name} is now in canonical form." in capsys.readouterr().out
    assert path.read_text(encoding="utf-8") == text


def test_letters_and_their_accents_become_one_sign(registry: Path) -> None:
    """In plain texts, in codes and in comments; a second run changes nothing, however the lines fell before."""
    path = registry / "a.yaml"
    words = "Re\u0301seau des polices et de la se\u0301curite\u0301 " * 4
    path.write_text(f'name: "re\\u0301seau"\nshort_name: {words}\ngroup: eu-bodies # e\u0301t\n', encoding="utf-8")
    assert main(["format"]) == 0
    text = path.read_text(encoding="utf-8")
    assert text == normalize("NFC", text)
    assert "name: r\u00e9seau\n" in text
    assert main(["format", "--check"]) == 0


@pytest.mark.parametrize("path", ["docs/data/coverage.yaml", "a.yaml"])
def test_what_is_no_entry_is_left(path: str, registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A list of the project has a form of its own: one line says so, and nothing is written."""
    file = registry.parent / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text := 'lists:\n  - {title: A, date: "2020-01-01"}\n', encoding="utf-8")
    assert main(["format", path]) == 1
    assert file.read_text(encoding="utf-8") == text
    shown = capsys.readouterr()
    assert (shown.err, shown.out) == (
        f"{path}: left as it is, since it is no entry.\n",
        "0 of 1 entry changed, 1 left as they are.\n",
    )


def test_a_comment_that_looks_like_the_line_for_editors_stays(registry: Path) -> None:
    """Only alone at the margin is it that line; behind a value somebody wrote it there."""
    path = registry / "a.yaml"
    comment = "# yaml-language-server: $schema=x"
    path.write_text(f"name: A  {comment}\ngroup: eu-bodies\n", encoding="utf-8")
    assert main(["format"]) == 0
    assert f"name: A  {comment}\n" in path.read_text(encoding="utf-8")
