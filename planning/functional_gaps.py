"""What the institution needs against what Mifos does: `capabilities.csv` says how far each is served."""

from __future__ import annotations

import csv
import functools
import importlib.resources
from collections.abc import Iterator

import msgspec

from planning import facts, nouns, workbook

FLOW = "operations_needs"


class Capability(msgspec.Struct, frozen=True):
    """One thing that an institution may need, and how far Mifos serves it."""

    id: str
    module: str
    capability: str
    support: str
    """N native, C with settings, A without a screen, P with an add-on, X needs a change, 0 is not there."""
    advise: str
    """How such a gap is usually closed; empty where there is none."""
    note: str


RESOLUTIONS = frozenset({"configure", "change_process", "workaround", "plugin", "customise"})
"""Ways that take work; `live_with_it` takes none."""

MISSING, PARTLY = frozenset({"X", "0"}), frozenset({"A", "P"})
"""Supports that leave a gap, for which the flow asks a use case and a resolution: nothing there, or no screen or add-on."""


@functools.cache
def capabilities() -> dict[str, Capability]:
    """The catalogue by id, from Fineract's source of October 2024 and the web screens of May 2025."""
    text = (importlib.resources.files("planning") / "capabilities.csv").read_text("utf-8")
    rows = (msgspec.convert(row, Capability) for row in csv.DictReader(text.splitlines()))
    return {row.id: row for row in rows}


def plan(work: workbook.Workbook) -> tuple[nouns.Gap, ...]:
    """Every need that Mifos does not serve as it stands, the worst first; what settings serve is green."""
    order = list(nouns.Severity)
    gaps = [
        _gap(work, capability, module, must=must)
        for capability, module, must in _needs(work)
        if capability.support != "N"
    ]
    return tuple(sorted(gaps, key=lambda gap: (order.index(gap.severity), gap.id)))


def figures(work: workbook.Workbook, gaps: tuple[nouns.Gap, ...]) -> tuple[nouns.Figure, ...]:
    """How many needs there are, how many Mifos serves, and what the others take."""
    modules = work.facts.one(FLOW, "modules")
    needs = len(list(_needs(work)))
    missing = [gap for gap in gaps if gap.severity is not nouns.Severity.GREEN]
    return (
        work.computed("needs", lambda _: float(needs), modules),
        work.computed("needs_served", lambda _: float(needs - len(missing)), modules),
        work.computed("needs_missing", lambda _: float(len(missing)), modules),
        work.total("gaps_effort", [gap.effort for gap in gaps if gap.effort is not None], unit="days"),
    )


def _needs(work: workbook.Workbook) -> Iterator[tuple[Capability, str, bool]]:
    """What was chosen: the capability, its module, and whether it is a must."""
    for module in work.facts.one(FLOW, "modules").chosen:
        for wish in ("must", "should"):
            for name in work.facts.one(FLOW, f"{wish}_{module}").chosen:
                capability = capabilities().get(name.upper().replace("_", "-"))
                if capability is not None:
                    yield capability, module, wish == "must"


def _gap(work: workbook.Workbook, capability: Capability, module: str, *, must: bool) -> nouns.Gap:
    resolution, fact = _resolution(work, capability, module)
    specified = len(work.facts.entries("customisation", "customisations")) > 0
    return nouns.Gap(
        nouns.GapKind.FUNCTIONAL,
        capability.capability,
        _severity(capability.support, must=must),
        id=capability.id,
        area=nouns.Text(f"module.{module}"),
        support=nouns.Text(f"support.{capability.support}"),
        note=capability.note,
        use_case=work.facts.one(FLOW, f"use_case_{module}").text
        if capability.support in MISSING | PARTLY
        else "",
        urgency=nouns.Text("urgency.must" if must else "urgency.should"),
        resolution=nouns.Text(f"resolution.{resolution}"),
        effort=work.computed("gap_effort_in_changes", lambda *_: 0.0, *fact, unit="days")
        if resolution == "customise" and specified
        else work.computed(
            "gap_effort", lambda *values: values[-1], *fact, uses=(f"effort_{resolution}",), unit="days"
        )
        if resolution in RESOLUTIONS
        else work.computed("gap_effort_none", lambda *_: 0.0, *fact, unit="days"),
    )


def _resolution(
    work: workbook.Workbook, capability: Capability, module: str
) -> tuple[str, tuple[facts.Fact, ...]]:
    """What the institution chose for the module's gaps, else what is usually done."""
    chosen = facts.Fact()
    if capability.support in MISSING | PARTLY:
        chosen = work.facts.one(FLOW, f"resolution_{module}")
    if chosen.text and chosen.text != "advise":
        return chosen.text, (chosen,)
    return capability.advise, ()


def _severity(support: str, *, must: bool) -> nouns.Severity:
    if support == "C":
        return nouns.Severity.GREEN
    return nouns.Severity.RED if support in MISSING and must else nouns.Severity.AMBER
