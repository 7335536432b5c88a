"""What the institution needs against what Mifos does: `capabilities.csv` says how far each is served.

A gap is ranked by its impact, must have or nice to have, times its urgency, and among equals by how often it is used.
"""

from __future__ import annotations

import csv
import functools
import importlib.resources
from collections.abc import Iterator, Sequence

import msgspec

from flows import nouns as flow_nouns
from flows import shipped
from flows import words as flow_words
from planning import facts, nouns, outline, workbook

FLOW, NICE_TO_HAVE = "operations_needs", "nice_to_have"


class Capability(msgspec.Struct, frozen=True):
    """One thing that an institution may need, and how far Mifos serves it."""

    id: str
    module: str
    tier: str
    """core, or detail: what is asked behind the core of its module."""
    support: str
    """N native, C with settings, A without a screen, P with an add-on, X needs a change, 0 is not there."""
    advise: str
    """How such a gap is usually closed; empty where there is none."""
    note: str
    """For a gap, why Mifos does not do it by itself: the reason of what is advised, as the flow says it too."""
    after_settings: str
    """Where settings serve it, which sentence says how; empty where nothing is to be said."""
    program: str
    """The program beside Mifos that serves it, which may serve others too; empty where none is known."""

    @property
    def code(self) -> str:
        """Its name among the choices of the flow."""
        return self.id.lower().replace("-", "_")


RESOLUTIONS = frozenset({"configure", "change_process", "workaround", "plugin", "customise"})
"""Ways that take work; `live_with_it` takes none."""

CUSTOMISE = "customise"

MOST_SCORE = 25
"""Impact of 5 times urgency of 5."""

MISSING, PARTLY = frozenset({"X", "0"}), frozenset({"A", "P"})
"""Supports that leave a gap, for which the flow asks a use case and a resolution: nothing there, or no screen or add-on."""


@functools.cache
def capabilities() -> dict[str, Capability]:
    """The catalogue by the names of its choices, from Fineract's source of October 2024 and the web screens of May 2025.

    What its column `capability` says more fully is for whoever keeps it; people read the words of the flow.
    """
    text = (importlib.resources.files("planning") / "capabilities.csv").read_text("utf-8")
    rows = [msgspec.convert(row, Capability) for row in csv.DictReader(text.splitlines())]
    return {row.code: row for row in rows}


def plan(work: workbook.Workbook) -> tuple[nouns.Gap, ...]:
    """Every need that Mifos does not serve as it stands, the worst first; what settings serve is green."""
    closing = {entry.one("gap").text: entry for entry in work.facts.entries(FLOW, "gaps")}
    gaps = [
        _gap(work, capability, wish, closing.get(capability.code, facts.Entry("", {})))
        for capability, wish in _needs(work)
        if capability.support != "N"
    ]
    return tuple(sorted(gaps, key=_rank))


def figures(work: workbook.Workbook, gaps: tuple[nouns.Gap, ...]) -> tuple[nouns.Figure, ...]:
    """How many needs there are, how many Mifos serves, and what the others take."""
    still = unasked(work)
    needs = work.counted("needs", len(list(_needs(work))))
    unmet = [gap for gap in gaps if gap.severity is not nouns.Severity.GREEN]
    missing = work.counted("needs_missing", len(unmet))
    served = work.counted("needs_served", (needs.value or 0) - len(unmet))
    settings = [gap for gap in gaps if gap.severity is nouns.Severity.GREEN]
    closing, setting = ([gap.effort for gap in some if gap.effort is not None] for some in (unmet, settings))
    return (
        work.total("needs", [needs], missing=still),
        work.total("needs_served", [served], missing=still),
        work.total("needs_missing", [missing], missing=still),
        work.total("gaps_effort", closing, unit="days", missing=still),
        work.total("settings_effort", setting, unit="days", missing=still),
    )


def unasked(work: workbook.Workbook) -> tuple[str, ...]:
    """Ids of the open points that may still bring needs."""
    modules = work.facts.one(FLOW, "modules")
    wishes = [work.facts.one(FLOW, f"must_{module}") for module in modules.chosen]
    asked = [modules, *wishes, work.facts.one(FLOW, NICE_TO_HAVE)]
    return tuple(fact.point for fact in asked if not fact.known and fact.point)


def _rank(gap: nouns.Gap) -> tuple[int, float, float, str]:
    """The gravest, the highest score, the most used; without a score as high as it may be."""
    score = gap.score.value if gap.score is not None else 0
    times = gap.times.value if gap.times is not None else 0
    order = list(nouns.Severity).index(gap.severity)
    return order, -score if score is not None else -MOST_SCORE, -(times or 0), gap.id


