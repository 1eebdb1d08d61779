"""Upkeep: what in the registry has grown old, which of its links are dead, and what to look at this month."""
