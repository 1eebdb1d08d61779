"""The target of a request: only web addresses, and only servers that everybody on the internet can reach.

Addresses come from strangers, and so do the places that a server leads to. A name is resolved once and the request goes
to the numbers that were looked at, so that no second answer of a name server can lead it into a private network.
"""

from __future__ import annotations

import re
import socket
import unicodedata
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

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
    """There is no answer to judge; ``reason`` is a key of ``verdict.REASONS``."""

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

    Raises:
        Failure: it is no web address, carries a password, or names the port of another service.
    """
    try:
        parts = urlsplit(address)
        port = parts.port or _DEFAULT_PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise Failure("no-address") from None
    if len(address) > LONGEST or "@" in parts.netloc or not _may_be_web(port):
        raise Failure("no-address")
    query = f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    return LinkTarget(parts.scheme, _ascii(parts.hostname or ""), port, quote(parts.path or "/", safe=_KEPT) + query)


def _may_be_web(port: int) -> bool:
    return port in _DEFAULT_PORTS.values() or port >= _FIRST_FREE_PORT


def _ascii(host: str) -> str:
    """The host as name servers know it: a sharp s is a letter of its own, and the dot behind it no part of the name."""
    labels = unicodedata.normalize("NFKC", host).lower().removesuffix(".").split(".")
    name = ".".join(one if one.isascii() else f"xn--{one.encode('punycode').decode('ascii')}" for one in labels)
    if not _HOST.fullmatch(name):
        raise Failure("no-address")
    return name


def numbers_of(host: str, port: int) -> list[str]:
    """The numbers of a server, in the order in which they should be tried.

    Raises:
        Failure: nobody knows the name.
    """
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
