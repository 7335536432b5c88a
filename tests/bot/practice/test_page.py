"""The chat page in a real browser, with a small bot behind it, on a desk and on a phone."""

from __future__ import annotations

import asyncio
import io
import pathlib
import shutil
from collections.abc import AsyncIterator

import docx
import openpyxl
import pytest
import telegram as library
from playwright import async_api
from telegram import ext

CHROMIUM = shutil.which("chromium")
TOKEN = "123456789:" + "A" * 35
MWENDE = 710000004

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]

DESK = pytest.param({"width": 1280, "height": 800}, id="desk")
PHONE = pytest.param({"width": 360, "height": 740}, id="phone")


async def greet(update: library.Update, context: ext.ContextTypes.DEFAULT_TYPE) -> None:
    button = library.InlineKeyboardButton
    rows = [
        [
            button("Yes", callback_data="y"),
            button("No, and this is a long answer that has to wrap", callback_data="n"),
        ],
        [button("Ask me", callback_data="alert")],
    ]
    await update.message.reply_html(
        f"<b>Karibu</b> {context.args or ''} &lt;u&gt;b&lt;/u&gt; <i>a &lt;img src=x onerror=alert(1)&gt;</i> "
        "https://t.me/groundwork_bot?start=inv_2",
        reply_markup=library.InlineKeyboardMarkup(rows),
    )


