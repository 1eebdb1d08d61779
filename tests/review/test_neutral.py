"""Neutral: words of strangers can be read, and do nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netreg.review.neutral import as_code, in_console, in_markdown, visible

STOP = "\u200b"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@octocat and @org/team", f"@{STOP}octocat and @{STOP}org/team"),
        ("#12, owner/repo#3, GH-7", f"#{STOP}12, owner/repo#{STOP}3, GH{STOP}-7"),
        ("https://evil.example www.evil.example", f"https:{STOP}//evil.example www{STOP}.evil.example"),
        ("mailto:a@b.example", f"mailto:{STOP}a@{STOP}b.example"),
        ("da39a3ee5e6b4b0d3255bfef95601890afd80709", f"da39a3{STOP}ee5e6b4b0d3255bfef95601890afd80709"),
        (":tada: at 12:30", f":{STOP}tada: at 12:30"),
        ("$x$", "&#36;x&#36;"),
        ("<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;"),
        ("[a](b) ![c](d) [^1]", "\\[a\\](b) !\\[c\\](d) \\[\\^1\\]"),
        ("*a* _b_ ~~c~~ `d` | \\", "\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\`d\\` \\| \\\\"),
        ("a\n# b\r\n- c", f"a #{STOP} b  - c"),
        ("a\u202eb\u200bc\x1b[0m", "a‹U+202E›b‹U+200B›c‹U+001B›\\[0m"),
    ],
)
def test_markdown_is_shown_and_not_obeyed(text: str, shown: str) -> None:
    """Mentions, references, links, pictures, HTML, formulas and structure become plain signs."""
    assert in_markdown(text) == shown


@given(st.text())
def test_nothing_in_markdown_is_left_to_act(text: str) -> None:
    """No text keeps a sign that opens a structure, a link or a tag, and none leaves its line."""
    shown = in_markdown(text)
    assert not re.search(r"[<>\n\r$]", shown)
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_~\[\]|^]", re.sub(r"\\\\", "", shown))
    assert not re.search(rf"@(?!{STOP})|(?<!&)#(?!{STOP})|://|www\.", shown)


@given(st.text())
def test_code_ends_where_it_ends(text: str) -> None:
    """A fence is longer than any run of backticks in it, and nothing invisible stands inside."""
    shown = as_code(text)
    fence = re.match("`+", shown)
    assert fence
    inside = shown[len(fence[0]) : -len(fence[0])]
    assert fence[0] not in re.findall("`+", inside)
    assert shown.isprintable()


@given(st.text())
def test_a_console_gets_one_printable_line(text: str) -> None:
    """Neither a terminal nor a build log finds anything in it to obey."""
    shown = in_console(text)
    assert shown.replace("\N{NO-BREAK SPACE}", " ").isprintable()
    assert " ::" not in shown
    assert "##[" not in shown


def test_what_can_be_seen_stays() -> None:
    """Letters of all scripts pass unchanged."""
    assert visible("Europol, Сеть, δίκτυο, Türkiye") == "Europol, Сеть, δίκτυο, Türkiye"
