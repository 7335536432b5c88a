"""Row 23: branches that no test runs, and small faults that no test notices."""

from __future__ import annotations

import asyncio
import json
import os
import pathlib
import sys
from collections.abc import Mapping, Sequence

import msgspec

from tests.mutating import areas
from tests.mutating import found as faults
from tests.reliability import counting, figures

PACKAGES = {
    "flows": ("tests/flows", "tests/conformance", "tests/fuzzing"),
    "planning": ("tests/planning",),
    "document_templates": ("tests/document_templates",),
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
"""Among which a package's tests are shared out at full size; and so many areas at a time."""


async def measure(folder: pathlib.Path, *, full: bool) -> list[figures.Figure]:
    """Row 23: package by package, then the areas beside each other."""
    found: list[figures.Figure] = []
    for code, tests in (PACKAGES if full else CORNER).items():
        found += await _branches(folder, code, tests, full=full)
    room = asyncio.Semaphore(PROCESSES)
    areas_found = await asyncio.gather(*(_faults(folder, area.name, room, full=full) for area in areas.AREAS))
    return found + [figure for one in areas_found for figure in one]


async def _branches(
    folder: pathlib.Path, code: str, tests: Sequence[str], *, full: bool
) -> list[figures.Figure]:
    """How many of a hundred branches its tests run."""
    where, report = {"COVERAGE_FILE": str(folder / f"{code}.coverage")}, folder / f"{code}.json"
    # counting makes code slower, and slow is not wrong here
    among = ("-n", str(PROCESSES), "--timeout=0") if full else ()
    passed = await _run(
        "-m",
        "coverage",
        "run",
        f"--source={code}",
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        *among,
        *tests,
        more=where,
        may_fail=True,
    )
    await _run("-m", "coverage", "combine", "-q", more=where)
    await _run("-m", "coverage", "json", "-q", "-o", str(report), more=where)
    totals = json.loads(report.read_bytes())["totals"]
    taken = 100 * totals["covered_branches"] / totals["num_branches"]
    return [
        figures.at_least(f"branches of {code} that its tests run, %", round(taken, 1), BRANCHES),
        # what failed ran fewer branches, or it is not known that it ran them rightly
        *([] if passed else [figures.none(f"runs of the tests of {code} in which one failed", 1)]),
    ]


async def _faults(
    folder: pathlib.Path, area: str, room: asyncio.Semaphore, *, full: bool
) -> list[figures.Figure]:
    """How many of an area's faults its tests notice."""
    report = folder / f"{area}.faults.json"
    async with room:
        await _run(
            "-m",
            "tests.mutating",
            area,
            "--json",
            str(report),
            "--number",
            str(FAULTS if full else FAULTS_IN_CI),
            *([] if full else ["--small"]),
        )
    [found] = msgspec.json.decode(report.read_bytes(), type=list[faults.Found])
    return [
        figures.count(f"faults tried in {area}, of {found.planted:,}", found.tried),
        figures.at_least(f"of these noticed, % of {area}", round(found.noticed, 1), NOTICED),
        figures.none("of the others without a reason written down", len(found.unexplained)),
    ]


async def _run(*arguments: str, more: Mapping[str, str] | None = None, may_fail: bool = False) -> bool:
    """Whether it ended well; RuntimeError where it must and did not."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=counting.ROOT, env={**os.environ, **(more or {})},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    if process.returncode:
        tail = said.decode()[-2000:]
        if not may_fail:
            raise RuntimeError(f"{arguments} ended with {process.returncode}: {tail}")
        print(tail, file=sys.stderr)
    return not process.returncode