async def tapped(update: library.Update, _: ext.ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    if query.data == "alert":
        await query.answer("An alert", show_alert=True)
    else:
        await query.answer(f"Noted {query.data}")
        await query.edit_message_text(f"You chose {query.data}")


async def echo(update: library.Update, _: ext.ContextTypes.DEFAULT_TYPE) -> None:
    await update.message.reply_text(f"You said {update.message.text}")


async def back(update: library.Update, _: ext.ContextTypes.DEFAULT_TYPE) -> None:
    file = await update.message.document.get_file()
    content = bytes(await file.download_as_bytearray())
    await update.message.reply_document(content[::-1], filename="backwards.txt", caption="Here")


@pytest.fixture
async def echo_bot(running) -> AsyncIterator[ext.Application]:
    app = (
        ext.Application.builder()
        .token(TOKEN)
        .base_url(f"{running.url}/bot")
        .base_file_url(f"{running.url}/file/bot")
        .build()
    )
    app.add_handler(ext.CommandHandler("start", greet))
    app.add_handler(ext.CallbackQueryHandler(tapped))
    app.add_handler(ext.MessageHandler(ext.filters.Document.ALL, back))
    app.add_handler(ext.MessageHandler(ext.filters.TEXT, echo))
    async with app:
        await app.bot.set_my_commands([("plan", "The plan"), ("status", "Who answered")])
        await app.bot.set_my_description("Finds out what a deployment involves.")
        await app.start()
        await app.updater.start_polling()
        yield app
        await app.updater.stop()
        await app.stop()


@pytest.fixture(params=[DESK, PHONE])
async def page(request, running, echo_bot) -> AsyncIterator[async_api.Page]:
    async with async_api.async_playwright() as player:
        browser = await player.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        opened = await browser.new_page(viewport=request.param)
        troubles: list[str] = []
        opened.on("pageerror", lambda problem: troubles.append(str(problem)))
        opened.on("console", lambda line: line.type == "error" and troubles.append(line.text))
        await opened.goto(running.url)
        yield opened
        too_wide = await opened.evaluate("document.documentElement.scrollWidth > innerWidth")
        await browser.close()
    assert troubles == []
    assert not too_wide


async def test_a_conversation_by_mouse_and_keyboard(page, tmp_path):
    expect = async_api.expect
    await expect(page.get_by_text("you play every person, and nothing leaves it")).to_be_visible()
    await page.get_by_role("button", name="Chat as Wanjiru").click()
    chat = page.get_by_role("tabpanel")
    log = chat.get_by_role("log")
    await expect(log.get_by_text("Finds out what a deployment involves.")).to_be_visible()
    await chat.get_by_role("button", name="Start", exact=True).click()

    # Text with entities is text: what looks like HTML stays words.
    await expect(log.locator("strong", has_text="Karibu")).to_be_visible()
    await expect(log.get_by_text("a <img src=x onerror=alert(1)>")).to_be_visible()
    await expect(log.get_by_text("<u>b</u>")).to_be_visible()

    # A toast, an edit, an alert.
    await chat.get_by_role("button", name="Ask me").click()
    await expect(page.get_by_role("dialog").get_by_text("An alert")).to_be_visible()
    await page.keyboard.press("Enter")
    await chat.get_by_role("button", name="No, and").click()
    await expect(chat.get_by_role("status").get_by_text("Noted n")).to_be_visible()
    await expect(log.get_by_text("You chose n")).to_be_visible()
    await expect(log.get_by_text("edited", exact=True)).to_be_visible()

    # Enter sends, and the box keeps the focus.
    box = chat.get_by_role("textbox", name="Message")
    await box.fill("400 loans")
    await box.press("Enter")
    await expect(log.get_by_text("You said 400 loans")).to_be_visible()
    await expect(box).to_be_focused()
    await expect(box).to_have_value("")

    # Commands come up with / and are chosen with the arrows.
    await box.press_sequentially("/")
    await expect(chat.get_by_role("option")).to_have_count(2)
    await box.press("ArrowDown")
    await box.press("Enter")
    await expect(log.get_by_text("You said /status")).to_be_visible()

    # A file up, another down.
    await chat.locator("input[data-kind=document]").set_input_files(
        {"name": "map.txt", "mimeType": "text/plain", "buffer": b"abc"}
    )
    received = log.get_by_role("link", name="Download backwards.txt, 3 B")
    await expect(received).to_be_visible()
    async with page.expect_download() as download:
        await received.click()
    saved = tmp_path / "saved"
    await (await download.value).save_as(saved)
    assert saved.read_bytes() == b"cba"
    assert (await download.value).suggested_filename == "backwards.txt"


async def test_another_person_has_another_chat_and_links_invite(page, running, echo_bot):
    expect = async_api.expect
    await page.get_by_role("tab", name="Wanjiru").click()
    chat = page.get_by_role("tabpanel")
    await chat.get_by_role("button", name="Start", exact=True).click()
    await expect(chat.get_by_text("Karibu")).to_be_visible()
    await page.get_by_role("tab", name="Mwende").click()
    await expect(chat.get_by_text("Karibu")).to_have_count(0)
    await chat.get_by_role("button", name="Start", exact=True).click()
    await chat.get_by_role("link", name="https://t.me/groundwork_bot?start=inv_2").click()
    await expect(chat.get_by_text("/start inv_2")).to_be_visible()
    await expect(chat.get_by_text("['inv_2']")).to_be_visible()

    # What comes while one looks elsewhere is counted.
    await page.get_by_role("tab", name="Wanjiru").click()
    await echo_bot.bot.send_message(MWENDE, "A reminder")
    await expect(page.get_by_role("tab", name="Mwende").get_by_label("1 unread message")).to_be_visible()
    await page.get_by_role("tab", name="Mwende").click()
    await expect(chat.get_by_text("A reminder")).to_be_visible()
    await expect(page.get_by_label("unread message")).to_have_count(0)

    # Typing is shown until the message comes.
    await echo_bot.bot.send_chat_action(MWENDE, "typing")
    await expect(chat.get_by_text("typing…")).to_be_visible()
    keyboard = library.ReplyKeyboardMarkup(
        [["Morning", library.KeyboardButton("Here", request_location=True)]]
    )
    await echo_bot.bot.send_message(MWENDE, "When?", reply_markup=keyboard)
    await expect(chat.get_by_text("typing…")).to_have_count(0)
    await chat.get_by_role("button", name="Morning").click()
    await expect(chat.get_by_text("You said Morning")).to_be_visible()
    await chat.get_by_role("button", name="Here").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Latitude").fill("-1.5177")
    await dialog.get_by_label("Longitude").fill("37.2634")
    await dialog.get_by_role("button", name="Send").click()
    await expect(chat.get_by_text("-1.51770, 37.26340")).to_be_visible()


async def test_clock_columns_and_starting_over(page, running):
    expect = async_api.expect
    wide = page.viewport_size["width"] > 1000
    if wide:
        await page.get_by_role("button", name="Side by side").click()
        await expect(page.get_by_role("tabpanel")).to_have_count(2)
        await page.get_by_role("button", name="Side by side").click()
        await expect(page.get_by_role("tabpanel")).to_have_count(1)
    else:
        await page.get_by_role("button", name="Clock and tools").click()
    await page.get_by_role("button", name="+1 day").click()
    await page.get_by_role("button", name="+1 hour").click()
    await expect(page.get_by_text("1 d 1 h ahead")).to_be_visible()
    await page.get_by_role("button", name="Next 9:00").click()
    await expect(page.locator("#clock")).to_contain_text("09:00")

    await page.get_by_role("button", name="Add a person").click()
    await page.get_by_role("dialog").get_by_label("First name").fill("Naliaka")
    await page.get_by_role("dialog").get_by_role("button", name="Add").click()
    await expect(page.get_by_role("tab", name="Naliaka")).to_be_visible()

    page.once("dialog", lambda dialog: dialog.accept())
    await page.get_by_role("button", name="Start over").click()
    await expect(page.get_by_role("tab", name="Naliaka")).to_have_count(0)
    await expect(page.get_by_text("you play every person")).to_be_visible()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        pytest.param("/?begin=ekai_lokwang", "Ekai", id="whom the address names"),
        pytest.param("/?begin=nobody_here", "Wanjiru", id="the first, where it names nobody known"),
    ],
)
async def test_the_address_says_whom_to_begin_with(page, running, address, name):
    await page.goto(running.url + address)
    await async_api.expect(page.get_by_role("button", name=f"Chat as {name}")).to_be_visible()


