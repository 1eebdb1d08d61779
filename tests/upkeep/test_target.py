"""The target of a request: web addresses only, and no way into a private network."""

from __future__ import annotations

import socket

import pytest

from netreg.upkeep.web import Failure, LinkTarget, is_public, numbers_of, target_of


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://a.example", LinkTarget("http", "a.example", 80, "/")),
        ("https://A.Example/x?y=1&z=%20#part", LinkTarget("https", "a.example", 443, "/x?y=1&z=%20")),
        ("http://a.example:8080/é ü", LinkTarget("http", "a.example", 8080, "/%C3%A9%20%C3%BC")),
        ("https://köln.example/", LinkTarget("https", "xn--kln-sna.example", 443, "/")),
        ("http://[2001:db8::1]/", LinkTarget("http", "2001:db8::1", 80, "/")),
    ],
)
def test_a_web_address_is_understood(address: str, expected: LinkTarget) -> None:
    """Letters outside ASCII are encoded, and the part behind the sign # stays here."""
    assert target_of(address) == expected


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "gopher://a.example:70/x",
        "//a.example/",
        "/etc/passwd",
        "http://",
        "http:///x",
        "http://user:secret@a.example/",
        "http://a.example@b.example/",
        "http://a.example:22/",
        "http://a.example:99999/",
        "http://a.example:x/",
        "http://[::1",
        "http://a example/",
        "http://a.example%00.b.example/",
        f"http://{'a' * 80}.example/",
        f"http://a.example/{'x' * 4000}",
        "",
    ],
)
def test_nothing_else_is_asked(address: str) -> None:
    """Other schemes, passwords, ports of other services and malformed names are refused before anything is sent."""
    with pytest.raises(Failure) as refused:
        target_of(address)
    assert refused.value.reason == "no-address"


def test_nothing_in_an_address_can_end_a_line() -> None:
    """A request is made of one line for the path; what could begin another is taken out or encoded."""
    found = target_of("http://a.example/x\r\nHost: b.example\x00?y=\r\n\r\nz\x0b")
    assert not any(sign in found.path for sign in "\r\n\x00\x0b ")


def test_the_name_of_the_server_in_a_request() -> None:
    """A port stands there only where it is another than the usual one, and a number of the newer kind in brackets."""
    assert target_of("https://a.example/").host_header == "a.example"
    assert target_of("https://a.example:8443/").host_header == "a.example:8443"
    assert target_of("http://[2001:db8::1]/").host_header == "[2001:db8::1]"


@pytest.mark.parametrize(
    "number",
    """
    127.0.0.1 127.9.9.9 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 224.0.0.1
    240.0.0.1 255.255.255.255 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1
    ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd12:3456::1 ff02::1 2001:db8::1 fec0::1
    ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 2002:7f00:1:: 2002:a00:1::
    2001:0:4136:e378:8000:63bf:f5ff:fffe localhost 2130706433 0x7f.1 nonsense
    """.split(),
)
def test_no_number_of_a_private_network_is_asked(number: str) -> None:
    """The own machine, its neighbours and what is reserved are never asked, in no disguise."""
    assert not is_public(number)


@pytest.mark.parametrize(
    "number", "8.8.8.8 193.99.144.80 2a00:1450:4001:80b::200e ::ffff:8.8.8.8 64:ff9b::808:808".split()
)
def test_numbers_of_the_open_internet_are_asked(number: str) -> None:
    """What everybody can reach may be asked, also through a translation."""
    assert is_public(number)


def test_a_name_is_resolved_to_its_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each number once, in the order in which the machine would try them."""
    kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
    found = [(*kind, ("192.0.2.1", 80)), (*kind, ("192.0.2.1", 80)), (*kind, ("192.0.2.2", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)
    assert numbers_of("a.example", 80) == ["192.0.2.1", "192.0.2.2"]


@pytest.mark.parametrize("error", [socket.gaierror(-2, "Name or service not known"), UnicodeError()])
def test_an_unknown_name_is_a_failure(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that nobody knows has a reason of its own."""

    def fail(*_args: object, **_more: object) -> None:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(Failure) as unknown:
        numbers_of("gone.example", 80)
    assert unknown.value.reason == "dns"
