"""Addresses of the web: one way to read their host, to fold them and to shorten them."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

_ALIKE = 0.8
"""From this share of letters in common on two names of hosts are taken for one another: one letter in five differs."""


def host_of(address: str) -> str:
    """The host in small letters, without ``www.``, user, port and the dot behind it; empty where there is none."""
    parts = _split(address)
    try:
        return ((parts.hostname or "") if parts else "").rstrip(".").removeprefix("www.")
    except ValueError:
        return ""


def is_look_alike(one: str, other: str) -> bool:
    """Whether two hosts are not the same and a reader may take one for the other: ``enIets.eu`` and ``enlets.eu``."""
    from difflib import SequenceMatcher  # which most runs need not

    drawn, theirs = _drawn(one), _drawn(other)
    near = SequenceMatcher(None, drawn.rpartition(".")[0], theirs.rpartition(".")[0]).ratio() >= _ALIKE
    return one != other and (drawn == theirs or near)


def _drawn(host: str) -> str:
    """The host with one sign for those that many fonts draw alike."""
    return host.translate(_DRAWN_ALIKE).replace("rn", "m").replace("vv", "w")


_DRAWN_ALIKE = str.maketrans("i1|0", "lllo")


def fold(address: str) -> str:
    """An address without what makes no other page: scheme, ``www.``, user, last slash and place on the page.

    Two addresses that fold alike are the same page. What cannot be read folds to itself.
    """
    parts = _split(address)
    if parts is None or not parts.netloc:
        return address
    query = f"?{parts.query}" if parts.query else ""
    return f"{_site(parts)}{parts.path.rstrip('/')}{query}"


def short(address: str) -> str:
    """An address as a person would write it: without scheme, ``www.``, query and last slash."""
    parts = _split(address)
    return f"{_site(parts)}{parts.path.rstrip('/')}" if parts and parts.netloc else address


def _site(parts: SplitResult) -> str:
    """Host and port in small letters, since a page at another port is another page."""
    host, colon, port = parts.netloc.rpartition("@")[2].casefold().partition(":")
    return f"{host.rstrip('.').removeprefix('www.')}{colon}{port}"


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None
