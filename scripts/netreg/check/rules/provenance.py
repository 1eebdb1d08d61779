"""Provenance: every fact shows on whose word it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netreg.check.rule import Context, Hit, Subject, rule
from netreg.core.address import host_of
from netreg.core.finding import Level
from netreg.core.nearest import quoted
from netreg.entry import Spot
from netreg.entry.evidence import is_opened, needs_source


@rule(
    "claim-without-source",
    summary="A fact stands without a source.",
    reason="The one promise of the registry: every fact shows on whose word it stands.",
    fix="Add sources: [id] with the id of a source listed at the end of the file.",
)
def claim_without_source(subject: Subject, context: Context) -> Iterator[Hit]:
    for spot in subject.statements():
        sources = spot.node.get("sources")
        unsourced = sources is None or sources.value == []
        is_spelling = spot.field == "other_names" and not needs_source(spot.node.string("kind"), context.schema)
        if spot.node.kind == "mapping" and unsourced and not is_spelling:
            yield subject.hit(spot.node, f"Nothing tells on whose word {_label(spot)} stands.", at_key=True)


def _label(spot: Spot) -> str:
    if isinstance(spot.path[-1], str):
        return f'"{spot.dotted}"'
    return f'this {str(spot.part.get("title", "item")).lower()} under "{spot.dotted}"'


@rule(
    "likely-without-note",
    summary="A claim is marked as likely and does not say why.",
    reason="Our reading of the sources is marked as ours, and a reader must be able to follow it.",
    fix="Add note: with what it follows from; or leave certainty out where a source says it.",
)
def likely_without_note(subject: Subject, _context: Context) -> Iterator[Hit]:
    for spot in subject.statements():
        if spot.likely and not spot.node.string("note"):
            yield subject.hit(spot.node.get("certainty"), "This is marked as likely without saying why.")


@rule(
    "third-party-only",
    Level.INFO,
    summary="The description rests on third parties only.",
    reason="A body's own words or an official document are better evidence of what it is; the page says which it has.",
    fix="If you know a page of the body itself or an official document, add it.",
)
def third_party_only(subject: Subject, _context: Context) -> Iterator[Hit]:
    if subject.summary and {source.kind for source in subject.cited(subject.summary)} == {"third-party"}:
        sources = subject.summary.node.get("sources")
        yield subject.hit(sources, "The description rests on third parties only.", at_key=True)


_COPY_HOSTS = tuple(
    ".eumonitor.eu .eumonitor.nl .parlementairemonitor.nl .kleineanfragen.de .docslib.org .dokumen.tips .docplayer.net "
    ".paperzz.com .fdocuments.net .businessdocbox.com .cupdf.com .slideplayer.com .exocorriges.com .berthub.eu".split()
)


@rule(
    "copy-without-author",
    summary="A source was read on a server of copies, and copy_by is missing.",
    reason="A paper found on a site that stores copies still has its own author. The reader must see both: whose "
    "words, and whose copy.",
    fix="Write whose words they are under author, and the site that holds the copy under copy_by.",
)
def copy_without_author(subject: Subject, _context: Context) -> Iterator[Hit]:
    for spot in subject.spots("source"):
        host = host_of(spot.node.string("url") or "")
        if f".{host}".endswith(_COPY_HOSTS) and not spot.node.string("copy_by"):
            yield subject.hit(spot.node.get("url"), f"{quoted(host)} holds copies of other people's papers.")


_SILENCE = re.compile(
    r"\b(no (page|source)s?|(?<!does )(?<!did )not found|not be found|could not be (read|opened)|nothing was found)\b",
    re.IGNORECASE,
)
"""How our sentences say that sources are silent; *does not found it* says something else."""


@rule(
    "silence-unchecked",
    Level.WARNING,
    summary="A text says that sources are silent, and nothing tells which were read for it.",
    reason="Silence is a claim about all that was read; without day and sources the page says that nobody has looked.",
    fix="Ask it under open_questions, with checked: the date and the sources that were read again for exactly this.",
)
def silence_unchecked(subject: Subject, _context: Context) -> Iterator[Hit]:
    checked = {question.about for question in subject.open_questions if question.node.get("checked")}
    for spot in subject.spots("text"):
        ours = spot.path[-1] == "note" or spot.path[0] == "open_questions"
        match = _SILENCE.search(spot.node.text) if ours else None
        if match and not _is_checked(subject, spot, checked):
            yield subject.hit_at(spot.node, match[0], f"{quoted(match[0])}: nothing tells what was read for this.")


def _is_checked(subject: Subject, spot: Spot, checked: set[str]) -> bool:
    """Whether a question tells what was read: the one in which the words stand, or one about their field."""
    if spot.field == "open_questions":
        return bool(subject.root and subject.root.get(*spot.path[:-1], "checked"))
    return any(f"{spot.dotted}.".startswith(f"{about}.") for about in checked)


@rule(
    "confirmed-by-statement",
    summary="A confirmation rests on something else than the body's statement to the registry, proved to be its own.",
    reason="Confirmed means that the body itself has looked at the entry and said yes to us, and that a maintainer saw "
    "proof of it: anybody can write that he is the secretariat.",
    fix="Name the source of kind statement-to-registry in which the body said so, with proof: own-host or "
    "published-contact in its statement; or delete the confirmation.",
)
def confirmed_by_statement(subject: Subject, _context: Context) -> Iterator[Hit]:
    by = subject.root.get("confirmed", "by") if subject.root else None
    source = subject.source_by_id.get(by.text) if by is not None else None
    if source is not None and source.kind != "statement-to-registry":
        yield subject.hit(by, f"{quoted(source.id)} is no statement to the registry.")
    elif source is not None and not (source.statement or {}).get("proof"):
        yield subject.hit(by, f"Nobody has seen proof that the body itself wrote {quoted(source.id)}.")


@rule(
    "source-not-read",
    Level.INFO,
    summary="A source was named in a request, and nobody of the registry has opened it.",
    reason="That a page says something is the word of whoever sent the request until one of us has read it there. The "
    "page of the entry says so, and so does the list of what to look at.",
    fix="Open it and look for the statement; then write the day under read with how: live, and the title, author and "
    "language that it has.",
)
def source_not_read(subject: Subject, context: Context) -> Iterator[Hit]:
    for spot in subject.spots("source"):
        how = spot.node.get("read", "how")
        if how is not None and not is_opened(how.value, context.schema):
            yield subject.hit(how, f"Nobody has opened the source {quoted(spot.node.string('id') or '')} yet.")
