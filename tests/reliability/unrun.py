"""Row 23: branches that no test runs, and small faults that no test notices."""

from __future__ import annotations

import asyncio
import json
import os
import pathlib
import sys
from collections.abc import Mapping, Sequence

import msgspec

from tests.mutating import found as faults
from tests.reliability import counting, figures

PACKAGES = {
    "flows": ("tests/flows", "tests/conformance", "tests/fuzzing"),
    "planning": ("tests/planning",),
    "storage": ("tests/storage",),
    "bot": ("tests/bot", "tests/reminding", "tests/deploy"),
}
"""Code, and the tests that are its own."""

CORNER = {"storage.chain": ("tests/storage/test_chain.py",)}
"""In a run of all tests: what takes seconds."""

BRANCHES, NOTICED = 95, 85
"""Of a hundred."""

FAULTS, FAULTS_IN_CI = 60, 2
"""Tried in each area: the share of sixty that is noticed tells that of all to within eight in a hundred, in an hour."""

PROCESSES = 2
"""Among which a package's tests are shared out at full size."""


async def measure(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Row 23: package by package, then area by area."""
    among = ("-n", str(PROCESSES)) if full else ()
    found = [
        await _branches(folder, code, (*among, *tests))
        for code, tests in (PACKAGES if full else CORNER).items()
    ]
    report = folder / "faults.json"
    await _run(
        "-m",
        "tests.mutating",
        "--json",
        str(report),
        "--number",
        str(FAULTS if full else FAULTS_IN_CI),
        *([] if full else ["--small"]),
    )
    for area in msgspec.json.decode(report.read_bytes(), type=list[faults.Found]):
        found += [
            figures.count(f"faults tried in {area.area}, of {area.planted:,}", area.tried),
            figures.at_least(f"of these noticed, % of {area.area}", round(area.noticed, 1), NOTICED),
            figures.none("of the others without a reason written down", len(area.unexplained)),
        ]
    return found


async def _branches(folder: pathlib.Path, code: str, given: Sequence[str]) -> figures.Figure:
    """How many of a hundred branches its tests run, which pytest is given."""
    where, report = {"COVERAGE_FILE": str(folder / f"{code}.coverage")}, folder / f"{code}.json"
    await _run(
        "-m",
        "coverage",
        "run",
        f"--source={code}",
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        *given,
        more=where,
    )
    await _run("-m", "coverage", "combine", "-q", more=where)
    await _run("-m", "coverage", "json", "-q", "-o", str(report), more=where)
    totals = json.loads(report.read_bytes())["totals"]
    taken = 100 * totals["covered_branches"] / totals["num_branches"]
    return figures.at_least(f"branches of {code} that its tests run, %", round(taken, 1), BRANCHES)


async def _run(*arguments: str, more: Mapping[str, str] | None = None) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=counting.ROOT, env={**os.environ, **(more or {})},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{arguments} ended with {process.returncode}: {said.decode()[-2000:]}")
