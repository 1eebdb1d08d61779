"""Model: the registry as a resolved whole, with all that pages and exports need."""

from netreg.model.lineage import Party
from netreg.model.registry import Registry, Tie, build_registry

__all__ = ["Party", "Registry", "Tie", "build_registry"]
