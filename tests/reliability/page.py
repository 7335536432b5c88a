"""The page of threats, and the figures it is made from."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping

import msgspec

from tests.reliability import figures, threats

ROOT = pathlib.Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "reliability.md"
FIGURES = ROOT / "docs" / "measured" / "reliability.json"

HEAD = """# What may go wrong, and what was measured

<!-- Written by `python -m tests.reliability`; change what it is made from, not this page. -->

Each line is a threat to an institution's data or to those who answer, with the number to beat and the number measured.
The same measurements run at a small size with the other tests; the command repeats them at full size.
Figures depend on the machine; theirs had two cores, shared with other work.

A message that Telegram took just before the line was cut, or the process killed, may come twice, once for each cut:
the Bot API has no key by which Telegram could know it again.
Answers and everything else that is kept are never doubled.
"""


def read() -> dict[int, figures.Measured]:
    """What was measured so far, by the threat's number."""
    if not FIGURES.exists():
        return {}
    found = msgspec.json.decode(FIGURES.read_bytes(), type=dict[str, figures.Measured])
    return {int(number): measured for number, measured in found.items()}


def keep(measured: Mapping[int, figures.Measured]) -> None:
    """Write the figures, then the page."""
    FIGURES.parent.mkdir(parents=True, exist_ok=True)
    encoded = msgspec.json.encode({str(number): measured[number] for number in sorted(measured)})
    FIGURES.write_bytes(msgspec.json.format(encoded, indent=1) + b"\n")
    PAGE.write_text(text(measured), "utf-8")


def text(measured: Mapping[int, figures.Measured]) -> str:
    """The page."""
    lines = [
        "| # | Threat | Number to beat | Measured | Tests | Repeat with |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [_line(threat, measured.get(threat.number)) for threat in threats.THREATS]
    how = [f"- {threat.number}: {threat.how}" for threat in threats.THREATS if threat.how]
    why = [f"- {threat.number}: {threat.missed}" for threat in threats.THREATS if threat.missed]
    missed = ["## What is missed, and why", "", *why, ""] if why else []
    return "\n".join([HEAD, *lines, "", *missed, "## How each is measured", "", *how]) + "\n"


def _line(threat: threats.Threat, measured: figures.Measured | None) -> str:
    if measured is None:
        said = "not measured yet"
    else:
        size = "full size" if measured.full else "small size"
        said = "<br>".join(
            [*map(str, measured.figures), f"{measured.day}, {size}, {measured.seconds:,.0f} s"]
        )
    tests = "<br>".join(f"`{name}`" for name in threat.names)
    return (
        f"| {threat.number} | {threat.threat} | {threat.beat} | {said} | {tests} | {_code(threat.command)} |"
    )


def _code(command: str) -> str:
    return f"`{command}`" if command else ""
