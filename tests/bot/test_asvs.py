"""The page on ASVS names what there is: each file, each test, each requirement once."""

from __future__ import annotations

import collections
import pathlib
import re

ROOT = pathlib.Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "asvs.md").read_text("utf-8")
ROWS = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if re.match(r"\| \d", line)]


def test_every_file_that_is_named_is_there() -> None:
    named = [name for name in re.findall(r"`([\w/.-]+)`", PAGE) if "/" in name]
    links = [f"docs/{target}" for target in re.findall(r"\]\((?!https?:)([^)]+)\)", PAGE)]
    assert len(named) > 80
    assert [name for name in (*named, *links) if not (ROOT / name).exists()] == []


def test_a_requirement_that_is_met_has_its_test_and_is_named_once() -> None:
    assert len(ROWS) > 50
    assert [row[0] for row in ROWS if row[1] == "yes" and "`tests/" not in row[-1]] == []
    assert {row[1] for row in ROWS} == {"yes", "part", "no"}
    numbers = [number for row in ROWS for number in re.findall(r"\b\d+\.\d+\.\d+", row[0])]
    twice = [number for number, times in collections.Counter(numbers).items() if times > 1]
    assert twice == []
