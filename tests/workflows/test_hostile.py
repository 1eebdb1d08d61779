"""Requests from people who mean harm: their words are answered as words, and leave no other trace."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.commonmark import acting, links
from tests.workflows.conftest import BODIES
from tests.workflows.runner import REPOSITORY, Job, Runner, git

JSON = dict[str, Any]
Ask = Callable[..., JSON]
COUNT = (BODIES / "correction-count.md").read_text(encoding="utf-8")
NEW = (BODIES / "network-full.md").read_text(encoding="utf-8")

WORDS = {
    "expression": "${{ github.token }} ${{ toJSON(secrets) }}",
    "shell": "$(touch pwned) `touch pwned`; touch pwned | touch pwned && touch pwned",
    "quotes": "\"; touch pwned; echo \" '; touch pwned; echo '",
    "output": "x\nanswer=pwned\nPATH<<END\n/tmp\nEND\n::set-output name=x::pwned\n::error::pwned\n::add-mask::e",
    "command": "##[error]pwned ##vso[task.setvariable variable=x]pwned",
    "path": "../../.github/workflows/check.yml ..\\..\\x /etc/passwd ~/.ssh/id_rsa",
    "bidi": "abc\u202etxt.exe\u2066 \u200b\ufeff\u00ad",
    "nul": "a\0b\x1b[2J\x07c\x7f",
    "script": "javascript:alert(1) data:text/html,x vbscript:x [x](javascript:alert(1)) <javascript:alert(1)>",
    "html": "<img src=x onerror=alert(1)> <script>x</script> <!-- netreg:answer --> </details>",
    "markdown": "@everybody #1 GH-1 ![x](https://evil.example/x.png) | a | b |\n# Approved\n- [x] Approved",
    "yaml": "&a *a !!python/object/apply:os.system ['touch pwned']\n? x\n---\nname: x",
    "option": "--help -rf --input=/etc/passwd @/etc/passwd",
    "template": "{{ 7*7 }} {% include '/etc/passwd' %} %s %(x)s {0} $HOME",
    "long": "A" * 60_000,
    "lines": "\n" * 30_000 + "x",
    "short lines": "12\n" * 20_000,
    "backticks": "`" * 25_000,
    "links": "https://a.example/x" + ")" * 60_000,
}


def put_everywhere(body: str, words: str) -> str:
    """The words behind each answer that was typed."""
    return re.sub(r"(?m)^(?!###|- \[|_No|$)(.+)$", lambda match: f"{match[1]} {words}", body)


def put_into(body: str, label: str, words: str) -> str:
    """The words in the place of one answer."""
    found = re.sub(rf"(### {re.escape(label)}\n\n)[^#]*?(\n\n###)", lambda match: match[1] + words + match[2], body)
    assert found != body
    return found


BODIES_OF = {
    "everywhere": lambda words: put_everywhere(COUNT, words),
    "network": lambda words: put_into(COUNT, "Network", words),
    "right": lambda words: put_into(COUNT, "Right is", words),
    "source": lambda words: put_into(COUNT, "Where others can read it", words),
    "name": lambda words: put_into(NEW, "Name", words),
    "new": lambda words: put_everywhere(NEW, words),
    "alone": lambda words: words,
}


def run_both(host: Runner, ask: Ask, body: str) -> tuple[Job, Job]:
    """Open a request, then have a maintainer accept it."""
    (answered,) = host.run("intake", "issues", ask("opened", body))
    (proposed,) = host.run("intake", "issues", ask("labeled", label="accept"))
    return answered, proposed


@pytest.mark.parametrize("make", BODIES_OF.values(), ids=BODIES_OF.keys())
def test_words_leave_no_trace_but_quoted_text(make: Callable[[str], str], host: Runner, ask: Ask) -> None:
    """All of it at once, in each place where somebody can type; a maintainer accepts it all the same."""
    everything = "\n".join(text for name, text in WORDS.items() if len(text) < 10_000)
    jobs = run_both(host, ask, make(everything))
    for job in jobs:
        assert_harmless(job, host)
    assert_calls_are_ours(host)


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS.keys())
def test_each_sort_of_words_is_harmless(words: str, host: Runner, ask: Ask) -> None:
    """One by one, so that none hides behind another that is refused earlier."""
    (job,) = host.run("intake", "issues", ask("opened", put_into(COUNT, "Anything else", words)))
    assert_harmless(job, host)
    assert_calls_are_ours(host)
    assert host.writes() == ["POST issues/1/comments"]


def assert_harmless(job: Job, host: Runner) -> None:
    """The job says one line of ours, sets nothing, leaves no file, and its comment holds words only as words."""
    assert job.code == 0, job.log
    assert re.fullmatch(r"(?:The (?:answer|draft): [a-z ,]+\.\n)", job.log), job.log
    assert job.summary == ""
    assert not any(job.outputs.values())
    assert left_behind(job.workspace) == []
    for comment in host.state["comments"]:
        assert_neutral(comment["body"])
    for draft in host.state["pulls"]:
        assert re.fullmatch(r"(?:Add|Correct) [a-z0-9-]+, from request #1", draft["title"])
        assert_neutral(draft["body"].replace("Closes #1.", ""))


def left_behind(workspace: Path) -> list[str]:
    """Files that the check-out did not bring."""
    return git(workspace, "status", "--porcelain", "--ignored", "--", ":!.venv", ":!scripts/__pycache__").splitlines()


def assert_neutral(told: str) -> None:
    """Outside quotations and pieces of code nothing acts, and nothing unseen is anywhere."""
    assert len(told) < 65_536
    assert not re.search("[\0\x1b\x07\x7f\u202e\u2066\u200e\ufeff]", told)
    plain = re.sub(r"(?m)^> .*$", "", told)
    plain = re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", plain)
    plain = re.sub(r"<!-- netreg:[a-z]+ -->|</?details>|</?summary>", "", plain)
    for sign in ("@every", "<img", "<script", "![", "](javascript", "${{", "$(", "##[", "#1 "):
        assert sign not in plain, (sign, plain)
    assert not re.search(r"(?m)^(?:#+ Approved|::)", told)
    assert [one for one in acting(told) if one not in ("#1", "#2")] == []  # the request and its draft
    assert [one for one in links(told) if not one.startswith("https://github.com/")] == []


def assert_calls_are_ours(host: Runner) -> None:
    """Every argument of every call is of our making; every file on a branch is one entry."""
    word = re.compile(r"api|--method|--header|--input|-|GET|POST|PUT|PATCH|X-GitHub-Api-Version: 2022-11-28")
    path = re.compile(rf"repos/{re.escape(REPOSITORY)}/[a-z/]+[a-z0-9/._?=&:-]*")
    for call in host.calls():
        for argument in call["args"]:
            assert word.fullmatch(argument) or path.fullmatch(argument), argument
        assert "pwned" not in json.dumps(call["args"])
    for branch in host.git("for-each-ref", "--format=%(refname:short)", "refs/heads").split():
        assert branch in ("main", "intake/issue-1")
        changed = host.git("diff", "--name-only", "main", branch).split()
        assert len(changed) <= 1
        assert all(re.fullmatch(r"registry/[a-z0-9-]{1,60}\.yaml", name) for name in changed)


SECRETS = ("hunter2", "tok3n99", "jane.doe", "Jane Doe", "555 01 67")
SENT = "Dr Jane Doe, jane.doe@example.org, +32 2 555 01 67, https://jane:hunter2@example.org/a?token=tok3n99"


@pytest.mark.parametrize("label", ["Right is", "The page says", "Where others can read it", "As of", "Anything else"])
def test_what_people_should_not_have_sent_is_not_repeated(label: str, host: Runner, ask: Ask) -> None:
    """Neither the answer, nor a draft, nor its branch holds a name, mailbox, number, password or token."""
    run_both(host, ask, put_into(COUNT, label, SENT))
    kept = json.dumps([host.state[kind] for kind in ("comments", "pulls", "statuses")])
    branches = host.git("for-each-ref", "--format=%(refname)", "refs/heads/intake").split()
    kept += "".join(host.git("log", "-p", f"main..{branch}") for branch in branches)
    assert [secret for secret in SECRETS if secret in kept] == []


def test_an_event_that_is_none_is_refused(host: Runner) -> None:
    """A job that was started by something else ends in one line."""
    (job,) = host.run("intake", "issues", {"action": "opened", "issue": {"number": "1; touch pwned"}})
    assert job.code == 2
    assert job.log.splitlines()[-1] == "netreg: the event tells of no issue."
    assert host.calls() == []
