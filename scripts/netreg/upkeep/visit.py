"""A visit to an address: asked for its head, then for the beginning of its text, along a few redirects."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from netreg.core.address import fold
from netreg.upkeep.link_target import Failure, target_of
from netreg.upkeep.verdict import Answer, Outcome, Seen, failed, judge
from netreg.upkeep.web import Web

REDIRECTS = 5
"""How many times an address may lead to another."""

PAUSE = 1.0
"""Seconds between the end of a request to a server and the next one."""

_LEADS_ON = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
_ENOUGH_FROM_HEAD = ("401", "429", "451", "challenge")
"""Refusals that a second question would not change; others may be meant for the kind of question only."""

_NO_SECOND_TRY = ("dns", "no-address", "private", "refused", "tls", "certificate-expired", "certificate-name")


class Pace:
    """One request at a time to a server, and a pause after each."""

    def __init__(
        self,
        pause: float = PAUSE,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._pause, self._clock, self._sleep = pause, clock, sleep
        self._free_at: dict[str, float] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._own = threading.Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait until the server may be asked, and let nobody else ask it meanwhile."""
        with self._own:
            lock = self._locks[host]
        with lock:
            wait = self._free_at.get(host, 0.0) - self._clock() if host in self._free_at else 0.0
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                self._free_at[host] = self._clock() + self._pause


def visit(address: str, web: Web, pace: Pace) -> Seen:
    """What is seen at an address now."""
    seen = _seen("HEAD", address, web, pace)
    if seen.outcome is Outcome.ALIVE and seen.reason != "202":
        return seen
    if seen.reason in (*_ENOUGH_FROM_HEAD, *_NO_SECOND_TRY):
        return seen
    return _seen("GET", address, web, pace)


def _seen(method: str, address: str, web: Web, pace: Pace) -> Seen:
    try:
        trail = _followed(method, address, web, pace)
    except Failure as failure:
        return failed(failure.reason)
    seen = judge(trail.answer)
    if seen.outcome is Outcome.ALIVE and _has_moved(address, trail):
        return Seen(seen.outcome, seen.reason, trail.end)
    return seen


@dataclass(frozen=True)
class _Trail:
    """Where an address led in the end; ``for_good`` where every step of the way is meant to last."""

    answer: Answer
    end: str
    for_good: bool


def _followed(method: str, address: str, web: Web, pace: Pace) -> _Trail:
    here, been, for_good, cookies = urldefrag(address).url, set[str](), True, False
    while here not in been and len(been) <= REDIRECTS:
        been.add(here)
        target = target_of(here)
        with pace.turn(target.host):
            answer = web.ask(method, target)
        leads_to = answer.headers.get("location", "")
        if answer.status not in _LEADS_ON or not leads_to:
            return _Trail(answer, here, for_good)
        for_good &= answer.status in _FOR_GOOD
        cookies |= "set-cookie" in answer.headers
        here = _joined(here, leads_to)
    raise Failure("cookies" if cookies else "redirects")


def _joined(here: str, leads_to: str) -> str:
    """The next address; a server's letters outside ASCII arrive as bytes."""
    try:
        encoded = quote(leads_to.encode("latin-1", "replace"), safe="/%:@!$&'()*+,;=~?[]|#")
        return urldefrag(urljoin(here, encoded)).url
    except ValueError:
        raise Failure("no-address") from None


def _has_moved(address: str, trail: _Trail) -> bool:
    """Whether the entry should name another address: it moved for good, or only the front page is left."""
    if fold(address) == fold(trail.end):
        return False
    only_front = urlsplit(trail.end).path in ("", "/") and urlsplit(address).path not in ("", "/")
    return trail.for_good or only_front
