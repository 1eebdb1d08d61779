"""Syntax: files that cannot, or must not, be read. The reader finds these; here they become findings."""

from __future__ import annotations

from collections.abc import Iterator

from netreg.check.rule import Check, Context, Hit, Subject, rule
from netreg.core.finding import Place

_RULES = {
    "yaml-syntax": (
        "The file is not readable as YAML.",
        (
            "A file that cannot be read cannot be checked or published. Most often a text holds a colon, a comma or a "
            "quote and stands without quotes around it."
        ),
        'Look at the place shown; put texts with : , # or quotes in them in double quotes: "like this".',
    ),
    "duplicate-key": (
        "A key stands twice in the same block.",
        "YAML readers silently keep one of the two values and drop the other, so a fact would be lost unseen.",
        "Keep one; where both are true, put the second under other.",
    ),
    "anchor-or-alias": (
        "A YAML anchor or alias is used.",
        (
            "Text that stands for text elsewhere hides from a reviewer what a change does, and can be made to grow "
            "without end."
        ),
        "Write the value out where it is needed; a text that begins with & or * needs quotes.",
    ),
    "tag": (
        "A YAML tag is used.",
        (
            "Tags ask the reader to make something else of a value, in the worst case to run code. They are never "
            "followed here."
        ),
        "Delete the word that begins with an exclamation mark, or quote the text it begins.",
    ),
    "several-documents": (
        "The file holds more than one YAML document.",
        "One file is one entry; what follows a line of three hyphens would be lost.",
        "Move the second part to a file of its own, or delete the line of three hyphens.",
    ),
    "encoding": (
        "The file is not plain UTF-8.",
        "Files saved in another encoding turn names such as Türkiye into other signs on other machines.",
        "Save the file again as UTF-8 without a byte order mark; editors offer it as Save with encoding.",
    ),
    "control-character": (
        "The file holds an invisible control character.",
        "Invisible characters come with pasted text and break searching, comparing and line numbers.",
        "Delete it; typing the word anew is the easiest way.",
    ),
    "too-large": (
        "The file is too large.",
        "The longest entries have 20,000 characters; a file of another order of size is a mistake or an attack.",
        "Shorten it; a long document belongs behind a link in sources.",
    ),
    "too-deep": (
        "The file is nested too deeply.",
        "No entry needs more than eight levels; endless nesting is a way to make a reader fall over.",
        "Compare the structure with another entry.",
    ),
}
"""What the reader may find, by the id under which it reports it: summary, reason and fix."""


def _reported(id_: str) -> Check:
    def run(subject: Subject, _context: Context) -> Iterator[Hit]:
        for problem in subject.document.problems:
            if problem.rule == id_:
                end = problem.column + problem.width
                yield Hit(Place(subject.document.path, problem.line, problem.column, end), problem.message, problem.fix)

    return run


for _id, (_summary, _reason, _fix) in _RULES.items():
    rule(_id, summary=_summary, reason=_reason, fix=_fix)(_reported(_id))
