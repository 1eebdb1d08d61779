"""Syntax: files that cannot, or must not, be read. The reader finds these; here they become findings."""

from __future__ import annotations

from collections.abc import Iterator

from netreg.check.rule import Hit, rule
from netreg.check.subject import Context, Subject
from netreg.core.finding import Place


def _problems(subject: Subject, id_: str) -> Iterator[Hit]:
    for problem in subject.document.problems:
        if problem.rule == id_:
            end = problem.column + problem.width
            yield Hit(Place(subject.document.path, problem.line, problem.column, end), problem.message, problem.fix)


@rule(
    "yaml-syntax",
    summary="The file is not readable as YAML.",
    reason="A file that cannot be read cannot be checked or published. Most often a text holds a colon, a comma or a "
    "quote and stands without quotes around it.",
    fix='Look at the place shown; put texts with : , # or quotes in them in double quotes: "like this".',
)
def yaml_syntax(subject: Subject, _context: Context) -> Iterator[Hit]:
    return _problems(subject, "yaml-syntax")


@rule(
    "duplicate-key",
    summary="A key stands twice in the same block.",
    reason="YAML readers silently keep one of the two values and drop the other, so a fact would be lost unseen.",
    fix="Keep one; where both are true, put the second under other.",
)
def duplicate_key(subject: Subject, _context: Context) -> Iterator[Hit]:
    return _problems(subject, "duplicate-key")


@rule(
    "anchor-or-alias",
    summary="A YAML anchor or alias is used.",
    reason="Text that stands for text elsewhere hides from a reviewer what a change does, and can be made to grow "
    "without end.",
    fix="Write the value out where it is needed; a text that begins with & or * needs quotes.",
)
def anchor_or_alias(subject: Subject, _context: Context) -> Iterator[Hit]:
    return _problems(subject, "anchor-or-alias")


@rule(
    "tag",
    summary="A YAML tag is used.",
    reason="Tags ask the reader to make something else of a value, in the worst case to run code. They are never "
    "followed here.",
    fix="Delete the word that begins with an exclamation mark, or quote the text it begins.",
)
def tag(subject: Subject, _context: Context) -> Iterator[Hit]:
    return _problems(subject, "tag")


@rule(
    "several-documents",
    summary="The file holds more than one YAML document.",
    reason="One file is one entry; what follows a line of three hyphens would be lost.",
    fix="Move the second part to a file of its own, or delete the line of three hyphens.",
)
def several_documents(subject: Subject, _context: Context) -> Iterator[Hit]:
    return _problems(subject, "several-documents")


@rule(
    "encoding",
    summary="The file is not plain UTF-8.",
    reason="Files saved in another encoding turn names such as Türkiye into other signs on other machines.",
    fix="Save the file again as UTF-8 without a byte order mark; editors offer it as Save with encoding.",
)
def encoding(subject: Subject, _context: Context) -> Iterator[Hit]:
    return _problems(subject, "encoding")


@rule(
    "control-character",
    summary="The file holds an invisible control character.",
    reason="Invisible characters come with pasted text and break searching, comparing and line numbers.",
    fix="Delete it; typing the word anew is the easiest way.",
)
def control_character(subject: Subject, _context: Context) -> Iterator[Hit]:
    return _problems(subject, "control-character")


@rule(
    "too-large",
    summary="The file is too large.",
    reason="The longest entries have 20,000 characters; a file of another order of size is a mistake or an attack.",
    fix="Shorten it; a long document belongs behind a link in sources.",
)
def too_large(subject: Subject, _context: Context) -> Iterator[Hit]:
    return _problems(subject, "too-large")


@rule(
    "too-deep",
    summary="The file is nested too deeply.",
    reason="No entry needs more than eight levels; endless nesting is a way to make a reader fall over.",
    fix="Compare the structure with another entry.",
)
def too_deep(subject: Subject, _context: Context) -> Iterator[Hit]:
    return _problems(subject, "too-deep")
