"""Who runs the project and the system after it: one dedicated manager, one accountable for each duty."""

from __future__ import annotations

import itertools
import math
import re

from planning import computers, facts, nouns, training, workbook

TEAM, RUNNING = "project_team", "administration"

DUTIES = ("upgrades", "database", "daily", "users", "helpdesk", "monitoring", "backups")
"""The work that remains after the deployment."""

PARTS = ("responsible", "accountable", "how_often", "stand_in")
"""What is asked of each."""

TO_HIRE = "to_hire"
"""Of a member of the team: must still be found."""

_SEVERAL = re.compile(r",|;|/|&|\+|\b(and|or|et|ou|y|o|na|au|e)\b", re.IGNORECASE)
"""What stands between two names, in the languages that people answer in."""


def plan(work: workbook.Workbook) -> nouns.People:
    """The people of the project, and of the time after it."""
    one = work.facts.one
    dedicated = {"yes": True, "no": False}.get(one(TEAM, "manager_dedicated").text)
    team = tuple(_member(work, entry) for entry in work.facts.entries(TEAM, "members"))
    admins = work.facts.entries(RUNNING, "admins")
    administrators = tuple(_administrator(work, entry) for entry in admins)
    needed = administrators_needed(work)
    return nouns.People(
        manager=one(TEAM, "manager_name").text,
        dedicated=dedicated,
        verdict=_verdict(work, dedicated=dedicated),
        specialist=_specialist(work),
        team=team,
        administrators=administrators,
        raci=tuple(itertools.chain([_during(work)], (_duty(work, duty) for duty in DUTIES))),
        administrators_needed=needed,
        gaps=_gaps(work, team, admins),
    )


def _verdict(work: workbook.Workbook, *, dedicated: bool | None) -> nouns.Text:
    name = work.facts.one(TEAM, "manager_name")
    percent = work.facts.one(TEAM, "manager_percent").number
    if not name.text:
        return nouns.Text("manager.nobody")
    if dedicated is None:
        return nouns.Text("manager.ask", {"name": name.text})
    if dedicated:
        return nouns.Text("manager.dedicated", {"name": name.text})
    if percent is None:
        return nouns.Text("manager.shared", {"name": name.text})
    return nouns.Text("manager.shared_percent", {"name": name.text, "percent": percent})


def _specialist(work: workbook.Workbook) -> nouns.Text:
    name = work.facts.one(TEAM, "specialist_manager")
    experience = work.facts.one(TEAM, "specialist_manager_experience").text
    if not name.text:
        return nouns.Text("specialist.nobody")
    known = experience if experience in {"none", "some", "strong"} else "ask"
    return nouns.Text(f"specialist.{known}", {"name": name.text})


def _member(work: workbook.Workbook, entry: facts.Entry) -> nouns.PersonLoad:
    return nouns.PersonLoad(
        name=entry.one("name").text,
        role=entry.one("role").text,
        share=work.stated("share", entry.one("percent"), "%"),
        exists=entry.one("exists").text != TO_HIRE,
    )


def _administrator(work: workbook.Workbook, entry: facts.Entry) -> nouns.PersonLoad:
    topics = entry.one("needs_training_in")
    return nouns.PersonLoad(
        name=entry.one("name").text,
        role="",
        share=work.stated("share", entry.one("percent"), "%"),
        needs_training_in=topics.shown if set(topics.chosen) - {"none"} else "",
    )


def _during(work: workbook.Workbook) -> nouns.RaciRow:
    """Who cares for the servers before the first branch begins: the one duty of the project's own time."""
    who = work.facts.one(RUNNING, "during_deployment").text
    manager = work.facts.one(TEAM, "manager_name").text
    return nouns.RaciRow(
        duty=nouns.Text("duty.during"),
        phase=nouns.Text("phase.during"),
        responsible=who,
        accountable=manager,
        stand_in="",
        how_often="",
        defects=() if who else (nouns.Text("raci.nobody_responsible"),),
    )


