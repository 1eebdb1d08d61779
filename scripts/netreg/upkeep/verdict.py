"""The verdict on an address: alive, doubtful, blocked or dead, each with its reason."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path


class LinkState(StrEnum):
    """Only a person can tell of two: ``doubtful``, something answers that may be another page, and ``blocked``,
    somebody answers, but not to a machine, or we ourselves did not ask.
    """

    ALIVE = "alive"
    DOUBTFUL = "doubtful"
    BLOCKED = "blocked"
    DEAD = "dead"


@dataclass(frozen=True)
class Seen:
    """What was seen at an address once.

    ``reason`` is a status number of HTTP or a key of ``REASONS``; ``moved_to`` is where it
    leads for good, or by way of a doubt; else empty.
    """

    outcome: LinkState
    reason: str
    moved_to: str = ""


@dataclass(frozen=True)
class Answer:
    """A server's answer: names of headers in small letters, ``body`` the first bytes of the text or nothing."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


SAYS: Mapping[str, Sequence[str]] = json.loads(Path(__file__).with_name("pages.json").read_text("utf-8"))
"""What pages say that are for sale, not found or behind a login, each a pattern, and what guards say to machines."""

REASONS: Mapping[str, str] = json.loads(Path(__file__).with_name("reasons.json").read_text("utf-8"))
"""What a reason that is no status number means, for people."""

NOT_ASKED = ("no-address", "private")
"""Refusals of ours, which tell nothing of the other side."""

_BLOCKED_REASONS = ("challenge", "cookies", *NOT_ASKED)  # no page is proved gone
_HARMLESS = (300, 304, 416)  # several choices, not changed, no such range: the page is there
_GONE = (404, 410)  # what a server says of a page that is no more; other 4xx may be meant for machines
_LAST_OF_CLIENT = 499
_NO_ROBOTS = 999  # what LinkedIn answers to machines

_CHALLENGE_HEADERS = {"cf-mitigated": ("challenge",), "x-amzn-waf-action": ("challenge", "captcha")}
_CHALLENGE_MARKS = tuple(mark.encode() for mark in SAYS["challenge"])


def in_words(reason: str) -> str:
    """A reason for people: ``the server says 404, Not Found``."""
    if reason in REASONS:
        return REASONS[reason]
    try:
        return f"the server says {reason}, {HTTPStatus(int(reason)).phrase}"
    except ValueError:
        return f"the server says {reason}"


def failed(reason: str) -> Seen:
    """The verdict where there was no answer to judge."""
    return Seen(LinkState.BLOCKED if reason in _BLOCKED_REASONS else LinkState.DEAD, reason)


def judge(answer: Answer) -> Seen:
    """The verdict on an answer that leads nowhere else."""
    if is_challenge(answer):
        return failed("challenge")
    return Seen(_outcome(answer), str(answer.status))


def _outcome(answer: Answer) -> LinkState:
    status = answer.status
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES or status in _HARMLESS:
        return LinkState.ALIVE
    if status in _GONE:
        return LinkState.DEAD
    if HTTPStatus.BAD_REQUEST <= status <= _LAST_OF_CLIENT or status == _NO_ROBOTS or asks_to_wait(answer):
        return LinkState.BLOCKED
    return LinkState.DEAD


def asks_to_wait(answer: Answer) -> bool:
    """Whether the server is there and wants fewer requests."""
    busy = answer.status == HTTPStatus.SERVICE_UNAVAILABLE and "retry-after" in answer.headers
    return busy or answer.status == HTTPStatus.TOO_MANY_REQUESTS


def is_challenge(answer: Answer) -> bool:
    """Whether a guard in front of the server tests for machines; it may do so under any status."""
    start, headers = answer.body.lower(), answer.headers
    says_so = any(headers.get(name, "").strip().casefold() in said for name, said in _CHALLENGE_HEADERS.items())
    return says_so or any(mark in start for mark in _CHALLENGE_MARKS)
