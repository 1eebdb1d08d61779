"""Footnotes: the numbers of the sources on one page, and on whose word each statement stands."""

from __future__ import annotations

from dataclasses import dataclass

from netreg.core.schema import Schema
from netreg.entry import Entry, Source, Statement

_WORDS = {
    "self-presentation": "own",
    "official-document": "official",
    "third-party": "third party",
    "statement-to-registry": "to us",
}


@dataclass(frozen=True)
class Chip:
    """The sources of one kind behind a statement: the word for the kind, and (number, source) pairs."""

    word: str
    kind: str
    marks: tuple[tuple[int, Source], ...]


class Footnotes:
    """Numbers the sources of an entry in the order in which a reader meets them."""

    def __init__(self, entry: Entry, schema: Schema) -> None:
        self._entry = entry
        self._schema = schema
        self._numbers: dict[str, int] = {}

    def chips(self, item: Statement) -> tuple[Chip, ...]:
        """The chips behind a statement, grouped by whose word it is, numbered as they stand on the page."""
        grouped: dict[tuple[str, str], list[Source]] = {}
        for source in self._entry.cited(item):
            word = _WORDS[source.kind] + (" copy" if source.copy_by else "")
            grouped.setdefault((word, source.kind), []).append(source)
        return tuple(Chip(word, kind, self._marks(sources)) for (word, kind), sources in grouped.items())

    def _marks(self, sources: list[Source]) -> tuple[tuple[int, Source], ...]:
        return tuple((self._number(source.id), source) for source in sources)

    def _number(self, id_: str) -> int:
        return self._numbers.setdefault(id_, len(self._numbers) + 1)

    def numbered(self) -> list[tuple[int, Source]]:
        """All sources with their numbers; what nothing on the page cites comes last."""
        for source in self._entry.sources:
            self._number(source.id)
        by_id = self._entry.source_by_id
        return [(number, by_id[id_]) for id_, number in self._numbers.items()]

    def basis(self, item: Statement) -> str:
        """On whose word a statement rests, in words: ``an official document and two third parties``."""
        counts: dict[str, int] = {}
        for source in self._entry.cited(item):
            counts[source.kind] = counts.get(source.kind, 0) + 1
        return _joined([_counted(kind, number) for kind, number in counts.items()])


_ONE_AND_MORE = {
    "self-presentation": ("the body's own words", "the body's own words"),
    "official-document": ("an official document", "{} official documents"),
    "third-party": ("a third party", "{} third parties"),
    "statement-to-registry": ("its statement to the registry", "{} statements to the registry"),
}
_NUMBERS = "no one two three four five six seven eight nine".split()


def _counted(kind: str, number: int) -> str:
    one, more = _ONE_AND_MORE[kind]
    return one if number == 1 else more.format(_NUMBERS[number] if number < len(_NUMBERS) else number)


def _joined(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
