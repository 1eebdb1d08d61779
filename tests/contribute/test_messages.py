"""Messages: everything that a contributor can get to read, kept in one file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from netreg.check.rule import all_rules
from netreg.contribute.reply.messages import Ours, messages, say
from netreg.contribute.reply.outcome import GAP, THANKS, TWIN

MESSAGES = messages()
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
    "kinds": "a name",
    "reason": "It is a circle of private persons.",
    "asks": "Is this the whole list?",
    "readings": "2 July 2008 or 7 February 2008",
    "what": "a short link",
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
    "where": "third sentence",
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
    modules = [path for room in ("contribute", "host") for path in (_PACKAGE / room).rglob("*.py")]
    code_ = "\n".join(path.read_text(encoding="utf-8") for path in modules if path.stem != "messages")
    for key in MESSAGES:
        if not key.startswith("finding-"):
            assert re.search(rf"[\"']{key}[\"']", code_), key
    assert {key.removeprefix("finding-") for key in MESSAGES if key.startswith("finding-")} <= {
        *(rule.id for rule in all_rules()),
        "other",
    }
    assert {GAP, TWIN} <= {rule.id for rule in all_rules()}


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
