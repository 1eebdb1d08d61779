"""Wrong usage: apart from all else, since the command line knows it before it knows the command."""


class UsageError(Exception):
    """What was asked for cannot be done; the message says so in one line, and what to do."""
