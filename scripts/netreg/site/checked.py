"""How well the registry is checked: what was read at its address and what in copies, in figures and in one sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from netreg.core.schema import Term
from netreg.model import Registry


@dataclass(frozen=True)
class Checked:
    """How well the registry is checked: its sources, how many of them we read at their address, and whose they are."""

    sources: int
    live: int
    by_readers: int
    kinds: list[tuple[Term, int]]

    @property
    def sentence(self) -> str:
        """What was read live and what not."""
        if self.live == self.sources:
            return f"All {self.sources:,} sources were read live, at their own address."
        if self.live:
            whose = f" ({self.by_readers:,} of them by readers)" if self.by_readers else ""
            said = f"Of {self.sources:,} sources {self.live:,} were read live{whose}"
            return f"{said}; the others are copies that others stored, or letters to us."
        return f"All {self.sources:,} sources were read in copies that others stored; none was opened live yet."

    def width(self, number: int) -> int:
        """The length of a bar in pixels, of which the longest has 240."""
        return round(240 * number / max(1, *(other for _, other in self.kinds)))


def checked(registry: Registry) -> Checked:
    """How well the entries that stand are checked."""
    sources = [source for entry in registry.networks for source in entry.sources]
    kinds = Counter(source.kind for source in sources)
    return Checked(
        len(sources),
        sum(source.is_live for source in sources),
        sum(source.is_live and source.read_by == "reader" for source in sources),
        [(term, kinds[term.value]) for term in registry.schema.terms("source_kind") if kinds[term.value]],
    )
