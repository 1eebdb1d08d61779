"""Mails: the words of the sender, and nothing else that a mail brings along."""

from __future__ import annotations

import resource
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contribute.conftest import HERE, TODAY, entry_in, form_of

from netreg.contribute.form import PROMISES, all_forms, copy_text
from netreg.contribute.intake import Base, Outcome, Request, intake
from netreg.contribute.read.body import MailLine, _unwrapped, labels_of, layers, split_signature
from netreg.contribute.read.mail import read_mail
from netreg.core.load import parse_document

MAILS = HERE / "mails"


def _mail(text: str = "", html: str = "") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Jane Doe <jane@example.org>"
    mail["Subject"] = "Correction"
    mail["Date"] = "Mon, 23 Nov 2026 23:30:00 +0100"
    if text:
        mail.set_content(text)
    if html and text:
        mail.add_alternative(html, subtype="html")
    elif html:
        mail.set_content(html, subtype="html")
    return mail


def test_plain_words_count_first() -> None:
    """The sender's address, name and subject are no part of them."""
    mail = read_mail(_mail("Network: Łódź\n", "<p>other</p>").as_bytes())
    assert mail.text.strip() == "Network: Łódź"
    assert mail.sent == date(2026, 11, 23)


def test_of_html_only_the_words_are_taken() -> None:
    """Line ends where a reader sees them; scripts, styles and comments are gone, and a link keeps its address."""
    html = (
        "<html><head><title>t</title><style>p{}</style></head><body><p>Network:\n<b>eucpn</b></p><script>evil()</script>"
        "<!-- x --><div>Right is: a&amp;b<br>https</div><a href='https://a.example/x'>here</a>"
        "<a href='javascript:evil()'>there</a></body></html>"
    )
    lines = [line for line in read_mail(_mail(html=html).as_bytes()).text.split("\n") if line]
    assert lines == ["Network: eucpn", "Right is: a&b", "https", "https://a.example/x herethere"]


def test_what_html_quotes_gets_as_many_marks_as_it_is_deep() -> None:
    """And what follows a quotation is no part of it."""
    html = "Seat:<blockquote>a<blockquote>b<blockquote>c</blockquote>d</blockquote>e</blockquote><a>It</a> is Graz"
    lines = [line for line in read_mail(_mail(html=html).as_bytes()).text.split("\n") if line.strip("> ")]
    assert lines == ["Seat:", "> a", "> > b", "> > > c", "> > d", "> e", "It is Graz"]


@pytest.mark.parametrize(("pieces", "lines"), [(37, ["Seat:\t" + "x" * 37]), (38, ["Seat:", "x" * 38])])
def test_a_cell_of_few_pieces_stands_on_the_line_of_its_row(pieces: int, lines: list[str]) -> None:
    """Fewer than forty, with the two line ends around them; one with more holds the mail."""
    html = f"<table><tr><td>Seat:</td><td><div>{'<b>x</b>' * pieces}</div></td></tr></table>"
    assert [line.strip() for line in read_mail(_mail(html=html).as_bytes()).text.split("\n") if line] == lines


def test_attachments_are_named_and_not_opened() -> None:
    """A text file that came along is not the mail."""
    mail = _mail("Fact: Seat")
    mail.add_attachment("Fact: Status", filename="../evil.txt")
    read = read_mail(mail.as_bytes())
    assert read.text.strip() == "Fact: Seat"
    assert read.attachments == ("../evil.txt",)


@pytest.mark.parametrize("charset", ["iso-8859-1", "x-unknown", "utf-8", "us-ascii", "undefined", "base64", '"(("'])
@pytest.mark.parametrize("written", ["utf-8", "cp1252"])
@pytest.mark.parametrize("words", ["Seat: Zürich – “Orléans”", "Seat: Brüssel", "Ä", "Å, é, ß"])
def test_letters_are_read_whatever_encoding_is_said(charset: str, written: str, words: str) -> None:
    """The one that is said is tried first, then UTF-8 and Windows-1252; of two that fit it is the likelier one."""
    raw = f"From: a@b.example\nContent-Type: text/plain; charset={charset}\n\n{words}".encode(written)
    assert read_mail(raw).text == words


