"""Hostile and broken files: each is refused with its rule and place, and none makes the tool fall over."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from netreg.check import Context, check
from netreg.check.cases import TODAY
from netreg.check.runner import MOST
from netreg.core.finding import Finding
from netreg.core.load import Document, read_folder
from netreg.core.load.bytes import LARGEST
from netreg.core.report import FORMATS, render
from netreg.core.schema import Schema

ENTRY = """\
name: Example Network of Harbour Police
group: other-european
topics: [maritime-and-ports]
form: {value: agreed-network, sources: [charter]}
status: {value: active, as_of: "2025-04", sources: [charter]}
@
summary:
  value: >-
    Network of police forces that work in seaports. It was set up by a charter among its members, meets twice
    a year to compare how ports are guarded, and keeps a list of contact points that answer at any hour.
  sources: [charter]
sources:
  - id: charter
    title: Charter of the network
    author: Example Network of Harbour Police
    kind: self-presentation
    url: https://harbour-police.example/charter
    language: en
    read: {date: "2026-11-23", how: live}
"""


@dataclass(frozen=True)
class Hostile:
    """One file: what it is called, what is in it, and where which rule must find it."""

    name: str
    content: bytes | Callable[[Path], object]
    expected: str
    file: str = ""

    @property
    def file_name(self) -> str:
        """The name in the registry folder; by default that of the case."""
        return self.file or f"{self.name}.yaml"

    def write(self, folder: Path) -> None:
        """Put it into a folder."""
        path = folder / self.file_name
        if isinstance(self.content, bytes):
            path.write_bytes(self.content)
        else:
            self.content(path)


def entry(line: str) -> bytes:
    """A valid entry with a hostile line 6."""
    return ENTRY.replace("@", line, 1).encode()


def first(text: str) -> bytes:
    """A valid entry behind a hostile beginning."""
    return text.encode() + entry("")


def task(text: str) -> bytes:
    """A valid entry with a hostile text in line 6, column 17."""
    return entry(f"tasks: [{{value: {text}, sources: [charter]}}]")


def website(address: str) -> bytes:
    """A valid entry with a hostile address in line 6, column 18."""
    return entry(f'website: {{value: "{address}", sources: [charter]}}')


def count(value: str) -> bytes:
    """A valid entry with a hostile number in line 6, column 33."""
    return entry(f'participants: {{counts: [{{value: {value}, unit: ports, as_of: "2025", sources: [charter]}}]}}')


def _laughs() -> str:
    lines = ["a0: &a0 ha"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines)


BYTES = [
    Hostile("utf-16-le-with-bom", ("\ufeff" + ENTRY).encode("utf-16-le"), "encoding 1:1"),
    Hostile("utf-16-be-with-bom", ("\ufeff" + ENTRY).encode("utf-16-be"), "encoding 1:1"),
    Hostile("utf-16-le", ENTRY.encode("utf-16-le"), "encoding 1:1"),
    Hostile("utf-16-be", ENTRY.encode("utf-16-be"), "encoding 1:1"),
    Hostile("utf-32", ("\ufeff" + ENTRY).encode("utf-32-le"), "encoding 1:1"),
    Hostile("utf-8-with-bom", ENTRY.encode("utf-8-sig"), "encoding 1:1"),
    Hostile("latin-1", entry("seat: {value: Orléans}").replace("é".encode(), b"\xe9"), "encoding 6:18"),
    Hostile("surrogate-bytes", entry("seat: @").replace(b"@", b"\xed\xa0\x80"), "encoding 6:7"),
    Hostile("overlong-nul", entry("seat: @").replace(b"@", b"\xc0\x80"), "encoding 6:7"),
    Hostile("cut-off-sign", entry("") + "é".encode()[:1], "encoding 20:1"),
    Hostile("picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "encoding 1:1"),
    Hostile("nul", first("nam\x00e: x\n"), "control-character 1:4"),
    Hostile("many-nuls", bytes(1000), "encoding 1:1"),
    Hostile("carriage-returns-only", entry("").replace(b"\n", b"\r"), "control-character 1:40"),
    Hostile("next-line-sign", task("Keeps\x85lists"), "control-character 6:22"),
    Hostile("line-separator", task("Keeps\u2028lists"), "control-character 6:22"),
    Hostile("bom-inside", task("Keeps\ufefflists"), "control-character 6:22"),
    Hostile("escape", task("Keeps\x1b[2Jlists"), "control-character 6:22"),
    Hostile("one-byte-escape", task("Keeps\x9b2Jlists"), "control-character 6:22"),
    Hostile("backspaces", task("Keeps\x08\x08\x08\x08\x08lists"), "control-character 6:22"),
    Hostile("no-character", task("Keeps\uffff"), "control-character 6:22"),
    Hostile("ten-thousand-controls", first("\x07" * 10_000), "control-character 1:1"),
    Hostile("empty", b"", "yaml-syntax 1:1"),
    Hostile("only-comments", b"# nothing\n# here\n", "yaml-syntax 1:1"),
    Hostile("only-blanks", b"\n\n   \n", "yaml-syntax 1:1"),
    Hostile("only-hyphens", b"---\n", "yaml-syntax 1:1"),
    Hostile("five-megabytes", b"name: " + b"x" * 5_000_000, "too-large 1:1"),
    Hostile("one-byte-too-many", b"#" * (LARGEST + 1), "too-large 1:1"),
    Hostile("largest-line", b'name: "' + b"x" * (LARGEST - 8) + b'"', "bad-format 1:7"),
]

STRUCTURE = [
    Hostile("billion-laughs", _laughs().encode(), "anchor-or-alias 1:5"),
    Hostile("quadratic-blow-up", f"a: &a {'x' * 9000}\nb: [{'*a, ' * 4000}*a]\n".encode(), "anchor-or-alias 1:4"),
    Hostile("list-in-itself", entry("tasks: &a [*a]"), "anchor-or-alias 6:8"),
    Hostile("anchor-on-a-key", entry("&a tasks: []"), "anchor-or-alias 6:1"),
    Hostile("five-thousand-anchors", b"".join(b"a%d: &a%d x\n" % (n, n) for n in range(5000)), "anchor-or-alias 1:5"),
    Hostile("merge-of-an-alias", entry("<<: *all"), "anchor-or-alias 6:5"),
    Hostile("merge-of-a-block", entry("<<: {acronym: ENHP}"), "unknown-key 6:1"),
    Hostile("deep-lists", b"tasks: " + b"[" * 10_000, "too-deep 1:19"),
    Hostile("deep-lists-closed", b"tasks: " + b"[" * 10_000 + b"]" * 10_000, "too-deep 1:19"),
    Hostile("deep-blocks", b"{a: " * 10_000, "too-deep 1:49"),
    Hostile("deep-hyphens", b"- " * 10_000 + b"x", "too-deep 1:25"),
    Hostile("deep-keys", "\n".join(f"{' ' * n}a:" for n in range(700)).encode(), "too-deep 13:13"),
    Hostile("deep-question-marks", b"? " * 10_000, "yaml-syntax 1:3"),
    Hostile("two-documents", entry("") + b"---\n" + entry(""), "several-documents 20:1"),
    Hostile("document-after-the-end", entry("") + b"...\nname: Other\n", "yaml-syntax 21:1"),
    Hostile("python-object", entry("seat: !!python/object/apply:os.system [id]"), "tag 6:7"),
    Hostile("python-name", entry("seat: !!python/name:os.system"), "tag 6:7"),
    Hostile("binary-tag", entry("seat: !!binary aGFyYm91cg=="), "tag 6:7"),
    Hostile("own-tag", entry("seat: !port x"), "tag 6:7"),
    Hostile("verbatim-tag", entry("seat: !<tag:example.org,2000:x> x"), "tag 6:7"),
    Hostile("set-tag", entry("seat: !!set {? a}"), "tag 6:7"),
    Hostile("long-tag", entry(f"seat: !{'x' * 5000} x"), "tag 6:7"),
    Hostile("yaml-directive", first("%YAML 1.1\n---\n"), "yaml-syntax 1:1"),
    Hostile("tag-directive", first("%TAG ! tag:example.org,2000:\n---\n"), "yaml-syntax 1:1"),
    Hostile("other-directive", first("% x\n"), "yaml-syntax 1:2"),
    Hostile("list-as-key", entry("[a, b]: c"), "yaml-syntax 6:1"),
    Hostile("block-as-key", entry("{a: b}: c"), "yaml-syntax 6:1"),
    Hostile("nothing-as-key", entry("? "), "unknown-key 6:2"),
    Hostile("text-block-as-key", entry("? |\n  a\n  b\n: c"), "unknown-key 6:3"),
    Hostile("number-as-key", entry("2008: c"), "unknown-key 6:1"),
    Hostile("long-key", entry(f"{'k' * 2000}: c"), "yaml-syntax 6:1"),
    Hostile("key-twice", entry("group: eu-bodies"), "duplicate-key 6:1"),
    Hostile("key-twice-in-quotes", entry('"group": eu-bodies'), "duplicate-key 6:1"),
    Hostile("key-twice-in-code", entry('"\\x67roup": eu-bodies'), "duplicate-key 6:1"),
    Hostile("key-a-thousand-times", first("a: b\n" * 1000), "duplicate-key 2:1"),
    Hostile("tab", entry("seat:\n\tvalue: x"), "yaml-syntax 7:1"),
    Hostile("open-double-quote", entry('seat: "x'), "yaml-syntax 19:19"),
    Hostile("open-single-quote", entry("seat: 'x"), "yaml-syntax 6:7"),
    Hostile("open-block", entry("seat: {value: x"), "yaml-syntax 6:7"),
    Hostile("open-list", entry("tasks: [x"), "yaml-syntax 6:8"),
    Hostile("too-much-closed", entry("seat: {value: x}}"), "yaml-syntax 6:17"),
    Hostile("odd-block-mark", entry("seat: |99"), "yaml-syntax 6:9"),
    Hostile("surrogate-code", entry('seat: "\\ud800"'), "yaml-syntax 6:10"),
    Hostile("no-code", entry('seat: "\\q"'), "yaml-syntax 6:8"),
    Hostile("forty-thousand-keys", b"".join(b"%x:\n" % n for n in range(40_000)), "too-large 2500:5"),
    Hostile("hundred-thousand-items", b"tasks: [" + b"a," * 100_000 + b"a]", "too-large 1:10003"),
    Hostile("two-thousand-unknown-keys", entry("\n".join(f"k{n}: x" for n in range(2000))), "unknown-key 6:1"),
    Hostile("unknown-keys-in-a-line", b"{" + b",".join(b"k%d" % n for n in range(2000)) + b"}", "unknown-key 1:2"),
    Hostile("mixed-list", entry(f"tasks: [{', '.join(f'{n}, k{n}, [{n}]' for n in range(800))}]"), "wrong-type 6:9"),
    Hostile("mixed-topics", b"topics: [" + b"{a: 1}, x, 2, [], null, " * 400 + b"x]", "bad-format 1:9"),
    Hostile(
        "many-unknown-sources",
        entry("tasks:\n" + "\n".join(f"  - {{value: x, sources: [charte{n}]}}" for n in range(600))),
        "unknown-source 7:26",
    ),
    Hostile("list-instead-of-entry", b"- name\n- group\n", "wrong-type 1:1"),
    Hostile("text-instead-of-entry", b"Dear registry, please add us.\n", "wrong-type 1:1"),
    Hostile("number-instead-of-entry", b"42\n", "wrong-type 1:1"),
    Hostile("claim-in-claim", entry("seat: {value: {value: x}, sources: [charter]}"), "wrong-type 6:15"),
]

VALUES = [
    Hostile("endless-number", count("9" * 100_000), "wrong-type 6:33"),
    Hostile("not-a-number", count(".nan"), "wrong-type 6:33"),
    Hostile("infinity", count("-.inf"), "wrong-type 6:33"),
    Hostile("float-beyond-all", count("1e999"), "wrong-type 6:33"),
    Hostile("whole-float", count("41.0"), "wrong-type 6:33"),
    Hostile("truth", count("true"), "wrong-type 6:33"),
    Hostile("negative", count("-1"), "bad-format 6:33"),
    Hostile("hexadecimal", count("0xFFFFFFFFFF"), "bad-format 6:33"),
    Hostile("octal-year", entry("established: {value: 0o3730, sources: [charter]}"), "unquoted-date 6:22"),
    Hostile("number-with-lines", count('"12\\n13"'), "wrong-type 6:33"),
    Hostile("year-zero", entry('established: {value: "0000", sources: [charter]}'), "bad-date 6:22"),
    Hostile("digits-of-another-script", entry('established: {value: "２００８", sources: [charter]}'), "bad-date 6:22"),
    Hostile("date-with-line-end", entry('established: {value: "2008\\n", sources: [charter]}'), "bad-date 6:22"),
    Hostile("endless-date", entry(f'established: {{value: "{"2008/" * 9000}", sources: [charter]}}'), "bad-date 6:22"),
    Hostile("id-with-line-end", entry("").replace(b"id: charter", b'id: "charter\\n"'), "id-form 13:9"),
    Hostile("language-with-line-end", entry("").replace(b"language: en", b'language: "en\\n"'), "bad-format 18:15"),
    Hostile("escape-code", task('"Keeps \\e[2J lists"'), "control-character 6:17"),
    Hostile("nul-code", task('"Keeps \\0 lists"'), "control-character 6:17"),
    Hostile("next-line-code", task('"Keeps \\N lists"'), "control-character 6:17"),
    Hostile("bom-code", task('"Keeps \\ufeff lists"'), "control-character 6:17"),
    Hostile("bidi-override", task("Keeps \u202elists"), "bidi-control 6:23"),
    Hostile("bidi-isolate", task("Keeps \u2067lists"), "bidi-control 6:23"),
    Hostile("right-to-left-mark", task("Keeps \u200flists"), "bidi-control 6:23"),
    Hostile("bidi-in-a-comment", entry("# Keeps \u202elists"), "bidi-control 6:9"),
    Hostile("bidi-code", task('"Keeps \\u202elists"'), "bidi-control 6:17"),
    Hostile("bidi-code-in-a-key", entry('"a\\u202eb": x'), "bidi-control 6:1"),
    Hostile("zero-width-space", task("Keeps li\u200bsts"), "bidi-control 6:25"),
    Hostile("zero-width-joiner", task("Keeps li\u200dsts"), "bidi-control 6:25"),
    Hostile("soft-hyphen", task("Keeps li\u00adsts"), "bidi-control 6:25"),
    Hostile("invisible-letters", task("Keeps \U000e0041lists"), "bidi-control 6:23"),
    Hostile("filler", task("Keeps \u3164lists"), "bidi-control 6:23"),
    Hostile("homoglyph", task("Keeps lіsts"), "confusable-name 6:23"),
    Hostile("greek-capital", task("Αssists ports"), "confusable-name 6:17"),
    Hostile("no-break-spaces", task("Keeps\u00a0\u00a0lists"), "whitespace 6:17"),
    Hostile("script-element", task('"<script>alert(1)</script>"'), "html 6:18"),
    Hostile("picture-element", task('"<img src=x onerror=alert(1)>"'), "html 6:18"),
    Hostile("entity", task('"Keeps &lt;lists"'), "html 6:24"),
    Hostile("comment-element", task('"<!-- lists -->"'), "html 6:18"),
]

ADDRESSES = [
    Hostile(name, website(address), "unsafe-link 6:18")
    for name, address in {
        "javascript-link": "javascript:alert(1)",
        "javascript-link-in-capitals": "JaVaScRiPt:alert(1)",
        "data-link": "data:text/html,<script>alert(1)</script>",
        "file-link": "file:///etc/passwd",
        "mail-link": "mailto:office@harbour-police.example",
        "link-without-scheme": "//harbour-police.example",
        "relative-link": "../../../etc/passwd",
        "user-in-link": "https://harbour-police.example@phishing.example/",
        "password-in-link": "https://me:secret@harbour-police.example/",
        "cyrillic-host": "https://hаrbour-police.example/",
        "punycode-host": "https://xn--hrbour-police-yvg.example/",
        "number-host": "http://3221225985/",
        "dotted-host": "http://192.0.2.1/",
        "hexadecimal-host": "http://0x7f.0.0.1/",
        "ipv6-host": "http://[::1]/",
        "broken-ipv6-host": "http://[::1/",
        "local-host": "http://localhost:8000/",
        "no-host": "https:///evil",
        "dots-for-a-host": "https://..../",
        "backslash-in-link": "https://harbour-police.example\\\\@phishing.example/",
        "line-end-in-link": "https://harbour-police.example/\\nx",
        "tab-in-link": "https://harbour-police.example/\\tx",
        "quote-in-link": 'https://harbour-police.example/\\"onclick=',
        "space-in-link": "https://harbour-police.example/a b",
        "odd-port": "https://harbour-police.example:99999/",
        "long-host": f"https://{'a.' * 250}",
    }.items()
]

BAIT = [
    Hostile("bait-for-html", task(f'"{"<a" * 60_000}"'), "bad-format 6:17"),
    Hostile("bait-for-entities", task(f'"{"&a" * 60_000}"'), "bad-format 6:17"),
    Hostile("bait-for-mailboxes", task("a" * 200_000), "bad-format 6:17"),
    Hostile("bait-for-mailboxes-with-signs", task("a@" * 90_000), "bad-format 6:17"),
    Hostile("bait-for-mailbox-hosts", task("a@" + "a-" * 90_000), "bad-format 6:17"),
    Hostile("bait-for-telephones", task(f'"+1{"(" * 200_000}"'), "bad-format 6:17"),
    Hostile("bait-for-telephone-prefixes", task(f'"{"(001" * 40_000}("'), "bad-format 6:17"),
    Hostile("bait-for-rotting-words", task("now " * 40_000 + "x"), "bad-format 6:17"),
    Hostile("bait-for-spaces", task(f'"a{" " * 200_000}b"'), "bad-format 6:17"),
    Hostile(
        "bait-for-acronyms", entry(f"acronym: {'a' * 90_000}").replace(b"Example", b"a" * 90_000, 1), "bad-format 1:7"
    ),
    Hostile("bait-for-name-words", entry("").replace(b"Example", b"a " * 90_000 + b"b", 1), "bad-format 1:7"),
    Hostile("bait-for-ids", entry("").replace(b"id: charter", b"id: " + b"a-" * 90_000), "id-form 13:9"),
    Hostile("bait-for-addresses", website(f"https://{'a' * 200_000}"), "bad-format 6:18"),
    Hostile("bait-for-users", website(f"https://{'a:' * 90_000}@x.example"), "unsafe-link 6:18"),
    Hostile("bait-for-hosts", website(f"https://{'a-_' * 60_000}."), "unsafe-link 6:18"),
    Hostile("bait-for-nearest", entry("\n".join(f"{'nam' * 300}{n}: x" for n in range(200))), "unknown-key 6:1"),
    Hostile("bait-for-colons", first("a b: c: " * 30_000), "yaml-syntax 1:7"),
    Hostile("bait-for-plain-lines", first("a\n" * 100_000), "yaml-syntax 100000:1"),
    Hostile("bait-for-quotes", first('"' * 200_001), "yaml-syntax 1:3"),
    Hostile("bait-for-simple-keys", first("[" + "a " * 100_000), "yaml-syntax 1:1"),
    Hostile("bait-for-comments", b"#\n" * 130_000, "yaml-syntax 1:1"),
]

INJECTIONS = [
    Hostile("workflow-command", entry('"\\n::error file=x::owned": x'), "unknown-key 6:1"),
    Hostile(
        "workflow-command-in-term",
        entry("").replace(b"[maritime-and-ports]", b'["\\n::error::owned"]'),
        "unknown-term 3:10",
    ),
    Hostile("coded-workflow-command", entry('"%0A::error::owned": x'), "unknown-key 6:1"),
    Hostile("old-workflow-command", entry('"##[error]owned": x'), "unknown-key 6:1"),
    Hostile(
        "wrapped-workflow-command",
        entry(f'"{"x" * 20} {"y" * 10} ::stop-commands::owned": x\nestablished: {{value: "ab ::error::owned"}}'),
        "unknown-key 6:1",
    ),
    Hostile("markdown-in-key", entry('"[a](javascript:alert(1))": x'), "unknown-key 6:1"),
]

NAMES = [
    Hostile("capitals", entry(""), "id-form 1:1", "Capitals.yaml"),
    Hostile("two-dots", entry(""), "id-form 1:1", "..yaml"),
    Hostile("no-name", entry(""), "id-form 1:1", ".yaml"),
    Hostile("parent-folder", entry(""), "id-form 1:1", "..\\..\\etc.yaml"),
    Hostile("option", entry(""), "id-form 1:1", "-rf.yaml"),
    Hostile("space-in-name", entry(""), "id-form 1:1", "two words.yaml"),
    Hostile("line-end-in-name", entry(""), "id-form 1:1", "a\n::error::owned.yaml"),
    Hostile("escape-in-name", entry(""), "id-form 1:1", "a\x1b[2Jb.yaml"),
    Hostile("command-in-name", entry(""), "id-form 1:1", "$(id).yaml"),
    Hostile("markup-in-name", entry(""), "id-form 1:1", "<b>.yaml"),
    Hostile("bytes-in-name", entry(""), "id-form 1:1", os.fsdecode(b"\xff\xfe.yaml")),
    Hostile("cyrillic-name", entry(""), "id-form 1:1", "есn.yaml"),
    Hostile("long-name", entry(""), "id-form 1:1", f"{'a' * 200}.yaml"),
    Hostile("name-with-line-end", entry(""), "id-form 1:1", "abc\n.yaml"),
    Hostile("other-ending", entry(""), "stray-file 1:1", "abc.yml"),
    Hostile("ending-in-capitals", entry(""), "stray-file 1:1", "abc.YAML"),
    Hostile("no-ending", b"x", "stray-file 1:1", "abc"),
    Hostile("hidden-file", b"x", "stray-file 1:1", ".DS_Store"),
    Hostile("backup", entry(""), "stray-file 1:1", "abc.yaml~"),
]

FILES = [
    Hostile("link", lambda path: path.symlink_to("/etc/passwd"), "stray-file 1:1"),
    Hostile("link-to-itself", lambda path: path.symlink_to(path.name), "stray-file 1:1"),
    Hostile("link-to-nothing", lambda path: path.symlink_to("/nowhere"), "stray-file 1:1"),
    Hostile("link-to-the-folder", lambda path: path.symlink_to("."), "stray-file 1:1"),
    Hostile("endless-device", lambda path: path.symlink_to("/dev/zero"), "stray-file 1:1"),
    Hostile("folder", lambda path: path.mkdir(), "stray-file 1:1"),
    Hostile("pipe", os.mkfifo, "stray-file 1:1"),
]

ALL = [*BYTES, *STRUCTURE, *VALUES, *ADDRESSES, *BAIT, *INJECTIONS, *NAMES, *FILES]


def _checked(folder: Path, schema: Schema) -> tuple[list[Document], list[Finding]]:
    documents = read_folder(folder.parent, folder.name)
    return documents, check(documents, Context(schema, TODAY))


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """An empty registry folder."""
    folder = tmp_path / "registry"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("hostile", ALL, ids=lambda hostile: hostile.name)
def test_a_hostile_file_is_refused_at_its_place(hostile: Hostile, registry: Path, schema: Schema) -> None:
    """The rule names the line and the column, no rule floods the report, and each reporter can show it."""
    hostile.write(registry)
    documents, found = _checked(registry, schema)
    places = [f"{finding.rule} {finding.place.line}:{finding.place.column}" for finding in found]
    assert hostile.expected in places
    assert all(len([1 for finding in found if finding.rule == rule]) <= MOST for rule in {f.rule for f in found})
    texts = {document.path: document.text for document in documents}
    for style in FORMATS:
        _is_harmless(render(found, texts, style, colour=True), style, len(found))


def _is_harmless(report: str, style: str, findings: int) -> None:
    """No report is long, holds a sign that a terminal obeys, or lets a value give a build a command."""
    assert len(report) < 60_000
    report.encode()
    plain = report.replace("\n", "").replace("\N{NO-BREAK SPACE}", " ")
    for code in ("\033[0m", "\033[1m", "\033[2m", "\033[31m", "\033[1;31m", "\033[1;33m", "\033[1;36m"):
        plain = plain.replace(code, "")
    assert plain.isprintable()
    commands = [line for line in report.split("\n") if line.lstrip().startswith("::")]
    assert len(commands) == (findings if style == "github" else 0)
    assert "##[" not in report or style == "json"


def test_names_and_files_differ() -> None:
    """The cases can lie side by side in one folder, and there are many."""
    assert len({hostile.file_name for hostile in ALL}) == len({hostile.name for hostile in ALL}) == len(ALL) >= 60


def test_an_unreadable_file_is_refused(registry: Path, schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system does not let us read is a finding, not an exception."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    (registry / "locked.yaml").write_bytes(entry(""))
    monkeypatch.setattr(Path, "open", refuse)
    _, found = _checked(registry, schema)
    assert [(finding.rule, finding.message) for finding in found] == [
        ("stray-file", "The file cannot be read: Permission denied.")
    ]


def test_a_file_that_vanishes_is_refused(registry: Path, schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is deleted between the listing and the reading is a finding."""
    (registry / "gone.yaml").write_bytes(entry(""))
    monkeypatch.setattr(Path, "lstat", lambda _: (_ for _ in ()).throw(FileNotFoundError(2, "No such file")))
    _, found = _checked(registry, schema)
    assert [finding.rule for finding in found] == ["stray-file"]


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (5, 5))
    resource.setrlimit(resource.RLIMIT_AS, (300 * 2**20, 300 * 2**20))


def _run(root: Path) -> subprocess.CompletedProcess[bytes]:
    environment = {"PYTHONPATH": str(Path(__file__).parents[3] / "scripts"), "NETREG_TODAY": TODAY.isoformat()}
    return subprocess.run(
        [sys.executable, "-m", "netreg", "check"],
        cwd=root,
        env=environment,
        capture_output=True,
        check=False,
        preexec_fn=_limit,
    )


def test_all_of_them_at_once(registry: Path, project: Path) -> None:
    """One run over all hostile files ends with findings, within five seconds of work and 300 MB."""
    for hostile in ALL:
        hostile.write(registry)
    (registry.parent / "schema").symlink_to(project / "schema")
    done = _run(registry.parent)
    assert done.stderr == b""
    assert done.returncode == 1
    assert done.stdout.count(b"\n") > len(ALL)


def test_a_folder_that_is_a_link_to_itself(tmp_path: Path, project: Path) -> None:
    """A registry that cannot be listed is told in a line."""
    (tmp_path / "schema").symlink_to(project / "schema")
    (tmp_path / "registry").symlink_to("registry")
    done = _run(tmp_path)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
