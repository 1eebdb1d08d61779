"""Words and names: which of them are the same, and which is the nearest."""

from __future__ import annotations

import pytest

from netreg.core.names import initials_fit, letters, name_key, normal_form, word_key
from netreg.core.nearest import did_you_mean, listed, nearest, quoted


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
        ("Task Force", "Taskforce"),
        ("Łódź Straße Circle", "lodz strasse circle"),
    ],
)
def test_names_are_compared_whatever_their_spelling(one: str, other: str) -> None:
    """Accents, small words, hyphens and British spelling make no second body."""
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Cross-border Police", "Crossborder Police", True),
        ("Cross-border Police", "Cross border police", True),
        ("Coast Guard Forum", "Coastguard Forum", True),
        ("Harbour Police Network", "Harbour Police Networks", False),
        ("Police Harbour Network", "Harbour Police Network", False),
        ("of the", "OF THE", True),
    ],
)
def test_it_makes_no_difference_how_words_are_joined(one: str, other: str, same: bool) -> None:
    """Hyphens and spaces between words make no second name; a plural or another order is left to the key of words."""
    assert (name_key(one) == name_key(other)) is same


def test_letters_of_an_acronym() -> None:
    """Case, accents, dots and hyphens make no other acronym, and its small words count."""
    assert letters("e-MOBIDIG") == letters("eMobidig")
    assert letters("R.É.P.") == "rep"
    assert letters("LA") == "la"


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
