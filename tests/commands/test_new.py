"""``netreg new``: a valid entry from options or from a talk at the terminal, whatever is typed."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.strategies import NASTY, YAML

from netreg.check import Context
from netreg.cli import main
from netreg.contribute.edit.new_entry import errors_in, prompts
from netreg.core.finding import Finding, Level, Place
from netreg.core.ids import is_well_formed, slug
from netreg.core.load import Document
from netreg.core.schema import Schema

_SUMMARY = (
    "Network of forces that police the inland ports of Europe. It was set up among its members by a charter, meets "
    "once a year to compare how ports are guarded, and keeps a list of contact points that answer at any hour."
)
_OPTIONS = {
    "--name": "Example Network of Inland Port Police",
    "--acronym": "ENIPP",
    "--short-name": "",
    "--group": "other-european",
    "--topics": "maritime-and-ports,drugs",
    "--form": "agreed-network",
    "--status": "ended",
    "--established": "",
    "--ended": "",
    "--purpose": "Helps to police inland ports",
    "--summary": _SUMMARY,
    "--members": "BE, DE, NL",
    "--complete": "yes",
    "--seat": "",
    "--lead": "NL",
    "--governance": "",
    "--website": "https://ports.example.org",
    "--contact": "info@ports.example.org",
    "--source-url": "https://ports.example.org/charter",
    "--source-title": "Charter: the first one",
    "--source-author": "Example Network of Inland Port Police",
    "--source-kind": "self-presentation",
    "--language": "en",
}
_ENTRY = """\
# yaml-language-server: $schema=../schema/network.schema.json
name: Example Network of Inland Port Police
acronym: ENIPP
group: other-european
topics: [maritime-and-ports, drugs]
form: {value: agreed-network, sources: [self]}
status: {value: ended, sources: [self]}
purpose: {value: Helps to police inland ports, sources: [self]}

summary:
  value: >-
    Network of forces that police the inland ports of Europe. It was set up among its members by a charter,
    meets once a year to compare how ports are guarded, and keeps a list of contact points that answer at any
    hour.
  sources: [self]

participants:
  countries:
    - {role: member, value: [BE, DE, NL], complete: true, sources: [self]}

leadership:
  - {role: lead, countries: [NL], sources: [self]}

website: {value: "https://ports.example.org", sources: [self]}
contact: {value: info@ports.example.org, sources: [self]}

sources:
  - id: self
    title: "Charter: the first one"
    author: Example Network of Inland Port Police
    kind: self-presentation
    url: https://ports.example.org/charter
    language: en
    read: {date: "2026-11-23", how: live}
"""


@pytest.fixture
def registry(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of entries of an empty project on a fixed day, without a terminal."""
    (tmp_path / "schema").mkdir()
    shutil.copy(project / "schema" / "network.schema.json", tmp_path / "schema")
    folder = tmp_path / "registry"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETREG_TODAY", "2026-11-23")
    with Path(os.devnull).open(encoding="utf-8") as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        yield folder


def _args(**changed: str) -> list[str]:
    options = {**_OPTIONS, **{f"--{name.replace('_', '-')}": value for name, value in changed.items()}}
    return [f"{option}={value}" for option, value in options.items() if value]


def _talk(monkeypatch: pytest.MonkeyPatch, answers: Sequence[str]) -> None:
    """Let a person at a terminal give these answers, and then hang up."""
    said = iter(answers)

    class Terminal:
        """A standard input that is one."""

        def isatty(self) -> bool:
            """It is."""
            return True

    def answer() -> str:
        try:
            return next(said)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("builtins.input", answer)


