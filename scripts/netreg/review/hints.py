"""Hints: what a reviewer should look at first, told from the changes alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from netreg.core.mask import NAME, PASSWORD, found, official_in
from netreg.review.change import NOT_SAID, WHOLE_NEW, Change, Kind, title_of
from netreg.review.compare import contents
from netreg.review.equivalence import COUNTRIES, SAID_IN
from netreg.review.rules import RULES
from netreg.review.spans import Spans, bounded, joined, label, plain, quoted, several, spans, theirs
from netreg.review.words import Words

MANY = 10
"""From so many entries on, a change is better split, or read as a table."""

_SHORT = 60
"""Characters by which a statement is known again; the sentence further below tells all of it."""

_LEAST = 3
"""So many statements of an entry with the same to be seen at them make one line; fewer are told one by one."""

_GAINING = frozenset({Kind.CLAIM_CHANGED, Kind.SOURCE_GAINED, Kind.SOURCE_CHANGED})
_ALTERNATIVES = frozenset({Kind.ALTERNATIVE_ADDED, Kind.ALTERNATIVE_CHANGED, Kind.ALTERNATIVE_REMOVED})


class Hint(NamedTuple):
    """One thing to look at: ``sort`` names it for machines; ``entry`` is empty for the change as a whole.

    ``about`` is the statement that it is seen at, for people; empty for the entry as a whole.
    """

    sort: str
    entry: str
    name: str
    field: str
    about: Spans
    text: Spans


def hints(changes: Sequence[Change], words: Words) -> tuple[Hint, ...]:
    """What to look at: personal data, then the whole, then entry by entry."""
    told = [*_personal(changes, words.official), *(_many(changes) if len(changes) >= MANY else ())]
    for change in changes:
        if change.kind is Kind.ALTERNATIVE_PROMOTED and not _is_fresh(change, changes):
            text = spans("another value is preferred now, with no new source")
            told.append(_hint("other-value-preferred", change, words, text))
        either = (None, change.is_other_value)
        for rule in RULES[change.kind]:
            text = rule.look(change, words) if rule.other_value in either else ()
            told += [_hint(rule.sort, change, words, text)] if text else []
    return (*told, *_unopened(changes, words))


def _is_fresh(change: Change, changes: Sequence[Change]) -> bool:
    """Whether a statement at the same field gained a source."""
    here = (one for one in changes if (one.entry, one.field) == (change.entry, change.field))
    return any(one.kind in _GAINING and one.gained for one in here)


def _personal(changes: Sequence[Change], official: Collection[str]) -> Iterator[Hint]:
    """What nobody may repeat in public; whoever merges would publish it for good."""
    kinds: dict[tuple[str, str], dict[str, Spans]] = {}
    for change in changes:
        for text in _texts(change.after):
            for kind in found(text, official):
                kinds.setdefault((change.entry, change.name), {})[kind] = spans(kind)
    for (entry, name), masks in kinds.items():
        password = masks.pop(PASSWORD, ())
        lead = "may name a living person: " if list(masks) == [NAME] else "holds personal data: "
        said = [spans(lead, joined(list(masks.values())), ", not repeated here")] if masks else []
        said += [spans("holds ", password, ", not repeated here")] if password else []
        yield Hint("personal-data", entry, name, "", (), joined(said, "; ", "; "))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for below in value.values() if isinstance(value, dict) else value:
            yield from _texts(below)
    elif isinstance(value, str):
        yield value


def official_mailboxes(changes: Iterable[Change]) -> frozenset[str]:
    """The mailboxes of bodies, called after them, in the contacts that changes bring or take away."""
    return frozenset(
        mailbox
        for change in changes
        for side in (change.before, change.after)
        if isinstance(side, dict)
        for contact in _texts(side if change.field == "contact" else side.get("contact"))
        for mailbox in official_in(contact, (change.entry, change.name, str(side.get("name", ""))))
    )


def _many(changes: Sequence[Change]) -> Iterator[Hint]:
    if len({change.entry for change in changes if change.kind not in NOT_SAID}) >= MANY:
        text = "nobody reads well what changes in so many entries at once; could it come in parts?"
        yield Hint("many-entries", "", "", "", (), spans(text))


def _unopened(changes: Sequence[Change], words: Words) -> Iterator[Hint]:
    """Sources that nobody of the registry has opened and that alone prove something new, each once."""
    told: dict[tuple[str, str], Hint] = {}
    for change in changes:
        for one in contents(change) if change.kind in WHOLE_NEW else (change,):
            if one.gained and not any(words.is_opened({"how": source.how}) for source in one.gained):
                for source in one.gained:
                    about = spans(label("Source"), " ", quoted(title_of(source), _SHORT))
                    text = spans("nobody of the registry has opened it yet, and what is new rests on it")
                    hint = Hint("source-unopened", one.entry, one.name, "sources", about, text)
                    told[one.entry, source.id] = hint
    yield from told.values()


def _hint(sort: str, change: Change, words: Words, text: Spans) -> Hint:
    """The hint with the field, and where there are several the item, at which something is to be seen."""
    about: Spans = ()
    if change.field == "sources":
        about = spans(label("Source"), " ", quoted(title_of(change.statement), _SHORT))
    elif change.field and change.kind is not Kind.RENAMED:
        item = _item(change, words)
        about = spans(label(words.field_of(change)), ", " if item else "", bounded(item, _SHORT))
    return Hint(sort, change.entry, change.name, change.field, about, text)


def _item(change: Change, words: Words) -> Spans:
    statement: Any = change.statement
    if change.field == COUNTRIES:
        return words.role(statement, is_one=False)[1:]
    if isinstance(statement, dict) and "value" not in statement and change.field not in SAID_IN:
        return words.item(change.field, statement)
    is_alternative = change.kind in _ALTERNATIVES
    is_one_of_several = isinstance(statement, dict) and "unit" not in statement and "items" in words.part(change.field)
    if not is_alternative and not is_one_of_several:
        return ()
    return spans("the other value " if is_alternative else "", words.value(change.field, statement))


# Hints in as few lines as tell them


class Group(NamedTuple):
    """What is to be seen at one statement, or alike at several, of one entry or of several."""

    entries: frozenset[str]
    names: tuple[str, ...]
    about: Spans
    texts: tuple[Spans, ...]

    def said(self, *, alone: bool = False) -> Spans:
        """The line; the names of its entries are left out where an entry stands ``alone``."""
        names = () if alone else several([spans(theirs(name, 60)) for name in self.names if name], 5)
        lead = joined(list(filter(None, (names, self.about))), ", ", ", ")
        return spans(lead, ": " if lead else "", joined(self.texts, "; ", "; "))


def grouped(told: Sequence[Hint]) -> tuple[Group, ...]:
    """Hints at one statement in one line, and so what is alike in several entries or at many statements."""
    at_place: dict[tuple[str, str, str], list[Hint]] = {}
    for hint in told:
        at_place.setdefault((hint.entry, hint.field, plain(hint.about)), []).append(hint)
    in_entries: dict[object, list[list[Hint]]] = {}
    for here in at_place.values():
        in_entries.setdefault(tuple(map(attrgetter("about", "text"), here)), []).append(here)
    at_statements: dict[object, list[Group]] = {}
    for places in in_entries.values():
        names = dict(map(attrgetter("entry", "name"), map(itemgetter(0), places)))
        texts = tuple(dict.fromkeys(map(attrgetter("text"), places[0])))
        group = Group(frozenset(names), tuple(names.values()), places[0][0].about, texts)
        is_at_statement = group.about and all(names)
        at_statements.setdefault((group.entries, texts) if is_at_statement else id(group), []).append(group)
    few = [groups if len(groups) < _LEAST else [_at_once(groups)] for groups in at_statements.values()]
    return tuple(chain.from_iterable(few))


def _at_once(groups: Sequence[Group]) -> Group:
    """By field and number alone: which ones they are stands further below, with the same words."""
    numbers = Counter(group.about[0] for group in groups)
    return groups[0]._replace(about=joined([spans(field, f" ({number})") for field, number in numbers.items()]))
