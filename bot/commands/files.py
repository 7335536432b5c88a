"""The commands that work on files: answers to plan, project to dates, checks of flows and templates."""

from __future__ import annotations

import asyncio
import datetime as dt
import importlib.resources
import pathlib
import sys
from collections.abc import Callable, Mapping, Sequence

import typer

from bot import library, settings, translations
from bot.asking import books
from bot.people import team
from document_templates import office, rendering
from flows import book, nouns, responses, sheets, shipped
from flows import errors as flow_errors
from flows import lint as linting
from planning import changes as wishes
from planning import figures, outline, trace, whole, words
from planning import nouns as plan_nouns
from planning import plan as planning
from planning import what_if as comparing
from planning.exports import annex, formats
from planning.schedule import project as projects
from planning.schedule import psplib
from storage import opening, port, records

MOST_SAID = 20
"""Faults of an answers file that are said one by one; the plan names them all."""

RESPONSES = (".json", ".xlsx", ".csv")
"""How answers are written."""


Writer = Callable[[plan_nouns.Plan, bytes | None, str], bytes]


class FileError(Exception):
    """A file cannot be read or written; the message names it and says what to do."""


def write_plan(
    answers: pathlib.Path,
    output: pathlib.Path,
    *,
    template: pathlib.Path | None,
    language: str,
    prove: bool = True,
) -> None:
    """Make the plan of an answers file; the output's ending says in which form."""
    writer = WRITERS.get(output.suffix.casefold())
    if writer is None:
        raise FileError(f"{output}: a plan is written as {', '.join(WRITERS)}; end the name so.")
    own = None if template is None else _checked(template)
    write(output, writer(_plan(_book(answers), language, prove=prove), own, language))


def why(answers: pathlib.Path, number: str, *, language: str) -> None:
    """Print where a figure of an answers file's plan comes from; several where the number names several."""
    plan = _plan(_book(answers), language)
    found = figures.find(plan, number) if number else ()
    for one in found:
        typer.echo("\n".join((*trace.lines(trace.of(plan, one), language), "")))
    if found:
        return
    chapters = ", ".join(dict.fromkeys(one.number.partition(".")[0] for one in figures.numbered(plan)))
    none = f"There is no figure {number}. " if number else ""
    raise FileError(f"{none}Figures stand in the chapters {chapters}: give one, or 6.2.")