def test_an_encoding_of_several_bytes_a_letter_is_believed() -> None:
    """Another reading of its bytes would fit as well."""
    raw = b"From: a@b.example\nContent-Type: text/plain; charset=shift_jis\n\n" + "警察".encode("shift_jis")
    assert read_mail(raw).text == "警察"


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"\x00\xff", b"From: a@b.example\n\n", b"no head, only words"])
def test_what_is_no_mail_is_refused(raw: bytes) -> None:
    """No words, or no head."""
    with pytest.raises(ValueError, match="no words"):
        read_mail(raw)


def test_a_wrong_date_is_none() -> None:
    """The mail counts all the same."""
    raw = _mail("x").as_bytes().replace(b"Mon, 23 Nov 2026 23:30:00 +0100", b"yesterday")
    assert read_mail(raw).sent is None


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    """A broken mail never makes it fail in another way."""
    with suppress(ValueError):
        read_mail(b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n" + raw)


def test_a_thousand_parts_are_bounded() -> None:
    """So many count, and no more."""
    parts = b"".join(b"--b\nContent-Type: text/plain\n\npart\n" for _ in range(1000))
    raw = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + parts + b"--b--\n"
    assert read_mail(raw).text.split() == ["part"] * 100


def test_words_on_both_sides_of_a_file_are_read() -> None:
    """Some programs cut the text in two around a picture or a document; the file is named."""
    mail = _mail("Network: eucpn\nFact: Seat")
    mail.make_mixed()
    for name, text in (("statutes.pdf", None), ("", "Right is: Brussels")):
        part = EmailMessage()
        if text is None:
            part.set_content(b"%PDF", "application", "pdf", disposition="inline", filename=name)
        else:
            part.set_content(text)
        mail.attach(part)
    read = read_mail(mail.as_bytes())
    assert [line for line in read.text.splitlines() if line] == ["Network: eucpn", "Fact: Seat", "Right is: Brussels"]
    assert read.attachments == ("statutes.pdf",)


def test_blank_words_beside_html_do_not_count() -> None:
    """A mail whose plain part is empty is read as HTML."""
    assert read_mail(_mail("  \n", "<p>Fact: Seat</p>").as_bytes()).text.strip() == "Fact: Seat"


def test_what_stands_below_the_signature_is_apart() -> None:
    """Names, numbers and addresses in it are no answer; they are kept."""
    read = read_mail(_mail("I write as: Member\n-- \nPermanent Secretariat\nhttps://bmi.example").as_bytes())
    assert read.text.strip() == "I write as: Member"
    assert read.below == "Permanent Secretariat\nhttps://bmi.example"


def test_an_earlier_mail_ends_what_stands_below_the_signature() -> None:
    """However many lines stand in front of the signature."""
    found = split_signature("one\ntwo\nthree\n-- \nOffice\n> Seat: Vienna")
    assert found == ("one\ntwo\nthree\n> Seat: Vienna", "Office")


_HEAD = b"From: a@b.example\nContent-Type: "
_SLOW = (
    _HEAD + b"text/html\n\n" + b"<a " * 100_000,
    _HEAD + b"text/html\n\n" + b"<!--" * 100_000,
    _HEAD + b"text/plain;" + b" a*0*=b;" * 20_000 + b"\n\nx",
    _HEAD + b'text/plain; charset="' + b"((" * 50_000 + b'"\n\nx',
    b"".join(_HEAD + b"multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)) + b"\nx",
)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (10, 10))


def test_mails_that_are_made_to_be_slow_are_read_or_refused(tmp_path: Path, project: Path) -> None:
    """All together within the seconds of a processor that one process gets here."""
    for number, raw in enumerate(_SLOW):
        (tmp_path / f"{number}.eml").write_bytes(raw)
    script = (
        "import contextlib, pathlib, sys; from netreg.contribute.read.mail import read_mail\n"
        "for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):\n"
        "    with contextlib.suppress(ValueError): read_mail(path.read_bytes())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        env={"PYTHONPATH": str(project / "scripts")},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_limit,
    )
    assert (done.returncode, done.stderr) == (0, "")


# What becomes of it


def _outcome(mail: bytes, base: Base) -> Outcome:
    read = read_mail(mail, labels_of(all_forms(base.schema)))
    request = Request(77, TODAY, by_mail=True, attachments=read.attachments, below=read.below)
    return intake(read.text, request, base)


READY = {
    "charset-latin1-declared-utf8": "Orléans",
    "charset-latin1-no-charset": "Brüssel",
    "charset-utf8-as-latin1": "Brüssel",
    "mailform-equals": "Brüssel",
    "mailform-html-table-cells": "Brüssel",
    "mailform-stub-text-part": "Brüssel",
    "parts-html-safelink": "Brüssel",
    "mailform-bullets": "Brüssel",
    "mailform-html-pre": "Brüssel",
    "parts-blank-line-first": "Brüssel",
    "parts-file-name-odd-charset": "Orléans",
    "parts-wrapped-address": "Brüssel",
    "reply-blank-form-quoted-below": "Brüssel",
    "reply-bold-labels-quoted-form": 31,
    "reply-disclaimer": "Brüssel",
    "reply-empty-form-quoted": 31,
    "reply-equal-values-quoted": 31,
    "reply-missing-line-on-top": 31,
    "reply-options-then-answer-below": 31,
}
"""Mails that are read without anybody's help, and the value that they give."""

PERSON = {
    "echo-german-name-of-known-body": "person-alike",
    "removal-in-the-form": "removal",
    "removal-name-and-core-group": "removal",
    "parts-attached-mail": "not-a-form",
    "reply-german-words-above-our-text": "not-a-form",
    "reply-top-posted-other-value": "not-a-form",
}
"""Mails that a person reads, and what their sender is told first."""


ASKED = {"echo-renamed-date", "reply-answers-under-quoted-labels", "reply-only-the-missing-line"}
"""Mails that are answered with a question, or with what they lead to."""


def test_every_mail_that_is_kept_is_read() -> None:
    """None lies there for nothing."""
    assert {path.stem for path in MAILS.iterdir()} == {*READY, *PERSON, *ASKED}


@pytest.mark.parametrize("name", READY)
def test_a_mail_gives_its_newest_value(name: str, base: Base) -> None:
    """Empty and equal repeats of a label do not count, and what is missing on top is taken from below."""
    entry = entry_in(_outcome((MAILS / f"{name}.eml").read_bytes(), base))
    value = READY[name]
    assert value in (entry.get("seat", {}).get("value"), *(one["value"] for one in entry["participants"]["counts"]))


@pytest.mark.parametrize("name", PERSON)
def test_a_mail_is_left_to_a_person(name: str, base: Base) -> None:
    """There is no draft; nobody is asked to fill in a form of ours that only stands below the words."""
    outcome = _outcome((MAILS / f"{name}.eml").read_bytes(), base)
    assert outcome.proposal is None
    assert outcome.reply.for_a_person[0].key == PERSON[name]
    assert not outcome.reply.missing


def test_answers_under_quoted_labels_are_answers(base: Base) -> None:
    """Who writes below each question of ours is understood; at most the unit is asked."""
    outcome = _outcome((MAILS / "reply-answers-under-quoted-labels.eml").read_bytes(), base)
    assert [said.key for said in outcome.reply.missing] == []
    assert outcome.role == "secretariat"


def test_a_missing_line_alone_says_how_to_send_the_rest(base: Base) -> None:
    """It is not called a message without a form."""
    outcome = _outcome((MAILS / "reply-only-the-missing-line.eml").read_bytes(), base)
    assert [said.key for said in outcome.reply.missing] == ["alone"]


def test_the_day_of_a_new_name_is_told(base: Base) -> None:
    """The same that the entry gets."""
    outcome = _outcome((MAILS / "echo-renamed-date.eml").read_bytes(), base)
    assert entry_in(outcome)["history"][-1]["date"] == "2026-01-01"
    assert "When: 1 January 2026." in outcome.as_markdown(14)


def test_a_look_alike_is_told_by_the_names_it_goes_by(base: Base) -> None:
    """Acronym and name, not the name in another language that is as near."""
    polish = "{name: Europejska Sieć Zapobiegania Przestępczości, kind: official, language: pl}"
    text = base.subjects["eucpn"].document.text.replace("other_names:\n", f"other_names:\n  - {polish}\n")
    named = parse_document("registry/eucpn.yaml", text.encode())
    two = replace(base, documents=[named, *(one for one in base.documents if one.id != "eucpn")])
    outcome = _outcome((MAILS / "echo-german-name-of-known-body.eml").read_bytes(), two)
    (said,) = outcome.reply.seen_before
    assert said.text.startswith("This looks like `EUCPN` (`eucpn`)")
    assert "compare `European Crime Prevention Network`." in said.text


def test_a_folded_address_is_joined(base: Base) -> None:
    """Where the line ends in the middle of it."""
    entry = entry_in(_outcome((MAILS / "parts-wrapped-address.eml").read_bytes(), base))
    assert entry["sources"][-1]["url"].endswith("/a-very-long-name-of-a-report-2024.pdf")


@pytest.mark.parametrize(("length", "between"), [(2000, ""), (2001, " ")])
def test_a_folded_address_of_two_thousand_signs_is_joined(length: int, between: str) -> None:
    """No longer one is looked for."""
    start = f"https://{'x' * (length - 9)}-"
    assert _unwrapped(layers(f"{start}\nrest"), frozenset()) == [MailLine(f"{start}{between}rest", 0)]


def test_an_attached_mail_is_named(base: Base) -> None:
    """Its words are another's, so they are not opened, and the answer says so."""
    outcome = _outcome((MAILS / "parts-attached-mail.eml").read_bytes(), base)
    assert "attachments" in {said.key for said in outcome.reply.for_a_person}
    assert "Lille" not in outcome.as_markdown(14)


_FORM = {"entry": "eucpn", "fact": "Seat", "right": "Orléans", "as_of": "2026-01", "source": "https://eucpn.org/x"}


def _form(base: Base, **answers: str) -> str:
    text = copy_text(
        form_of("correction", base.schema), {**_FORM, "source_kind": "Own words", "role": "Member", **answers}
    )
    return text.partition("Before you send")[0]


def _replied(above: str, below: str, dress: str) -> bytes:
    quoted = "\n".join(f"> {line}" for line in below.split("\n"))
    head = "From: Registry <r@example.org>\nSent: Thursday, 19 November 2026 10:02\nSubject: Correction\n\n"
    texts = {
        "marks": f"{above}\n\nOn Thu, 19 Nov 2026 at 10:02, Registry <r@example.org> wrote:\n\n{quoted}\n",
        "marks on two lines": f"{above}\n\nOn Thu, 19 Nov 2026 at 10:02, Registry <r@example.org>\nwrote:\n{quoted}\n",
        "signed": f"{above}\n-- \nPermanent Secretariat\n\nOn 19 Nov 2026, Registry <r@example.org> wrote:\n{quoted}\n",
        "marks below": f"{quoted}\n\n{above}\n",
        "no marks": f"{above}\n\nLe jeu. 19 nov. 2026 à 10:02, Registry <r@example.org> a écrit :\n\n{below}\n",
        "line": f"{above}\n\n-----Původní zpráva-----\n{head}{below}\n",
        "head": f"{above}\n\n{head}{below}\n",
        "line and head": f"{above}\n\n________________________________\n{head}{below}\n",
    }
    if dress == "html":
        rows = "".join(f"<div>{line}</div>" for line in below.split("\n"))
        return _mail(html=f"<p>{above.replace(chr(10), '<br>')}</p><blockquote>{rows}</blockquote>").as_bytes()
    return _mail(texts[dress]).as_bytes()


DRESSES = ("marks", "signed", "marks on two lines", "marks below", "no marks", "line", "head", "line and head", "html")


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("above", ["The seat moved to Lille.", "Hello,\n\nit is Lille now", "Lille", "Not 2026-01!"])
def test_words_above_a_quoted_form_are_read_by_a_person(dress: str, above: str, base: Base) -> None:
    """However a program marks what is quoted, the old value below is not taken in their stead."""
    outcome = _outcome(_replied(above, _form(base), dress), base)
    assert outcome.proposal is None
    assert outcome.reply.needs_a_person
    assert above.rsplit("\n", maxsplit=1)[-1] in outcome.as_markdown(14)


@pytest.mark.parametrize("dress", DRESSES)
def test_a_label_above_a_quoted_form_corrects_it(dress: str, base: Base) -> None:
    """The rest is taken from below; greetings are no words of their own."""
    above = "Dear colleagues,\nplease find the answer below:\nRight is: Lille"
    outcome = _outcome(_replied(above, _form(base), dress), base)
    if outcome.proposal is None:
        assert outcome.reply.needs_a_person
        assert dress == "marks below"
        return
    assert entry_in(outcome)["seat"]["value"] == "Lille"


@pytest.mark.parametrize("dress", DRESSES)
def test_words_beside_a_label_above_are_read_by_a_person(dress: str, base: Base) -> None:
    """They may say more than the label, and the values below are old."""
    above = "The seat moved to Lille.\nAs of: 2026-02"
    outcome = _outcome(_replied(above, _form(base), dress), base)
    assert outcome.proposal is None
    assert outcome.reply.needs_a_person


@pytest.mark.parametrize(
    "above",
    [
        "I write as: Member\nThe seat moved to Lille.",
        "As of: 2026-02\n\nThe seat moved to Lille.",
        "As of: 2026-02\nThe seat moved to Lille.",
        f"Before you send:\n- [x] {PROMISES[0]}\n- [x] {PROMISES[1]}\nThe seat moved to Lille.",
        f"Before you send:\n- [x] {PROMISES[0]}\nThe seat moved to Lille.\n- [x] {PROMISES[1]}",
    ],
)
def test_words_below_a_label_above_are_read_by_somebody(above: str, base: Base) -> None:
    """Whatever kind of answer they follow: the old value is not taken in their stead."""
    outcome = _outcome(_replied(above, _form(base), "marks"), base)
    assert outcome.proposal is None
    assert "The seat moved to Lille." in outcome.as_markdown(14)


def test_boxes_of_a_quoted_blank_form_do_not_count(base: Base) -> None:
    """Nobody is asked to tick what only stands in the mail that is answered."""
    blank = copy_text(form_of("correction", base.schema))
    assert _outcome(_replied(_form(base, right="Lille"), blank, "marks"), base).proposal


@pytest.mark.parametrize("dress", DRESSES)
def test_a_whole_form_above_an_older_one_is_taken(dress: str, base: Base) -> None:
    """Its own words beside it are told, as ever."""
    above = "We write again, since the first mail was wrong.\n" + _form(base, right="Lille", says="nothing")
    outcome = _outcome(_replied(above, _form(base), dress), base)
    assert outcome.proposal is None or entry_in(outcome)["seat"]["value"] == "Lille"
    assert dress == "marks below" or outcome.proposal


@pytest.mark.parametrize(
    "words",
    ["BrÃ¼ssel", "OrlÃ©ans", "Br\ufffdssel", "ÎœÎ¬Î»Ï„Î±", "Ð¡Ð¾Ñ„Ð¸Ñ", "l’Ã\x89cole", "The Networkâ€™s office"],
)
def test_broken_letters_are_never_a_value(words: str, base: Base) -> None:
    """In no field of a mail or of a form; a person looks at them."""
    for id_ in ("right", "source_title"):
        outcome = intake(_form(base, **{id_: words}), Request(77, TODAY, by_mail=True), base)
        assert outcome.proposal is None
        assert "garbled" in {said.key for said in outcome.reply.for_a_person}


@pytest.mark.parametrize("words", ["Brüssel", "“SOCIÉTÉ”", "Ö”", "SÃO PAULO", "Ελλάδα", "София", "“Fuß“", "Łódź", "Â"])
def test_letters_of_other_languages_are_not_broken(words: str, base: Base) -> None:
    """Whatever stands beside them."""
    assert intake(_form(base, right=f"{words} x"), Request(77, TODAY, by_mail=True), base).proposal


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("filename*=undefined'en'%ff%fe", "application/pdf"),
        ("filename*=x-unknown''%ff", "application/pdf"),
        ('filename="=?utf-8?B?SmFocmVzYmVyaWNodC5wZGY=?="', "Jahresbericht.pdf"),
        ('filename="=?x-unknown?B?SmE=?="', "application/pdf"),
        ('filename="=?utf-8?B?S?="', "application/pdf"),
        ("filename*0*=utf-8''%C3; filename*1*=%A4.pdf", "ä.pdf"),
    ],
)
def test_the_name_of_a_file_costs_no_words(header: str, name: str) -> None:
    """It is told as its sender wrote it, or as what it is."""
    raw = (
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nFact: Seat\n"
        b"--x\nContent-Type: application/pdf\nContent-Disposition: attachment; %s\n\nabc\n--x--\n" % header.encode()
    )
    read = read_mail(raw)
    assert read.text.strip() == "Fact: Seat"
    assert read.attachments[0] == name or name == "application/pdf"


