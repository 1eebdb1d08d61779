"""Files outside the registry: named in the first line and as the first hint, whatever they are and become."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.commonmark import acting
from tests.review.repository import Repository, entry

from netreg.core.schema import Schema
from netreg.review.as_json import as_json
from netreg.review.as_markdown import LONGEST, as_markdown
from netreg.review.as_text import as_text
from netreg.review.outside import OutsideFile, Weight, seen_first
from netreg.review.overview import Review, review_of
from netreg.review.spans import plain

WHEN = "2026-11-02T12:00:00Z"
CODE = "it decides what runs, what is built or what the check asks for"
FILES = {
    ".github/workflows/check.yml": "on: pull_request\npermissions: {}\n",
    ".github/workflows/intake.yml": "permissions: {}\n",
    "mkdocs.yml": "site_name: Example\nplugins: []\n",
    "scripts/tool.py": "pass\n",
    "docs/data/coverage.yaml": """lists:
  - id: first-list
    title: First list
    names:
      - {name: European Example Network (EEN), id: een}
      - {name: Another Network (AN), id: an}
  - id: second-list
    title: Second list
    names:
      - {name: Another Network (AN), id: an}
""",
    "docs/data/refused.yaml": "refused: []\n",
    "docs/data/withheld.yaml": "withheld: []\n",
}


@pytest.fixture
def repository(tmp_path: Path, project: Path) -> Repository:
    """A small project, committed: two entries, workflows, code, lists and their schemas."""
    found = Repository(tmp_path / "checkout")
    shutil.copytree(project / "schema", found.root / "schema")
    for path, text in FILES.items():
        write(found, path, text)
    found.commit(WHEN, een=entry(), an=entry("Another Network", "AN"))
    return found


def write(repository: Repository, path: str, text: str) -> None:
    """Give any file a text."""
    file = repository.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def replace(repository: Repository, path: str, old: str, new: str) -> None:
    """Write something else in a file."""
    text = (repository.root / path).read_text("utf-8")
    assert old in text
    write(repository, path, text.replace(old, new))


def seen(repository: Repository, schema: Schema) -> Review:
    """What a reviewer gets of all that lies there, once it is committed."""
    repository.commit(WHEN)
    return review_of(repository.root, "HEAD~1", "HEAD", schema)


def lines(repository: Repository, schema: Schema) -> tuple[str, str]:
    """The first line of the comment and its first hint."""
    comment = as_markdown(seen(repository, schema)).split("\n")
    return comment[0].strip("*"), comment[3].removeprefix("- ")


def test_a_workflow_is_named_first(repository: Repository, schema: Schema) -> None:
    """More rights for a workflow are told in the first line and as the first hint, in text, Markdown and JSON."""
    replace(repository, ".github/workflows/check.yml", "{}", "write-all")
    found = seen(repository, schema)
    first = "No entry changes; 1 file outside the registry: .github/workflows/check.yml. 1 thing to look at."
    hint = f".github/workflows/check.yml: outside the registry; {CODE}"
    assert as_markdown(found).split("\n")[0] == f"**{first.replace('.github/workflows/check.yml', _CODE_SPAN)}**"
    assert " ".join(as_text(found).split()) == f"{first} Look at this first: {hint}"
    data = json.loads(as_json(found))
    assert data["outside"] == [{"path": ".github/workflows/check.yml", "became": "changed", "told": []}]
    assert [one["hint"] for one in data["hints"]] == ["outside-registry"]


_CODE_SPAN = "`.github/workflows/check.yml`"


def test_a_script_of_the_site_and_code(repository: Repository, schema: Schema) -> None:
    """What the site loads and what the tool does are told together."""
    replace(repository, "mkdocs.yml", "plugins", "extra_javascript: [https://evil.example/x.js]\nplugins")
    replace(repository, "scripts/tool.py", "pass", "import os")
    first, hint = lines(repository, schema)
    assert first.startswith("No entry changes; 2 files outside the registry: `mkdocs.yml` and `scripts/tool.py`.")
    assert hint == f"`mkdocs.yml` and `scripts/tool.py`: outside the registry; {CODE}"


def test_coverage_is_told_in_words(repository: Repository, schema: Schema) -> None:
    """A name taken off a list, and one that is given another entry."""
    replace(repository, "docs/data/coverage.yaml", "      - {name: European Example Network (EEN), id: een}\n", "")
    text = (repository.root / "docs/data/coverage.yaml").read_text("utf-8")
    write(repository, "docs/data/coverage.yaml", text.replace("(AN), id: an", "(AN), id: een", 1))
    first, hint = lines(repository, schema)
    assert "1 file outside the registry: `docs/data/coverage.yaml`" in first
    assert hint == (
        "`docs/data/coverage.yaml`: lists “first-list”, names “Another Network (AN)”, entry: `een` instead of `an`; "
        "lists “first-list”, names: deleted; was name: “European Example Network (EEN)” and id: `een`"
    )


def test_refusals_and_withheld_changes_are_told_in_words(repository: Repository, schema: Schema) -> None:
    """What is refused from now on, and which commit is kept from what's new."""
    commit = repository.git("rev-parse", "HEAD")
    item = '{entry: een, about: seat, value: Oslo, reason: No source says so., date: "2026-11-24"}'
    write(repository, "docs/data/refused.yaml", f"refused:\n  - {item}\n")
    write(repository, "docs/data/withheld.yaml", f'withheld:\n  - {{commit: {commit}, date: "2026-11-24"}}\n')
    comment = as_markdown(seen(repository, schema))
    assert "2 files outside the registry: `docs/data/refused.yaml` and `docs/data/withheld.yaml`" in comment
    assert "refused requests: new, entry: `een`, about: `seat`, value: “Oslo”, reason: “No source says so.”" in comment
    assert f"withheld changes: new, commit: `{commit}` and date: 24 November 2026" in comment


