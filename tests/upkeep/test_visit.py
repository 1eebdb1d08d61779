"""Visits to servers on the own machine: every outcome, and servers that mean harm."""

from __future__ import annotations

import itertools
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.upkeep.servers import LOCAL, Answer, Server, endless, local_web, serving, silence, status, to

from netreg.upkeep.link_history import LinkState, Seen
from netreg.upkeep.visit import REDIRECTS, Pace, visit
from netreg.upkeep.web import BODY, Failure, Web, is_public, target_of


def seen(answers: dict[str, Answer], path: str = "/", timeout: float = 5.0) -> tuple[Seen, Server]:
    """What is seen at a path of a server with these answers, and the server."""
    with serving(answers) as server:
        return visit(server.address(path), local_web(timeout), Pace(0)), server


# How it asks


def test_an_address_that_answers_is_asked_once() -> None:
    """Only the head is asked for, by name, without cookies."""
    found, server = seen({"/a?b=c": status(200, "Set-Cookie: id=1")}, "/a?b=c#part")
    assert found == Seen(LinkState.ALIVE, "200")
    assert server.asked == ["HEAD /a?b=c"]
    headers = server.headers()
    assert headers["User-Agent"] == "netreg-test"
    assert headers["Host"] == f"site.example:{server.port}"
    assert {"Cookie", "Referer", "Authorization", "Range"}.isdisjoint(headers)


@pytest.mark.parametrize("number", [400, 403, 404, 405, 410, 500, 501, 503])
def test_a_refusal_of_the_head_is_asked_again(number: int) -> None:
    """Many servers answer the short question wrongly, so the beginning of the text is asked for before any verdict."""
    found, server = seen({"HEAD /": status(number), "GET /": status(206, body=b"text")})
    assert found == Seen(LinkState.ALIVE, "206")
    assert server.asked == ["HEAD /", "GET /"]
    assert server.headers()["Range"] == f"bytes=0-{BODY - 1}"


@pytest.mark.parametrize("number", [401, 429, 451])
def test_a_clear_refusal_is_not_asked_again(number: int) -> None:
    """Whoever asks for fewer requests gets no second one."""
    found, server = seen({"/": status(number)})
    assert found == Seen(LinkState.BLOCKED, str(number))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [
        (status(404), LinkState.DEAD, "404"),
        (status(410), LinkState.DEAD, "410"),
        (status(500), LinkState.DEAD, "500"),
        (status(403), LinkState.BLOCKED, "403"),
        (status(503, "Retry-After: 3600"), LinkState.BLOCKED, "503"),
        (status(202, "x-amzn-waf-action: challenge"), LinkState.BLOCKED, "challenge"),
        (status(503, body=b"<title>Just a moment...</title>"), LinkState.BLOCKED, "challenge"),
        (status(202), LinkState.ALIVE, "202"),
        (b"", LinkState.DEAD, "broken"),
        (b"SSH-2.0-OpenSSH_9.0\r\n", LinkState.DEAD, "broken"),
        (b"HTTP/1.1 abc\r\n\r\n", LinkState.DEAD, "broken"),
        (b"HTTP/1.1 200", LinkState.ALIVE, "200"),
        (status(302), LinkState.DEAD, "302"),
    ],
)
def test_each_outcome(answer: bytes, outcome: LinkState, reason: str) -> None:
    """An answer is alive, blocked or dead, with the reason."""
    assert seen({"/": answer})[0] == Seen(outcome, reason)


def test_a_closed_door() -> None:
    """Where no server listens the connection is refused."""
    with socket.create_server((LOCAL, 0)) as listener:
        port = listener.getsockname()[1]
    assert visit(f"http://site.example:{port}/", local_web(), Pace(0)) == Seen(LinkState.DEAD, "refused")


def test_an_unknown_name() -> None:
    """A name that nobody knows is dead, and no connection is tried."""

    def unknown(_host: str, _port: int) -> list[str]:
        raise Failure("dns")

    web = replace(local_web(), numbers_of=unknown)
    assert visit("http://gone.example/", web, Pace(0)) == Seen(LinkState.DEAD, "dns")


