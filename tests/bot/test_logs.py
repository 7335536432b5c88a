"""The log tells where something happened and never what was said, also when libraries tell all they know."""

from __future__ import annotations

import datetime as dt
import io
import logging
import re
from collections.abc import Iterator

import pytest
import structlog
from aiohttp import http_exceptions

from bot.operations import logs
from tests.bot import running, test_privacy, told

SECRET = "Tumaini-Xylophone"


@pytest.fixture
def everything_told(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every library at DEBUG, through our handler."""
    monkeypatch.setattr(logging.root, "handlers", [*logging.root.handlers, logs.Libraries()])
    before = logging.root.level
    logging.root.setLevel(logging.DEBUG)
    yield
    logging.root.setLevel(before)


@pytest.mark.libraries_tell
async def test_with_every_library_at_debug_the_log_holds_no_secret(
    everything_told: None, planted: running.Running, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        ekai = planted.person(running.EKAI)
        await test_privacy.answer_in_words(planted, ekai)
        manager = planted.person(running.MANAGER)
        await planted.said(manager, "/status")
        await planted.said(ekai, "/mydata")
        await planted.stop()
    said = {line["of"].partition(".")[0] for line in planted.logs.lines if line["event"] == "library"}
    assert said >= {"telegram", "aiosqlite", "apscheduler"}
    assert test_privacy.OWN in caplog.text, "a library told it"
    assert planted.logs.leaked(planted.secrets()) == []
    assert planted.logs.leaked([test_privacy.OWN, "Ekai", str(planted.settings.key_file)]) == []


async def test_a_line_that_tells_of_somebody_is_found(planted: running.Running) -> None:
    ekai = planted.person(running.EKAI)
    nekesa = await planted.newcomer("Nekesa", last_name="Wafula")
    await planted.said(ekai, "1250 kg")
    await planted.said(ekai, "Yes\nKitui")
    await planted.after(ekai, ekai.send_file("ours.csv", b"a"))
    await planted.said(nekesa, "/start")
    lines = {
        "a first name": {"who": "Ekai"},
        "a last name": {"problem": ValueError("no seat for Wafula")},
        "words typed": {"said": "1250 kg"},
        "a line of them": {"places": ["Kitui"]},
        "a branch": {"branch": "Lodwar"},
        "an institution": {"institution": "Jitegemea Microfinance"},
        "a file": {"file": "/tmp/ours.csv"},
        "the token": {"address": f"https://api.telegram.org/bot{running.TOKEN}/getMe"},
        "nothing": {"event": "button refused", "person": running.EKAI, "assessment": "b" * 16, "count": 1250},
    }
    found = {what for what, line in lines.items() if told.leaked(repr(line), planted.secrets())}
    assert found == set(lines) - {"nothing"}


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What stderr gets."""
    found = io.StringIO()
    before, handlers = logging.root.level, logging.root.handlers[:]
    logging.root.handlers = []
    logs.set_up()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=found))
    yield found
    structlog.reset_defaults()
    logging.root.handlers = handlers
    logging.root.setLevel(before)


def fail() -> None:
    try:
        int(SECRET)
    except ValueError as problem:
        raise RuntimeError(f"no number: {SECRET}") from problem


def test_a_fault_is_told_by_place_and_kind(written: io.StringIO) -> None:
    try:
        fail()
    except RuntimeError:
        structlog.get_logger().exception("turn failed", update=7)
    line = written.getvalue()
    assert "event='turn failed'" in line
    assert "update=7" in line
    for word in ("ValueError", "RuntimeError", "in fail", "test_logs.py"):
        assert word in line
    assert line.index("ValueError") < line.index("RuntimeError"), "what led to it comes first"
    assert SECRET not in line


def test_a_line_says_when_in_utc_how_grave_and_of_whom(written: io.StringIO) -> None:
    before = dt.datetime.now(dt.UTC)
    structlog.get_logger().warning("button refused", person=7)
    line = re.fullmatch(
        r"timestamp='(\S+Z)' level='warning' event='button refused' person=7\n", written.getvalue()
    )
    assert line is not None
    assert before <= dt.datetime.fromisoformat(line[1]) <= dt.datetime.now(dt.UTC)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\x1b[2K\x1b[1G"])
def test_nobodys_words_begin_a_line_or_a_value_of_the_log(written: io.StringIO, end: str) -> None:
    forged = f"x'{end}timestamp='2031-03-04' level='info' event='signed'"
    structlog.get_logger().info("seen", name=forged, of=[forged])
    line = written.getvalue()
    assert line.splitlines() == [line.removesuffix("\n")], "one line"
    assert line.removesuffix("\n").isprintable()
    assert line.endswith(f" name={forged!r} of={[forged]!r}\n"), "what was written stays within its quotes"


@pytest.mark.parametrize(
    ("level", "told"), [(logging.INFO, False), (logging.WARNING, True), (logging.ERROR, True), (45, True)]
)
def test_a_line_of_a_librarys_is_its_place(written: io.StringIO, level: int, told: bool) -> None:
    try:
        int(SECRET)
    except ValueError:
        logging.getLogger("asyncio").log(level, "Task %s failed", SECRET, exc_info=True)
    line = written.getvalue()
    assert ("of='asyncio' at='test_logs:" in line) is told
    assert ("problem='ValueError'" in line) is told
    assert SECRET not in line


def test_a_stranger_at_the_port_fills_no_disk(written: io.StringIO) -> None:
    try:
        raise http_exceptions.BadStatusLine(SECRET)
    except http_exceptions.HttpProcessingError:
        logging.getLogger("aiohttp.server").exception("Error handling request from %s", SECRET)
    assert written.getvalue() == ""
