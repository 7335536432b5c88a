"""Training: courses in groups, days of trainers, and whether the first trainer knows what to teach.

Head office has a course for each role. Branch staff are taught together at their branch, in one visit just before it begins:
its groups and days are counted branch by branch, here and in the dates.
"""

from __future__ import annotations

import math
import re

import msgspec

from flows import nouns as flow_nouns
from planning import facts, nouns, profile, workbook

FLOW = "training_needs"

BRANCHES = "branches"
"""The course of all who work in branches."""

COURSES = ("administrators", "report_writers", "accountants", BRANCHES, "head_office")
"""In the order of teaching: those first who must prepare or help the others."""

COUNTED = ("loan_officers", "tellers")
"""Roles of branch staff whom each branch counts."""

AT_BRANCHES = ("branch_managers", *COUNTED)


def plan(work: workbook.Workbook) -> nouns.Training:
    """Who is taught what by whom."""
    made = (_of_branches(work) if role == BRANCHES else _course(work, role) for role in COURSES)
    courses = tuple(course for course in made if course is not None)
    trainers = work.facts.entries(FLOW, "trainers")
    needed = work.total(
        "trainer_days",
        [course.trainer_days for course in courses],
        unit="days",
        called=[course.title for course in courses],
    )
    there = work.total(
        "trainer_days_available",
        [entry.one("days_available") for entry in trainers],
        unit="days",
        missing=() if trainers.stated else (trainers.point,),
    )
    return nouns.Training(courses, _first_round(work, trainers), needed, there, _short(needed, there))


def held(found: nouns.Training, days: nouns.Figure) -> nouns.Training:
    """The training with all days on which tasks hold a trainer, where courses are known and there are dates to count by."""
    if days.value is None or found.trainer_days.value is None:
        return found
    return msgspec.structs.replace(
        found, trainer_days=days, warnings=_short(days, found.trainer_days_available)
    )


def _short(needed: nouns.Figure, there: nouns.Figure) -> tuple[nouns.Text, ...]:
    """That trainers have fewer days than they are needed for."""
    if needed.value is None or there.value is None or there.value >= needed.value:
        return ()
    return (nouns.Text("warning.trainer_days", {"needed": needed.value, "there": there.value}),)


def lessons(work: workbook.Workbook, branch: flow_nouns.Branch, course: nouns.TrainingCourse) -> nouns.Figure:
    """The days that a trainer teaches at one branch: its groups one after the other."""
    return _trainer_days(work, _groups_at(work, branch), course.days)


def _of_branches(work: workbook.Workbook) -> nouns.TrainingCourse | None:
    """The course of branch staff; None where there are no branches, or nobody of them is trained."""
    trained = {role: work.facts.one(FLOW, f"trainees_{role}") for role in AT_BRANCHES}
    taught = [role for role, learners in trained.items() if learners.number != 0]
    branches = work.facts.book.branches
    if not taught or not branches:
        return None
    groups = work.total("groups_of_branches", [_groups_at(work, branch) for branch in branches])
    days = work.computed(
        "branch_course_days",
        lambda *each: float(math.ceil(max(each))),
        *(_days(work, role) for role in taught),
        unit="days",
    )
    return nouns.TrainingCourse(
        title=nouns.Text("course.branches", {"roles": tuple(nouns.Text(f"role.{role}") for role in taught)}),
        role=nouns.Text("role.branches"),
        learners=work.total("learners_of_branches", [trained[role] for role in taught]),
        groups=groups,
        days=days,
        trainer_days=_trainer_days(work, groups, days),
        where=_near_branches(work),
        trainer=work.facts.one(FLOW, "first_round_by").text,
    )


