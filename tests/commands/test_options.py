"""What is read without argparse is read as argparse reads it."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from netreg.commands.options import Options, parser

Settings = dict[str, dict[str, Any]]
SETTINGS: Settings = {
    "base": {},
    "head": {"nargs": "?"},
    "--format": {"choices": ("text", "json"), "default": "text"},
    "--json": {"dest": "format", "action": "store_const", "const": "json"},
    "--files-at": {"default": ""},
    "--remarks": {"action": "store_true"},
}
WORDS = ("a", "json", "--format", "--json", "--files-at", "--remarks", "-1")
LINES = [
    *([*first, *line] for first in ([], ["a"]) for length in range(3) for line in product(WORDS, repeat=length)),
    *(["a", "--format=json"], ["a", "--", "-b"], ["a", "--form", "json"], ["", "b"], ["a", "--files-at", ""]),
]


def _read(line: list[str], settings: Settings, *, plainly: bool) -> dict[str, object] | str:
    """What is told, or that it is refused."""
    made = Options("x", "") if plainly else parser("x", "")
    for name, said in settings.items():
        made.add_argument(name, **said)
    try:
        return vars(made.parse_args(line))
    except SystemExit:
        return "refused"


@pytest.mark.parametrize("settings", [SETTINGS, {"paths": {"nargs": "*"}, **dict(list(SETTINGS.items())[2:])}])
def test_plain_words_are_read_as_argparse_reads_them(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """Every line of a few words gives the same values, or the same refusal in the same words."""
    for line in LINES:
        both = [(_read(line, settings, plainly=plainly), capsys.readouterr().err) for plainly in (True, False)]
        assert both[0] == both[1], line


def test_most_lines_need_no_argparse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain words, with options before or behind them, are read where argparse cannot be had."""
    monkeypatch.delattr("netreg.commands.options.parser")
    lines = (["a"], ["a", "b", "--json"], ["--format", "json", "a", "b"], ["--remarks", "--files-at", "c", "a"])
    assert [_read(line, SETTINGS, plainly=True) for line in lines] == [
        {"base": "a", "head": head, "format": form, "files_at": at, "remarks": remarks}
        for head, form, at, remarks in (
            (None, "text", "", False),
            ("b", "json", "", False),
            ("b", "json", "", False),
            (None, "text", "c", True),
        )
    ]
