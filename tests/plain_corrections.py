"""Corrects the data of a copy of the project as a maintainer would, and runs there what looks at real data.

``python -m tests.plain_corrections`` proves that a plain correction needs no change of a test. It works on what is
committed, chooses entries by what they hold and never by name, tells what it did, and fails where the check or a test
that is marked ``real`` does.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from netreg.check.runner import COVERAGE, REFUSED

ROOT = Path(__file__).resolve().parent.parent
HEAD = re.compile(r"\A(?:#.*\n)*name: (?P<name>[^\n\"'>|]+)\n", re.MULTILINE)
"""The beginning of an entry, with its name where that stands plainly on its line."""


@dataclass(frozen=True)
class Copy:
    """A copy of the project, and the entries that were corrected in it: each is for one correction only."""

    root: Path
    corrected: set[Path] = field(default_factory=set)

    def entries(self) -> Iterator[tuple[Path, str]]:
        """The entries that stand and were left alone so far, with their texts."""
        for path in sorted((self.root / "registry").glob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            if path not in self.corrected and not re.search(r"^entry:", text, re.MULTILINE):
                yield path, text

    def correct(self, pattern: str, new: str) -> str:
        """Replace the first place of the first entry that has such a one, and tell what was done.

        Raises:
            LookupError: no entry has such a place any more.
        """
        for path, text in self.entries():
            if found := re.search(pattern, text, re.MULTILINE):
                changed = found.expand(new)
                self.write(path, text[: found.start()] + changed + text[found.end() :])
                return f"{path.stem}: {found[0]!r} is now {changed!r}"
        raise LookupError(f"no entry has {pattern}")

    def write(self, path: Path, text: str) -> None:
        """Write an entry, which is corrected by that."""
        path.write_text(text, encoding="utf-8")
        self.corrected.add(path)

    def run(self, *words: str) -> int:
        """The exit code of a module of Python that is run in the copy, with the code that lies there."""
        env = {**os.environ, "PYTHONPATH": str(self.root / "scripts")}
        return subprocess.run([sys.executable, "-m", *words], cwd=self.root, env=env, check=False).returncode


def numbers(copy: Copy) -> Iterator[str]:
    """Three numbers were misread: the last digit is another."""
    for old, new in ((1, 2), (2, 3), (5, 6)):
        yield copy.correct(rf"(value: \d*){old}(,?\s+unit: )", rf"\g<1>{new}\2")


def status(copy: Copy) -> Iterator[str]:
    """A body is called active, and nobody knows whether it is."""
    yield copy.correct(r"^(status:\s+\{?value: )active", r"\1unknown")


def name(copy: Copy) -> Iterator[str]:
    """A body was given another name; the one of before stays findable."""
    path, text = next((path, text) for path, text in copy.entries() if HEAD.search(text) and "\nother_names:\n" in text)
    found = HEAD.search(text)
    assert found is not None
    renamed = text.replace(f"name: {found['name']}\n", f"name: {found['name']} of Today\n", 1)
    copy.write(path, _also_called(renamed, found["name"], "variant"))
    yield f"{path.stem}: renamed, with the name of before as a variant"


def misspelling(copy: Copy) -> Iterator[str]:
    """Somebody looked for a body with two letters swapped, and is to find it next time."""
    path, text = next((path, text) for path, text in copy.entries() if HEAD.search(text) and "\nother_names:\n" in text)
    found = HEAD.search(text)
    assert found is not None
    swapped = re.sub(r"(\w)(\w)(\w)$", r"\1\3\2", found["name"])
    copy.write(path, _also_called(text, swapped, "misspelling"))
    yield f"{path.stem}: {swapped!r} is a known misspelling"


def _also_called(text: str, other: str, kind: str) -> str:
    line = f'  - {{name: "{other}", kind: {kind}, language: en}}\n'
    return text.replace("\nother_names:\n", f"\nother_names:\n{line}", 1)


def reading(copy: Copy) -> Iterator[str]:
    """A public list was read again today."""
    path = copy.root / COVERAGE
    text, changed = re.subn(r'(read: \{date: )"[0-9-]+"', rf'\1"{date.today()}"', path.read_text("utf-8"), count=1)
    assert changed, "no list has a day of reading"
    path.write_text(text, encoding="utf-8")
    yield f"{COVERAGE}: the first list was read on {date.today()}"


def withdrawal(copy: Copy) -> Iterator[str]:
    """Two entries were about one body: a tombstone stays of one, and whatever led to it leads to the other."""
    everything = {path.stem: text for path, text in copy.entries()}
    id_ = next(one for one, text in everything.items() if HEAD.search(text) and _leading_to(one, everything))
    leading = _leading_to(id_, everything)
    # An entry without relations, which nothing that is mended names: no tie can be stated twice or lead in a circle.
    kept = next(
        one
        for one, text in everything.items()
        if one not in {id_, *leading} and "target:" not in text and not {*leading} & {*_leading_to(one, everything)}
    )
    found = HEAD.search(everything[id_])
    assert found is not None
    reason = "The same body under another name."
    stone = f'entry: {{withdrawn: "{date.today()}", reason: {reason}, see: {kept}}}\nname: {found["name"]}\n'
    copy.write(copy.root / "registry" / f"{id_}.yaml", stone)
    mended = [*(copy.root / "registry" / f"{one}.yaml" for one in leading), copy.root / COVERAGE, copy.root / REFUSED]
    for path in mended:
        text = path.read_text(encoding="utf-8")
        path.write_text(_naming(id_).sub(rf"\1{kept}", text), encoding="utf-8")
    yield f"{id_}: withdrawn in favour of {kept}; {', '.join(leading)} and the lists lead there now"


def _leading_to(id_: str, entries: dict[str, str]) -> list[str]:
    return [one for one, text in entries.items() if one != id_ and _naming(id_).search(text)]


def _naming(id_: str) -> re.Pattern[str]:
    return re.compile(rf"(\b(?:target|id|see|entry): ){id_}(?![\w-])")


CORRECTIONS = (withdrawal, numbers, status, name, misspelling, reading)


def main() -> int:
    """Make each correction, then run the check and the tests that are marked ``real``; 0 where all went well."""
    with tempfile.TemporaryDirectory(prefix="netreg-corrected-") as folder:
        copy = Copy(Path(folder, "project"))
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(copy.root)], check=True)
        for correction in CORRECTIONS:
            for told in correction(copy):
                print(f"{correction.__name__}: {told}", flush=True)
        copy.run("netreg", "format")
        changed = subprocess.run(["git", "diff", "--stat"], cwd=copy.root, check=True, capture_output=True, text=True)
        print(changed.stdout, flush=True)
        return max(
            copy.run("netreg", "check"),
            copy.run("pytest", "-q", "-p", "no:cacheprovider", "-m", "real"),
        )


if __name__ == "__main__":
    sys.exit(main())
