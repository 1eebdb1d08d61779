"""The check of one entry among the others finds what the check of all finds in it, and leaves the others alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netreg.check import Context, Subject, check, check_one
from netreg.check.cases import TODAY, Case, cases_of
from netreg.check.rule import all_rules
from netreg.check.shape_errors import ShapeError
from netreg.core.canonical import canonical_data
from netreg.core.load import Document, Node, parse_document
from netreg.core.schema import Schema, read_schema

ROOT = Path(__file__).resolve().parent.parent.parent
SCHEMA = read_schema(ROOT)
CASES = [case for rule in all_rules() for case in cases_of(rule.id, ROOT / "tests" / "cases")]
IDS = ("harbour-net", "harbours", "quay-forum", "rail-forum")


def _agree(documents: list[Document], context: Context) -> None:
    """The two roads give the same, each file being judged once."""
    outlines = [Subject(document, context.schema).outline for document in documents]
    for document in documents:
        rest = [other for other in documents if other is not document]
        expected = [item for item in check([*rest, document], context) if item.place.path == document.path]
        assert check_one(document, outlines, context) == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}/{case.name}")
def test_one_is_judged_as_among_all_in_every_case(case: Case) -> None:
    """What the cases of all rules show is found on both roads, in the same order."""
    documents = [document for document in case.documents if document.path.startswith("registry/")]
    _agree(documents, Context(SCHEMA, TODAY, changed=case.changed, base_ids=case.base_ids))


def _relation(type_: str, target: str, name: str) -> dict[str, Any]:
    return {"type": type_, **({"name": name} if name else {"target": target}), "sources": ["a"]}


NAMES = st.sampled_from(
    ["Harbour Police Network", "Network of the Harbour Polices", "Quay Forum", "Rail Forum", "CBSS"]
)
RELATIONS = st.builds(
    _relation,
    st.sampled_from(["part_of", "successor_of", "cooperates_with", "distinct_from"]),
    st.sampled_from(IDS),
    st.just("") | NAMES,
)
ENTRIES = st.fixed_dictionaries(
    {"name": NAMES, "relations": st.lists(RELATIONS, max_size=3)},
    optional={
        "acronym": st.sampled_from(["HPN", "QF"]),
        "website": st.sampled_from(
            [{"value": f"https://{host}"} for host in ("a.eu", "{name}.eu", "www.a.eu/", "b.eu/x")]
        ),
        "established": st.just({"value": "2001-05-28"}),
        "entry": st.just({"withdrawn": "2026-01-01", "reason": "It was wrong."}),
    },
)


@given(st.lists(ENTRIES, min_size=len(IDS), max_size=len(IDS)), st.none() | st.sets(st.sampled_from(IDS)))
def test_one_is_judged_as_among_all_whatever_they_share(entries: list[Any], changed: set[str] | None) -> None:
    """Names, websites and relations of the others count, whichever entry is judged and whatever a change touches."""
    texts = [canonical_data(entry, SCHEMA) for entry in entries]
    documents = [parse_document(f"registry/{id_}.yaml", text.encode()) for id_, text in zip(IDS, texts, strict=True)]
    base = None if changed is None else frozenset([*IDS, "gone"])
    _agree(documents, Context(SCHEMA, TODAY, None if changed is None else frozenset(changed), base))


def test_the_others_are_not_validated(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the others their outlines are enough, however often a file is judged."""
    validated: list[object] = []

    def noted(root: Node, _schema: Schema) -> dict[str, list[ShapeError]]:
        validated.append(root)
        return {}

    monkeypatch.setattr("netreg.check.rule.shape_errors", noted)
    others = [Subject(parse_document(f"registry/{id_}.yaml", b"name: Quay Forum\n"), schema).outline for id_ in IDS[:3]]
    for name in ("Quay Forum", "Rail Forum"):
        judged = parse_document("registry/rail-forum.yaml", f"name: {name}\n".encode())
        found = check_one(judged, others, Context(schema, TODAY))
        assert validated.pop() is judged.root
        assert [item.rule for item in found].count("duplicate-entry") == (name == "Quay Forum")
    assert not validated
