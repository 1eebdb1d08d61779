"""Identity: one body, one entry, one permanent id."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from netreg.check.outline import Outline
from netreg.check.rule import Context, Hit, Subject, rule
from netreg.core.finding import Level, Place
from netreg.core.ids import is_well_formed, reserved, slug
from netreg.core.names import initials_fit
from netreg.core.nearest import quoted


@rule(
    "stray-file",
    summary="Something in the registry folder is not an entry.",
    reason="The folder holds nothing but entries, so that every file in it is checked and published.",
    fix="Move or delete it; an entry is an ordinary file that ends in .yaml.",
)
def stray_file(subject: Subject, _context: Context) -> Iterator[Hit]:
    path = subject.document.path
    problems = [problem for problem in subject.document.problems if problem.rule == "stray-file"]
    for problem in problems:
        yield Hit(Place(path), problem.message)
    if not problems and not path.endswith(".yaml"):
        nearly = path.casefold().endswith((".yaml", ".yml"))
        fix = "Rename it so that it ends in .yaml." if nearly else ""
        yield Hit(Place(path), f"{quoted(path.rpartition('/')[2])} is not the name of an entry.", fix)


@rule(
    "id-form",
    summary="An id is not written as ids are.",
    reason="The id is the file name, the address of the page and the key in every export, so it must be safe in all "
    "of them: lower-case ASCII letters, digits and single hyphens, 60 characters at most.",
    fix="Use lower-case letters without accents, digits and single hyphens.",
)
def id_form(subject: Subject, _context: Context) -> Iterator[Hit]:
    id_, place = subject.id, Place(subject.document.path)
    if subject.document.path.endswith(".yaml") and not is_well_formed(id_):
        fix = f'Rename the file to "{slug(id_)}.yaml".' if slug(id_) else ""
        yield Hit(place, f"The file name {quoted(id_)} is not an id.", fix)
    elif reserved(id_):
        yield Hit(place, f"{quoted(id_)} {reserved(id_)}.", "Give the file a longer name, such as that of the body.")
    for error in subject.shape_errors("id-form"):
        fix = f'Write it as "{slug(error.node.text)}".' if slug(error.node.text) else ""
        yield subject.hit(error.node, f"{quoted(error.node.text)} is not an id.", fix)


@rule(
    "id-removed",
    summary="An entry that was published is gone.",
    reason="Others link to every id, so none is ever removed or renamed. An entry that was wrong stays as a tombstone.",
    fix="Bring the file back and add entry: {withdrawn: date, reason: …, see: id}.",
    over="registry",
)
def id_removed(_judged: Sequence[Outline], _entries: Sequence[Outline], context: Context) -> Iterator[Hit]:
    for id_ in sorted((context.base_ids or frozenset()) - context.ids):
        yield Hit(Place(f"registry/{id_}.yaml"), f"The entry {quoted(id_)} was there before and is gone.")


@rule(
    "duplicate-entry",
    Level.WARNING,
    summary="Two entries look like the same body.",
    reason="The same body under two names splits its facts. The names, acronyms, other names and websites of all "
    "entries are compared, whatever their spelling.",
    fix="If it is one body, merge the two; if not, say so in one of them with a relation distinct_from.",
    over="registry",
)
def duplicate_entry(judged: Sequence[Outline], entries: Sequence[Outline], _context: Context) -> Iterator[Hit]:
    ids = {outline.id for outline in judged}
    pairs = [pair for pair in _look_alikes(entries) if pair[1].id in ids]
    standing = [one for one in entries if one.stands] if pairs else []
    told_apart = {frozenset((one.id, relation.target)) for one in standing for relation in one.relations}
    for first, second, why in pairs:
        pair = frozenset((first.id, second.id))
        if pair not in told_apart:
            told_apart.add(pair)
            yield second.hit(second.name_at, f"This looks like {quoted(first.id)}: {why}.")


def _look_alikes(entries: Sequence[Outline]) -> Iterator[tuple[Outline, Outline, str]]:
    """Pairs of entries, the one that stands first in front, with what they share; a pair may come several times."""
    seen: dict[str | tuple[str, ...], tuple[Outline, str]] = {}
    for outline in entries:
        for key, name, why in _keys(outline) if outline.stands else ():
            first, first_name = seen.setdefault(key, (outline, name))
            if first is not outline:
                yield first, outline, why.format(name=name, this=quoted(name), first=quoted(first_name))


def _keys(outline: Outline) -> Iterator[tuple[str | tuple[str, ...], str, str]]:
    """What two entries of one body share, as (key, what it was made of, words with both of these)."""
    for name, name_key in zip(outline.names, outline.name_keys, strict=True):
        yield name_key, name, "both are called {this}"
    if outline.home:
        yield f"://{outline.home}", outline.home, "both have the website {name}"
    if len(outline.name_words) >= _FEWEST_WORDS:
        yield outline.name_words, outline.name, "its name is nearly {first}"


_FEWEST_WORDS = 3
"""Fewer words in any order say too little: *Police Network* is half of all names."""


@rule(
    "no-letter",
    summary="A name holds no letter.",
    reason="Nobody can read, say or find such a name: most often signs came along that take room and show nothing.",
    fix="Type the name anew.",
)
def no_letter(subject: Subject, _context: Context) -> Iterator[Hit]:
    fields = [subject.root.get(key) for key in ("name", "short_name")] if subject.root else []
    for node in (*fields, *(item.get("name") for item in subject.items("other_names"))):
        if node is not None and isinstance(node.value, str) and node.text and not any(map(str.isalpha, node.text)):
            yield subject.hit(node, f"{quoted(node.text)} holds no letter.")


@rule(
    "confusable-name",
    summary="A word mixes letters of two scripts.",
    reason="A Cyrillic letter in a Latin word looks right and is found by no search; it is also a way to pass one "
    "body off as another.",
    fix="Type the word anew on one keyboard.",
)
def confusable_name(subject: Subject, _context: Context) -> Iterator[Hit]:
    for spot in subject.spots("text"):
        if spot.node.text.isascii():
            continue
        for word in re.findall(r"\w+", spot.node.text):
            scripts = set() if word.isascii() else {_script(letter) for letter in word if letter.isalpha()} - {""}
            if len(scripts) > 1:
                yield subject.hit_at(spot.node, word, f"{quoted(word)} mixes {' and '.join(sorted(scripts))} letters.")


def _script(letter: str) -> str:
    if letter.isascii():
        return "Latin"
    first = unicodedata.name(letter, "").partition(" ")[0]
    return first.capitalize() if first in ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE") else ""


@rule(
    "acronym-mismatch",
    Level.WARNING,
    summary="Two letters of the acronym are swapped, to judge by the name.",
    reason="The listing of origin had EUPCN for the European Crime Prevention Network: two letters swapped, and it "
    "stood for years.",
    fix="Check the spelling; if the acronym comes from another language, add the name in that language under "
    "other_names.",
)
def acronym_mismatch(subject: Subject, _context: Context) -> Iterator[Hit]:
    acronym = subject.root.get("acronym") if subject.root else None
    if acronym is None or not isinstance(acronym.value, str):
        return
    names = [name for name in subject.names if name != acronym.value]
    if any(initials_fit(acronym.value, name) for name in names):
        return
    swapped = ((swap, name) for swap in _swaps(acronym.value) for name in names)
    meant = next((swap for swap, name in swapped if initials_fit(swap, name, every_word=True)), "")
    if meant:
        hint = f"Did you mean {quoted(meant)}?"
        yield subject.hit(acronym, f"{quoted(acronym.value)} does not fit {quoted(names[0])}. {hint}")


def _swaps(word: str) -> Iterator[str]:
    """The word with each two neighbouring letters swapped."""
    for place in range(min(len(word), 30) - 1):
        one, two = word[place], word[place + 1]
        if one != two:
            yield f"{word[:place]}{two}{one}{word[place + 2 :]}"
