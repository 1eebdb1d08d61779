"""The one answer under a request: at once, and said anew when the request is changed."""

from __future__ import annotations

from netreg.contribute.reply.messages import Ours, say
from netreg.host.event import Issue
from netreg.host.gh import Host
from netreg.host.propose import LABEL, open_draft
from netreg.host.sticky import Done, keep_comment

MARKER = "<!-- netreg:answer -->"


CHANGED = "<!-- netreg:changed -->"


def answer(host: Host, issue: Issue, text: str) -> Done:
    """Have the one comment under a request say this; what a program wrote gets no answer, what is closed no new one."""
    if issue.author_is_bot:
        return Done.NONE
    return keep_comment(host, issue.number, MARKER, text, only_change=not issue.is_open)


def tell_draft(host: Host, issue: Issue) -> Done:
    """Tell the reviewer of a draft that its request was changed after it was made; without a draft there is none."""
    number = open_draft(host, issue.number) if LABEL in issue.labels else 0
    if not number:
        return Done.NONE
    return keep_comment(host, number, CHANGED, f"{say('draft-changed', number=Ours(issue.number)).text}\n")
