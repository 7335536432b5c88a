"""The recorded conversations that need nothing read back beside what people see, each played to its end."""

from __future__ import annotations

import pathlib

import pytest

from tests.bot import played

CONVERSATIONS = pathlib.Path(__file__).parents[1] / "conversations"

READ_BACK_ELSEWHERE = {
    "head_office_swahili", "jitegemea", "savings_cooperative", "sme_lender", "survey", "template", "versions",
    "village_bank",
}  # fmt: skip
"""Played by tests of their own, which look at the files that come of them."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "name", sorted({path.stem for path in CONVERSATIONS.glob("*.yaml")} - READ_BACK_ELSEWHERE)
)
async def test_it_goes_as_recorded(name: str, tmp_path: pathlib.Path) -> None:
    await played.play(CONVERSATIONS / f"{name}.yaml", keep=tmp_path)
