"""References: what an entry points to must be there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from netreg.check.rule import Hit, rule
from netreg.check.subject import Context, Subject
from netreg.core.finding import Level
from netreg.core.load import Node
from netreg.core.names import name_key
from netreg.core.nearest import did_you_mean, did_you_mean_id, quoted
from netreg.entry.spot import cited_id

Links = dict[str, dict[str, tuple[Subject, Node]]]
"""Ids with the ids that they point to; each with the entry and the relation that says so."""

_DIRECTED = ("part_of", "set_up_by", "successor_of", "merged_into", "split_from")
_SYMMETRIC = ("cooperates_with", "has_agreement_with", "distinct_from")


@rule(
    "unknown-source",
    summary="A claim names a source that the entry does not list.",
    reason="A footnote that leads nowhere is worse than none: the fact looks sourced and is not.",
    fix="Each claim names sources listed at the end of the same file; correct the id, or add the source there.",
)
def unknown_source(subject: Subject, _context: Context) -> Iterator[Hit]:
    for spot in subject.spots("source-ref"):
        name = cited_id(spot.node)
        if name and name not in subject.source_by_id:
            yield subject.hit(
                spot.node,
                f"No source of this entry is called {quoted(name)}.{did_you_mean(name, subject.source_by_id)}",
            )


@rule(
    "uncited-source",
    Level.WARNING,
    summary="A source is listed and no claim names it.",
    reason="A reader takes every listed source for evidence; one that nothing rests on only looks like it.",
    fix="Name it in the sources of the claim that it supports, or delete it.",
)
def uncited_source(subject: Subject, _context: Context) -> Iterator[Hit]:
    if any(subject.shape_errors(rule) for rule in ("unknown-key", "wrong-type")):
        return  # the claim that names it may be the one that cannot be read
    cited = {cited_id(spot.node) for spot in subject.spots("source-ref")}
    for id_, source in subject.source_by_id.items():
        if id_ not in cited:
            yield subject.hit(source.node.get("id"), f"Nothing in this entry rests on the source {quoted(id_)}.")


@rule(
    "duplicate-source",
    summary="Two sources of an entry have the same id.",
    reason="A claim that names it would rest on either of the two, and nobody could tell on which.",
    fix="Give one of them another id.",
)
def duplicate_source(subject: Subject, _context: Context) -> Iterator[Hit]:
    for spot in subject.spots("source"):
        id_ = spot.node.get("id")
        if id_ is not None and subject.source_by_id.get(id_.text, spot) is not spot:
            yield subject.hit(id_, f"Another source of this entry is called {quoted(id_.text)} too.")


@rule(
    "unknown-target",
    summary="A relation or a leader points to an id that is neither an entry nor a known actor.",
    reason="What ties two bodies is shown on both pages, so both must be there.",
    fix="Correct the id; for a body that has no entry here write name: instead of target:.",
)
def unknown_target(subject: Subject, context: Context) -> Iterator[Hit]:
    known = context.ids | {term.value for term in context.schema.terms("actor")}
    for node in _targets(subject):
        if node.text not in known:
            yield subject.hit(node, f"There is no entry {quoted(node.text)}.{did_you_mean_id(node.text, known)}")


def _targets(subject: Subject) -> Iterator[Node]:
    named = (spot.node.get("target") for spot in subject.spots("item"))  # of relations and leaders
    for node in [*named, *(spot.node for spot in subject.spots("entry-ref"))]:
        if node is not None and isinstance(node.value, str):
            yield node


@rule(
    "self-relation",
    summary="A relation points to its own entry.",
    reason="No body is part of, or successor of, itself; most often the id of a similar body was meant.",
    fix="Write the id of the other body.",
)
def self_relation(subject: Subject, _context: Context) -> Iterator[Hit]:
    for relation in subject.items("relations"):
        if relation.string("target") == subject.id:
            yield subject.hit(relation.get("target"), "This is the id of the entry itself.")


@rule(
    "relation-cycle",
    summary="Relations of one kind lead in a circle.",
    reason="Two bodies cannot each be part of, or the successor of, the other; one of the directions is wrong.",
    fix="Keep the direction that the source states and delete the other.",
    over="registry",
)
def relation_cycle(judged: Sequence[Subject], entries: Sequence[Subject], _context: Context) -> Iterator[Hit]:
    starts = sorted({subject.id for subject in judged})
    for kind in _DIRECTED:
        links: Links = defaultdict(dict)
        for subject, relation, type_, target in _ties(entries):
            if type_ == kind:
                links[subject.id][target] = (subject, relation)
        yield from _cycles(kind, starts, links)


def _ties(entries: Iterable[Subject]) -> Iterator[tuple[Subject, Node, str, str]]:
    """The relations by id to another body: who states it, where, its type and its target."""
    for subject in entries:
        for relation in subject.items("relations"):
            kind, target = relation.string("type"), relation.string("target")
            if kind and target and target != subject.id:
                yield subject, relation, kind, target


def _cycles(kind: str, starts: list[str], links: Links) -> Iterator[Hit]:
    for start in starts:
        trail = _way_back(start, links)
        if trail and start == min(trail):
            subject, relation = links[start][trail[1] if len(trail) > 1 else start]
            way = " → ".join([*trail, start])
            yield subject.hit(relation.get("target"), f"{kind} leads in a circle: {way}.")


def _way_back(start: str, links: Links) -> list[str]:
    """The ids on a shortest way from ``start`` back to itself, ``start`` first; empty where there is none."""
    trails = [[start]]
    seen = {start}
    while trails:
        trail = trails.pop(0)
        for target in sorted(links.get(trail[-1], ())):
            if target == start:
                return trail
            if target not in seen:
                seen.add(target)
                trails.append([*trail, target])
    return []


@rule(
    "stated-twice",
    Level.WARNING,
    summary="The same relation is stated in both entries, or twice in one.",
    reason="Each relation is stated once and shown on both pages; stated twice, the two will drift apart.",
    fix="Keep it where its sources are and delete it here.",
    over="registry",
)
def stated_twice(judged: Sequence[Subject], entries: Sequence[Subject], _context: Context) -> Iterator[Hit]:
    ids = {subject.id for subject in judged}
    seen: dict[tuple[str, ...], tuple[Subject, Node]] = {}
    for subject, relation, kind, target in _ties(entries):
        first, earlier = seen.setdefault(_relation_key(kind, subject.id, target, relation), (subject, relation))
        if earlier is not relation and subject.id in ids:
            where = f"in {quoted(first.id)}" if first is not subject else f"in line {earlier.line}"
            yield subject.hit(relation.get("target"), f"This relation stands {where} already.")


def _relation_key(kind: str, id_: str, target: str, relation: Node) -> tuple[str, ...]:
    pair = sorted((id_, target)) if kind in _SYMMETRIC else [id_, target]
    dates = [relation.string(key) or "" for key in ("date", "from", "until")]
    return (kind, *pair, *dates)


@rule(
    "named-not-linked",
    Level.INFO,
    summary="A relation names a body that has an entry here.",
    reason="A relation by id is shown on both pages and survives a renaming.",
    fix="Write target: with the id instead of name:.",
    over="registry",
)
def named_not_linked(judged: Sequence[Subject], entries: Sequence[Subject], context: Context) -> Iterator[Hit]:
    known = {name: subject.id for subject in entries for name in subject.name_keys}
    known.update({name_key(term.title): term.value for term in context.schema.terms("actor")})
    for subject in judged:
        for relation in subject.items("relations"):
            name = relation.get("name")
            id_ = known.get(name_key(name.text)) if name is not None else None
            if id_ and id_ != subject.id:
                yield subject.hit(name, f"{quoted(name.text if name else '')} has an id here: {id_}.")


@rule(
    "unknown-field",
    summary="An open question is about a field that does not exist.",
    reason="The field tells which part of the page shows the question and where its answer goes.",
    fix="Name a field, as in established, participants.counts or legal_basis.",
)
def unknown_field(subject: Subject, context: Context) -> Iterator[Hit]:
    for spot in subject.spots("field-path"):
        if isinstance(spot.node.value, str) and not context.schema.has_field(spot.node.text):
            hint = did_you_mean(spot.node.text, context.schema.fields)
            yield subject.hit(spot.node, f"{quoted(spot.node.text)} is not a field of an entry.{hint}")
