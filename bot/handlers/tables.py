"""A list of the section as an Excel table: sent on a press, taken back row by row."""

from __future__ import annotations

import asyncio
import base64

import msgspec

from bot import views
from bot.asking import drawing, places
from bot.handlers import answering, common, faults, tasks
from bot.receiving import fetching
from bot.work import Work
from flows import engine, instance, nouns
from flows.worksheets import files
from flows.worksheets import tables as sheets

TOPIC = "table"


async def series_of(work: Work) -> instance.Series | None:
    """The list that stands in the section that is open; None where none does."""
    here = await places.standing(work)
    return engine.standing_list(here.flow, here.session, now=work.now) if here is not None else None


async def send(work: Work) -> None:
    """Send the table with the entries that there are; the list goes on standing."""
    series = await series_of(work)
    if series is None:
        await answering.give(work, nouns.Begin())
        return
    content = await asyncio.to_thread(files.write, series, work.words)
    work.send(
        work.person.id,
        "document",
        content=base64.b64encode(content).decode("ascii"),
        name=work.words.say("table.file", title=views.file_name(series.place.item.label)),
        caption=views.View(work.words.html("table.caption")).text,
    )


async def received(work: Work, attachment: nouns.Attachment) -> None:
    """Read a table that came back: take it as it is, or show every row and cell that is wrong."""
    series = await series_of(work)
    if series is None:
        if not await is_elsewhere(work, attachment):
            await answering.give(work, nouns.Attached(attachment))
        return
    content = await common.fetched(work, attachment)
    if content is None:
        return
    table = await asyncio.to_thread(files.read, series, content, now=work.now)
    if isinstance(table, nouns.Problem):
        work.say(views.View(drawing.problem_text(table, work.words)))
    elif table.faults:
        await _show_faults(work, series, table)
    elif not table.rows:
        work.say(views.View(work.words.html("table.empty")))
    else:
        await _take(work, nouns.Filled(series.key, table.rows), table.remarks)


async def is_elsewhere(work: Work, attachment: nouns.Attachment) -> bool:
    """Say of a table whose list does not stand where to send it; whether the file was one."""
    found = await common.current_team(work)
    if found is None or attachment.kind != "file" or not attachment.name.casefold().endswith(sheets.EXCEL):
        return False
    try:
        content = await work.fetch(attachment)
    except fetching.FetchError:
        return False
    id_ = await asyncio.to_thread(files.listed, content)
    flow = next((flow for flow in found.library.flows() if flow.id == id_), None)
    if flow is None:
        return False
    text = work.words.html("table.elsewhere", title=work.told(flow).title)
    if work.conversation.section:
        work.say(views.View(text))
    else:
        await tasks.tasks_of(work, found, before=text)
    return True


async def picked(work: Work, value: str) -> None:
    """Send the table, or take the good rows of the one that was sent last."""
    if value == "send":
        await send(work)
        return
    kept = work.conversation.draft.get("rows")
    if kept is None:
        await answering.give(work, nouns.Begin())
        return
    await _take(work, msgspec.convert(kept, nouns.Filled), work.conversation.draft.get("remarks", {}))


async def _take(work: Work, event: nouns.Filled, remarks: sheets.Remarks) -> None:
    words = work.words
    work.close(
        views.text(
            words.html("table.taken", n=len(event.rows)),
            faults.remarks(work, remarks),
        )
    )
    await answering.give(work, event)


async def _show_faults(work: Work, series: instance.Series, table: sheets.Table) -> None:
    words = work.words
    text = faults.text(work, table.faults, table.faulty_rows)
    rows = []
    if table.rows:
        label = words.say("table.good", n=len(table.rows))
        rows.append((views.Button(label, views.Pick(TOPIC, "good")),))
    rows.append((views.Button(words.say("table.back"), views.Answer(nouns.Begin())),))
    kept = msgspec.to_builtins(nouns.Filled(series.key, table.rows))
    work.now_talking(draft={"rows": kept, "remarks": table.remarks})
    session = series.instance.session
    work.show(views.View(text, tuple(rows)), section=work.conversation.section, revision=session.revision)
