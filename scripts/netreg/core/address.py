"""Addresses of the web: one way to read their host, to fold them and to shorten them."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def host_of(address: str) -> str:
    """The host in small letters, without ``www.``, user, port and the dot behind it; empty where there is none."""
    parts = _split(address)
    try:
        return ((parts.hostname or "") if parts else "").rstrip(".").removeprefix("www.")
    except ValueError:
        return ""


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
