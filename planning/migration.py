"""Data to move: effort by hand and by template, the order of loading, and what no template carries."""

from __future__ import annotations

import math

from planning import facts, nouns, workbook

FLOW = "migration"

LOAD_ORDER = (
    "gl", "clients", "groups", "centers", "savings", "deposits", "shares", "loans", "guarantors", "transactions",
)  # fmt: skip
"""Each kind of record names those before it, so it is loaded after them."""

NOT_CARRIED = (
    "products", "charges", "codes", "roles", "holidays", "photos", "identifiers", "family", "own_fields", "notes",
    "collateral", "standing_instructions", "tellers", "tranches", "rescheduled", "write_offs", "audit",
)  # fmt: skip
"""What no import template of Fineract carries (read in its bulk-import source)."""

STEPS = (
    "extract", "clean", "map", "settings", "load", "reconcile", "rehearse", "freeze", "cut_over", "way_back", "sign",
)  # fmt: skip

CHALLENGES = frozenset(
    {
        "duplicates", "missing_birth_dates", "shared_phones", "irregular_schedules", "ledger_mismatch",
        "unposted_paper", "no_client_number", "vendor_refuses", "local_calendar",
    }
)  # fmt: skip

BALANCES = "opening_balances"
"""The strategy in which no old payments move, of no kind of data."""

STRATEGIES = frozenset({"none", BALANCES, "active_history", "full_history"})


def plan(work: workbook.Workbook) -> nouns.Migration:
    """What moves, how, and how long it takes."""
    one = work.facts.one
    entries = work.facts.entries(FLOW, "entities")
    strategy = one(FLOW, "strategy")
    missing = () if entries.stated else (entries.point,)
    rows = sorted((_row(work, entry) for entry in entries), key=lambda row: row.order or len(LOAD_ORDER) + 1)
    called = [row.entity for row in rows]
    by_hand = work.total(
        "by_hand_total", [row.by_hand for row in rows], unit="days", missing=missing, called=called
    )
    fixed, by_template = _by_template(work, entries)
    method, chosen = _method(work, strategy, by_hand, by_template)
    return nouns.Migration(
        strategy=nouns.Text(f"strategy.{strategy.text if strategy.text in STRATEGIES else 'unknown'}"),
        rows=tuple(rows),
        records=work.total("records", [row.records for row in rows], missing=missing, called=called),
        by_hand=by_hand,
        by_template=by_template,
        break_even=_break_even(work, fixed, by_hand, rows),
        method=method,
        working_days=work.computed(
            "migration_days",
            lambda days, people: float(math.ceil(days / max(1.0, people))),
            chosen,
            one(FLOW, "clerks"),
            unit="days",
        ),
        rehearsals=rehearsals(work),
        steps=tuple(nouns.Text(f"step.{step}") for step in STEPS) if strategy.text != "none" else (),
        challenges=tuple(
            nouns.Text(f"challenge.{name}") for name in one(FLOW, "challenges").chosen if name in CHALLENGES
        ),
        not_carried=tuple(nouns.Text(f"not_carried.{name}") for name in NOT_CARRIED),
        warnings=_warnings(work, rows, one(FLOW, "method").text, method),
    )


def rehearsals(work: workbook.Workbook) -> nouns.Figure:
    """How often the move is tried: as answered, else as the parameters say."""
    answer = work.facts.one(FLOW, "rehearsals")
    return (
        work.stated("rehearsals", answer)
        if answer.known
        else work.assumed("rehearsals", "default_rehearsals")
    )


