"""A tour over many addresses: bounded in time, and kind to servers that are busy."""

from __future__ import annotations

import pytest

from netreg.upkeep.link_history import LinkState, Seen
from netreg.upkeep.visit import Tour

ALIVE = Seen(LinkState.ALIVE, "200")
ADDRESSES = [f"https://{host}.example/{page}" for host in "abc" for page in range(3)]


def test_every_address_is_visited_once() -> None:
    """All servers, all their addresses, with a word after each."""
    visited: list[str] = []
    told: list[int] = []

    def visit(address: str) -> Seen:
        visited.append(address)
        return ALIVE

    tour = Tour(visit, 60, tell=told.append)
    tour.go(ADDRESSES)
    assert sorted(visited) == ADDRESSES
    assert tour.seen == dict.fromkeys(ADDRESSES, ALIVE)
    assert told == list(range(1, 10))


def test_the_addresses_of_a_server_keep_their_order() -> None:
    """What was not seen for longest comes first at each server."""
    tour = Tour(lambda _address: ALIVE, 60)
    tour.go(["https://a.example/2", "https://A.example/1", "https://a.example/3"], servers=1)
    assert list(tour.seen) == ["https://a.example/2", "https://A.example/1", "https://a.example/3"]


def test_no_visit_begins_when_the_time_is_over() -> None:
    """What is left is not guessed."""
    now = [0.0]

    def visit(_address: str) -> Seen:
        now[0] += 10
        return ALIVE

    tour = Tour(visit, 25, clock=lambda: now[0])
    tour.go(ADDRESSES, servers=1)
    assert list(tour.seen) == ADDRESSES[:3]


@pytest.mark.parametrize("reason", ["429", "503"])
def test_a_busy_server_is_left_alone(reason: str) -> None:
    """A server that asks for fewer requests gets none for the rest of the tour."""
    busy = Seen(LinkState.BLOCKED, reason)
    tour = Tour(lambda address: busy if "b.example" in address else ALIVE, 60)
    tour.go(ADDRESSES)
    assert [address for address in ADDRESSES if address not in tour.seen] == ADDRESSES[4:6]


def test_a_server_that_fails_is_asked_on() -> None:
    """One page that is gone says nothing about the next."""
    tour = Tour(lambda _address: Seen(LinkState.DEAD, "503"), 60)
    tour.go(ADDRESSES)
    assert len(tour.seen) == len(ADDRESSES)


def test_an_interrupted_tour_ends() -> None:
    """After Ctrl-C no further visit begins."""
    visited: list[str] = []

    def visit(address: str) -> Seen:
        visited.append(address)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Tour(visit, 60).go(ADDRESSES, servers=1)
    assert len(visited) <= 3
