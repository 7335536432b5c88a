"""What faults are planted in, and the tests that shall notice them."""

from __future__ import annotations

import pathlib

import msgspec

from tests.mutating import field


class Area(msgspec.Struct, frozen=True):
    """Part of the code with its tests."""

    name: str
    code: tuple[str, ...]
    """Files and folders."""
    tests: tuple[str, ...]
    database: bool = False
    """Whether the tests want a PostgreSQL server."""

    @property
    def modules(self) -> list[pathlib.Path]:
        """Its files of code."""
        return _files(self.code, "*.py")

    @property
    def files(self) -> list[str]:
        """Its files of tests."""
        return [str(path.relative_to(field.ROOT)) for path in _files(self.tests, "test_*.py")]


def _files(names: tuple[str, ...], pattern: str) -> list[pathlib.Path]:
    found: list[pathlib.Path] = []
    for name in names:
        path = field.ROOT / name
        found += sorted(path.rglob(pattern)) if path.is_dir() else [path]
    return found


ACCESS = (
    "access",
    "amending",
    "archiving",
    "branches",
    "buttons",
    "calendars",
    "delegating",
    "filling",
    "groups",
    "invitations",
    "links",
    "people",
    "people_list",
    "practising",
    "several",
    "tables",
    "team",
    "template_conversation",
    "templates",
    "working_hours",
)

AREAS = (
    Area("flows", ("flows",), ("tests/flows",)),
    Area(
        "access control",
        (
            "bot/callback_data.py",
            "bot/routing.py",
            "bot/people",
            "bot/seats",
            "bot/handlers/common.py",
            "bot/handlers/links.py",
            "bot/handlers/people.py",
        ),
        tuple(f"tests/bot/test_{name}.py" for name in ACCESS),
    ),
    Area("storage", ("storage",), ("tests/storage",), database=True),
)

SMALL = (
    Area("flows", ("flows/lifecycles.py", "flows/handing.py"), ("tests/flows/test_lifecycles.py", "tests/flows/test_handing.py")),
    Area("access control", ("bot/people/team.py", "bot/people/access.py"), ("tests/bot/test_team.py",)),
    Area("storage", ("storage/chain.py", "storage/sealing.py"), ("tests/storage/test_chain.py", "tests/storage/test_sealing.py")),
)  # fmt: skip
"""A corner of each that takes seconds, for a run of all tests."""
