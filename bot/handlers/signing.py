"""/sign: named people sign the answers; when all have, the plan of these answers is a version of its own."""

from __future__ import annotations

import dataclasses

import markupsafe
import msgspec

from bot import limits, views
from bot.asking import books
from bot.documents import signing
from bot.handlers import common
from bot.people import access, team, working_hours
from bot.work import Work
from flows import lifecycles
from storage import records

REASON = "sign.reason"
"""The topic in which typed words say why something must change."""


async def sign(work: Work, argument: str = "") -> None:
    """Where the sign-off stands, and for those who lead with `who`, the list of who signs."""
    found = await _allowed(work)
    if found is None:
        return
    common.leave_topic(work)
    stands = await standing(work, found)
    if argument == "who" and found.may(work.person.id, access.Deed.SIGNERS) and stands.complete is None:
        _who(work, found, stands)
    else:
        _show(work, found, stands)


async def picked(work: Work, topic: str, value: str) -> None:
    """A button of the sign-off: name somebody, sign, withdraw, or open the answers again."""
    found = await _allowed(work)
    if found is None:
        return
    stands = await standing(work, found)
    leads = found.may(work.person.id, access.Deed.SIGNERS)
    if topic == "sign.name" and leads:
        await _name(work, found, stands, value)
    elif topic == "sign.ask":
        _confirm(work, found, stands, value)
    elif topic == "sign.yes":
        await _sign(work, found, stands, value)
    elif topic == "sign.withdraw":
        await _withdraw(work, found, stands)
    elif topic == REASON and leads and stands.binds:
        work.now_talking(topic=REASON, draft={})
        cancel = ((common.go(work, "button.cancel", "cancel"),),)
        work.show(views.View(work.words.html("sign.reason"), cancel))
    else:
        _show(work, found, stands)


async def said(work: Work, text: str) -> None:
    """Why the signed answers are opened again."""
    found = await common.allowed_team(work, access.Deed.SIGNERS)
    if found is None:
        return
    reason = text.strip()
    if not 1 <= len(reason) <= limits.COMMENT_CHARACTERS:
        words = work.words.html("review.comment.long", limit=limits.COMMENT_CHARACTERS)
        work.show(views.View(words, ((common.go(work, "button.cancel", "cancel"),),)))
        return
    common.leave_topic(work)
    assessment = await signing.opened(work, found, reason)
    found = _with_assessment(found, assessment)
    _show(work, found, await standing(work, found), before=work.words.html("sign.opened"))


def _with_assessment(found: team.Team, assessment: records.Assessment) -> team.Team:
    """The team with the assessment as it became."""
    return dataclasses.replace(found, assessment=assessment)


async def standing(work: Work, found: team.Team) -> signing.Standing:
    """Where the sign-off stands, for the answers as they are now."""
    book = await books.book(work.storage, found, made_at=work.now)
    return signing.standing(await signing.lines(work, found.assessment.id), signing.digest(book))


async def call(work: Work, found: team.Team) -> None:
    """Everything is approved: those who are to sign are told."""
    stands = signing.standing(await signing.lines(work, found.assessment.id))
    for person in stands.missing:
        known = found.people.get(person)
        if known is not None and person != work.person.id:
            _ask(work, found, known)


async def _allowed(work: Work) -> team.Team | None:
    """The team, for those who lead and for those who are to sign."""
    found = await common.current_team(work)
    if found is not None:
        lines = await signing.lines(work, found.assessment.id)
        if work.person.id in signing.standing(lines).signers:
            return None if common.is_over(work, found) else found
    return await common.allowed_team(work, access.Deed.SIGN_OFF)


