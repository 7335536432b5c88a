"""The record of deeds: what people decide is in it by itself, and `groundwork audit` finds what was done to it."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest

from bot.commands import deeds, files
from storage import chain
from tests.bot import running


async def recorded(bot: running.Running) -> list[tuple[str, str]]:
    lines = await (await bot.disk()).audit_lines((await bot.assessment()).id)
    assert chain.broken(lines) == ""
    return [(line.deed, line.about) for line in lines]


async def test_deeds_are_recorded_and_answers_are_not(bot: running.Running) -> None:
    tokens = await bot.created(branches="Lodwar")
    somebody = await bot.newcomer()
    await bot.joined(somebody, tokens["Branch manager, Lodwar"])
    before = await recorded(bot)
    kinds = [deed for deed, _ in before]
    assert kinds[0] == "created"
    assert kinds.count("link made") == len(tokens)
    assert kinds[-3:] == ["came", "joined", "assessment collecting"]
    await bot.tapped(somebody, running.labels(await somebody.last_message())[0])
    assert await recorded(bot) == before, "opening a section and its first question are no deeds"


async def test_the_record_is_printed_and_holds(
    bot: running.Running, capsys: pytest.CaptureFixture[str]
) -> None:
    await bot.created("Umoja")
    await deeds.audit(bot.settings, "Umoja")
    printed = capsys.readouterr().out.splitlines()
    assert "created" in printed[0]
    assert f"({running.OWNER})" in printed[0]
    head = printed[-1].removeprefix("The record holds: ")
    await deeds.audit(bot.settings, "Umoja", head)


async def test_a_line_taken_from_the_disk_is_found(
    bot: running.Running, capsys: pytest.CaptureFixture[str]
) -> None:
    await bot.created("Umoja")
    await deeds.audit(bot.settings, "Umoja")
    head = capsys.readouterr().out.splitlines()[-1].removeprefix("The record holds: ")
    path = bot.settings.data_dir / "groundwork.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as disk:
        disk.execute("DELETE FROM audit_line WHERE number = (SELECT max(number) FROM audit_line)")
        await deeds.audit(bot.settings, "Umoja")
        with pytest.raises(files.FileError, match="its end was cut off"):
            await deeds.audit(bot.settings, "Umoja", head)
        disk.execute("DELETE FROM audit_line WHERE number = 2")
    with pytest.raises(files.FileError, match="Line 2 is missing"):
        await deeds.audit(bot.settings, "Umoja")


async def test_what_is_no_head_is_refused(bot: running.Running) -> None:
    with pytest.raises(files.FileError, match="is no head"):
        await deeds.audit(bot.settings, "Umoja", "41; DROP TABLE")


async def test_whoever_is_erased_is_not_in_the_record_any_more(bot: running.Running) -> None:
    tokens = await bot.created(branches="Lodwar")
    somebody = await bot.newcomer()
    await bot.joined(somebody, tokens["Branch manager, Lodwar"])
    await bot.said(somebody, "/forget")
    await bot.tapped(somebody, running.labels(await somebody.last_message())[0])
    kept = await (await bot.disk()).audit_lines((await bot.assessment()).id)
    assert somebody.id not in {person for line in kept for person in (line.made_by, line.person)}
    assert (await recorded(bot))[-1] == ("erased", "")
