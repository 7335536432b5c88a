"""The configuration workbook: every setting of Mifos as a decision, what it comes with, what was chosen, by whom.

`settings.csv` holds which decision sets which of Mifos's own settings, and what Mifos comes with.
"""

from __future__ import annotations

import csv
import functools
import importlib.resources

import msgspec

from planning import facts, nouns, workbook

TRAP_DOORS = frozenset({"rounding"})
"""What cannot be changed after the first day."""


class Decision(msgspec.Struct, frozen=True):
    """One row of the workbook."""

    flow: str
    question: str
    decider: str
    """The question that says who decides."""
    comes: str
    """The choice or number that Mifos comes with; empty where it comes without any."""
    place: str
    """Which words say where it is set; empty where the names do."""
    keys: str
    """Mifos's own names of what is set; empty where it has none."""


@functools.cache
def decisions() -> tuple[Decision, ...]:
    """Every decision, in the order of the workbook: those that cannot be undone first."""
    text = (importlib.resources.files("planning") / "settings.csv").read_text("utf-8")
    rows = [msgspec.convert(row, Decision) for row in csv.DictReader(text.splitlines())]
    return tuple(sorted(rows, key=lambda row: row.question not in TRAP_DOORS))


def plan(work: workbook.Workbook) -> tuple[nouns.Setting, ...]:
    """Every setting that concerns the institution; what nobody decided stays as an open point of its question."""
    return tuple(
        _setting(work, decision)
        for decision in decisions()
        if work.facts.one(decision.flow, decision.question).applies
    )


def _setting(work: workbook.Workbook, decision: Decision) -> nouns.Setting:
    chosen = work.facts.one(decision.flow, decision.question)
    comes = _in_words(chosen, decision.comes)
    state = _state(chosen, comes)
    for_ever = decision.question in TRAP_DOORS
    return nouns.Setting(
        what=chosen.label,
        place=nouns.Text(f"setting_at.{decision.place}") if decision.place else "",
        keys=decision.keys,
        comes=comes,
        chosen=chosen.shown,
        state=nouns.Text(f"setting.{state}"),
        severity=nouns.Severity.GREEN
        if state != "open"
        else nouns.Severity.RED
        if for_ever
        else nouns.Severity.AMBER,
        decider=work.facts.one(decision.flow, decision.decider).shown,
        for_ever=for_ever,
        key=decision.question,
    )


def _in_words(chosen: facts.Fact, comes: str) -> str:
    """What Mifos comes with, as the question would show it."""
    if chosen.question is None or not comes:
        return ""
    return facts.in_words(
        chosen.question, comes if chosen.question.choices else float(comes), chosen.language
    )


def _state(chosen: facts.Fact, comes: str) -> str:
    if not chosen.known:
        return "open"
    if not comes:
        return "given"
    return "as_it_comes" if chosen.shown == comes else "changed"
