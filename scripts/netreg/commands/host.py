"""``netreg host``: what the workflows do at the code host, one verb a step."""

from __future__ import annotations

import json
import os
import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from netreg.commands.intake import read_base
from netreg.commands.options import parser
from netreg.contribute.intake import Base, Outcome, Request, intake
from netreg.core.escape import in_console
from netreg.core.git import commit, git
from netreg.core.load.bytes import read_json
from netreg.core.project import Project, UsageError, find_project
from netreg.core.schema import read_schema
from netreg.host.comment import Reviewed, comment_on, fetch, told
from netreg.host.gh import Host, HostError, Issue, issue_of, pull_request_of, read_event
from netreg.host.kept import keep_issue, recall, remember, waiting_requests
from netreg.host.propose import Main, answer, propose, tell_draft
from netreg.review.as_markdown import as_markdown
from netreg.review.collect import changes_in
from netreg.review.overview import review
from netreg.review.revisions import list_changed, read_pairs
from netreg.review.words import Words
from netreg.site.settings import PRIVACY, read_settings
from netreg.upkeep.link_history import as_text, read_history

_LARGEST_LIST = 1_000_000
_TAG = re.compile(r"v[0-9][0-9A-Za-z.-]{0,60}")


def run(args: Sequence[str]) -> int:
    """Do one step; 1 where the host did not answer."""
    chosen = _parser().parse_args(args)
    step: Callable[[Namespace, Project], str] = chosen.step
    try:
        print(step(chosen, find_project()))
    except HostError as error:
        print(f"netreg: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> ArgumentParser:
    options = parser(
        "host",
        "The steps of the workflows. They read the event that GITHUB_EVENT_PATH names, and ask the host through the "
        "program gh; nothing that people wrote reaches a shell.",
    )
    verbs = options.add_subparsers(title="steps", metavar="STEP", required=True)
    _verb(verbs, "comment", _comment, "keep the one comment on a pull request, which is fetched and read as data")
    _verb(verbs, "answer", _answer, "keep the one answer under a request")
    _verb(verbs, "propose", _propose, "make a draft of a request that has the label accept")
    _verb(verbs, "requests", _requests, "print the requests that wait for an answer, as JSON")
    recall = _verb(verbs, "recall", _recall, "fetch the history of links that the host keeps")
    recall.add_argument("file", metavar="FILE", type=Path, help="where to put it")
    remember = _verb(verbs, "remember", _remember, "have the host keep a history of links")
    remember.add_argument("file", metavar="FILE", type=Path, help="the history")
    housekeeping = _verb(verbs, "housekeeping", _housekeeping, "keep the one open issue of the month")
    housekeeping.add_argument("file", metavar="FILE", type=Path, help="what netreg housekeeping --json wrote")
    _verb(verbs, "notes", _notes, "print what a release says: the change since the release before")
    return options


def _verb(verbs: Any, name: str, step: Callable[[Namespace, Project], str], about: str) -> ArgumentParser:
    made: ArgumentParser = verbs.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
    made.set_defaults(step=step)
    return made


# What the host tells a job


def _given(name: str) -> str:
    """A variable of the job; a UsageError where it is not set, as outside a job."""
    value = os.environ.get(name, "")
    if not value:
        raise UsageError(f"{name} is not set; this step runs in a workflow. See docs/going-live.md.")
    return value


def _event() -> Mapping[str, Any]:
    return read_event(Path(_given("GITHUB_EVENT_PATH")))


def _host() -> Host:
    try:
        return Host(_given("GITHUB_REPOSITORY"))
    except ValueError as error:
        raise UsageError(f"GITHUB_REPOSITORY is {error}.") from None


def _comment(_chosen: Namespace, project: Project) -> str:
    server = os.environ.get("GITHUB_SERVER_URL", "https://github.com")
    return f"The comment: {comment_on(_host(), pull_request_of(_event().get('pull_request')), project, server)}."


# Requests


def _issue() -> Issue:
    return issue_of(_event().get("issue"))


def _outcome(issue: Issue, project: Project, base: Base) -> Outcome:
    # A label with the name of a proof is a maintainer's word, as that of a yes is: nobody else can set one.
    proof = next((term.value for term in base.schema.terms("proof") if term.value in issue.labels), "")
    return intake(issue.body, Request(issue.number, min(issue.opened, project.today), proof=proof), base)


def _answer(_chosen: Namespace, project: Project) -> str:
    issue, host = _issue(), _host()
    settings = read_settings(project.root)
    outcome = _outcome(issue, project, read_base(project, settings))
    text = outcome.as_markdown(settings.answer_days, privacy=settings.page_address(PRIVACY))
    done = f"The answer: {answer(host, issue, outcome, text)}."
    if "body" in (_event().get("changes") or {}):
        done += f" A word to the draft: {tell_draft(host, issue)}."
    return done


def _propose(_chosen: Namespace, project: Project) -> str:
    issue = _issue()
    main = Main(str(_event()["repository"]["default_branch"]), commit(project.root, "HEAD"))

    def reviewed(ref: str) -> Reviewed:
        return told(project, fetch(project.root, ref))

    outcome = _outcome(issue, project, read_base(project, read_settings(project.root)))
    return f"The draft: {propose(_host(), issue, outcome, reviewed, main)}."


# Housekeeping


def _requests(_chosen: Namespace, project: Project) -> str:
    days = read_settings(project.root).answer_days
    return json.dumps(waiting_requests(_host(), project.today, days))


def _recall(chosen: Namespace, _project: Project) -> str:
    return f"The history of links: {recall(_host(), chosen.file)}."


def _remember(chosen: Namespace, project: Project) -> str:
    text = as_text(read_history(chosen.file))
    return f"The history of links: {remember(_host(), text, commit(project.root, 'HEAD'))}."


def _housekeeping(chosen: Namespace, _project: Project) -> str:
    refusal = f"{in_console(chosen.file.name)} holds no list of netreg housekeeping --json."
    found = read_json(chosen.file, _LARGEST_LIST, refusal)
    try:
        body, is_empty = str(found["body"]), not found["items"]
    except (LookupError, TypeError):
        raise UsageError(refusal) from None
    return f"The list: {keep_issue(_host(), body, is_empty=is_empty)}."


# Releases


def _notes(_chosen: Namespace, project: Project) -> str:
    tag = _given("GITHUB_REF_NAME")
    if not _TAG.fullmatch(tag):
        raise UsageError("GITHUB_REF_NAME is no tag of a release; name it as in v2026.11.")
    newest = commit(project.root, f"refs/tags/{tag}")
    before = _tag_before(project.root, newest)
    if not before:
        return "The first release: there is nothing to compare it with."
    changes = changes_in(read_pairs(project.root, list_changed(project.root, f"refs/tags/{before}", newest)))
    return as_markdown(review(changes, Words(read_schema(project.root)))).rstrip("\n")


def _tag_before(root: Path, newest: str) -> str:
    """The newest release that a commit builds on; empty where there is none. A failure of Git is not taken for none."""
    if git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        raise UsageError("This copy of the project is cut off. Fetch the older states first: fetch-depth: 0.")
    git(root, "rev-list", "--count", newest)  # refuses where a state is missing, which git tag passes over in silence
    older = ("--list", f"--merged={newest}", f"--no-contains={newest}", "v[0-9]*")
    return next(iter(git(root, "tag", "--sort=-version:refname", *older).splitlines()), "")
