"""Confirmations and readings: from a form or a mail to the answer, the draft and the page, and never without proof."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.contribute.conftest import REQUEST, TODAY, as_github_writes, form_of
from tests.site.dom import Node, parsed

from netreg.check import check
from netreg.cli import main
from netreg.commands.host import _outcome
from netreg.contribute.intake import Base, Outcome, intake
from netreg.contribute.read.mail import read_mail
from netreg.core.finding import Level
from netreg.core.load import Document, parse_document
from netreg.core.project import Project
from netreg.core.schema import Schema
from netreg.host.gh import Issue
from netreg.model import Registry, build_registry
from netreg.model.sheet import EntryWords
from netreg.review.change import Change, Kind
from netreg.review.history import Gap, History, Revision
from netreg.review.overview import EntryChanges
from netreg.site.correct_page import correct_page, sources_page
from netreg.site.downloads import as_sheet
from netreg.site.entry_page import entry_page
from netreg.site.news import News
from netreg.site.settings import Settings

STATE = "0123abcdef"
YES = {"entry": "eucpn", "state": STATE, "word": "It is right as it stands", "role": "Secretariat"}
SETTINGS = Settings(contact="registry@example.org")


def confirmed(base: Base, proof: str, sender_host: str = "", **answers: str) -> Outcome:
    """What becomes of a body's yes in the form, with what a maintainer saw."""
    words = as_github_writes(form_of("confirm", base.schema), {**YES, **answers})
    return intake(words, replace(REQUEST, proof=proof, sender_host=sender_host), base)


def registry_with(base: Base, outcome: Outcome, today: date = TODAY) -> Registry:
    """The registry once the draft is in it; nothing in it is an error."""
    assert outcome.proposal, outcome.as_markdown(14)
    drafted = parse_document(outcome.proposal.path, outcome.proposal.text.encode())
    documents = [drafted if one.id == drafted.id else one for one in base.documents]
    assert not [one for one in check(documents, base.context) if one.level is Level.ERROR]
    return build_registry(documents, base.schema, today)


def history(*changes: tuple[str, Kind, str]) -> History:
    """A history of one entry, the newest first: the commit, what sort of change, and in which field."""
    revisions = (
        Revision(
            commit,
            datetime(2026, 12, 20 - number, tzinfo=UTC),
            (EntryChanges("eucpn", "EUCPN", (Change(kind, "eucpn", "EUCPN", field, after="x"),)),),
        )
        for number, (commit, kind, field) in enumerate(changes)
    )
    return History(tuple(revisions), Gap.NONE)


def line(registry: Registry, told: History) -> str:
    """What the page of the entry says of its confirmation; empty where it says nothing."""
    page = entry_page(registry, registry.entries["eucpn"], SETTINGS, News(registry, told))
    return " ".join(one.text for one in parsed(page.html).all("p", "confirmed"))


FIRST = (STATE, Kind.ENTRY_ADDED, "")
FILED = ("1111111", Kind.EDITORIAL_CHANGED, "confirmed")
READ = ("2222222", Kind.LISTED_SOURCE_CHANGED, "sources")
CHANGED = ("3333333", Kind.EDITORIAL_CHANGED, "topics")


@pytest.mark.parametrize("proof", ["own-host", "published-contact"])
def test_a_proved_yes_goes_to_the_page(base: Base, proof: str) -> None:
    """The source says how it was proved, the entry which state was looked at, and the page who said so, and when."""
    outcome = confirmed(base, proof)
    assert outcome.proposal
    assert f'statement: {{request: 12, role: secretariat, date: "2026-11-24", proof: {proof}}}' in outcome.proposal.text
    assert f'confirmed: {{by: statement-12, date: "2026-11-24", commit: {STATE}}}' in outcome.proposal.text
    registry = registry_with(base, outcome)
    assert line(registry, history(READ, FILED, FIRST)) == "Confirmed by the secretariat, November 2026."


