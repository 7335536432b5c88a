"""Parts of the screens about surveys: what a questionnaire is called, who answers it, what it asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import markupsafe

from bot import limits, views
from bot.asking import questionnaires
from bot.handlers import common, moving
from bot.people import team
from bot.work import Work
from flows import declaring, nouns


def head(work: Work, flow: nouns.Flow) -> str:
    """Title, version and size."""
    asked = len(questionnaires.asked(flow))
    return work.words.html("survey.head", title=flow.title, version=flow.version, n=asked)


def notes(work: Work, said: Sequence[str]) -> str:
    """What chat does otherwise."""
    if not said:
        return ""
    lines = [markupsafe.escape(f"• {note}") for note in said]
    return markupsafe.Markup("\n").join([work.words.html("survey.notes"), *lines])


def answered_by(work: Work, found: team.Team, flow: nouns.Flow) -> str:
    """Who answers, and how often."""
    role = work.words.say(f"role.{flow.role}")
    if flow.per is nouns.Per.ORGANISATION:
        return work.words.say("survey.once", role=role)
    return work.words.say("survey.per_branch", role=role, n=len(found.assessment.branches))


def registers(work: Work, found: team.Team, flow: nouns.Flow) -> str:
    """What handing it in does besides: to the register of branches, and to lists that nobody keeps here."""
    datasets = {entity.dataset: None for entity in flow.entities}
    others = [dataset for dataset in datasets if dataset != declaring.BRANCHES]
    own = declaring.BRANCHES in datasets
    return views.text(
        work.words.html("survey.register", institution=found.institution) if own else "",
        work.words.html("survey.registers", n=len(others), names=", ".join(others)) if others else "",
    )


def questions(
    work: Work, flow: nouns.Flow, page: int, act: Callable[[int], views.Pick | views.Go]
) -> tuple[str, tuple[views.Button, ...]]:
    """A page of what is asked, and the buttons to the pages around it."""
    asked = questionnaires.asked(flow)
    size = limits.QUESTIONS_A_PAGE
    page = max(0, min(page, (len(asked) - 1) // size))
    first = page * size
    lines = [
        work.words.html("survey.question", number=number, label=moving.label(item.label or item.name))
        for number, item in enumerate(asked[first : first + size], first + 1)
    ]
    turn = [views.Button(work.words.say("button.earlier"), act(page - 1))] if page else []
    if first + size < len(asked):
        turn.append(views.Button(work.words.say("button.more"), act(page + 1)))
    return markupsafe.Markup("\n").join(lines), tuple(turn)


def endings() -> str:
    """The endings of files that are read."""
    return ", ".join(questionnaires.READERS)


def cancel(work: Work) -> tuple[views.Button, ...]:
    """The way out."""
    return (common.go(work, "button.cancel", "cancel"),)
