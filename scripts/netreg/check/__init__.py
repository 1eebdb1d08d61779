"""Check: the schema, then the rules over the whole; rules return findings and print nothing."""

from netreg.check.runner import check
from netreg.check.subject import Context, Subject

__all__ = ["Context", "Subject", "check"]
