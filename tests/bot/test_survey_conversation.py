"""A survey from its file to the plan: the recorded conversation is played, its answers file and Word plan read back."""

from __future__ import annotations

import asyncio
import functools
import io
import pathlib

import docx
import pytest
import pytest_asyncio

from bot.commands import files
from flows import book
from tests.bot import played

CONVERSATION = pathlib.Path(__file__).parent.parent / "conversations" / "survey.yaml"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def received(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("received")
    await played.play(CONVERSATION, keep=folder)
    return folder


def appendix(document: bytes) -> str:
    """What stands behind the heading of Appendix A."""
    body = docx.Document(io.BytesIO(document)).element.body
    words = " ".join("".join(node.itertext()) for node in body.iter("{*}p"))
    return words.rpartition("Other answers")[2]


@pytest.mark.timeout(600)
@pytest.mark.asyncio(loop_scope="module")
async def test_a_survey_reaches_the_answers_file_and_the_plan(received: pathlib.Path) -> None:
    made = book.decode((received / "answers.json").read_bytes())
    assert [survey.version for survey in made.surveys] == ["2"]
    [answered] = [each for each in made.sections if each.flow == made.surveys[0].id and each.answers]
    values = {key: answer.value for key, answer in answered.answers.items()}
    assert values == {"fridges": 2, "power": "sun", "litres": 180}
    write = functools.partial(files.write_plan, template=None, language="en")
    await asyncio.to_thread(write, received / "answers.json", received / "again.docx")
    for plan in ("plan.docx", "again.docx"):
        words = appendix((received / plan).read_bytes())
        for said in ("How many litres do they hold together?", "180 litres", "The sun", "Lodwar"):
            assert said in words, plan
