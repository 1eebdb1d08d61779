"""Entry: the one reading of an entry, whatever is wrong with it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from netreg.entry.spot import Block, Claim, Source, Spot, Statement
    from netreg.entry.view import Entry

__all__ = ["Block", "Claim", "Entry", "Source", "Spot", "Statement"]


def __getattr__(name: str) -> Any:
    """A name of the view, which is not loaded where plain data are enough, as for a comparison."""
    if name not in __all__:
        raise AttributeError(name)
    from netreg.entry import view

    return getattr(view, name)
