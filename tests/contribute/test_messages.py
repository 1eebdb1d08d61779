"""Messages: everything that a contributor can get to read, kept in one file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from netreg.check.rule import all_rules
from netreg.contribute.messages import MESSAGES, Ours, say
from netreg.contribute.objections import _GAP, _TOLD_BEFORE
from netreg.contribute.quoting import block, code, visible
from netreg.contribute.report import THANKS

KEPT = Path(__file__).with_name("messages.txt")
_OURS = {
    "label": "Seat",
    "labels": "title, author",
    "days": "14",
    "date": "24 November 2026",
    "when": "July 2008",
    "role": "the secretariat",
    "choices": "Active; Dormant",
    "length": "1,300",
    "limit": "1,200",
    "number": "5",
    "id": "eucpn",
    "reason": "It is a circle of private persons.",
    "about": "Two entries look like the same body.",
}
_THEIRS = {
    "name": "Example Network",
    "network": "EUCPN",
    "value": "Brussels",
    "old": "Strasbourg",
    "question": "Who pays?",
    "source": "eucpn.org/about",
    "said": "what somebody wrote",
    "title": "European Crime Prevention Network",
    "by": "EUPCN",
    "other": "ROADPOL",
    "names": "scan.pdf",
}
_JARGON = ("git", "yaml", "json", "commit", "branch", "pull request", "repository", "schema", "parse", "key", "invalid")
_PACKAGE = Path(__file__).resolve().parents[2] / "scripts" / "netreg"


def _all() -> str:
    values = {**_THEIRS, **{key: Ours(value) for key, value in _OURS.items()}}
    parts = [f"thanks\n  {THANKS}"]
    parts += [f"{key}\n  {say(key, **values).text}" for key in MESSAGES]
    return "\n\n".join(parts) + "\n"


def test_all_messages_are_those_kept(update: bool) -> None:
    """To be read in one sitting; ``--update`` writes them anew."""
    if update:
        KEPT.write_text(_all(), encoding="utf-8")
    assert KEPT.read_text(encoding="utf-8") == _all()


def test_every_message_is_used() -> None:
    """And none is said that is not on the list."""
    modules = [path for room in ("contribute", "host") for path in (_PACKAGE / room).glob("*.py")]
    code_ = "\n".join(path.read_text(encoding="utf-8") for path in modules if path.stem != "messages")
    for key in MESSAGES:
        if not key.startswith("finding-"):
            assert re.search(rf"[\"']{key}[\"']", code_), key
    assert {key.removeprefix("finding-") for key in MESSAGES if key.startswith("finding-")} <= {
        *(rule.id for rule in all_rules()),
        "other",
    }
    assert {_GAP, *_TOLD_BEFORE} <= {rule.id for rule in all_rules()}


@pytest.mark.parametrize("key", MESSAGES)
def test_a_message_speaks_a_contributors_language(key: str) -> None:
    """No word of Git, YAML or programs, whole sentences, no exclamation marks."""
    text = f"{MESSAGES[key].says} {MESSAGES[key].step}".strip()
    assert not re.search(rf"\b({'|'.join(_JARGON)})\b", text, re.IGNORECASE)
    assert "!" not in text
    assert re.search(r"([.?:”]|\}\)?)$", text), text


@pytest.mark.parametrize("key", [key for key in MESSAGES if not key.startswith(("understood", "person", "next"))])
def test_what_is_missing_names_the_next_step(key: str) -> None:
    """Nobody is left with a fault and no way on."""
    assert MESSAGES[key].step


def test_british_spelling() -> None:
    """As everywhere in the registry."""
    american = r"\b(\w+ization|\w+ize|color|center|program\b(?!\.)|behavior|license[ds]?)\b"
    assert not re.findall(american, _all().replace("by a program;", ""))


# Words of strangers


@pytest.mark.parametrize("text", ["", "`", "``", "a`b``c", "x" * 500, "@a #1 <b> **c** [d](e)", "a\n\n# b", "``````"])
def test_code_stays_one_span(text: str) -> None:
    """Whatever ticks stand in it, they are fewer than those around it."""
    shown = code(text)
    ticks = re.match("`+", shown)
    assert ticks
    inner = shown[len(ticks[0]) : -len(ticks[0])]
    assert shown.endswith(ticks[0])
    assert ticks[0] not in inner
    assert "\n" not in shown
    assert len(shown) < 210 + 2 * len(ticks[0])


@pytest.mark.parametrize("text", ["", "```\nx\n```", "~~~\n````", "::error::x", "> x", "\n\n", "x" * 50_000])
def test_a_block_stays_one_quotation(text: str) -> None:
    """Every line begins with our sign, and no fence inside ends it."""
    lines = block(text).split("\n")
    assert all(line.startswith(">") for line in lines)
    fence = lines[-1].removeprefix("> ")
    assert lines[0] == f"> {fence}text"
    assert not [line for line in lines[1:-1] if line.removeprefix("> ").startswith(fence)]
    assert len("\n".join(lines)) < 21_000


def test_every_sign_is_seen() -> None:
    """Letters of all languages stay; what nobody sees is named."""
    assert visible("Łódź Ελλάδα 警察 é\u0301 🙂\n") == "Łódź Ελλάδα 警察 é\u0301 🙂\n"
    assert visible("a\x00b\u202ec\u200d\ue000") == "a[U+0000]b[U+202E]c[U+200D][U+E000]"
