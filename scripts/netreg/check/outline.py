"""An outline: what rules over the whole need of one entry, so that its tree can be dropped once it has been judged."""

from __future__ import annotations

import marshal
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from netreg.core.address import host_of, short
from netreg.core.dates import try_parse
from netreg.core.finding import Place
from netreg.core.load.node import Node, tree
from netreg.core.names import name_key
from netreg.entry.spot import cited_id

if TYPE_CHECKING:
    from netreg.check.rule import Hit, Subject

_DIGEST = 32  # bytes

At = tuple[int, int, int]
"""Line, column and end column of a place in the file."""

NOWHERE = (1, 1, 0)
"""Where something stands that is not there: at the start of the file."""


class Relation(NamedTuple):
    """A relation as it stands, sound or not; of a body that it only names, the text and the key of the name.

    ``line`` is 0 but where the entry states the same twice, since a finding then tells it.
    """

    kind: str
    target: str
    dates: tuple[str, ...]
    line: int
    target_at: At
    name: str
    name_key: str
    name_at: At


class Outline(NamedTuple):
    """One entry; a named tuple of plain values, since a cache keeps thousands and writes them without further ado.

    ``called`` are its full names, ``names`` these and the acronyms, ``home`` the host whose front page its website is.
    ``named`` are the ids that it points to and ``days`` the days of its main dates with their fields, each with its
    place; ``single`` tells how often its only source is cited, with the source's id and place.
    """

    path: str
    id: str
    is_readable: bool
    is_withdrawn: bool
    see: str
    name: str
    name_at: At
    called: tuple[str, ...]
    names: tuple[str, ...]
    name_keys: tuple[str, ...]
    name_words: tuple[str, ...]
    website: str
    home: str
    named: tuple[tuple[str, At], ...]
    days: tuple[tuple[str, str, At], ...]
    single: tuple[int, str, At] | None
    relations: tuple[Relation, ...]

    @classmethod
    def unpacked(cls, packed: bytes) -> Outline:
        """The outline that was written as bytes."""
        plain = marshal.loads(memoryview(packed)[_DIGEST:])
        return cls._make((*plain[:-1], tuple(map(Relation._make, plain[-1]))))

    def packed(self) -> bytes:
        """The same as bytes, behind their digest."""
        plain: Any = (*self[:-1], tuple(map(tuple, self.relations)))
        # Equal values are equal bytes only in a version of the format without references, which take less room.
        return sha256(marshal.dumps(_facts(plain, {NOWHERE: 0}), 2)).digest() + marshal.dumps(plain)

    @property
    def places(self) -> list[At]:
        """All places in it, each once; with the same facts each has the same number, wherever its lines have moved."""
        numbers = {NOWHERE: 0}
        _facts(self, numbers)
        return list(numbers)

    @property
    def stands(self) -> bool:
        """Whether it can be read and was not withdrawn."""
        return self.is_readable and not self.is_withdrawn

    def hit(self, at: At, message: str) -> Hit:
        """A hit at a place in it."""
        from netreg.check.rule import Hit

        return Hit(Place(self.path, *at), message)


def outline_digest(packed: bytes) -> bytes:
    """The digest of an outline that was written as bytes: that of no other one, but for where its parts stand."""
    return packed[:_DIGEST]


def _facts(plain: Any, numbers: dict[At, int]) -> Any:
    """The same with numbers for its places, which are numbered as they come: which are one tells more than where."""
    if not isinstance(plain, tuple):
        return plain
    if len(plain) == 3 and isinstance(plain[0], int) and isinstance(plain[1], int):
        return numbers.setdefault(plain, len(numbers))
    return tuple([_facts(part, numbers) for part in plain])


def outlined(subject: Subject) -> Outline:
    """The outline of an entry, whatever is wrong with it."""
    root = subject.root or tree({})
    website = root.string("website", "value") or ""
    host = host_of(website)
    return Outline(
        subject.document.path,
        subject.id,
        subject.root is not None,
        subject.is_withdrawn,
        root.string("entry", "see") or "",
        subject.name,
        _at(subject, root.get("name")),
        tuple(_called(subject)),
        subject.names,
        subject.name_keys,
        subject.name_words,
        website,
        host if short(website) == host else "",
        tuple((node.text, _at(subject, node)) for node in _named(subject)),
        tuple(_days(subject)),
        _single(subject),
        tuple(_relations(subject)),
    )


def _at(subject: Subject, node: Node | None) -> At:
    place = subject.place(node)
    return place.line, place.column, place.end_column


def _called(subject: Subject) -> Iterator[str]:
    names = (subject.name, subject.short_name, *(item.string("name") for item in subject.items("other_names")))
    yield from filter(None, names)


def _relations(subject: Subject) -> Iterator[Relation]:
    found = [_relation(subject, relation) for relation in subject.items("relations")]
    stated = Counter(relation[:3] for relation in found)  # its kind, target and dates
    for relation in found:
        yield relation if stated[relation[:3]] > 1 else relation._replace(line=0)


def _relation(subject: Subject, relation: Node) -> Relation:
    name = relation.get("name")
    return Relation(
        relation.string("type") or "",
        relation.string("target") or "",
        tuple(relation.string(key) or "" for key in ("date", "from", "until")),
        relation.line,
        _at(subject, relation.get("target")),
        name.text if name else "",
        name_key(name.text) if name else "",
        _at(subject, name),
    )


def _named(subject: Subject) -> Iterator[Node]:
    targets = (spot.node.get("target") for spot in subject.spots("item"))  # of relations and leaders
    for node in [*targets, *(spot.node for spot in subject.spots("entry-ref"))]:
        if node is not None and isinstance(node.value, str):
            yield node


_MAIN_DAYS = (("established", "value"), ("ended", "value"), ("form", "from"))


def _days(subject: Subject) -> Iterator[tuple[str, str, At]]:
    for spot in subject.spots("date"):
        if spot.path in _MAIN_DAYS:
            when = try_parse(spot.node.text)
            if when is not None and when.start is not None and when.start is when.end and when.start.precision == "day":
                yield spot.field, spot.node.text, _at(subject, spot.node)


def _single(subject: Subject) -> tuple[int, str, At] | None:
    if len(subject.source_by_id) != 1:
        return None
    ((id_, source),) = subject.source_by_id.items()
    count = sum(cited_id(spot.node) == id_ for spot in subject.spots("source-ref"))
    return count, id_, _at(subject, source.node.get("id"))
