"""Neutral: words of strangers can be read, and do nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netreg.core.escape import as_code, block, in_console, in_markdown, visible

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


@pytest.mark.parametrize("text", ["", "`", "``", "a`b``c", "x" * 500, "@a #1 <b> **c** [d](e)", "a\n\n# b", "``````"])
def test_code_stays_one_span(text: str) -> None:
    """Whatever ticks stand in it, they are fewer than those around it."""
    shown = as_code(text, 200)
    ticks = re.match("`+", shown)
    assert ticks
    inner = shown[len(ticks[0]) : -len(ticks[0])]
    assert shown.endswith(ticks[0])
    assert ticks[0] not in inner
    assert "\n" not in shown
    assert len(shown) < 210 + 2 * len(ticks[0])


@pytest.mark.parametrize("text", ["", "```\nx\n```", "~~~\n````", "::error::x", "> x", "\n\n", "x" * 50_000])
def test_a_block_stays_one_quotation(text: str) -> None:
    """Every line begins with our sign, and no fence inside ends it."""
    lines = block(text).split("\n")
    assert all(line.startswith(">") for line in lines)
    fence = lines[-1].removeprefix("> ")
    assert lines[0] == f"> {fence}text"
    assert not [line for line in lines[1:-1] if line.removeprefix("> ").startswith(fence)]
    assert len("\n".join(lines)) < 21_000


def test_every_sign_is_seen() -> None:
    """Letters of all languages stay; what nobody sees is named."""
    assert visible("Łódź Ελλάδα 警察 é\u0301 🙂\n") == "Łódź Ελλάδα 警察 é\u0301 🙂 "
    assert visible("a\x00b\u202ec\u200d\ue000") == "a‹U+0000›b‹U+202E›c‹U+200D›‹U+E000›"
