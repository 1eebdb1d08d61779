"""The page of one network: what its template shows beside the facts and their sources."""

from __future__ import annotations

from functools import cached_property

from netreg.core import dates
from netreg.core.schema import Term
from netreg.entry import Entry, Spot
from netreg.entry.criteria import is_closed
from netreg.model import Registry
from netreg.model.sheet import Sheet
from netreg.site.lineages import FamilyPicture, strip
from netreg.site.news import News
from netreg.site.page import Heading, Link, Page, to_root
from netreg.site.render import render
from netreg.site.settings import Settings
from netreg.site.ways import Desk

_SECTIONS = (
    ("lineage", "Lineage"),
    ("facts", "Facts"),
    ("names", "Other names"),
    ("legal-basis", "Legal basis"),
    ("relations", "Related bodies"),
    ("history", "History"),
    ("questions", "Open questions"),
    ("sources", "Sources"),
    ("changes", "Changes to this entry"),
    ("cite", "Cite and reuse"),
)


def entry_path(id_: str) -> str:
    """The address of a network's page below the root of the site."""
    return f"networks/{id_}/"


def correct_path(id_: str) -> str:
    """The address of the page on which a network's entry can be corrected."""
    return f"{entry_path(id_)}correct/"


def entry_page(registry: Registry, entry: Entry, settings: Settings, news: News) -> Page:
    """The page of one network, or of a withdrawn entry."""
    if entry.withdrawn:
        return _tombstone(registry, entry)
    path = entry_path(entry.id)
    view = NetworkView(registry, entry, settings)
    html = render(
        "network.html", view=view, entry=entry, settings=settings, root=to_root(path), log=news.log(entry), gap=news.gap
    )
    headings = tuple(Heading(anchor, title) for anchor, title in _SECTIONS if f'id="{anchor}"' in html)
    return Page(
        path,
        f"{entry.title} ({entry.acronym})" if entry.acronym not in ("", entry.title) else entry.title,
        html,
        description=str(entry.purpose.value) if entry.purpose else entry.name,
        headings=headings,
        aside=view.aside,
        edit=view.file,
        keywords=_keywords(entry),
    )


def _keywords(entry: Entry) -> tuple[str, ...]:
    """All names of a body, the numbers of the acts it rests on, and those under which registers know it."""
    names = [entry.name, entry.short_name, entry.acronym]
    others = [part for name in entry.other_names for part in (name.name, name.acronym)]
    acts = [part for act in entry.legal_basis for part in (act.title, act.document[1] if act.document else "")]
    numbers = [str(one.value) for one in entry.at("identifiers") or ()]
    return tuple(dict.fromkeys(filter(None, [*names, *others, *acts, *numbers])))


def _tombstone(registry: Registry, entry: Entry) -> Page:
    path = entry_path(entry.id)
    withdrawn = dict(entry.withdrawn or {})
    see = registry.entries.get(withdrawn.get("see", ""))
    html = render("withdrawn.html", entry=entry, withdrawn=withdrawn, see=see, root=to_root(path))
    return Page(path, entry.title, html, description=withdrawn["reason"], edit=f"registry/{entry.id}.yaml")


class NetworkView(Sheet):
    """The sheet of a network with what only a page has: the head, the citation, and where it can be corrected."""

    def __init__(self, registry: Registry, entry: Entry, settings: Settings) -> None:
        super().__init__(registry, entry)
        self.settings = settings
        self.file = f"registry/{entry.id}.yaml"
        self.edit = settings.edit_address(self.file)

    @property
    def form(self) -> Term | None:
        return self.registry.term("form", str(self.entry.form.value)) if self.entry.form else None

    @property
    def steps(self) -> int:
        return len(self.schema.terms("form"))

    @property
    def range(self) -> Term | None:
        return self.registry.term("range", str(self.entry.range.value)) if self.entry.range else None

    @property
    def lineage(self) -> FamilyPicture | None:
        """What it came out of, went on in, and what is part of what; None where no source tells."""
        return strip(self.registry, self.entry)

    @property
    def status_word(self) -> str:
        assert self.entry.status is not None
        return self.registry.term("status", str(self.entry.status.value)).title

    @property
    def status_age(self) -> str:
        """When it was last seen, and for what ended, when."""
        entry = self.entry
        assert entry.status is not None
        if is_closed(entry.status.value, self.schema):
            return dates.spoken(str(entry.ended.value), between=True) if entry.ended else ""
        seen = entry.evidence_of(entry.status)
        return f"last seen {dates.spoken(seen.text)}" if seen else "undated"

    @property
    def identifier(self) -> str:
        return self.settings.page_address(entry_path(self.entry.id)) or f"urn:netreg:{self.entry.id}"

    @property
    def citation(self) -> str:
        """How to cite the entry, with the day for which the ages on the page are told."""
        name = self.entry.name + (f" ({self.entry.acronym})" if self.entry.acronym else "")
        day = dates.spoken(self.registry.today.isoformat())
        return f"“{name}”, in: {self.settings.name}, {self.settings.publisher}, version of {day}, {self.identifier}."

    def answer(self, question: Spot) -> str:
        """Where an open question can be answered in a form; empty while there is none."""
        return self._desk.answer(question).form

    @cached_property
    def _desk(self) -> Desk:
        return Desk(self.entry, self.settings, self.schema)

    @property
    def aside(self) -> tuple[tuple[str, tuple[Link, ...]], ...]:
        correct = Link("Correct this entry", correct_path(self.entry.id))
        edit = (Link("Edit this entry", self.edit),) if self.edit else ()
        promise = Link(f"First answer within {self.settings.answer_days} days")
        page = entry_path(self.entry.id)
        use = (Link("Cite", f"{page}#cite"), Link("JSON", f"api/v1/networks/{self.entry.id}.json"))
        return (("Something wrong?", (correct, *edit, promise)), ("Use it", use))
