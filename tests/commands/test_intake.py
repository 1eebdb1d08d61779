"""The command that answers a request."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.contribute.conftest import HERE

from netreg.check.standing import ProjectCheck
from netreg.cli import main
from netreg.core.load import Document

BODY = (HERE / "bodies" / "correction-own-word.md").read_text(encoding="utf-8")
GAPS = (HERE / "bodies" / "correction-two-faults.md").read_text(encoding="utf-8")


@pytest.fixture
def checkout(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the small registry, on a fixed day."""
    shutil.copytree(HERE / "registry", tmp_path / "registry")
    (tmp_path / "schema").symlink_to(project / "schema")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETREG_TODAY", "2026-11-24")
    return tmp_path


def _type(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))


def _event(folder: Path, body: str | None, number: int = 12) -> Path:
    user = {"type": "User", "login": "somebody"}
    issue = {"number": number, "title": "x", "body": body, "created_at": "2026-11-20T09:00:00Z", "user": user}
    path = folder / "event.json"
    path.write_text(json.dumps({"action": "opened", "issue": {**issue, "labels": [], "state": "open"}}), "utf-8")
    return path


def test_words_on_standard_input(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The answer is printed, and nothing is written unless asked for."""
    before = (checkout / "registry" / "eucpn.yaml").read_bytes()
    _type(BODY, monkeypatch)
    assert main(["intake", "--number", "7"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Thank you.")
    assert "**Next:** nothing more is needed from you." in shown
    assert (checkout / "registry" / "eucpn.yaml").read_bytes() == before


_BEFORE = [b"\xef\xbb\xbf", b"\n", b"\r\n", b"\n\n\n", b"\xef\xbb\xbf\n", b"\xef\xbb\xbf\r\n\r\n", b" \n", b"\t\r\n"]


@pytest.mark.parametrize("before", _BEFORE, ids=repr)
@pytest.mark.parametrize("way", ["input", "mail", "event"])
def test_what_stands_before_the_words_changes_nothing(
    way: str, before: bytes, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A byte order mark and empty lines, as editors and mail programs leave them, on each way that words come in."""

    def answer(front: bytes) -> tuple[int, str]:
        file = checkout / "words"
        sent = b"From: A <a@example.org>\nDate: Fri, 20 Nov 2026 09:00:00 +0100\n\n" + BODY.encode()
        data = {"input": BODY.encode(), "mail": sent, "event": _event(checkout, BODY).read_bytes()}[way]
        file.write_bytes(front + data)
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(front + data)))
        options = ["--number", "7"] if way == "input" else [f"--{way}", str(file)]
        return main(["intake", *options]), capsys.readouterr().out

    plain = answer(b"")
    assert "**We understood**" in plain[1]
    assert answer(before) == plain


