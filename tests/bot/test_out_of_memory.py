"""A plan that needs more memory than its process may take: who asked gets a sentence, and everybody goes on."""

from __future__ import annotations

import pytest

from document_templates import apart, child, places
from tests.bot import conftest, running
from tests.bot.running import words

LITTLE = apart.Limits(90, 150_000_000)
"""A process starts within this, and makes no plan."""


@pytest.mark.parametrize("asked", ["/plan", "/whatif start 1 March 2032"])
async def test_a_plan_without_memory_is_a_sentence_and_the_bot_lives(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    async def little(
        job: child.Job, _: apart.Limits = apart.OURS, *, order: str = places.SHORT, kept: bool = False
    ) -> bytes:
        return await conftest.DO(job, LITTLE, order=order, kept=kept)

    monkeypatch.setattr(apart, "do", little)
    planted.logs.tolerated |= {"plan not rendered", "job ended its process", "job failed"}
    manager = planted.person(running.MANAGER)
    said = words(await planted.said(manager, asked))
    assert said.startswith("The plan could not be made")
    assert "/status" in words(await planted.said(manager, "/help"))
    monkeypatch.setattr(apart, "do", conftest._done)
    assert "could not be made" not in words(await planted.said(manager, asked))