def what_if(answers: pathlib.Path, changes: str, *, language: str) -> None:
    """Print what the changes would do to the plan of an answers file, beside the plan as it stands."""
    spoken = translations.spoken(language)
    found = _book(answers)
    try:
        asked = wishes.read(changes, found, today=_day(found), language=language)
    except wishes.ChangeError as problem:
        raise FileError(words.say(problem.text, spoken)) from None
    rows = comparing.compare(_plan(found, spoken), _plan(wishes.changed(found, asked), spoken))
    lines = [
        [
            " ".join(words.say(cell, spoken).split()) if cell is not None else ""
            for cell in (one.what, one.before, one.after, one.difference)
        ]
        for one in rows
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _book(answers: pathlib.Path) -> nouns.AnswerBook:
    """The answers of a file; what is not asked, or not taken, is said, and the plan leaves it aside."""
    try:
        found = book.decode(read(answers))
    except book.BookError as problem:
        raise FileError(f"{answers}: {problem}") from None
    for fault in _left_aside(found):
        typer.echo(f"{answers}: {fault}", err=True)
    return found


def _left_aside(found: nouns.AnswerBook) -> Sequence[str]:
    """What the flows do not take, the first of it in full."""
    try:
        wrong = [str(fault) for fault in book.validate(found, library.Library.shipped().flows())]
    except flow_errors.FlowErrors as problem:
        return str(problem).splitlines()[:MOST_SAID]
    more = len(wrong) - MOST_SAID
    return [*wrong[:MOST_SAID], *([f"{more} more"] if more > 0 else [])]


def _day(found: nouns.AnswerBook) -> dt.date:
    return (found.made_at or dt.datetime.now(dt.UTC)).date()


def _plan(found: nouns.AnswerBook, language: str, *, prove: bool = True) -> plan_nouns.Plan:
    """The plan of an answer book, its questions and answers worded in that language."""
    spoken = translations.spoken(language)
    told = [shipped.in_language(flow, spoken) for flow in library.Library.shipped().flows()]
    read = shipped.book_in_language(found, spoken)
    return planning.make_plan(read, told, today=_day(found), prove=prove)


def _word(plan: plan_nouns.Plan, template: bytes | None, language: str) -> bytes:
    return rendering.render_blocking(plan, template=template, language=language)


def _json(plan: plan_nouns.Plan, template: bytes | None, language: str) -> bytes:
    del template
    return whole.encode(plan, language)


def _pdf(plan: plan_nouns.Plan, template: bytes | None, language: str) -> bytes:
    if not office.prints():
        raise FileError(
            "A PDF is made by LibreOffice, which is not installed here: install libreoffice-writer, or write "
            ".docx and save that as PDF in Word."
        )
    try:
        return asyncio.run(office.to_pdf(_word(plan, template, language)))
    except office.OfficeError as problem:
        raise FileError(f"The PDF could not be made: {problem}.") from None


def _annex(plan: plan_nouns.Plan, template: bytes | None, language: str) -> bytes:
    del template
    return annex.write(plan, language)


def _dates(ending: str) -> Writer:
    def written(plan: plan_nouns.Plan, template: bytes | None, language: str) -> bytes:
        del template
        try:
            return formats.write(plan, ending, language)
        except formats.NoDatesError as problem:
            raise FileError(str(problem)) from None

    return written


WRITERS: Mapping[str, Writer] = {
    ".docx": _word,
    ".pdf": _pdf,
    ".xlsx": _annex,
    ".json": _json,
    ".xml": _dates(".xml"),
    ".ics": _dates(".ics"),
}
"""Ending of a plan's file -> what writes it."""


async def export(
    given: settings.Settings, wanted: str, output: pathlib.Path, how: responses.Wanted | None = None
) -> tuple[pathlib.Path, ...]:
    """Write an assessment's answers, found by id or by the institution's name; returns the files written."""
    if output.suffix not in RESPONSES:
        raise FileError(f"{output}: answers are written as {', '.join(RESPONSES)}; name the file so.")
    storage = opening.open_storage(given.database, given.key_file)
    await storage.open()
    try:
        found = await team.load(storage, library.Library.shipped(), (await assessment(storage, wanted)).id)
        if found is None:
            raise FileError(f"There is no assessment '{wanted}'.")
        made = book.applying(
            await books.book(storage, found, made_at=dt.datetime.now(dt.UTC)), found.library.flows()
        )
    finally:
        await storage.close()
    return write_responses(made, found.library.flows(), output, how)


async def assessment(storage: port.Storage, wanted: str) -> records.Assessment:
    """The newest assessment with this id or institution's name; FileError names those that there are."""
    there = await storage.assessments()
    match = [one for one in there if wanted in (one.id, one.institution.name)]
    if not match:
        known = ", ".join(sorted(one.institution.name for one in there)) or "none yet"
        raise FileError(f"There is no assessment '{wanted}'. There are: {known}.")
    return match[-1]


def write_responses(
    made: nouns.AnswerBook,
    flows: Sequence[nouns.Flow],
    output: pathlib.Path,
    how: responses.Wanted | None = None,
) -> tuple[pathlib.Path, ...]:
    """Write a book as an answers file, as a workbook, or as .csv files beside each other, one a table."""
    if output.suffix == ".json":
        content = {output: book.encode(made)}
    elif output.suffix == ".xlsx":
        content = {output: sheets.workbook(responses.tables(made, flows, how))}
    else:
        found = responses.tables(made, flows, how)
        sections = found.pop(responses.SECTIONS)
        content = {output: sheets.csv_file(sections)}
        content |= {
            output.with_name(f"{output.stem}-{name}.csv"): sheets.csv_file(table)
            for name, table in found.items()
        }
    for path, data in content.items():
        write(path, data)
    return tuple(content)


def write_schedule(project: pathlib.Path, method: str, output: pathlib.Path | None) -> None:
    """Give every task of a project file its dates."""
    from planning.schedule import scheduler

    try:
        given = read(project)
        made = (
            psplib.read(given.decode(errors="replace")) if project.suffix == ".sm" else projects.read(given)
        )
        result = scheduler.schedule(made, method=method)
    except projects.ScheduleError as problem:
        raise FileError(f"{project}: {problem}") from None
    content = projects.write(result)
    if output is None:
        sys.stdout.write(content.decode())
    else:
        write(output, content)


def lint(paths: Sequence[pathlib.Path]) -> int:
    """Print what is wrong with flow files (the shipped assessment where none is given); 1 where one has errors."""
    issues: list[linting.Issue] = []
    if paths:
        for path in paths:
            issues += linting.text(read(path).decode("utf-8", "replace"), file=str(path))
    else:
        folder = importlib.resources.files("flows") / "assessment"
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".yaml"):
                issues += linting.text(
                    file.read_text("utf-8"), file=f"flows/assessment/{file.name}", ids=outline.seeds()
                )
        issues += translations.issues()
    for issue in issues:
        typer.echo(str(issue))
    errors = sum(issue.severity is linting.Severity.ERROR for issue in issues)
    typer.echo(f"{_counted(errors, 'error')}, {_counted(len(issues) - errors, 'warning')}")
    return 1 if errors else 0


def lint_template(path: pathlib.Path) -> int:
    """Print what is wrong with a Word template; 1 where anything is."""
    found = rendering.check_blocking(read(path))
    for one in found:
        typer.echo(f"{path}: {one.say()}")
    typer.echo(_counted(len(found), "error"))
    return 1 if found else 0


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _checked(path: pathlib.Path) -> bytes:
    """A template's bytes; FileError names the first thing wrong with it."""
    data = read(path)
    if found := rendering.check_blocking(data):
        raise FileError(f"{path}: {found[0].say()}\n`groundwork template lint {path}` says all.")
    return data


def read(path: pathlib.Path) -> bytes:
    """A file's bytes; FileError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as problem:
        raise FileError(f"{path} cannot be read ({problem.strerror}): check the name.") from None


def write(path: pathlib.Path, content: bytes) -> None:
    """Write a file; FileError where that cannot be done."""
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise FileError(f"{path} cannot be written ({problem.strerror}): choose another place.") from None
