"""``netreg links``: what it asks, tells and remembers, against a server on the own machine."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.upkeep.servers import Server, local_web, serving, status, to

from netreg import __version__, cli
from netreg.commands import links
from netreg.site.settings import Settings
from netreg.upkeep.link_history import PLACE, LinkState, Seen

ENTRY = """name: Name of {id}
group: other-european
website: {{value: "{base}/{id}", sources: [one]}}
sources:
  - id: one
    title: One
    author: A
    kind: official-document
    url: "{base}/shared"
    language: en
    read: {{date: "2026-11-23", how: live}}
"""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on which each entry has its page; ``shared`` is cited by all."""
    answers = {"/shared": status(200), "/alive": status(200), "/gone": status(404), "/shy": status(403)}
    with serving({**answers, "/moved": to("/alive")}) as started:
        yield started


@pytest.fixture
def checkout(tmp_path: Path, project: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with four entries whose addresses lead to the server."""
    (tmp_path / "schema").symlink_to(project / "schema")
    (tmp_path / "registry").mkdir()
    (tmp_path / "docs" / "data").mkdir(parents=True)
    for id_ in ("alive", "gone", "shy", "moved"):
        text = ENTRY.format(id=id_, base=f"http://site.example:{server.port}")
        (tmp_path / "registry" / f"{id_}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(links, "web_for", lambda _settings, timeout: local_web(timeout))
    monkeypatch.setattr(links, "PAUSE", 0.0)
    return tmp_path


Run = Callable[..., str]


@pytest.fixture
def run(checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run it on a day; what it printed."""

    def start(*args: str, day: str = "2026-11-24") -> str:
        monkeypatch.setenv("NETREG_TODAY", day)
        assert cli.main(["links", *args]) == 0
        shown = capsys.readouterr()
        assert shown.err == ""
        return shown.out

    return start


def test_what_it_tells(run: Run, server: Server) -> None:
    """What fails, is blocked or has moved is told with its place; what is alive is counted."""
    base = f"http://site.example:{server.port}"
    assert run() == (
        "Failing, not yet dead: 3 failures over 21 days are needed\n"
        f"  {base}/gone\n"
        "    the server says 404, Not Found\n"
        "    gone (website)\n"
        "\n"
        "Blocked: no machine can tell, or none of ours may ask; only a person can look\n"
        f"  {base}/shy\n"
        "    the server says 403, Forbidden\n"
        "    shy (website)\n"
        "\n"
        "Moved: look at the new place, and correct the address\n"
        f"  {base}/moved\n"
        f"    now at {base}/alive\n"
        "    moved (website)\n"
        "\n"
        "Asked 5 of 5 addresses: 3 alive, 0 doubtful, 1 blocked, 1 failing, 0 of them dead.\n"
    )


def test_an_address_of_many_is_asked_once(run: Run, server: Server) -> None:
    """Four entries cite the same page."""
    run()
    assert server.asked.count("HEAD /shared") == 1


def test_dead_after_three_failures(run: Run, server: Server) -> None:
    """The third failure, three weeks after the first, makes it dead, and an archive is suggested."""
    run(day="2026-10-01")
    assert "0 of them dead" in run(day="2026-10-15")
    shown = run(day="2026-10-22")
    assert shown.startswith("Dead: open them once more, then look for the same text elsewhere\n")
    assert "the server says 404, Not Found; 3 failures since 1 October 2026\n" in shown
    archive = f"https://web.archive.org/web/2/http://site.example:{server.port}/gone"
    assert f"    A copy may lie at {archive}; nobody has looked.\n" in shown
    assert "1 failing, 1 of them dead" in shown


def test_the_history_is_written(run: Run, checkout: Path, server: Server) -> None:
    """What was seen is in the project's file, and running it again on the same day changes nothing."""
    run()
    text = (checkout / PLACE).read_text(encoding="utf-8")
    base = f"http://site.example:{server.port}"
    assert json.loads(text) == {
        f"{base}/alive": ["2026-11-24 alive 200"],
        f"{base}/gone": ["2026-11-24 dead 404"],
        f"{base}/moved": ["2026-11-24 alive 200"],
        f"{base}/shared": ["2026-11-24 alive 200"],
        f"{base}/shy": ["2026-11-24 blocked 403"],
    }
    run()
    assert (checkout / PLACE).read_text(encoding="utf-8") == text


def test_another_place_for_the_history(run: Run, checkout: Path) -> None:
    """Whoever only wants to look need not change the project."""
    run("--history", "other.json")
    assert (checkout / "other.json").is_file()
    assert not (checkout / PLACE).exists()


def test_only_some_entries(run: Run, checkout: Path) -> None:
    """The addresses of other entries are not asked, and what is known of them stays."""
    run()
    before = json.loads((checkout / PLACE).read_text(encoding="utf-8"))
    shown = run("shy", "gone", day="2026-11-25")
    assert "Asked 3 of 3 addresses" in shown
    after = json.loads((checkout / PLACE).read_text(encoding="utf-8"))
    assert {address: len(marks) for address, marks in after.items()} == {
        address: 1 if address.endswith(("/alive", "/moved")) else 2 for address in before
    }


def test_a_bound_on_the_number(run: Run) -> None:
    """The rest is told, and comes first next time."""
    assert "Asked 2 of 5 addresses" in (shown := run("--limit", "2"))
    assert shown.endswith("Not asked this time: 3; they come first next time.\n")
    data = json.loads(run("--limit", "3", "--json", day="2026-11-25"))
    assert [item["address"].rpartition("/")[2] for item in data["addresses"]] == ["moved", "shared", "shy"]


def test_as_data(run: Run, server: Server) -> None:
    """Each address with what was seen, who uses it and where a copy may lie."""
    data: dict[str, Any] = json.loads(run("--json"))
    assert (data["today"], data["asked"], data["left"]) == ("2026-11-24", 5, 0)
    base = f"http://site.example:{server.port}"
    assert data["addresses"][1] == {
        "address": f"{base}/gone",
        "outcome": "dead",
        "reason": "404",
        "says": "the server says 404, Not Found",
        "moved_to": "",
        "opened_by_person": None,
        "dead": False,
        "failures": 1,
        "failing_since": "2026-11-24",
        "used_by": [{"id": "gone", "source": None}],
        "archive_suggestion": f"https://web.archive.org/web/2/{base}/gone",
    }
    assert data["addresses"][3]["used_by"] == [
        {"id": id_, "source": "one"} for id_ in ("alive", "gone", "moved", "shy")
    ]


def test_a_machine_without_internet_makes_nothing_dead(
    checkout: Path, server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nobody answers at all nothing is remembered."""
    monkeypatch.setattr(links, "visit", lambda *_args: Seen(LinkState.DEAD, "dns"))
    assert cli.main(["links"]) == 2
    assert "none of 5 addresses answered" in capsys.readouterr().err
    assert not (checkout / PLACE).exists()


def test_a_refusal_of_ours_is_no_answer(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One address that we do not ask does not make the silence of all others one of theirs."""
    reasons = {True: Seen(LinkState.BLOCKED, "private"), False: Seen(LinkState.DEAD, "dns")}
    monkeypatch.setattr(links, "visit", lambda address, *_more: reasons[address.endswith("/shared")])
    assert cli.main(["links"]) == 2
    assert "none of 5 addresses answered" in capsys.readouterr().err
    assert not (checkout / PLACE).exists()


def _opened(checkout: Path, id_: str, day: str, *, by_reader: bool = False) -> None:
    """Note that a person, or a reader, opened the source of an entry, which turns machines away."""
    path = checkout / "registry" / f"{id_}.yaml"
    text = path.read_text(encoding="utf-8").replace("/shared", f"/{id_}")
    noted = f'    opened_by_person: "{day}"\n'
    if by_reader:
        text, noted = re.sub("read: .*", f'read: {{date: "{day}", how: live, by: reader, request: 12}}', text), ""
    path.write_text(f"{text}{noted}", encoding="utf-8")


@pytest.mark.parametrize("by_reader", [False, True])
def test_what_a_person_opened_is_not_told_for_a_year(run: Run, checkout: Path, by_reader: bool) -> None:
    """An address that turns machines away is left out of the list while somebody's word on it is new."""
    _opened(checkout, "shy", "2026-11-01", by_reader=by_reader)
    shown = run()
    assert "Blocked" not in shown
    assert shown.endswith("Not told, since a person opened them within a year: 1.\n")
    assert {item["opened_by_person"] for item in json.loads(run("--json"))["addresses"]} == {None, "2026-11-01"}
    assert "Blocked" in run(day="2027-11-10")


def test_what_a_person_opened_was_alive_on_that_day(run: Run, checkout: Path) -> None:
    """Failures before that day count no more, those after it do."""
    _opened(checkout, "gone", "2026-10-20")
    assert "0 of them dead" in [run(day=day) for day in ("2026-10-01", "2026-10-15", "2026-10-22")][-1]
    assert "1 of them dead" in [run(day=day) for day in ("2026-11-03", "2026-11-20")][-1]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["alvie"], 'there is no entry "alvie". Did you mean "alive"?'),
        (["\033[31m"], 'there is no entry "�[31m".'),
    ],
)
def test_an_unknown_entry(
    args: list[str], words: str, checkout: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is asked for an entry that is none."""
    assert cli.main(["links", *args]) == 2
    assert words in capsys.readouterr().err
    assert server.requests == []


@pytest.mark.parametrize(
    "args",
    [
        ["--limit", "0"],
        ["--limit", "x"],
        ["--timeout", "0"],
        ["--timeout", "nan"],
        ["--timeout", "1e9"],
        ["--minutes", "-1"],
    ],
)
def test_bounds_are_numbers(args: list[str], checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A bound that is none is refused with what it may be."""
    with pytest.raises(SystemExit) as stopped:
        cli.main(["links", *args])
    assert stopped.value.code == 2
    assert "is no number" in capsys.readouterr().err


def test_who_asks() -> None:
    """Servers learn the name of the tool, and the page that tells about it once there is a site."""
    name = f"netreg/{__version__} (link check of a registry of police networks"
    assert links.web_for(Settings(), 7).agent == f"{name})"
    web = links.web_for(Settings(site_url="https://reg.example/"), 7)
    assert (web.agent, web.timeout) == (f"{name}; +https://reg.example/upkeep/)", 7)
    assert links.web_for(Settings(site_url="https://r.example/\r\nX: y/"), 7).agent.isprintable()
    assert links.web_for(Settings(site_url="https://köln.example/"), 7).agent == f"{name})"
