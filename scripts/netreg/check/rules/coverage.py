"""Coverage: the public lists with which the registry is compared, name by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from netreg.check.outline import Outline
from netreg.check.rule import Context, Hit, Subject, rule
from netreg.core.finding import Level
from netreg.core.load import Node
from netreg.core.names import name_key
from netreg.core.nearest import did_you_mean_id, quoted

Entries = Mapping[str, Outline]


@rule(
    "coverage-unknown-id",
    summary="A name on a list leads to an entry that is not there.",
    reason="The coverage page links each name to its entry and counts it as covered; a wrong id makes both untrue.",
    fix="Correct the id; for a name without an entry write reason: and note: instead.",
    over="coverage",
)
def coverage_unknown_id(subject: Subject, entries: Entries, _context: Context) -> Iterator[Hit]:
    for node, id_ in subject.named_ids:
        entry = entries.get(id_)
        if entry is None:
            yield subject.hit(node, f"There is no entry {quoted(id_)}.{did_you_mean_id(id_, entries)}")
        elif entry.is_withdrawn:
            hint = f' It says: see "{entry.see}".' if entry.see else ""
            yield subject.hit(node, f"The entry {quoted(entry.id)} is withdrawn.{hint}")


@rule(
    "coverage-unresolved",
    summary="A name on a list has neither an entry nor a reason why it has none.",
    reason="The page promises an answer for every name: read about it here, or see why not. A blank is neither.",
    fix="Give the id of its entry, or reason: and note: with a sentence.",
    over="coverage",
)
def coverage_unresolved(subject: Subject, _entries: Entries, _context: Context) -> Iterator[Hit]:
    for error in subject.shape_errors("coverage-unresolved"):
        node, reason = error.node, error.node.get("reason")
        name = quoted(node.string("name") or "")
        if reason is None:
            yield subject.hit(node.get("name") or node, f"{name} has neither an id nor a reason for having none.")
        elif node.get("id"):
            yield subject.hit(reason, f"{name} has an id and a reason for having none.", "Delete one of the two.")
        else:
            yield subject.hit(reason, f"The reason for {name} has no note.", _NOTE)


_NOTE = "Add note: with a sentence on what it is, or on what would help to write its entry."


@rule(
    "coverage-duplicate",
    summary="A list stands twice, or a name stands twice on a list.",
    reason="Each name counts once; counted twice, the share of names with an entry comes out wrong.",
    fix="Delete one of the two; where the list itself repeats a name, once is enough.",
    over="coverage",
)
def coverage_duplicate(subject: Subject, _entries: Entries, _context: Context) -> Iterator[Hit]:
    yield from _repeated(subject, _items(subject.root, "lists"), "id", "Another list has the id")
    for names in _lists_of_names(subject.root):
        yield from _repeated(subject, names, "name", "This list has the name already:")


def _repeated(subject: Subject, items: list[Node], key: str, words: str) -> Iterator[Hit]:
    seen: set[str] = set()
    for item in items:
        text = item.string(key)
        if text and name_key(text) in seen:
            yield subject.hit(item.get(key), f"{words} {quoted(text)}.")
        seen.add(name_key(text or ""))


@rule(
    "coverage-has-entry",
    Level.WARNING,
    summary="A name is listed as having no entry, and there is one of that name.",
    reason="Entries come later than lists: a name without a source last year may have a page now.",
    fix="Write id: instead of reason: and note:, or, if another body is meant, say so in the note.",
    over="coverage",
)
def coverage_has_entry(subject: Subject, entries: Entries, _context: Context) -> Iterator[Hit]:
    without = [item for names in _lists_of_names(subject.root) for item in names if item.get("reason")]
    standing = [entry for entry in entries.values() if without and not entry.is_withdrawn]
    known = {name_key(name): entry.id for entry in standing for name in entry.called}
    for item in without:
        id_ = known.get(name_key(_bare(item.string("name") or "")))
        if id_:
            yield subject.hit(item.get("name"), f"The entry {quoted(id_)} has this name.")


def _bare(name: str) -> str:
    """A name without the acronym in brackets behind it."""
    head, bracket, tail = name.rpartition(" (")
    return head if bracket and tail.endswith(")") else name


def _lists_of_names(root: Node | None) -> Iterator[list[Node]]:
    for item in _items(root, "lists"):
        yield _items(item, "names")
    yield _items(root, "left_out")


def _items(node: Node | None, key: str) -> list[Node]:
    """The items of a list below a key; none where it is no list."""
    found = node.get(key) if node else None
    return list(found.value) if found is not None and found.kind == "sequence" else []
