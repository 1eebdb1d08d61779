"""The schema: valid, without loose ends, and written for people."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from netreg.core.schema import Schema

Path_ = tuple[str, ...]

VOCABULARIES = (
    "group form status range participant_kind unit topic name_kind source_kind read_how act_role document_type "
    "relation_type actor event_kind certainty country_role country_set leader_role leader_rule qualifier "
    "identifier_scheme reader proof act_kind"
).split()
COMMON = ("as_of", "from", "until", "certainty", "sources", "note", "other")
UNREFERENCED = {"actor", "act_kind"}
"""Definitions that no field names: the list of actors is asked by a rule, that of kinds of act by a page."""


@pytest.fixture(scope="module")
def raw(project: Path) -> dict[str, Any]:
    """The schema as it stands in its file."""
    loaded: dict[str, Any] = json.loads((project / "schema" / "network.schema.json").read_text(encoding="utf-8"))
    return loaded


def _walk(part: Any, path: Path_ = ()) -> Iterator[tuple[Path_, dict[str, Any]]]:
    if isinstance(part, dict):
        yield path, part
        for key, value in part.items():
            yield from _walk(value, (*path, key))
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from _walk(value, (*path, str(index)))


def _parts(raw: dict[str, Any]) -> Iterator[tuple[Path_, dict[str, Any]]]:
    """Everything that has a title or a description."""
    for path, part in _walk(raw):
        if isinstance(part.get("title"), str) and path[-1:] != ("properties",):
            yield path, part


def test_it_is_valid_by_its_metaschema(raw: dict[str, Any]) -> None:
    """The schema is a schema of draft 2020-12."""
    Draft202012Validator.check_schema(raw)


_TEXTS = frozenset(
    "title description examples $comment cure x-often x-message x-question x-short x-inverse x-counted "
    "x-version".split()
)
"""Keys whose texts may change without a version; a field of such a name is a block and no text."""


def _without_texts(part: Any) -> Any:
    if isinstance(part, list):
        return [_without_texts(item) for item in part]
    if not isinstance(part, dict):
        return part
    return {key: _without_texts(value) for key, value in part.items() if key not in _TEXTS or isinstance(value, dict)}


def test_a_change_of_the_schema_has_a_version_and_is_told(raw: dict[str, Any], project: Path) -> None:
    """The newest section of the change log has the version of the schema, and the fingerprint of what it asks."""
    log = (project / "docs" / "schema-changes.md").read_text(encoding="utf-8")
    versions = re.findall(r"(?m)^## ([0-9]+)\.([0-9]+)$", log)
    assert versions == sorted(set(versions), key=lambda pair: [int(part) for part in pair], reverse=True)
    assert raw["x-version"] == ".".join(versions[0])
    fingerprints = re.findall(r"(?m)^Fingerprint: `([0-9a-f]{12})`$", log)
    shape = json.dumps(_without_texts(raw), ensure_ascii=False)
    assert fingerprints[0] == hashlib.sha256(shape.encode()).hexdigest()[:12]
    assert len(fingerprints) == len(set(fingerprints)) == len(versions) - 1, "only the first version has none"


def test_the_fingerprint_is_of_what_the_schema_asks(raw: dict[str, Any]) -> None:
    """Another text leaves it alone; a term, a limit, an order and a field that is called as texts are do not."""
    shape = json.dumps(_without_texts(raw))
    for old, new, same in (
        ('"Degree of formalisation"', '"Form"', True),
        ('"const": "lead"', '"const": "leader"', False),
        ('"maxLength": 60', '"maxLength": 61', False),
        ('"title": {"$ref"', '"heading": {"$ref"', False),
    ):
        changed = json.dumps(raw).replace(old, new)
        assert changed != json.dumps(raw)
        assert (json.dumps(_without_texts(json.loads(changed))) == shape) is same, old


def test_every_claim_has_the_same_common_properties(raw: dict[str, Any]) -> None:
    """A claim is one type everywhere: what stands beside the value is the same, in the same order."""
    claims = {name: part for name, part in raw["$defs"].items() if part.get("x-kind") == "claim"}
    assert len(claims) >= 10
    for name, part in claims.items():
        properties = part["properties"]
        own = [key for key in properties if key not in COMMON]
        assert "value" in own, name
        assert tuple(key for key in properties if key in COMMON) == COMMON, name
        assert part["additionalProperties"] is False
        for key in COMMON[:-1]:
            assert properties[key] == {"$ref": f"#/$defs/{key}"}, name
        assert properties["other"]["items"] == {"$ref": f"#/$defs/{name}", "properties": {"other": False}}


def test_every_definition_is_used(raw: dict[str, Any]) -> None:
    """A definition that nothing refers to is a leftover."""
    used = {part["$ref"].removeprefix("#/$defs/") for _, part in _walk(raw) if "$ref" in part}
    assert set(raw["$defs"]) - UNREFERENCED == used


def test_the_vocabularies_are_known(raw: dict[str, Any]) -> None:
    """Every closed list stands under its own name."""
    closed = {name for name, part in raw["$defs"].items() if "const" in str(part.get("oneOf", ""))}
    assert closed == set(VOCABULARIES)


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_term_has_a_title_and_a_criterion(name: str, schema: Schema) -> None:
    """A term is one word for machines, a title and a criterion for people, and no two are the same."""
    terms = schema.terms(name)
    assert all(re.fullmatch(r"[a-z]+[0-9]*([-_][a-z0-9]+)*", term.value) for term in terms)
    assert all(term.title and term.criterion for term in terms)
    assert len({term.value for term in terms}) == len({term.title for term in terms}) == len(terms)


def test_every_relation_can_be_read_from_the_other_side(schema: Schema) -> None:
    """A relation is stated once and shown on both pages."""
    assert all(term.inverse for term in schema.terms("relation_type"))


def test_every_object_is_closed(raw: dict[str, Any]) -> None:
    """A misspelt key can hide nowhere."""
    objects = [part for _, part in _walk(raw) if part.get("type") == "object"]
    assert all(part["additionalProperties"] is False for part in objects)


def test_patterns_mean_the_same_everywhere(raw: dict[str, Any]) -> None:
    """Editors, browsers and Python read the patterns alike: whole texts, and no sign that stands for many scripts."""
    patterns = [part["pattern"] for _, part in _walk(raw) if isinstance(part.get("pattern"), str)]
    assert patterns
    for pattern in patterns:
        assert pattern.startswith("^")
        assert pattern.endswith("$")
        assert not re.search(r"\\[dwsbDWSB]|\(\?", pattern)


def test_every_pattern_has_a_message(raw: dict[str, Any]) -> None:
    """A contributor is told in words what a pattern asks."""
    assert all("x-message" in part for _, part in _walk(raw) if isinstance(part.get("pattern"), str))


def test_titles_are_labels(raw: dict[str, Any]) -> None:
    """A title begins with a capital, but for units and qualifiers of a number, and has no full stop."""
    for path, part in _parts(raw):
        assert not part["title"].endswith("."), path
        assert part["title"][0].isupper() or {"unit", "qualifier"} & set(path), path


def test_descriptions_are_sentences(raw: dict[str, Any]) -> None:
    """A description begins with a capital, ends with a full stop and holds no markup."""
    for path, part in _parts(raw):
        if "description" in part:
            assert re.fullmatch(r"[A-Z].*[.]", part["description"]), path
            assert not re.search(r"[<`]|  ", part["description"]), path


def test_every_field_has_a_description(raw: dict[str, Any], schema: Schema) -> None:
    """Whatever a contributor can fill in is explained."""
    for path, part in _walk(raw):
        if path[-2:-1] == ("properties",) and "not" not in part:
            resolved = schema.resolve(part)
            assert resolved.get("title"), path
            assert resolved.get("description"), path


def test_every_field_has_a_role(raw: dict[str, Any]) -> None:
    """Rules, pages and forms know from the schema whether a field needs sources."""
    roles = {name: part.get("x-role") for name, part in raw["properties"].items()}
    assert set(roles.values()) == {"factual", "editorial", "sources"}


def test_examples_are_valid(raw: dict[str, Any]) -> None:
    """An example in the schema passes its own part of it."""
    validator = Draft202012Validator(raw)
    for path, part in _walk(raw):
        if isinstance(part.get("examples"), list) and part.get("type") != "object":
            for value in part["examples"]:
                assert not list(validator.evolve(schema={**part, "$defs": raw["$defs"]}).iter_errors(value)), path


def test_frequent_wrong_keys_lead_to_one_field(raw: dict[str, Any]) -> None:
    """A wrong key is no right one, is written as keys are compared, and leads to one field of its block."""
    for path, part in _walk(raw):
        fields = part.get("properties", {})
        wrong = [key for field in fields.values() if isinstance(field, dict) for key in field.get("x-often", ())]
        assert len(wrong) == len(set(wrong)), path
        assert not set(wrong) & set(fields), path
        assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", key) for key in wrong), path


def test_a_field_is_found_by_its_dotted_path(schema: Schema) -> None:
    """Open questions and messages name fields by paths, through lists and claims."""
    assert schema.has_field("participants.counts.unit")
    assert schema.label("participants.counts") == "Participants: Number"
    assert not schema.has_field("participants.count")
    assert not schema.has_field("name.first")


def test_a_part_that_refines_another_keeps_its_properties(schema: Schema) -> None:
    """A rival value is a claim like the headline, but holds no further rivals."""
    rival = schema.at(("established", "other", 0))
    assert "value" in rival["properties"]
    assert "other" not in rival["properties"]
    assert schema.at(("established", "other", 0, "value")).get("x-kind") == "date"


@pytest.mark.parametrize(
    ("path", "vocabulary"),
    [
        (("form",), "form"),
        (("topics",), "topic"),
        (("participants", "kinds"), "participant_kind"),
        (("participants", "counts", 0, "unit"), "unit"),
        (("sources", 0, "kind"), "source_kind"),
        (("sources", 0, "read", "how"), "read_how"),
        (("seat",), ""),
        (("participants",), ""),
        (("relations",), ""),
    ],
)
def test_a_field_knows_its_vocabulary(schema: Schema, path: tuple[str | int, ...], vocabulary: str) -> None:
    """The terms of a field come from its part of the schema, whether it is a claim, a list or a bare term."""
    assert schema.vocabulary(schema.at(path)) == (schema.terms(vocabulary) if vocabulary else ())


def test_kinds_of_source_have_their_words(schema: Schema) -> None:
    """Each has a word for narrow places, and words to count it with."""
    for term in schema.terms("source_kind"):
        assert term.short != term.title
        one, more = term.counted
        assert "{}" not in one
        assert more.format(3)


def test_leaves_are_the_fields_that_hold_something(schema: Schema) -> None:
    """Blocks are opened, claims and lists are not, and the order is that of the schema."""
    found = list(schema.leaves)
    assert found.index("participants.kinds") == found.index("tasks") + 1
    assert "participants" not in found
    assert not any(dotted.startswith(("seat.", "sources.")) for dotted in found)
    assert schema.leaf_names["counts"] == "participants.counts"
