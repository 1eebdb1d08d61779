"""The verdict: which answers mean alive, blocked and dead."""

from __future__ import annotations

import pytest

from netreg.upkeep.link_history import REASONS, Answer, LinkState, asks_to_wait, failed, in_words, judge


@pytest.mark.parametrize(
    ("outcome", "numbers"),
    [
        (LinkState.ALIVE, (200, 203, 204, 206, 300, 304, 416)),
        (LinkState.BLOCKED, (400, 401, 402, 403, 405, 406, 407, 418, 421, 429, 451, 999)),
        (LinkState.DEAD, (404, 410, 500, 502, 503, 504, 520, 530, 100, 301, 600)),
    ],
)
def test_numbers(outcome: LinkState, numbers: tuple[int, ...]) -> None:
    """A refusal of the asker is no proof that the page is gone; only 404 and 410 are, and a server that fails."""
    for number in numbers:
        assert judge(Answer(number, {})).outcome is outcome, number
        assert judge(Answer(number, {})).reason == str(number)


def test_a_busy_server_is_not_dead() -> None:
    """503 with a time to come back is a server that is there."""
    busy = Answer(503, {"retry-after": "120"})
    assert judge(busy).outcome is LinkState.BLOCKED
    assert asks_to_wait(busy)
    assert asks_to_wait(Answer(429, {}))
    assert not asks_to_wait(Answer(503, {}))


@pytest.mark.parametrize(
    "answer",
    [
        Answer(403, {"cf-mitigated": "challenge"}),
        Answer(202, {"x-amzn-waf-action": "challenge"}),
        Answer(405, {"x-amzn-waf-action": "CAPTCHA"}),
        Answer(503, {}, b"<html><head><TITLE>Just a moment...</TITLE>"),
        Answer(404, {}, b"Request unsuccessful. Incapsula incident ID: 1"),
        Answer(200, {}, "<p>Making sure you're not a bot! \xe9".encode("latin-1")),
    ],
)
def test_a_guard_against_machines_is_seen_under_any_number(answer: Answer) -> None:
    """The test for machines comes with all kinds of status, and means that a person has to look."""
    assert judge(answer).outcome is LinkState.BLOCKED
    assert judge(answer).reason == "challenge"


def test_a_page_about_such_guards_is_no_guard() -> None:
    """Words that any page may hold decide nothing."""
    page = b"<title>Robots at the border</title> please wait just a moment, captcha, cloudflare, access denied"
    assert judge(Answer(200, {"server": "cloudflare", "cf-ray": "1"}, page)).outcome is LinkState.ALIVE


def test_every_reason_has_its_words() -> None:
    """A reader never sees the name of a reason alone."""
    assert all(in_words(reason) == words for reason, words in REASONS.items())
    assert in_words("404") == "the server says 404, Not Found"
    assert in_words("999") == "the server says 999"


def test_only_what_proves_nothing_is_blocked() -> None:
    """Of the failures without a status, two mean that somebody answers, and two that we ourselves do not ask."""
    blocked = {reason for reason in REASONS if failed(reason).outcome is LinkState.BLOCKED}
    assert blocked == {"challenge", "cookies", "no-address", "private"}
