"""Rows whose number is that nothing gets through: the tests that try are run and counted."""

from __future__ import annotations

import pathlib
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from xml.etree import ElementTree

from tests.reliability import figures

ROOT = pathlib.Path(__file__).parent.parent.parent


def tests(names: Sequence[str]) -> list[figures.Figure]:
    """How many of these tests passed and failed."""
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junit-xml={report}", *names]
        subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        [suite] = ElementTree.parse(report).iter("testsuite")
    tried, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    found = [
        figures.at_least("tests that passed", tried - skipped - failed, 1),
        figures.none("tests that failed", failed),
    ]
    return [*found, figures.count("tests that could not run there", skipped)] if skipped else found


def collected(names: Sequence[str]) -> dict[str, int]:
    """How many tests each of these files has."""
    command = [sys.executable, "-m", "pytest", "-qq", "--collect-only", "-p", "no:cacheprovider", *names]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    counts = (line.rpartition(": ") for line in listed.splitlines())
    return {file: int(number) for file, _, number in counts if file.endswith(".py")}
