"""References: what an entry points to must be there."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from netreg.check.outline import Outline, Relation
from netreg.check.rule import Context, Hit, Subject, rule
from netreg.core.finding import Level
from netreg.core.names import name_key
from netreg.core.nearest import did_you_mean, did_you_mean_id, quoted
from netreg.entry.spot import cited_id

Links = dict[str, dict[str, tuple[Outline, Relation]]]
"""Ids with the ids that they point to; each with the entry and the relation that says so."""

Ways = dict[str, set[str]]

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
    over="registry",
)
def unknown_target(judged: Sequence[Outline], _entries: Sequence[Outline], context: Context) -> Iterator[Hit]:
    known = context.ids | context.schema.by_value("actor").keys()
    wrong = [(outline, id_, at) for outline in judged for id_, at in outline.named if id_ not in known]
    asked = list(dict.fromkeys(id_ for _, id_, _ in wrong))
    hints = {id_: did_you_mean_id(id_, known) for id_ in asked[:_MOST_HINTS]}
    for outline, id_, at in wrong:
        yield outline.hit(at, f"There is no entry {quoted(id_)}.{hints.get(id_, '')}")


_MOST_HINTS = 100
"""Each looks at all ids; where so many are wrong, something else is wrong than their spelling."""


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
def relation_cycle(judged: Sequence[Outline], entries: Sequence[Outline], _context: Context) -> Iterator[Hit]:
    starts = {outline.id for outline in judged}
    ties = list(_ties(entries))
    for kind in _DIRECTED:
        links: Links = defaultdict(dict)
        for outline, relation in ties:
            if relation.kind == kind:
                links[outline.id][relation.target] = (outline, relation)
        yield from _cycles(kind, starts, links)


def _ties(entries: Iterable[Outline]) -> Iterator[tuple[Outline, Relation]]:
    """The relations by id to another body, each with the entry that states it."""
    for outline in entries:
        for relation in outline.relations:
            if relation.kind and relation.target and relation.target != outline.id:
                yield outline, relation


def _cycles(kind: str, starts: set[str], links: Links) -> Iterator[Hit]:
    """The circles, each told once, where its first id in order of letters is the start of a shortest one."""
    ahead, behind = _ways(links)
    circular = {id_: sorted(targets) for id_, targets in ahead.items()}
    for start in sorted(circular):
        if start not in ahead:
            continue  # each circle through it leads through an id before it
        _cut([start], ahead, behind)
        trail = _way_back(start, circular) if start in starts else []
        if trail and start == min(trail):
            outline, relation = links[start][trail[1] if len(trail) > 1 else start]
            way = " → ".join([*trail, start])
            yield outline.hit(relation.target_at, f"{kind} leads in a circle: {way}.")


def _ways(links: Links) -> tuple[Ways, Ways]:
    """The ids between circles, and in them, with those that each leads to, and with those that lead to it."""
    ahead, behind = {id_: set(targets) for id_, targets in links.items()}, defaultdict[str, set[str]](set)
    for id_, targets in links.items():
        for target in targets:
            behind[target].add(id_)
    ends = (ahead.keys() | behind.keys()) - (ahead.keys() & behind.keys())
    _cut(list(ends), ahead, behind)
    return ahead, behind


def _cut(loose: list[str], ahead: Ways, behind: Ways) -> None:
    """Take ids out, and with them each that then leads nowhere, or to which nothing leads."""
    while loose:
        id_ = loose.pop()
        for ways, back in ((ahead, behind), (behind, ahead)):
            for other in ways.pop(id_, ()):
                back.get(other, set()).discard(id_)
                if not back.get(other):
                    loose.append(other)


def _way_back(start: str, links: Mapping[str, Sequence[str]]) -> list[str]:
    """The ids on a shortest way from ``start`` back to itself, ``start`` first; empty where there is none."""
    before: dict[str, str] = {start: ""}
    queue = deque([start])
    while queue:
        id_ = queue.popleft()
        for target in links[id_]:
            if target == start:
                return _trail(id_, before)
            if target not in before:
                before[target] = id_
                queue.append(target)
    return []


def _trail(id_: str, before: Mapping[str, str]) -> list[str]:
    found = []
    while id_:
        found.append(id_)
        id_ = before[id_]
    return found[::-1]


@rule(
    "stated-twice",
    Level.WARNING,
    summary="The same relation is stated in both entries, or twice in one.",
    reason="Each relation is stated once and shown on both pages; stated twice, the two will drift apart.",
    fix="Keep it where its sources are and delete it here.",
    over="registry",
)
def stated_twice(judged: Sequence[Outline], entries: Sequence[Outline], _context: Context) -> Iterator[Hit]:
    ids = {outline.id for outline in judged}
    seen: dict[tuple[str, ...], tuple[Outline, Relation]] = {}
    for outline, relation in _ties(entries):
        first, earlier = seen.setdefault(_relation_key(outline.id, relation), (outline, relation))
        if earlier is not relation and outline.id in ids:
            where = f"in {quoted(first.id)}" if first is not outline else f"in line {earlier.line}"
            yield outline.hit(relation.target_at, f"This relation stands {where} already.")


def _relation_key(id_: str, relation: Relation) -> tuple[str, ...]:
    pair = sorted((id_, relation.target)) if relation.kind in _SYMMETRIC else [id_, relation.target]
    return (relation.kind, *pair, *relation.dates)


@rule(
    "named-not-linked",
    Level.INFO,
    summary="A relation names a body that has an entry here.",
    reason="A relation by id is shown on both pages and survives a renaming.",
    fix="Write target: with the id instead of name:.",
    over="registry",
)
def named_not_linked(judged: Sequence[Outline], entries: Sequence[Outline], context: Context) -> Iterator[Hit]:
    named = [(outline, relation) for outline in judged for relation in outline.relations if relation.name_at[2]]
    known = {name: outline.id for outline in entries if named for name in outline.name_keys}
    known.update((name_key(term.title), term.value) for term in context.schema.terms("actor") if named)
    for outline, relation in named:
        id_ = known.get(relation.name_key)
        if id_ and id_ != outline.id:
            yield outline.hit(relation.name_at, f"{quoted(relation.name)} has an id here: {id_}.")


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
