"""Misreadings: words that look like a value and mean something else are asked about, or left to a person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.contribute.conftest import REQUEST, as_github_writes, entry_in, form_of, keys_of

from netreg.contribute.form import copy_text
from netreg.contribute.intake import Base, Outcome, intake
from netreg.core.load import parse_document
from netreg.lists import Refusal

SENT = {"source": "https://eucpn.org/news", "source_kind": "Own words", "role": "Independent"}
Answers = dict[str, str]


def ask(form: str, base: Base, **answers: str) -> Outcome:
    """What becomes of a form that is filled in like this, and well in all other fields."""
    asked = form_of(form, base.schema)
    return intake(as_github_writes(asked, {"entry": "eucpn", **SENT, **answers}), REQUEST, base)


ASKED: list[tuple[Answers, str]] = [
    ({"fact": "Status", "right": "inactive"}, "choice"),
    ({"fact": "Range of participants", "right": "Not beyond Europe"}, "choice"),
    ({"fact": "Number (states)", "right": "about 27 states or so", "as_of": "2025"}, "unit"),
    ({"fact": "Number (states)", "right": "27 states, Denmark takes no part", "as_of": "2025"}, "unit"),
    ({"fact": "Number (states)", "right": "5 organisations", "as_of": "2025"}, "unit-other"),
    ({"fact": "Number (observers)", "right": "5 organisations", "as_of": "2025"}, "bracket"),
    ({"fact": "Seat (of the secretariat only)", "right": "Brussels"}, "bracket"),
    ({"fact": "Secretary (name)", "right": "Dr. Maria Muster"}, "fact"),
    ({"fact": "Budget (seat)", "right": "1.2 million euros"}, "fact"),
    ({"fact": "Seat", "right": "Paris", "as_of": "2015 to 2017"}, "moment"),
    ({"fact": "Number of observers", "right": "5", "as_of": "2025"}, "fact"),
    ({"fact": "The seat", "right": "Brussels"}, "fact"),
    ({"fact": "Status", "right": "still active"}, "choice"),
    ({"fact": "Number (states)", "right": "26 or 27 states", "as_of": "2025"}, "number"),
    ({"fact": "Number of members", "right": "27", "as_of": "2025"}, "unit"),
    ({"fact": "Who takes part", "right": "Customs"}, "list-part"),
    ({"fact": "Countries", "right": "No"}, "countries"),
    ({"fact": "Countries (guests)", "right": "Norway and Iceland"}, "bracket"),
    ({"fact": "Contact", "right": "Ask Jane Roe, she knows"}, "contact"),
    ({"fact": "Contact", "right": "https://eucpn.org/contact or https://eucpn.org/office"}, "contact"),
    ({"fact": "Established", "right": "1993 and 1995"}, "date"),
    ({"fact": "Website", "right": "https://eucpn.org (the new one)"}, "address"),
    ({"fact": "Seat", "right": "Brussels", "role": "not a member, just a researcher"}, "choice"),
    ({"fact": "Seat", "right": "Brussels", "role": "Former member (until 2019)"}, "choice"),
    ({"fact": "Seat", "right": "Brussels", "source": "annual report 2023/24"}, "source-two-ways"),
    ({"fact": "Seat", "right": "Brussels", "source_language": "UK"}, "language"),
    ({"entry": "https://www.europol.europa.eu/partners/eucpn", "fact": "Seat", "right": "Brussels"}, "entry-unknown"),
]

LEFT: list[tuple[Answers, str]] = [
    ({"fact": "Seat", "right": "please delete"}, "person-words"),
    ({"fact": "Seat", "right": "That is wrong, there is no seat anymore!"}, "person-words"),
    ({"fact": "Seat", "right": "None"}, "person-words"),
    ({"fact": "Seat", "right": "see the linked page"}, "person-words"),
    ({"fact": "Seat", "right": "Seat: Paris\nMembers: 27"}, "person-words"),
    ({"fact": "Description", "right": "73 members"}, "person-words"),
    (
        {
            "fact": "Description",
            "right": f"The last sentence is outdated; please add that {'it meets ' * 8}twice a year.",
        },
        "person-words",
    ),
    ({"fact": "Governance", "right": "There are six working groups, not five as you write"}, "person-words"),
    ({"fact": "Seat", "right": "should be Mainz"}, "person-words"),
    ({"fact": "Seat", "right": "Frankfurt, not Wiesbaden"}, "person-words"),
    ({"fact": "Seat", "right": "does not exist"}, "person-words"),
    ({"fact": "Acronym", "right": "ENFSI not ENSFI"}, "person-words"),
    ({"fact": "Name", "right": "rename to European Forensic Network"}, "person-words"),
    ({"fact": "Name", "right": "European Forensic Network since 2024"}, "person-words"),
    ({"fact": "Seat", "right": "Correct is Mainz, Germany"}, "person-words"),
    ({"fact": "Seat", "right": "dissolved in 2023"}, "person-words"),
    ({"fact": "Seat", "right": "Head: Jane Roe"}, "person-words"),
    ({"fact": "Seat", "right": "In Finland", "as_of": "since 2005"}, "person-order"),
    ({"fact": "Ended", "right": "2010"}, "person-status"),
    ({"fact": "Status", "right": "Ended", "as_of": "2015"}, "person-status"),
    ({"fact": "Acronym", "right": "PG (rarely used)"}, "person-words"),
    ({"fact": "Legal basis", "right": "Decision 2009/902/JHA"}, "person-list"),
    ({"fact": "Countries", "right": "Norway and Iceland"}, "person-list"),
    ({"fact": "Leadership", "right": "The Netherlands since 2024, before that Belgium"}, "person-list"),
    ({"fact": "Secretariat", "right": "At the Ministry of the Interior"}, "person-list"),
    ({"fact": "Identifiers", "right": "CORDIS 101052683"}, "person-list"),
]


def _named(case: tuple[Answers, str]) -> str:
    return " ".join(case[0].values())


@pytest.mark.parametrize(("answers", "key"), ASKED, ids=map(_named, ASKED))
def test_what_is_unclear_is_asked(answers: Answers, key: str, base: Base) -> None:
    """With one message that says what to do; there is no draft."""
    outcome = ask("correction", base, **answers)
    assert outcome.proposal is None
    assert key in {said.key for said in outcome.reply.missing}


@pytest.mark.parametrize(("answers", "key"), LEFT, ids=map(_named, LEFT))
def test_words_to_people_are_left_to_a_person(answers: Answers, key: str, base: Base) -> None:
    """Quoted whole; there is no draft, and nobody is asked for more."""
    outcome = ask("correction", base, **answers)
    assert outcome.proposal is None
    assert key in {said.key for said in outcome.reply.for_a_person}
    assert outcome.reply.missing == ()
    assert all(line in outcome.as_markdown(14) for line in answers["right"].split("\n"))


def test_a_person_is_no_value(base: Base) -> None:
    """The words are left to a person, and the name is told nowhere."""
    outcome = ask("correction", base, fact="Seat", right="Dr Maria Muster, BKA")
    assert "person-words" in keys_of(outcome)
    assert "[a name], BKA" in outcome.as_markdown(14)
    assert "Muster" not in outcome.as_markdown(14) + outcome.for_reviewer()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Is it still at work?", "No idea, I only know it moved once"),
        ("Is it still at work?", "None"),
        ("How far does membership reach?", "Not beyond Europe"),
        ("What did the evaluation of 2023 find?", "2019"),
    ],
)
def test_an_answer_that_is_no_value_is_left_to_a_person(question: str, answer: str, base: Base) -> None:
    """The question stays on the page."""
    outcome = ask("answer", base, question=question, answer=answer)
    assert outcome.proposal is None
    assert "person-answer" in keys_of(outcome)


def test_a_question_is_known_by_its_beginning(base: Base) -> None:
    """Who copies only the first words of a long question is understood."""
    outcome = ask("answer", base, question="How far does membership", answer="Wider Europe")
    assert entry_in(outcome)["participants"]["range"]["value"] == "wider-europe"


def test_a_number_answers_with_what_it_counts(base: Base) -> None:
    """A bare one is for a person, who reads what was asked for."""
    asked = _asking(base, "participants.counts", "How many states take part?")
    question = {"question": "How many states take part?", "as_of": "2025"}
    counts = entry_in(ask("answer", asked, **question, answer="27 countries"))["participants"]["counts"]
    assert [(claim["unit"], claim["value"]) for claim in counts] == [("states", 27), ("contact-points", 60)]
    assert "person-answer" in keys_of(ask("answer", asked, **question, answer="27"))


@pytest.mark.parametrize(
    ("about", "asked", "answer"),
    [
        ("participants.counts", "How many police authorities take part?", "25"),
        ("participants.counts", "On which days did two states leave?", "2014"),
        ("form", "Is it an association, and under which law?", "Association"),
        ("established", "When did it begin, and does it continue?", "2009"),
        ("status", "Which meetings followed that of 2019?", "Active"),
        ("participants.countries", "Has one state been excluded?", "No"),
        ("seat", "Since when is it in Brussels?", "2019"),
        ("participants.countries", "Which are the nine states? Three are known.", "Belgium, Malta, France"),
        ("participants.counts", "How many states and authorities take part?", "27 states"),
    ],
)
def test_half_an_answer_takes_no_question_off_the_page(about: str, asked: str, answer: str, base: Base) -> None:
    """A person works it in."""
    outcome = ask("answer", _asking(base, about, asked), question=asked, answer=answer, as_of="2025")
    assert outcome.proposal is None
    assert "person-answer" in keys_of(outcome)


@pytest.mark.parametrize("said", ["1. Is it still at work?", "“Is it still at work?”", "Question: is it still at work"])
def test_a_question_is_known_with_what_was_copied_around_it(said: str, base: Base) -> None:
    """A number, or quotation marks."""
    assert "ended" in entry_in(ask("answer", base, question=said, answer="December 2025"))


def _asking(base: Base, about: str, question: str) -> Base:
    """The registry with another question on the page."""
    asked = _with(base, "    text: Is it still at work?", f"    text: {question}")
    return _with(asked, "  - about: ended\n", f"  - about: {about}\n")


def _with(base: Base, old: str, new: str) -> Base:
    """The registry with other words in an entry."""
    text = base.subjects["eucpn"].document.text
    assert old in text
    changed = parse_document("registry/eucpn.yaml", text.replace(old, new).encode())
    return replace(base, documents=[changed, *(one for one in base.documents if one.id != "eucpn")])


# Values beside each other


def test_since_when_a_value_holds_is_its_beginning(base: Base) -> None:
    """Not the date of the evidence."""
    outcome = ask("correction", base, fact="Seat", right="In Finland", as_of="since 2024")
    claim = entry_in(outcome)["seat"]
    assert (claim["value"], claim["from"], claim.get("as_of")) == ("In Finland", "2024", None)


def test_an_old_value_beside_an_undated_one_is_for_a_person(base: Base) -> None:
    """Nothing tells which is the newer; one of today is taken."""
    asked = {"fact": "Website", "right": "https://crime-prevention.example"}
    assert "person-order" in keys_of(ask("correction", base, **asked, as_of="2010"))
    assert entry_in(ask("correction", base, **asked, as_of="2026"))["website"]["value"] == asked["right"]


def test_the_same_address_is_no_other_value(base: Base) -> None:
    """With or without www and the last slash."""
    website = entry_in(ask("correction", base, fact="Website", right="www.eucpn.org/"))["website"]
    assert (website["value"], website.get("other")) == ("https://eucpn.org", None)
    assert "person-order" not in keys_of(
        ask("correction", base, fact="Website", right="https://eucpn.org", as_of="2010")
    )


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("Some other words (roadpol)", "understood-first"),
        ("EUCPN and European Crime Prevention Network", "entry-unsure"),
        ("EUCPN and ENFSI", "entry-two"),
    ],
)
def test_a_network_is_known_by_its_id_in_brackets(said: str, key: str, base: Base) -> None:
    """Behind whatever name; two names of one are not called two networks."""
    assert key in keys_of(ask("correction", base, entry=said, fact="Seat", right="In Malta"))


def test_a_bracket_that_somebody_added_is_no_quotation(base: Base) -> None:
    """Only the age that a page prints is passed over."""
    says = "In Belgium (but only until June, says the chair)"
    outcome = ask("correction", base, fact="Seat", says=says, right="In Malta", as_of="2026")
    assert says in outcome.for_reviewer()


@pytest.mark.parametrize("says", ["(" + "1" * 5000, "(1 " * 5000, "(as of " * 3000 + ")", "( " * 9000])
def test_a_quotation_that_is_made_to_be_slow_is_compared(says: str, base: Base) -> None:
    """Brackets that never end are looked at once."""
    assert "person-says" in keys_of(ask("correction", base, fact="Seat", says=says, right="In Malta"))


def test_what_the_page_says_is_never_refused(base: Base) -> None:
    """However it is worded: who repeats it with a source brings evidence."""
    for document in base.documents:
        text = document.root.string("summary", "value") if document.root else None
        if text and document.id == "eucpn":
            outcome = ask("correction", base, fact="Description", right=text)
            assert entry_in(outcome)["summary"]["value"].split() == text.split()
            assert "understood-more" in keys_of(outcome)


def test_a_value_that_stands_twice_is_for_a_person(base: Base) -> None:
    """Nothing tells which of the two was quoted."""
    twice = _with(base, 'value: "2009", sources', 'value: "2001-05-28", sources')
    outcome = ask("correction", twice, fact="Established", says="28 May 2001", right="29 May 2001")
    assert "person-order" in keys_of(outcome)


def test_since_when_a_body_is_dormant(base: Base) -> None:
    """Is taken by the form for what became of it, too."""
    assert entry_in(ask("status", base, change="Dormant", when="since 2026"))["status"]["from"] == "2026"


def test_a_remark_on_a_value_that_comes_forward_is_told(base: Base) -> None:
    """It may be untrue now."""
    outcome = ask("correction", base, fact="Established", right="2009")
    assert "person-remark" in keys_of(outcome)


def test_an_older_state_does_not_displace_a_newer_one(base: Base) -> None:
    """It stands beside it, and the answer says so."""
    outcome = ask("correction", base, fact="Seat", right="In Finland", as_of="2005")
    assert "understood-earlier" in keys_of(outcome)
    claim = entry_in(outcome)["seat"]
    assert claim["value"] == "In Belgium"
    assert [other["value"] for other in claim["other"]] == ["In Finland"]


def test_the_correction_of_a_value_beside_corrects_that_one(base: Base) -> None:
    """Who quotes the second value of the page does not mean the first."""
    says = "2009 (the year of the second decision)"
    outcome = ask("correction", base, fact="Established", says=says, right="30 November 2009")
    assert "understood-beside" in keys_of(outcome)
    claim = entry_in(outcome)["established"]
    assert claim["value"] == "2001-05-28"
    assert [other["value"] for other in claim["other"]] == ["2009", "2009-11-30"]


def test_a_quotation_that_is_not_on_the_page_is_told(base: Base) -> None:
    """Perhaps another fact or network is meant; the reviewer reads both."""
    outcome = ask("correction", base, fact="Seat", says="Strasbourg, says my boss", right="Brussels")
    assert "person-says" in keys_of(outcome)
    assert "Strasbourg, says my boss" in outcome.for_reviewer()
    told = ask("correction", base, fact="Seat", says="In Belgium (as of 2013)", right="In Malta")
    assert "person-says" not in keys_of(told)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("https://eucpn.org/news", "self-presentation"),
        ("CELEX 32009D0902", "official-document"),
        ("https://news.example.org/crime", None),
    ],
)
def test_whose_words_a_page_holds_is_asked_where_it_does_not_show(source: str, kind: str | None, base: Base) -> None:
    """The site of the body, and a register of documents, show it; of any other page nothing is believed."""
    outcome = ask("correction", base, fact="Seat", right="In Malta", as_of="2026", source=source, source_kind="")
    assert ("source-kind" in keys_of(outcome)) is (kind is None)
    assert kind is None or entry_in(outcome)["sources"][-1]["kind"] == kind


def test_what_was_understood_is_told_while_something_is_missing(base: Base) -> None:
    """Then the sender sees at once whether it is worth going on."""
    outcome = ask("correction", base, fact="Number", right="27 states", as_of="2025", source="")
    assert keys_of(outcome) >= {"understood-change", "source"}


# What becomes of a body


def test_the_sign_of_life_of_an_active_body_is_a_date_of_evidence(base: Base) -> None:
    """Not the day from which on it is active."""
    status = entry_in(ask("status", base, change="Active", when="June 2026"))["status"]
    assert (status["as_of"], status.get("from")) == ("2026-06", None)


def test_a_span_for_what_goes_on_is_asked_about(base: Base) -> None:
    """An entry has no place for it, so it is not called understood."""
    outcome = ask("status", base, change="Dormant", when="2020–2023")
    assert keys_of(outcome) >= {"moment", "understood-status"}
    assert "understood-when" not in keys_of(outcome)


def test_a_new_acronym_is_taken_from_the_brackets(base: Base) -> None:
    """The old one goes with the old name."""
    changed = entry_in(
        ask("status", base, change="Renamed", other="European Network for Prevention (ENP)", when="2026")
    )
    assert (changed["name"], changed["acronym"]) == ("European Network for Prevention", "ENP")
    former = next(name for name in changed["other_names"] if name["kind"] == "former")
    assert (former["name"], former["acronym"]) == ("European Crime Prevention Network", "EUCPN")


@pytest.mark.parametrize(
    ("old", "other", "keys"),
    [
        ("EUCPN", "European Safety Net (ESN)", {"understood-acronym"}),
        ("EUCPN", "European Safety Net (SAFE)", {"understood-acronym"}),
        ("EUCPN", "European Safety Net (EUCPN)", set()),
        ("EUCPN", "European Safety Net", {"person-acronym"}),
        ("", "European Safety Net (ESN)", {"understood-acronym"}),
        ("", "European Safety Net", set()),
    ],
)
def test_a_new_name_asks_whether_the_old_acronym_holds(old: str, other: str, keys: set[str], base: Base) -> None:
    """Where there is one, and the new name comes without one; the same one is no news."""
    known = _with(base, "acronym: EUCPN\n", f"acronym: {old}\n" if old else "")
    outcome = ask("status", known, change="Renamed", other=other)
    assert keys_of(outcome) & {"understood-acronym", "person-acronym"} == keys


@pytest.mark.parametrize(("change", "is_odd"), [("Active", True), ("Dormant", False), ("Ended", False)])
def test_what_ended_and_is_active_again_is_for_a_person(change: str, is_odd: bool, base: Base) -> None:
    """The day of its end stands in the entry; what sleeps or is no more needs nobody to look at that."""
    over = _with(base, "summary:\n", 'ended: {value: "2020", sources: [about]}\n\nsummary:\n')
    assert ("person-status" in keys_of(ask("status", over, change=change))) is is_odd


def test_an_acronym_alone_is_no_new_name(base: Base) -> None:
    """The full name is asked for."""
    assert "full-name" in keys_of(ask("status", base, change="Renamed", other="EULETS"))


@pytest.mark.parametrize(
    ("about", "value", "answers"),
    [
        ("status", "ended", {"change": "Ended"}),
        ("name", "Crime Prevention Europe", {"change": "Renamed", "other": "Crime Prevention Europe"}),
    ],
)
def test_a_refusal_holds_for_every_form(about: str, value: str, answers: Answers, base: Base) -> None:
    """What was refused as a correction is refused as a change of the body too."""
    refusal = Refusal("No source says so.", "2026-10-02", entry="eucpn", about=about, value=value)
    outcome = ask("status", replace(base, refused=(refusal,)), **answers)
    assert outcome.proposal is None
    assert outcome.reply.is_refused


def test_an_end_before_the_last_sign_of_life_is_for_a_person(base: Base) -> None:
    """The page saw it at work later."""
    outcome = ask("status", base, change="Ended", when="1999")
    assert outcome.proposal is None
    assert "person-order" in keys_of(outcome)


@pytest.mark.parametrize("when", ["15 December 2024", "December 2024", "2024"])
def test_an_end_that_may_follow_the_last_sign_of_life_is_drafted(when: str, base: Base) -> None:
    """The page saw it at work at some time of the same month."""
    outcome = ask("status", base, change="Ended", when=when)
    assert "person-order" not in keys_of(outcome)
    assert entry_in(outcome)["status"]["value"] == "ended"


@pytest.mark.parametrize(("known", "is_part"), [(5, False), (6, True)])
def test_a_list_that_leaves_out_most_is_asked_about(known: int, is_part: bool, base: Base) -> None:
    """Three of five countries are a shorter list; three of six may be the three that are to be added."""
    codes = ", ".join(["AT", "BE", "FR", "MT", "PL", "SE"][:known])
    counts = "  counts:\n    - {value: 25"
    with_list = _with(base, counts, f"  countries: [{{role: member, value: [{codes}], sources: [about]}}]\n{counts}")
    outcome = ask("correction", with_list, fact="Countries", right="Austria, Belgium, France")
    assert ("list-part" in keys_of(outcome)) is is_part


@pytest.mark.parametrize("other", ["European Roads Policing Network (ROADPOL)", "not renamed, only new logo"])
def test_nobody_takes_the_name_of_another_entry(other: str, base: Base) -> None:
    """Nor a remark for a name."""
    outcome = ask("status", base, change="Renamed", other=other)
    assert outcome.proposal is None
    assert outcome.reply.needs_a_person


def test_a_word_in_brackets_is_an_acronym_only_in_capitals(base: Base) -> None:
    """Other words in brackets belong to the name."""
    for other, name, acronym in (
        ("European Safety Net (ESn)", "European Safety Net", "ESn"),
        ("European Safety Net (Es)", "European Safety Net (Es)", "EUCPN"),
    ):
        entry = entry_in(ask("status", base, change="Renamed", other=other))
        assert (entry["name"], entry.get("acronym")) == (name, acronym)


@pytest.mark.parametrize(("words", "is_taken"), [(14, False), (15, True)])
def test_a_description_has_fifteen_words_at_least(words: int, is_taken: bool, base: Base) -> None:
    """Fewer are a remark on it, which a person reads."""
    right = " ".join(["Network", *["crime"] * (words - 2), "prevention."])
    outcome = ask("correction", base, fact="Description", right=right)
    assert (outcome.proposal is not None) is is_taken


def test_the_end_lies_somewhere_in_an_interval(base: Base) -> None:
    """It is one moment, which the answer says."""
    outcome = ask("status", base, change="Ended", when="2020/2022")
    assert "between 2020 and 2022" in outcome.as_markdown(14)


# Which network


@pytest.mark.parametrize(
    "said",
    [
        "EUCPN – European Crime Prevention Network",
        "EUCPN network",
        "https://eucpn.org",
        "https://registry.example/networks/eucpn/",
        "European Crime Prevention Network (EUCPN)",
    ],
)
def test_a_network_is_known_by_what_people_write(said: str, base: Base) -> None:
    """By parts of it, and by its site."""
    assert ask("correction", base, entry=said, fact="Seat", right="Brussels").entry == "eucpn"


def test_a_lookalike_needs_a_word_on_the_difference(base: Base) -> None:
    """Or a person: a new entry for what has one is the worst draft of all."""
    named = {"name": "Réseau européen de prévention de la criminalité", "acronym": "REPC", "summary": "A network."}
    assert ask("network", base, **named).reply.needs_a_person


def test_a_known_acronym_is_told(base: Base) -> None:
    """Under whatever name it comes."""
    named = {"name": "Forensic institutes united", "acronym": "ENFSI", "summary": "Institutes."}
    outcome = ask("network", base, **named)
    assert outcome.proposal is None
    assert "alike" in keys_of(outcome)
    assert ask("network", base, **named, more="A club of the same letters in another field.").proposal


# Sources


def test_words_around_a_source_are_kept(base: Base) -> None:
    """A page number helps whoever compares."""
    outcome = ask("correction", base, fact="Seat", right="Brussels", source="https://eucpn.org/a.pdf, p. 12")
    assert entry_in(outcome)["sources"][-1]["url"] == "https://eucpn.org/a.pdf"
    assert "> https://eucpn.org/a.pdf, p. 12" in outcome.for_reviewer()


def test_a_value_from_a_listed_source_tells_its_request(base: Base) -> None:
    """Where the schema has a place for that; with a new source it is the source that tells it."""
    given = {"fact": "Contact", "right": "https://eucpn.org/office"}
    known = entry_in(ask("correction", base, **given, source="https://www.eucpn.org/about/"))["contact"]
    new = entry_in(ask("correction", base, **given))
    assert known["request"] == REQUEST.number
    assert "request" not in new["contact"]
    assert new["sources"][-1]["request"] == REQUEST.number


def test_a_link_and_a_number_in_a_sentence_are_two_sources(base: Base) -> None:
    """Only where nothing stands between them are they one."""
    source = "https://eucpn.org/about-us ; compare the older list in 17559/11"
    sources = entry_in(ask("correction", base, fact="Seat", right="Brussels", source=source))["sources"]
    assert [("url" in one, "document" in one) for one in sources[-2:]] == [(True, False), (False, True)]


@pytest.mark.parametrize("source", ["https://www.eucpn.org/about/", "https://eucpn.org/x https://eucpn.org/y"])
def test_the_description_of_a_source_is_kept_where_it_goes_nowhere(source: str, base: Base) -> None:
    """Of one that is listed already, and of one among several."""
    given = {"source": source, "source_title": "Members’ page", "source_author": "The board"}
    outcome = ask("correction", base, fact="Seat", right="Brussels", **given)
    assert "> Members’ page" in outcome.for_reviewer()
    assert "> The board" in outcome.for_reviewer()


# By mail


def test_a_choice_behind_its_brackets_is_read(base: Base) -> None:
    """Who leaves the brackets of the text to copy and writes behind them has chosen."""
    given = {"entry": "eucpn", "fact": "Seat", "right": "Brussels", "source": "https://eucpn.org/x"}
    text = copy_text(form_of("correction", base.schema), given)
    text = text.replace("(Independent / Member / Secretariat)", "(Independent / Member / Secretariat) Member")
    text = text.replace("Statement to the registry)", "Statement to the registry) Own words")
    outcome = intake(text.replace("[ ]", "[x]"), replace(REQUEST, by_mail=True), base)
    assert (outcome.role, outcome.reply.missing) == ("member", ())


def test_links_below_an_answer_are_no_sources(base: Base) -> None:
    """A signature stands behind an empty line, whether or not it has a mark of its own."""
    lines = ["Network: eucpn", "Fact: Seat", "Right is: Brussels", "I write as: Member"]
    lines += ["Where others can read it: https://eucpn.org/x", "", "Kind regards", "https://social.example/in/roe"]
    outcome = intake("\n".join(lines), replace(REQUEST, by_mail=True), base)
    assert [source["url"] for source in entry_in(outcome)["sources"][-2:]] == [
        "https://www.eucpn.org/about/",
        "https://eucpn.org/x",
    ]
    assert "> https://social.example/in/roe" in outcome.for_reviewer()


def test_what_stands_below_a_choice_is_kept(base: Base) -> None:
    """A postscript is no part of the role, and a signature gives nobody one."""
    lines = ["Network: eucpn", "Fact: Seat", "Right is: Brussels", "Where others can read it: https://eucpn.org/x"]
    mail = replace(REQUEST, by_mail=True)
    outcome = intake("\n".join([*lines, "I write as: Member", "", "PS: the chair moved too."]), mail, base)
    assert outcome.proposal
    assert "> PS: the chair moved too." in outcome.for_reviewer()
    unsaid = intake("\n".join([*lines, "I write as:", "", "Jane Roe, Permanent Secretariat"]), mail, base)
    assert unsaid.proposal is None
    assert "choice" in keys_of(unsaid)


def test_lines_that_a_mail_program_broke_are_joined(base: Base) -> None:
    """Values, and the choices in brackets; a line that the sender ended stays one."""
    text = copy_text(form_of("correction", base.schema), {"entry": "eucpn", "fact": "Seat"})
    right = "At the Federal Ministry of the Interior of the Kingdom of\nBelgium in Brussels"
    text = text.replace("Right is:", f"Right is: {right}").replace("As of:", "As of: 2025")
    text = text.replace("can read it:", "can read it: https://eucpn.org/x").replace("[ ]", "[x]")
    text = text.replace("Statement to the registry)", "Statement to the\nregistry) Own words")
    text = text.replace("Secretariat)", "Secretariat) Member")
    outcome = intake(text, replace(REQUEST, by_mail=True), base)
    assert entry_in(outcome)["seat"]["value"] == right.replace("\n", " ")


def test_a_quoted_reply_is_read(base: Base) -> None:
    """Answers between the lines of our own text, with the signs that a mail program puts in front."""
    text = "> Network: eucpn\n> Fact: Seat\n> Right is: Brussels,\n> Belgium\n> I write as: Member\n"
    assert intake(text, replace(REQUEST, by_mail=True), base).reply.kept[0] == ("Seat", "Brussels,\nBelgium")


def test_one_of_two_entries_for_one_body_goes(base: Base) -> None:
    """It is drafted as withdrawn, with all that it says, and names the one that stays; a person does the rest."""
    outcome = ask("same", base, twin="enfsi", why="Both have the statute of 2004, https://a.example/statute")
    assert outcome.proposal
    assert outcome.proposal.path == "registry/enfsi.yaml"
    was, now = base.subjects["enfsi"].document.root, entry_in(outcome)
    reason = "It is a second entry for EUCPN."
    assert was
    assert now == was.plain() | {"entry": {"withdrawn": "2026-11-24", "reason": reason, "see": "eucpn"}}
    assert "person-same" in keys_of(outcome)
    assert "`https://a.example/statute`" in outcome.as_markdown(14)


@pytest.mark.parametrize(
    ("twin", "why", "key"),
    [
        ("enfsi", "Both have the statute of 2004.", "same-where"),
        ("enfsi", "", "field"),
        ("", "https://a.example/statute", "field"),
        ("eucpn", "https://a.example/statute", "same-one"),
        ("European Crime Prevention Network", "https://a.example/statute", "same-one"),
        ("eupcn", "https://a.example/statute", "entry-withdrawn"),
        ("some other network", "https://a.example/statute", "entry-unknown"),
        ("enfsi", "https://github.com/someone/registry/issues/12", "same-where"),
    ],
)
def test_no_entry_goes_without_evidence(twin: str, why: str, key: str, base: Base) -> None:
    """Nor where it is not clear which; what was said of it is kept."""
    outcome = ask("same", base, twin=twin, why=why)
    assert outcome.proposal is None
    assert key in {said.key for said in outcome.reply.missing}
    assert why in outcome.as_markdown(14)
