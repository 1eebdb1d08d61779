"""Which questions of a template a description leaves open."""

from __future__ import annotations

import pytest

from netreg.host.comment import left_empty

DEFAULT = "Thank you.\n\n### What?\n\n### Where?\n\n- [ ] A page\n\n### You?\n"
OTHER = "### Which?\n\n### When?\n"


@pytest.mark.parametrize(
    ("body", "open_"),
    [
        ("", ["What?", "Where?", "You?"]),
        ("Just some words.", ["What?", "Where?", "You?"]),
        (DEFAULT, ["What?", "Where?", "You?"]),
        ("### What?\r\n\r\nThis.\r\n\r\n### Where?\r\n\r\n- [ ] A page\r\n", ["Where?", "You?"]),
        ("### What?\nThis\n### Where?\n- [x] A page\n### You?\nA member", []),
        ("### What?\n<!-- this\n### You?\nme -->\n", ["What?", "Where?", "You?"]),
        ("### What?\n<!-- never closed\n### You?\nme\n", ["What?", "Where?", "You?"]),
        ("### What?\n\n### What?\nThis\n", ["Where?", "You?"]),
        ("### Which?\nThat\n", ["When?"]),
        ("### What?   ###\nThis\n### Mine?\nNot asked\n", ["Where?", "You?"]),
        (f"### What?{' ' * 290}\nThis\n", ["Where?", "You?"]),
        (f"### What?{' ' * 300}\nThis\n", ["What?", "Where?", "You?"]),
    ],
)
def test_what_is_left_open_is_named(body: str, open_: list[str]) -> None:
    """A section that is missing, blank, hidden, or still the template's own counts as open."""
    assert left_empty([DEFAULT, OTHER], body) == open_


def test_without_templates_nothing_is_asked() -> None:
    """And a very long body takes no longer than a short one."""
    assert left_empty([], "x") == []
    assert left_empty([DEFAULT], "<!--" * 100_000 + "#" * 100_000) == ["What?", "Where?", "You?"]