def test_a_second_try_confirms_nothing_anew(base: Base) -> None:
    """What was filed is found."""
    registry = registry_with(base, confirmed(base, "own-host"))
    again = Base([entry.document for entry in registry.entries.values()], base.context)
    assert confirmed(again, "own-host").reply.is_done


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (history(CHANGED, FILED, FIRST), "; changed since, last on 20 December 2026."),
        (history(FILED, CHANGED), "; this copy of the site cannot tell whether it changed since."),
        (History(), "; this copy of the site cannot tell whether it changed since."),
    ],
    ids=["changed", "unknown state", "no history"],
)
def test_the_page_tells_what_came_after(base: Base, told: History, said: str) -> None:
    """A change of what the entry says counts, the filing of the yes itself does not."""
    registry = registry_with(base, confirmed(base, "own-host"))
    assert line(registry, told) == f"Confirmed by the secretariat, November 2026{said}"


@pytest.mark.parametrize(("today", "lapsed"), [(date(2028, 11, 20), False), (date(2028, 12, 1), True)])
def test_a_yes_lapses(base: Base, today: date, lapsed: bool) -> None:
    """After two years, counted on the day of the build."""
    registry = registry_with(base, confirmed(base, "own-host"), today)
    assert ("; lapsed" in line(registry, history(FIRST))) is lapsed


@pytest.mark.parametrize(
    ("proof", "host", "answers", "key"),
    [
        ("", "", {}, "person-proof"),
        ("", "mail.eucpn.org", {}, "person-own-host"),
        ("own-host", "eucpn.org.example", {}, "person-other-host"),
        ("own-host", "noteucpn.org", {}, "person-other-host"),
        ("own-host", "", {"more": "The seat is wrong."}, "person-but-for"),
        ("own-host", "", {"role": "Independent"}, "confirm-role"),
        ("own-host", "", {"state": "the one of today"}, "confirm-state"),
    ],
)
def test_without_proof_nothing_is_drafted(base: Base, proof: str, host: str, answers: dict[str, str], key: str) -> None:
    """Nor where the mail speaks against the proof, or the yes is none; the request stays open and says why."""
    outcome = confirmed(base, proof, host, **answers)
    assert outcome.proposal is None
    assert not outcome.reply.is_done
    assert key in {said.key for said in (*outcome.reply.missing, *outcome.reply.for_a_person)}


def test_an_unproved_confirmation_is_never_shown(base: Base) -> None:
    """Written by hand it is an error of the check; and no page says it."""
    text = confirmed(base, "own-host").proposal
    assert text
    bare = parse_document(text.path, text.text.replace(", proof: own-host", "").encode())
    documents = [bare if one.id == bare.id else one for one in base.documents]
    assert "confirmed-by-statement" in {one.rule for one in check(documents, base.context) if one.level is Level.ERROR}
    assert line(build_registry(documents, base.schema, TODAY), history(FIRST)) == ""


@pytest.mark.parametrize("label", ["own-host", "published-contact", "accept"])
def test_a_label_at_the_host_is_a_proof(base: Base, project: Path, label: str) -> None:
    """Only who manages requests can set one; without such a label there is no draft."""
    body = as_github_writes(form_of("confirm", base.schema), YES)
    issue = Issue(12, body, TODAY, frozenset({"accept", "confirm", label}), is_open=True, author_is_bot=False)
    proposal = _outcome(issue, Project(project, TODAY), base).proposal
    assert (f"proof: {label}}}" in proposal.text) if proposal else label == "accept"


def _sheet(base: Base) -> str:
    registry = build_registry(base.documents, base.schema, TODAY)
    return as_sheet(EntryWords(registry, registry.entries["eucpn"]), SETTINGS, STATE)


def _filled(sheet: str, more: str) -> str:
    answered = sheet.replace("(It is right as it stands / It is right but for what stands below)", _WORDS[bool(more)])
    answered = answered.replace("What is not right:", f"What is not right: {more}".rstrip())
    return answered.replace("(Independent / Member / Secretariat)", "Secretariat")


_WORDS = ("It is right as it stands", "It is right but for what stands below")


@pytest.mark.parametrize("more", ["", "Line 7: the seat is in Brussels.\n\nSee https://eucpn.org/about"])
@pytest.mark.parametrize("whole", [True, False], ids=["whole sheet", "blanks alone"])
def test_a_sheet_survives_the_way_through_a_mail(base: Base, more: str, whole: bool) -> None:
    """Passed round, filled in, copied into a mail and read: the yes, up to the page, or all that is not right."""
    text = _filled(_sheet(base), more)
    body = text if whole else text[text.index("Network: eucpn") :]
    head = "From: Office <office@eucpn.org>\nContent-Type: text/plain; charset=utf-8"
    mail = read_mail(f"{head}\n\n{body}".encode())
    outcome = intake(mail.text, replace(REQUEST, by_mail=True, sender_host=mail.host, proof="own-host"), base)
    assert (outcome.form, outcome.entry, outcome.role) == ("confirm", "eucpn", "secretariat"), outcome.as_markdown(14)
    assert bool(outcome.proposal) is not bool(more)
    if not more:
        assert line(registry_with(base, outcome), history(FIRST)) == "Confirmed by the secretariat, November 2026."
    kept = "\n".join(words for _, words in outcome.reply.kept)
    assert all(part in kept for part in more.split("\n\n"))