@pytest.mark.parametrize("front", [b"\n", b"\r\n \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_what_stands_in_front_of_a_mail_costs_no_words(front: bytes) -> None:
    """Blank lines, and the mark that some editors write."""
    assert read_mail(front + b"From: a@b.example\n\nFact: Seat").text == "Fact: Seat"


@pytest.mark.parametrize("boundary", [b"", b"; boundary=other"])
def test_parts_are_found_where_their_line_is_another_than_said(boundary: bytes) -> None:
    """Their own encoding is undone, or it would become a value."""
    raw = (
        b"From: a@b.example\nContent-Type: multipart/mixed%s\n\n--x\nContent-Type: text/plain; charset=utf-8\n"
        b"Content-Transfer-Encoding: quoted-printable\n\nSeat: Br=C3=BCssel\n--x--\n" % boundary
    )
    assert read_mail(raw).text.strip() == "Seat: Brüssel"


@given(st.text(st.sampled_from("> -_=:\nAFrom@1Onwrote"), max_size=300))
def test_layers_lose_no_line_but_heads(text: str) -> None:
    """Whatever stands in a mail, each of its lines has one age, and lines without marks before any head are new."""
    lines = list(layers(text))
    assert all(line.age >= 0 for line in lines)
    assert len(lines) <= text.count("\n") + 1
    if ">" not in text and "-" not in text and "_" not in text and ":" not in text and "=" not in text:
        assert [line.text for line in lines] == text.split("\n")


@pytest.mark.parametrize(("fields", "age"), [(2, 0), (3, 1), (4, 1)])
def test_three_fields_are_the_head_of_an_earlier_mail(fields: int, age: int) -> None:
    """Two may be anything that somebody writes; more are no less of a head."""
    head = ["From: a@b.example", "Sent: Monday", "To: c@d.example", "Subject: Seat"][:fields]
    lines = [*layers("\n".join(["New", *head, "", "Old"]))]
    assert lines[-1] == MailLine("Old", age)
    assert [line.text for line in lines if line.text in head] == ([] if age else head)


@pytest.mark.parametrize(
    ("intro", "is_head"),
    [
        (f"On 19 Nov 2026 {'x' * 361} <r@example.org> wrote:", True),
        (f"On 19 Nov 2026 {'x' * 362} <r@example.org> wrote:", False),
        ("They are <30 as of 19 Nov 2026 at 10:02:", False),
        ("On 19 Nov 2026 at 10:02 r@example.org wrote this.", True),
        ("On 19 Nov 2026 at 10:02\nthe registry wrote:", True),
        ("It moved on 19 Nov 2026.\nThe registry wrote:", False),
    ],
)
def test_who_wrote_when_is_said_in_a_line_ahead_of_what_is_quoted(intro: str, is_head: bool) -> None:
    """It has fewer than four hundred signs, closes what it opens, and begins with no sentence of the sender."""
    own = [line.text for line in layers(f"New\n\n{intro}\n> Old") if line.age == 0]
    assert own[2:] == ([] if is_head else intro.split("\n"))


def test_behind_a_rule_with_words_one_field_is_a_head() -> None:
    """Programs put it above what is forwarded; the fields below are theirs, whatever they hold."""
    lines = [*layers("New\n---- Forwarded message ----\nSubject: Seat\n\nOld")]
    assert ("New", 0) in lines
    assert ("Old", 1) in lines
    assert "Subject: Seat" not in [line.text for line in lines]


def test_behind_a_bare_rule_two_fields_are_a_head() -> None:
    """Wherever in the mail the rule stands."""
    lines = layers("New\nwords\nof\nfive\nlines\n_____\nFrom: a@b.example\nSubject: Seat\nOld\nwords\ntoo")
    assert [line.age for line in lines] == [0] * 5 + [1] * 3


def test_labels_of_ours_are_no_head() -> None:
    """A form in a mail may hold a time, as a head does, and stands there all the same."""
    form = "Network: eucpn\nFact: Seat\nRight is: Brussels, since 12:30"
    assert [*layers(form, {"network", "fact", "right is"})] == [MailLine(line, 0) for line in form.split("\n")]
    assert [*layers(form)] == []


@pytest.mark.parametrize(
    "line",
    [
        "> " * 100,
        "On 1 ",
        "On 1 wrote",
        "wrote: ",
        "From: a@b",
        "-----",
        "---- a ",
        "_____",
        "<blockquote>",
        "A: ",
        "Ã¼",
    ],
)
def test_mails_of_any_size_are_read_in_time(line: str, base: Base) -> None:
    """Forty thousand signs of whatever could begin something, on one line and on very many."""
    for end in ("", "\n"):
        lines = (line + end) * (40_000 // len(line + end))
        outcome = intake(f"Network: eucpn\nFact: Seat\nRight is: {lines}", Request(77, TODAY, by_mail=True), base)
        assert outcome.proposal is None
