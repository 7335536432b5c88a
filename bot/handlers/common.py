"""What several topics need: the person's team, polite refusals, and the way back to their sections."""

from __future__ import annotations

from bot import access, team, views
from bot.work import Work


async def current_team(work: Work) -> team.Team | None:
    """The team of the assessment that the person is at; None where they are in none."""
    memberships = await work.storage.memberships(person=work.person.id)
    mine = [membership.assessment for membership in memberships]
    if not mine:
        return None
    chosen = work.conversation.assessment if work.conversation.assessment in mine else mine[-1]
    if chosen != work.conversation.assessment:
        work.now_talking(assessment=chosen, section="", topic="")
    return await team.load(work.storage, work.library, chosen)


async def allowed_team(work: Work, deed: access.Deed) -> team.Team | None:
    """The current team if the person may do this there; else they are told, and None comes back."""
    found = await current_team(work)
    if found is None:
        work.show(views.View(work.words.html("problem.no_assessment")))
        return None
    if not found.may(work.person.id, deed):
        who = work.words.say(f"role.{access.who_may(deed)}")
        work.show(views.View(work.words.html("problem.not_allowed", who=who)))
        return None
    return found


def leave_topic(work: Work) -> None:
    """Typed words no longer belong to a topic or a section."""
    work.now_talking(topic="", draft={}, section="")


def go(work: Work, label: str, command: str, argument: str = "") -> views.Button:
    """A button that does what a command does."""
    return views.Button(work.words.say(label), views.Go(command, argument))
