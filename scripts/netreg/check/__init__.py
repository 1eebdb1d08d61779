"""Check: the schema, then the rules over the whole; rules return findings and print nothing."""

from netreg.check.runner import check, check_one
from netreg.check.subject import Context, Subject

__all__ = ["Context", "Subject", "check", "check_one"]
