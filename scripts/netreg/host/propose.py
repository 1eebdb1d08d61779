"""A request at the host: its one answer, and once a maintainer accepts it one branch, file, draft and status.

A second label finds all of it there and makes nothing twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from netreg.contribute.reply.messages import Ours, say
from netreg.contribute.reply.outcome import Outcome
from netreg.core.mask import masked
from netreg.host.comment import Reviewed
from netreg.host.gh import Host, Issue, issue_of, pull_request_of
from netreg.host.kept import LONGEST, Branch, Done, drop_comment, keep_comment, same_text
from netreg.review.spans import cut

LABEL = "accept"
PRIVATE = "private"
"""The label of a request that a person takes up, and of which nothing is told in public."""

ANSWER, DRAFT, CHANGED = "<!-- netreg:answer -->", "<!-- netreg:draft -->", "<!-- netreg:changed -->"
CONTEXT = "Registry (draft)"
"""The name of the status; the draft's own run of the check waits until somebody lets it run."""

_PATH = re.compile(r"registry/[a-z0-9]+(?:-[a-z0-9]+)*\.yaml")


def answer(host: Host, issue: Issue, outcome: Outcome, text: str) -> Done:
    """Have the one comment under a request say this; what a program wrote gets no answer, what is closed no new one.

    A private request gets a label, and an answer that quoted it before is deleted, since the host shows older states.
    """
    if issue.author_is_bot:
        return Done.NONE
    if outcome.reply.is_private and PRIVATE not in issue.labels:
        host.send("POST", f"issues/{issue.number}/labels", {"labels": [PRIVATE]})
        drop_comment(host, issue.number, ANSWER)
    return keep_comment(host, issue.number, ANSWER, text, outcome.official, only_change=not issue.is_open)


def tell_draft(host: Host, issue: Issue) -> Done:
    """Tell the reviewer of a draft that its request was changed after it was made; without a draft there is none."""
    number = _open_draft(host, issue.number) if LABEL in issue.labels else 0
    if not number:
        return Done.NONE
    return keep_comment(host, number, CHANGED, f"{say('draft-changed', number=Ours(issue.number)).text}\n")


class Proposed(StrEnum):
    """What became of an accepted request."""

    MADE = "a draft was made"
    THERE = "there is a draft already"
    EDITED = "the request was changed after the label, so nothing was made"
    UNREADY = "no draft can be made of it yet"
    NONE = "not needed"


class Main(NamedTuple):
    """The branch that drafts are for, and its commit that they begin at."""

    branch: str
    commit: str


def propose(host: Host, labelled: Issue, outcome: Outcome, review: Callable[[str], Reviewed], main: Main) -> Proposed:
    """Make a draft of a request, and say in the request where it is or why there is none.

    ``labelled`` is the request as the maintainer saw it when setting the label, ``outcome`` what became of its words;
    ``review`` tells what a branch at the host changes, by its full name, and ``main`` is what drafts are for. After a
    HostError a second label goes on from there.
    """
    now = issue_of(host.get(f"issues/{labelled.number}"))
    if labelled.author_is_bot or not now.is_open or LABEL not in now.labels:
        return Proposed.NONE
    if not same_text(now.body, labelled.body):
        done, said = Proposed.EDITED, say("draft-edited")
    elif number := _open_draft(host, labelled.number):
        done, said = Proposed.THERE, say("draft-made", number=Ours(number))
    elif outcome.proposal is None:
        done, said = Proposed.UNREADY, say("draft-unready")
    else:
        number = _drafted(_branch(host, labelled.number), labelled.number, outcome, review, main)
        done, said = Proposed.MADE, say("draft-made", number=Ours(number))
    keep_comment(host, labelled.number, DRAFT, f"{said.text}\n")
    return done


def _branch(host: Host, request: int) -> Branch:
    return Branch(host, f"intake/issue-{request}")


def _open_draft(host: Host, request: int) -> int:
    """The open pull request that was drafted from a request; 0 where there is none."""
    owner, _, _ = host.repository.partition("/")
    found = host.get(f"pulls?state=open&head={owner}:{_branch(host, request).name}")
    return pull_request_of(found[0]).number if found else 0


def _drafted(branch: Branch, request: int, outcome: Outcome, review: Callable[[str], Reviewed], main: Main) -> int:
    """Have the branch with its one file, then the status, then the draft: where that is there, all is."""
    proposal, host = outcome.proposal, branch.host
    if not proposal or not _PATH.fullmatch(proposal.path):
        raise ValueError("not the file of an entry")
    title = f"{'Add' if proposal.is_new else 'Correct'} {proposal.id}, from request #{request}"
    branch.reset(main.commit)  # what an older draft, closed since, left there goes
    branch.put(proposal.path, proposal.text, base=main.commit, message=title)
    told = review(branch.ref)
    host.send("POST", f"statuses/{branch.tip()}", _status(told.errors))
    head, beside = _FROM.format(number=request), outcome.for_reviewer()
    text = cut(told.text, LONGEST - len(head) - len(beside) - 10)
    given = {"title": title, "head": branch.name, "base": main.branch, "draft": True}
    body = masked(f"{head}\n\n{text}\n\n{beside}", told.official)
    return pull_request_of(host.send("POST", "pulls", {**given, "body": body})).number


def _status(errors: int) -> dict[str, object]:
    found = "1 error" if errors == 1 else f"{errors} errors"
    told = f"{found}: the draft says what is wrong" if errors else "The check found no error"
    return {"state": "failure" if errors else "success", "context": CONTEXT, "description": told}


_FROM = (
    "Closes #{number}. A program made this draft of what the request says; compare it with the source. "
    "To run the checks press “Approve workflows to run”; until then the status “Registry (draft)” tells what was found."
)
