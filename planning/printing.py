"""Branch printing: office printers by pages, receipt printers by counters."""

from __future__ import annotations

import math
from collections.abc import Iterable

from planning import computers, facts, nouns, profile, workbook

OFFICE = frozenset({"laser", "inkjet", "multifunction"})
COUNTER = frozenset({"receipt"})

PAPERS = "operations_documents"
"""The section that says what clients get in their hands: the same in every branch."""


def plan(work: workbook.Workbook, branch: str) -> nouns.Devices:
    """Office printers of a branch: need, usable, missing; one at least, for agreements."""
    one = work.facts.one
    need = work.computed(
        "printers_need",
        lambda pages, days, duty: float(max(1, math.ceil(pages * days / duty))),
        one(computers.FLOW, "pages_per_day", branch),
        uses=("work_days_per_month", "printer_duty"),
    )
    measures = []
    if one(PAPERS, "passbooks").text == "yes":
        measures.append(nouns.Text("measure.passbooks"))
    return _devices(work, branch, need, OFFICE, gap="printers_gap", measures=tuple(measures))


def receipts(work: workbook.Workbook, branch: str) -> nouns.Devices:
    """Receipt printers of a branch: one for each teller where receipts are printed."""
    one = work.facts.one
    printed = one(PAPERS, "receipts")
    need = work.computed(
        "receipt_printers",
        lambda yes, tellers: max(1.0, tellers) if yes == "yes" else 0.0,
        printed,
        one(profile.FLOW, "tellers", branch),
    )
    measures = (nouns.Text("measure.receipt_report"),) if printed.text == "yes" else ()
    return _devices(work, branch, need, COUNTER, gap="receipt_printers_gap", measures=measures)


def _devices(
    work: workbook.Workbook,
    branch: str,
    need: nouns.Figure,
    kinds: Iterable[str],
    *,
    gap: str,
    measures: tuple[nouns.Text, ...],
) -> nouns.Devices:
    entries = work.facts.entries(computers.FLOW, "printers", branch)
    have = _usable(work, entries, frozenset(kinds))
    return nouns.Devices(
        need, have, computers.missing(work, gap, need, have), computers.severity(need, have), measures
    )


def _usable(work: workbook.Workbook, entries: facts.Entries, kinds: frozenset[str]) -> nouns.Figure:
    parts: list[workbook.Operand] = []
    for entry in entries:
        kind = entry.one("printer_kind")
        if not kind.known:
            parts.append(work.unknown("printers_usable", kind.point))
        elif kind.text in kinds:
            parts.append(entry.one("printer_how_many"))
    return work.total("printers_usable", parts, missing=() if entries.stated else (entries.point,))