def _needs(work: workbook.Workbook) -> Iterator[tuple[Capability, facts.Fact]]:
    """What was chosen, each once, and at which question: as a must or else as nice to have."""
    modules = work.facts.one(FLOW, "modules").chosen
    found: dict[str, facts.Fact] = {}
    for name in (*(f"must_{module}" for module in modules), NICE_TO_HAVE):
        wish = work.facts.one(FLOW, name)
        for code in wish.chosen:
            found.setdefault(code, wish)
    for code, wish in found.items():
        if code in capabilities():
            yield capabilities()[code], wish


def _gap(
    work: workbook.Workbook, capability: Capability, wish: facts.Fact, closing: facts.Entry
) -> nouns.Gap:
    must = wish.key != NICE_TO_HAVE
    urgency, volume = closing.one("gap_urgency"), closing.one("gap_volume")
    chosen = closing.one("gap_resolution")
    is_chosen = chosen.text not in ("", "advise")
    resolution = chosen.text if is_chosen else capability.advise
    change = _change(work, capability, wish) if resolution == CUSTOMISE else None
    way = nouns.Text(f"resolution.{resolution}")
    if change is not None:
        way = nouns.Text("resolution.customise_specified", {"change": change, "chapter": _chapter()})
    return nouns.Gap(
        nouns.GapKind.FUNCTIONAL,
        wish.word(capability.code),
        _severity(capability.support, must=must),
        id=capability.id,
        area=nouns.Text(f"module.{capability.module}"),
        support=nouns.Text(f"support.{capability.support}"),
        note=_note(capability, closing),
        use_case=closing.one("gap_use_case").text,
        urgency=_urgency(urgency, must=must),
        times=work.stated("gap_times", volume) if volume.applies else None,
        score=_score(work, urgency, must=must) if urgency.applies else None,
        resolution=way,
        proposed=not is_chosen,
        effort=_effort(work, resolution, (chosen,) if is_chosen else (), specified=change is not None),
    )


def _note(capability: Capability, closing: facts.Entry) -> nouns.Words:
    """Why Mifos does not do it by itself, in the flow's words; or what settings take."""
    if capability.after_settings:
        return nouns.Text(f"after_settings.{capability.after_settings}")
    return closing.one("gap_reason").shown


def _urgency(asked: facts.Fact, *, must: bool) -> nouns.Text:
    wish = nouns.Text("urgency.must" if must else "urgency.should")
    if not asked.text:
        return wish
    return nouns.Text("urgency.when", {"wish": wish, "when": nouns.Text(f"urgency.{asked.text}")})


def _score(work: workbook.Workbook, asked: facts.Fact, *, must: bool) -> nouns.Figure:
    """Impact times urgency, each of 1 to 5."""
    if not asked.text:
        return work.unknown("gap_score", asked.point)
    uses = (f"gap_impact_{'must' if must else 'should'}", f"gap_urgency_{asked.text}")
    return work.computed("gap_score", lambda _, impact, urgency: impact * urgency, asked, uses=uses)


def _change(work: workbook.Workbook, capability: Capability, wish: facts.Fact) -> str | None:
    """The name of the change of the software that is specified for a need; of one that names no need, it may be this."""
    labels = {wish.word(capability.code).casefold(), *_called(capability.code)}
    for entry in work.facts.entries("customisation", "customisations"):
        said = entry.one("from_need").text.casefold()
        alike = any(said in label or label in said for label in labels)
        if not said or alike or capability.id.casefold() in said:
            return entry.one("name").text
    return None


@functools.cache
def _called(code: str) -> tuple[str, ...]:
    """What a need is called in every language: the plan's dates must not hang on the language that it is read in."""
    (flow,) = (flow for flow in shipped.assessment() if flow.id == FLOW)
    told = (shipped.in_language(flow, language) for language in flow_words.languages("flows"))
    return tuple(
        choice.label.casefold()
        for one in told
        for question in _questions(one.children)
        for choice in question.choices
        if choice.name == code
    )


def _questions(items: Sequence[flow_nouns.Item]) -> Iterator[flow_nouns.Question]:
    for item in items:
        if isinstance(item, flow_nouns.Question):
            yield item
        else:
            yield from _questions(item.children)


def _chapter() -> str:
    """The number of the chapter that specifies changes of the software."""
    return next(chapter.number for chapter in outline.CHAPTERS if chapter.key == "customisation")


def _effort(
    work: workbook.Workbook, resolution: str, because: tuple[facts.Fact, ...], *, specified: bool
) -> nouns.Figure:
    if specified:
        return work.computed("gap_effort_in_changes", lambda *_: 0.0, *because, unit="days")
    if resolution not in RESOLUTIONS:
        return work.computed("gap_effort_none", lambda *_: 0.0, *because, unit="days")
    uses = (f"effort_{resolution}",)
    return work.computed("gap_effort", lambda *values: values[-1], *because, uses=uses, unit="days")


def _severity(support: str, *, must: bool) -> nouns.Severity:
    if support == "C":
        return nouns.Severity.GREEN
    return nouns.Severity.RED if support in MISSING and must else nouns.Severity.AMBER