def test_options_alone_make_a_valid_entry(registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In canonical form, under the id from the acronym, with nothing asked."""
    assert main(["new", *_args()]) == 0
    assert (registry / "enipp.yaml").read_text(encoding="utf-8") == _ENTRY
    assert capsys.readouterr().out.startswith("registry/enipp.yaml is written.\n")
    assert main(["format", "--check"]) == 0
    assert main(["check"]) == 0


def test_printing_writes_no_file(registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output holds the entry and nothing else."""
    assert main(["new", "--print", *_args()]) == 0
    assert capsys.readouterr().out == _ENTRY
    assert not list(registry.iterdir())


def test_what_is_missing_is_said(registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The part that was given is written, and each gap is named."""
    assert main(["new", *_args(group="", source_url="")]) == 1
    shown = capsys.readouterr().out
    assert 'The entry has no "group".' in shown
    assert "needs something that leads a reader to it" in shown
    assert (registry / "enipp.yaml").exists()


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("group", "eu-bodie", 'Did you mean "eu-bodies"?'),
        ("topics", "drugs, terorism", '"terorism" is not a topic'),
        ("website", "javascript:alert(1)", "is not a web address"),
        ("source_url", "https://user@evil.example.org", "carries a user name"),
        ("name", "<b>Bold</b>", "is HTML"),
        ("name", "Ports\x1b[31m", "a sign that is no text"),
        ("name", "Ports \udcff", "a sign that is no text"),
        ("name", "x" * 200, "here at most 160 fit"),
        ("summary", "Write to jane.doe@ports.example.org.", "may be a person's mailbox"),
        ("language", "English", "is not a language code"),
        ("members", "BE, Germany", "is not a country code"),
        ("contact", "the office", "neither a web address nor a mailbox"),
    ],
)
def test_a_bad_option_writes_nothing(
    option: str, value: str, words: str, registry: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is named in the words of the checks, and the corrected command can follow at once."""
    assert main(["new", *_args(**{option: value})]) == 2
    assert words in " ".join(capsys.readouterr().err.split())
    assert not list(registry.iterdir())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(text=st.sampled_from(NASTY) | st.text(st.characters(codec="utf-8"), max_size=30))
def test_an_answer_is_data_and_never_code(text: str, registry: Path) -> None:
    """Whatever the title of a source is, it is read back as that title, or nothing is written."""
    path = registry / "enipp.yaml"
    path.unlink(missing_ok=True)
    code = main(["new", *_args(source_title=text or " ")])
    if code == 2:
        assert not path.exists()
        return
    written = YAML.safe_load(path.read_text(encoding="utf-8"))
    expected = YAML.safe_load(_ENTRY)
    title = written["sources"][0].get("title")
    assert title == " ".join(text.split()) or (title is None and code == 1)
    expected["sources"][0]["title"] = title
    written["sources"][0]["title"] = title
    assert written == expected


@pytest.mark.parametrize("id_", ["../evil", "a/b", "A B", "eucpn\n", "-", "ä", "x" * 61, "con.yaml", "..", ""])
def test_a_bad_id_is_refused(id_: str, registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written, least of all elsewhere."""
    given_id = id_ or "\u200b"
    assert main(["new", *_args(), "--", given_id]) == 2
    assert "is not an identifier" in capsys.readouterr().err
    assert not list(registry.iterdir())
    assert sorted(path.name for path in registry.parent.iterdir()) == ["registry", "schema"]


def test_an_existing_entry_is_never_overwritten(registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither under a given nor under a derived id."""
    (registry / "enipp.yaml").write_text("name: Other\n", encoding="utf-8")
    assert main(["new", *_args()]) == 2
    assert main(["new", "enipp", *_args(acronym="ABC")]) == 2
    assert (registry / "enipp.yaml").read_text(encoding="utf-8") == "name: Other\n"
    assert "registry/enipp.yaml is there already" in capsys.readouterr().err


def test_an_actor_keeps_its_id(registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Relations that point to it would else point to two bodies."""
    assert main(["new", "interpol", *_args()]) == 2
    assert "the id of an actor" in capsys.readouterr().err


def test_without_anything_there_is_no_id(registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No question is asked where nobody sits."""
    assert main(["new"]) == 2
    assert "there is no id" in capsys.readouterr().err


def test_a_look_alike_is_reported(registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same name in other letters and order is found before the entry grows a twin."""
    assert main(["new", *_args()]) == 0
    assert main(["new", "twin", *_args(name="Example Network of Police of the Inland Ports", acronym="XN")]) == 0
    assert 'This looks like "enipp"' in capsys.readouterr().out


@pytest.fixture
def five(registry: Path, project: Path) -> Path:
    """The same folder with the five entries that the tests of contributions have."""
    for path in (project / "tests" / "contribute" / "registry").glob("*.yaml"):
        shutil.copy(path, registry)
    return registry


@pytest.mark.parametrize(
    "name",
    [
        "Europäisches Netz für Kriminalprävention",
        "Réseau européen de prévention de la criminalité",
        "European Crime Preventon Network",
        "Network for the Prevention of Crime in Europe",
    ],
)
def test_a_likeness_is_said_without_a_terminal(name: str, five: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In another spelling or language too, as the same detector tells a stranger at the form."""
    main(["new", "twin", *_args(name=name, acronym="XN", website="")])
    assert "Look at registry/eucpn.yaml first" in capsys.readouterr().err


def test_a_name_of_another_body_is_like_nothing(five: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Words that every network has in its name are no likeness."""
    main(["new", *_args()])
    assert "Look at" not in capsys.readouterr().err


@pytest.mark.parametrize("id_", ["nul", "con", "com1", "data", "index"])
def test_a_reserved_id_is_refused(id_: str, registry: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Given, or made of the acronym; nothing is written."""
    assert main(["new", id_, *_args()]) == 2
    assert main(["new", *_args(acronym=id_.upper())]) == 2
    assert "give another id" in capsys.readouterr().err
    assert not list(registry.iterdir())


def test_a_talk_at_the_terminal(
    registry: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Terms by word or number, a second try after a slip; the same entry comes of it."""
    answers = dict(_OPTIONS)
    answers |= {"--group": "4", "--topics": "maritime-and-ports 6", "--form": "3", "--status": "5"}
    said = [*answers.values()]
    said.insert(3, "european")
    _talk(monkeypatch, said)
    assert main(["new"]) == 0
    assert (registry / "enipp.yaml").read_text(encoding="utf-8") == _ENTRY
    shown = " ".join(capsys.readouterr().err.split())
    assert "Ask the questions in this order and stop at the first yes." in shown
    assert "eu-bodies: It is an EU agency, office or service with staff of its own." in shown
    assert '"european" is not a group' in shown


def test_what_options_say_is_not_asked(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person at a terminal fills the gaps only; Enter leaves one open."""
    _talk(monkeypatch, [""] * 6)
    assert main(["new", *_args(website="")]) == 0
    assert "website" not in (registry / "enipp.yaml").read_text(encoding="utf-8")


def test_a_bad_option_is_asked_for_again_at_a_terminal(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the slip costs nothing."""
    _talk(monkeypatch, ["", "other-european", *[""] * 4])
    assert main(["new", *_args(group="nonsense")]) == 0
    assert (registry / "enipp.yaml").read_text(encoding="utf-8") == _ENTRY


def test_hanging_up_writes_nothing_and_loses_nothing(
    registry: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half a talk is no entry, and what was said so far can be said again with one line."""
    _talk(monkeypatch, ["Example Network", "EN", "", "4"])
    assert main(["new"]) == 130
    assert not list(registry.iterdir())
    told = " ".join(capsys.readouterr().err.split())
    assert "netreg new '--name=Example Network' --acronym=EN --group=other-european" in told


def test_a_look_alike_is_said_before_the_long_questions(
    registry: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The person can stop there."""
    assert main(["new", *_args()]) == 0
    _talk(monkeypatch, ["Inland port police: example networks", "OTHER"])
    assert main(["new"]) == 130
    assert "Look at registry/enipp.yaml first" in capsys.readouterr().err


def test_a_real_terminal(registry: Path, project: Path) -> None:
    """Through a pseudo-terminal, as people run it: prompts, answers, a file."""
    ours, theirs = pty.openpty()
    answers = "".join(f"{value}\n" for value in _OPTIONS.values())
    feeder = threading.Thread(target=lambda: os.write(ours, answers.encode()))
    feeder.start()
    done = subprocess.run(
        [sys.executable, project / "scripts" / "netreg", "new"],
        stdin=theirs,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    feeder.join()
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert (registry / "enipp.yaml").read_text(encoding="utf-8") == _ENTRY


@given(text=st.text(max_size=120))
def test_a_slug_is_an_id_or_nothing(text: str, schema: Schema) -> None:
    """Whatever the name is."""
    assert slug(text) == "" or is_well_formed(slug(text))


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("e-MOBIDIG", "e-mobidig"),
        ("Straße & Łódź", "strasse-lodz"),
        ("Ευρώπη", ""),
        ("one " * 20, "one-" * 14 + "one"),
    ],
)
def test_a_name_becomes_an_id(text: str, id_: str) -> None:
    """Accents go, words stay whole."""
    assert slug(text) == id_


def test_all_questions_are_in_the_words_of_the_schema(schema: Schema) -> None:
    """Each has a title and a help text, and each closed list its terms."""
    asked = {question.option: question for question in prompts(schema)}
    assert all(question.title and question.help for question in asked.values())
    assert asked["group"].title == schema.label("group")
    assert asked["source-url"].title.startswith(f"{schema.definition('source')['title']}: ")
    assert [option for option, question in asked.items() if question.terms] == [
        "group",
        "topics",
        "form",
        "status",
        "source-kind",
    ]
    assert [option for option, question in asked.items() if not question.is_required] == [
        *("short-name", "acronym", "established", "ended", "purpose", "members", "complete", "seat", "lead"),
        *("governance", "website", "contact", "source-url"),
    ]


def test_an_answer_is_told_what_stands_in_it(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    """The errors from its first sign to its last are its own; what is before and behind it, and a warning, is not."""

    def check(documents: Sequence[Document], _context: Context) -> list[Finding]:
        node = documents[0].root and documents[0].root.get("name")
        assert node
        columns = (node.column - 1, node.column, node.end_column - 1, node.end_column)
        errors = [Finding(Place("x", node.line, column), "r", Level.ERROR, "", "") for column in columns]
        return [*errors, errors[1]._replace(level=Level.WARNING)]

    monkeypatch.setattr("netreg.contribute.edit.new_entry.check", check)
    (asked,) = (prompt for prompt in prompts(schema) if prompt.option == "name")
    found = errors_in(asked, "Xyz", Context(schema, date(2026, 11, 24)))
    assert [(one.level, one.place.column) for one in found] == [(Level.ERROR, 7), (Level.ERROR, 9)]
