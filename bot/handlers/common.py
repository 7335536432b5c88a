"""What several topics need: the person's team, polite refusals, and the way back to their sections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from bot import menu, views
from bot.people import access, delegations, team
from bot.receiving import fetching
from bot.work import Work
from flows import locales, nouns
from storage import records


async def assessments(work: Work) -> list[str]:
    """Ids of the assessments that the person is part of."""
    memberships = team.current(await work.storage.memberships(person=work.person.id))
    return list(dict.fromkeys(membership.assessment for membership in memberships))


async def current_team(work: Work) -> team.Team | None:
    """The team of the assessment that the person is at; None where they are in none."""
    mine = await assessments(work)
    if not mine:
        return None
    chosen = work.conversation.assessment if work.conversation.assessment in mine else mine[-1]
    if chosen != work.conversation.assessment:
        work.now_talking(assessment=chosen, section="", topic="")
    return await team.load(work.storage, work.library, chosen)


async def go_to(work: Work, assessment: str) -> None:
    """Be at this assessment from now on, where the person still takes part in it."""
    if assessment and assessment != work.conversation.assessment and assessment in await assessments(work):
        work.now_talking(assessment=assessment, section="", topic="", draft={})


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
    if deed not in access.AFTER_THE_END and is_over(work, found):
        return None
    return found


def is_over(work: Work, found: team.Team) -> bool:
    """Whether the assessment is closed; then the person is told so, and whoever leads how to open it."""
    if found.assessment.state != "archived":
        return False
    leads = found.may(work.person.id, access.Deed.ARCHIVE)
    rows = ((go(work, "lead.archive", "archive"),),) if leads else ()
    work.show(views.View(work.words.html("archive.over", institution=found.institution), rows))
    return True


def is_open_to_change(work: Work, found: team.Team) -> bool:
    """Whether answers and numbers may change; where they are signed, the person is told how to open them."""
    if found.assessment.state == "signed_off":
        work.show(
            views.View(
                work.words.html("sign.closed", institution=found.institution),
                ((go(work, "sign.look", "sign"),),),
            )
        )
        return False
    return True


async def handed(
    work: Work, found: team.Team, these: Iterable[records.Delegation]
) -> list[delegations.About]:
    """What delegations are about, as the person is told of them; without those of which nothing is asked now."""
    made = []
    for one in these:
        session = await work.session(one.section)
        about = delegations.about(found, one, session, work.person.language, work.now)
        if about is not None and about.asks is not None:
            made.append(about)
    return made


async def fetched(work: Work, attachment: nouns.Attachment) -> bytes | None:
    """What a file holds that was sent; else the person is told why it did not come."""
    try:
        return await work.fetch(attachment)
    except fetching.FetchError as problem:
        work.say(views.View(work.words.html(problem.code)))
        return None


def leave_topic(work: Work) -> None:
    """Typed words no longer belong to a topic or a section."""
    work.now_talking(topic="", draft={}, section="")


def offer_menu(work: Work, roles: Collection[str], *, several: bool = False) -> None:
    """Let Telegram's menu in the person's chat name the commands that these roles may use."""
    names = menu.commands(roles, owner=work.owner, several=several)
    work.send(work.person.id, "menu", commands={name: work.words.say(f"command.{name}") for name in names})


def day(work: Work, date: dt.date) -> str:
    """A date as the person's language writes it, day first."""
    return locales.date(date, work.person.language)


def day_of(person: records.Person, date: dt.date) -> str:
    """A date as another person's language writes it."""
    return locales.date(date, person.language)


def go(work: Work, label: str, command: str, argument: str = "") -> views.Button:
    """A button that does what a command does."""
    return views.Button(work.words.say(label), views.Go(command, argument))
