"""The main job, end to end: the recorded conversation is played and its Word plan read back."""

from __future__ import annotations

import io
import json
import pathlib

import docx
import pytest
import pytest_asyncio

from flows import nouns, shipped
from tests.bot import played

CONVERSATION = pathlib.Path(__file__).parent.parent / "conversations" / "jitegemea.yaml"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def received(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("received")
    await played.play(CONVERSATION, keep=folder)
    return folder


def _words(document: bytes) -> str:
    # Every text node, so that tables, headers and nested cells count as well.
    body = docx.Document(io.BytesIO(document)).element.body
    return " ".join("".join(node.itertext()) for node in body.iter("{*}p"))


def _questions(items: tuple[nouns.Item, ...]) -> list[nouns.Question]:
    found: list[nouns.Question] = []
    for item in items:
        found += [item] if isinstance(item, nouns.Question) else _questions(item.children)
    return found


@pytest.mark.timeout(1200)
@pytest.mark.asyncio(loop_scope="module")
async def test_four_people_a_kill_a_reminder_and_a_review_come_to_a_plan(received: pathlib.Path) -> None:
    words = _words((received / "plan.docx").read_bytes())
    assert "Jitegemea Credit Scheme" in words
    by_seed: dict[str, set[str]] = {}
    for flow in shipped.assessment():
        for question in _questions(flow.children):
            for seed in question.seed:
                by_seed.setdefault(seed, set()).add(question.label)
    unseen = [
        seed
        for seed in (f"S{number:02}" for number in range(1, 45))
        if not any(label in words for label in by_seed[seed])
    ]
    assert unseen == []
    assert "Lodwar" in words
    assert "Machakos" in words

    kept = json.loads((received / "my-data.json").read_text("utf-8"))
    assert kept["person"][0]["name"].startswith("Achieng")
