"""A tour: many addresses, several servers at a time, each server one address after the other, until time is over."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from netreg.upkeep.verdict import Outcome, Seen

SERVERS_AT_A_TIME = 8
_BUSY = ("429", "503")


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
            if seen.outcome is Outcome.BLOCKED and seen.reason in _BUSY:
                return


def _by_server(addresses: Iterable[str]) -> list[list[str]]:
    """The addresses of each server, in their order; the longest queues first, since they take longest."""
    queues: defaultdict[str, list[str]] = defaultdict(list)
    for address in addresses:
        queues[urlsplit(address).netloc.casefold()].append(address)
    return sorted(queues.values(), key=len, reverse=True)
