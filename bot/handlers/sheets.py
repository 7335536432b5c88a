"""Invitations on paper: which language they are in is asked, then a card is made for every seat."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Sequence

from babel import languages as spoken_in

from bot import views
from bot.handlers import common, joining
from bot.people import team
from bot.seats import invitations, seating
from bot.work import Work
from document_templates import invitation_cards
from flows import locales, nouns
from flows import words as wording

BRANCHES = "branches"
"""Stands for every branch that nobody answers for yet."""


def ask(work: Work, found: team.Team, which: str) -> None:
    """Ask for the language of whoever reads it: those of the country first."""
    words = work.words
    seats = _meant(found, which)
    if not seats:
        ways = (common.go(work, "lead.people", "people"), common.go(work, "button.back", "invite"))
        work.show(views.View(words.html("sheet.nobody"), (ways,)))
        return
    country = found.assessment.institution.country
    official = spoken_in.get_official_languages(country, de_facto=True)
    known = sorted(
        wording.languages("bot"), key=lambda code: official.index(code) if code in official else len(official)
    )
    buttons = [
        views.Button(
            wording.catalogue("bot", code).say("language.name"),
            views.Pick("invite.sheet", f"{code} {which}"),
        )
        for code in known
    ]
    rows = tuple((button,) for button in (*buttons, common.go(work, "button.back", "invite")))
    work.show(views.View(words.html("sheet.language", n=len(seats)), rows))


async def send(work: Work, found: team.Team, value: str) -> bool:
    """Make the links and the sheet with them; whether there was a seat to make one for."""
    language, _, which = value.partition(" ")
    seats = _meant(found, which)
    if not seats or language not in wording.languages("bot"):
        return False
    await send_links(work, found, [invitations.make(work, found, seat) for seat in seats], language)
    return True


async def send_links(work: Work, found: team.Team, links: Sequence[invitations.Link], language: str) -> None:
    """Send links that were just made as a sheet to print."""
    words = wording.catalogue("bot", language)
    title = words.say("sheet.title", institution=found.institution)
    cards = [_card(found, link, words) for link in links]
    content = await asyncio.to_thread(invitation_cards.sheet, title, cards, language)
    work.deliver(
        views.View(work.words.html("sheet.caption", n=len(cards))),
        content=base64.b64encode(content).decode("ascii"),
        name=f"{views.file_name(title)}.docx",
    )


def _meant(found: team.Team, which: str) -> Sequence[team.Seat]:
    """The seats that a sheet is for: one by its code, or all branches without anybody."""
    if which == BRANCHES:
        return [seat for seat in seating.empty(found) if seat.role is nouns.Role.BRANCH_STAFF]
    seat = seating.is_seat(found, which)
    return [seat] if seat is not None else []


def _card(found: team.Team, link: invitations.Link, words: wording.Catalogue) -> invitation_cards.Card:
    branch = found.branch(link.seat.branch)
    invitation = link.invitation
    until = invitation.expires_at
    place = found.seat_name(link.seat, words)
    return invitation_cards.Card(
        title=invitation.name or (branch.name if branch is not None else place),
        about=words.say(
            "sheet.about",
            institution=found.institution,
            seat=place,
            minutes=joining.minutes(found, link.seat),
        ),
        how=words.say("sheet.how"),
        link=link.url,
        until=words.say("sheet.until", until=locales.date(until.date(), words.language) if until else ""),
        picture=words.say("sheet.picture", link=link.url),
    )
