"""The one answer under a request: at once, and said anew when the request is changed."""

from __future__ import annotations

from netreg.host.event import Issue
from netreg.host.gh import Host
from netreg.host.sticky import Done, keep_comment

MARKER = "<!-- netreg:answer -->"


def answer(host: Host, issue: Issue, text: str) -> Done:
    """Have the one comment under a request say this; what a program wrote gets no answer, what is closed no new one."""
    if issue.author_is_bot:
        return Done.NONE
    return keep_comment(host, issue.number, MARKER, text, only_change=not issue.is_open)
