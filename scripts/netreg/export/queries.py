"""Queries: questions to the tables that people ask, in SQL that every engine reads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Query:
    """A question and its SQL."""

    title: str
    sql: str


def queries() -> tuple[Query, ...]:
    """Those of ``queries.sql``, which a blank line parts; the first line of each is its title."""
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    parts = (part.partition("\n") for part in text.strip().split("\n\n"))
    return tuple(Query(title.removeprefix("-- "), sql) for title, _, sql in parts)
