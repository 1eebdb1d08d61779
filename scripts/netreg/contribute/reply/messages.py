"""Everything that intake can say to a contributor, in one place, each message with the next step.

What stands in braces is filled in: words of strangers as code, which nothing acts on, our own as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from netreg.core.escape import as_code
from netreg.core.mask import masked

LONGEST_QUOTE = 200
"""Signs of a stranger's words that a sentence of ours can hold."""


class Ours(str):
    """Words of our own, which need no quotation: labels, dates in words, numbers."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Message:
    """What is said, and what to do next where there is anything to do."""

    says: str
    step: str = ""


@dataclass(frozen=True)
class Said:
    """One message with its gaps filled."""

    key: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The message and its next step, as Markdown on one line."""
        message = MESSAGES[self.key]
        filled = {
            name: str(value) if isinstance(value, Ours) else as_code(public(value), LONGEST_QUOTE)
            for name, value in self.values
        }
        return f"{message.says} {message.step}".strip().format(**filled)


def public(text: str) -> str:
    """Words of a stranger as everybody may read them: without what people should not have sent."""
    return masked(text)


def say(key: str, **values: str) -> Said:
    """A message with its gaps filled; words that are not ours become code."""
    return Said(key, tuple(values.items()))


_ADD = "Add it to your message."

