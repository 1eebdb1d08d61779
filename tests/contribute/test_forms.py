"""Forms: what GitHub takes, and what the registry can take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import Any

import pytest
from check_jsonschema.builtin_schemas import get_builtin_schema
from jsonschema import Draft7Validator
from ruamel.yaml import YAML
from tests.contribute.conftest import form_of

from netreg.contribute.form import FOLDER, FORM_KEYS, PROMISES, ROLES, _as_yaml, all_forms, copy_text, forms, hint
from netreg.contribute.parse.facts import facts
from netreg.core.schema import Schema

HOME = ("https://registry.example.org/", 21)
NOWHERE = ("", 14)
FORMS = tuple(
    f"{number:02}-{key}.yml"
    for number, key in enumerate("network correction status answer same confirm source feedback".split(), start=1)
)
_BOOLEANS = frozenset("y n yes no on off true false null ~".split())


@cache
def _read(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


@cache
def _written(schema: Schema, home: tuple[str, int]) -> Mapping[str, str]:
    return forms(schema, *home)


def _data(name: str, schema: Schema, home: tuple[str, int] = HOME) -> Any:
    return _read(_written(schema, home)[f"{FOLDER}/{name}"])


def _fields(name: str, schema: Schema) -> list[Any]:
    return [field for field in _data(name, schema)["body"] if field["type"] != "markdown"]


def _options(field: Any) -> list[Any]:
    return field["attributes"].get("options", []) if field["type"] == "dropdown" else []


def test_the_labels_are_those_of_the_forms(schema: Schema) -> None:
    """By them a request is known as one, whoever opened it."""
    assert {form.key for form in all_forms(schema)} == FORM_KEYS


def test_the_forms_and_a_chooser_are_all_files(schema: Schema) -> None:
    """In the order in which the chooser shows them."""
    assert list(_written(schema, HOME)) == [f"{FOLDER}/{name}" for name in (*FORMS, "config.yml")]


@pytest.mark.parametrize("home", [HOME, NOWHERE], ids=["at home", "without a home"])
@pytest.mark.parametrize("kind", ["forms", "config"])
def test_the_public_schema_accepts_them(schema: Schema, home: tuple[str, int], kind: str) -> None:
    """With and without the addresses that nobody can know yet."""
    public = Draft7Validator(get_builtin_schema(f"vendor.github-issue-{kind}"))
    for name in FORMS if kind == "forms" else ["config.yml"]:
        assert [error.message for error in public.iter_errors(_data(name, schema, home))] == []
    assert not public.is_valid({"unknown": 1})


@pytest.mark.parametrize("name", FORMS)
def test_ids_and_labels_are_unique(name: str, schema: Schema) -> None:
    """Ids fill fields in, labels come back: GitHub refuses two alike, also where only their letters are."""
    fields = _fields(name, schema)
    ids = [field["id"] for field in fields]
    labels = [re.sub(r"[^a-z0-9]+", "-", field["attributes"]["label"].lower()).strip("-") for field in fields]
    assert len(set(ids)) == len(ids)
    assert len(set(labels)) == len(labels)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", id_) for id_ in ids)


@pytest.mark.parametrize("name", FORMS)
def test_what_github_reserves_is_not_used(name: str, schema: Schema) -> None:
    """No option reads as true or false, none is called None, none has a comma, none stands twice."""
    for field in _fields(name, schema):
        options = _options(field)
        assert len(set(options)) == len(options)
        for option in options:
            assert isinstance(option, str)
            assert option.strip() == option != ""
            assert "," not in option
            assert option.casefold() not in {*_BOOLEANS, "none"}


@pytest.mark.parametrize("name", FORMS)
def test_no_text_is_empty_or_asks_for_a_secret(name: str, schema: Schema) -> None:
    """GitHub refuses both."""
    texts = list(_texts(_data(name, schema)))
    assert all(text.strip() for text in texts)
    labels = [field["attributes"]["label"] for field in _fields(name, schema)]
    assert not [label for label in labels if re.search("password|secret|token|credential", label, re.IGNORECASE)]
    assert _fields(name, schema), "a form of notices only is refused"


def _texts(data: Any) -> Any:
    if isinstance(data, str):
        return [data]
    children = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return chain.from_iterable(map(_texts, children))


def test_names_are_long_enough_and_unique(schema: Schema) -> None:
    """A name of three letters or fewer hides the form."""
    names = [_data(name, schema)["name"] for name in FORMS]
    assert len(set(names)) == len(names)
    assert all(len(name) > 3 for name in names)


@pytest.mark.parametrize("name", FORMS)
def test_every_yaml_reader_reads_the_same(name: str, schema: Schema) -> None:
    """GitHub reads by YAML 1.1, our tests by 1.2: no text may be a date or a number to one of them."""
    text = _written(schema, HOME)[f"{FOLDER}/{name}"]
    old = YAML(typ="safe", pure=True)
    old.version = (1, 1)
    assert old.load(text) == _read(text)
    assert not [line for line in text.split("\n") if line.startswith("---")]


@pytest.mark.parametrize("name", FORMS)
def test_role_licence_notice_and_promise_are_in_every_form(name: str, schema: Schema) -> None:
    """Who writes, under which licence, that everybody can read it, and when to expect an answer."""
    data = _data(name, schema)
    by_id = {field["id"]: field for field in _fields(name, schema)}
    assert by_id["role"]["attributes"]["options"] == list(ROLES.values())
    assert by_id["role"]["validations"]["required"] is True
    boxes = by_id["promises"]["attributes"]["options"]
    assert [box["label"] for box in boxes] == list(PROMISES)
    assert all(box["required"] is True for box in boxes)
    assert "CC0" in boxes[0]["label"]
    notice = data["body"][0]["attributes"]["value"]
    for words in ("Everybody can read", "no names of living persons", "no personal mailboxes", "within 21 days"):
        assert words in notice


def test_choices_are_the_terms_of_the_schema(schema: Schema) -> None:
    """By their titles, with the criterion of each in the help text."""
    by_id = {field["id"]: field["attributes"] for field in _fields("01-network.yml", schema)}
    for id_, vocabulary in {"status": "status", "form": "form", "group": "group", "topics": "topic"}.items():
        assert by_id[id_]["options"] == [term.title for term in schema.terms(vocabulary)]
        assert all(f"{term.title}: {term.criterion}" in by_id[id_]["description"] for term in schema.terms(vocabulary))
    assert by_id["topics"]["multiple"] is True


def test_help_texts_are_those_of_the_schema(schema: Schema) -> None:
    """One source; only what concerns a file is put in other words."""
    form = form_of("network", schema)
    for id_ in ("name", "acronym", "purpose", "website"):
        assert form.field(id_).label == schema.label(id_)
        assert form.field(id_).help == schema.at((id_,))["description"]


def test_what_an_address_fills_in_is_text(schema: Schema) -> None:
    """GitHub opens an empty page where a choice is filled in by an address."""
    wanted = {"correction": ("entry", "fact", "says"), "answer": ("entry", "question"), "status": ("entry",)}
    for key, ids in wanted.items():
        assert {form_of(key, schema).field(id_).kind for id_ in ids} <= {"input", "textarea"}


def test_without_an_address_the_chooser_leads_nowhere(schema: Schema) -> None:
    """Blank requests are off in any case."""
    assert _data("config.yml", schema, NOWHERE) == {"blank_issues_enabled": False}
    link = _data("config.yml", schema)["contact_links"][0]
    assert link["url"] == "https://registry.example.org/contribute/"


def test_the_examples_of_facts_are_facts(schema: Schema) -> None:
    """The help text of the correction names labels that intake knows."""
    labels = {fact.label for fact in facts(schema)}
    named = re.findall("“(.+?)”", form_of("correction", schema).field("fact").help)
    assert named
    assert set(named) <= labels


def test_the_text_to_copy_holds_every_label(schema: Schema) -> None:
    """With what is given filled in."""
    for form in all_forms(schema):
        text = copy_text(form, {form.fields[0].id: "given"})
        assert text.startswith(f"{form.fields[0].label}: given\n")
        assert all(f"\n{field.label}:" in f"\n{text}" for field in form.fields)


@pytest.mark.parametrize(("number", "is_told"), [(0, False), (6, True), (7, False)])
def test_few_choices_are_told_in_the_text_to_copy(number: int, is_told: bool, schema: Schema) -> None:
    """Up to six, in brackets; more would be no text to copy any more."""
    options = tuple("abcdefg"[:number])
    asked = replace(form_of("correction", schema).field("role"), options=options)
    assert hint(asked) == (f"({' / '.join(options)})" if is_told else "")


def test_texts_of_every_kind_are_written_as_they_are() -> None:
    """Whatever a title or a help text holds."""
    texts = [
        "no",
        "12:30",
        "2008-07-02",
        "a: b",
        " x ",
        "# x",
        "- x",
        "a\n\nb\n- c",
        "'",
        '"',
        "{x}",
        "é",
        "null",
        "0x1",
    ]
    data = {"a": texts, "b": {"c": texts[7], "d": True, "e": 3}, "f": [{"g": texts[3], "h": [texts[0]]}]}
    assert _read(_as_yaml(data)) == data
