"""Visits: an address is asked for its head, then for the beginning of its text; on a tour, many, until time is over.

An answer that says 200 may come from another page than the one that was cited; then a person has to look.
"""

from __future__ import annotations

import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from netreg.core.address import fold, host_of
from netreg.upkeep.link_history import NOT_ASKED, SAYS, Answer, LinkState, Seen, failed, judge
from netreg.upkeep.web import Failure, Web, target_of

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


_TITLE = re.compile(r"<title[^>]*>(.{0,300}?)(?:</title|$)", re.IGNORECASE | re.DOTALL)
_REFRESH = re.compile(
    r"""<meta[^>]{0,60}http-equiv=["']?refresh[^>]{0,60}content=["']?\s*[0-9.]+\s*[;,]\s*url=["']?([^"'>]{1,2000})""",
    re.IGNORECASE,
)
_SAYS = {name: "|".join(said) for name, said in SAYS.items()}
_ENDS = r"\W*(?:$|[|–:·-])"
_FOR_SALE = re.compile(  # of a name, and the last that a title says: a report on things for sale is none
    rf"(?:domaine?|domena|website|site|\.[a-z]{{2,12}})\b(?:\W{{1,3}}|(?:\s\w+){{1,2}}\s)(?:{_SAYS['for-sale']})"
    r"(?=\W*$|\s?[|–!.,:-]|\sby\b)|domain(?:\s\w+){0,2}\sparked|domain parking|parked domain",
    re.IGNORECASE,
)
_SALE_MARKS = ("buy this domain", "this domain is parked", "this domain name has expired", "sedoparking.com")
_NOT_FOUND = re.compile(  # as a title says it that says nothing else
    r"^\W*(?:error|erreur|fehler|errore)?\W*404(?:\W*$|\s?[|–:-]|\s\W?(?:not|error|page|seite|file))|^\W*not found\b"
    rf"|(?:page|seite|file|document|content)\b.{{0,30}}\bnot (?:be )?found{_ENDS}|{_SAYS['not-found']}",
    re.IGNORECASE,
)
_NO_PAGE = re.compile(r"/(?:(?:page|error)[-_]?)?(not-?_?found|404|error-?404)(?:[./?]|$)", re.IGNORECASE)
_LOGIN = re.compile(r"/(?:log-?_?[io]n|sign-?_?in|auth|sso|saml2?|idp|adfs)(?:[./?]|$)(?!.*\.pdf$)", re.IGNORECASE)
_ASKS_TO_LOG_IN = re.compile(rf"^\W*(?:{_SAYS['log-in']}){_ENDS}", re.IGNORECASE)
_FRONT = re.compile(
    r"/?(?:(?:[a-z]{2}(?:[-_][a-z]{2})?|eng|deu|fra|ita|spa)/?)?(?:(?:index|default|home)(?:\.\w+)?/?)?", re.IGNORECASE
)
_MEANT_TO_LEAD_ON = frozenset(("doi.org", "handle.net", "n2t.net", "nbn-resolving.org", "purl.org", "w3id.org"))
"""Sites that keep lasting addresses of pages of others."""

_SHARED = re.compile(r"(?:ac|co|com|edu|go[bv]|gouv|gv|net|org?)\.[a-z]{2}")
"""Ends of hosts, such as gov.uk, below which each name is somebody else's."""


def doubt(address: str, end: str, body: bytes, *, for_good: bool) -> tuple[str, str]:
    """A key of ``REASONS`` that says why what answers may be another page, or empty; and where it leads.

    ``end`` is where servers led, ``body`` the beginning of the text there; one that leads on by itself is followed in
    mind. With ``for_good`` all that led there said that the old address should no longer be used.
    """
    text = body.decode("utf-8", errors="replace")
    if onwards := _REFRESH.search(text):
        end, for_good = _refreshed(end, onwards[1]), False
    return next((reason for reason in _doubts(address, end, text, for_good=for_good)), ""), end


def _doubts(address: str, end: str, text: str, *, for_good: bool) -> Iterator[str]:
    """What is odd, that which says most first."""
    found = _TITLE.search(text)
    title = unescape(found[1]) if found else ""
    if _FOR_SALE.search(title) or any(mark in text.lower() for mark in _SALE_MARKS):
        yield "sale"
    was, now = _path(address), _path(end)
    leads_on = fold(address) != fold(end)
    none = _NO_PAGE.search(now) if leads_on else None
    if _NOT_FOUND.search(title) or (none and none[1] not in was):  # a decision may have the number 404
        yield "not-found"
    if not _LOGIN.search(was) and ((leads_on and _LOGIN.search(now)) or _ASKS_TO_LOG_IN.search(title)):
        yield "login"
    site = _site(address)
    if not for_good and site != _site(end) and site not in _MEANT_TO_LEAD_ON:
        yield "other-host"
    if leads_on and _FRONT.fullmatch(now) and not _FRONT.fullmatch(was):
        yield "front-page"


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _site(address: str) -> str:
    """The part of a host that one body has for itself, by its last labels; a number is one as a whole."""
    host = host_of(address)
    labels = host.split(".")
    if labels[-1].isdigit() or ":" in host:
        return host
    return ".".join(labels[-3 if _SHARED.fullmatch(".".join(labels[-2:])) else -2 :])


def _refreshed(here: str, leads_to: str) -> str:
    try:
        return urljoin(here, leads_to.strip())
    except ValueError:
        return here
