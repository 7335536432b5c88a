"""Whether a branch may begin: the conditions as they stand today, who decides, the way back, who signs."""

from __future__ import annotations

from collections.abc import Iterable

from document_templates import fields
from document_templates.teller import Teller
from planning import nouns

RED, AMBER, GREEN = nouns.Severity.RED, nouns.Severity.AMBER, nouns.Severity.GREEN
TEAM, MOVE = "project_team", "migration"


def go_live(tell: Teller) -> fields.GoLive:
    """Everything about the day on which a branch begins."""
    return fields.GoLive(
        conditions=_conditions(tell),
        decides=_decides(tell),
        way_back=_way_back(tell),
        signers=_signers(tell),
    )


def _signers(tell: Teller) -> list[fields.Signer]:
    """Who was named to sign in chat, with what they signed; and for whom nobody was, who signs by hand."""
    given = tell.plan.sign_off
    named = [
        fields.Signer(
            role=tell.word(f"signs_{one.signs.value}"),
            name=one.name or tell.word("signer_gone"),
            signature=tell.word("signed_in_chat", mark=given.mark) if one.day is not None else "",
            date=tell.date(one.day) if one.day is not None else "",
        )
        for one in given.signatures
    ]
    taken = {one.signs for one in given.signatures}
    by_hand = {
        nouns.Signs.INSTITUTION: tell.answer(TEAM, "sponsor"),
        nouns.Signs.MANAGER: tell.plan.people.manager,
        nouns.Signs.SPECIALIST: tell.answer(TEAM, "specialist_manager"),
    }
    return [
        *named,
        *(
            fields.Signer(role=tell.word(f"signs_{signs.value}"), name=name, signature="", date="")
            for signs, name in by_hand.items()
            if signs not in taken
        ),
    ]


def _conditions(tell: Teller) -> list[fields.ConditionRow]:
    """What must be true, with its state today: only what this plan has is named."""
    plan = tell.plan
    gaps = (*plan.functional_gaps, *plan.hosting.gaps, *plan.people.gaps)
    gaps = (*gaps, *(gap for page in plan.branches for gap in page.gaps))
    reports = sum(one.before_acceptance for one in plan.reports)
    rehearsals = round(plan.migration.rehearsals.value or 0)
    counts = {
        "condition_gaps": (_reds(gaps), RED),
        "condition_security": (_reds(plan.security), RED),
        "condition_settings": (sum(one.for_ever and not one.chosen for one in plan.settings), RED),
        "condition_points": (len(plan.open_points), AMBER),
        "condition_reports": (reports, AMBER),
        "condition_rehearsals": (rehearsals, AMBER),
        "condition_courses": (len(plan.training.courses), AMBER),
    }
    dedicated = {True: GREEN, False: RED, None: AMBER}[plan.people.dedicated]
    rows = [fields.ConditionRow(what=tell.word("condition_manager"), tag=_tag(tell, dedicated))]
    for code, (count, severity) in counts.items():
        tag = tell.tag(severity, tell.word(f"{code}_left", n=count)) if count else _tag(tell, GREEN)
        rows.append(fields.ConditionRow(what=tell.word(code), tag=tag))
    return rows


def _tag(tell: Teller, severity: nouns.Severity) -> fields.Tag:
    return tell.tag(severity, tell.word(f"condition_{severity.value}"))


def _reds(judged: Iterable[nouns.Gap | nouns.SecurityRow]) -> int:
    return sum(one.severity is RED for one in judged)


def _decides(tell: Teller) -> list[str]:
    """The conditions and the names that were given; what is not known is said."""
    told = {
        "decides_conditions": tell.answer(TEAM, "stop_conditions"),
        "decides_go": tell.answer(TEAM, "go_decider"),
        "decides_totals": tell.answer(TEAM, "reconciled_by") or tell.answer(MOVE, "reconciled_by"),
    }
    return [
        tell.word(code, said=said.rstrip(".")) if said else tell.word(f"{code}_open")
        for code, said in told.items()
    ]


def _way_back(tell: Teller) -> list[str]:
    """How a branch goes on if its move fails: the steps of the plan, and what was answered."""
    cut_over = tell.plan.migration.cut_over
    texts = [*tell.plan.migration.steps, *(cut_over.statements if cut_over is not None else ())]
    steps = [
        tell.say(text) for text in texts if isinstance(text, nouns.Text) and text.code.endswith(".way_back")
    ]
    said = tell.answer(MOVE, "way_back")
    return [*steps, tell.word("way_back_said", said=said.rstrip(".")) if said else tell.word("way_back_open")]
