"""The colours of both schemes: enough contrast for tired eyes, and one palette in all its copies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

SHEET = Path("scripts/netreg/site/theme/assets/netreg/netreg.css")
SCHEMES = ("light", "dark")
READ = ("ink", "soft", "link")
"""Colours in which running text is set."""
MARKS = ("own", "official", "third", "statement", "invite", "group-a", "group-o", "group-c", "group-b")
"""Colours of marks, words before a footnote, and invitations."""

Palette = Mapping[str, str]


@pytest.fixture(scope="module")
def css(project: Path) -> str:
    """The style sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", (project / SHEET).read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.fixture(params=SCHEMES)
def palette(css: str, request: pytest.FixtureRequest) -> Palette:
    """The colours of one scheme by their names."""
    return colours(css)[SCHEMES.index(request.param)]


def colours(css: str) -> tuple[Palette, Palette]:
    """The colours of the light scheme and of the dark one; each is set once, for both."""
    pairs = re.findall(r"--reg-([a-z-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", css)
    assert len({name for name, _, _ in pairs}) == len(pairs) > 0
    return {name: light for name, light, _ in pairs}, {name: dark for name, _, dark in pairs}


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 to 21, as WCAG 2 counts it."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """How light a colour is, from 0 to 1."""
    digits = colour.removeprefix("#")
    assert len(digits) == 6, colour
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_how_contrast_is_counted() -> None:
    """Black on white has 21, and the grey that is known as the last to pass has a little more than 4.5."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", READ)
def test_text_is_easy_to_read(palette: Palette, name: str) -> None:
    """Running text, small print and links have a contrast of 7 to 1 on paper and on shaded ground."""
    assert contrast(palette[name], palette["paper"]) >= 7
    assert contrast(palette[name], palette["shade"]) >= 7


@pytest.mark.parametrize("name", MARKS)
def test_marks_are_easy_to_see(palette: Palette, name: str) -> None:
    """Words and numbers of footnotes, marks and invitations have at least 4.5 to 1 on both grounds."""
    assert contrast(palette[name], palette["paper"]) >= 4.5
    assert contrast(palette[name], palette["shade"]) >= 4.5


def test_groups_have_colours_of_their_own(palette: Palette) -> None:
    """No two groups share a colour, though none is told by colour alone."""
    groups = [palette[name] for name in MARKS if name.startswith("group-")]
    assert len(set(groups)) == len(groups) == 4


def test_a_rival_can_be_seen(palette: Palette) -> None:
    """The bar beside a rival value, and the line under what is not known, have 3 to 1, as what is no text must."""
    assert contrast(palette["rival"], palette["paper"]) >= 3


def test_no_colour_is_used_that_is_not_set(css: str) -> None:
    """Each name that the sheet uses is set, and no colour stands in it that has no name, but for paper."""
    used = set(re.findall(r"var\(--reg-([a-z-]+)", css))
    assert used <= set(re.findall(r"--reg-([a-z-]+):", css))
    rules = css.partition("@media print")[0]
    assert re.findall(r"(?<!light-dark\()(?<!, )#[0-9a-f]{3,6}\b(?![^{]*{)", rules) == []