def _show(work: Work, found: team.Team, stands: signing.Standing, before: str = "") -> None:
    words = work.words
    open_sections = sum(section.state != "approved" for section in found.sections)
    ready = not open_sections
    if stands.complete is not None:
        state = words.html("sign.complete", version=stands.version, day=_day(work, found, stands.complete))
    elif ready:
        state = words.html(
            "sign.ready", version=stands.version, mark=stands.digest[: signing.MARK_CHARACTERS]
        )
    else:
        state = words.html("sign.not_ready", n=open_sections)
    opened = ""
    if stands.opened is not None and stands.complete is None:
        opened = words.html(
            "sign.opened.last",
            day=_day(work, found, stands.opened),
            reason=stands.opened.reason,
        )
    lines = [_line(work, found, stands, person) for person in stands.signers]
    listing = markupsafe.Markup("\n").join(lines) if lines else words.html("sign.nobody")
    title = words.html("sign.title", institution=found.institution)
    work.show(
        views.View(views.text(before, title, state, opened, listing), _rows(work, found, stands, ready))
    )


def _rows(
    work: Work, found: team.Team, stands: signing.Standing, ready: bool
) -> tuple[tuple[views.Button, ...], ...]:
    words = work.words
    me = work.person.id
    rows: list[tuple[views.Button, ...]] = []
    if ready and me in stands.missing:
        sign_it = views.Pick("sign.ask", stands.digest)
        rows.append((views.Button(words.say("sign.button"), sign_it, style="success"),))
    if stands.has_signed(me):
        rows.append((views.Button(words.say("sign.withdraw"), views.Pick("sign.ask", "")),))
    if found.may(me, access.Deed.SIGNERS):
        if stands.complete is None:
            rows.append((common.go(work, "sign.who", "sign", "who"),))
        if stands.binds:
            rows.append((views.Button(words.say("sign.open"), views.Pick(REASON)),))
    rows.append((common.go(work, "button.tasks", "tasks"),))
    return tuple(rows)


def _line(work: Work, found: team.Team, stands: signing.Standing, person: int) -> str:
    name = found.name(person) or work.words.say("sign.erased")
    line = stands.signatures.get(person)
    if line is None:
        code = "sign.line.gone" if person in found.former else "sign.line.open"
        return work.words.html(code, name=name)
    code = "sign.line.signed" if line.digest == stands.digest else "sign.line.other"
    return work.words.html(code, name=name, day=_day(work, found, line))


def _day(work: Work, found: team.Team, line: records.SignOff) -> str:
    """The day of a line, as it was where the institution is."""
    zone = working_hours.zone_of(found.assessment.institution, None)
    return common.day(work, line.made_at.astimezone(zone).date())


def _who(work: Work, found: team.Team, stands: signing.Standing) -> None:
    """Everybody of the assessment, and who is to sign and left, with a tick at those who sign."""
    words = work.words
    rows = []
    gone = [found.former[person] for person in stands.signers if person in found.former]
    for person in [*gone, *sorted(found.people.values(), key=lambda known: known.name)][: limits.SEATS_SHOWN]:
        tick = words.say("tick.on" if person.id in stands.signers else "tick.off")
        rows.append((views.Button(f"{tick} {person.name}", views.Pick("sign.name", str(person.id))),))
    rows.append((common.go(work, "button.back", "sign"),))
    work.show(views.View(words.html("sign.who.how"), tuple(rows)), in_place=True)


async def _name(work: Work, found: team.Team, stands: signing.Standing, value: str) -> None:
    """Name somebody to sign, or take the name back, which may leave nobody who has not signed."""
    known = {str(one.id): one for one in (*found.people.values(), *found.former.values())}
    person = known.get(value)
    named = person is not None and person.id in stands.signers
    if person is None or stands.complete is not None or not (named or person.id in found.people):
        _show(work, found, stands)
        return
    await signing.note(work, found.assessment.id, "unnamed" if named else "named", person=person.id)
    if not named and person.id != work.person.id:
        _ask(work, found, person)
    # the last who had not signed may just have been relieved of it
    found = await _completed(work, found)
    _who(work, found, await standing(work, found))


def _ask(work: Work, found: team.Team, person: records.Person) -> None:
    """Tell somebody that they are to sign."""
    theirs = work.words_of(person)
    text = theirs.html("sign.named.notice", name=work.person.name, institution=found.institution)
    work.tell(person.id, views.View(text, ((views.Button(theirs.say("sign.look"), views.Go("sign")),),)))