MESSAGES: dict[str, Message] = {
    # What was understood
    "understood-network": Message("You suggest a network: {name}."),
    "understood-field": Message("{label}: {value}."),
    "understood-change": Message(
        "{network}, {label}: {value}. So far the page says {old}; that stays as an earlier value."
    ),
    "understood-first": Message("{network}, {label}: {value}. So far the page says nothing about it."),
    "understood-more": Message("{network}, {label}: {value}. The page says so already; your source is added to it."),
    "understood-same": Message(
        "{network}, {label}: {value}. The page says so already, on the same source.",
        "If you meant another fact, change “Fact” in your message.",
    ),
    "understood-promoted": Message(
        "{network}, {label}: {value}. The page has it beside {old}; now it comes first, on your source too."
    ),
    "understood-earlier": Message(
        "{network}, {label}: {value}. The page tells of a later time, {old}; that stays first, yours goes beside it."
    ),
    "understood-beside": Message(
        "{network}, {label}: {value}. It goes beside {old}, which the page has as another value; the first one stays."
    ),
    "understood-name": Message(
        "{network}, {label}: {value}. The spelling so far, {old}, is kept among the other names."
    ),
    "understood-status": Message("{network}: {label}. So far the page says {old}."),
    "understood-first-status": Message("{network}: {label}. So far the page says nothing about it."),
    "understood-when": Message("When: {when}."),
    "understood-into": Message("The other body is {other}."),
    "understood-renamed": Message("{network} is now called {value}. The old name is kept as a former name."),
    "understood-acronym": Message("Its new acronym is {value}."),
    "understood-question": Message("{network}, an answer to the question {question}"),
    "understood-feedback": Message("Feedback, which a person reads."),
    "understood-source": Message("Others can read it here: {source}."),
    "understood-statement": Message(
        "There is no page to cite, so your own word counts: the page will show it as the word of the network, sent on "
        "{date} by {role}."
    ),
    "understood-as-of": Message("As of {when}."),
    "understood-since": Message("Since {when}."),
    # What is missing
    "not-a-form": Message(
        "This message was not written with one of our forms, so that we could not read it by ourselves.",
        "A person reads it. With a form it goes faster: choose “Correct a fact” or another one for a new message.",
    ),
    "empty": Message("The message is empty.", "Write what is wrong, what is right, and where others can read it."),
    "too-large": Message(
        "The message is longer than we can take.", "Send the part that matters, and a link to the rest."
    ),
    "field": Message("“{label}” is empty.", _ADD),
    "choice": Message("{said} is none of the choices for “{label}”.", "Choose one of these: {choices}."),
    "date": Message(
        "{said} under “{label}” is not a date that we understand.",
        "Write the year, the month or the day, as in 2008, July 2008 or 2 July 2008; “about 2008” is fine.",
    ),
    "date-both-ways": Message(
        "{said} under “{label}” can be read in two ways.", "Write the month as a word, as in 2 July 2008."
    ),
    "moment": Message(
        "{said} under “{label}” is not one date.", "Write the one for which the source says so: a year is enough."
    ),
    "number": Message(
        "We found more, or less, than one exact number in {said}.",
        "Write only the number and what it counts, as in “73 organisations”, and all else under “Anything else”. For "
        "another number send a second form.",
    ),
    "unit-other": Message(
        "The fact that you name counts {label}, and {said} counts something else.", "Change the one that is wrong."
    ),
    "list-part": Message(
        "The page has {number} under “{label}”, and most of them are not in your list.",
        "Send the whole list; or say under “Anything else” which one to add or to take out.",
    ),
    "bracket": Message(
        "We do not know what {said} in the name of the fact stands for.",
        "Take it out, or write it under “Anything else”.",
    ),
    "unit": Message("What does the number {said} count?", "Write one of these behind it: {choices}."),
    "count-date": Message("For which year or month is the number {said}?", "Write it under “As of”."),
    "countries": Message(
        "We do not know these countries: {said}.", "Write their English names, with commas between them."
    ),
    "address": Message(
        "{said} is not a web address that we can link to.", "Give the full address, with https:// in front."
    ),
    "too-long": Message(
        "“{label}” has {length} characters, and there is room for {limit}.", "Shorten it to what matters most."
    ),
    "too-many": Message(
        "“{label}” has {number} choices, and there is room for {limit}.", "Keep the most typical ones."
    ),
    "entry": Message("Which network is it about?", "Write its name, or copy the address of its page here."),
    "entry-unknown": Message(
        "We have no entry for {said}.",
        "Look at the list of all networks; if it is not there, use the form “Suggest a network”.",
    ),
    "entry-unsure": Message("We are not sure which network {said} is.", "Write one of these words instead: {choices}."),
    "entry-withdrawn": Message(
        "The entry {said} was withdrawn, and its page says why.", "Tell us which network you mean, by its full name."
    ),
    "fact": Message("We do not know the fact {said}.", "Write one of these, as the page does: {labels}."),
    "question": Message(
        "We did not find the question {said} on the page of {network}.",
        "Copy it from the page; or use the form “Correct a fact”.",
    ),
    "source": Message(
        "Where can others read this?",
        "A link to a page or the number of a document is enough. If you write for the network itself and there is no "
        "page, choose “Member” or “Secretariat” under “I write as”.",
    ),
    "source-unclear": Message(
        "We found neither a link nor the number of a document in {said}.",
        "Give a link that begins with https://, or a number such as 32009D0902 or 17559/11.",
    ),
    "source-kind": Message(
        "Whose words are they at {source}?",
        "Choose “Own words”, “Official document” or “Third party” under “Whose words”.",
    ),
    "language": Message(
        "{said} is not a language that we know.", "Write its English name, or a code such as en or fr."
    ),
    "role": Message(
        "In which role do you write?", "Choose “Independent”, “Member” or “Secretariat”; we publish no names."
    ),
    "promises": Message(
        "The two boxes under “Before you send” are not both ticked.",
        "Tick them: without that we may not publish what you wrote.",
    ),
    "request-number": Message(
        "Your own word needs the number of a request, so that others can see where it came from.",
        "A maintainer gives it one; you need to do nothing.",
    ),
    "other-body": Message(
        "Which body did it merge with, or which one continues it?", "Write its name under “New name or other body”."
    ),
    "full-name": Message(
        "{said} looks like an acronym.", "Write the full new name, with the acronym in brackets behind it."
    ),
    "new-name": Message("What is the new name?", "Write it under “New name or other body”."),
    "secret": Message(
        "There is {kinds} in what would be published, and what was published once stays.", "Take it out."
    ),
    # Seen before
    "alike": Message(
        "This looks like {title} (`{id}`), which has an entry: compare {by}.",
        "If it is the same, use the form “Correct a fact”; if not, write under “Anything else” what tells them apart.",
    ),
    "refused": Message(
        "This was asked before and refused on {date}: {reason}",
        "If you have a source that we did not know then, write it under “Where others can read it”.",
    ),
    # What a person does
    "person-list": Message("“{label}” is changed by a person: {said}."),
    "person-words": Message("“{label}”: a person finds the words for the page from yours: {said}."),
    "person-says": Message("You quote the page with {said}; it says something else there, so a person compares."),
    "person-order": Message("A person judges whether your value or {old} is the newer one; the dates do not tell."),
    "person-remark": Message("The page says of this value {said}; a person looks whether that still holds."),
    "person-status": Message("A person looks whether its status and the date of its end still fit each other."),
    "person-answer": Message("Your answer fits no single field of the page, so a person works it in: {said}."),
    "person-adds": Message(
        "A person adds what the form left open: {labels}.", "If you know it, add it to your message."
    ),
    "person-source": Message("A person opens {source} and adds what was not given: {labels}."),
    "person-statement": Message("A person makes sure that you write for the network."),
    "person-relation": Message("A person links the entry with {other}."),
    "person-name": Message("A person looks whether the former spelling was a slip; a name itself carries no source."),
    "person-acronym": Message("A person looks whether the acronym {said} still holds."),
    "person-alike": Message("A person decides whether it is the same body."),
    "person-id": Message("A person gives it a short name for its address."),
    "person-unreadable": Message("The entry cannot be changed by itself right now; a person does it."),
    "repeated": Message(
        "“{label}” stands more than once in your message, and we do not guess which one you mean.",
        "Leave only one of them; headings inside an answer are fine if they are worded differently.",
    ),
    "hidden": Message(
        "A part of your message stands inside a block of code: {labels}. So a person has to look at it.",
        "If you pasted code, put three backticks on a line of their own at its end.",
    ),
    "garbled": Message(
        "Some letters under “{label}” were broken on the way, so a person has to look at them.",
        "Write the words anew, or send the mail again as plain text.",
    ),
    "attachments": Message(
        "Files that came with the mail were not opened: {names}.", "Write what matters into the text, with a link."
    ),
    # What the checks say
    "finding-duplicate-entry": Message(
        "Another entry seems to be about the same body.", "A person compares the two; you need to do nothing."
    ),
    "finding-personal-mailbox": Message(
        "There is a mailbox in what would be published, and it may be a person's.",
        "Take it out, or give a link instead.",
    ),
    "finding-telephone": Message("There is a telephone number in what would be published.", "Take it out."),
    "finding-html": Message("There is code for web pages in what would be published.", "Write plain words only."),
    "finding-bidi-control": Message(
        "There is a sign that nobody sees in what would be published.", "Type the text anew instead of pasting it."
    ),
    "finding-control-character": Message(
        "There is a sign in your answers that is no text.", "Type the text anew instead of pasting it."
    ),
    "finding-confusable-name": Message(
        "A word mixes letters of two alphabets that look the same.", "Type the word anew on one keyboard."
    ),
    "finding-unsafe-link": Message(
        "An address is not one that we can link to.", "Give the plain address of the page, without user names or codes."
    ),
    "finding-future-date": Message("A date lies in the future.", "Check the year; we publish what has happened."),
    "finding-date-order": Message("It would end before it began.", "Check both dates in your source."),
    "finding-bad-format": Message("An answer is too long, or not written as its field asks.", "Shorten it."),
    "finding-copy-without-author": Message(
        "The page only holds a copy of somebody else's paper.", "Say under “Author of the source” whose words they are."
    ),
    "finding-summary-length": Message("The description is very short or very long.", "40 to 100 words read best."),
    "finding-undated-word": Message(
        "Words such as “currently” or “new” will be wrong one day.", "Say since when, or for which year."
    ),
    "finding-repeated-acronym": Message(
        "The name repeats the acronym.", "Write the acronym under “Acronym” only; a person puts it right otherwise."
    ),
    "finding-acronym-mismatch": Message("The letters of the acronym do not follow the name.", "Check its spelling."),
    "finding-other": Message(
        "One of our checks objects to what would be published: {about}", "A person looks at it; you need to do nothing."
    ),
    # What comes next
    "next-ready": Message(
        "**Next:** nothing more is needed from you. A person compares it with the source within {days} days."
    ),
    "next-missing": Message(
        "**Next:** change your message above (the three dots at its upper right, then “Edit”); we look again at once. "
        "A person answers within {days} days in any case."
    ),
    "next-missing-mail": Message(
        "**Next:** answer with what is missing. A person looks at it within {days} days in any case."
    ),
    "next-person": Message("**Next:** a person takes it from here and answers within {days} days."),
    "next-refused": Message(
        "**Next:** nothing happens by itself. If we are wrong, say why; a person answers within {days} days."
    ),
    # What comes of a maintainer's yes
    "draft-made": Message(
        "A maintainer said yes: the change is drafted in #{number}.",
        "Next, a person compares it with the source. You need to do nothing, and will see here when it is on the site.",
    ),
    "draft-edited": Message(
        "A maintainer said yes, but the message was changed meanwhile, so nothing was made of it.",
        "Next, a maintainer reads it again, takes the label away and sets it anew; the author needs to do nothing.",
    ),
    "draft-changed": Message(
        "The request #{number} was changed after this draft was made.",
        "Compare the two. To have it drafted anew, close this draft, take the label away and set it again.",
    ),
    "draft-unready": Message(
        "A maintainer said yes, but no draft can be made of it yet: the answer above says what is missing.",
        "Next, the author changes the message, and a maintainer sets the label anew or writes the change.",
    ),
    "questions-open": Message(
        "Some questions in the description above are still open.", "Edit it to answer; a few words are enough:"
    ),
    "next-nothing": Message("**Next:** nothing needs to be done. A person closes this within {days} days."),
}
