"""Removal: a wish to take something out goes to a person, and nothing of it is repeated."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contribute.conftest import REQUEST, as_github_writes, form_of

from netreg.contribute.intake import Base, intake
from netreg.contribute.parse.values import asks_for_removal

WISHES = (
    "Please remove my name from your page.",
    "I want you to delete all personal data you hold.",
    "Could you take down this page?",
    "Remove me from the history.",
    "Under Art. 17 GDPR I object.",
    "I make use of my right to be forgotten.",
    "Please delete this sentence; it was never public.",
    "Bitte löschen Sie meinen Namen.",
    "Ich möchte, dass der Satz über mich entfernt und gestrichen wird.",
    "Hiermit mache ich mein Recht auf Löschung geltend.",
    "Nach Artikel 17 DSGVO verlange ich das.",
    "Veuillez supprimer mon nom de cette page.",
    "Merci de retirer cette phrase.",
    "Je demande l’application du droit à l'oubli.",
    "Por favor, eliminen mi nombre de la página.",
    "Solicito la supresión de mis datos personales.",
    "Ejerzo mi derecho de supresión.",
    "Vi prego di cancellare il mio nome.",
    "Per favore rimuovete questa frase.",
    "Esercito il diritto all'oblio.",
)
NONE = (
    "Please remove Denmark from the list; it left in 2020.",
    "Its experts on data protection meet twice a year.",
    "The network helps services delete illegal content.",
    "If you received this mail in error, please delete it and this information.",
    "Bitte streichen Sie Dänemark.",
    "La red elimina barreras entre las policías.",
    "Le réseau a supprimé son secrétariat en 2014.",
    "Il gruppo cancella i debiti.",
    "The secretariat was removed from Paris to Lyon.",
    "We have 31 members now, source: our letter.",
)


@pytest.mark.parametrize("words", WISHES)
def test_a_wish_is_known(words: str, base: Base) -> None:
    """In five languages, in a mail and in a form, and nothing of it stands in the answer."""
    body = as_github_writes(form_of("correction", base.schema), {"entry": "eucpn", "fact": "Seat", "right": words})
    for text in (f"Dear all,\n\n{words}\n\nJane Doe", body):
        outcome = intake(text, REQUEST, base)
        public = outcome.as_markdown(14) + str(outcome.as_object(14)) + outcome.for_reviewer()
        assert outcome.reply.is_private
        assert outcome.proposal is None
        assert words not in public
        assert "Jane" not in public
        assert "Correct a fact" not in public


@pytest.mark.parametrize(("form", "field"), [("same", "why"), ("source", "more"), ("feedback", "message")])
def test_a_wish_is_known_in_every_field_for_words(form: str, field: str, base: Base) -> None:
    """Wherever somebody writes in sentences, it is kept out of the answer."""
    outcome = intake(as_github_writes(form_of(form, base.schema), {"entry": "eucpn", field: WISHES[0]}), REQUEST, base)
    assert outcome.reply.is_private
    assert WISHES[0] not in outcome.as_markdown(14)


@pytest.mark.parametrize("words", NONE)
def test_other_words_are_no_wish(words: str) -> None:
    """What is said of a body, a country on a list, and the notice at the foot of a mail."""
    assert not asks_for_removal(words)


def test_a_wish_that_is_only_quoted_is_none(base: Base) -> None:
    """An older mail below speaks for itself."""
    text = "Thank you, all is well.\n\nOn 3 Nov 2026 at 10:00, R <r@example.org> wrote:\n> Please remove my name."
    assert not intake(text, replace(REQUEST, by_mail=True), base).reply.is_private


def test_the_answer_says_how_to_take_the_words_out(base: Base) -> None:
    """A public message can be edited and its older state deleted; a mail is answered in private."""
    outcome = intake(WISHES[0], REQUEST, base)
    shown = outcome.as_markdown(14, privacy="https://registry.example/about-you/")
    assert "delete the older state" in shown
    assert "https://registry.example/about-you/" in shown
    assert "14 days" in outcome.as_markdown(14, by_mail=True)


_LOCAL = st.text("abcdfghjklmnp", min_size=3, max_size=8)  # without e, i, o no function, as mail
_FIELDS = ("entry", "fact", "says", "right", "as_of", "source", "source_title", "source_author", "more")


@given(
    first=_LOCAL,
    last=_LOCAL,
    figures=st.integers(10**8, 10**9 - 1),
    field=st.sampled_from(_FIELDS),
    kind=st.integers(0, 4),
)
def test_no_secret_is_told_or_drafted(first: str, last: str, figures: int, field: str, kind: int, base: Base) -> None:
    """Of mailboxes, numbers, passwords, tokens and titled names, wherever they stand in a form of the host."""
    secret = f"{first}x{last}"
    words = (
        f"{secret}.{last}@example.org",
        f"+32 {figures}",
        f"https://admin:{secret}@eucpn.org/",
        f"https://eucpn.org/page?access_token={secret}",
        f"Dr. {first.title()} {secret.title()}",
    )[kind]
    given_ = {"entry": "eucpn", "fact": "Seat", "right": "In Malta", "source": "https://eucpn.org/x"}
    given_ |= {"source_kind": "Own words", "role": "Member", field: f"In Malta, {words}" if kind < 2 else words}
    outcome = intake(as_github_writes(form_of("correction", base.schema), given_), REQUEST, base)
    public = outcome.as_markdown(14) + outcome.for_reviewer() + str(outcome.as_object(14)) + outcome.entry
    assert outcome.proposal is None
    assert (str(figures) if kind == 1 else secret).casefold() not in public.casefold()
