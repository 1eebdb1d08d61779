"""Refused requests: what was asked for and not done, which intake tells whoever asks again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from netreg.check.outline import Outline
from netreg.check.rule import Context, Hit, Subject, rule
from netreg.core.nearest import did_you_mean, did_you_mean_id, quoted

Entries = Mapping[str, Outline]


@rule(
    "refused-unknown-id",
    summary="A refused request is about an entry that is not there.",
    reason="Whoever asks the same again is told why not, by the id of the entry; a wrong id tells nobody.",
    fix="Correct the id; for a network that got no entry write name: instead of entry:.",
    over="refused",
)
def refused_unknown_id(subject: Subject, entries: Entries, _context: Context) -> Iterator[Hit]:
    for node, id_ in subject.named_ids:
        if id_ not in entries:
            yield subject.hit(node, f"There is no entry {quoted(id_)}.{did_you_mean_id(id_, entries)}")


@rule(
    "refused-unknown-fact",
    summary="A refused request is about a fact that entries do not have.",
    reason="The same request is known again by the name of the fact in the file; another word for it is never found.",
    fix="Name the fact as the file does, as in seat or participants.counts.",
    over="refused",
)
def refused_unknown_fact(subject: Subject, _entries: Entries, context: Context) -> Iterator[Hit]:
    for spot in subject.spots("field-path"):
        about = spot.node.string()
        if about and not context.schema.has_field(about):
            hint = did_you_mean(about, context.schema.fields)
            yield subject.hit(spot.node, f"Entries have no fact {quoted(about)}.{hint}")
