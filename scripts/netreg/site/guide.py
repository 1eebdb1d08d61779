"""The guide's pictures: one invented request on its way, drawn by the code that does the same with a real one.

Nothing in them is typed in by hand: the form comes from the schema, the answer from intake, the comment from review. So
they cannot grow old, and they have the reader's colours and size of type.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from netreg.check import Context
from netreg.contribute.form import Form, FormField, all_forms
from netreg.contribute.intake import Base, Outcome, Request, intake
from netreg.contribute.read.body import Answers, parse_body
from netreg.core.load import parse_document
from netreg.core.schema import Schema
from netreg.review.as_markdown import as_markdown
from netreg.review.collect import changes_of
from netreg.review.overview import review
from netreg.review.revisions import Pair
from netreg.review.words import Words
from netreg.site.page import render

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

FOLDER = "docs/data/example"
_ENTRY, _REQUEST = "enrp.yaml", "request.md"
_SENT = Request(12, date(2026, 5, 18))


@dataclass(frozen=True)
class Asked:
    """A field of the form as the picture shows it, with its answer."""

    field: FormField
    help: str
    answer: str
    ticked: tuple[str, ...]


@dataclass(frozen=True)
class Example:
    """The invented entry and the request to correct it."""

    entry: str
    request: str
    schema: Schema
    answer_days: int

    @cached_property
    def _answers(self) -> Answers:
        return parse_body(self.request, all_forms(self.schema))

    @cached_property
    def _base(self) -> Base:
        document = parse_document("registry/enrp.yaml", self.entry.encode("utf-8"))
        return Base([document], Context(self.schema, _SENT.sent))

    @cached_property
    def _outcome(self) -> Outcome:
        return intake(self.request, _SENT, self._base)

    @property
    def form(self) -> str:
        """The form filled in, as HTML; fields that stay empty are named below it."""
        form = self._answers.form
        if form is None:
            raise ValueError(f"{FOLDER}/{_REQUEST} was written with no form")
        shown = [asked for asked in map(self._asked, form.fields) if asked.answer or asked.ticked]
        empty = [field.label for field in form.fields if field not in [asked.field for asked in shown]]
        return _picture("form", f"The form “{form.name}”, filled in", form=form, shown=shown, empty=empty)

    def _asked(self, field: FormField) -> Asked:
        ticked = self._answers.chosen.get(field.id, ())
        said = self._answers.text(field.id)
        if field.kind == "dropdown":
            return Asked(field, _first_line(field.help), ", ".join(ticked), ())
        return Asked(field, _first_line(field.help), said, ticked)

    @property
    def answer(self) -> str:
        """The answer under the request, as HTML."""
        text = as_html(self._outcome.as_markdown(self.answer_days))
        return _picture("comment", "The answer, at once, under your message", text=text)

    @property
    def comment(self) -> str:
        """The comment that a maintainer decides by, as HTML."""
        proposal = self._outcome.proposal
        if proposal is None:
            raise ValueError(f"{FOLDER}/{_REQUEST} makes no draft")
        after = parse_document(proposal.path, proposal.text.encode("utf-8"))
        changes = tuple(changes_of(Pair(proposal.id, self._base.documents[0], after)))
        text = as_html(as_markdown(review(changes, Words(self.schema), ())))
        return _picture("comment", "What the maintainer sees", text=text)


def read_example(root: Path, schema: Schema, answer_days: int) -> Example:
    """The example of a project; a ValueError where the project lacks a part of it."""
    try:
        entry, request = ((root / FOLDER / name).read_text(encoding="utf-8") for name in (_ENTRY, _REQUEST))
    except OSError as error:
        raise ValueError(f"{FOLDER} cannot be read: {error.strerror}") from None
    return Example(entry, request, schema, answer_days)


def _first_line(text: str) -> str:
    """A help text without the criteria of the choices."""
    return text.partition("\n")[0]


def _picture(kind: str, caption: str, *, form: Form | None = None, **values: object) -> str:
    return render(f"picture_{kind}.html", caption=caption, form=form, **values)


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def as_html(text: str) -> Markup:
    """A comment as HTML; a heading of it becomes a paragraph, since the page around it has headings of its own."""
    tokens = _reader().parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "p"
    html: str = _reader().renderer.render(tokens, _reader().options, {})
    return Markup(html)
