"""Photos from the phone into the Word plan, through the real bot and a local Telegram."""

from __future__ import annotations

import functools
import io

import docx
import pytest
from PIL import Image

from document_templates import rendering
from tests.bot import running
from tests.bot.running import words
from tests.document_templates import photos

QUESTION = "What kind of line is it?"
RENDER = rendering.render
"""The real one, in whose place the others' bot makes any file."""


@pytest.fixture(autouse=True)
def rendered(stopped: running.Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Real plans; LibreOffice, which counts their pages, has tests of its own."""
    monkeypatch.setattr(rendering, "render", functools.partial(RENDER, page_numbers=False))


async def sends(bot: running.Running, *contents: bytes) -> None:
    """Ekai adds a line of his branch and sends these as photos of the box."""
    ekai = bot.person(running.EKAI)
    await bot.said(ekai, "/tasks")
    shown = await bot.tapped(ekai, "Internet · Lodwar")
    shown = await bot.tapped(ekai, running.labels(shown)[0])
    assert QUESTION in words(shown)
    for number, content in enumerate(contents, 1):
        await bot.after(ekai, ekai.send_file(f"box{number}.jpg", content, mime_type="image/jpeg"))
    await bot.tapped(ekai, "Fibre (thin glass cable)")


async def plan(bot: running.Running) -> docx.document.Document:
    """What the manager gets for /plan."""
    manager = bot.person(running.MANAGER)
    message = await bot.said(manager, "/plan")
    assert "document" in message, words(message)
    return docx.Document(io.BytesIO(await manager.download(message)))


async def test_a_photo_sent_as_evidence_stands_in_the_plan(planted: running.Running) -> None:
    await sends(planted, photos.telling(photos.ROTATED), photos.bomb())
    made = await plan(planted)
    (shape,) = made.inline_shapes
    assert shape._inline.docPr.get("descr") == f"Photo: {QUESTION} (Lodwar)"
    (part,) = [one.target_part for one in made.part.rels.values() if one.reltype.endswith("/image")]
    assert photos.SECRET.encode() not in part.blob
    with Image.open(io.BytesIO(part.blob)) as stored:
        assert (stored.format, stored.size) == ("JPEG", (800, 1600))
    said = [paragraph.text for paragraph in made.paragraphs]
    assert any(line.startswith(f"{QUESTION} (Ekai") for line in said)
    assert "This picture is damaged, or no JPEG, PNG or WebP, and cannot be printed: box2.jpg." in said


async def test_a_photo_that_does_not_come_is_named_and_comes_with_the_next_plan(
    planted: running.Running,
) -> None:
    await sends(planted, photos.telling())
    await planted.telegram.faults({"method": "getFile", "code": 502}, rate_limits=False)
    without = await plan(planted)
    assert not without.inline_shapes
    assert "Not printed here, but kept with the answers: box1.jpg." in [
        one.text for one in without.paragraphs
    ]
    await planted.telegram.faults(rate_limits=False)
    assert len((await plan(planted)).inline_shapes) == 1