def _confirm(work: Work, found: team.Team, stands: signing.Standing, digest: str) -> None:
    """Ask once more, and say what is signed or withdrawn."""
    words = work.words
    if digest:
        mark = stands.digest[: signing.MARK_CHARACTERS]
        text = words.html("sign.ask", institution=found.institution, version=stands.version, mark=mark)
        yes = views.Button(words.say("sign.yes"), views.Pick("sign.yes", digest), style="success")
    else:
        text = words.html("sign.withdraw.ask", version=stands.version)
        yes = views.Button(words.say("sign.withdraw"), views.Pick("sign.withdraw"), style="danger")
    work.show(views.View(text, ((yes,), (common.go(work, "button.back", "sign"),))))


async def _sign(work: Work, found: team.Team, stands: signing.Standing, digest: str) -> None:
    """Sign what was shown; if it has changed since, show that instead."""
    if digest != stands.digest or work.person.id not in stands.missing or not signing.all_approved(found):
        _show(work, found, stands, before=work.words.html("sign.changed"))
        return
    # nothing may change between what is signed and its being written down
    work.change(found.assessment, found.assessment)
    await signing.note(work, found.assessment.id, "signed", digest=digest)
    found = await _completed(work, found)
    after = await standing(work, found)
    _show(work, found, after, before=work.words.html("sign.done", version=after.version))


async def _completed(work: Work, found: team.Team) -> team.Team:
    """Where everybody who is to sign has signed these answers, they are signed off; the team as it is then."""
    stands = await standing(work, found)
    signed = any(stands.has_signed(person) for person in stands.signers)
    state = found.assessment.state
    if lifecycles.may("assessment", state, "complete"):
        # opened again and left as it was, or its last open section went with a branch
        state = lifecycles.next_state("assessment", state, "complete")
    ready = signing.all_approved(found) and lifecycles.may("assessment", state, "sign_off")
    if stands.missing or not signed or not ready:
        return found
    await signing.note(work, found.assessment.id, "complete", digest=stands.digest)
    state = lifecycles.next_state("assessment", state, "sign_off")
    assessment = msgspec.structs.replace(found.assessment, state=state)
    work.change(found.assessment, assessment)
    found = _with_assessment(found, assessment)
    _announce(work, found, await standing(work, found))
    return found


async def _withdraw(work: Work, found: team.Team, stands: signing.Standing) -> None:
    if not stands.has_signed(work.person.id):
        _show(work, found, stands)
        return
    await signing.note(work, found.assessment.id, "withdrawn")
    if lifecycles.may("assessment", found.assessment.state, "withdraw"):
        state = lifecycles.next_state("assessment", found.assessment.state, "withdraw")
        assessment = msgspec.structs.replace(found.assessment, state=state)
        work.change(found.assessment, assessment)
        found = _with_assessment(found, assessment)
    for leader in found.reviewers():
        if leader.id != work.person.id:
            text = work.words_of(leader).html(
                "sign.withdrawn.notice", name=work.person.name, institution=found.institution
            )
            work.tell(leader.id, views.View(text))
    after = await standing(work, found)
    _show(work, found, after, before=work.words.html("sign.withdrawn"))


def _announce(work: Work, found: team.Team, stands: signing.Standing) -> None:
    """All have signed: everybody concerned is told, and the first of those who lead gets the plan."""
    leaders = {person.id for person in found.people.values() if found.may(person.id, access.Deed.PLAN)}
    for person in sorted({*stands.signers, *leaders} & found.people.keys()):
        known = found.people[person]
        if person != work.person.id:
            theirs = work.words_of(known)
            text = theirs.html("sign.complete.notice", institution=found.institution, version=stands.version)
            plan = ((views.Button(theirs.say("lead.plan"), views.Go("plan")),),)
            work.tell(person, views.View(text, plan if person in leaders else ()))
    for leader in found.reviewers()[:1]:
        work.send(leader.id, "plan", assessment=found.assessment.id, language=leader.language)
