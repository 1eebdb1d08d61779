"""One request to one server: no cookies, no proxy, no more bytes and no more time than given.

Only servers that everybody on the internet can reach are asked: addresses come from strangers, and so do the places
that a server leads to. A name is resolved once and the request goes to the numbers that were looked at, so that no
second answer of a name server can lead it into a private network.
"""

from __future__ import annotations

import io
import re
import socket
import ssl
import time
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import quote, urlsplit

from netreg.upkeep.link_history import Answer

LONGEST = 4000
"""Characters of an address that is asked at all."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_FIRST_FREE_PORT = 1024  # below it lie services that no web address should reach, such as mail
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*|[0-9a-f:.]{2,45}")
_KEPT = "/%:@!$&'()*+,;=~?[]|"
_TRANSLATED = IPv6Network("64:ff9b::/96")
_OPEN = IPv6Network("2000::/3")
_LOW_32 = 0xFFFFFFFF


class Failure(Exception):
    """There is no answer to judge; ``reason`` is a key of ``link_history.REASONS``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class LinkTarget:
    """Where a request goes: ``host`` in ASCII, ``path`` with the query, percent-encoded."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def is_safe(self) -> bool:
        """Whether the connection is to be encrypted."""
        return self.scheme == "https"

    @property
    def host_header(self) -> str:
        """The server's name as a request writes it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(address: str) -> LinkTarget:
    """The target of an address; what follows ``#`` is for the reader alone.

    A Failure where it is no web address, carries a password, or names the port of another service.
    """
    try:
        parts = urlsplit(address)
        port = parts.port or _DEFAULT_PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise Failure("no-address") from None
    may_be_web = port in _DEFAULT_PORTS.values() or port >= _FIRST_FREE_PORT
    if len(address) > LONGEST or "@" in parts.netloc or not may_be_web:
        raise Failure("no-address")
    query = f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    return LinkTarget(parts.scheme, _ascii(parts.hostname or ""), port, quote(parts.path or "/", safe=_KEPT) + query)


def _ascii(host: str) -> str:
    """The host as name servers know it: a sharp s is a letter of its own, and the dot behind it no part of the name."""
    labels = unicodedata.normalize("NFKC", host).lower().removesuffix(".").split(".")
    name = ".".join(one if one.isascii() else f"xn--{one.encode('punycode').decode('ascii')}" for one in labels)
    if not _HOST.fullmatch(name):
        raise Failure("no-address")
    return name


def numbers_of(host: str, port: int) -> list[str]:
    """The numbers of a server, in the order in which they should be tried; a Failure where nobody knows the name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Failure("dns") from None
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(number: str) -> bool:
    """Whether a number belongs to the open internet; a number inside another counts as itself."""
    try:
        address = ip_address(number)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        inside = _inside(address)
        return is_public(str(inside)) if inside else address in _OPEN and address.is_global
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _inside(address: IPv6Address) -> IPv4Address | None:
    """The older number that one of the newer kind stands for, where it does."""
    if address in _TRANSLATED:
        return IPv4Address(int(address) & _LOW_32)
    tunnel = address.teredo
    return address.ipv4_mapped or address.sixtofour or (tunnel[1] if tunnel else None)


BODY = 8 * 1024
"""Bytes of a text that are read: enough to tell a page from a guard that tests for machines."""

MOST = 256 * 1024
"""Bytes that a server may send in all, headers included."""

_MOST_NUMBERS = 3  # of a server that are tried: a dead one must not use up the time of all
_CERTIFICATES = {10: "certificate-expired", 62: "certificate-name", 64: "certificate-name"}
"""What OpenSSL finds wrong, by its numbers: expired, of another name, of another number."""


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
        """What the server answers to ``HEAD`` or ``GET``; a Failure where nothing came that is an answer."""
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
