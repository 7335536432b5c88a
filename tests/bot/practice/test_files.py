"""Files up and down, from people and from the bot."""

from __future__ import annotations

import io
import struct
import zlib

import aiohttp
import docx
import openpyxl
import pytest

from bot.practice import limits, people, pictures

EKAI = 710000003


def png(width: int = 3, height: int = 2) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * (width + 1) * height))
        + chunk(b"IEND", b"")
    )


async def upload(bot, session, method, field, content, name="plan.docx", **fields):
    form = aiohttp.FormData({"chat_id": str(EKAI), **fields})
    form.add_field(field, content, filename=name)
    async with session.post(f"{bot.url}/bot{bot.token}/{method}", data=form) as response:
        return await response.json()


async def fetch(bot, session, file_id):
    file = await bot.do("getFile", file_id=file_id)
    async with session.get(f"{bot.url}/file/bot{bot.token}/{file['file_path']}") as response:
        return response.status, await response.read()


async def test_a_persons_document_reaches_the_bot(bot, ekai, session):
    content = bytes(range(256))
    await ekai.send_file("Process map é.pdf", content, mime_type="application/pdf", caption="Loans")
    [update] = await bot.updates()
    document = update["message"]["document"]
    assert (document["file_name"], document["mime_type"]) == ("Process map é.pdf", "application/pdf")
    assert document["file_size"] == 256
    assert update["message"]["caption"] == "Loans"
    assert await fetch(bot, session, document["file_id"]) == (200, content)


async def test_photo_and_voice_have_their_own_fields(bot, ekai, session):
    await ekai.send_file("meter.png", png(), kind="photo")
    await ekai.send_file("note.ogg", b"OggS", kind="voice", mime_type="audio/ogg")
    photo, voice = await bot.updates()
    [size] = photo["message"]["photo"]
    assert (size["width"], size["height"]) == (3, 2)
    assert await fetch(bot, session, size["file_id"]) == (200, png())
    assert voice["message"]["voice"]["mime_type"] == "audio/ogg"


