"""Security and backup requirements against what is proposed."""

from __future__ import annotations

from planning import nouns, workbook

FLOW = "it_security"

ITEMS = (
    "https", "default_users", "password_policy", "two_factor", "role_matrix", "maker_checker", "patching",
    "private_database", "branch_access", "disk_encryption", "access_log", "leavers", "nightly_backup",
    "offsite_copy", "backup_scope", "restore_test", "privacy_notice",
)  # fmt: skip

CRITICAL = frozenset({"https", "default_users", "private_database", "nightly_backup", "offsite_copy"})
"""Without these no branch may begin."""

RECOVERY, BORNE = "recovery", ("rpo_hours", "rto_hours")
"""The row of what the proposed place gives back after a failure, and the questions of what can be borne."""


def plan(work: workbook.Workbook, place: nouns.HostingOption) -> tuple[nouns.SecurityRow, ...]:
    """Every requirement with its state and what is to be done in the place that is proposed."""
    rows = [_row(work, item) for item in ITEMS]
    found = place.recovery
    state = {nouns.Severity.AMBER: "unknown"}
    if found.arrangement != "nightly" or found.enough is not nouns.Severity.GREEN:
        # what a copy each night gives is asked for above; more than that is work of its own
        severity = nouns.Severity.RED if found.enough is nouns.Severity.RED else nouns.Severity.AMBER
        rows.append(
            nouns.SecurityRow(
                item=nouns.Text("security.item_recovery", {"place": place.name}),
                state=nouns.Text(f"state.{state.get(found.enough, 'not_met')}"),
                severity=severity,
                measure=found.verdict,
                key=RECOVERY,
            )
        )
    return tuple(rows)


def questions(row: nouns.SecurityRow) -> tuple[str, ...]:
    """The questions whose answers a row is judged by."""
    return BORNE if row.key == RECOVERY else (row.key,)


def gaps(rows: tuple[nouns.SecurityRow, ...]) -> tuple[nouns.Gap, ...]:
    """The requirements that are not met."""
    return tuple(
        nouns.Gap(
            nouns.GapKind.SECURITY,
            row.item,
            row.severity,
            id=row.key,
            area=nouns.Text("area.head_office"),
            note=row.state,
            resolution=row.measure,
        )
        for row in rows
        if row.severity is not nouns.Severity.GREEN
    )


def _row(work: workbook.Workbook, item: str) -> nouns.SecurityRow:
    state = work.facts.one(FLOW, item).text or "unknown"
    if state == "met":
        severity = nouns.Severity.GREEN
    elif state == "not_met" and item in CRITICAL:
        severity = nouns.Severity.RED
    else:
        severity = nouns.Severity.AMBER
    return nouns.SecurityRow(
        item=nouns.Text(f"security.item_{item}"),
        state=nouns.Text(f"state.{state}"),
        severity=severity,
        measure=nouns.Text("resolution.nothing" if state == "met" else f"security.{item}"),
        key=item,
    )