@pytest.mark.parametrize(
    ("error", "reason"),
    [(ConnectionRefusedError(), "refused"), (TimeoutError(), "timeout"), (OSError(101, "no way"), "unreachable")],
)
def test_connections_that_fail(error: OSError, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each way in which no connection comes about has its reason; at most three numbers are tried."""
    tried: list[str] = []

    def fail(place: tuple[str, int], timeout: float) -> None:
        tried.append(place[0])
        raise error

    monkeypatch.setattr(socket, "create_connection", fail)
    web = replace(local_web(), numbers_of=lambda _host, _port: [f"8.8.8.{number}" for number in range(9)])
    with pytest.raises(Failure) as failure:
        web.ask("HEAD", target_of("http://site.example/"))
    assert failure.value.reason == reason
    assert len(tried) == 3


# Safe connections


class Wrapping:
    """Stands in for a TLS context: it lets a line pass as it is, or fails."""

    def __init__(self, error: Exception | None = None) -> None:
        self.names: list[str] = []
        self._error = error

    def wrap_socket(self, line: socket.socket, server_hostname: str) -> socket.socket:
        self.names.append(server_hostname)
        if self._error:
            raise self._error
        return line


def with_tls(context: Any) -> Web:
    """Requests that make safe connections with this context."""
    return replace(local_web(), tls=context)


def _certificate(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    return error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (_certificate(10), "certificate-expired"),
        (_certificate(62), "certificate-name"),
        (_certificate(18), "tls"),
        (ssl.SSLError(1, "handshake failure"), "tls"),
        (ConnectionResetError(), "tls"),
        (TimeoutError(), "timeout"),
    ],
)
def test_safe_connections_that_fail(error: Exception, reason: str) -> None:
    """What is wrong with a certificate is told, since the maintainer can often tell the body."""
    with serving({}) as server:
        found = visit(server.address(scheme="https"), with_tls(Wrapping(error)), Pace(0))
    assert found == Seen(LinkState.DEAD, reason)
    assert server.requests == []


def test_the_certificate_is_for_the_name_and_not_for_the_number() -> None:
    """The connection goes to the number that was looked at, and is proved for the name."""
    context = Wrapping()
    with serving({"/": status(200)}) as server:
        assert visit(server.address(scheme="https"), with_tls(context), Pace(0)).outcome is LinkState.ALIVE
    assert context.names == ["site.example"]


def test_a_server_without_encryption_is_no_safe_one() -> None:
    """A real attempt at a safe connection to a server that knows none fails as such."""
    with serving({}) as server:
        found = visit(server.address(scheme="https"), local_web(), Pace(0))
    assert found == Seen(LinkState.DEAD, "tls")


def test_certificates_are_proved() -> None:
    """The context of a real request proves the chain and the name."""
    tls = Web("x").tls
    assert tls.verify_mode is ssl.CERT_REQUIRED
    assert tls.check_hostname


# Redirects


def test_a_move_for_good_is_told() -> None:
    """An address that leads elsewhere for good is alive, and the new place is named."""
    found, server = seen({"/old": to("/new"), "/new": status(200)}, "/old")
    assert found == Seen(LinkState.ALIVE, "200", server.address("/new"))


@pytest.mark.parametrize(
    ("path", "answer", "moved"),
    [
        ("/old", to("/new", 302), False),
        ("/page", to("/page/"), False),
        ("/page", to("/", 302), True),
    ],
)
def test_which_moves_are_told(path: str, answer: bytes, moved: bool) -> None:
    """A move for now and a slash change nothing; where only the front page is left, somebody should look."""
    found, _ = seen({path: answer, "/": status(200), "/new": status(200), "/page/": status(200)}, path)
    assert bool(found.moved_to) is moved


def test_a_redirect_that_leads_to_nothing_is_dead() -> None:
    """The end of the way decides."""
    assert seen({"/": to("/gone")})[0] == Seen(LinkState.DEAD, "404")


def test_a_circle_ends() -> None:
    """Addresses that lead to each other are dead, after few requests."""
    found, server = seen({"/a": to("/b"), "/b": to("/a")}, "/a")
    assert found == Seen(LinkState.DEAD, "redirects")
    assert len(server.requests) == 4


def test_a_circle_of_cookies_is_a_refusal() -> None:
    """A server that wants its cookie back before it answers is alive for people."""
    assert seen({"/": to("/", 302, "Set-Cookie: seen=1")})[0] == Seen(LinkState.BLOCKED, "cookies")


def test_a_chain_without_end_ends() -> None:
    """No more redirects are followed than a person would sit through."""
    answers: dict[str, Answer] = {f"/{step}": to(f"/{step + 1}") for step in range(50)}
    found, server = seen(answers, "/0")
    assert found == Seen(LinkState.DEAD, "redirects")
    assert len(server.requests) == 2 * (REDIRECTS + 1)


@pytest.mark.parametrize(
    "location",
    [
        "ftp://site.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://user:secret@site.example/",
        "http://[::1",
        "http://site.example:22/",
        f"http://site.example/{'x' * 5000}",
    ],
)
def test_a_redirect_to_no_web_address(location: str) -> None:
    """Nothing but web addresses is followed."""
    found, server = seen({"/": to(location)})
    assert found == Seen(LinkState.BLOCKED, "no-address")
    assert len(server.requests) == 1


@pytest.mark.parametrize("location", ["http://private.example/", "http://10.0.0.7/", "http://[fd00::1]/"])
def test_a_redirect_into_a_private_network_is_not_followed(location: str) -> None:
    """A server cannot make us ask its neighbours."""
    with serving({"/": to(location)}) as server:
        web = replace(local_web(), numbers_of=lambda host, _port: [LOCAL] if host == "site.example" else ["10.0.0.7"])
        assert visit(server.address(), web, Pace(0)) == Seen(LinkState.BLOCKED, "private")


def test_the_own_machine_is_not_asked() -> None:
    """As it is used, without the exception of these tests, not even a server that is there gets a request."""
    with serving({"/": status(200)}) as server:
        for address in (server.address(host="localhost"), server.address(host=LOCAL), server.address(host="[::1]")):
            web = replace(local_web(), may_ask=is_public, numbers_of=Web("x").numbers_of)
            assert visit(address, web, Pace(0)) == Seen(LinkState.BLOCKED, "private")
    assert server.requests == []


def test_a_name_with_two_faces_is_asked_at_the_public_one() -> None:
    """Of the numbers of a name only those of the open internet are used."""
    with serving({"/": status(200)}) as server:
        assert visit(server.address(host="mixed.example"), local_web(), Pace(0)).outcome is LinkState.ALIVE
        assert server.headers()["Host"] == f"mixed.example:{server.port}"


def test_a_name_is_asked_for_once_a_request() -> None:
    """The number that was looked at is the one that is used: a second answer of a name server changes nothing."""
    answers = iter([[LOCAL], ["10.0.0.7"]])
    with serving({"/": status(200)}) as server:
        web = replace(local_web(), numbers_of=lambda _host, _port: next(answers))
        assert visit(server.address(), web, Pace(0)).outcome is LinkState.ALIVE


@pytest.mark.parametrize("location", ["/caf\xc3\xa9", "/caf\xe9", "/\xff\xfe"])
def test_a_redirect_in_a_wrong_charset(location: str) -> None:
    """Bytes that are no text lead where they say, encoded."""
    encoded = "".join(sign if ord(sign) < 128 else f"%{ord(sign):02X}" for sign in location)
    found, server = seen({"/": to(location, 302), encoded: status(200)})
    assert found.outcome is LinkState.ALIVE
    assert server.asked == ["HEAD /", f"HEAD {encoded}"]


# Servers that mean harm


def test_a_server_that_says_nothing() -> None:
    """A request ends when its time is over."""
    assert seen({"/": silence}, timeout=0.05)[0] == Seen(LinkState.DEAD, "timeout")


def stepping(web: Web) -> Web:
    """Requests for which each look at the clock takes a second."""
    return replace(web, clock=itertools.count().__next__, timeout=20.0)


def test_a_server_that_drips() -> None:
    """It is the request as a whole that has its time, not each of its bytes."""
    with serving({"/": endless(b"HTTP/1.1 200 OK\r\nX: ", b"a")}) as server:
        assert visit(server.address(), stepping(local_web()), Pace(0)) == Seen(LinkState.DEAD, "timeout")


@pytest.mark.parametrize(
    "answer",
    [
        endless(b"HTTP/1.1 200 OK\r\n", b"X-Filler: " + b"a" * 50_000 + b"\r\n"),
        endless(b"HTTP/1.1 200 OK\r\nX: ", b"a" * 60_000),
        endless(b"HTTP/1.1 200 OK\r\n", b"X: a\r\n" * 1000),
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
        endless(b"HTTP/1.1 200 ", b"O" * 60_000),
        status(200, f"X: {'a' * 70_000}"),
        status(200, *(f"X-{number}: a" for number in range(200))),
    ],
)
def test_headers_without_end(answer: Answer) -> None:
    """An answer whose head does not end is none."""
    assert seen({"/": answer})[0] == Seen(LinkState.DEAD, "broken")


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 206 OK\r\n\r\n",
        b"HTTP/1.1 206 OK\r\nContent-Length: 999999999999\r\n\r\n",
        b"HTTP/1.1 206 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n",
        b"HTTP/1.1 206 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 206 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 206 OK\r\nContent-Encoding: gzip\r\n\r\n",
    ],
)
def test_a_text_without_end(start: bytes) -> None:
    """The beginning of a text is enough, however it goes on."""
    found, _ = seen({"HEAD /": status(405), "GET /": endless(start, b"\xff" * 60_000)})
    assert found == Seen(LinkState.ALIVE, "206")


def test_a_text_that_does_not_come() -> None:
    """A status that has come stands, even if the text after it never does."""

    def stop(line: socket.socket, ending: threading.Event) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        ending.wait()

    found, _ = seen({"HEAD /": status(405), "GET /": stop}, timeout=1.0)
    assert found == Seen(LinkState.ALIVE, "200")


def test_a_text_that_breaks_off() -> None:
    """Nor does it matter that less comes than was said."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nsome"
    assert seen({"HEAD /": status(405), "GET /": answer})[0] == Seen(LinkState.ALIVE, "200")


def test_a_wrong_charset_hides_no_guard() -> None:
    """A text is looked at byte by byte, whatever charset it claims."""
    body = b"\xff\xfe\x80<title>Just a moment...</title>\x00"
    found, _ = seen({"/": status(403, "Content-Type: text/html; charset=utf-99", body=body)})
    assert found == Seen(LinkState.BLOCKED, "challenge")


# The pace


class Clock:
    """A clock that moves only when somebody sleeps; ``slept`` keeps for how long."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_a_server_is_given_a_pause() -> None:
    """Between two requests to a server lies the pause; another server is asked at once."""
    clock = Clock()
    pace = Pace(2.0, clock, clock.sleep)
    for host in ("a", "b", "a"):
        with pace.turn(host):
            pass
    clock.now += 1.5
    with pace.turn("a"):
        pass
    clock.now += 60
    with pace.turn("a"):
        pass
    assert clock.slept == [2.0, 0.5]


def test_the_pause_counts_from_the_end_of_a_request_that_failed() -> None:
    """A failure is a request too."""
    clock = Clock()
    pace = Pace(2.0, clock, clock.sleep)

    def fail() -> None:
        with pace.turn("a"):
            clock.now += 5
            raise Failure("timeout")

    with pytest.raises(Failure):
        fail()
    with pace.turn("a"):
        pass
    assert clock.slept == [2.0]


def test_every_request_of_a_visit_keeps_the_pace() -> None:
    """The second question and each step of a redirect wait too."""
    clock = Clock()
    with serving({"/": to("/gone")}) as server:
        visit(server.address(), local_web(), Pace(1.0, clock, clock.sleep))
    assert len(server.requests) == 4
    assert clock.slept == [1.0, 1.0, 1.0]


def test_a_server_gets_one_request_at_a_time() -> None:
    """Who comes second waits until the first has gone."""
    pace, inside, most = Pace(0), [0], [0]
    both = threading.Barrier(2)

    def ask() -> None:
        both.wait()
        for _ in range(200):
            with pace.turn("a"):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    _together(ask)
    assert most == [1]


def _together(work: Callable[[], None]) -> None:
    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
