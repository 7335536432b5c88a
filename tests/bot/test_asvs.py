"""The page on ASVS names what there is: each file, each test, each requirement of its levels, and that once."""

from __future__ import annotations

import collections
import pathlib
import re

ROOT = pathlib.Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "asvs.md").read_text("utf-8")
MET, _, ABSENT = PAGE.partition("## What there is not")
ROWS = [line.strip("| ").split(" | ") for line in MET.splitlines() if re.match(r"\| \d", line)]
NUMBER = re.compile(r"\b\d+\.\d+\.\d+")

LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123", "2.1": "122",
    "2.2": "112", "2.3": "12223", "2.4": "23", "3.1": "3", "3.2": "113", "3.3": "12223",
    "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333", "4.1": "12233", "4.2": "23333",
    "4.3": "22", "4.4": "1222", "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222", "6.1": "122",
    "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223",
    "6.7": "33", "6.8": "2222", "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223",
    "7.6": "22", "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23", "9.1": "111", "9.2": "1222",
    "10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222",
    "10.6": "22", "10.7": "222", "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222",
    "11.5": "23", "11.6": "23", "11.7": "33", "12.1": "12233", "12.2": "11", "12.3": "22223",
    "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233", "14.1": "22",
    "14.2": "12223333", "14.3": "122", "15.1": "12233", "15.2": "12233", "15.3": "1222222",
    "15.4": "3333", "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
    "17.1": "23", "17.2": "22223333", "17.3": "22",
}  # fmt: skip
"""Of ASVS 5.0.0, by chapter and section: the level of each requirement, one digit a requirement."""


def test_every_file_that_is_named_is_there() -> None:
    named = [name for name in re.findall(r"`([\w/.-]+)`", PAGE) if "/" in name]
    links = [f"docs/{target}" for target in re.findall(r"\]\((?!https?:)([^)]+)\)", PAGE)]
    assert len(named) > 80
    assert [name for name in (*named, *links) if not (ROOT / name).exists()] == []


def test_a_requirement_that_is_met_has_its_test_and_is_named_once() -> None:
    assert len(ROWS) > 50
    assert [row[0] for row in ROWS if row[1] == "yes" and "`tests/" not in row[-1]] == []
    assert {row[1] for row in ROWS} == {"yes", "part", "no"}
    numbers = [number for row in ROWS for number in NUMBER.findall(row[0])]
    twice = [number for number, times in collections.Counter(numbers).items() if times > 1]
    assert twice == []


def levels() -> dict[str, int]:
    """The level of every requirement."""
    return {
        f"{section}.{n}": int(level) for section, found in LEVELS.items() for n, level in enumerate(found, 1)
    }


def test_every_requirement_of_level_1_or_2_is_met_or_about_what_there_is_not() -> None:
    met = {number for row in ROWS for number in NUMBER.findall(row[0])}
    absent = re.findall(r"\d+(?:\.\d+){0,2}", " ".join(re.findall(r"^\| (\d[^|]+)", ABSENT, re.MULTILINE)))
    not_here = {number for number in levels() if any(f"{number}.".startswith(f"{one}.") for one in absent)}
    asked = {number for number, level in levels().items() if level < 3}
    assert met - set(levels()) == set(), "no such requirement"
    assert met & not_here == set()
    assert asked - met - not_here == set()
    assert f"the {len(asked)} of levels 1 and 2" in PAGE


def test_a_requirement_of_level_3_is_marked() -> None:
    marked = {number for row in ROWS for number in re.findall(rf"({NUMBER.pattern}) \(3\)", row[0])}
    named = {number for row in ROWS for number in NUMBER.findall(row[0])}
    assert marked == {number for number in named if levels()[number] == 3}


def test_every_exception_to_the_security_rules_says_why() -> None:
    """Ruff's rules `S`, which are bandit's, hold for all that is shipped, but for lines that name rule and reason."""
    excused = re.compile(r"#.*?\bnoqa\b(?P<codes>:[ A-Z0-9,]+\b)?(?P<reason>.*)$", re.IGNORECASE)
    found = {
        f"{path.relative_to(ROOT)}:{number}": (excuse["codes"] or "every S", excuse["reason"])
        for package in ("bot", "flows", "planning", "storage", "document_templates")
        for path in sorted((ROOT / package).rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (excuse := excused.search(line))
    }
    security = {at: reason for at, (codes, reason) in found.items() if re.search(r"\bS(\d|$)", codes)}
    assert security
    unexplained = re.compile(r"[\W_]*(fmt: *skip)?")
    assert [at for at, reason in security.items() if unexplained.fullmatch(reason)] == []
