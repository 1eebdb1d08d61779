"""Requests: what somebody writes gets one answer at once, and one draft once a maintainer says yes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.workflows.conftest import BODIES
from tests.workflows.runner import Runner

JSON = dict[str, Any]
Ask = Callable[..., JSON]
COUNT = (BODIES / "correction-count.md").read_text(encoding="utf-8")
GAPS = (BODIES / "correction-two-faults.md").read_text(encoding="utf-8")
NEW = (BODIES / "network-full.md").read_text(encoding="utf-8")


def comments(host: Runner) -> list[str]:
    """The comments at the host."""
    return [comment["body"] for comment in host.state["comments"]]


def intake(host: Runner, event: JSON) -> str:
    """Run the workflow; what it printed."""
    (job,) = host.run("intake", "issues", event)
    assert job.code == 0, job.log
    return job.log


def test_a_request_is_answered_at_once(host: Runner, ask: Ask) -> None:
    """Opening a request gives one comment, and touches nothing else."""
    host.is_whole = True
    (job,) = host.run("intake", "issues", ask("opened", COUNT))
    assert (job.id, job.code) == ("answer", 0), job.log
    assert job.log.endswith("The answer: made.\n")
    (told,) = comments(host)
    assert told.startswith("<!-- netreg:answer -->\nThank you.")
    assert "`27 states`" in told
    assert host.writes() == ["POST issues/1/comments"]
    assert job.summary == ""


def test_a_change_of_the_request_changes_the_answer(host: Runner, ask: Ask) -> None:
    """The same comment says what is understood now; a change that matters not changes nothing."""
    intake(host, ask("opened", GAPS))
    assert "**Missing**" in comments(host)[0]
    assert "changed" in intake(host, ask("edited", COUNT))
    (told,) = comments(host)
    assert "**Missing**" not in told
    assert "left as it is" in intake(host, ask("edited", COUNT.replace("\n", "\r\n")))
    assert host.writes() == ["POST issues/1/comments", "PATCH issues/comments/100"]


def test_a_wish_for_removal_is_answered_without_its_words(host: Runner, ask: Ask) -> None:
    """An answer that quoted the request goes with its older states, and a label calls a person."""
    intake(host, ask("opened", "Jane Doe chairs it."))
    intake(host, ask("edited", "Please take my name, Jane Doe, off this page."))
    (told,) = comments(host)
    assert "Jane" not in told
    assert "not in public" in told
    assert host.state["issues"][0]["labels"] == [{"name": "private"}]
    assert "DELETE issues/comments/100" in host.writes()


def test_a_comment_that_copies_our_mark_is_not_ours(host: Runner, ask: Ask) -> None:
    """Only what our own program wrote is changed."""
    event = ask("opened", COUNT)
    state = host.state
    copied = {"id": 5, "issue": 1, "user": {"login": "somebody", "type": "User"}, "body": "<!-- netreg:answer -->\nhi"}
    state["comments"].append(copied)
    host.state = state
    intake(host, event)
    assert len(comments(host)) == 2
    assert comments(host)[0] == copied["body"]


def test_what_a_program_wrote_gets_no_answer(host: Runner, ask: Ask) -> None:
    """The monthly list is no request."""
    event = ask("opened", COUNT)
    event["issue"]["user"] = {"login": "github-actions[bot]", "type": "Bot"}
    assert "not needed" in intake(host, event)
    assert host.writes() == []


def test_other_labels_start_nothing(host: Runner, ask: Ask) -> None:
    """The forms set labels of their own; only `accept` is a maintainer's word."""
    ask("opened", COUNT)
    assert host.run("intake", "issues", ask("labeled", label="correction")) == []


def test_the_label_makes_a_draft(host: Runner, ask: Ask) -> None:
    """One branch, one commit with one file, a status, a draft that closes the request, and a word to its author."""
    host.is_whole = True
    ask("opened", COUNT)
    (job,) = host.run("intake", "issues", ask("labeled", label="accept"))
    assert (job.id, job.code) == ("propose", 0), job.log
    assert host.git("for-each-ref", "--format=%(refname)", "refs/heads") == "refs/heads/intake/issue-1\nrefs/heads/main"
    assert host.git("diff", "--name-status", "main", "intake/issue-1") == "M\tregistry/eucpn.yaml"
    assert host.git("rev-list", "--count", "main..intake/issue-1") == "1"
    assert "value: 27" in host.git("show", "intake/issue-1:registry/eucpn.yaml")
    (draft,), (status,) = host.state["pulls"], host.state["statuses"]
    assert (draft["draft"], draft["base"], draft["title"]) == (True, "main", "Correct eucpn, from request #1")
    assert draft["body"].startswith("Closes #1.")
    assert "27 (2025) instead of 25 (2005)" in draft["body"]
    assert status["sha"] == draft["head"]["sha"]
    assert (status["state"], status["context"]) == ("success", "Registry (draft)")
    assert comments(host)[0].startswith("<!-- netreg:draft -->\nA maintainer said yes: the change is drafted in #2.")