def test_a_renamed_term_is_told_in_words(repository: Repository, schema: Schema) -> None:
    """A term of a vocabulary that is called otherwise, a field that comes and one that goes."""
    file = repository.root / "schema" / "network.schema.json"
    data = json.loads(file.read_text("utf-8"))
    data["$defs"]["status"]["oneOf"][0]["const"] = "living"
    data["properties"]["motto"] = {"title": "Motto", "type": "string"}
    del data["properties"]["seat"]
    file.write_text(json.dumps(data), encoding="utf-8")
    comment = as_markdown(seen(repository, schema))
    assert comment.startswith("**No entry changes; 1 file outside the registry: `schema/network.schema.json`.")
    assert "status “living”, const: “living” instead of “active”" in comment
    assert "motto: new, title: “Motto”" in comment
    assert "seat: deleted; was" in comment


@pytest.mark.parametrize("text", ["a: [", "\udcff", "[" * 100_000, "!!python/object:os.system x: &a *a"])
def test_a_list_that_cannot_be_read(repository: Repository, schema: Schema, text: str) -> None:
    """What is no data any more is named all the same, as a list and as a schema."""
    for path in ("docs/data/coverage.yaml", "schema/coverage.schema.json"):
        (repository.root / path).write_bytes(text.encode("utf-8", errors="surrogateescape"))
    comment = as_markdown(seen(repository, schema))
    assert comment.startswith("**No entry changes; 2 files outside the registry")
    assert comment.count("cannot be read as data") == 2


def test_a_list_in_another_form(repository: Repository, schema: Schema) -> None:
    """A comment in a list changes nothing that it says."""
    replace(repository, "docs/data/refused.yaml", "refused", "# nothing yet\nrefused")
    assert lines(repository, schema)[1] == "`docs/data/refused.yaml`: says the same in another form"


def test_beside_entries(repository: Repository, schema: Schema) -> None:
    """Beside one entry and beside many, the first line names the file, and the first hint is about it."""
    repository.write("een", entry(seat="Oslo"))
    replace(repository, ".github/workflows/check.yml", "pull_request", "pull_request_target")
    first, hint = lines(repository, schema)
    assert first.startswith("EEN: Seat: “Oslo” instead of “Vienna”; 1 file outside the registry: `.github/workflows/")
    assert hint == f"`.github/workflows/check.yml`: outside the registry; {CODE}"
    entries = {f"n{number}": entry(f"Network {number}", f"N{number}") for number in range(12)}
    repository.commit(WHEN, **entries)
    replace(repository, ".github/workflows/intake.yml", "{}", "write-all")
    for id_, text in entries.items():
        repository.write(id_, text.replace("Vienna", "Oslo"))
    first, hint = lines(repository, schema)
    assert first.startswith("12 entries change, all corrected; 1 file outside the registry: `.github/workflows/intake")
    assert hint.startswith("`.github/workflows/intake.yml`: outside")


def test_what_runs_comes_before_data_and_data_before_the_rest(repository: Repository, schema: Schema) -> None:
    """The weightiest are named where there is no room for all."""
    for path in ("a.md", "docs/data/z.yaml", "docs/data/example/n.yaml", "schema/new.json", ".pre-commit-config.yaml"):
        write(repository, path, "{}")
    write(repository, "registry/x.svg", "<svg/>")
    comment = as_markdown(seen(repository, schema))
    assert comment.split(". ")[0] == (
        "**No entry changes; 6 files outside the registry: "
        "`.pre-commit-config.yaml` (new), `schema/new.json` (new) and 4 more"
    )
    hints = [line for line in comment.split("\n") if line.startswith("- ")]
    order = [".pre-commit", "schema/new", "docs/data/example", "docs/data/z", "a.md", "registry/x.svg"]
    assert sorted(order, key=lambda path: "\n".join(hints).index(path)) == order


