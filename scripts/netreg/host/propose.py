"""A request at the host: its one answer, and once a maintainer accepts it one branch, file, draft and status.

A second label finds all of it there and makes nothing twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from netreg.contribute.reply.messages import Ours, Said, say
from netreg.contribute.reply.outcome import Outcome, Proposal
from netreg.host.event import Issue, issue_of, pull_request_of
from netreg.host.fetched import Reviewed
from netreg.host.gh import Host
from netreg.host.kept import LONGEST, Branch, Done, keep_comment, same_text
from netreg.review.spans import cut

LABEL = "accept"
ANSWER, DRAFT, CHANGED = "<!-- netreg:answer -->", "<!-- netreg:draft -->", "<!-- netreg:changed -->"
CONTEXT = "Registry (draft)"
"""The name of the status; the draft's own run of the check waits until somebody lets it run."""

_PATH = re.compile(r"registry/[a-z0-9]+(?:-[a-z0-9]+)*\.yaml")


def answer(host: Host, issue: Issue, text: str) -> Done:
    """Have the one comment under a request say this; what a program wrote gets no answer, what is closed no new one."""
    if issue.author_is_bot:
        return Done.NONE
    return keep_comment(host, issue.number, ANSWER, text, only_change=not issue.is_open)


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


@dataclass(frozen=True, slots=True)
class Main:
    """The branch that drafts are for, and its commit that they begin at."""

    branch: str
    commit: str


def propose(host: Host, labelled: Issue, outcome: Outcome, review: Callable[[str], Reviewed], main: Main) -> Proposed:
    """Make a draft of a request, and say in the request where it is or why there is none.

    Args:
        host: where.
        labelled: the request as the maintainer saw it when setting the label.
        outcome: what became of its words: a proposal where nothing is missing, and what goes into no entry.
        review: tells what a branch at the host changes, by the branch's full name.
        main: what the proposal was made from, and is for.

    Raises:
        HostError: the host did not answer; a second label goes on from there.
    """
    now = issue_of(host.get(f"issues/{labelled.number}"))
    if labelled.author_is_bot or not now.is_open or LABEL not in now.labels:
        return Proposed.NONE
    if not same_text(now.body, labelled.body):
        return _said(host, labelled, Proposed.EDITED, say("draft-edited"))
    number = _open_draft(host, labelled.number)
    if number:
        return _said(host, labelled, Proposed.THERE, _drafted(number))
    if outcome.proposal is None:
        return _said(host, labelled, Proposed.UNREADY, say("draft-unready"))
    draft = _Draft(_branch(host, labelled.number), main, labelled.number, outcome.proposal)
    draft.fill()
    number = draft.open(review(draft.branch.ref), outcome.for_reviewer())
    return _said(host, labelled, Proposed.MADE, _drafted(number))


def _branch(host: Host, request: int) -> Branch:
    return Branch(host, f"intake/issue-{request}")


def _open_draft(host: Host, request: int) -> int:
    """The open pull request that was drafted from a request; 0 where there is none."""
    found = host.get(f"pulls?state=open&head={host.owner}:{_branch(host, request).name}")
    return pull_request_of(found[0]).number if found else 0


@dataclass(frozen=True, slots=True)
class _Draft:
    branch: Branch
    main: Main
    request: int
    proposal: Proposal

    @property
    def title(self) -> str:
        return f"{'Add' if self.proposal.is_new else 'Correct'} {self.proposal.id}, from request #{self.request}"

    def fill(self) -> None:
        """Have the branch hold the one file and nothing else; what an older draft, closed since, left there goes."""
        if not _PATH.fullmatch(self.proposal.path):
            raise ValueError("not the file of an entry")
        self.branch.reset(self.main.commit)
        self.branch.put(self.proposal.path, self.proposal.text, base=self.main.commit, message=self.title)

    def open(self, told: Reviewed, beside: str) -> int:
        """Post the status, then open the pull request: where that is there, all is.

        ``beside`` is what the request says and the draft does not hold.
        """
        host = self.branch.host
        host.send("POST", f"statuses/{self.branch.tip()}", _status(told.errors))
        head = _FROM.format(number=self.request)
        text = cut(told.text, LONGEST - len(head) - len(beside) - 10)
        given = {"title": self.title, "head": self.branch.name, "base": self.main.branch, "draft": True}
        return pull_request_of(host.send("POST", "pulls", {**given, "body": f"{head}\n\n{text}\n\n{beside}"})).number


def _status(errors: int) -> dict[str, object]:
    found = "1 error" if errors == 1 else f"{errors} errors"
    told = f"{found}: the draft says what is wrong" if errors else "The check found no error"
    return {"state": "failure" if errors else "success", "context": CONTEXT, "description": told}


def _drafted(number: int) -> Said:
    return say("draft-made", number=Ours(number))


def _said(host: Host, issue: Issue, what: Proposed, said: Said) -> Proposed:
    keep_comment(host, issue.number, DRAFT, f"{said.text}\n")
    return what


_FROM = (
    "Closes #{number}. A program made this draft of what the request says; compare it with the source. "
    "To run the checks press “Approve workflows to run”; until then the status “Registry (draft)” tells what was found."
)
