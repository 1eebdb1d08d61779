"""The cases of a rule: small registries in ``tests/cases/<rule>``, bad ones and good ones.

The tests, ``netreg explain`` and the rules page all read them here. ``bad/`` and ``bad-2/`` hold entries, ``bad.out``
and ``bad-2.out`` the exact report on them; for a rule over a change, ``base/`` (or ``base-2/``) is the older state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from netreg.check.rule import Context
from netreg.check.runner import LISTS, check_with_lists
from netreg.core.finding import Finding
from netreg.core.load import Document, read_document
from netreg.core.schema import Schema

TODAY = date(2026, 11, 23)
"""The day on which all cases are checked."""


@dataclass(frozen=True)
class Case:
    """One small registry; ``expected`` is the report on it, empty for a good one."""

    rule: str
    name: str
    kind: Literal["bad", "good"]
    folder: Path

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Its files, as if they lay in ``registry/``; lists as if they lay where a project has them."""
        return tuple(read_document(path, _shown(path.name)) for path in sorted(self.folder.iterdir()))

    @property
    def report_file(self) -> Path:
        """Where the expected report stands."""
        return self.folder.with_name(f"{self.name}.out")

    @property
    def expected(self) -> str:
        """The report that the case must give."""
        return self.report_file.read_text(encoding="utf-8") if self.report_file.exists() else ""

    @property
    def changed(self) -> frozenset[str] | None:
        """The ids that differ from the older state; None without one."""
        if self._base is None:
            return None
        new, old = _bytes(self.folder), _bytes(self._base)
        return frozenset(_id(name) for name, data in new.items() if old.get(name) != data)

    @property
    def base_ids(self) -> frozenset[str] | None:
        """The ids of the older state; None without one."""
        return None if self._base is None else frozenset(map(_id, _bytes(self._base)))

    @property
    def _base(self) -> Path | None:
        own, shared = (self.folder.with_name(name) for name in (self.name.replace(self.kind, "base"), "base"))
        return next((folder for folder in (own, shared) if folder.is_dir()), None)


def _shown(name: str) -> str:
    return next((path for path in LISTS if path.rpartition("/")[2] == name), f"registry/{name}")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _id(name: str) -> str:
    return name.removesuffix(".yaml")


def cases_folder(root: Path) -> Path:
    """Where a project keeps its cases."""
    return root / "tests" / "cases"


def cases_of(rule_id: str, folder: Path) -> list[Case]:
    """The cases of one rule below ``folder``, the bad ones first, each kind in the order of its numbers."""
    found: list[Case] = []
    kinds: tuple[Literal["bad", "good"], ...] = ("bad", "good")
    for kind in kinds:
        paths = [path for path in (folder / rule_id).glob(f"{kind}*") if path.is_dir()]
        found += [Case(rule_id, path.name, kind, path) for path in sorted(paths, key=_number)]
    return found


def _number(path: Path) -> int:
    number = path.name.partition("-")[2]
    return int(number) if number.isdecimal() else 100


def findings(case: Case, schema: Schema) -> list[Finding]:
    """What all rules find in a case."""
    context = Context(schema, TODAY, changed=case.changed, base_ids=case.base_ids)
    entries = [document for document in case.documents if document.path not in LISTS]
    lists = [document for document in case.documents if document.path in LISTS]
    return check_with_lists(case.folder.resolve().parents[3], entries, lists, context)


def examples(root: Path, _schema: Schema | None = None) -> Mapping[str, str]:
    """What the tool says about the first bad example of each rule; the tests prove that it says just that."""
    return {
        path.name: next((case.expected for case in cases_of(path.name, cases_folder(root))), "")
        for path in sorted(cases_folder(root).glob("*"))
    }
