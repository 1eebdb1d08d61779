"""Mask: what nobody may repeat in public, since people should not have sent it: mailboxes, numbers, secrets, names.

The rules of the check object to the same things by the same patterns.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

MAILBOX, TELEPHONE, PASSWORD, NAME = "a mailbox", "a telephone number", "a password", "a name"
"""The kinds of what is masked, in words; a mask is the same in square brackets."""

_FUNCTIONS = frozenset(
    "info office secretariat contact mail press media webmaster admin support enquiries registry feedback team".split()
)
_SIGN = r"@|＠|%40|\\(?:x40|u0040|uff20)|&(?:#0*64|#x0*40|commat);"  # as text, in an address, in YAML, in HTML
_AT = rf"(?:{_SIGN}|[ ]?[(\[](?:at|@)[)\]][ ]?)"  # also as people write it to hide it from robots
# A quick look for the ways above to write the at.
_IN_MAILBOXES = "@ ＠ %40 \\ &# &c &C at) At) aT) AT) at] At] aT] AT]".split()
_UNSEEN = "\u00ad\u200b-\u200d\u2060"
_MAILBOX = rf"(?i)(?<![\w.+{_UNSEEN}-])([\w.+{_UNSEEN}-]+){_AT}([\w-]+(?:\.[\w-]+)*(?:\.[\w-]+|…))"
_TELEPHONE = (
    r"tel:(?:[ +(]*[0-9][0-9 ()/.-]*[0-9])?"
    r"|(?<![\w/.-])\+[0-9][0-9 ()/.-]{7,}[0-9]|(?<![\w/.-])00[1-9][0-9 ()/.-]{8,}[0-9]"
)
_IN_TELEPHONES = ("+", "00", "tel:")
_USER = r"(?<=://)(?!\[)[^/?#\s]*@"
_PARAMETER = (
    r"(?i)(?<=[?&])((?:access_?|auth_?|api_?)?(?:token|key)|passw(?:or)?d|pwd|secret|sig(?:nature)?)=(?!\[)[^&#\s]+"
)
_CAPITAL = "".join(sign for sign in map(chr, range(0x41, 0x530)) if sign.isupper())  # Latin, Greek and Cyrillic
_WORD = rf"[{_CAPITAL}][\w'’-]*\.?"
_PARTICLE = r"(?:(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|af|al|ten|ter|zu)[ ]+)*"
_FULL_NAME = rf"{_PARTICLE}{_WORD}(?:[ ]+{_PARTICLE}{_WORD}){{0,3}}"
_TITLES = "Mr Mrs Ms Mme Mlle Madame Monsieur Dr Prof Professor Herr Herrn Frau Signor Signora".split()
_TITLE = "(?:" + "".join(rf"{title}\b\.?|" for title in _TITLES) + r"M\.)"  # flat: its capitals are looked for first
_IN_TITLES = ["M.", *(f"{title}{sign}" for title in _TITLES for sign in " .")]  # a quick look for the titles above
_TITLED = rf"(?<![\w.]){_TITLE}(?:[ ]+{_TITLE})*[ ]+{_FULL_NAME}"
_BEFORE_MAILBOX = rf"(?<!\w){_WORD}(?:[ ]+{_WORD}){{1,3}}(?=[ ]?[,:(<]?[ ]?\[{MAILBOX}\])"
_SPELLED = rf"(?<!\w){_WORD}(?:[ ]+{_WORD})+"


def masked(text: str, official: Collection[str] = ()) -> str:
    """The text, in which ``[a mailbox]``, ``[a telephone number]``, ``[a password]`` and ``[a name]`` stand instead.

    A functional mailbox (``info@``) stays, and one of those that are known as ``official``. A name is known by the
    title or the mailbox beside it, not by itself.
    """
    return _replaced(text, frozenset(official))[0]


def found(text: str, official: Collection[str] = ()) -> tuple[str, ...]:
    """The kinds of what would be masked, each once."""
    return tuple(dict.fromkeys(_replaced(text, frozenset(official))[1]))


def mailboxes(text: str) -> Iterator[str]:
    """The mailboxes in a text that may be a person's, as they are written."""
    matches = re.finditer(_MAILBOX, text) if _holds(text, _IN_MAILBOXES) else ()
    return (match[0] for match in matches if not _is_functional(match[1]))


def official_in(contact: str, names: Iterable[str]) -> Iterator[str]:
    """The mailboxes in the contact of a body that are called after it, as ``carin@`` and ``home-anti-corruption@``."""
    known = set(re.findall(r"[^\W_]+", " ".join(names).casefold()))
    for mailbox in mailboxes(contact):
        if not known.isdisjoint(re.findall(r"[^\W_]{3,}", mailbox.partition("@")[0].casefold())):
            yield mailbox


def telephone(text: str) -> str:
    """The first telephone number in a text as it is written; empty where there is none."""
    match = re.search(_TELEPHONE, text) if _holds(text, _IN_TELEPHONES) else None
    return match[0] if match else ""


def persons(text: str) -> Iterator[str]:
    """The names of persons in a text, with the title by which they are known as such."""
    return (match[0] for match in (re.finditer(_TITLED, text) if re.search(_TITLE, text) else ()))


def _holds(text: str, marks: Iterable[str]) -> bool:
    """Whether a pattern may match: to look for what it cannot do without is quicker than to compile it."""
    return any(map(text.__contains__, marks))


def _is_functional(local: str) -> bool:
    return any(word in _FUNCTIONS for word in re.split(r"[.+_-]", local.casefold()))


@lru_cache(maxsize=512)  # one text is told in a headline, a hint and a sentence
def _replaced(text: str, official: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """The masked text with the kinds of what was replaced."""
    kinds: list[str] = []
    named = set[str]()

    def mask(kind: str, before: str = "", behind: str = "") -> str:
        kinds.append(kind)
        return f"{before}[{kind}]{behind}"

    def mailbox(match: re.Match[str]) -> str:
        if _is_functional(match[1]) or match[0] in official:
            return match[0]
        named.update(word for word in re.split(r"[^\w]+|_", match[1].casefold()) if len(word) > 1)
        return mask(MAILBOX)

    for marks, pattern, replaced in (
        ("@", _USER, lambda _: mask(PASSWORD, behind="@")),
        ("=", _PARAMETER, lambda match: mask(PASSWORD, f"{match[1]}=")),
        (_IN_MAILBOXES, _MAILBOX, mailbox),
        (_IN_TELEPHONES, _TELEPHONE, lambda _: mask(TELEPHONE)),
        (_IN_TITLES, _TITLED, lambda _: mask(NAME)),
    ):
        text = re.sub(pattern, replaced, text) if _holds(text, marks) else text
    if MAILBOX in kinds:
        text = re.sub(_BEFORE_MAILBOX, lambda _: mask(NAME), text)
        # Of john.doe@… the words John Doe are the name, wherever in the text they stand.
        text = re.sub(_SPELLED, lambda match: mask(NAME) if _says(match[0], named) else match[0], text)
    return text, tuple(kinds)


def _says(words: str, named: set[str]) -> bool:
    return set(re.findall(r"\w+", words.casefold())) <= named
