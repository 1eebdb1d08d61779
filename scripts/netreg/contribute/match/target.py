"""The entry that a request is about, from the words in which somebody names it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from netreg.contribute.case import Case
from netreg.contribute.edit.sourcing import Body
from netreg.contribute.parse.references import address_of
from netreg.contribute.reply.messages import Ours, say
from netreg.contribute.reply.objections import objections
from netreg.contribute.reply.outcome import Proposal
from netreg.core.load import Document, Node
from netreg.lists.refused import refused_change

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
    if not address_of(said) and _says_more(said, document):
        case.report.keep(case.label("entry"), said)
    return Target(document, document.root)


def _says_more(said: str, document: Document) -> bool:
    """Whether there is a word in it that the entry does not know."""
    known = set(re.findall(r"\w+", f"{document.id} {document.text}".casefold()))
    return not known.issuperset(re.findall(r"\w+", said.casefold()))


def id_in(said: str, case: Case) -> str:
    """An id that stands there as it is: alone, in brackets behind a name, or in the address of a page of ours."""
    bracket = re.search(r"\(([a-z0-9-]{1,60})\)$", said[-70:])
    page = _PAGE.search(said)
    words = (said.casefold(), bracket[1] if bracket else "", page[1] if page else "")
    return next((word for word in words if word in case.base.by_id), "")


_PAGE = re.compile(r"(?:/networks/|/registry/|^registry/)([a-z0-9-]{1,60})(?:/|\.yaml|\.json|[?#]|$)")
"""Where an id stands in the addresses of a page, of the same page as data, and of its file."""


def _id_alike(said: str, case: Case) -> str:
    """The one entry with this name, acronym or website; otherwise what may be meant is noted."""
    found = case.base.detector.look_alikes(said, website=address_of(said))
    sure = {likeness.id for likeness in found if likeness.score >= SURE} or _ids_in_parts(said, case)
    if len(sure) == 1:
        return next(iter(sure))
    near = sorted(sure) or [likeness.id for likeness in found] or case.base.detector.near(said)
    if near:
        choices = Ours(", ".join(f"`{id_}`" for id_ in near))
        case.report.ask(say("entry-unsure", said=said, choices=choices))
    else:
        case.report.ask(say("entry-unknown", said=said))
    return ""


_JOINT = re.compile(r" +[-–—/|] +|: +|, +")
_GENERAL = frozenset("the network forum group platform eu european".split())


def _ids_in_parts(said: str, case: Case) -> set[str]:
    """The entries that parts of the words name, as in *ENFSI network* and *EUCPN – Crime Prevention Network*."""
    parts = _JOINT.split(said[:_LONGEST])
    parts += [" ".join(word for word in part.split() if word.casefold() not in _GENERAL) for part in parts[:1]]
    found = (case.base.detector.look_alikes(part) for part in dict.fromkeys(parts) if part and part != said)
    return {likeness.id for likenesses in found for likeness in likenesses if likeness.score >= SURE}


_LONGEST = 300


def tell_refusal(case: Case, target: Target, about: str, values: Iterable[str]) -> None:
    """Note where the same value for the same fact was refused before."""
    known = (refused_change(target.document.id, about, value, case.base.refused) for value in values)
    refusal = next(filter(None, known), None)
    if refusal:
        case.refuse(refusal)


def tell_likeness(case: Case, target: Target, name: str) -> None:
    """Leave it to a person where a new name is that of another entry."""
    others = [one for one in case.base.detector.look_alikes(name) if one.score >= SURE and one.id != target.document.id]
    for one in others:
        case.report.seen_before.append(say("alike", title=one.title, id=Ours(one.id), by=one.by))
    if others:
        case.report.ask_a_person(say("person-alike"))


def checked(case: Case, target: Target, text: str) -> Proposal | None:
    """A changed entry as a proposal; None where the checks object to it, which is then noted."""
    id_ = target.document.id
    return Proposal(id_, text, is_new=False) if objections(case, id_, text) else None
