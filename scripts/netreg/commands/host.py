"""``netreg host``: what the workflows do at the code host, one verb a step."""

from __future__ import annotations

import json
import os
import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netreg.commands.options import parser
from netreg.core.finding import Finding, Level
from netreg.core.project import Project, UsageError, find_project
from netreg.core.schema import read_schema
from netreg.host.artifact import Refused
from netreg.host.event import Issue, issue_of, pull_request_of, read_event, run_of
from netreg.host.gh import Host, HostError

if TYPE_CHECKING:
    from netreg.contribute.reply.outcome import Outcome, Proposal
    from netreg.contribute.request import Base
    from netreg.host.propose import Review

_TAG = re.compile(r"v[0-9][0-9A-Za-z.-]{0,60}")


def run(args: Sequence[str]) -> int:
    """Do one step; 1 where the host did not answer, or where what it was given is refused."""
    chosen = _parser().parse_args(args)
    step: Callable[[Namespace, Project], str] = chosen.step
    try:
        print(step(chosen, find_project()))
    except HostError as error:
        print(f"netreg: {error}", file=sys.stderr)
        return 1
    except Refused as refused:
        print(f"netreg: nothing is said, since what the check left is not to be trusted: {refused}.", file=sys.stderr)
        return 1
    return 0


def _parser() -> ArgumentParser:
    options = parser(
        "host",
        "The steps of the workflows. They read the event that GITHUB_EVENT_PATH names, and ask the host through the "
        "program gh; nothing that people wrote reaches a shell.",
    )
    verbs = options.add_subparsers(title="steps", metavar="STEP", required=True)
    bundle = _verb(verbs, "bundle", _bundle, "write what the check finds and what changes into a folder")
    bundle.add_argument("--base", metavar="REV", required=True, help="the state to compare with")
    bundle.add_argument("folder", metavar="DIR", type=Path, help="the folder; it must not be there yet")
    comment = _verb(verbs, "comment", _comment, "keep the one comment on a pull request, from such a folder")
    comment.add_argument("folder", metavar="DIR", type=Path, help="the folder, taken for hostile")
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
    """A variable of the job.

    Raises:
        UsageError: it is not set, as outside a job.
    """
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


# Pull requests


def _bundle(chosen: Namespace, project: Project) -> str:
    from netreg.host.artifact import write_bundle
    from netreg.review.collect import changes_between

    raw = _event().get("pull_request")
    changes = changes_between(project.root, chosen.base)
    try:
        write_bundle(chosen.folder, pull_request_of(raw) if raw else None, _findings(project, chosen.base), changes)
    except OSError as error:
        raise UsageError(f"{chosen.folder.name} cannot be made: {error.strerror}.") from None
    return f"Written: {len(changes)} changes, and what the check found."


def _findings(project: Project, base: str) -> list[Finding]:
    """What the check finds in the entries that changed, and all errors."""
    from netreg.check import Context
    from netreg.check.list_check import check_with_lists, read_lists
    from netreg.core.git import changed_ids, ids_at
    from netreg.core.load import read_folder

    changed = changed_ids(project.root, base)
    context = Context(read_schema(project.root), project.today, changed=changed, base_ids=ids_at(project.root, base))
    found = check_with_lists(project.root, read_folder(project.root), read_lists(project.root), context)
    return _of_concern(found, {f"registry/{id_}.yaml" for id_ in changed})


def _of_concern(findings: Sequence[Finding], paths: set[str]) -> list[Finding]:
    return [item for item in findings if item.level is Level.ERROR or item.place.path in paths]


def _comment(chosen: Namespace, project: Project) -> str:
    from netreg.host.comment import comment_on

    server = os.environ.get("GITHUB_SERVER_URL", "https://github.com")
    schema = read_schema(project.root)
    done = comment_on(_host(), run_of(_event()), chosen.folder, schema, root=project.root, server=server)
    return f"The comment: {done}."


# Requests


def _issue() -> Issue:
    return issue_of(_event().get("issue"))


def _outcome(issue: Issue, project: Project, base: Base) -> Outcome:
    from netreg.contribute.intake import Request, intake

    return intake(issue.body, Request(issue.number, min(issue.opened, project.today)), base)


def _answer(_chosen: Namespace, project: Project) -> str:
    from netreg.commands.intake import read_base
    from netreg.commands.settings import read_settings
    from netreg.host.request_answer import answer, tell_draft

    issue, host = _issue(), _host()
    text = _outcome(issue, project, read_base(project)).as_markdown(read_settings(project.root).answer_days)
    told = f"The answer: {answer(host, issue, text)}."
    if "body" in (_event().get("changes") or {}):
        told += f" A word to the draft: {tell_draft(host, issue)}."
    return told


def _propose(_chosen: Namespace, project: Project) -> str:
    from netreg.commands.intake import read_base
    from netreg.core.git import commit
    from netreg.host.proposal_review import reviewed
    from netreg.host.propose import Main, propose

    issue, base = _issue(), read_base(project)
    main = Main(str(_event()["repository"]["default_branch"]), commit(project.root, "HEAD"))

    def review(proposal: Proposal) -> Review:
        return reviewed(proposal, base.documents, base.context)

    done = propose(_host(), issue, _outcome(issue, project, base), review, main)
    return f"The draft: {done}."


# Housekeeping


def _requests(_chosen: Namespace, project: Project) -> str:
    from netreg.commands.settings import read_settings
    from netreg.host.housekeeping import waiting_requests

    days = read_settings(project.root).answer_days
    return json.dumps(waiting_requests(_host(), project.today, days))


def _recall(chosen: Namespace, _project: Project) -> str:
    from netreg.host.housekeeping import recall

    return f"The history of links: {recall(_host(), chosen.file)}."


def _remember(chosen: Namespace, project: Project) -> str:
    from netreg.core.git import commit
    from netreg.host.housekeeping import remember
    from netreg.upkeep.link_history import as_text, read_history

    text = as_text(read_history(chosen.file))
    return f"The history of links: {remember(_host(), text, commit(project.root, 'HEAD'))}."


def _housekeeping(chosen: Namespace, _project: Project) -> str:
    from netreg.host.housekeeping import keep_issue, read_list

    body, is_empty = read_list(chosen.file)
    return f"The list: {keep_issue(_host(), body, is_empty=is_empty)}."


# Releases


def _notes(_chosen: Namespace, project: Project) -> str:
    from netreg.host.notes import notes

    tag = _given("GITHUB_REF_NAME")
    if not _TAG.fullmatch(tag):
        raise UsageError("GITHUB_REF_NAME is no tag of a release; name it as in v2026.11.")
    return notes(project.root, read_schema(project.root), tag).rstrip("\n")