def test_a_picture(repository: Repository, schema: Schema) -> None:
    """A binary file is named and never opened."""
    (repository.root / "docs" / "x.png").write_bytes(b"\x89PNG\0" + bytes(300_000))
    assert lines(repository, schema)[1] == "`docs/x.png` (new): outside the registry"


def test_deleted_renamed_and_moved_into_weight(repository: Repository, schema: Schema) -> None:
    """A file that is gone, and one with another name, which weighs what its weightier name does."""
    write(repository, "docs/note.md", "Harmless for now.\n")
    write(repository, "docs/old.md", "Old.\n")
    repository.commit(WHEN)
    repository.git("rm", "-q", "docs/old.md")
    repository.git("mv", "docs/note.md", "scripts/note.txt")
    comment = as_markdown(seen(repository, schema))
    assert f"`scripts/note.txt` (renamed from docs/note.md): outside the registry; {CODE}" in comment
    assert "`docs/old.md` (deleted): outside the registry" in comment


def test_another_mode(repository: Repository, schema: Schema) -> None:
    """A file, or an entry, that becomes a program or is none any more."""
    for path in ("registry/een.yaml", "docs/data/refused.yaml"):
        repository.git("update-index", "--chmod=+x", path)
    repository.git("commit", "--quiet", "--message=x")
    comment = as_markdown(review_of(repository.root, "HEAD~1", "HEAD", schema))
    assert "`registry/een.yaml` (executable)" in comment
    assert "`docs/data/refused.yaml` (executable)" in comment
    back = as_markdown(review_of(repository.root, "HEAD", "HEAD~1", schema))
    assert "`registry/een.yaml` (no longer executable)" in back


def test_links_and_other_projects(repository: Repository, schema: Schema) -> None:
    """What leads elsewhere is told as that, and weighs most wherever it lies."""
    (repository.root / "docs" / "a.md").symlink_to("/etc/passwd")
    (repository.root / "docs" / "data" / "coverage.yaml").unlink()
    (repository.root / "docs" / "data" / "coverage.yaml").symlink_to("../../mkdocs.yml")
    repository.git("add", "--all")
    commit = repository.git("rev-parse", "HEAD")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{commit},docs/other")
    repository.git("commit", "--quiet", "--message=x")
    comment = as_markdown(review_of(repository.root, "HEAD~1", "HEAD", schema))
    assert "3 files outside the registry" in comment
    assert "`docs/a.md` (new, a link to another file)" in comment
    assert "`docs/other` (new, a folder of another project)" in comment
    assert "`docs/data/coverage.yaml` (a link to another file)" in comment


def test_five_hundred_files(repository: Repository, schema: Schema) -> None:
    """Some are named, the others counted and folded; the comment stays within the host's limit."""
    for number in range(500):
        write(repository, f"docs/{'long-' * 30}{number:03}.md", str(number))
    comment = as_markdown(seen(repository, schema))
    assert "500 files outside the registry" in comment.split("\n")[0]
    assert "All 500 files outside the registry" in comment
    assert len(comment.split("\n")[0]) < 600
    assert len(comment) < LONGEST


def test_names_do_nothing_but_be_read(repository: Repository, schema: Schema) -> None:
    """A path is a stranger's words too: markup, line breaks, bytes that are no text."""
    for name in ("`[x](https://evil.example) @you.md", "a\n## b.md", "<script>.md", "\udcff.md", "|a|.md"):
        write(repository, f"docs/{name}", "x")
    comment = as_markdown(seen(repository, schema))
    assert acting(comment) == []
    assert "5 files outside the registry" in comment


def test_the_files_as_they_are(repository: Repository, schema: Schema) -> None:
    """Without a second revision tracked files count, and below the registry untracked ones too; not those touched."""
    (repository.root / "mkdocs.yml").touch()
    write(repository, "notes-of-mine.txt", "x")
    assert review_of(repository.root, "HEAD", None, schema).outside == ()
    write(repository, "registry/x.svg", "<svg/>")
    replace(repository, "docs/data/refused.yaml", "[]", '\n  - {name: X, reason: Y., date: "2026-11-24"}')
    found = review_of(repository.root, "HEAD", None, schema).outside
    assert [file.path for file in found] == ["docs/data/refused.yaml", "registry/x.svg"]
    assert len(found[0].told) == 1


def test_the_past_has_no_part_in_it(repository: Repository, schema: Schema) -> None:
    """Where only entries differ nothing is said of other files."""
    repository.write("een", entry(seat="Oslo"))
    assert "outside" not in as_markdown(seen(repository, schema))


@pytest.mark.parametrize(("number", "told"), [(9, "`f8`"), (10, "2 more")])
def test_so_many_files_are_named_in_the_first_hint(number: int, told: str) -> None:
    """Eight, and a ninth, which takes no more room than the words that it is left out."""
    files = [OutsideFile(f"f{one}", "", Weight.REST) for one in range(number)]
    ((named, _said),) = seen_first(files)
    assert plain(named).endswith(f" and {told.strip('`')}")
