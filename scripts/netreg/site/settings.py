"""What nobody can know before the site has a home: addresses, contact, promised answer time.

All of it stands in ``mkdocs.yml``; everything else derives from here. While a value is empty, nothing links to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from netreg.core.project import UsageError

PRIVACY = "about-you/"
"""The page on what is not for the public, below the address of the site."""

LONGEST_ADDRESS = 6000
"""Bytes of an address at the code host stay below this; it takes 8,000, programs in between less."""

LONGEST_MAIL = 2000
"""Bytes of a link that opens a mail stay below this; some mail programs take no more."""


@dataclass(frozen=True)
class Settings:
    """Addresses end in a slash or are empty."""

    name: str = "European police-cooperation networks"
    site_url: str = ""
    repo_url: str = ""
    edit_uri: str = ""
    contact: str = ""
    answer_days: int = 14
    publisher: str = "The registry's maintainers"

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Settings:
        """The settings in a loaded ``mkdocs.yml``."""
        own = (config.get("extra") or {}).get("registry") or {}
        return cls(
            name=config.get("site_name") or cls.name,
            site_url=_folder(config.get("site_url")),
            repo_url=_folder(config.get("repo_url")),
            edit_uri=config.get("edit_uri") or "",
            contact=own.get("contact") or "",
            answer_days=int(own.get("answer_days") or cls.answer_days),
            publisher=own.get("publisher") or cls.publisher,
        )

    def edit_address(self, file: str) -> str:
        """Where a file of the project can be edited in the browser; empty while that is not known."""
        if not self.repo_url or not self.edit_uri:
            return ""
        return urljoin(urljoin(self.repo_url, self.edit_uri), f"../{quote(file)}")

    def form_address(self, file: str, title: str, given: Mapping[str, str]) -> str:
        """Where a form can be filled in; empty without a repository, and where the code host would cut the address.

        ``title`` is what the request is to be called, ``given`` are answers by field id; only fields for text can be
        given.
        """
        if not self.repo_url:
            return ""
        given = {"template": file, "title": title, **given}
        return _within(LONGEST_ADDRESS, f"{self.repo_url}issues/new?{_query(given)}")

    def request_address(self, number: int) -> str:
        """Where a request can be read; empty while the repository is not known."""
        return f"{self.repo_url}issues/{number}" if self.repo_url else ""

    def mail_address(self, subject: str, body: str) -> str:
        """A link that opens a mail to the contact; empty while there is none and where a mail program would cut it."""
        if not self.contact:
            return ""
        text = _query({"subject": subject, "body": body.replace("\n", "\r\n")})
        return _within(LONGEST_MAIL, f"mailto:{quote(self.contact, safe='@')}?{text}")

    def page_address(self, path: str) -> str:
        """The full address of a page; empty while the site has none."""
        return urljoin(self.site_url, path) if self.site_url else ""


def _folder(address: Any) -> str:
    return f"{str(address).rstrip('/')}/" if address else ""


def _query(given: Mapping[str, str]) -> str:
    return "&".join(f"{name}={quote(text, safe='')}" for name, text in given.items() if text)


def _within(longest: int, address: str) -> str:
    return address if len(address.encode()) < longest else ""


def read_settings(root: Path) -> Settings:
    """The settings of the project at ``root``; those of a registry without a home where there is no ``mkdocs.yml``.

    A UsageError where the file cannot be read.
    """
    return read_config(root)[1]


def read_config(root: Path) -> tuple[Mapping[str, Any], Settings]:
    """What ``mkdocs.yml`` says as it stands, empty where there is none, and the settings in it.

    A UsageError where the file cannot be read.
    """
    from mkdocs.exceptions import MkDocsException
    from mkdocs.utils.yaml import yaml_load
    from yaml import YAMLError  # type: ignore[import-untyped]

    try:
        with (root / "mkdocs.yml").open("rb") as file:
            config = yaml_load(file)
            return config, Settings.from_config(config)
    except FileNotFoundError:
        return {}, Settings()
    except (OSError, MkDocsException, YAMLError, TypeError, ValueError, AttributeError):
        raise UsageError("mkdocs.yml cannot be read. Put it right, and try again.") from None
