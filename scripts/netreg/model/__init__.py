"""Model: the registry as a resolved whole, with all that pages and exports need."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from netreg.model.lineage import Party
    from netreg.model.registry import Registry, Tie, build_registry

__all__ = ["Party", "Registry", "Tie", "build_registry"]


def __getattr__(name: str) -> Any:
    """A name of the registry, which is not loaded for a question that the cache answers."""
    if name not in __all__:
        raise AttributeError(name)
    from netreg.model import registry

    return getattr(registry, name)