def _row(work: workbook.Workbook, entry: facts.Entry) -> nouns.MigrationRow:
    entity = entry.one("entity")
    known = entity.text in LOAD_ORDER
    records, history = entry.one("records"), entry.one("history")
    only_balances = work.facts.one(FLOW, "strategy").text == BALANCES
    dates = [entry.one(name).shown for name in ("from_date", "to_date")]
    return nouns.MigrationRow(
        entity=entity.shown,
        records=work.stated("records_of", records),
        source=entry.one("source").shown,
        period=" – ".join(dates) if any(dates) else "",
        history=history.word("none") if only_balances else history.shown,
        quality=entry.one("quality").shown,
        by_hand=work.computed(
            "by_hand",
            lambda count, minutes, hours, check: count * minutes / 60 / hours * (1 + check),
            records,
            uses=(f"minutes_{entity.text}", "productive_hours", "check_share"),
            unit="days",
        )
        if known
        else work.unknown("by_hand", entity.point, unit="days"),
        template=nouns.Text(f"template.{entity.text}" if known else "template.none"),
        order=LOAD_ORDER.index(entity.text) + 1 if known else 0,
    )


def _by_template(work: workbook.Workbook, entries: facts.Entries) -> tuple[nouns.Figure, nouns.Figure]:
    """Days that the templates take whatever the volume, and with cleaning and typing paper into sheets."""

    def fixed_days(trials: float, branches: float, *rest: float) -> float:
        adapter, mapping, trial, reconcile = rest
        return adapter + mapping + trials * trial + branches * reconcile

    fixed = work.computed(
        "template_fixed",
        fixed_days,
        rehearsals(work),
        work.counted("branches", len(work.facts.book.branches)),
        uses=("adapter_days", "mapping_days", "rehearsal_days", "reconciliation_days"),
        unit="days",
    )
    cleaning = work.computed(
        "cleaning",
        lambda dirty, a_day: dirty / a_day,
        work.facts.one(FLOW, "dirty_records"),
        uses=("cleaning_per_day",),
        unit="days",
    )
    typing = [
        work.computed(
            "typing_sheets",
            lambda count, a_day: count / a_day,
            entry.one("records"),
            uses=("sheet_per_day",),
            unit="days",
        )
        for entry in entries
        if entry.one("source").text == "paper"
    ]
    missing = () if entries.stated else (entries.point,)
    return fixed, work.total("by_template", [fixed, cleaning, *typing], unit="days", missing=missing)


def _method(
    work: workbook.Workbook, strategy: facts.Fact, by_hand: nouns.Figure, by_template: nouns.Figure
) -> tuple[nouns.Text, nouns.Figure]:
    """What is advised, and the days it takes."""
    if strategy.text == "none":
        return nouns.Text("method.none"), work.computed("no_migration", lambda _: 0.0, strategy, unit="days")
    if by_hand.value is None or by_template.value is None:
        return nouns.Text("method.unknown"), work.unknown(
            "migration_effort", *by_hand.waits_for, *by_template.waits_for, unit="days"
        )
    values = {"hand": round(by_hand.value), "template": round(by_template.value)}
    if by_hand.value <= by_template.value:
        return nouns.Text("method.hand", values), by_hand
    return nouns.Text("method.template", values), by_template


def _break_even(
    work: workbook.Workbook, fixed: nouns.Figure, by_hand: nouns.Figure, rows: list[nouns.MigrationRow]
) -> nouns.Figure:
    """Records above which the templates are quicker, at this mix of records."""
    return work.computed(
        "break_even",
        lambda once, days, count: float(math.ceil(once * count / days)) if days else 0.0,
        fixed,
        by_hand,
        work.total("records", [row.records for row in rows]),
    )


def _warnings(
    work: workbook.Workbook, rows: list[nouns.MigrationRow], wished: str, method: nouns.Text
) -> tuple[nouns.Text, ...]:
    made = []
    ceiling = work.parameter("sheet_rows")
    for row in rows:
        if row.records.value is not None and row.records.value > ceiling:
            made.append(nouns.Text("warning.sheet_rows", {"entity": row.entity, "rows": ceiling}))
    advised = method.code.removeprefix("method.")
    if wished in {"hand", "template"} and advised in {"hand", "template"} and wished != advised:
        made.append(nouns.Text(f"warning.method_{wished}", method.values))
    return tuple(made)
