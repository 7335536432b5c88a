"""`python -m benchmarks schedule [FOLDER] [--every N] [--json]`, `forms [--json]`, `plan [--json]`."""

from __future__ import annotations

import pathlib
import sys
from typing import Annotated

import msgspec
import typer

from benchmarks import forms as measured_forms
from benchmarks import plans, report, schedules
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


if __name__ == "__main__":
    app()
