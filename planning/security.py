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

NIGHTLY_RPO_HOURS = 24
"""Work that a nightly backup may lose: a day."""


RESTORE_HOURS = 8
"""To bring the last backup to life on another server: a working day, until somebody has measured it."""


def plan(work: workbook.Workbook) -> tuple[nouns.SecurityRow, ...]:
    """Every requirement with its state and what is to be done."""
    rows = [_row(work, item) for item in ITEMS]
    rpo = work.facts.one(FLOW, "rpo_hours")
    if rpo.number is not None and rpo.number < NIGHTLY_RPO_HOURS:
        rows.append(
            nouns.SecurityRow(
                item=rpo.label,
                state=nouns.Text("state.not_met"),
                severity=nouns.Severity.AMBER,
                measure=nouns.Text("security.rpo", {"hours": rpo.number}),
                key="rpo_hours",
            )
        )
    rto = work.facts.one(FLOW, "rto_hours")
    if rto.number is not None and rto.number < RESTORE_HOURS:
        rows.append(
            nouns.SecurityRow(
                item=rto.label,
                state=nouns.Text("state.not_met"),
                severity=nouns.Severity.AMBER,
                measure=nouns.Text("security.rto", {"hours": rto.number}),
                key="rto_hours",
            )
        )
    return tuple(rows)


def gaps(rows: tuple[nouns.SecurityRow, ...]) -> tuple[nouns.Gap, ...]:
    """The requirements that are not met."""
    return tuple(
        nouns.Gap(
            nouns.GapKind.SECURITY,
            nouns.Text(f"security.item_{row.key}"),
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
