"""`python -m benchmarks NAME [--json]`: ours beside its peers, in one run; `keep` and `page` draw what was measured."""

from __future__ import annotations

import asyncio
import datetime as dt
import pathlib
import sys
from typing import Annotated

import msgspec
import typer

from benchmarks import forms as measured_forms
from benchmarks import growth as measured_growth
from benchmarks import page as measured_page
from benchmarks import plan_stall as measured_stall
from benchmarks import plans, report, schedules, targets
from benchmarks import process as measured_process
from benchmarks import reminders as measured_reminders
from benchmarks import storage as measured_storage
from benchmarks import templates as bad_templates
from benchmarks import turns as measured_turns
from benchmarks import workers as measured_workers
from planning.schedule import project

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)


@app.command()
def schedule(
    folder: Annotated[
        pathlib.Path | None,
        typer.Argument(
            help="PSPLIB files (.sm), beside them optimum/optimum.csv; without it, projects drawn here."
        ),
    ] = None,
    every: Annotated[int, typer.Option(min=1, help="Take each so-manieth file.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Both methods of the scheduler beside a single pass and beside OR-tools alone."""
    try:
        rows = schedules.measure(folder, every)
    except project.ScheduleError as problem:
        typer.echo(problem, err=True)
        raise typer.Exit(1) from None
    if json:
        sys.stdout.write(msgspec.json.encode(rows).decode() + "\n")
    else:
        report.table(rows)


@app.command()
def forms(json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False) -> None:
    """The form engine beside elementpath and, where Node is at hand, ODK Web Forms' engine."""
    measured = measured_forms.measure()
    if json:
        sys.stdout.write(msgspec.json.encode(measured).decode() + "\n")
        return
    report.table(measured.figures)
    for note in measured.notes:
        typer.echo(note)


@app.command()
def plan(json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False) -> None:
    """The Word plan beside bare docxtpl on the same template and fields."""
    figures = plans.measure()
    if json:
        sys.stdout.write(msgspec.json.encode(figures).decode() + "\n")
    else:
        report.table(figures)


@app.command()
def turns(json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False) -> None:
    """Answers a second of the whole bot beside the echoes of python-telegram-bot and, where installed, aiogram."""
    figures, notes = asyncio.run(measured_turns.measure())
    if json:
        sys.stdout.write(msgspec.json.encode(figures).decode() + "\n")
        return
    report.table(figures)
    for note in notes:
        typer.echo(note)


@app.command()
def storage(json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False) -> None:
    """Durable answers beside aiosqlite's single inserts, among ever more assessments, and the room they take."""
    figures, room = asyncio.run(measured_storage.measure())
    if json:
        sys.stdout.write(msgspec.json.encode({"answers": figures, "room": room}).decode() + "\n")
        return
    report.table(figures)
    report.table([room])


@app.command()
def reminders(
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """A look for due reminders among ever more that wait, beside APScheduler's own store."""
    figures = asyncio.run(measured_reminders.measure())
    if json:
        sys.stdout.write(msgspec.json.encode(figures).decode() + "\n")
    else:
        report.table(figures)


@app.command()
def process(json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False) -> None:
    """What a start costs, beside bare Python and python-telegram-bot alone, and the memory of open sessions."""
    figures = measured_process.measure()
    memory = asyncio.run(measured_process.sessions())
    if json:
        sys.stdout.write(msgspec.json.encode({"starts": figures, "sessions": memory}).decode() + "\n")
        return
    report.table(figures)
    report.table(memory)


@app.command()
def growth(json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False) -> None:
    """What everything costs as assessments, branches, answers and reminders grow to ten thousand."""
    rows = asyncio.run(measured_growth.measure())
    if json:
        sys.stdout.write(msgspec.json.encode(rows).decode() + "\n")
    else:
        report.table(rows)


@app.command()
def workers(json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False) -> None:
    """Two workers on PostgreSQL beside one, and whose the machine's work is."""
    figures = asyncio.run(measured_workers.measure())
    if json:
        sys.stdout.write(msgspec.json.encode(figures).decode() + "\n")
    else:
        report.table(figures)


@app.command("plan_stall")
def plan_stall(
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """How long the bot takes to answer somebody while ten others have their plans made."""
    rows = asyncio.run(measured_stall.measure())
    if json:
        sys.stdout.write(msgspec.json.encode(rows).decode() + "\n")
    else:
        report.table(rows)


@app.command()
def templates(
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """What each bad template of the tests' corpus takes before it is refused."""
    rows = bad_templates.measure()
    if json:
        sys.stdout.write(msgspec.json.encode(rows).decode() + "\n")
    else:
        report.table(rows)


@app.command()
def keep(
    name: Annotated[str, typer.Argument(help="The benchmark.")],
    file: Annotated[pathlib.Path, typer.Argument(help="What it printed with --json.")],
) -> None:
    """Keep what was measured today in docs/measured, and write docs/benchmarks.md anew."""
    if name not in targets.KINDS:
        typer.echo(f"The figures of {name} are not kept; of these: {', '.join(targets.KINDS)}.", err=True)
        raise typer.Exit(1)
    measured_page.keep(name, file.read_bytes(), dt.datetime.now(dt.UTC).date())
    measured_page.write()


@app.command()
def page() -> None:
    """Write docs/benchmarks.md and its charts from what is kept."""
    measured_page.write()


if __name__ == "__main__":
    app()