async def test_the_bots_document_reaches_the_person_and_can_be_sent_again(bot, ekai, session):
    answer = await upload(
        bot, session, "sendDocument", "document", b"PK plan", caption="<b>v1</b>", parse_mode="HTML"
    )
    message = await ekai.wait_for(lambda message: "document" in message)
    assert message["caption_entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert await ekai.download(message) == b"PK plan"
    again = await bot.do("sendDocument", chat_id=EKAI, document=answer["result"]["document"]["file_id"])
    assert again["document"] == answer["result"]["document"]


async def test_attach_names_an_upload(bot, ekai, session):
    form = aiohttp.FormData({"chat_id": str(EKAI), "photo": "attach://picture"})
    form.add_field("picture", png(), filename="gantt.png")
    async with session.post(f"{bot.url}/bot{bot.token}/sendPhoto", data=form) as response:
        assert (await response.json())["result"]["photo"][0]["width"] == 3


async def test_a_media_group_is_one_album(bot, ekai, session):
    media = (
        '[{"type": "photo", "media": "attach://a"}, {"type": "photo", "media": "attach://b", "caption": "B"}]'
    )
    form = aiohttp.FormData({"chat_id": str(EKAI), "media": media})
    form.add_field("a", png(), filename="a.png")
    form.add_field("b", png(), filename="b.png")
    async with session.post(f"{bot.url}/bot{bot.token}/sendMediaGroup", data=form) as response:
        first, second = (await response.json())["result"]
    assert first["media_group_id"] == second["media_group_id"]
    assert second["caption"] == "B"
    assert (await bot.refused("sendMediaGroup", chat_id=EKAI, media=[]))["error_code"] == 400


REFUSED = [
    pytest.param("sendDocument", "document", b"", "file must be non-empty", id="empty"),
    pytest.param("sendPhoto", "photo", b"no picture", "IMAGE_PROCESS_FAILED", id="no picture"),
    pytest.param("sendPhoto", "photo", png(9000, 1001), "PHOTO_INVALID_DIMENSIONS", id="too many pixels"),
    pytest.param("sendPhoto", "photo", png(21, 1), "PHOTO_INVALID_DIMENSIONS", id="too narrow"),
]


@pytest.mark.parametrize(("method", "field", "content", "description"), REFUSED)
async def test_bad_files_are_refused(bot, ekai, session, method, field, content, description):
    answer = await upload(bot, session, method, field, content)
    assert answer["description"] == f"Bad Request: {description}"
    assert len(await ekai.messages()) == 1


async def test_a_heavy_picture_is_no_photo(bot, ekai, session, monkeypatch):
    monkeypatch.setattr(limits, "PHOTO_BYTES", 10)
    answer = await upload(bot, session, "sendPhoto", "photo", png())
    assert answer["description"] == (
        f"Bad Request: file of size {len(png())} bytes is too big for a photo; the maximum size is 10 bytes"
    )


async def test_a_document_is_no_photo(bot, ekai, session):
    answer = await upload(bot, session, "sendDocument", "document", b"x")
    file_id = answer["result"]["document"]["file_id"]
    refused = await bot.refused("sendPhoto", chat_id=EKAI, photo=file_id)
    assert refused["description"] == "Bad Request: can't use file of type Document as Photo"


async def test_limits_up_and_down(bot, ekai, session, monkeypatch):
    monkeypatch.setattr(limits, "UPLOAD_BYTES", 100)
    monkeypatch.setattr(limits, "DOWNLOAD_BYTES", 50)
    answer = await upload(bot, session, "sendDocument", "document", b"x" * 101)
    assert (answer["error_code"], answer["description"]) == (413, "Request Entity Too Large")
    answer = await upload(bot, session, "sendDocument", "document", b"x" * 51)
    refused = await bot.refused("getFile", file_id=answer["result"]["document"]["file_id"])
    assert refused["description"] == "Bad Request: file is too big"


async def test_another_bot_cannot_fetch_a_file(bot, ekai, session):
    answer = await upload(bot, session, "sendDocument", "document", b"x")
    path = (await bot.do("getFile", file_id=answer["result"]["document"]["file_id"]))["file_path"]
    bot.token = "987654321:" + "C" * 35
    await bot.do("getMe")
    refused = await bot.refused("getFile", file_id=answer["result"]["document"]["file_id"])
    assert refused["description"] == "Bad Request: invalid file_id"
    async with session.get(f"{bot.url}/file/bot{bot.token}/{path}") as response:
        assert response.status == 404


async def test_files_go_to_the_page_as_downloads_and_only_pictures_show(bot, ekai, session, telegram):
    answer = await upload(bot, session, "sendDocument", "document", b"<script>", name="x.html")
    unique_id = answer["result"]["document"]["file_unique_id"]
    async with session.get(f"{bot.url}/practice/files/{unique_id}") as response:
        assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''x.html"
        assert response.content_type == "application/octet-stream"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    with pytest.raises(people.ActFailed):
        await telegram.bytes_of("/practice/files/none")


async def test_only_word_and_excel_are_looked_into(bot, ekai, session, telegram):
    answer = await upload(bot, session, "sendDocument", "document", b"words", name="plan.txt")
    unique_id = answer["result"]["document"]["file_unique_id"]
    assert await telegram.get(f"/practice/files/{unique_id}/preview") == {}


PROMISE = "Promise 11 August 2027: four times in five all branches work by then. "
CHANCE = "The chance that all branches work with Mifos by the wished 30 September 2027 is more than 99%."


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param(CHANCE, CHANCE, id="a figure at the end of its sentence"),
        pytest.param(PROMISE * 9, (PROMISE * 4).strip(), id="as many sentences as there is room for"),
        pytest.param("Is it? " + "word " * 90, "Is it?", id="no begun sentence behind a whole one"),
        pytest.param("word " * 90, "word " * 59 + "…", id="one sentence that is too long"),
        pytest.param("x" * 400, "x" * 299 + "…", id="one word that is too long"),
    ],
)
async def test_of_a_word_file_whole_sentences_are_shown(bot, ekai, session, telegram, written, shown):
    document = docx.Document()
    document.add_paragraph(written)
    made = io.BytesIO()
    document.save(made)
    answer = await upload(bot, session, "sendDocument", "document", made.getvalue(), name="plan.docx")
    unique_id = answer["result"]["document"]["file_unique_id"]
    assert (await telegram.get(f"/practice/files/{unique_id}/preview"))["lines"] == [[shown]]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("b" * 80, "b" * 80, id="that fits"),
        pytest.param("word " * 30, "word " * 15 + "…", id="of many words"),
        pytest.param(4.5, "4.5", id="a number"),
    ],
)
async def test_of_a_cell_whole_words_are_shown(bot, ekai, session, telegram, written, shown):
    book = openpyxl.Workbook()
    book.active.append([written])
    made = io.BytesIO()
    book.save(made)
    answer = await upload(bot, session, "sendDocument", "document", made.getvalue(), name="plan.xlsx")
    unique_id = answer["result"]["document"]["file_unique_id"]
    assert (await telegram.get(f"/practice/files/{unique_id}/preview"))["lines"] == [[shown]]


SIZES = [
    pytest.param(png(640, 480), (640, 480), id="PNG"),
    pytest.param(b"GIF89a" + struct.pack("<HH", 5, 7), (5, 7), id="GIF"),
    pytest.param(
        b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 20, 30) + b"\x03",
        (30, 20),
        id="JPEG",
    ),
    pytest.param(b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x0f\0\0\x1f\0\0", (16, 32), id="WebP with features"),
    pytest.param(b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\0\0\0\x10\0\x20\0", (16, 32), id="WebP"),
    pytest.param(b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x0f\xc0\x07\0\0\0\0\0\0", (16, 32), id="lossless WebP"),
    pytest.param(b"RIFF\0\0\0\0WEBPEXIF" + b"\0" * 14, None, id="WebP of an unknown kind"),
    pytest.param(b"\xff\xd8\xff", None, id="cut off"),
    pytest.param(b"%PDF", None, id="no picture"),
]


@pytest.mark.parametrize(("content", "size"), SIZES)
def test_pictures_are_measured(content, size):
    assert pictures.dimensions(content) == size
