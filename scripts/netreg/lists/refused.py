"""What is told nowhere else: requests that were refused before, and changes that are withheld.

``docs/data/refused.yaml`` and ``docs/data/withheld.yaml`` hold them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from netreg.check.list_check import LISTS, REFUSED, WITHHELD
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

    A ValueError where the file is there and cannot be understood.
    """
    return tuple(map(_refusal, _items(root, PATH, "refused requests")))


def read_withheld(root: Path) -> frozenset[str]:
    """The names of the commits that are told nowhere, since they brought personal data in or took them out.

    A ValueError where the list is there and cannot be understood, so that nothing of the past may be told.
    """
    names = [node.string("commit") for node in _items(root, WITHHELD, "withheld changes")]
    if not all(names):
        raise ValueError(f"{WITHHELD} has an item without the name of a commit")
    return frozenset(filter(None, names))


def _items(root: Path, path: str, what: str) -> Iterator[Node]:
    """The items of a list; none where the project has none."""
    if (root / path).exists():
        document = read_document(root / path, path)
        listed = document.root.get(LISTS[path]) if document.root else None
        if listed is None or listed.kind != "sequence":
            raise ValueError(f"{path} holds no list of {what}")
        yield from (node for _, node in listed.items())


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
