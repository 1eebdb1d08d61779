"""Hostile inputs to commands: bodies, events, mails, lists, histories, revisions and environments, as data.

Run as a program it takes a project and the inputs on standard input, gives each to the command in turn, and prints what
came of it; so all of them cost one process with bounds on its time and its memory.
"""

from __future__ import annotations

import io
import json
import os
import re
import resource
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

SECONDS, MEGABYTES = 5, 300


class Input(NamedTuple):
    """One input: the command, what it reads, files by path in the project, and changes of the environment."""

    name: str
    args: list[str]
    stdin: str = ""
    files: Mapping[str, str] = {}
    env: Mapping[str, str] = {}


SIGNS = {
    "nothing": "",
    "nul": "\0",
    "controls": "".join(map(chr, range(1, 32))),
    "surrogates": "\udcff\udc80",
    "directions": "\u202egnp.exe\u202c\u2066x\u2069",
    "unseen": "\u2800\u200b\u00ad\ufeff",
    "zalgo": "e" + "\u0301" * 5000,
    "long-word": "x" * 60_000,
    "long-line": "a b " * 15_000,
    "lines": "\n" * 30_000,
    "labels": "### Name\n\nx\n\n" * 2000,
    "quotes": ">" * 30_000 + " x",
    "fences": "```\n" * 5000,
    "brackets": "[" * 30_000,
    "links": "[a](https://a.example)" * 1000,
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "details": "<details>" * 3000,
    "comment": "<!-- netreg:answer -->",
    "mention": "@octocat #1 GH-1 https://github.com/a/b/issues/1",
    "command": "::error file=x::y ##[set-output name=x]y",
    "terminal": "\033]0;x\a\033[2J\033[31m",
    "path": "../../.github/workflows/x",
    "shell": "$(touch /tmp/netreg-was-here) `id` ; rm -rf .",
    "yaml": "!!python/object/apply:os.system [id]",
    "yaml-end": "x\n...\n---\nname: y",
    "aliases": "&a [*a, *a]",
    "template": "{{ 7 * 7 }} {% include '/etc/passwd' %} ${{ secrets.X }}",
    "format": "%s%n%x {0.__class__} {}",
    "sql": "'; DROP TABLE networks; --",
    "regular": "(a+)+$" + "a" * 3000 + "!",
    "dates": "1" * 5000 + "-01-01",
    "number": "9" * 5000,
    "address": "https://user:secret@a.example/" + "%2e%2e/" * 2000,
    "hosts": "https://" + "a." * 5000 + "example/",
    "scheme": "javascript:alert(1) data:text/html,x file:///etc/passwd",
    "emoji": "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿" * 500,
}
"""Words that mean harm, by what they try."""

FORM = (
    "### Network\n\n{entry}\n\n### Fact\n\nSeat\n\n### The page says\n\n_No response_\n\n### Right is\n\n{right}"
    "\n\n### As of\n\n2026\n\n### Where others can read it\n\n{source}\n\n### Whose words\n\nOwn words\n\n"
    "### I write as\n\nIndependent\n"
)
MAIL = "From: A <a@example.org>\r\nSubject: x\r\nDate: Mon, 2 Nov 2026 09:00:00 +0100\r\n{head}\r\n\r\n{text}"
ISSUE = {"number": 7, "title": "t", "created_at": "2026-11-20T09:00:00Z", "labels": [], "user": {"type": "User"}}


def _bodies() -> Iterator[Input]:
    for name, words in SIGNS.items():
        yield Input(f"body-{name}", ["intake"], FORM.format(entry="BELLPOL", right=words, source="https://a.example/"))
    for name in ("nul", "long-word", "markup", "path", "address", "hosts", "scheme", "regular", "yaml", "dates"):
        words = SIGNS[name]
        yield Input(f"entry-{name}", ["intake"], FORM.format(entry=words, right="Ghent", source="https://a.example/"))
        yield Input(f"source-{name}", ["intake"], FORM.format(entry="BELLPOL", right="Ghent", source=words))
    yield Input("body-megabytes", ["intake"], "x" * 3_000_000)


