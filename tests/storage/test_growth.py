"""Nothing that a turn asks or writes grows with the whole database: no statement reads a table from end to end."""

from __future__ import annotations

import pathlib
import re

import aiosqlite
import pytest

from storage import tables
from storage.sql import queries
from storage.sqlite import store

WHOLE = {
    "assessments": "beside the turns, for reminders that are missing after a start",
    "memberships": "in no turn",
    "every_session": "once, where an older program kept them",
    "waiting": "what waits is short: its rows go with their turns",
    "outgoing": "the same of messages",
    "people_waiting": "the same, of its index",
    "lanes_waiting": "the same, of its index",
}
"""Statements that read a whole table, and when that may be."""

_PLACE = re.compile(r"(?<!:):(\w+)")


@pytest.fixture
async def plans(path: pathlib.Path, sqlite: store.SqliteStorage) -> dict[str, list[str]]:
    found = {}
    async with aiosqlite.connect(path) as connection:
        for name, statement in (queries.READ | queries.WRITE | by_column()).items():
            values = dict.fromkeys(_PLACE.findall(statement), 1)
            rows = await connection.execute_fetchall(f"EXPLAIN QUERY PLAN {statement}", values)
            found[name] = [str(row[3]) for row in rows]
    return found


def by_column() -> dict[str, str]:
    """How the rows of each table are found by their key, by a person they name, and by their assessment."""
    wanted = [(table.name, column) for table in tables.TABLES.values() for column in table.people]
    wanted += [(tables.TABLES[kind].name, "assessment") for kind in tables.OF_AN_ASSESSMENT]
    wanted += [(table.name, table.key[0]) for table in tables.TABLES.values()]
    return {
        f"{name} by {column}": f"SELECT * FROM {name} WHERE {column} = :{column}" for name, column in wanted
    }


async def test_only_those_named_read_a_whole_table(plans: dict[str, list[str]]) -> None:
    assert {name for name, steps in plans.items() if any(step.startswith("SCAN") for step in steps)} == set(
        WHOLE
    )
