"""Entry: the one reading of an entry, whatever is wrong with it."""

from netreg.entry.spot import Claim, Source, Spot, Statement
from netreg.entry.view import Entry

__all__ = ["Claim", "Entry", "Source", "Spot", "Statement"]