def test_a_mail_says_its_host_and_no_more(base: Base) -> None:
    """Nothing that is written holds the mailbox; of two senders neither counts."""
    assert read_mail(b"From: Jane <jane@EUCPN.org>\n\nx y").host == "eucpn.org"
    assert read_mail(b"From: a@eucpn.org\nFrom: b@other.example\n\nx y").host == ""
    assert read_mail(b"Subject: x\n\nx y").host == ""


# Sources


OLD_READING = 'read: {date: "2026-11-23", how: live}'


def _unread(base: Base) -> Base:
    """The registry in which nobody has opened the page of the body."""

    def without(document: Document) -> Document:
        text = document.text.replace(OLD_READING, 'read: {date: "2026-11-20", how: stored-copy}')
        return parse_document(document.path, text.encode()) if document.id == "eucpn" else document

    return Base([without(one) for one in base.documents], base.context)


def _opened(base: Base, **answers: str) -> Outcome:
    given = {"entry": "eucpn", "which": "about", "found": "It says so", "role": "Independent", **answers}
    return intake(as_github_writes(form_of("source", base.schema), given), REQUEST, base)


def _page(registry: Registry) -> Node:
    return parsed(sources_page(registry, SETTINGS).html)


def test_a_readers_reading_goes_to_the_page(base: Base) -> None:
    """It stands with whose it is and the number of the request, the counts name both, and the source comes later."""
    unread = _unread(base)
    before = _page(build_registry(unread.documents, base.schema, TODAY))
    outcome = _opened(unread, opened="22 November 2026")
    assert outcome.proposal
    assert 'read: {date: "2026-11-22", how: live, by: reader, request: 12}' in outcome.proposal.text
    registry = registry_with(unread, outcome)
    after = _page(registry)
    assert "neither by the registry nor by readers" not in after.text
    assert "1 by readers" in after.text
    assert "Read on 22 November 2026 at its address by a reader." in after.one("div", id="opened-eucpn-about").text
    order = [
        [one.attrs["id"] for one in page.all("div", "opened")].index("opened-eucpn-about") for page in (before, after)
    ]
    assert order[0] < order[1]


def test_what_rests_on_a_source_is_told_with_it(base: Base) -> None:
    """On the page of all sources and on that of corrections, each with the number that rests on it alone."""
    registry = build_registry(base.documents, base.schema, TODAY)
    entry = registry.entries["eucpn"]
    items = list(entry.statements())
    alone = sum(one.sources == ("about",) for one in items)
    said = f"{sum('about' in one.sources for one in items)} claims rest on it, {alone} on it alone"
    assert alone > 5
    shown = _page(registry).one("div", id="opened-eucpn-about")
    assert f"EUCPN: {said}" in shown.text
    assert "Seat: In Belgium" in shown.text
    assert said in parsed(correct_page(registry, entry, SETTINGS).html).one("div", id="opened-about").text


@pytest.mark.parametrize(("opened", "ready"), [("November 2026", True), ("2030", False), ("some day", False)])
def test_the_day_of_a_reading_is_the_readers(base: Base, opened: str, ready: bool) -> None:
    """As exactly as it was said, and none that is still to come."""
    proposal = _opened(_unread(base), opened=opened).proposal
    assert (proposal is not None) is ready
    assert not proposal or 'read: {date: "2026-11", how: live, by: reader, request: 12}' in proposal.text


def test_a_page_that_turns_programs_away_was_opened(base: Base) -> None:
    """The day goes beside the source, whose reading stays as it is; an earlier day changes nothing."""
    found = "It opens for people but not for programs"
    outcome = _opened(base, found=found, opened="20 November 2026")
    assert outcome.proposal
    assert 'opened_by_person: "2026-11-20"' in outcome.proposal.text
    standing = replace(base, documents=[outcome.proposal.document])
    again = _opened(standing, found=found, opened="19 November 2026")
    assert again.reply.is_done
    assert "on 20 November 2026 already" in again.as_markdown(14)