def test_a_second_label_makes_nothing_twice(host: Runner, ask: Ask) -> None:
    """The draft that is there stays as it is, with whatever a maintainer did to it."""
    ask("opened", COUNT)
    intake(host, ask("labeled", label="accept"))
    before, tip = len(host.writes()), host.git("rev-parse", "intake/issue-1")
    assert "there is a draft already" in intake(host, ask("labeled", label="accept"))
    assert len(host.writes()) == before
    assert host.git("rev-parse", "intake/issue-1") == tip


def test_a_run_that_broke_off_is_finished_by_the_next(host: Runner, ask: Ask) -> None:
    """A branch without a draft begins anew, so that it never holds more than the one file."""
    ask("opened", NEW)
    intake(host, ask("labeled", label="accept"))
    state = host.state
    state["pulls"][0]["state"] = "closed"
    host.state = state
    ask("edited", COUNT)
    intake(host, ask("labeled", label="accept"))
    assert host.git("diff", "--name-status", "main", "intake/issue-1") == "M\tregistry/eucpn.yaml"
    assert len(host.state["pulls"]) == 2


def test_a_new_network_has_a_draft_too(host: Runner, ask: Ask) -> None:
    """Its file is new; what the check misses stands in the draft and in its status."""
    ask("opened", NEW)
    intake(host, ask("labeled", label="accept"))
    name = host.git("diff", "--name-status", "main", "intake/issue-1")
    assert name.startswith("A\tregistry/")
    assert host.state["pulls"][0]["title"].startswith("Add ")


def test_a_request_that_changed_after_the_label_is_refused(host: Runner, ask: Ask) -> None:
    """What a maintainer did not see is not drafted; setting the label anew is."""
    ask("opened", COUNT)
    labelled = ask("labeled", label="accept")
    ask("edited", COUNT.replace("27 states", "99 states"))
    assert "changed after the label" in intake(host, labelled)
    assert host.writes() == ["POST issues/1/comments"]
    assert "was changed meanwhile" in comments(host)[0]
    intake(host, ask("labeled", label="accept"))
    assert "value: 99" in host.git("show", "intake/issue-1:registry/eucpn.yaml")
    assert len(comments(host)) == 1


def test_a_request_that_changes_under_its_draft_is_told_there(host: Runner, ask: Ask) -> None:
    """The reviewer of the draft learns it, once; without a draft nobody has to."""
    ask("opened", COUNT)
    changed = {"changes": {"body": {"from": COUNT}}}
    assert "A word to the draft: not needed." in intake(host, {**ask("edited", f"{COUNT} "), **changed})
    intake(host, ask("labeled", label="accept"))
    later = {**ask("edited", COUNT.replace("27 states", "28 states")), **changed}
    assert "A word to the draft: made." in intake(host, later)
    (word,) = [one["body"] for one in host.state["comments"] if one["issue"] == 2]
    assert word.startswith("<!-- netreg:changed -->\nThe request #1 was changed after this draft was made.")
    assert "A word to the draft: left as it is." in intake(host, later)
    assert "value: 27" in host.git("show", "intake/issue-1:registry/eucpn.yaml")


@pytest.mark.parametrize("change", [{"state": "closed"}, {"labels": []}])
def test_a_label_that_was_taken_back_makes_nothing(host: Runner, ask: Ask, change: JSON) -> None:
    """A request that is closed, or without the label, by the time the job runs is left alone."""
    ask("opened", COUNT)
    event = ask("labeled", label="accept")
    state = host.state
    state["issues"][0].update(change)
    host.state = state
    assert "not needed" in intake(host, event)
    assert host.writes() == []


def test_a_request_with_gaps_has_no_draft(host: Runner, ask: Ask) -> None:
    """The label alone does not make up what is missing."""
    ask("opened", GAPS)
    assert "no draft can be made of it yet" in intake(host, ask("labeled", label="accept"))
    assert host.writes() == ["POST issues/1/comments"]
    assert "the answer above says what is missing." in comments(host)[0]


def test_a_host_that_refuses_is_told_in_one_line(host: Runner, ask: Ask) -> None:
    """No trace, nothing of what was written, and a job that is red."""
    event = ask("opened", COUNT)
    host.state = {**host.state, "repository": "somebody/else"}
    (job,) = host.run("intake", "issues", event)
    assert job.code == 1
    assert job.log.splitlines()[-1].startswith("netreg: The host did not answer GET issues/1/comments")
    assert "Traceback" not in job.log


def test_a_draft_says_what_it_does_not_hold(host: Runner, ask: Ask) -> None:
    """In which role the sender writes, what is left to do, and every word that fits no field."""
    body = COUNT.replace("https://www.eucpn.org/members", "https://www.eucpn.org/members, p. 12, third paragraph")
    ask("opened", body.replace("### Anything else\n\n_No response_", "### Anything else\n\nPhone @chair, see #4."))
    intake(host, ask("labeled", label="accept"))
    (draft,) = host.state["pulls"]
    assert "The sender writes as: independent." in draft["body"]
    assert "**Left to you**\n\n- A person opens `www.eucpn.org/members` and adds" in draft["body"]
    assert "> https://www.eucpn.org/members, p. 12, third paragraph" in draft["body"]
    assert "> Phone @chair, see #4." in draft["body"]
    assert draft["body"].index("27 (2025) instead of 25") < draft["body"].index("The sender writes")
