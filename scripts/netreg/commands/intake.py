"""``netreg intake``: from a request to an answer and, where nothing is missing, to an entry or an edit."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from netreg.check import Context
from netreg.commands.options import parser
from netreg.commands.settings import read_settings
from netreg.contribute.intake import Base, Outcome, Proposal, Request, intake
from netreg.contribute.read.body import LARGEST
from netreg.contribute.read.mail import LARGEST as LARGEST_MAIL
from netreg.contribute.read.mail import read_mail
from netreg.core.atomic import create_file, replace_file
from netreg.core.load import read_folder
from netreg.core.load.bytes import read_bytes
from netreg.core.project import Project, UsageError, find_project
from netreg.core.schema import read_schema
from netreg.lists.refused import read_refused


def run(args: Sequence[str]) -> int:
    """Answer one request; 1 where something is missing or a person has to decide."""
    options = _parser().parse_args(args)
    project = find_project()
    words, request = _request(options, project.today)
    outcome = intake(words, request, read_base(project))
    if options.write and outcome.proposal:
        _put(project.root, outcome.proposal)
    _show(outcome, options, read_settings(project.root).answer_days, by_mail=request.by_mail)
    return 0 if outcome.proposal or outcome.reply.is_done else 1


def _parser() -> ArgumentParser:
    options = parser("intake", "Answer a request: its words come on standard input, or from a file.")
    origin = options.add_mutually_exclusive_group()
    origin.add_argument("--event", metavar="FILE", help="the event of an issue, as GitHub writes it")
    origin.add_argument("--mail", metavar="FILE", help="a mail, as a mail program saves it (.eml)")
    options.add_argument("--number", type=int, metavar="N", help="the number of the request")
    options.add_argument("--date", metavar="DATE", help="the day on which it was sent, as in 2026-11-24")
    proofs = ("own-host", "published-contact")
    about = "how you made sure that the body itself wrote; without it nothing is confirmed"
    options.add_argument("--proof", choices=proofs, default="", help=about)
    options.add_argument("--report", metavar="FILE", help="write the answer into a file")
    options.add_argument("--json", action="store_true", help="print all of it as JSON, the entry included")
    options.add_argument("--write", action="store_true", help="write the entry, where nothing is missing")
    return options


def _request(options: Namespace, today: date) -> tuple[str, Request]:
    """The words and where they came from; what the options say counts more than what the file says."""
    if options.event:
        words, request = _from_event(Path(options.event))
    elif options.mail:
        words, request = _from_mail(Path(options.mail), today)
    else:
        words, request = _from_input(), Request(None, today)
    sent = min(_day(options.date) if options.date else request.sent, today)
    number = _number(options.number) or request.number
    return words, replace(request, number=number, sent=sent, proof=options.proof)


def _from_event(path: Path) -> tuple[str, Request]:
    from netreg.host.event import issue_of, read_event

    issue = issue_of(read_event(path).get("issue"))
    return issue.body, Request(issue.number, issue.opened)


def _from_mail(path: Path, today: date) -> tuple[str, Request]:
    try:
        data = read_bytes(path, LARGEST_MAIL)
    except OSError as error:
        raise UsageError(f"{path.name} cannot be read: {error.strerror}.") from None
    if len(data) > LARGEST_MAIL:
        raise UsageError(f"{path.name} is larger than {LARGEST_MAIL // 2**20} MiB. Save the mail without its files.")
    try:
        mail = read_mail(data)
    except ValueError:
        raise UsageError(
            f"{path.name} is no mail with words in it. Save the mail as a file that ends in .eml."
        ) from None
    sent = mail.sent or today
    return mail.text, Request(None, sent, True, mail.attachments, mail.below, mail.host)


def _from_input() -> str:
    if sys.stdin is None:
        raise UsageError("standard input is closed. Send the words there, or name a file with --mail or --event.")
    return sys.stdin.buffer.read(LARGEST + 1).decode("utf-8-sig", errors="replace")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--date is {text!r}; write it as 2026-11-24.") from None


def _number(number: int | None) -> int | None:
    if number is not None and not 0 < number < 10**10:
        raise UsageError(f"--number is {number}; give the number of the request.")
    return number


def read_base(project: Project) -> Base:
    """The registry as requests are judged against it.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        documents = read_folder(project.root)
        refused = read_refused(project.root)
    except OSError as error:
        raise UsageError(f"the registry cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise UsageError(f"{error}.") from None
    context = Context(read_schema(project.root), project.today)
    return Base(documents, context, refused, read_settings(project.root).site_url)


def _put(root: Path, proposal: Proposal) -> None:
    try:
        (create_file if proposal.is_new else replace_file)(root / proposal.path, proposal.text)
    except OSError as error:
        raise UsageError(f"{proposal.path} cannot be written: {error.strerror}.") from None
    print(f"{proposal.path} is written.", file=sys.stderr)


def _show(outcome: Outcome, options: Namespace, days: int, *, by_mail: bool) -> None:
    answer = outcome.as_markdown(days, by_mail=by_mail)
    if options.report:
        path = Path(options.report)
        try:
            (replace_file if path.exists() else create_file)(path, answer)
        except OSError as error:
            raise UsageError(f"{path.name} cannot be written: {error.strerror}.") from None
    if options.json:
        print(json.dumps(outcome.as_object(days, by_mail=by_mail)))
    elif not options.report:
        sys.stdout.write(answer)
