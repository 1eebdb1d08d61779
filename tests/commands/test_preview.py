"""Preview: the page of one entry at once, which is the page that a build makes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from netreg import cli
from netreg.core.load import read_folder
from netreg.core.schema import read_schema
from netreg.entry.country_sets import read_country_sets
from netreg.model import build_registry
from netreg.review.history import History
from netreg.site.entry_page import entry_page
from netreg.site.news import News
from netreg.site.settings import Settings

Out = pytest.CaptureFixture[str]


def previewed(capsys: Out, wanted: str) -> str:
    """What the command writes."""
    assert cli.main(["preview", wanted]) == 0
    return Path(capsys.readouterr().out.strip()).read_text(encoding="utf-8")


def test_it_is_the_page_of_the_site(invented: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though only what lies near an entry is read, each page is the one that the whole registry gives."""
    registry = build_registry(
        read_folder(invented), read_schema(invented), date(2026, 11, 23), read_country_sets(invented)
    )
    monkeypatch.delattr("netreg.commands.reading.read_documents")  # the whole is never fallen back on
    for entry in registry.entries.values():
        page = entry_page(registry, entry, Settings(), News(registry, History()))
        assert page.html in previewed(capsys, entry.id), entry.id


def test_it_is_read_as_the_file_stands(invented: Path, capsys: Out) -> None:
    """A path will do for an id, an edit shows at once, broken files elsewhere do no harm, and the looks are there."""
    file = invented / "registry" / "bellpol.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Forces of five states", "Six <forces>"), encoding="utf-8")
    (invented / "registry" / "broken.yaml").write_text("{", encoding="utf-8")
    html = previewed(capsys, "registry/bellpol.yaml")
    assert "Six &lt;forces&gt; found it." in html
    sheets = [part.partition('"')[0] for part in html.split('rel="stylesheet" href="')[1:]]
    assert any(sheet.endswith("/netreg.css") for sheet in sheets)
    assert all(Path(sheet.removeprefix("file://")).is_file() for sheet in sheets)


def test_what_has_no_page(invented: Path, capsys: Out) -> None:
    """An unknown id gets the nearest one, an entry that cannot be read the way to what is wrong; nothing is written."""
    assert cli.main(["preview", "belpol"]) == 2
    assert 'there is no entry "belpol". Did you mean "bellpol"?' in capsys.readouterr().err
    (invented / "registry" / "bellpol.yaml").write_text("name: [", encoding="utf-8")
    assert cli.main(["preview", "bellpol"]) == 2
    assert "See netreg check" in capsys.readouterr().err
    assert not (invented / ".cache").exists()