@pytest.mark.parametrize("found", ["It says something else", "It is gone"])
def test_what_speaks_against_a_source_is_for_a_person(base: Base, found: str) -> None:
    """Never silent, and never drafted."""
    outcome = _opened(base, found=found, more="It names 26 states.")
    assert outcome.proposal is None
    assert outcome.reply.needs_a_person
    assert "It names 26 states." in outcome.as_markdown(14)


def test_a_copied_text_about_a_source_comes_back(base: Base, schema: Schema) -> None:
    """The text to copy on the page of corrections, filled in and sent by mail, gives the same draft as the form."""
    unread = _unread(base)
    registry = build_registry(unread.documents, schema, TODAY)
    shown = parsed(correct_page(registry, registry.entries["eucpn"], Settings()).html).one("div", id="opened-about")
    text = shown.one("pre").raw_text
    for line_, answer in (("What you found:", "It says so"), ("I write as:", "Independent")):
        start = text.index(line_) + len(line_)
        text = f"{text[:start]} {answer}{text[text.index(chr(10), start) :] if chr(10) in text[start:] else ''}"
    outcome = intake(text, replace(REQUEST, by_mail=True), unread)
    assert outcome.proposal == _opened(unread).proposal is not None


# Commands


@pytest.fixture
def checkout(tmp_path: Path, project: Path, base: Base, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the small registry, on a fixed day."""
    (tmp_path / "registry").mkdir()
    for document in _unread(base).documents:
        (tmp_path / document.path).write_text(document.text, encoding="utf-8")
    (tmp_path / "schema").symlink_to(project / "schema")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETREG_TODAY", TODAY.isoformat())
    return tmp_path


def test_reread_lists_and_writes(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What rests on each source, then the day on which one was opened, with nothing else changed in the file."""
    assert main(["reread", "eucpn"]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"^about: [0-9]+ claims, [0-9]+ on it alone\. Read on 20 November 2026", shown, re.MULTILINE)
    assert "  - Seat: In Belgium" in shown
    before = (checkout / "registry/eucpn.yaml").read_text(encoding="utf-8")
    assert main(["reread", "eucpn", "--source", "about", "--live", "2026-11-22"]) == 0
    after = (checkout / "registry/eucpn.yaml").read_text(encoding="utf-8")
    assert after == before.replace('"2026-11-20", how: stored-copy', '"2026-11-22", how: live')
    capsys.readouterr()


@pytest.mark.parametrize(
    "words",
    [
        ["reread", "nobody"],
        ["reread", "eucpn", "--source", "dec-2001"],
        ["reread", "eucpn", "--source", "../x"],
        ["reread", "eucpn", "--source", "about", "--live", "2030-01-01"],
        ["reread", "eucpn", "--source", "about", "--live", "yesterday"],
        ["reread", "eucpn", "--live", "2026-11-22"],
    ],
)
def test_reread_writes_nothing_on_a_wrong_word(
    checkout: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown entry, a source without an address, a day to come: usage, in one line."""
    before = {path.name: path.read_bytes() for path in (checkout / "registry").iterdir()}
    assert main(words) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert {path.name: path.read_bytes() for path in (checkout / "registry").iterdir()} == before


def test_the_command_takes_the_proof(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mail with --proof becomes an edit; from another host it does not, and no mailbox is kept."""
    blanks = "\n".join(f"{label}: {YES[id_]}" for label, id_ in _LABELS)
    for host, code in (("other.example", 1), ("eucpn.org", 0)):
        mail = checkout / "message.eml"
        mail.write_text(f"From: jane@{host}\nDate: Fri, 20 Nov 2026 10:00:00 +0100\n\n{blanks}\n", encoding="utf-8")
        assert main(["intake", "--mail", str(mail), "--number", "9", "--proof", "own-host", "--write"]) == code
        text = (checkout / "registry/eucpn.yaml").read_text(encoding="utf-8")
        assert ("confirmed:" in text) is (code == 0)
    assert "jane" not in text
    capsys.readouterr()


_LABELS = (("Network", "entry"), ("State of the entry", "state"), ("Our word", "word"), ("I write as", "role"))
