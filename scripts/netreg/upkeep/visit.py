"""Visits: an address is asked for its head, then for the beginning of its text; on a tour, many, until time is over."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from netreg.core.address import fold
from netreg.upkeep.doubt import doubt
from netreg.upkeep.link_target import Failure, target_of
from netreg.upkeep.verdict import NOT_ASKED, Answer, LinkState, Seen, failed, judge
from netreg.upkeep.web import Web

REDIRECTS = 5
"""How many times an address may lead to another."""

PAUSE = 1.0
"""Seconds between the end of a request to a server and the next one."""

_LEADS_ON = (301, 302, 303, 307, 308)  # 300 and 304 lead nowhere by themselves
_FOR_GOOD = (301, 308)  # only these say that the old address should no longer be used
_ENOUGH_FROM_HEAD = ("401", "429", "451", "challenge")
"""Refusals that a second question would not change; others may be meant for the kind of question only."""

_NO_SECOND_TRY = (*NOT_ASKED, "dns", "refused", "tls", "certificate-expired", "certificate-name")


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
    seen, is_text = _seen("HEAD", address, web, pace)
    is_there = seen.outcome in (LinkState.ALIVE, LinkState.DOUBTFUL) and seen.reason != "202"
    if seen.reason in (*_ENOUGH_FROM_HEAD, *_NO_SECOND_TRY) or (is_there and not is_text):
        return seen
    looked, _ = _seen("GET", address, web, pace)
    return looked if not is_there or looked.outcome is LinkState.DOUBTFUL or looked.reason == "challenge" else seen


def _seen(method: str, address: str, web: Web, pace: Pace) -> tuple[Seen, bool]:
    """What is seen, and whether the answer is a text for people, whose words may say that the page is gone."""
    try:
        trail = _followed(method, address, web, pace)
    except Failure as failure:
        return failed(failure.reason), False
    seen, is_text = judge(trail.answer), "html" in trail.answer.headers.get("content-type", "")
    if seen.outcome is LinkState.ALIVE:
        reason, end = doubt(address, trail.end, trail.answer.body, for_good=trail.for_good)
        if reason:
            return Seen(LinkState.DOUBTFUL, reason, "" if fold(address) == fold(end) else end), is_text
        if trail.for_good and fold(address) != fold(trail.end):
            return Seen(seen.outcome, seen.reason, trail.end), is_text
    return seen, is_text


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


SERVERS_AT_A_TIME = 8  # most waiting is for the pause, so few are enough
_BUSY = ("429", "503")  # too many requests, and out of service for now


class Tour:
    """Visits addresses and keeps what was seen in ``seen``.

    ``seconds`` is how long it may begin new visits. A server that asks for fewer requests is left alone for the rest.
    """

    def __init__(
        self,
        visit: Callable[[str], Seen],
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
        tell: Callable[[int], None] = lambda _done: None,
    ) -> None:
        self.seen: dict[str, Seen] = {}
        self._visit, self._clock, self._tell = visit, clock, tell
        self._until = clock() + seconds
        self._stopped = threading.Event()
        self._lock = threading.Lock()

    def go(self, addresses: Iterable[str], servers: int = SERVERS_AT_A_TIME) -> None:
        """Visit the addresses; what has not begun when the time is over, or on Ctrl-C, is left out."""
        with ThreadPoolExecutor(servers) as pool:
            jobs = [pool.submit(self._go_through, queue) for queue in _by_server(addresses)]
            try:
                for job in jobs:
                    job.result()
            except BaseException:
                self._stopped.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _go_through(self, addresses: Iterable[str]) -> None:
        for address in addresses:
            if self._stopped.is_set() or self._clock() >= self._until:
                return
            seen = self._visit(address)
            with self._lock:
                self.seen[address] = seen
                self._tell(len(self.seen))
            if seen.outcome is LinkState.BLOCKED and seen.reason in _BUSY:
                return


def _by_server(addresses: Iterable[str]) -> list[list[str]]:
    """The addresses of each server, in their order; the longest queues first, since they take longest."""
    queues: defaultdict[str, list[str]] = defaultdict(list)
    for address in addresses:
        queues[urlsplit(address).netloc.casefold()].append(address)
    return sorted(queues.values(), key=len, reverse=True)
