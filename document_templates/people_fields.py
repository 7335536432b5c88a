"""The people of the project and of the time after it, and how ready each place is, as fields."""

from __future__ import annotations

from document_templates import fields
from document_templates.chapter_fields import gap_rows
from document_templates.teller import DASH, Teller
from planning import nouns

STEPS_NAMED = 3
"""Of what would raise a place's score; the rest stands under its number."""


def people(tell: Teller) -> fields.People:
    """Who runs the project, and the system after it."""
    plan = tell.plan.people
    raci = [
        fields.RaciRow(
            duty=tell.say(row.duty),
            phase=tell.say(row.phase),
            responsible=row.responsible or tell.word("nobody"),
            accountable=row.accountable or tell.word("nobody"),
            stand_in=row.stand_in or tell.word("nobody"),
            how_often=tell.given(row.how_often),
            defects=tell.joined(row.defects) if row.defects else tell.word("none"),
        )
        for row in plan.raci
    ]
    return fields.People(
        verdict=tell.say(plan.verdict),
        specialist=tell.say(plan.specialist),
        team=[_person(tell, one, "roles", place) for place, one in enumerate(plan.team)],
        administrators=[
            _person(tell, one, "administration", place) for place, one in enumerate(plan.administrators)
        ],
        needed=[
            fields.Fact(
                label=tell.word("administrators_needed"), value=tell.figure(plan.administrators_needed)
            )
        ],
        raci=raci,
        gaps=gap_rows(tell, "roles", plan.gaps),
        loads=[_load(tell, one, len(plan.team) + place) for place, one in enumerate(plan.loads)],
    )


def _load(tell: Teller, one: nouns.RoleLoad, place: int) -> fields.RoleLoadRow:
    """A role with the days asked of it and given; the judgement is the share in percent."""
    return fields.RoleLoadRow(
        number=tell.row_number("roles", place),
        role=tell.say(one.role),
        who=tell.say(one.who) if one.who else tell.word("nobody"),
        needed=tell.figure(one.needed),
        given=tell.figure(one.given),
        tag=tell.tag(one.severity, tell.short(one.load)),
    )


def _person(tell: Teller, one: nouns.PersonLoad, chapter: str, place: int) -> fields.PersonRow:
    notes = [] if one.exists else [tell.word("to_be_hired")]
    if one.needs_training_in:
        notes.append(tell.word("needs_training", topics=one.needs_training_in))
    return fields.PersonRow(
        number=tell.row_number(chapter, place),
        name=one.name or tell.word("nobody"),
        role=tell.given(one.role),
        share=tell.figure(one.share),
        note="; ".join(notes) or DASH,
    )


def readiness(tell: Teller) -> list[fields.ReadyRow]:
    """The institution, the project, and every branch."""
    found = tell.plan.readiness
    whole = fields.ReadyRow(
        number=DASH,
        place=tell.word("institution_whole"),
        score=tell.short(found.score),
        missing=_steps(tell, found.steps),
    )
    places = [
        fields.ReadyRow(
            number=tell.row_number("risks", place),
            place=tell.say(one.place),
            score=tell.short(one.score),
            missing=_steps(tell, one.steps[:STEPS_NAMED], named=False),
        )
        for place, one in enumerate((found.project, *found.branches))
    ]
    return [whole, *places]


def _steps(tell: Teller, steps: tuple[nouns.Step, ...], *, named: bool = True) -> str:
    """What would raise the whole score, each with its points."""
    told = [
        tell.word(
            "ready_step_of" if named else "ready_step",
            place=tell.say(step.place),
            what=tell.say(step.what),
            points=tell.formats.number(round(step.points, 1)),
        )
        for step in steps
    ]
    return "; ".join(told) or DASH