def test_what_is_missing_is_told_and_nothing_is_written(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the exit code of a finding."""
    before = {path.name: path.read_bytes() for path in (checkout / "registry").iterdir()}
    _type(GAPS, monkeypatch)
    assert main(["intake", "--write"]) == 1
    assert "**Missing**" in capsys.readouterr().out
    assert {path.name: path.read_bytes() for path in (checkout / "registry").iterdir()} == before


def test_an_event_becomes_an_edit(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Number and day come from the event; a second run finds everything said."""
    event = str(_event(checkout, BODY))
    assert main(["intake", "--event", event, "--write", "--report", "answer.md"]) == 0
    text = (checkout / "registry" / "eucpn.yaml").read_text(encoding="utf-8")
    assert 'statement: {request: 12, role: secretariat, date: "2026-11-20"}' in text
    assert (checkout / "answer.md").read_text(encoding="utf-8").startswith("Thank you.")
    assert capsys.readouterr().out == ""
    assert main(["check"]) == 0
    assert main(["format", "--check"]) == 0
    capsys.readouterr()
    assert main(["intake", "--event", event, "--write", "--report", "answer.md"]) == 0
    assert "nothing needs to be done" in (checkout / "answer.md").read_text(encoding="utf-8")
    assert (checkout / "registry" / "eucpn.yaml").read_text(encoding="utf-8") == text


def test_a_new_entry_is_written(checkout: Path) -> None:
    """Under a name made from its acronym; the next one of that name gets another."""
    body = (HERE / "bodies" / "network-full.md").read_text(encoding="utf-8")
    assert main(["intake", "--event", str(_event(checkout, body)), "--write"]) == 0
    assert main(["check", "registry/enipp.yaml"]) == 0


def test_a_mail_becomes_an_edit(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The maintainer gives it a number."""
    words = "Network: eucpn\nFact: Seat\nRight is: Brussels\nI write as: secretariat\n"
    mail = checkout / "message.eml"
    mail.write_text(f"From: jane@example.org\nDate: Fri, 20 Nov 2026 10:00:00 +0100\n\n{words}", "utf-8")
    assert main(["intake", "--mail", str(mail)]) == 1
    assert "needs the number of a request" in capsys.readouterr().out
    assert main(["intake", "--mail", str(mail), "--number", "9", "--write"]) == 0
    text = (checkout / "registry" / "eucpn.yaml").read_text(encoding="utf-8")
    assert 'statement: {request: 9, role: secretariat, date: "2026-11-20"}' in text
    assert "jane" not in text


def test_the_mails_of_a_folder_are_one_request(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The newest speaks first, the folder's name is the number, and a second run says the same."""
    folder = checkout / "31"
    folder.mkdir()
    first = (
        "Network: eucpn\nFact: Seat\nRight is: Brussels\nWhere others can read it: our letter\nWhose words: Own words\n"
    )
    mails = {
        "a-reply.eml": ("21 Nov 2026", "Where others can read it: https://eucpn.org/seat\n\nKind regards\nJane Roe\n"),
        "letter.eml": ("20 Nov 2026", f"{first}I write as: Independent\n"),
    }
    for name, (day, words) in mails.items():
        (folder / name).write_text(f"From: jane@example.org\nDate: Fri, {day} 10:00:00 +0100\n\n{words}", "utf-8")
    for _ in range(2):
        assert main(["intake", "--mail", str(folder), "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert "request: 31" in told["text"]
        assert "https://eucpn.org/seat" in told["text"]
    assert main(["intake", "--mail", str(checkout / "registry")]) == 2
    assert "holds no mail" in capsys.readouterr().err


def test_everything_as_json(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On one line, the entry included."""
    assert main(["intake", "--event", str(_event(checkout, BODY)), "--json"]) == 0
    shown = capsys.readouterr().out
    assert shown.count("\n") == 1
    assert json.loads(shown)["path"] == "registry/eucpn.yaml"
    assert json.loads(shown)["ready"] is True


def test_the_day_may_be_given(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And is never after today."""
    event = str(_event(checkout, BODY))
    for given, kept in (("2026-11-01", "2026-11-01"), ("2030-01-01", "2026-11-24")):
        assert main(["intake", "--event", event, "--json", "--date", given]) == 0
        assert f'date: "{kept}"' in json.loads(capsys.readouterr().out)["text"]


def test_an_issue_without_words_is_answered(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """GitHub gives none where nothing was written."""
    assert main(["intake", "--event", str(_event(checkout, None))]) == 1
    assert "The message is empty." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--event", "nowhere.json"], "cannot be read"),
        (["--mail", "nowhere.eml"], "cannot be read"),
        (["--mail", "schema/network.schema.json"], "is no mail"),
        (["--event", "registry/eucpn.yaml"], "holds no event"),
        (["--number", "0"], "--number is 0"),
        (["--date", "today"], "--date is 'today'"),
    ],
)
def test_wrong_usage(
    args: list[str], words: str, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 and one line that says what to do."""
    _type(BODY, monkeypatch)
    assert main(["intake", *args]) == 2
    assert words in capsys.readouterr().err


def test_a_list_of_refusals_that_is_broken_is_told(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anybody gets an answer that forgets them."""
    (checkout / "docs" / "data").mkdir(parents=True)
    (checkout / "docs" / "data" / "refused.yaml").write_text("refused: 3\n", encoding="utf-8")
    _type(BODY, monkeypatch)
    assert main(["intake"]) == 2
    assert "refused.yaml" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["correction-own-word", "correction-two-faults", "network-actor-id"])
def test_a_request_is_judged_alike_from_what_was_kept(
    name: str, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a check only the entry that a request is about is read, and the answer is the same to the letter."""
    body = (HERE / "bodies" / f"{name}.md").read_text(encoding="utf-8")
    _type(body, monkeypatch)
    wanted = main(["intake", "--json"]), capsys.readouterr()
    monkeypatch.setenv("NETREG_CACHE", str(checkout / "kept"))
    main(["check"])
    capsys.readouterr()
    read: list[str] = []

    def document(files: ProjectCheck, path: str) -> Document:
        read.append(path)
        return original(files, path)

    original = ProjectCheck.document
    monkeypatch.setattr(ProjectCheck, "document", document)
    _type(body, monkeypatch)
    assert (main(["intake", "--json"]), capsys.readouterr()) == wanted
    assert len(read) <= 1


def test_a_mail_is_read_up_to_its_limit(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One of 8 MiB is read, and found to hold no words; one of a byte more is refused as it is."""

    def read(data: bytes, _labels: object) -> None:
        raise ValueError(len(data))

    monkeypatch.setattr("netreg.contribute.read.mail.read_mail", read)
    for size, said in ((8 * 1024 * 1024, "is no mail with words in it"), (8 * 1024 * 1024 + 1, "is larger than 8 MiB")):
        with (checkout / "long.eml").open("wb") as file:
            file.truncate(size)
        assert main(["intake", "--mail", "long.eml"]) == 2
        assert said in capsys.readouterr().err
