"""`docs/benchmarks.md` and its charts, from the figures that are kept in `docs/measured/`."""

from __future__ import annotations

import datetime as dt
import pathlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from benchmarks import drawing, forms, growth, targets
from benchmarks import turns as measured_turns

ROOT = pathlib.Path(__file__).parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
MEASURED = ROOT / "docs" / "measured"
PICTURES = ROOT / "docs" / "pictures"

HEAD = """# How fast, beside its peers

<!-- Written by `python -m benchmarks page`; change what it is made from, not this page. -->

Each number was measured on two cores of a slow machine that other work shared, by a command that anybody can repeat.
Ours and its peers ran in one run: only their ratios mean something on another machine.
What is called the processor's time does not count what else the machine did meanwhile.
"""

REPEAT = """## How to repeat

```sh
make setup
.venv/bin/pip install aiogram            # a peer; without it nothing is measured beside it
.venv/bin/python -m benchmarks turns     # a table; any of the names above
.venv/bin/python -m benchmarks turns --json > turns.json
.venv/bin/python -m benchmarks keep turns turns.json   # keeps it in docs/measured, and writes this page anew
```

`schedule` takes a folder of PSPLIB's files beside its published optima, `forms` fetches npm's engine where Node is at hand, `workers` starts a PostgreSQL of its own.
That dates are TaskJuggler's, task for task, where nothing is contended, is a test: `tests/planning/schedule/test_taskjuggler.py`.
Hours of use under kills, and what they leave in memory, are row 24 of [what may go wrong](reliability.md).
Which machine follows from all this for how many institutions: [sizing](sizing.md).
"""

WHY = {
    "a durable answer turn, beside python-telegram-bot's echo": "an echo makes one call. A turn is kept before it is worked out, "
    "works out the next question, is committed, and makes two calls. It takes a core two to three milliseconds, a third of them for "
    "keeping it and a fifth for calls of Telegram; the rest is spread so evenly that no single part would bring it there. "
    "More a second take several workers on PostgreSQL.",
    "the same, beside aiogram's echo": "as above.",
    "with 50 ms to Telegram, beside python-telegram-bot's echo": "the processor is the limit here too, not the waiting.",
    "durable answers, beside single inserts that are not": "when a group of 64 answers was last taken apart, the disk took 35 of 100, "
    "SQLite's inserts 22, its savepoints 7, sealing and Python the rest; a single insert waits for no disk and seals nothing. With 64 "
    "who write, a group cannot be larger. Needed: a disk that answers sooner, and one statement for the answers of a group.",
    "99 of 100 durable answers within, with 64 who write": "those who write wait for one group of 64; who comes just after it "
    "began waits for the next.",
    "median of one evaluation": "it is about a fifth of elementpath's beside it, as 3 of 15 would be; the machine is slower.",
}
"""Of a target that is missed: the profile in a sentence, and what would be needed."""


ELEMENTPATH_US = 15
"""Of one evaluation, on the machine on which the targets were set."""


class Kept(msgspec.Struct, frozen=True):
    """The figures of one benchmark."""

    day: dt.date
    figures: msgspec.Raw


def keep(name: str, printed: bytes, day: dt.date) -> None:
    """Keep what a benchmark printed as JSON; raises `msgspec.ValidationError` for what it did not print."""
    targets.read(name, printed)
    MEASURED.mkdir(parents=True, exist_ok=True)
    encoded = msgspec.json.encode(Kept(day, msgspec.Raw(printed.strip())))
    (MEASURED / f"{name}.json").write_bytes(msgspec.json.format(encoded, indent=1) + b"\n")


def kept() -> dict[str, Kept]:
    """What is kept, by benchmark."""
    files = {name: MEASURED / f"{name}.json" for name in targets.KINDS}
    return {
        name: msgspec.json.decode(file.read_bytes(), type=Kept)
        for name, file in files.items()
        if file.exists()
    }


def write() -> None:
    """Write the page and its charts."""
    for name, content in made(kept()).items():
        path = PAGE.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")


def made(figures: Mapping[str, Kept]) -> dict[str, str]:
    """The page and its charts by their names in `docs/`."""
    measured = {name: targets.read(name, bytes(one.figures)) for name, one in figures.items()}
    drawn = {
        f"pictures/benchmark-{name}.svg": draw(measured[name])
        for name, (_, draw) in CHARTS.items()
        if name in measured
    }
    parts = [HEAD, "## What it must reach", _table(measured), *_machine(measured), *_missed(measured)]
    if "growth" in measured:
        parts += ["## As it grows", _growth(measured["growth"])]
    for name, (title, _) in CHARTS.items():
        if name in measured:
            parts += [
                f"## {title}",
                f"![{title}](pictures/benchmark-{name}.svg)",
                f"`python -m benchmarks {name}`, {figures[name].day}",
            ]
    return {"benchmarks.md": "\n\n".join([part.strip("\n") for part in (*parts, REPEAT)]) + "\n", **drawn}


