"""Model: the registry as immutable, typed values with everything resolved that pages and exports need."""

from netreg.model.build import build_registry
from netreg.model.facts import Claim, Entry, Event, LegalAct, Name, Question, Relation, Source, Sourced
from netreg.model.registry import Party, Registry, Tie

__all__ = [
    "Claim",
    "Entry",
    "Event",
    "LegalAct",
    "Name",
    "Party",
    "Question",
    "Registry",
    "Relation",
    "Source",
    "Sourced",
    "Tie",
    "build_registry",
]