def _events() -> Iterator[Input]:
    raw = {"empty": "", "no-json": "{", "list": "[]", "null": "null", "deep": "[" * 100_000, "number": "1" * 5000}
    raw |= {"no-issue": "{}", "issue-list": '{"issue": []}', "nan": '{"issue": {"number": NaN}}'}
    odd: dict[str, dict[str, Any]] = {
        "created-9999": {"created_at": "9999-12-31T23:59:59-12:00"},
        "created-0001": {"created_at": "0001-01-01T00:00:00+14:00"},
        "created-words": {"created_at": "yesterday"},
        "created-number": {"created_at": 7},
        "body-null": {"body": None},
        "body-number": {"body": 7},
        "body-list": {"body": ["x"]},
        "number-text": {"number": "../../x"},
        "number-negative": {"number": -1},
        "number-large": {"number": 10**30},
        "labels-text": {"labels": "accept"},
        "user-null": {"user": None},
        "surrogate": {"body": "### Name\n\n\ud800"},
        "title-markup": {"title": SIGNS["markup"]},
    }
    raw |= {name: json.dumps({"issue": {**ISSUE, "body": "x", **fields}}) for name, fields in odd.items()}
    for name, text in raw.items():
        yield Input(f"event-{name}", ["intake", "--event", "event.json"], files={"event.json": text})


def _mails() -> Iterator[Input]:
    form = "Network: BELLPOL\r\nFact: Seat\r\nRight is: Ghent\r\n"
    many = "Content-Type: multipart/mixed; boundary=b"
    heads = {
        "no-charset": "Content-Type: text/plain; charset=x-no-such",
        "utf-7": "Content-Type: text/plain; charset=utf-7",
        "utf-16": "Content-Type: text/plain; charset=utf-16",
        "charset-path": "Content-Type: text/plain; charset=../../etc/passwd",
        "charset-code": "Content-Type: text/plain; charset=unicode_escape",
        "charset-zip": "Content-Type: text/plain; charset=zlib_codec",
        "encoding-none": "Content-Transfer-Encoding: no-such",
        "base64-broken": "Content-Transfer-Encoding: base64",
        "quoted-broken": "Content-Transfer-Encoding: quoted-printable",
        "uuencode": "Content-Transfer-Encoding: x-uuencode",
        "no-boundary": "Content-Type: multipart/mixed",
        "boundary-long": f"Content-Type: multipart/mixed; boundary={'b' * 5000}",
        "many-headers": "\r\n".join(f"X-{number}: x" for number in range(5000)),
        "long-header": f"X: {'x' * 100_000}",
        "subject-coded": "Subject: =?utf-8?B?////?= =?x?q?=?=",
        "date-odd": "Date: Fri, 99 Foo 99999 99:99:99 +9999",
        "name-path": 'Content-Type: text/plain; name="../../x"',
    }
    texts = {name: MAIL.format(head=head, text=form) for name, head in heads.items()}
    nested = "".join(f"--b{n}\r\nContent-Type: multipart/mixed; boundary=b{n + 1}\r\n\r\n" for n in range(500))
    texts |= {
        "nested": MAIL.format(head="Content-Type: multipart/mixed; boundary=b0", text=nested),
        "letters-in-letters": MAIL.format(head=many, text="--b\r\nContent-Type: message/rfc822\r\n\r\n" * 300),
        "ten-thousand-parts": MAIL.format(head=many, text=f"--b\r\n\r\n{form}\r\n" * 10_000),
        "html-deep": MAIL.format(head="Content-Type: text/html", text="<div>" * 5000 + form),
        "html-open": MAIL.format(head="Content-Type: text/html", text="<!--" + "<" * 20_000),
        "html-codes": MAIL.format(head="Content-Type: text/html", text="&#x110000;&#0;&#xD800;" * 2000),
        "quoted-levels": MAIL.format(head="", text="\r\n".join(">" * n + " Fact: x" for n in range(500))),
        "only-a-head": "Subject: x",
        "nothing": "",
        "controls": MAIL.format(head="", text=SIGNS["controls"] + form),
        "no-end-of-lines": MAIL.format(head="", text="Fact: " + "x" * 500_000),
    }
    for name, text in texts.items():
        yield Input(f"mail-{name}", ["intake", "--mail", "m.eml"], files={"m.eml": text})