LONG = "\n".join(["The title", *(f"line {number}" for number in range(60)), "The end"])
VIEW = """(log) => {
  const view = log.getBoundingClientRect();
  const node = [...log.querySelectorAll(".message")].pop().getBoundingClientRect();
  return [node.top - view.top, view.bottom - node.bottom].map((far) => far >= 0 && far < 40);
}"""

UP = """(log) => new Promise((done) => {
  log.addEventListener("scroll", done, { once: true });
  log.scrollTop = 0;
}).then(() => null)"""


async def newest(chat):
    """Whether the newest message's first line, and its last, stand at the top and the bottom of the view."""
    return await chat.get_by_role("log").evaluate(VIEW)


async def test_what_is_taller_than_the_view_is_read_from_its_beginning(page, echo_bot):
    expect = async_api.expect
    await page.get_by_role("tab", name="Mwende").click()
    chat = page.get_by_role("tabpanel")
    log = chat.get_by_role("log")
    await chat.get_by_role("button", name="Start", exact=True).click()
    await expect(chat.get_by_text("Karibu")).to_be_visible()
    assert await newest(chat) == [False, True], "what fits is shown whole, at the end"

    await echo_bot.bot.send_message(MWENDE, LONG)
    await expect(log.get_by_text("The title")).to_be_visible()
    assert await newest(chat) == [True, False]
    await echo_bot.bot.send_message(MWENDE, "Something short")
    await expect(log.get_by_text("Something short")).to_be_in_viewport()
    assert await newest(chat) == [False, True], "who was led to the beginning is led on"

    # other words in its place are read from their beginning, a tick stays where it was made
    ticks = [[library.InlineKeyboardButton("Tick", callback_data="t")]]
    sent = await echo_bot.bot.send_message(MWENDE, "A list")
    await expect(log.get_by_text("A list")).to_be_visible()
    await sent.edit_text(LONG, reply_markup=library.InlineKeyboardMarkup(ticks))
    await expect(log.get_by_role("button", name="Tick")).to_have_count(1)
    assert await newest(chat) == [True, False]
    await log.get_by_role("button", name="Tick").scroll_into_view_if_needed()
    ticks = [[library.InlineKeyboardButton("Ticked", callback_data="t")]]
    await sent.edit_reply_markup(library.InlineKeyboardMarkup(ticks))
    await expect(log.get_by_role("button", name="Ticked")).to_be_in_viewport()

    # who reads further up is left there
    await log.evaluate(UP)
    await echo_bot.bot.send_message(MWENDE, f"Later\n{LONG}")
    await expect(chat.get_by_role("button", name="To the newest message")).to_be_visible()
    assert await log.evaluate("(log) => log.scrollTop") == 0

    # what came meanwhile is shown from the first of it
    await page.get_by_role("tab", name="Wanjiru").click()
    await echo_bot.bot.send_message(MWENDE, f"Meanwhile\n{LONG}")
    await expect(page.get_by_role("tab", name="Mwende").get_by_label("1 unread message")).to_be_visible()
    await page.get_by_role("tab", name="Mwende").click()
    await expect(log.get_by_text("Meanwhile")).to_be_in_viewport()
    assert await newest(chat) == [True, False]


