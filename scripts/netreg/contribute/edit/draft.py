"""Edits of an entry, one fact at a time: all else stays as it is, comments too, and a second try changes nothing.

What stood there before goes to the other values, with its own sources, so that nobody adds it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from netreg.contribute.parse.references import document_at, document_key
from netreg.contribute.reply.messages import Reading, Reply
from netreg.contribute.reply.outcome import Proposal
from netreg.core.address import fold, host_of
from netreg.core.canonical import Writer
from netreg.core.canonical.comments import Comments, read_comments
from netreg.core.dates import try_parse
from netreg.core.ids import slug
from netreg.core.load import Document, Node, parse_document
from netreg.core.load.node import tree
from netreg.core.schema import Schema
from netreg.entry.spot import cited_id

Data = Mapping[str, Any]
Citation = str | dict[str, str]
"""The id of a source, alone or as ``id`` beside ``where``, the place in it."""

_LONGEST_SOURCE_ID = 24


class Draft:
    """An entry that is being changed; the document it comes from stays as it is."""

    def __init__(self, document: Document, schema: Schema) -> None:
        """Begin with an entry; a ValueError where the entry cannot be read."""
        again = parse_document(document.path, document.text.encode("utf-8"))
        if again.root is None or again.root.kind != "mapping":
            raise ValueError(document.path)
        self.root = again.root
        self._id = document.id
        self._comments = read_comments(again.text, again.root)
        self._schema = schema
        self._before = again.root.plain()

    def text(self) -> str:
        """The entry with its changes, in canonical form."""
        return "\n".join(Writer(self._schema, self._comments).entry(self.root)) + "\n"

    @property
    def is_changed(self) -> bool:
        """Whether it says anything new."""
        return bool(self.root.plain() != self._before)

    @property
    def source_ids(self) -> list[str]:
        """The ids of all sources."""
        listed = self.root.get("sources")
        return [node.string("id") or "" for node in listed.value] if listed else []

    def proposed(self, told: Reply) -> Reading[Proposal | None]:
        """The entry as it would stand; None where that is as it stands."""
        if not self.is_changed:
            return Reading(None, told + Reply(is_done=True))
        return Reading(Proposal(self._id, self.text(), is_new=False), told)

    def confirm(self, path: Sequence[str], citations: Iterable[Citation], *, key: str = "", which: str = "") -> None:
        """Give the value in front more sources, and nothing else; ``which`` is the claim of a list that is meant."""
        found = self.root.get(*path)
        node = _with(found, key, which) if key else found
        if node is not None:
            _add_sources(node, citations)

    def set_claim(self, path: Sequence[str], claim: Data, *, key: str = "", beside: bool = False) -> None:
        """Give a fact a value, whose sources are citations of this entry's sources.

        Of a list of claims ``key`` tells one from another, such as ``unit``; those of other units stay. ``beside``
        leaves the value of today in its place and puts this one beside it.
        """
        *above, last = path
        parent = self.root
        for step in above:
            parent = _inside(parent, step, {})
        listed = _inside(parent, last, []) if key else None
        same = _with(listed, key, claim[key]) if listed else parent.get(last)
        if same is not None:
            _revise(same, claim, beside=beside)
        elif listed:
            listed.value.append(tree(dict(claim)))
        else:
            _put(parent, last, dict(claim))

    def set_plain(self, key: str, value: str) -> None:
        """Give a field without sources a text."""
        node = _inside(self.root, key, value)
        node.value = node.text = value

    def set_block(self, key: str, data: Data) -> None:
        """Give a field of its own shape, such as ``confirmed``, its keys; what stood there goes."""
        _put(self.root, key, dict(data))

    def mark_source(self, id_: str, key: str, data: Data | str) -> None:
        """Write down what somebody saw who opened a source: its ``read``, its ``archive``, or ``opened_by_person``.

        A LookupError where the entry has no such source.
        """
        node = _with(self.root.get("sources"), "id", id_)
        if node is None:
            raise LookupError(id_)
        _put(node, key, data)

    def add_item(self, key: str, item: Data) -> None:
        """Add to a list; where all but the sources stands there already, only the sources are added."""
        items = _inside(self.root, key, [])
        same = next((node for node in items.value if _without_sources(node.plain()) == _without_sources(item)), None)
        if same is not None:
            _add_sources(same, item.get("sources", ()))
        else:
            items.value.insert(_place_of(item, items), tree(dict(item)))

    def cite(self, source: Data) -> Citation:
        """Add a source and return its citation; one with the same address, number or request is taken instead.

        What stands under ``where`` is the place in it, which belongs to the citation.
        """
        listed = _inside(self.root, "sources", []).value
        same = next((node for node in listed if is_same_source(node, source)), None)
        id_ = str(same.string("id")) if same is not None else first_source_id(source, self.source_ids)
        if same is None:
            listed.append(tree({"id": id_, **{key: value for key, value in source.items() if key != "where"}}))
        return {"id": id_, "where": source["where"]} if "where" in source else id_

    def drop_question(self, position: int) -> None:
        """Take an answered question off the list; what was remarked on it stays."""
        questions = self.root.value["open_questions"]
        gone = [questions.value.pop(position)]
        if not questions.value:
            gone.append(self.root.value.pop("open_questions"))
        order = self._schema.order(self._schema.root)
        behind = [self.root.value[key] for key in order[order.index("open_questions") + 1 :] if key in self.root.value]
        heirs, comments = questions.value[position:] or behind, self._comments
        remarks = [line for top in gone for node in _all_below(top) for line in _remarks(comments, node)]
        if remarks and heirs:
            comments.before[heirs[0]][:0] = remarks
        elif remarks:
            comments.within[self.root] += remarks


def _with(listed: Node | None, key: str, word: str) -> Node | None:
    """The first item of a list that has this word under the key."""
    return next((node for node in listed.value if node.string(key) == word), None) if listed else None


def _inside(parent: Node, key: str, empty: Any) -> Node:
    if parent.get(key) is None:
        _put(parent, key, empty)
    return cast(Node, parent.value[key])


def _put(parent: Node, key: str, value: Any) -> None:
    node = tree(value)
    node.key = tree(key)
    parent.value[key] = node


def _all_below(node: Node) -> Iterator[Node]:
    yield node
    for child in dict(node.items()).values():
        yield from _all_below(child)


def _remarks(comments: Comments, node: Node) -> list[str]:
    behind = comments.behind.pop(node, None)
    return [*comments.before.pop(node, ()), *([behind] if behind else ()), *comments.within.pop(node, ())]


def _revise(node: Node, claim: Data, *, beside: bool) -> None:
    """Give a claim that is there a new value, more evidence for the same one, or another value beside it."""
    if _same(node, claim):
        _confirm(node, claim)
        return
    found = node.value.pop("other", None)
    others = [] if found is None else list(found.value) if found.kind == "sequence" else [found]
    new = next((other for other in others if _same(other, claim)), None)
    if new is not None:
        _confirm(new, claim)
    else:
        new = tree(dict(claim))
        others.append(new)
    if not beside:
        others = [Node("mapping", node.value, 0, 0, 0, 0), *(other for other in others if other is not new)]
        node.value = dict(new.value)
    _inside(node, "other", []).value = others


def _same(node: Node, claim: Data) -> bool:
    """Whether a claim has this value, with the same qualifier; the order of a list makes no difference."""
    found, value = node.get("value"), claim["value"]
    if found is None or (node.string("qualifier") or "") != claim.get("qualifier", ""):
        return False
    ours, theirs = ((one if isinstance(one, list) else [one]) for one in (found.plain(), value))
    return sorted(fold(str(one)) for one in ours) == sorted(fold(str(one)) for one in theirs)


def _confirm(node: Node, claim: Data) -> None:
    """The same value on more evidence: the sources are joined, and the later date counts."""
    _add_sources(node, claim.get("sources", ()))
    ours, theirs = try_parse(node.string("as_of")), try_parse(claim.get("as_of"))
    if theirs and (ours is None or theirs.latest > ours.latest):
        _put(node, "as_of", claim["as_of"])
    for key in {"from", "until"} & claim.keys():
        _inside(node, key, claim[key])


def _add_sources(node: Node, citations: Iterable[Citation]) -> None:
    """Cite more sources; one that is cited already stays as it is, with the place in it."""
    listed = _inside(node, "sources", []).value
    known = {cited_id(item) for item in listed}
    listed += [new for new in map(tree, citations) if cited_id(new) not in known]


def _without_sources(item: Any) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key != "sources"} if isinstance(item, Mapping) else {}


def _place_of(item: Data, items: Node) -> int:
    """Where in a list it belongs: by its date where it has one, else at the end."""
    when = try_parse(item.get("date"))
    dates = [try_parse(node.string("date")) for node in items.value]
    later = (index for index, date in enumerate(dates) if when and date and date.sort_key > when.sort_key)
    return next(later, len(items.value))


def is_same_source(node: Node, source: Data) -> bool:
    """Whether a source of an entry is the same page, document or statement."""
    if "statement" in source:
        request = node.get("statement", "request")
        return request is not None and request.value == source["statement"]["request"]
    address, wanted = node.string("url") or "", source.get("document", {}).get("number", "")
    number = node.string("document", "number") or (document_at(address) or ("", ""))[1]
    is_same_page = "url" in source and fold(address) == fold(source["url"])
    return is_same_page or (bool(wanted) and document_key(number) == document_key(wanted))


def first_source_id(source: Data, taken: Iterable[str]) -> str:
    """The plainest name for a source that no other source of the entry has."""
    host, known = host_of(source.get("url", "")), set(taken)
    words = source["document"]["number"] if "document" in source else host.rpartition(".")[0] or host
    base = slug(words)[:_LONGEST_SOURCE_ID].strip("-") or "source"
    if "statement" in source:
        base = f"statement-{source['statement']['request']}"
    id_, number = base, 1
    while id_ in known:
        number += 1
        id_ = f"{base}-{number}"
    return id_
