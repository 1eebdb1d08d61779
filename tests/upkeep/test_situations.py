"""Situations: what is said of an address and the answers behind it, with a web that is a table."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import pytest

from netreg.core.load import read_document
from netreg.upkeep.link_history import Answer
from netreg.upkeep.visit import Pace, visit
from netreg.upkeep.web import Failure, LinkTarget, is_public

_FILE = Path(__file__).with_name("situations.yaml")
_ROOT = read_document(_FILE, _FILE.name).root
assert _ROOT
SITUATIONS: dict[str, dict[str, Any]] = _ROOT.plain()


class Table:
    """A web of the answers in a table; of what it does not hold the answer is 404."""

    def __init__(self, answers: dict[str, Any], kind: str) -> None:
        self.answers, self.kind = answers, kind
        self.asked: list[str] = []

    def ask(self, method: str, target: LinkTarget) -> Answer:
        """What stands in the table; the body comes with the head alone where servers name no kind of text."""
        if target.host[:1].isdigit() and not is_public(target.host):
            raise Failure("private")
        address = f"{target.scheme}://{target.host_header}{target.path}"
        self.asked.append(f"{method} {address}")
        said = str(self.answers.get(f"{method} {address}", self.answers.get(address, 404)))
        number, _, to = said.partition(" ")
        if number.isdecimal() and (not to or number.startswith("3")):
            return Answer(int(number), {"location": to} if to else {})
        text = said if "<" in said else f"<html><head><title>{said}</title>"
        has_text = method == "GET" or not self.kind
        return Answer(200, {"content-type": self.kind} if self.kind else {}, text.encode() if has_text else b"")


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", ""])
@pytest.mark.parametrize("name", SITUATIONS)
def test_a_situation_is_told_as_what_it_is(name: str, kind: str) -> None:
    """Alive, doubtful, blocked or dead, with its reason and where it leads, by the head alone or by the text too."""
    case = SITUATIONS[name]
    web: Any = Table(case["web"], kind)
    seen = visit(case["ask"], web, Pace(0))
    assert (f"{seen.outcome} {seen.reason}", seen.moved_to) == (case["is"], case.get("leads", ""))
    assert len(web.asked) <= 6


def test_a_page_in_another_charset_is_read() -> None:
    """Bytes that are no UTF-8 hide no word around them."""
    web: Any = Table({}, "")
    page = html.unescape("<title>R&eacute;seau: this domain is for sale</title>").encode("latin-1")
    web.ask = lambda _method, _target: Answer(200, {}, page)
    assert visit("https://a.eu/x", web, Pace(0)).reason == "sale"
