"""What a record does not say is not written: on disk it goes on meaning what it meant when it was left out."""

from __future__ import annotations

import pathlib
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest

from storage import moving, packing, sealing, tables
from storage.sql import connections, places, rows
from storage.sqlite.store import SqliteStorage
from tests.storage import test_port

MEANT: dict[str, dict[str, Any]] = {
    "person": {
        "language": "en", "language_chosen": False, "joined_at": None, "agreed_at": None, "agreed_to": "",
        "reachable": True,
    },
    "assessment": {
        "branches": (), "state": "drafting", "assumptions": (), "closed": (), "groups": (), "keep_until": None,
        "mended": False,
        "reminders": {
            "on": True, "first": 2, "again": 3, "escalate": 3, "opens": 9, "closes": 17, "digest": True,
        },
    },
    "membership": {},
    "invitation": {"branch": "", "name": "", "expires_at": None, "used_at": None, "revoked": False},
    "delegation": {
        "key": "", "expires_at": None, "taken_at": None, "moved_at": None, "ended_at": None, "end": "", "place": None,
    },
    "section": {
        "state": "not_started", "changed_at": None, "answered": 0, "total": 0, "comment": "", "waits": False,
    },
    "conversation": {"assessment": "", "section": "", "topic": "", "draft": {}, "screen": "", "wrong_links": ()},
    "screen": {
        "actions": (), "section": "", "revision": -1, "message_id": None, "digest": "", "key": "", "made_at": None,
    },
    "received": {"received_at": None},
    "outgoing": {"body": {}, "attempts": 0, "problem": ""},
    "reminder": {"kind": "owed", "round": 0, "section": "", "key": "", "about": 0, "sent_at": None},
    "sign_off": {"digest": "", "reason": ""},
    "audit_line": {
        "deed": "", "about": "", "maker_salt": "", "maker_digest": "", "person_salt": "", "person_digest": "",
        "before": "", "digest": "",
    },
    "plan_file": {"body": b"", "plan": b""},
    "survey": {"form": "", "definition": None},
    "template": {"name": "", "previewed": False, "body": b""},
    "alert": {},
}  # fmt: skip
"""Kind of record -> what each field means that its sealed body may lack. Who changes a line changes rows of years ago."""


@pytest.fixture
async def disk(sqlite: SqliteStorage, path: pathlib.Path) -> AsyncIterator[connections.Connection]:
    """A database with a row of every kind."""
    await sqlite.commit([*test_port.everything_of(1), *test_port.ALERTS])
    await sqlite.close()
    async with moving.target_of(f"sqlite:///{path}") as (connection, _):
        yield connection


@pytest.mark.parametrize("table", tables.TABLES.values(), ids=lambda table: table.name)
async def test_what_was_left_out_means_the_same(
    disk: connections.Connection, key: sealing.Key, table: tables.Table
) -> None:
    seal = sealing.Seal(key)
    kept = rows.Rows(disk, seal)
    [row, *_] = await disk.fetch(f"SELECT * FROM {table.name}", {})
    first = kept.record(table.record, row)
    meant = MEANT[table.name]
    said = {
        name: getattr(first, name)
        for name in first.__struct_fields__
        if name not in table.columns and name not in meant
    }
    body = seal.close(packing.pack(said), places.RECORDS[table.name].place(row))
    await disk.change(
        f"UPDATE {table.name} SET body = :body WHERE body = :was", {"body": body, "was": row["body"]}
    )
    [read, *_] = await kept.where(table.record, **{name: getattr(first, name) for name in table.key})
    found = {name: _plain(getattr(read, name)) for name in meant}
    assert found == meant
    assert {name: getattr(read, name) for name in said} == said


def test_of_every_field_it_is_written_down() -> None:
    for table in tables.TABLES.values():
        may_lack = {field.name for field in msgspec.structs.fields(table.record) if not field.required}
        assert set(MEANT[table.name]) == may_lack - set(table.columns), table.name


def _plain(value: object) -> object:
    return msgspec.structs.asdict(value) if isinstance(value, msgspec.Struct) else value