CUT = """(head) => [...head.querySelectorAll("*")]
  .filter((node) => node.scrollWidth > node.clientWidth && getComputedStyle(node).overflowX !== "visible")
  .map((node) => node.textContent)"""


@pytest.mark.parametrize("width", [320, 340, 360, 480, 800])
async def test_who_one_is_can_be_read_whole(page, width):
    await page.set_viewport_size({"width": width, "height": 740})
    await page.get_by_role("tab", name="Ekai").click()
    chat = page.get_by_role("tabpanel")
    await chat.get_by_role("button", name="Start", exact=True).click()
    await async_api.expect(chat.get_by_text("Karibu")).to_be_visible()
    head = chat.locator(".chat-head")
    for words in ("Groundwork", "You are Ekai", "Branch manager, Lodwar"):
        await async_api.expect(head.get_by_text(words)).to_be_in_viewport(ratio=1)
    assert await head.evaluate(CUT) == []
    assert (await head.bounding_box())["height"] < 80
    # and among the people
    names = page.get_by_role("tab").locator(".person-name")
    assert await names.evaluate_all("(all) => all.every((one) => one.scrollWidth <= one.clientWidth)")


async def test_whoever_can_be_chosen_has_a_chat(page, running):
    """A window that changes its size draws the people at once, whatever is still on its way."""
    expect = async_api.expect
    answer = asyncio.Event()

    async def hold(route: async_api.Route) -> None:
        await answer.wait()
        await route.continue_()

    # while what was said is still to come
    await page.route("**/practice/people/*/messages", hold)
    async with page.expect_request("**/practice/people/*/messages"):
        await page.reload()
    await page.set_viewport_size({"width": 500, "height": 700})
    await page.get_by_role("tab", name="Ekai").click()
    await expect(page.get_by_role("tabpanel", name="Ekai")).to_be_visible()
    answer.set()
    await expect(page.get_by_role("tabpanel", name="Ekai")).to_contain_text("Finds out what")
    await page.unroute("**/practice/people/*/messages")

    # while the people of a new world are
    answer.clear()
    await page.route("**/practice/people", hold)
    async with page.expect_request("**/practice/people"):
        running.world.reset()
    await page.get_by_role("tab", name="Wanjiru").click()
    answer.set()
    await expect(page.get_by_role("tabpanel")).to_have_count(0)


AUDIT = (pathlib.Path(__file__).parent / "audit.js").read_text("utf-8")


