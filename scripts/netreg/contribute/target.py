"""The entry that a request is about, from the words in which somebody names it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from netreg.contribute.case import Case
from netreg.contribute.messages import Ours, say
from netreg.contribute.objections import objections
from netreg.contribute.outcome import Proposal
from netreg.contribute.sourcing import Body
from netreg.contribute.understand import address_of
from netreg.load import Document, Node

SURE = 0.95
"""From this likeness on a name is that of an entry."""


@dataclass(frozen=True)
class Target:
    """The entry that a request is about."""

    document: Document
    root: Node

    @property
    def title(self) -> str:
        """How people call it."""
        return self.root.string("acronym") or self.root.string("short_name") or self.root.string("name") or ""

    @property
    def name(self) -> str:
        """Its full name."""
        return self.root.string("name") or self.title

    @property
    def body(self) -> Body:
        """The body, as far as sources are concerned."""
        return Body(self.name, self.root.string("website", "value") or "", self.root)

    @cached_property
    def questions(self) -> list[tuple[str, str]]:
        """The open questions: the field that each is about, and its words."""
        listed = self.root.get("open_questions")
        items = listed.items() if listed else ()
        return [(node.string("about") or "", node.string("text") or "") for _, node in items]


def find_target(case: Case) -> Target | None:
    """The entry that a request names; None where it is not clear, which is then noted."""
    said = case.needed("entry", "entry")
    if not said:
        return None
    id_ = id_in(said, case) or _id_alike(said, case)
    if not id_:
        return None
    document = case.base.by_id[id_]
    if document.root is None or document.root.kind != "mapping":
        case.report.ask_a_person(say("person-unreadable"))
        return None
    if document.root.get("entry"):
        case.report.ask(say("entry-withdrawn", said=said))
        return None
    return Target(document, document.root)


def id_in(said: str, case: Case) -> str:
    """An id that stands there as it is: alone, in brackets behind a name, or in the address of a page."""
    bracket = re.search(r"\(([a-z0-9-]{1,60})\)$", said[-70:])
    address = address_of(said) if "/" in said else ""
    words = [said.casefold(), bracket[1] if bracket else "", *reversed(_steps(address))]
    return next((word for word in words if word in case.base.by_id), "")


def _steps(address: str) -> list[str]:
    try:
        path = urlsplit(address).path
    except ValueError:
        return []
    return [step.removesuffix(".yaml").removesuffix(".json") for step in path.split("/") if step]


def _id_alike(said: str, case: Case) -> str:
    """The one entry with this name or acronym; otherwise what may be meant is noted."""
    found = case.base.detector.look_alikes(said)
    sure = [likeness for likeness in found if likeness.score >= SURE]
    if len(sure) == 1:
        return sure[0].id
    near = [likeness.id for likeness in found] or case.base.detector.near(said)
    if near:
        choices = Ours(", ".join(f"`{id_}`" for id_ in near))
        case.report.ask(say("entry-unsure", said=said, choices=choices))
    else:
        case.report.ask(say("entry-unknown", said=said))
    return ""


def checked(case: Case, target: Target, text: str) -> Proposal | None:
    """A changed entry as a proposal; None where the checks object to it, which is then noted."""
    id_ = target.document.id
    return Proposal(id_, text, is_new=False) if objections(case, id_, text) else None