def _duty(work: workbook.Workbook, duty: str) -> nouns.RaciRow:
    one = work.facts.one
    responsible, accountable, often, stand_in = (one(RUNNING, f"{duty}_{part}") for part in PARTS)
    defects = []
    if not responsible.text:
        defects.append("nobody_responsible")
    if not accountable.text:
        defects.append("nobody_accountable")
    elif _SEVERAL.search(accountable.text):
        defects.append("several_accountable")
    if not stand_in.text:
        defects.append("no_stand_in")
    elif stand_in.text.strip().casefold() == responsible.text.strip().casefold():
        defects.append("same_stand_in")
    return nouns.RaciRow(
        duty=nouns.Text(f"duty.{duty}"),
        phase=nouns.Text("phase.after"),
        responsible=responsible.text,
        accountable=accountable.text,
        stand_in=stand_in.text,
        how_often=often.shown,
        defects=tuple(nouns.Text(f"raci.{defect}") for defect in defects),
    )


def is_own_specialist(work: workbook.Workbook) -> bool:
    """Whether the specialist is one of those who run the system afterwards, and so needs no journey."""
    name = work.facts.one(TEAM, "specialist_name").text
    admins = work.facts.entries(RUNNING, "admins")
    return any(training.same(entry.one("name").text, name) for entry in admins)


def administrators_needed(work: workbook.Workbook) -> nouns.Figure:
    """Administrators by branches and staff."""
    users = [work.facts.one("branch_office", "staff_total", branch.id) for branch in work.facts.book.branches]

    def needed(staff: float, branches: float, *rest: float) -> float:
        small, medium, few, some, each = rest
        if branches <= small:
            return few
        return some if branches <= medium else some - 1 + math.ceil(staff / each)

    return work.computed(
        "administrators_needed",
        needed,
        work.total("staff_of_branches", users),
        work.counted("branches", len(work.facts.book.branches)),
        uses=(
            "admin_small_branches",
            "admin_medium_branches",
            "admin_small",
            "admin_medium",
            "users_per_helpdesk",
        ),
        unit="people",
    )


def _administrators_have(work: workbook.Workbook, admins: facts.Entries) -> nouns.Figure:
    if not admins.stated:
        return work.unknown("administrators_have", admins.point, unit="people")
    shares = work.total("administrators_share", [entry.one("percent") for entry in admins], unit="%")
    return work.computed("administrators_have", lambda percent: percent / 100, shares, unit="people")


def administrators_missing(work: workbook.Workbook) -> nouns.Figure:
    """Administrators needed beyond those who are there."""
    have = _administrators_have(work, work.facts.entries(RUNNING, "admins"))
    return work.computed(
        "administrators_gap",
        lambda wanted, there: max(0.0, wanted - there),
        administrators_needed(work),
        have,
        unit="people",
    )


def _gaps(
    work: workbook.Workbook, team: tuple[nouns.PersonLoad, ...], admins: facts.Entries
) -> tuple[nouns.Gap, ...]:
    made = [
        nouns.Gap(
            nouns.GapKind.PEOPLE,
            nouns.Text("gap.to_hire", {"role": person.role, "name": person.name}),
            nouns.Severity.AMBER,
            id="to_hire",
            area=nouns.Text("area.project"),
            resolution=nouns.Text("resolution.hire"),
        )
        for person in team
        if not person.exists
    ]
    if not admins.stated:
        return tuple(made)
    needed, have = administrators_needed(work), _administrators_have(work, admins)
    missing = administrators_missing(work)
    if missing.value:
        made.append(
            nouns.Gap(
                nouns.GapKind.PEOPLE,
                nouns.Text("gap.administrators"),
                computers.severity(needed, have),
                id="administrators",
                area=nouns.Text("area.head_office"),
                need=needed,
                have=have,
                gap=missing,
                resolution=nouns.Text("resolution.hire"),
            )
        )
    least = work.parameter("least_administrators")
    if len(admins) < least:
        made.append(
            nouns.Gap(
                nouns.GapKind.PEOPLE,
                nouns.Text("gap.single_administrator", {"least": least, "n": len(admins)}),
                nouns.Severity.AMBER,
                id="single_administrator",
                area=nouns.Text("area.head_office"),
                resolution=nouns.Text("resolution.stand_in"),
            )
        )
    return tuple(made)