def sheet() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Lines"
    for row in (["Company", "Mbps"], ["Safaricom", 10], ["Airtel", 4.5]):
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def letter() -> bytes:
    document = docx.Document()
    document.add_heading("Deployment plan")
    document.add_paragraph("Five branches move in March.")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_screen_readers_keys_and_weak_eyes_find_no_fault(page, scheme):
    expect = async_api.expect
    await page.emulate_media(color_scheme=scheme)
    await expect(page.get_by_role("tab", name="Wanjiru")).to_be_visible()
    assert await page.evaluate(AUDIT) == []
    await page.get_by_role("tab", name="Wanjiru").click()
    chat = page.get_by_role("tabpanel")
    await chat.get_by_role("button", name="Start", exact=True).click()
    await expect(chat.get_by_text("Karibu")).to_be_visible()
    box = chat.get_by_role("textbox", name="Message")
    await box.fill("/plan")
    await expect(chat.get_by_role("option")).to_have_count(1)
    assert await page.evaluate(AUDIT) == []
    await box.press("Enter")
    await chat.locator("summary[aria-label=Attach]").click()
    assert await page.evaluate(AUDIT) == []
    await page.keyboard.press("Escape")
    for name, content in (("lines.xlsx", sheet()), ("plan.docx", letter())):
        await chat.locator("input[data-kind=document]").set_input_files(
            {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        )
    await expect(chat.get_by_role("table", name="What stands in plan.docx")).to_contain_text("Five branches")
    await expect(chat.get_by_role("table", name="What stands in lines.xlsx")).to_contain_text("Safaricom")
    await expect(chat.get_by_text("Sheets: Lines")).to_be_visible()
    await chat.get_by_role("log").get_by_role("button", name="Ask me").click()
    await expect(page.get_by_role("dialog").get_by_text("An alert")).to_be_visible()
    assert await page.evaluate(AUDIT) == []


async def test_the_tab_key_goes_from_people_through_the_chat_to_the_box(page):
    await page.get_by_role("tab", name="Wanjiru").click()
    chat = page.get_by_role("tabpanel")
    await chat.get_by_role("button", name="Start", exact=True).click()
    await async_api.expect(chat.get_by_text("Karibu")).to_be_visible()
    await page.get_by_role("tab", name="Wanjiru").focus()
    passed = []
    for _ in range(30):
        await page.keyboard.press("Tab")
        here = await page.evaluate(
            "() => { const node = document.activeElement; const style = getComputedStyle(node);"
            " return [node.getAttribute('aria-label') || node.textContent.trim(), node.getAttribute('role') || '',"
            " style.outlineStyle !== 'none' || style.boxShadow !== 'none']; }"
        )
        passed.append(here)
        if here[0] == "Send":
            break
    names = [name for name, _, _ in passed]
    wanted = [
        "More about this chat",
        "Chat of Wanjiru with the bot",
        "Yes",
        "Ask me",
        "Attach",
        "Message",
        "Send",
    ]
    places = [names.index(name) for name in wanted]
    assert places == sorted(places), names
    assert all(is_seen for _, _, is_seen in passed), passed


async def test_replies_forwards_stickers_and_deleted_chats(page, running):
    expect = async_api.expect
    await page.get_by_role("tab", name="Wanjiru").click()
    chat = page.get_by_role("tabpanel")
    await chat.get_by_role("button", name="Start", exact=True).click()
    await expect(chat.get_by_text("Karibu")).to_be_visible()
    await chat.get_by_role("article").filter(has_text="Karibu").get_by_role("button", name="Reply").click()
    await expect(chat.get_by_text("In reply to")).to_be_visible()
    box = chat.get_by_role("textbox", name="Message")
    await box.fill("Asante")
    await box.press("Enter")
    await expect(chat.get_by_text("You said Asante")).to_be_visible()
    sent = chat.get_by_role("article").filter(has_text="Asante").first
    await expect(sent.locator(".quoted")).to_contain_text("Karibu")
    await (
        chat.get_by_role("article")
        .filter(has_text="Karibu")
        .first.get_by_role("button", name="Reply")
        .click()
    )
    await box.press("Escape")
    await expect(chat.locator(".composer-note")).to_be_hidden()
    await chat.locator("summary[aria-label=Attach]").click()
    await chat.get_by_role("button", name="Sticker").click()
    await expect(chat.get_by_role("img", name="Sticker 👍")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    await chat.locator("summary[aria-label='More about this chat']").click()
    await chat.get_by_role("button", name="Delete the chat").click()
    await expect(chat.get_by_role("button", name="Start", exact=True)).to_be_visible()
    await expect(chat.get_by_text("Karibu")).to_have_count(0)
