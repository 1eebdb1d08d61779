"""The settings of ``mkdocs.yml`` for commands that build no site."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from netreg.core.project import UsageError
from netreg.site.settings import Settings


def read_settings(root: Path) -> Settings:
    """The settings of the project at ``root``; those of a registry without a home where there is no ``mkdocs.yml``.

    Raises:
        UsageError: the file cannot be read.
    """
    return read_config(root)[1]


def read_config(root: Path) -> tuple[Mapping[str, Any], Settings]:
    """What ``mkdocs.yml`` says as it stands, empty where there is none, and the settings in it.

    Raises:
        UsageError: the file cannot be read.
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
