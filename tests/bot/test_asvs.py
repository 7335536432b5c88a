"""The page on ASVS names what there is: each file, each test, each requirement of its levels, and that once."""

from __future__ import annotations

import ast
import collections
import functools
import itertools
import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "asvs.md").read_text("utf-8")
MET, _, ABSENT = PAGE.partition("## What there is not")
ROWS = [
    [cell.strip() for cell in line.strip().strip("|").split("|")]
    for line in MET.splitlines()
    if re.match(r"\| \d", line)
]
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
    named = [name for name in re.findall(r"`([\w/.-]+)(?:::\w+)?`", PAGE) if "/" in name]
    links = [f"docs/{target}" for target in re.findall(r"\]\((?!https?:)([^)]+)\)", PAGE)]
    assert len(named) > 80
    assert [name for name in (*named, *links) if not (ROOT / name).exists()] == []


@functools.cache
def defined_in(file: str) -> frozenset[str]:
    """The names of the tests that a file defines."""
    defined = ast.parse((ROOT / file).read_text("utf-8")).body
    functions = [one for one in defined if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    return frozenset(one.name for one in functions if one.name.startswith("test_"))


def test_every_test_that_is_named_is_defined_where_it_is_said_to_be() -> None:
    named = re.findall(r"`(tests/[\w/.]+)::(\w+)`", PAGE)
    assert len(named) > 80
    assert [f"{file}::{name}" for file, name in named if name not in defined_in(file)] == []


def test_a_requirement_that_is_met_has_its_test_and_is_named_once() -> None:
    assert len(ROWS) > 50
    assert {len(row) for row in ROWS} == {4}, "each has its four columns"
    assert {row[1] for row in ROWS} == {"yes", "part", "no"}
    tests = {row[0]: re.findall(r"`([^`]+)`", row[-1]) for row in ROWS}
    assert [row[0] for row in ROWS if row[1] == "yes" and not 1 <= len(tests[row[0]]) <= 3] == []
    vague = [
        name for names in tests.values() for name in names if not re.fullmatch(r"tests/[\w/.]+::\w+", name)
    ]
    assert vague == [], "a whole file of tests shows nothing of one requirement"
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


SHIPPED = ("bot", "flows", "planning", "storage", "document_templates")

USED = {
    "aead.AESGCM": "AES-256-GCM",
    "hashlib.sha256": "SHA-256",
    "hashlib.blake2b": "BLAKE2b",
    "hashlib.new": "`digest()`",
    "hmac.compare_digest": "",
}
"""What the code takes of ciphers and hashes, and what the inventory calls it; comparing needs no name."""


def test_every_cipher_and_hash_of_the_code_is_in_the_inventory() -> None:
    taken, imported = set(), set()
    for path in (path for package in SHIPPED for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                taken.add(f"{node.value.id}.{node.attr}")
            elif isinstance(node, ast.ImportFrom):
                imported |= {f"{node.module}.{one.name}" for one in node.names}
            elif isinstance(node, ast.Import):
                imported |= {one.name for one in node.names}
    libraries = re.compile(r"(cryptography|hashlib|hmac|Crypto|nacl|ssl|OpenSSL|zlib_ng)\b.*")
    assert {one for one in imported if libraries.fullmatch(one)} == {
        "cryptography.exceptions", "cryptography.hazmat.primitives.ciphers.aead", "hashlib", "hmac",
    }  # fmt: skip
    assert {one for one in taken if re.match(r"(aead|hashlib|hmac)\.", one)} == set(USED)
    [row] = [row for row in ROWS if row[0].startswith("11.1.2 ")]
    assert [name for name in USED.values() if name not in row[2]] == []


LIMITS = ("bot/limits.py", "storage/limits.py", "flows/archives.py", "flows/xlsform/opening.py")


@pytest.mark.parametrize("file", LIMITS)
def test_every_limit_says_why(file: str) -> None:
    body = ast.parse((ROOT / file).read_text("utf-8")).body
    limits = [
        (node, after)
        for node, after in itertools.zip_longest(body, body[1:])
        if isinstance(node, ast.Assign | ast.AnnAssign) and re.match("[A-Z]", _name_of(node))
    ]
    assert len(limits) > 3
    assert [_name_of(node) for node, after in limits if not _says(after)] == []


def _name_of(node: ast.Assign | ast.AnnAssign) -> str:
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return target.id if isinstance(target, ast.Name) else ""


def _says(node: ast.stmt | None) -> bool:
    """Whether these are words about what stands before them."""
    return (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and len(str(node.value.value)) > 5
    )
