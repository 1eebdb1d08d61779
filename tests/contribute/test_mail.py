"""Mails: the words of the sender, and nothing else that a mail brings along."""

from __future__ import annotations

import resource
import subprocess
import sys
from contextlib import suppress
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netreg.contribute.read.mail import read_mail


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
        "<html><head><title>t</title><style>p{}</style></head><body><p>Network: <b>eucpn</b></p><script>evil()</script>"
        "<!-- x --><div>Right is: a&amp;b<br>https</div><a href='https://a.example/x'>here</a>"
        "<a href='javascript:evil()'>there</a></body></html>"
    )
    lines = [line for line in read_mail(_mail(html=html).as_bytes()).text.split("\n") if line]
    assert lines == ["Network: eucpn", "Right is: a&b", "https", "https://a.example/x herethere"]


def test_attachments_are_named_and_not_opened() -> None:
    """A text file that came along is not the mail."""
    mail = _mail("Fact: Seat")
    mail.add_attachment("Fact: Status", filename="../evil.txt")
    read = read_mail(mail.as_bytes())
    assert read.text.strip() == "Fact: Seat"
    assert read.attachments == ("../evil.txt",)


@pytest.mark.parametrize("charset", ["iso-8859-1", "x-unknown", "utf-8"])
def test_any_encoding_is_read(charset: str) -> None:
    """A wrong one costs letters, not the mail."""
    raw = f"From: a@b.example\nContent-Type: text/plain; charset={charset}\n\nSeat: Zürich\n".encode("iso-8859-1")
    assert read_mail(raw).text.startswith("Seat: Z")


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
