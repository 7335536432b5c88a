"""`groundwork audit`: an assessment's record of deeds, printed and checked from its first line to its head."""

from __future__ import annotations

import re

import typer

from bot import settings
from bot.commands import files
from storage import chain, opening, port, records

HEAD = re.compile(r"(\d{1,9}) ([0-9a-f]{16,64})")
"""A head as the weekly overview tells it: the number of lines and the beginning of the seal."""


async def audit(given: settings.Settings, wanted: str, head: str = "") -> None:
    """Print every line and whether the chain holds; raises FileError where it does not, or does not hold this head."""
    told = HEAD.fullmatch(head.strip()) if head else None
    if head and told is None:
        raise files.FileError(f"'{head}' is no head; write it as the overview tells it: 41 3f9ac2d17b604e88.")
    storage = opening.open_storage(given.database, given.key_file)
    await storage.open()
    try:
        assessment = await files.assessment(storage, wanted)
        lines = await storage.audit_lines(assessment.id)
        names = {line.made_by: await _name(storage, line.made_by) for line in lines}
        names |= {line.person: await _name(storage, line.person) for line in lines}
    finally:
        await storage.close()
    for line in lines:
        typer.echo(_said(line, names))
    problem = chain.broken(lines) or (chain.lacks(lines, int(told[1]), told[2]) if told else "")
    if problem:
        raise files.FileError(
            f"The record of {assessment.institution.name} does not hold: {problem} "
            "Compare it with a backup from before."
        )
    typer.echo(f"The record holds: {chain.head(lines[-1]) if lines else 'no lines yet'}")


async def _name(storage: port.Storage, person: int) -> str:
    known = await storage.person(person) if person else None
    return f"{known.name} ({person})" if known else str(person) if person else "-"


def _said(line: records.AuditLine, names: dict[int, str]) -> str:
    whom = f" [{names[line.person]}]" if line.person else ""
    return f"{line.number:5} {line.made_at:%Y-%m-%d %H:%M} {names[line.made_by]}: {line.deed} {line.about}{whom}".rstrip()
