"""Model: the registry as a resolved whole, with all that pages and exports need."""

from netreg.model.registry import Party, Registry, Tie, build_registry

__all__ = ["Party", "Registry", "Tie", "build_registry"]
