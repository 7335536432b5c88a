"""Reports: what each takes, which come first, and which must be ready before acceptance."""

from __future__ import annotations

from planning import facts, nouns, workbook

FLOW = "operations_reports"

PRIORITIES = ("critical", "highly_desirable", "not_required")

COMPLEXITIES = frozenset({"simple", "grouped", "regulatory"})


def plan(work: workbook.Workbook) -> tuple[nouns.ReportRow, ...]:
    """Every report, the most important and least laborious first."""
    found = [(entry, _effort(work, entry)) for entry in work.facts.entries(FLOW, "reports")]

    def order(pair: tuple[facts.Entry, nouns.Figure]) -> tuple[int, float, str]:
        entry, effort = pair
        priority = entry.one("priority").text
        place = PRIORITIES.index(priority) if priority in PRIORITIES else 1
        return place, effort.value if effort.value is not None else 0.0, entry.one("name").text

    return tuple(
        _row(entry, effort, rank) for rank, (entry, effort) in enumerate(sorted(found, key=order), 1)
    )


def _effort(work: workbook.Workbook, entry: facts.Entry) -> nouns.Figure:
    if entry.one("priority").text == "not_required":
        return work.computed("report_effort_none", lambda _: 0.0, entry.one("priority"), unit="days")
    stock, complexity = entry.one("stock_report"), entry.one("complexity")
    if stock.text and stock.text != "none":
        return work.computed(
            "report_effort_stock", lambda _, days: days, stock, uses=("report_stock",), unit="days"
        )
    if complexity.text in COMPLEXITIES:
        uses = (f"report_{complexity.text}",)
        return work.computed("report_effort", lambda _, days: days, complexity, uses=uses, unit="days")
    return work.unknown("report_effort", complexity.point, unit="days")


def _row(entry: facts.Entry, effort: nouns.Figure, rank: int) -> nouns.ReportRow:
    priority, stock = entry.one("priority").text, entry.one("stock_report")
    if stock.text and stock.text != "none":
        served = nouns.Text("stock.there", {"report": stock.shown})
    else:
        served = nouns.Text("stock.unknown" if stock.applies and not stock.known else "stock.build")
    if priority == "not_required":
        served = nouns.Text("stock.not_needed")
    return nouns.ReportRow(
        name=entry.one("name").text,
        priority=nouns.Text(f"priority.{priority if priority in PRIORITIES else 'unknown'}"),
        rank=rank,
        use_case=entry.one("use_case").text,
        fields=entry.one("fields").text,
        format=entry.one("format").shown,
        frequency=entry.one("frequency").shown,
        stock=served,
        effort=effort,
        before_acceptance=priority == "critical",
    )
