"""Training: courses by role in groups, days of trainers, and whether the first trainer knows what to teach."""

from __future__ import annotations

import math

import msgspec

from planning import facts, nouns, workbook

FLOW = "training_needs"

ROLES = (
    "administrators", "report_writers", "accountants", "branch_managers", "loan_officers", "tellers", "head_office",
)  # fmt: skip
"""In the order of teaching: those first who must prepare or help the others."""

AT_BRANCHES = frozenset({"branch_managers", "loan_officers", "tellers"})


def plan(work: workbook.Workbook) -> nouns.Training:
    """Who is taught what by whom."""
    courses = tuple(course for role in ROLES if (course := _course(work, role)) is not None)
    trainers = work.facts.entries(FLOW, "trainers")
    needed = work.total("trainer_days", [course.trainer_days for course in courses], unit="days")
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


def _course(work: workbook.Workbook, role: str) -> nouns.TrainingCourse | None:
    """The course of one role; None where nobody of that role is trained."""
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
        trainer_days=work.computed(
            "course_trainer_days", lambda many, each: many * each, groups, days, unit="days"
        ),
        where=_where(work, role),
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


def _where(work: workbook.Workbook, role: str) -> nouns.Words:
    near = work.facts.one(FLOW, "venue_branch").text
    if role in AT_BRANCHES and near:
        return near
    room = work.facts.one(FLOW, "venue_head_office").text
    return nouns.Text(f"venue.{room if room in {'yes', 'no'} else 'ask'}")


def _first_round(work: workbook.Workbook, trainers: facts.Entries) -> nouns.Text:
    """Whether whoever teaches first knows the old process, the new one and Mifos."""
    name = work.facts.one(FLOW, "first_round_by").text.strip()
    if not name:
        return nouns.Text("first_round.nobody")
    entry = next((one for one in trainers if same(one.one("name").text, name)), None)
    if entry is None:
        return nouns.Text("first_round.not_listed", {"name": name})
    lacking = tuple(
        nouns.Text(f"knows.{topic}")
        for topic in ("old", "new", "mifos")
        if entry.one(f"knows_{topic}").text != "yes"
    )
    if not lacking:
        return nouns.Text("first_round.knows_all", {"name": name})
    return nouns.Text("first_round.lacks", {"name": name, "lacking": lacking})


def same(listed: str, named: str) -> bool:
    """Whether two ways of writing a name mean one person: the same, or one begins with the other."""
    one, other = (name.casefold().replace(",", " ").split() for name in (listed, named))
    shorter = min(len(one), len(other))
    return shorter > 0 and one[:shorter] == other[:shorter]