def _lists() -> Iterator[Input]:
    words = (
        "markup",
        "directions",
        "unseen",
        "yaml",
        "aliases",
        "yaml-end",
        "long-word",
        "nul",
        "terminal",
        "brackets",
    )
    for name in words:
        text = f"refused:\n  - {{name: A, reason: {SIGNS[name]}, date: '2026-11-24'}}\n"
        yield Input(f"refused-{name}", ["check"], files={"docs/data/refused.yaml": text})
    for kind in ("refused", "withheld", "coverage"):
        for name, text in {
            "empty": "",
            "number": "7",
            "list": "- x\n",
            "other": f"{kind}: 7\n",
            "tab": f"{kind}:\n\t- x",
        }.items():
            yield Input(f"{kind}-{name}", ["check"], files={f"docs/data/{kind}.yaml": text})


def _histories() -> Iterator[Input]:
    texts = {
        "empty": "",
        "no-json": "{",
        "list": "[]",
        "deep": "[" * 100_000,
        "number": '{"https://a.example": 7}',
        "words": '{"https://a.example": ["today alive 200"]}',
        "date": '{"https://a.example": ["2026-13-45 alive 200"]}',
        "year-0": '{"https://a.example": ["0000-01-01 dead dns"]}',
        "outcome": '{"https://a.example": ["2026-01-01 undead 200"]}',
        "markup": '{"https://a.example": ["2026-01-01 dead <script>"]}',
        "numbers": f'{{"https://a.example": [{"1" * 5000}]}}',
        "large": " " * 8_000_001,
    }
    for name, text in texts.items():
        files = {"docs/data/link-history.json": text}
        yield Input(f"history-{name}", ["housekeeping"], files=files)
    for name, text in (texts | {"finding": '{"findings": [{"path": 7}]}'}).items():
        args = ["diff", "HEAD", "--findings", "f.json"]
        yield Input(f"report-{name}", args, files={"f.json": text})
    for revision in (
        "--output=x",
        "-",
        "HEAD^{/x}",
        "HEAD:registry",
        "a\nb",
        "\udcff",
        "x" * 5000,
        "$(id)",
        "@{-1}",
        "..",
        "*",
    ):
        yield Input(f"revision-{revision[:12]!a}", ["diff", "--", revision])


def _environments() -> Iterator[Input]:
    for name in ("nul", "long-word", "terminal", "path", "number", "dates", "nothing", "format"):
        words = SIGNS[name].replace("\0", "")
        for key in ("NETREG_TODAY", "NETREG_CACHE", "COLUMNS", "NETREG_SITE_URL"):
            yield Input(f"{key}-{name}", ["show", "bellpol"], env={key: words[:100_000]})


INPUTS = [*_bodies(), *_events(), *_mails(), *_lists(), *_histories(), *_environments()]


def _hang(*_: object) -> None:
    raise TimeoutError("it hangs")


def _given(root: Path, given: Input) -> dict[str, object]:
    """What a command makes of an input; files that it reads are taken away again."""
    from netreg.cli import main

    before = {path: (root / path).read_bytes() if (root / path).exists() else None for path in given.files}
    for path, text in given.files.items():
        (root / path).write_bytes(text.encode("utf-8", "surrogateescape" if "\udcff" in text else "surrogatepass"))
    kept = dict(os.environ)
    os.environ.update(given.env)
    sys.stdin = io.TextIOWrapper(io.BytesIO(given.stdin.encode("utf-8", "surrogatepass")), encoding="utf-8")
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)  # of the processor, since the machine may be busy
    signal.alarm(12 * SECONDS)  # for what waits and works on nothing
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code: object = main(given.args)
    except SystemExit as stopped:
        code = stopped.code
    except BaseException as error:  # noqa: BLE001 - whatever it is, the test tells it
        code = repr(error)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)
        os.environ.clear()
        os.environ.update(kept)
        for path, data in before.items():
            (root / path).write_bytes(data) if data is not None else (root / path).unlink()
    return {"name": given.name, "code": code, "err": err.getvalue()}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (1024 * 2**20, 1024 * 2**20))
    for sort in (signal.SIGALRM, signal.SIGPROF):
        signal.signal(sort, _hang)
    os.chdir(sys.argv[1])
    found = [_given(Path.cwd(), given) for given in INPUTS]
    # Of this program alone: what the kernel tells of the process counts the one that started it, too.
    status = Path("/proc/self/status")
    own = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    peak = int(own[1]) // 1024 if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"found": found, "megabytes": peak}))
