"""How much of what strangers send is read: all up to each limit, and nothing beyond it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from tests.contribute.conftest import HERE
from tests.host.test_public import SHA, TODAY, Written
from tests.review.repository import Repository, entry

from netreg.check import Context
from netreg.contribute.intake import Base, Request, intake
from netreg.core.load import read_folder
from netreg.core.project import Project
from netreg.core.schema import Schema
from netreg.host.comment import Reviewed, left_empty, told
from netreg.host.gh import Host, issue_of
from netreg.host.propose import LABEL, Main, propose

ROOT = Path(__file__).resolve().parents[2]
LONGEST_BODY = 262_144
LONGEST_FILE = 262_144


class _Paged(Host):
    """A host with some items, which gives a hundred at once at most, whatever it is asked for."""

    items = 199

    def __setattr__(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)  # a host of the tests remembers

    def _ask(self, method: str, path: str, data: object) -> Any:
        self.asked = [*getattr(self, "asked", []), path]
        query = parse_qs(path.partition("?")[2])
        size, page = min(int(query["per_page"][0]), 100), int(query["page"][0])
        return list(range(self.items))[size * (page - 1) : size * page]


def test_a_list_comes_in_pages_as_large_as_the_host_gives() -> None:
    """Of 199 items all are found, and no question more is asked than they need."""
    host = _Paged("a/b")
    assert host.get_all("issues?state=open") == list(range(199))
    assert len(host.asked) == 2


def test_of_a_very_long_list_two_thousand_items_are_asked_for() -> None:
    """Nobody waits for the rest."""
    host = _Paged("a/b")
    host.items = 2_150
    assert host.get_all("issues") == list(range(2_000))


def test_a_description_is_read_up_to_its_limit() -> None:
    """An answer that ends at the last sign counts; one sign further on it is not seen."""
    head = "### What?\n"
    for before, open_ in ((LONGEST_BODY - len(head) - 1, []), (LONGEST_BODY - len(head), ["What?"])):
        assert left_empty([head], f"{'x' * (before - 1)}\n{head}y") == open_


def test_so_many_bytes_of_entries_are_read(tmp_path: Path) -> None:
    """Entries of 32 MiB are told one by one; with a byte more the whole is too large."""
    repository = Repository(tmp_path)
    (tmp_path / "schema").symlink_to(ROOT / "schema")
    main = repository.commit("2026-11-01T12:00:00Z", een=entry())
    for number in range(32 * 1024 * 1024 // LONGEST_FILE):
        (tmp_path / "registry" / f"e{number}.yaml").write_bytes(b"\xff" * LONGEST_FILE)
    full = repository.commit("2026-11-02T12:00:00Z")
    beyond = repository.commit("2026-11-03T12:00:00Z", one="#")
    repository.git("reset", "--hard", "--quiet", main)
    said = [told(Project(tmp_path, TODAY), head).text for head in (full, beyond)]
    assert ["too large to be told" in text for text in said] == [False, True]


def test_a_draft_tells_as_much_as_the_host_takes(schema: Schema) -> None:
    """A long review is cut so that the text of a draft has 65,000 signs, but for the six that are kept free."""
    body = (HERE / "bodies" / "correction-own-word.md").read_text(encoding="utf-8")
    raw = {"number": 12, "body": body, "created_at": "2026-11-24T10:00:00Z", "labels": [{"name": LABEL}]}
    host = Written(raw)
    outcome = intake(body, Request(12, TODAY), Base(read_folder(HERE), Context(schema, TODAY)))
    propose(
        host, issue_of(raw), outcome, lambda _ref: Reviewed("x" * 70_000, 0, changes_entries=True), Main("main", SHA)
    )
    (written,) = (json.loads(one.removeprefix("pulls ")) for one in host.all if one.startswith("pulls "))
    assert len(written["body"]) == 65_000 - 6
