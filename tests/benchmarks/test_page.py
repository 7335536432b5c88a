"""The page of benchmarks is made from the figures that are kept, and says what is reached and what is not."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

import msgspec
import pytest

from benchmarks import growth, page, process, targets, turns

DAY = dt.date(2026, 11, 26)


def kept(figures: object) -> page.Kept:
    return page.Kept(DAY, msgspec.Raw(msgspec.json.encode(figures)))


def figures(fast: float) -> list[turns.Figure]:
    rates = {"python-telegram-bot": 100.0, "aiogram": 200.0, "groundwork": fast}
    return [turns.Figure(bot, 0.0, 10, rate, rate / 100) for bot, rate in rates.items()]


def test_the_committed_page_and_charts_are_what_is_made() -> None:
    for name, content in page.made(page.kept()).items():
        assert (page.PAGE.parent / name).read_text("utf-8") == content, "run: python -m benchmarks page"


@pytest.mark.parametrize(
    ("fast", "said", "sign"),
    [
        pytest.param(600.0, "6.00 times", "✓", id="reached"),
        pytest.param(500.0, "5.00 times", "✓", id="just reached"),
        pytest.param(450.0, "4.50 times", "✗", id="missed"),
    ],
)
def test_a_target_beside_what_was_measured(fast: float, said: str, sign: str) -> None:
    table = page.made({"turns": kept(figures(fast))})["benchmarks.md"]
    [line] = [
        line for line in table.splitlines() if "beside python-telegram-bot's echo | at least 5 times" in line
    ]
    assert f"| **{said}** | {sign} | `turns` |" in line


def test_what_was_not_measured_is_said() -> None:
    table = page.made({"turns": kept(figures(600.0))})["benchmarks.md"]
    open_ = [line for line in table.splitlines() if "not measured yet" in line]
    # there is no figure with fifty milliseconds to Telegram either
    assert len(open_) == len(targets.TARGETS) - 2


def test_every_size_stands_in_the_table_of_growth() -> None:
    rows = [growth.Row("an answer", "assessments", [1, 10], [2.5, 2.6], 0.01)]
    assert "| an answer | 2.50 | 2.60 | 0.01 |" in page.made({"growth": kept(rows)})["benchmarks.md"]


def test_charts_are_pictures_that_say_what_they_show() -> None:
    rows = [growth.Row("an answer & more", "assessments", [1, 10], [2.5, 2.6], 0.01)]
    drawn = page.made({"growth": kept(rows), "turns": kept(figures(600.0))})
    for name in ("pictures/benchmark-growth.svg", "pictures/benchmark-turns.svg"):
        root = ET.fromstring(drawn[name])
        assert root[0].tag.endswith("title")
        assert root[0].text


def test_figures_of_another_kind_are_not_kept(tmp_path: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        page.keep("turns", msgspec.json.encode([process.Memory(1, 1.0, 1.0)]), DAY)