def _groups_at(work: workbook.Workbook, branch: flow_nouns.Branch) -> nouns.Figure:
    """The groups of one branch: its people of the roles that are trained, with its part of the branch managers."""

    def groups(*given: float) -> float:
        managers, officers, tellers, officers_there, tellers_there, branches, size = given
        people = float(math.ceil(managers / branches))
        people += (officers_there if officers else 0) + (tellers_there if tellers else 0)
        return max(1.0, math.ceil(people / size))

    return work.computed(
        "groups_at_branch",
        groups,
        *(work.facts.one(FLOW, f"trainees_{role}") for role in AT_BRANCHES),
        *(work.facts.one(profile.FLOW, role, branch.id) for role in COUNTED),
        work.counted("branches", len(work.facts.book.branches)),
        uses=("group_size",),
        rising=True,
    )


def _trainer_days(work: workbook.Workbook, groups: nouns.Figure, days: nouns.Figure) -> nouns.Figure:
    return work.computed(
        "course_trainer_days",
        lambda many, each: float(math.ceil(many * each)),
        groups,
        days,
        unit="days",
        rising=True,
    )


def _course(work: workbook.Workbook, role: str) -> nouns.TrainingCourse | None:
    """The course of one role at head office; None where nobody of that role is trained."""
    learners = work.facts.one(FLOW, f"trainees_{role}")
    if learners.number == 0:
        return None
    groups = work.computed(
        "training_groups",
        lambda people, size: float(math.ceil(people / size)),
        learners,
        uses=("group_size",),
    )
    days = _days(work, role)
    return nouns.TrainingCourse(
        title=nouns.Text(f"course.{role}"),
        role=nouns.Text(f"role.{role}"),
        learners=work.stated("learners", learners),
        groups=groups,
        days=days,
        trainer_days=_trainer_days(work, groups, days),
        where=_room(work),
        trainer=work.facts.one(FLOW, "first_round_by").text,
    )


def _days(work: workbook.Workbook, role: str) -> nouns.Figure:
    """Days of one group; a day more at branches where computers are new."""
    weak = work.facts.one(FLOW, "weak_topics")
    if role in AT_BRANCHES and "computers" in weak.chosen:
        return work.computed(
            "course_days_more",
            lambda _, days, more: days + more,
            weak,
            uses=(f"course_{role}", "course_computers"),
            unit="days",
        )
    return work.assumed("course_days", f"course_{role}")


def _near_branches(work: workbook.Workbook) -> nouns.Words:
    return work.facts.one(FLOW, "venue_branch").text or _room(work)


def _room(work: workbook.Workbook) -> nouns.Text:
    room = work.facts.one(FLOW, "venue_head_office").text
    return nouns.Text(f"venue.{room if room in {'yes', 'no'} else 'ask'}")


def _first_round(work: workbook.Workbook, trainers: facts.Entries) -> nouns.Text:
    """Whether whoever teaches first, alone or together, knows the old process, the new one and Mifos."""
    name = work.facts.one(FLOW, "first_round_by").text.strip()
    if not name:
        return nouns.Text("first_round.nobody")
    named = [entry for entry in trainers if _is_named(entry.one("name").text, name)]
    if not named:
        return nouns.Text("first_round.not_listed", {"name": name})
    lacking = tuple(
        nouns.Text(f"knows.{topic}")
        for topic in ("old", "new", "mifos")
        if all(entry.one(f"knows_{topic}").text != "yes" for entry in named)
    )
    if not lacking:
        return nouns.Text("first_round.knows_all", {"name": name})
    return nouns.Text("first_round.lacks", {"name": name, "lacking": lacking})


BETWEEN_NAMES = re.compile(r"[,;/&+]|\b(?:and|et|y|na)\b", re.IGNORECASE)
"""What stands between the names of two who teach together, in our languages."""


def _is_named(listed: str, words: str) -> bool:
    """Whether one of the names is this: “Andrea Quiroga and Rolando Condori together”."""
    return any(same(listed, name) for name in BETWEEN_NAMES.split(words))


def same(listed: str, named: str) -> bool:
    """Whether two ways of writing a name mean one person: the same, or one begins with the other."""
    one, other = (name.casefold().replace(",", " ").split() for name in (listed, named))
    shorter = min(len(one), len(other))
    return shorter > 0 and one[:shorter] == other[:shorter]
