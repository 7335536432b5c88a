"""`python -m benchmarks schedule [FOLDER] [--every N] [--json]`."""

from __future__ import annotations

import pathlib
import sys
from typing import Annotated

import msgspec
import typer

from benchmarks import report, schedules
from planning.schedule import project

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)


@app.callback()
def main() -> None:
    """Keep `schedule` a word of its own: more benchmarks come beside it."""


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


if __name__ == "__main__":
    app()
