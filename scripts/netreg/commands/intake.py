"""``netreg intake``: from a request to an answer and, where nothing is missing, to an entry or an edit."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from netreg.check import Context
from netreg.check.standing import ProjectCheck
from netreg.commands.options import day_in, parser, term_in, uncollected
from netreg.contribute.form import all_forms
from netreg.contribute.intake import Base, Outcome, Proposal, Request, intake
from netreg.contribute.read.body import LARGEST as LARGEST_BODY
from netreg.contribute.read.body import labels_of, quoted
from netreg.contribute.request import StandingBase
from netreg.core.atomic import create_file, replace_file, write_file
from netreg.core.cache import Cache
from netreg.core.load.bytes import read_bytes
from netreg.core.project import Project, UsageError, find_project
from netreg.core.schema import Schema, read_schema
from netreg.lists import read_refused
from netreg.site.settings import PRIVACY, Settings, read_settings

if TYPE_CHECKING:
    from netreg.contribute.read.mail import Mail


def run(args: Sequence[str]) -> int:
    """Answer one request; 1 where something is missing or a person has to decide."""
    options = _parser().parse_args(args)
    project = find_project()
    settings = read_settings(project.root)
    with uncollected():
        base = read_base(project, settings)
        words, request = _request(options, project.today, base.schema)
        outcome = intake(words, request, base)
    if options.write and outcome.proposal:
        _put(project.root, outcome.proposal)
    _show(outcome, options, settings, by_mail=request.by_mail)
    return 0 if outcome.proposal or outcome.reply.is_done else 1


_MAIL = "a mail, as a mail program saves it (.eml), or a folder with all mails of one request, named by its number"


def _parser() -> ArgumentParser:
    options = parser("intake", "Answer a request: its words come on standard input, or from a file.")
    origin = options.add_mutually_exclusive_group()
    origin.add_argument("--event", metavar="FILE", help="the event of an issue, as GitHub writes it")
    origin.add_argument("--mail", metavar="PATH", help=_MAIL)
    options.add_argument("--number", type=int, metavar="N", help="the number of the request")
    options.add_argument("--date", metavar="DATE", help="the day on which it was sent, as in 2026-11-24")
    about = "how you made sure that the body itself wrote, as in own-host; without it nothing is confirmed"
    options.add_argument("--proof", metavar="HOW", help=about)
    options.add_argument("--report", metavar="FILE", help="write the answer into a file")
    options.add_argument("--json", action="store_true", help="print all of it as JSON, the entry included")
    options.add_argument("--write", action="store_true", help="write the entry, where nothing is missing")
    return options


def _request(options: Namespace, today: date, schema: Schema) -> tuple[str, Request]:
    """The words and where they came from; what the options say counts more than what the file says."""
    if options.event:
        words, request = _from_event(Path(options.event))
    elif options.mail:
        words, request = _from_mails(Path(options.mail), today, labels_of(all_forms(schema)))
    else:
        words, request = _from_input(), Request(None, today)
    sent = min(day_in("--date", options.date) if options.date else request.sent, today)
    number = _number(options.number) or request.number
    proof = term_in("--proof", schema.terms("proof"), options.proof) if options.proof else ""
    return words, replace(request, number=number, sent=sent, proof=proof)


def _from_event(path: Path) -> tuple[str, Request]:
    from netreg.host.gh import issue_of, read_event

    issue = issue_of(read_event(path).get("issue"))
    return issue.body, Request(issue.number, issue.opened)


def _from_mails(path: Path, today: date, labels: frozenset[str]) -> tuple[str, Request]:
    """The words of a mail; of a folder those of the newest, with the mails before as if it quoted them."""
    paths = sorted(path.glob("*.eml")) if path.is_dir() else [path]
    mails = sorted((_mail(one, labels) for one in paths), key=lambda mail: mail.sent or today)
    if not mails:
        raise UsageError(
            f"{path.name} holds no mail. Save each mail of the request there, as a file that ends in .eml."
        )
    *earlier, newest = mails
    older = (quoted(mail.text, age) for age, mail in enumerate(reversed(earlier), start=1))
    number = int(path.name) if path.is_dir() and path.name.isdecimal() else None
    names = tuple(name for mail in mails for name in mail.attachments)
    sent = newest.sent or today
    request = Request(_number(number), sent, True, names, newest.below, newest.host)
    return "\n\n".join([newest.text, *older]), request


def _mail(path: Path, labels: frozenset[str]) -> Mail:
    from netreg.contribute.read.mail import LARGEST, read_mail

    try:
        data = read_bytes(path, LARGEST)
    except OSError as error:
        raise UsageError(f"{path.name} cannot be read: {error.strerror}.") from None
    if len(data) > LARGEST:
        raise UsageError(f"{path.name} is larger than {LARGEST // 2**20} MiB. Save the mail without its files.")
    try:
        return read_mail(data, labels)
    except ValueError:
        raise UsageError(
            f"{path.name} is no mail with words in it. Save the mail as a file that ends in .eml."
        ) from None


def _from_input() -> str:
    if sys.stdin is None:
        raise UsageError("standard input is closed. Send the words there, or name a file with --mail or --event.")
    return sys.stdin.buffer.read(LARGEST_BODY + 1).decode("utf-8-sig", errors="replace")


def _number(number: int | None) -> int | None:
    if number is not None and not 0 < number < 10**10:
        raise UsageError(f"--number is {number}; give the number of the request.")
    return number


def read_base(project: Project, settings: Settings) -> Base:
    """The registry as requests are judged against it; a UsageError where it cannot be read."""
    try:
        refused = read_refused(project.root)
    except OSError as error:
        raise UsageError(f"the registry cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise UsageError(f"{error}.") from None
    context = Context(read_schema(project.root), project.today)
    files = ProjectCheck(project.root, context, Cache(project))
    return StandingBase((), context, refused, settings.site_url, files=files)


def _put(root: Path, proposal: Proposal) -> None:
    try:
        (create_file if proposal.is_new else replace_file)(root / proposal.path, proposal.text)
    except OSError as error:
        raise UsageError(f"{proposal.path} cannot be written: {error.strerror}.") from None
    print(f"{proposal.path} is written.", file=sys.stderr)


def _show(outcome: Outcome, options: Namespace, settings: Settings, *, by_mail: bool) -> None:
    days = settings.answer_days
    answer = outcome.as_markdown(days, by_mail=by_mail, privacy=settings.page_address(PRIVACY))
    if options.report:
        write_file(Path(options.report), answer)
    if options.json:
        print(json.dumps(outcome.as_object(days, by_mail=by_mail)))
    elif not options.report:
        sys.stdout.write(answer)
