"""Requests that were refused before, and why; ``docs/data/refused.yaml`` holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from netreg.check.list_check import REFUSED
from netreg.core.escape import one_line
from netreg.core.load import Node, read_document
from netreg.core.names import name_key, normal_form, word_key

PATH = REFUSED


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused request: a network by ``name``, or a change of ``entry`` at ``about`` to ``value``."""

    reason: str
    date: str
    name: str = ""
    acronym: str = ""
    entry: str = ""
    about: str = ""
    value: str = ""
    request: int = 0


def read_refused(root: Path) -> tuple[Refusal, ...]:
    """The refused requests of a project; none where it has no such file.

    Raises:
        ValueError: the file is there and cannot be understood.
    """
    if not (root / PATH).exists():
        return ()
    document = read_document(root / PATH, PATH)
    listed = document.root.get("refused") if document.root else None
    if listed is None or listed.kind != "sequence":
        raise ValueError(f"{PATH} holds no list of refused requests")
    return tuple(_refusal(node) for _, node in listed.items())


def _refusal(node: Node) -> Refusal:
    texts = {key: node.string(key) or "" for key in ("reason", "date", "name", "acronym", "entry", "about", "value")}
    number = node.get("request")
    if not texts["reason"] or not (texts["name"] or (texts["entry"] and texts["about"])):
        raise ValueError(f"{PATH}, line {node.line}: a reason, or what was refused, is missing")
    return Refusal(**texts, request=number.value if number and isinstance(number.value, int) else 0)


def refused_network(name: str, acronym: str, known: Iterable[Refusal]) -> Refusal | None:
    """The earlier refusal of a network with this name, or with this acronym where no name speaks against it."""
    for refusal in known:
        if refusal.name and (_is_same_name(name, refusal.name) or _is_same_acronym(name, acronym, refusal)):
            return refusal
    return None


def _is_same_name(one: str, other: str) -> bool:
    return name_key(one) == name_key(other) or (len(word_key(one)) >= 3 and word_key(one) == word_key(other))


def _is_same_acronym(name: str, acronym: str, refusal: Refusal) -> bool:
    wanted = refusal.acronym.casefold()
    return bool(wanted) and (name.strip().casefold() == wanted or (not name and acronym.casefold() == wanted))


def refused_change(entry: str, about: str, value: str, known: Iterable[Refusal]) -> Refusal | None:
    """The earlier refusal of the same value for the same fact."""
    wanted = normal_form(one_line(value))
    for refusal in known:
        if (refusal.entry, refusal.about) == (entry, about) and normal_form(refusal.value) == wanted:
            return refusal
    return None
