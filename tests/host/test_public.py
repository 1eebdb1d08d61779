"""What we write at the host: no branch, commit, draft, comment or status holds what people should not have sent."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.contribute.conftest import HERE, as_github_writes

from netreg.check import Context, check_one
from netreg.contribute.form import all_forms
from netreg.contribute.intake import Base, Request, intake
from netreg.contribute.reply.outcome import Outcome
from netreg.core.finding import Finding
from netreg.core.load import parse_document, read_folder
from netreg.core.report import as_github
from netreg.core.schema import Schema
from netreg.host.comment import Reviewed
from netreg.host.gh import Host, HostError, issue_of
from netreg.host.kept import keep_issue
from netreg.host.propose import LABEL, Main, answer, propose
from netreg.review.as_json import as_json
from netreg.review.as_markdown import as_markdown
from netreg.review.as_text import as_text
from netreg.review.collect import changes_in
from netreg.review.overview import review
from netreg.review.revisions import Pair
from netreg.review.words import Words
from netreg.upkeep.monthly import MARKER

SHA = "a" * 40
FOUND = (Phase.explicit, Phase.reuse, Phase.generate)
"""What is found is short as it is; to make it shorter would take minutes."""

TODAY = date(2026, 11, 24)
NAMES = ("Quirijn Vandenquackel", "Štěpán Zábrdovský", "Thyra Þorkelsdóttir", "Ioannis Ouzounidis", "Ann-Lis O’Quillan")
PLAIN = {"entry": "eucpn", "fact": "Seat", "right": "In Malta", "source": "https://eucpn.org/news"}
CHOSEN = {"source_kind": "Own words", "role": "Member", "change": "Merged", "found": "It says so", "which": "about"}
NEW = {"name": "Example Network of Inland Port Police", "summary": "Network of forces that police inland ports."}
OTHER = {"when": "2020", "other": "ROADPOL", "question": "Is it still at work?", "answer": "December 2025"}
SAME = {"twin": "enfsi", "why": "Both have one statute, https://a.example/statute", "message": "A good site."}
GIVEN = {**PLAIN, **CHOSEN, **NEW, **OTHER, **SAME}


class Written(Host):
    """A host that has one issue and keeps all that is written to it, with the paths, as text."""

    def __init__(self, issue: Mapping[str, Any]) -> None:
        super().__init__("a/b")
        self.issue, self.all = issue, list[str]()

    def __setattr__(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)  # a host of the tests remembers

    def _ask(self, method: str, path: str, data: Mapping[str, Any] | None) -> Any:
        if data is None and path.startswith("contents/"):
            raise HostError(path, "HTTP 404")
        if data is None:
            refs = [{"ref": f"refs/heads/{path.partition('heads/')[2]}", "object": {"sha": SHA}}]
            return self.issue if path == f"issues/{self.issue['number']}" else refs if "matching" in path else []
        content = base64.b64decode(str(data.get("content", ""))).decode()
        self.all.append(f"{path} {json.dumps(dict(data), ensure_ascii=False)} {content}")
        return {"number": 2, "head": {"sha": SHA}}


@st.composite
def secrets(draw: st.DrawFn) -> tuple[str, str]:
    """What nobody may repeat, as people write it, and the part of it that must stand nowhere."""
    name, digits = draw(st.sampled_from(NAMES)), draw(st.text("0123456789", min_size=6, max_size=7))
    word = draw(st.text("bcdfghjkmnpqrstvwxz23456789", min_size=12, max_size=16))
    at = draw(st.sampled_from(["@", "＠", " (at) ", "[at]", "%40"]))
    title = draw(st.sampled_from(["Mr", "Ms", "Dr.", "Prof. Dr.", "Frau", "Herr", "Mme", "Professor"]))
    phone = draw(st.sampled_from(["+32 2 55{}", "0049 30 55{}", "tel:+33155{}", "+420 (2) 55{}", "(+351) 55{}"]))
    return draw(
        st.sampled_from(
            [
                (f"{word}.van-dam{at}mail.example.org", word),
                (phone.format(digits), f"55{digits}"),
                (f"https://user:{word}@eucpn.org/page", word),
                (f"https://eucpn.org/page?access_token={word}", word),
                (f"{title} {name}", name.split()[1]),
                (f"{name} <{word}@example.org>", word),
            ]
        )
    )


def _reviewed(outcome: Outcome, base: Base) -> tuple[str, list[Finding]]:
    """All that a review says of a draft, in each of its forms, and what the check finds."""
    assert outcome.proposal
    after = outcome.proposal.document
    found = check_one(after, base.outlines, base.context)
    now = base.subjects.get(outcome.proposal.id)
    seen = review(changes_in([Pair(after.id, now.document if now else None, after)]), Words(base.schema), found)
    return f"{as_markdown(seen)}{as_text(seen)}", found


def _published(form: int, field: int, words: str, base: Base, *, by_mail: bool) -> tuple[Outcome, list[str]]:
    """A request with the words in one of its fields, or in front, and all that we say and write of it."""
    asked = all_forms(base.schema)[form % len(all_forms(base.schema))]
    places = [None, *(one for one in asked.fields if one.kind != "checkboxes")]
    place = places[field % len(places)]
    answers = {**GIVEN, **({place.id: words} if place else {})}
    body = f"{'' if place else words}\n\n{as_github_writes(asked, answers)}"
    raw = {"number": 12, "body": body, "created_at": "2026-11-24T10:00:00Z", "labels": [{"name": LABEL}]}
    issue, host = issue_of(raw), Written(raw)
    outcome = intake(body, Request(12, TODAY, by_mail=by_mail), base)
    answer(host, issue, outcome, outcome.as_markdown(14))

    def reviewed(_ref: str) -> Reviewed:
        return Reviewed(_reviewed(outcome, base)[0], 0, changes_entries=True)

    propose(host, issue, outcome, reviewed, Main("main", SHA))
    said = [outcome.as_markdown(14), outcome.for_reviewer(), json.dumps(outcome.as_object(14), ensure_ascii=False)]
    return outcome, [*host.all, *said]


SECRET = st.tuples(
    st.integers(0, 99), st.integers(0, 99), secrets(), st.sampled_from(["{}", "Ask {}.", "In Malta, {}"])
)


@settings(max_examples=100, suppress_health_check=list(HealthCheck), phases=FOUND)
@given(request=SECRET, by_mail=st.booleans())
def test_nothing_that_we_write_repeats_a_secret(
    request: tuple[int, int, tuple[str, str], str], by_mail: bool, schema: Schema
) -> None:
    """In whichever field it came: and at the host nothing is drafted, and the answer says how to take the words out."""
    form, field, (secret, never), around = request
    base = Base(read_folder(HERE), Context(schema, TODAY))
    outcome, public = _published(form, field, around.format(secret), base, by_mail=by_mail)
    assert [text for text in public if never in text] == []
    assert outcome.reply.is_private or by_mail or outcome.proposal is None
    assert by_mail or "delete the older state" in public[-3]


@settings(max_examples=60, phases=FOUND)
@given(secret=secrets(), place=st.sampled_from(["seat", "name", "note", "comment", "title"]), is_new=st.booleans())
def test_no_word_on_a_pull_request_repeats_a_secret(
    secret: tuple[str, str], place: str, is_new: bool, schema: Schema
) -> None:
    """Nor the comment, the summary, what a terminal or an annotation of the check shows, wherever it stands."""
    words, never = secret
    said = {key: words if key == place else plain for key, plain in _ENTRY.items()}
    text = json.dumps(words)[1:-1] if place != "comment" else words
    before, after = (
        parse_document("registry/een.yaml", _TEXT.format(**values).encode())
        for values in (_ENTRY, {**said, place: text})
    )
    base = Base((), Context(schema, TODAY))
    found = check_one(after, (), base.context)
    seen = review(changes_in([Pair("een", None if is_new else before, after)]), Words(schema), found)
    told = [
        as_markdown(seen),
        as_text(seen),
        as_github(found),
        *(one["sentence"] for one in json.loads(as_json(seen))["changes"]),
    ]
    assert [one for one in told if never in one] == []


_ENTRY = {
    "seat": "Vienna",
    "name": "European Example Network",
    "note": "by its page",
    "comment": "plain",
    "title": "About",
}
_TEXT = """name: "{name}"
acronym: EEN
group: other-european
topics: [drugs]
status: {{value: active, as_of: "2024", sources: [own]}}
seat: {{value: "{seat}", note: "{note}", sources: [own]}}  # {comment}
sources:
  - id: own
    title: "{title}"
    author: European Example Network
    kind: self-presentation
    url: https://own.example/
    language: en
    read: {{date: "2026-11-23", how: live}}
"""


@settings(max_examples=30, phases=FOUND)
@given(secret=secrets())
def test_the_monthly_list_repeats_no_secret(secret: tuple[str, str]) -> None:
    """Whatever stands in a title of a source that it names."""
    host = Written({"number": 3})
    keep_issue(host, f"{MARKER}\n- {secret[0]}", is_empty=False)
    assert len(host.all) == 1
    assert secret[1] not in host.all[0]
