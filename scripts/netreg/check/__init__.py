"""Check: the schema, then the rules over the whole; rules return findings and print nothing."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from netreg.check.rule import Context, Subject
    from netreg.check.runner import check, check_one

__all__ = ["Context", "Subject", "check", "check_one"]


def __getattr__(name: str) -> Any:
    """A name of the runner, which is not loaded where the cache knows what was found."""
    if name not in __all__:
        raise AttributeError(name)
    from netreg.check import runner

    return getattr(runner, name)
