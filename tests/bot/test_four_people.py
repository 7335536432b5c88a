"""Four people on the chat page, in a real browser: from a new institution to the Word plan in the downloads."""

from __future__ import annotations

import io
import pathlib
import re
import shutil
from collections.abc import AsyncIterator

import docx
import pytest
from playwright import async_api

from bot.rehearsal import respondent
from document_templates import rendering
from tests.bot import running

CHROMIUM = shutil.which("chromium")
RENDER = rendering.render
"""What the fixture of the other tests puts a stand-in for: here the plan is a real Word file."""

LINK = re.compile(r"answers for ([^:]+):.*?start=([\w-]+)", re.DOTALL)
PATIENCE = 60_000

PLAN_PATIENCE = 4 * PATIENCE
"""Milliseconds: making a plan stands back where the machine has other work, as other tests."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]


class Phone:
    """One person's chat on the page, used as people use it."""

    def __init__(self, page: async_api.Page, name: str) -> None:
        self.page = page
        self.name = name
        self.chat = page.get_by_role("tabpanel", name=f"Chat of {name} with the bot")
        self.log = self.chat.get_by_role("log")

    async def open(self) -> None:
        """Turn to this person."""
        await self.page.get_by_role("tab", name=self.name).click()

    async def say(self, text: str, sees: str) -> None:
        """Type, send, and wait for what the bot says to it."""
        box = self.chat.get_by_role("textbox")
        await box.fill(text)
        await box.press("Enter")
        await self.sees(sees)

    async def tap(self, button: str, sees: str) -> None:
        """Tap the newest button of this name, and wait for what the bot says to it."""
        await self.log.get_by_role("button", name=button, exact=True).last.click()
        await self.sees(sees)

    async def sees(self, words: str) -> None:
        """That one of the newest messages says this."""
        newest = self.log.get_by_role("article").filter(has_text=words).last
        await async_api.expect(newest).to_be_visible(timeout=PATIENCE)

    async def join(self, token: str, start: str, sees: str) -> None:
        """Open the chat for the first time by an invitation, and agree."""
        await self.open()
        await self.chat.get_by_role("button", name="Start", exact=True).click()
        await self.say(f"/start {token}", start)
        await self.tap(start, sees)


@pytest.fixture(params=[(1280, 800), (360, 740)], ids=["desk", "phone"])
async def page(request: pytest.FixtureRequest, bot: running.Running) -> AsyncIterator[async_api.Page]:
    width, height = request.param
    async with async_api.async_playwright() as player:
        browser = await player.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        opened = await browser.new_page(viewport={"width": width, "height": height})
        await opened.goto(bot.telegram.url)
        yield opened
        assert not await opened.evaluate("document.documentElement.scrollWidth > innerWidth")
        await browser.close()


@pytest.mark.timeout(600)
async def test_from_a_new_institution_to_the_plan(
    page: async_api.Page, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    monkeypatch.setattr(rendering, "render", RENDER)
    owner, manager, ekai, mwende = (Phone(page, name) for name in ("Wanjiru", "Achieng", "Ekai", "Mwende"))
    await owner.open()
    await owner.chat.get_by_role("button", name="Start", exact=True).click()
    await owner.say("/new", "What is the institution called")
    await owner.say("Nuru", "Which country")
    await owner.say("KE", "Which branches")
    await owner.say("Nakuru, Lodwar", "When should it be live")
    await owner.tap("Not decided", "Create this assessment")
    await owner.tap("✓ Create", "is ready")
    await owner.tap("+ A link for every empty seat", "answers for Project manager")
    for seat in ("Branch manager, Nakuru", "Branch manager, Lodwar", "Mifos specialist", "Training"):
        await owner.sees(f"answers for {seat}")
    tokens = dict(LINK.findall(await owner.log.inner_text()))

    await manager.join(tokens["Project manager"], "Start", "your sections")
    await ekai.join(tokens["Branch manager, Lodwar"], "Start", "your sections")
    await ekai.tap("Your branch · Lodwar", "How many active clients")
    photo = {"name": "ledger.png", "mimeType": "image/png", "buffer": respondent.PHOTO}
    await ekai.chat.locator("input[data-kind=photo]").set_input_files(photo)
    await ekai.say("1250", "How many people work")
    await ekai.tap("Check my answers", "check your answers")
    await ekai.tap("✓ Hand in", "is handed in")
    await mwende.join(tokens["Branch manager, Nakuru"], "Anza", "sehemu zako")
    await mwende.tap("Tawi lako · Nakuru", "wateja")
    await mwende.say("900", "900")
    await mwende.tap("Kagua majibu", "kagua majibu yako")
    await mwende.tap("✓ Wasilisha", "Nuru")

    # What came while others were at it is counted at the tab, and gone once it is looked at.
    await async_api.expect(page.get_by_role("tab", name="Achieng").get_by_role("img")).to_be_visible()
    await manager.open()
    await manager.sees("Mwende Mutua handed in")
    await manager.tap("Look at it", "by Mwende")
    await manager.tap("✓ Approve", "is approved")
    await manager.say("/plan", "/plan")
    file = manager.log.get_by_role("link", name=re.compile(r"Download .*\.docx"))
    await async_api.expect(file).to_be_visible(timeout=PLAN_PATIENCE)
    async with page.expect_download() as download:
        await file.click()
    saved = tmp_path / "plan.docx"
    await (await download.value).save_as(saved)
    words = "\n".join(
        paragraph.text for paragraph in docx.Document(io.BytesIO(saved.read_bytes())).paragraphs
    )
    assert "Versions of this plan" in words
    await async_api.expect(
        manager.log.get_by_role("table", name=re.compile("What stands in"))
    ).to_be_visible()
    await page.screenshot(path=tmp_path / "page.png")
