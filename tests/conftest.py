"""What tests of several packages share; and what no test's log may tell."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

import pytest

from bot.practice import state
from bot.rehearsal import demo
from tests import databases
from tests.bot import running, told

TOKENS = [token.partition(":")[2] for token in (running.TOKEN, demo.TOKEN)]
"""The parts of them that open something."""


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    with databases.empty() as url:
        yield url


LOGGED = re.compile(r"^.*\[(?:debug|info|warning|error|critical) *\].*$", re.MULTILINE)
"""A line of the log among what a test prints, which may be a whole conversation."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Search what a test and its processes logged for tokens, and for the names of the sample institution.

    Tests with people of their own search for these too.
    """
    report = yield
    if report.when == "teardown" and report.passed and not item.get_closest_marker("libraries_tell"):
        said = "\n".join(_logged(heading, words) for heading, words in report.sections)
        if leaked := told.leaked(said, {*TOKENS, *told.secrets(state.State())}):
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid}: what was logged tells what it must not: {leaked}"
    return report


def _logged(heading: str, words: str) -> str:
    return "\n".join(LOGGED.findall(words)) if "stdout" in heading else words
