"""Contribute: from what somebody says, in a form or at a prompt, to an entry file.

Tables of words are data and stand in YAML files beside the code that reads them.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from netreg.core.load import read_document


@lru_cache(maxsize=16)
def table(name: str) -> dict[str, Any]:
    """A table as plain data, by its path in this folder; a text of several words stands for the list of them."""
    document = read_document(Path(__file__).parent / name, name)
    assert document.root
    plain: dict[str, Any] = document.root.plain()
    return plain
