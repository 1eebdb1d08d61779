"""One request to one server: no cookies, no proxy, no more bytes and no more time than given."""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any

from netreg.upkeep.link_target import Failure, LinkTarget, is_public, numbers_of
from netreg.upkeep.verdict import Answer

BODY = 8 * 1024
"""Bytes of a text that are read: enough to tell a page from a guard that tests for machines."""

MOST = 256 * 1024
"""Bytes that a server may send in all, headers included."""

_MOST_NUMBERS = 3  # of a server that are tried: a dead one must not use up the time of all
_EXPIRED, _OTHER_NAME, _OTHER_NUMBER = 10, 62, 64
_CERTIFICATES = {
    _EXPIRED: "certificate-expired",
    _OTHER_NAME: "certificate-name",
    _OTHER_NUMBER: "certificate-name",
}


@dataclass(frozen=True)
class Web:
    """How requests are made.

    ``agent`` names us to the server; ``timeout`` is in seconds for one request as a whole. ``numbers_of`` and
    ``may_ask`` decide where a request goes: only a test lets it go to the own machine.
    """

    agent: str
    timeout: float = 20.0
    clock: Callable[[], float] = time.monotonic
    numbers_of: Callable[[str, int], Sequence[str]] = numbers_of
    may_ask: Callable[[str], bool] = is_public
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def ask(self, method: str, target: LinkTarget) -> Answer:
        """What the server answers to ``HEAD`` or ``GET``.

        Raises:
            Failure: nothing came that is an answer.
        """
        until = self.clock() + self.timeout
        try:
            with closing(self._connected(target, until)) as line:
                return self._answer(method, target, _Connection(line, lambda: self._left(until)))
        except TimeoutError:
            raise Failure("timeout") from None
        except (OSError, HTTPException, ValueError):  # a ValueError: an answer that cannot be read as one
            raise Failure("broken") from None

    def _left(self, until: float) -> float:
        left = until - self.clock()
        if left <= 0:
            raise TimeoutError
        return left

    def _connected(self, target: LinkTarget, until: float) -> socket.socket:
        line = self._plain_line(target, until)
        if not target.is_safe:
            return line
        try:
            line.settimeout(self._left(until))
            return self.tls.wrap_socket(line, server_hostname=target.host)
        except TimeoutError:
            line.close()
            raise
        except ssl.SSLCertVerificationError as error:
            line.close()
            raise Failure(_CERTIFICATES.get(error.verify_code, "tls")) from None
        except (OSError, ValueError):
            line.close()
            raise Failure("tls") from None

    def _plain_line(self, target: LinkTarget, until: float) -> socket.socket:
        """A connection to the first number that takes one."""
        numbers = [number for number in self.numbers_of(target.host, target.port) if self.may_ask(number)]
        failure = Failure("private")
        for number in numbers[:_MOST_NUMBERS]:
            try:
                return socket.create_connection((number, target.port), timeout=self._left(until))
            except ConnectionRefusedError:
                failure = Failure("refused")
            except TimeoutError:
                failure = Failure("timeout")
            except OSError:
                failure = Failure("unreachable")
        raise failure

    def _answer(self, method: str, target: LinkTarget, line: _Connection) -> Answer:
        connection = HTTPConnection(target.host, target.port)
        connection.sock = line
        connection.request(method, target.path, headers=self._headers(method, target))
        response = connection.getresponse()
        headers = {name.casefold(): value for name, value in reversed(response.getheaders())}
        return Answer(response.status, headers, _start(response) if method == "GET" else b"")

    def _headers(self, method: str, target: LinkTarget) -> dict[str, str]:
        headers = {
            "Host": target.host_header,
            "User-Agent": self.agent,
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        return {**headers, "Range": f"bytes=0-{BODY - 1}"} if method == "GET" else headers


def _start(response: HTTPResponse) -> bytes:
    """The first bytes of the text; a text that breaks off or drips takes nothing from the status before it."""
    try:
        return response.read(BODY)
    except (OSError, HTTPException, ValueError, Failure):
        return b""


class _Connection:
    """A connection, as far as a request needs one, whose answers end in time and size."""

    def __init__(self, line: socket.socket, left: Callable[[], float]) -> None:
        self._line = line
        self._left = left

    def sendall(self, data: Any) -> None:
        self._line.settimeout(self._left())
        self._line.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Inflow(self._line, self._left))

    def close(self) -> None:
        """Leave it to who opened it: the text may still have to be read."""


class _Inflow(io.RawIOBase):
    """What a server sends."""

    def __init__(self, line: socket.socket, left: Callable[[], float]) -> None:
        self._line = line
        self._left = left
        self._room = MOST

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._room <= 0:
            raise Failure("broken")
        self._line.settimeout(self._left())
        count = self._line.recv_into(memoryview(buffer)[: self._room])
        self._room -= count
        return count
