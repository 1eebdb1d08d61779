"""The runner: stable order, one list, and no flood; and the words that rules share."""

from __future__ import annotations

import pytest

from netreg.check import Context, check
from netreg.check.cases import TODAY
from netreg.check.runner import MOST
from netreg.core.load import Document
from netreg.core.load.document import parse_document
from netreg.core.names import initials_fit, normal_form, word_key
from netreg.core.nearest import did_you_mean, listed, nearest, quoted
from netreg.core.schema import Schema


def _document(name: str, text: str) -> Document:
    return parse_document(f"registry/{name}.yaml", text.encode())


def test_findings_stand_in_the_order_of_the_files(schema: Schema) -> None:
    """Whatever the order of documents and rules, the report is the same."""
    documents = [_document(name, "name: [x]\nseat: y\n") for name in ("b", "a", "c")]
    found = check(documents, Context(schema, TODAY))
    assert found == check(documents[::-1], Context(schema, TODAY))
    assert [finding.place for finding in found] == sorted(finding.place for finding in found)


def test_no_finding_is_told_twice(schema: Schema) -> None:
    """One cause at one place is one finding."""
    found = check([_document("a", "group: x\n")], Context(schema, TODAY))
    assert len(found) == len(set(found))
    assert len([finding for finding in found if finding.rule == "missing-key"]) == 6


def test_a_rule_does_not_flood_the_report(schema: Schema) -> None:
    """Of one rule in one file so many findings are shown, and the last says that there may be more."""
    found = check([_document("a", "".join(f"k{number}: x\n" for number in range(100)))], Context(schema, TODAY))
    unknown = [finding for finding in found if finding.rule == "unknown-key"]
    assert len(unknown) == MOST
    assert unknown[-1].message.endswith("Any further findings of this rule in this file are left out.")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("actve", "active"),
        ("Active", "active"),
        ("“active”", "active"),
        ("crime prevention", "crime-prevention"),
        ("crime_prevention", "crime-prevention"),
        ("xyz", ""),
        ("", ""),
    ],
)
def test_the_nearest_word_is_found(wrong: str, right: str) -> None:
    """Case, hyphens and quotes make no difference, and a far word is not guessed."""
    assert nearest(wrong, ["active", "ended", "crime-prevention"]) == right
    assert did_you_mean(wrong, ["active", "ended", "crime-prevention"]) == (
        f' Did you mean "{right}"?' if right else ""
    )


def test_words_are_listed_and_quoted_as_people_do() -> None:
    """Lists end with "and", and a quotation stays on one line."""
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert quoted("a\n  b") == '"a b"'
    assert len(quoted("x" * 500)) == 62


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("European Crime Prevention Network", "european crime-prevention network"),
        ("Réseau des polices", "Reseau polices"),
        ("Network of Organised Crime", "Network on Organized Crime"),
        ("Co-operation Centre", "Cooperation Center"),
    ],
)
def test_names_are_compared_whatever_their_spelling(one: str, other: str) -> None:
    """Accents, small words, hyphens and British spelling make no second body."""
    assert normal_form(one) == normal_form(other)


def test_plurals_and_order_make_no_second_body() -> None:
    """The key of a name forgives an s and another order of words."""
    assert word_key("Network of Harbour Police") == word_key("Police Networks in the Harbour")
    assert word_key("Network of Harbour Police") != word_key("Network of Airport Police")


@pytest.mark.parametrize(
    ("acronym", "name", "fits"),
    [
        ("ENHP", "Example Network of Harbour Police", True),
        ("EHNP", "Example Network of Harbour Police", False),
        ("e-MOBIDIG", "European Union Mobile Identification Interoperability Group", True),
        ("CARIN", "Camden Assets Recovery Inter-agency Network", True),
        ("RÉP", "Réseau européen des polices", True),
        ("", "Anything", True),
        ("A" * 100, "A" * 100, False),
    ],
)
def test_an_acronym_is_made_of_beginnings(acronym: str, name: str, fits: bool) -> None:
    """Letters of an acronym are beginnings of words of the name, in order; words may be left out."""
    assert initials_fit(acronym, name) is fits
