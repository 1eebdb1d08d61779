"""What nobody can know before the site has a home: addresses, contact, promised answer time.

All of it stands in ``mkdocs.yml``; everything else derives from here. While a value is empty, nothing links to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin


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

    def issue_address(self, title: str) -> str:
        """Where a request can be written with its title filled in; empty while that is not known."""
        return f"{self.repo_url}issues/new?title={quote(title, safe='')}" if self.repo_url else ""

    def page_address(self, path: str) -> str:
        """The full address of a page; empty while the site has none."""
        return urljoin(self.site_url, path) if self.site_url else ""


def _folder(address: Any) -> str:
    return f"{str(address).rstrip('/')}/" if address else ""
