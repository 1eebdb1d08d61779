"""The outcome of a request: a proposal, where one can be made, and the report."""

from __future__ import annotations

from dataclasses import dataclass

from netreg.contribute.reply.messages import Said
from netreg.contribute.reply.objections import entry_path
from netreg.contribute.reply.reply import Report, as_markdown, for_reviewer


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry as it would stand; ``id`` is derived, never taken from a request as it is."""

    id: str
    text: str
    is_new: bool

    @property
    def path(self) -> str:
        """The file, in the project."""
        return entry_path(self.id)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a request; ``proposal`` is None where something is missing or a person has to decide.

    ``role`` is how the sender writes: independent, member or secretariat; empty where that is not said.
    """

    form: str
    entry: str
    proposal: Proposal | None
    report: Report
    role: str = ""

    def as_markdown(self, days: int, *, by_mail: bool = False) -> str:
        """The report as a comment; a person answers within so many days."""
        return as_markdown(self.report, days, by_mail=by_mail)

    def for_reviewer(self) -> str:
        """What the request says and a proposal does not hold: in which role, what is left to do, and other words."""
        return for_reviewer(self.report, self.role)

    def as_object(self, days: int, *, by_mail: bool = False) -> dict[str, object]:
        """All of it as plain data."""
        report, proposal = self.report, self.proposal
        return {
            "form": self.form,
            "entry": self.entry,
            "ready": proposal is not None,
            "path": proposal.path if proposal else "",
            "new": proposal.is_new if proposal else False,
            "text": proposal.text if proposal else "",
            "understood": _texts([*report.understood, *report.sources]),
            "missing": _texts(report.missing),
            "seen_before": _texts(report.seen_before),
            "for_a_person": _texts(report.for_a_person),
            "left_over": [{"label": str(label), "text": text} for label, text in report.kept],
            "next": report.next_step(days, by_mail=by_mail).text,
        }


def _texts(said: list[Said]) -> list[str]:
    return [one.text for one in said]
