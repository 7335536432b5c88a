"""Every threat at a small size: its numbers are met; and the page says what the register and the figures say."""

from __future__ import annotations

import pathlib
import sys

import pytest

from tests.reliability import __main__, counting, disks, figures, page, threats

MEASURED = [threat for threat in threats.THREATS if threat.measure is not None]

SHARE = 0.9
"""Of the tests that there are now, how many a row must have counted: a few new ones need no new measurement."""


# several start Python again and again, which takes minutes on a machine that does much else
@pytest.mark.timeout(900)
@pytest.mark.parametrize("threat", [pytest.param(t, id=f"{t.number}: {t.threat}") for t in MEASURED])
async def test_the_numbers_are_met(threat: threats.Threat, tmp_path: pathlib.Path) -> None:
    assert threat.measure is not None
    try:
        found = await threat.measure(tmp_path, full=False)
    except figures.NotHere as why:
        pytest.skip(str(why))
    assert [str(figure) for figure in found if not figure.holds] == []


def test_a_row_that_cannot_be_measured_here_keeps_what_was_measured_elsewhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    for name in ("FIGURES", "PAGE"):
        kept = tmp_path / getattr(page, name).name
        kept.write_bytes(getattr(page, name).read_bytes())
        monkeypatch.setattr(page, name, kept)
    before = page.read()
    monkeypatch.setattr(disks, "can_mount", lambda: False)
    monkeypatch.setattr(sys, "argv", ["reliability", "4", "--full"])
    assert __main__.main() == 0
    assert page.read() == before


def test_every_row_is_in_the_register_once() -> None:
    assert [threat.number for threat in threats.THREATS] == list(range(1, 25))


def test_the_page_says_what_was_measured() -> None:
    assert page.PAGE.read_text("utf-8") == page.text(page.read()), "run: python -m tests.reliability ROW"


def test_every_row_was_measured() -> None:
    assert page.read().keys() == {threat.number for threat in threats.THREATS}


@pytest.mark.timeout(300)
def test_the_counted_rows_counted_about_as_many_tests_as_there_are() -> None:
    counted = [threat for threat in threats.THREATS if threat.measure is None]
    there = counting.collected(sorted({name for threat in counted for name in threat.tests}))
    kept = page.read()
    stale = [
        threat.number
        for threat in counted
        if sum(figure.value for figure in kept[threat.number].figures)
        < SHARE * sum(there[name] for name in threat.tests)
    ]
    assert stale == [], "run: python -m tests.reliability ROW --full"


@pytest.mark.parametrize("name", sorted({name for threat in threats.THREATS for name in threat.names}))
def test_the_tests_named_are_there(name: str) -> None:
    file, _, test = name.partition("::")
    assert f"def {test.partition('[')[0]}" in (page.ROOT / file).read_text("utf-8")


def test_a_number_is_missed_only_where_it_says_why() -> None:
    missed = {number for number, measured in page.read().items() if not measured.holds}
    assert missed == {threat.number for threat in threats.THREATS if threat.missed}
