"""Core: what knows no field of an entry: text, trees, dates, addresses, findings, Git."""


class UsageError(Exception):
    """What was asked for cannot be done; the message says so in one line, and what to do."""