def _table(measured: Mapping[str, Any]) -> str:
    lines = ["| | What | To reach | Measured | | Repeat with |", "| --- | --- | --- | --- | --- | --- |"]
    for target in targets.TARGETS:
        found = targets.found(target, measured)
        goal = f"{'at most' if target.most else 'at least'} {target.goal:,g}{target.unit}"
        said = "not measured yet" if found is None else f"**{_number(found)}{target.unit}**"
        met = "" if found is None else "✓" if target.met(found) else "✗"
        lines.append(f"| {target.area} | {target.what} | {goal} | {said} | {met} | `{target.benchmark}` |")
    return "\n".join(lines)


def _machine(measured: Mapping[str, Any]) -> Iterator[str]:
    """How this machine stands to the one on which the targets were set, by what a peer takes on both."""
    if "forms" in measured:
        here = next(one.median_us for one in measured["forms"].figures if one.engine == "elementpath")
        yield (
            f"Targets in milliseconds and microseconds were set where elementpath takes {ELEMENTPATH_US} µs for an "
            f"evaluation; while these were measured it took {here:,.0f}."
        )


def _number(value: float) -> str:
    """With as many digits as anybody reads."""
    return f"{value:,.{0 if value == 0 or abs(value) >= 100 else 1 if abs(value) >= 10 else 2}f}"


def _missed(measured: Mapping[str, Any]) -> Iterator[str]:
    """Why what is missed is missed."""
    for target in targets.TARGETS:
        found = targets.found(target, measured)
        if found is not None and not target.met(found) and target.what in WHY:
            yield f"- {target.what[0].upper()}{target.what[1:]}: {WHY[target.what]}"


def _growth(rows: list[growth.Row]) -> str:
    """Milliseconds of the processor's time at each size, a table for each growing number."""
    parts = [
        "Milliseconds of the processor's time for one, as one number grows; at the end the power of the number with which "
        "it grows there: 0 is flat, 1 in proportion."
    ]
    for growing in dict.fromkeys(row.growing for row in rows):
        some = [row for row in rows if row.growing == growing]
        heads = [f"{growing}:", *(f"{size:,}" for size in some[0].sizes), "power"]
        lines = [f"| {' | '.join(heads)} |", "| --- |" + " ---: |" * (len(heads) - 1)]
        for row in some:
            cells = [row.what, *(f"{ms:,.2f}" for ms in row.processor_ms), f"{row.exponent:.2f}"]
            lines.append(f"| {' | '.join(cells)} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


# --- charts ----------------------------------------------------------------------------------------------


def _turns(figures: list[measured_turns.Figure]) -> str:
    return drawing.bars(
        "Answers a second, of python-telegram-bot's echo",
        [
            drawing.Bar(
                f"{one.bot}, {one.latency_ms:.0f} ms to Telegram",
                one.ratio,
                f"{one.ratio:.1f}",
                one.bot == "groundwork",
            )
            for one in figures
        ],
    )


def _storage(found: targets.Beside) -> str:
    return drawing.bars(
        "Answers kept a second by 64 who write, of single inserts that are not durable",
        [
            drawing.Bar(one.what, one.ratio, f"{one.ratio:.2f}", one.what.startswith("durable"))
            for one in found.answers
            if "among" not in one.what
        ],
    )


def _grown(rows: list[growth.Row]) -> str:
    return drawing.lines(
        "What one costs as the assessments grow",
        "assessments in the database",
        "milliseconds of the processor's time",
        [
            drawing.Line(row.what, list(zip(row.sizes, row.processor_ms, strict=True)))
            for row in rows
            if row.growing == "assessments"
        ],
    )


def _forms(found: forms.Measured) -> str:
    kinds = {"one answer": "groundwork", "load": "groundwork"}
    curves = [
        drawing.Line(
            what,
            [
                (one.nodes, one.median_us / 1e3)
                for one in found.figures
                if (one.what, one.engine) == (what, engine)
            ],
        )
        for what, engine in kinds.items()
    ]
    peers = [
        drawing.Line(f"{one.what}, {one.engine}", [(one.nodes, one.median_us / 1e3)])
        for one in found.figures
        if one.engine == "xforms-engine"
    ]
    return drawing.lines(
        "An answer on ever larger forms", "nodes of the form", "milliseconds", [*curves, *peers]
    )


def _workers(figures: list[Any]) -> str:
    return drawing.bars(
        "Answers a second, of one worker's",
        [
            drawing.Bar(
                f"{one.workers} with {'all there is' if one.share_of_core == 1 else f'{one.share_of_core:.0%} of a core each'}",
                one.ratio,
                f"{one.ratio:.2f} ({one.answers_a_second:,.0f}/s)",
                ours=True,
            )
            for one in figures
        ],
    )


CHARTS: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "turns": ("Messages", _turns),
    "storage": ("Storage", _storage),
    "growth": ("Growth", _grown),
    "forms": ("Forms", _forms),
    "workers": ("Workers", _workers),
}
"""Benchmarks with a chart: its title, and what draws it."""
