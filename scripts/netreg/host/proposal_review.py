"""What a reviewer is told about a proposal before any workflow has run on it."""

from __future__ import annotations

from collections.abc import Sequence

from netreg.check import Context, check
from netreg.contribute.reply.outcome import Proposal
from netreg.core.finding import Finding, Level
from netreg.core.load import Document
from netreg.core.load.document import parse_document
from netreg.host.propose import Review
from netreg.review.as_markdown import as_markdown
from netreg.review.collect import changes_of
from netreg.review.overview import review
from netreg.review.revisions import Pair
from netreg.review.words import Words


def reviewed(proposal: Proposal, documents: Sequence[Document], context: Context) -> Review:
    """The change in meaning and what the check finds, all as if the proposal stood in the registry already.

    Args:
        proposal: the entry as it would stand.
        documents: all entries as they are.
        context: schema and date.
    """
    after = parse_document(proposal.path, proposal.text.encode("utf-8"))
    before = next((document for document in documents if document.path == proposal.path), None)
    findings = _findings(after, documents, context)
    changes = tuple(changes_of(Pair(proposal.id, before, after)))
    errors = sum(finding.level is Level.ERROR for finding in findings)
    return Review(as_markdown(review(changes, Words(context.schema), findings)), errors)


def _findings(after: Document, documents: Sequence[Document], context: Context) -> list[Finding]:
    """What is found in the entry, and the errors that it brings to others."""
    others = [document for document in documents if document.path != after.path]
    found = check([*others, after], context)
    return [finding for finding in found if finding.place.path == after.path or finding.level is Level.ERROR]
