"""What a failure of the server costs in each place: work lost and hours without it, against what can be borne."""

from __future__ import annotations

import math

from planning import nouns, servers, ways, workbook

FLOW = "it_security"

FOLLOWER = "follower"

ARRANGEMENTS = ("nightly", "log", FOLLOWER)
"""A copy each night; beside it the database's log as it grows; a second server that follows the first."""


def of(work: workbook.Workbook, place: str, needs: servers.Needs, restored: nouns.Figure) -> nouns.Recovery:
    """The simplest arrangement in a place that loses no more work and no more time than can be borne.

    `restored` is how long the last copy takes to be brought to life.
    """
    loss, down = work.facts.one(FLOW, "rpo_hours"), work.facts.one(FLOW, "rto_hours")
    made = [
        (name, work.assumed("loss", f"loss_{name}"), _down(work, name, place, needs, restored))
        for name in ARRANGEMENTS
    ]
    if loss.number is None or down.number is None:
        name, lost, gone = made[0]
        return _recovery(
            name, lost, gone, nouns.Severity.AMBER, nouns.Text("recovery.ask", _hours(lost, gone))
        )
    for name, lost, gone in made:
        if (lost.value or 0) <= loss.number and gone.value is not None and gone.value <= down.number:
            said = nouns.Text(f"recovery.{name}", _hours(lost, gone))
            return _recovery(name, lost, gone, nouns.Severity.GREEN, said)
    name, lost, gone = made[-1]
    borne: dict[str, nouns.Value] = {"may_lose": loss.number, "may_stop": down.number}
    said = nouns.Text("recovery.short", _hours(lost, gone) | borne)
    return _recovery(name, lost, gone, nouns.Severity.RED, said)


def restore(work: workbook.Workbook, clients: nouns.Figure, years: workbook.Operand) -> nouns.Figure:
    """Hours to bring the last copy to life: the database is loaded again, scans and photos follow behind."""
    if clients.value is None:
        return work.assumed("restore", "restore_hours")
    return work.computed(
        "restore",
        lambda people, time, ledger, each, ready: float(
            math.ceil(ready + people * time * ledger / 1024 / each)
        ),
        clients,
        years,
        uses=("ledger_mb", "restore_gb_hour", "restore_hours"),
        unit="h",
    )


def to_buy(work: workbook.Workbook, found: nouns.Recovery, needs: servers.Needs) -> nouns.Figure:
    """Own servers to buy, with those that follow."""
    pieces = servers.to_buy(work, needs)
    if found.arrangement != FOLLOWER:
        return pieces
    return servers.followed(work, pieces, servers.needed(work, needs))


def running(work: workbook.Workbook, found: nouns.Recovery, needs: servers.Needs) -> nouns.Figure:
    """Own servers that run day and night, whether they are bought or there already."""
    pieces = servers.needed(work, needs)
    return servers.followed(work, pieces, pieces) if found.arrangement == FOLLOWER else pieces


def to_rent(work: workbook.Workbook, found: nouns.Recovery, needs: servers.Needs) -> nouns.Figure:
    """Servers to rent, with those that follow."""
    pieces = servers.needed(work, needs, rented=True)
    return servers.followed(work, pieces, pieces) if found.arrangement == FOLLOWER else pieces


def _recovery(
    name: str, loss: nouns.Figure, down: nouns.Figure, enough: nouns.Severity, said: nouns.Text
) -> nouns.Recovery:
    return nouns.Recovery(name, loss, down, enough, said)


def _hours(loss: nouns.Figure, down: nouns.Figure) -> dict[str, nouns.Value]:
    return {"loss": loss.value, "down": down.value}


def _down(
    work: workbook.Workbook, name: str, place: str, needs: servers.Needs, restored: nouns.Figure
) -> nouns.Figure:
    """Hours until it works again: another machine first, then the last copy brought to life on it."""
    if name == FOLLOWER:
        return work.assumed("down", "switch_hours")
    if place != "own_room":
        return work.computed(
            "down_rented",
            lambda load, rent: rent + load,
            restored,
            uses=("rent_hours",),
            unit="h",
        )
    return work.computed(
        "down_own",
        lambda days, spare, load: (0.0 if spare else days * 24) + load,
        ways.days(work, "server_days", "default_server_days"),
        servers.spare(work, needs),
        restored,
        unit="h",
    )
