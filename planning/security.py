"""Security and backup requirements against what is proposed."""

from __future__ import annotations

from planning import hosting, nouns, workbook

FLOW = "it_security"

ITEMS = (
    "https", "default_users", "password_policy", "two_factor", "role_matrix", "maker_checker", "patching",
    "private_database", "branch_access", "disk_encryption", "access_log", "leavers", "nightly_backup",
    "offsite_copy", "backup_scope", "restore_test", "privacy_notice",
)  # fmt: skip

CRITICAL = frozenset({"https", "default_users", "private_database", "nightly_backup", "offsite_copy"})
"""Without these no branch may begin."""

ON_SERVER = frozenset({
    "https", "default_users", "patching", "private_database", "branch_access", "disk_encryption", "access_log",
    "nightly_backup", "offsite_copy", "backup_scope", "restore_test",
})  # fmt: skip
"""What holds of a server: another server or place must show it anew."""

OF_PROVIDER = frozenset({"patching", "private_database", "disk_encryption", "nightly_backup", "offsite_copy"})
"""What a provider does for a rented server, where the contract says so."""

RECOVERY, BORNE = "recovery", ("rpo_hours", "rto_hours")
"""The row of what the proposed place gives back after a failure, and the questions of what can be borne."""


def plan(work: workbook.Workbook, servers: nouns.Hosting) -> tuple[nouns.SecurityRow, ...]:
    """Every requirement with its state, what is to be done in the place that is proposed, and who sees to it."""
    place = hosting.proposed(servers)
    ways = {way.way.code for gap in servers.ways for way in gap.taken}
    moves, rented = bool(ways - {"way.reuse", "way.repair"}), "way.rent" in ways
    rows = [_row(work, item, moves=moves, rented=rented) for item in ITEMS]
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
                measure=_owned(work, RECOVERY, found.verdict, rented=rented),
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


def _row(work: workbook.Workbook, item: str, *, moves: bool, rented: bool) -> nouns.SecurityRow:
    state = work.facts.one(FLOW, item).text or "unknown"
    if state == "met":
        severity = nouns.Severity.GREEN
    elif state == "not_met" and item in CRITICAL:
        severity = nouns.Severity.RED
    else:
        severity = nouns.Severity.AMBER
    measure = nouns.Text(f"security.{item}")
    if state == "met":
        anew = moves and item in ON_SERVER
        state = "met_today" if anew else state
        measure = nouns.Text("security.show_again" if anew else "resolution.nothing")
    if state != "met":
        measure = _owned(work, item, measure, rented=rented)
    return nouns.SecurityRow(
        item=nouns.Text(f"security.item_{item}"),
        state=nouns.Text(f"state.{state}"),
        severity=severity,
        measure=measure,
        key=item,
    )


def _owned(work: workbook.Workbook, item: str, measure: nouns.Text, *, rented: bool) -> nouns.Text:
    """What is to be done with who sees to it, and the provider who does it."""
    owner = work.facts.one(FLOW, "privacy_owner" if item == "privacy_notice" else "security_owner").text
    by = "provider" if rented and item in OF_PROVIDER | {RECOVERY} else "owner"
    values: dict[str, nouns.Value] = {
        "measure": measure, "owner": owner or nouns.Text("security.nobody"),
    }  # fmt: skip
    return nouns.Text(f"security.by_{by}", values)
