"""A template from the file to the plan: the recorded conversation is played, its preview and plan are read back."""

from __future__ import annotations

import pathlib

import pytest

from tests.bot import played
from tests.document_templates import templates

CONVERSATION = pathlib.Path(__file__).parent.parent / "conversations" / "template.yaml"


@pytest.mark.timeout(600)
async def test_a_template_reaches_the_plan(tmp_path: pathlib.Path) -> None:
    await played.play(CONVERSATION, keep=tmp_path)
    preview, plan = (
        templates.words((tmp_path / f"{name}.docx").read_bytes()) for name in ("preview", "plan")
    )
    # the sample has a second branch, the institution itself has not
    assert "Lodwar" in preview
    assert "Lodwar" not in plan
    assert "Nakuru" in plan
