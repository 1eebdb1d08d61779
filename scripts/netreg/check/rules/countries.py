"""Countries: who takes part, as what, and whether the lists can be right beside each other."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

from netreg.check.rule import Context, Hit, Subject, rule
from netreg.core.dates import try_parse
from netreg.core.finding import Level
from netreg.core.load import Node
from netreg.core.nearest import listed, quoted
from netreg.entry import Claim
from netreg.entry.country_sets import CountrySet, codes, in_sets, read_country_sets
from netreg.entry.evidence import deciding_roles


def _beside_sets(subject: Subject, context: Context, key: str) -> Iterator[tuple[Claim, Node, bool]]:
    """The codes under a key of each list that names sets, and whether they are in one of its sets."""
    for claim in subject.accounts:
        members, found = in_sets(claim, _sets(context, claim)), claim.node.get(key)
        for node in found.value if members and found and found.kind == "sequence" else ():
            yield claim, node, node.text in members


def _sets(context: Context, *lists: Claim) -> Mapping[str, CountrySet]:
    """The named sets of the project, read only where a list names one."""
    project = context.schema.project
    return read_country_sets(project) if project and any(claim.texts("sets") for claim in lists) else {}


@rule(
    "unknown-country",
    summary="Two letters are not the code of a country.",
    reason="The code leads to the page of the country and to its column in every table. Codes are those of ISO 3166-1, "
    "territories included, and XK for Kosovo.",
    fix="Look the code up in ISO 3166; Greece is GR and the United Kingdom GB.",
)
def unknown_country(subject: Subject, _context: Context) -> Iterator[Hit]:
    for error in subject.shape_errors("unknown-country"):
        yield subject.hit(error.node, f"{quoted(str(error.node.plain()))} {error.part['x-message']}.")


@rule(
    "exception-outside-set",
    summary="A country is excepted from sets to which it does not belong.",
    reason="An exception takes a country out of the sets that the list names. Where it is in none of them, most often "
    "another set was meant.",
    fix="Name the set of the source's date, or delete the exception.",
)
def exception_outside_set(subject: Subject, context: Context) -> Iterator[Hit]:
    for claim, node, is_in_set in _beside_sets(subject, context, "except"):
        if not is_in_set:
            yield subject.hit(node, f"{node.text} is not in {listed(claim.texts('sets'))}.")


@rule(
    "country-in-set",
    Level.WARNING,
    summary="A list names a country that is in one of its sets already.",
    reason="The codes stand for countries beside those of the sets; one that is said twice stays when the set is "
    "corrected.",
    fix="Delete the code, or the exception of the same country.",
)
def country_in_set(subject: Subject, context: Context) -> Iterator[Hit]:
    for _, node, is_in_set in _beside_sets(subject, context, "value"):
        if is_in_set:
            yield subject.hit(node, f"{node.text} is in the sets of this list already.")


_FITS: Mapping[str, Callable[[int, int], bool]] = dict(
    zip(["", "at-least", "more-than", "at-most"], [operator.eq, operator.ge, operator.gt, operator.le], strict=True)
)
"""How many named countries fit a number, by its qualifier; any number fits *about*."""


@rule(
    "list-against-number",
    Level.INFO,
    summary="A whole list of members does not have as many countries as are counted for its date.",
    reason="Who stands on no whole list is shown as no member. Where 41 states are counted and 38 are named, three may "
    "be wronged.",
    fix="Compare the two in their sources; where the list leaves members out, it is not complete.",
)
def list_against_number(subject: Subject, context: Context) -> Iterator[Hit]:
    for claim in subject.accounts:
        named = len(codes(claim, _sets(context, claim))) if claim.role == "member" and claim.is_complete else 0
        for number in subject.counts if named else ():
            of_one_date = claim.as_of == number.as_of and (claim.as_of or set(claim.sources) & set(number.sources))
            fits = _FITS.get(number.node.string("qualifier") or "") if isinstance(number.value, int) else None
            if fits and of_one_date and number.unit == "states" and not fits(named, number.value):
                counted = f"the number in line {number.node.line} is {number.value}"
                yield subject.hit(claim.node, f"Countries on this list: {named}; {counted}.")


@rule(
    "two-roles",
    Level.WARNING,
    summary="A country takes part in two roles at one time.",
    reason="A country is a member or an observer, not both. A founder, and one that took part once, may be anything "
    "else besides.",
    fix="Give each list its as_of, or from and until; where one follows from a slip, delete the code there.",
)
def two_roles(subject: Subject, context: Context) -> Iterator[Hit]:
    roles = deciding_roles(context.schema)
    lists = [claim for claim in subject.countries if claim.role in roles]
    sets = _sets(context, *lists)
    for one, other in combinations(lists, 2):
        both = codes(one, sets) & codes(other, sets) if one.role != other.role else None
        if both and _at_one_time(subject, one, other):
            words = f"In two roles at one time: {listed(sorted(both))}, {other.role} here"
            yield subject.hit(other.node.get("role"), f"{words} and {one.role} in line {one.node.line}.")


def _at_one_time(subject: Subject, one: Claim, other: Claim) -> bool:
    for end, begin in ((one.until, other.since), (other.until, one.since)):
        last, first = try_parse(end), try_parse(begin)
        if last and first and first.earliest >= last.earliest:  # it changed then
            return False
    here, there = subject.evidence_of(one), subject.evidence_of(other)
    return here is there or bool(here and there and not here.surely_after(there) and not there.surely_after(here))
