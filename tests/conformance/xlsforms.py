"""Runs XLSForms: tables that pyxform accepts or refuses, and real forms, each of which a random walk completes."""

from __future__ import annotations

import datetime as dt
import json
import pathlib
import random
import re
from collections.abc import Iterator
from typing import Any

from flows import engine, errors, nouns
from flows.xlsform import importing
from tests.conformance import exclusions
from tests.conformance.report import Report

Case = dict[str, Any]

TABLES, FORMS = "xlsform_tables.json", "xlsforms"

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)

STRICTER = re.compile(
    r"This is no expression|is no expression:|There is no function|SurveyCTO's own|in a circle"
)
"""What is refused here though pyxform lets it through: forms that no ODK client could run."""

_ROW = re.compile(r"\[row : (\d+)\]")

STEPS = 2_000
"""Turns after which a walk that does not end has failed."""


def run(path: pathlib.Path) -> Report:
    """The tables of a file; of a folder, its tables and its real forms."""
    report = Report()
    tables = path / TABLES if path.is_dir() else path
    if tables.suffix == ".json" and tables.exists():
        judge(json.loads(tables.read_text()), report)
    folder = path if path.name == FORMS else path / FORMS
    for form in sorted(folder.iterdir()) if folder.is_dir() else []:
        walk_form(form, report)
    return report


def judge(cases: list[Case], report: Report) -> None:
    """Accepts what pyxform accepts, refuses what it refuses, and names the rows that it names."""
    for case in cases:
        why = exclusions.xlsform_reason(case)
        if why:
            report.excluded.append(f"LEFT OUT {case['test']}\n    {why}")
            continue
        found = refusals(case["md"].encode())
        wrong = list(disagreement(case, found))
        if wrong and not case["errored"] and found and all(STRICTER.search(str(error)) for error in found):
            report.excluded.append(f"STRICTER {case['test']}\n    {found[0]}")
        elif wrong:
            report.failures.append(f"FAILED {case['test']}\n    {wrong[0]}")
        else:
            report.passed += 1


def refusals(data: bytes) -> tuple[errors.FlowError, ...]:
    """What is wrong with a form; nothing where it is taken."""
    try:
        importing.load(data, "form.md")
    except errors.FlowErrors as problem:
        return problem.errors
    return ()


def disagreement(case: Case, found: tuple[errors.FlowError, ...]) -> Iterator[str]:
    """Where we and pyxform differ on a case."""
    if case["errored"] and not found:
        yield f"taken, though pyxform says: {case['error']}"
    if not case["errored"] and found:
        yield f"refused: {found[0]}"
    for row in _ROW.findall(" ".join(case["error"] or ())) if found else ():
        if all(error.line != int(row) for error in found):
            yield f"row {row} is not named: {found[0]}"


# --- real forms ------------------------------------------------------------------------------------


def walk_form(path: pathlib.Path, report: Report) -> None:
    """A real form is diagnosed, every error with its place, or completed by a random walk."""
    try:
        flow = importing.load(path.read_bytes(), path.name).flow
    except errors.FlowErrors as problem:
        if all(error.sheet and error.line and error.fix for error in problem.errors):
            report.passed += 1
        else:
            report.failures.append(f"FAILED {path.name}: refused without a place or a way out\n    {problem}")
        return
    for seed in range(2):
        end = walk(flow, random.Random(seed))
        if end:
            report.failures.append(f"FAILED {path.name}: the walk of seed {seed} ends at {end}")
            return
    report.passed += 1


def walk(flow: nouns.Flow, chance: random.Random) -> str:
    """Answer at random until the section is handed in; empty when it is, else where the walk stands."""
    session, event = engine.start(flow), None
    tried: dict[str, int] = {}
    prompt = None
    for _ in range(STEPS):
        turn = engine.advance(flow, session, event or nouns.Begin(), now=NOW, by="walker")
        session = turn.session
        if any(isinstance(effect, nouns.HandedIn) for effect in turn.effects):
            return ""
        [prompt] = [effect.prompt for effect in turn.effects if isinstance(effect, nouns.Show)]
        tried[prompt.key] = tried.get(prompt.key, 0) + 1
        event = answer(prompt, chance, tried[prompt.key])
    return f"{prompt.key or prompt.kind}: {prompt.label} {prompt.problem}" if prompt else "the beginning"


def answer(prompt: nouns.Prompt, chance: random.Random, attempt: int) -> nouns.AnyEvent:
    """Something that one could say here; at the tenth attempt, nothing."""
    match prompt.kind:
        case "review":
            return nouns.Submitted()
        case "confirm":
            return nouns.Confirmed(yes=True)
        case "repeat":
            return nouns.Added() if attempt <= chance.randint(1, 3) else nouns.Finished()
    if attempt > 30:
        return nouns.Unknown()
    if prompt.options:
        chosen = [option for option in prompt.options if option.chosen]
        if prompt.several and chosen:
            return nouns.Ticked()
        return nouns.Picked(chance.choice(prompt.options).name)
    match prompt.type:
        case "geopoint":
            return nouns.Located(nouns.Point(-1.3, 36.8))
        case "image" | "file" | "audio" | "video":
            return nouns.Attached(nouns.Attachment(prompt.type, "file"))
        case "integer" | "decimal" | "range":
            # small at first: a number may say how often to ask
            return nouns.Typed(str(chance.choice([1, 2, 3] if attempt == 1 else [0, 5, 10, 50, 100, 999])))
        case "date":
            return nouns.Typed("24 November 2026")
        case "time":
            return nouns.Typed("14:30")
        case "dateTime":
            return nouns.Typed("24 November 2026, 14:30")
        case "acknowledge":
            return nouns.Typed("OK")
        case "geotrace" | "geoshape":
            return nouns.Typed("1.0, 36.0\n1.0, 37.0\n2.0, 37.0\n1.0, 36.0")
    return nouns.Typed(chance.choice(["yes", "1", "Nairobi", "a longer answer"]))
