"""Routing: which handler takes an act. Every act gets an answer; none is met with silence."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import msgspec
import structlog

from bot import callback_data, views
from bot.asking import calendars
from bot.handlers import (
    adding,
    amending,
    answering,
    archiving,
    assuming,
    branching,
    colleagues,
    common,
    creating,
    dates,
    delegating,
    explaining,
    filling,
    groups,
    helping,
    inviting,
    joining,
    leaving,
    listing,
    people,
    personal,
    plan,
    practising,
    remind,
    reminders,
    returning,
    reviewing,
    signing,
    status,
    surveying,
    switching,
    tables,
    taking,
    tasks,
    templating,
    wondering,
)
from bot.receiving import acts
from bot.work import Work
from flows import nouns
from storage import records

Handler = Callable[[Work, str], Awaitable[None]]


async def _tasks(work: Work, argument: str = "") -> None:
    del argument
    await tasks.tasks(work)


COMMANDS: Mapping[str, Handler] = {
    "start": joining.start,
    "tasks": _tasks,
    "asked": delegating.asked,
    "new": creating.new,
    "invite": inviting.invite,
    "people": people.people,
    "branches": branching.list_,
    "leave": leaving.leave,
    "digest": groups.digest,
    "archive": archiving.archive,
    "status": status.status,
    "remind": remind.remind,
    "reminders": reminders.reminders,
    "review": reviewing.review_sections,
    "sign": signing.sign,
    "plan": plan.plan,
    "changes": plan.changes,
    "whatif": dates.what_if,
    "dates": dates.dates,
    "survey": surveying.survey,
    "template": templating.template,
    "why": explaining.why,
    "assume": assuming.assume,
    "language": personal.language,
    "privacy": personal.privacy,
    "mydata": personal.my_data,
    "forget": personal.forget,
    "deletemydata": personal.forget,
    "practice": practising.practice,
    "switch": switching.switch,
    "help": helping.help_,
    "settings": helping.help_,
    "cancel": helping.cancel,
}
"""Every command; help and Telegram's menu are made from the catalogue's `command.…` lines."""


log = structlog.get_logger()

LISTS = frozenset({"invite", "review", "remind", "sign", "people", "branches", "leave", "archive"})
"""Topics of which an old button shows the list again, as it is now."""


async def route(work: Work, act: acts.Act) -> None:
    """Let the right handler take this act."""
    if isinstance(act, acts.Sent):
        work.message_id = act.message_id
        about = await work.asked_by(act.reply_to)
        answer = acts.answer(act)
        if about is not None and answer is not None:
            await amending.replied(work, about, answer)
            return
    match act:
        case acts.Command(name=name, argument=argument):
            handler = COMMANDS.get(name)
            if handler is None:
                work.say(views.View(work.words.html("problem.command", command=name)))
            else:
                await handler(work, argument)
        case acts.Press(data=data):
            await _press(work, data)
        case acts.Words(text=text, forwarded=True) if work.conversation.section:
            await amending.forwarded(work, text)
        case acts.OfGroup():
            await groups.take(work, act)
        case acts.Words(text=text):
            await _words(work, text)
        case acts.Place(point=point):
            await _answer(work, nouns.Located(point))
        case acts.Thing(attachment=attachment):
            await _thing(work, attachment)
        case acts.Blocked(blocked=blocked):
            work.person = msgspec.structs.replace(work.person, reachable=not blocked)
        case acts.Edited():
            await amending.edited(work, act)
        case acts.Unreadable(what=what):
            work.say(views.View(work.words.html(f"problem.unreadable.{what}")))
        case _:
            work.say(views.View(work.words.html("problem.unreadable.other")))


async def _words(work: Work, text: str) -> None:
    topic = work.conversation.topic
    if topic.startswith("new."):
        await creating.said(work, text)
    elif topic in (returning.COMMENT, returning.PROPOSAL):
        await reviewing.said(work, text)
    elif topic == signing.REASON:
        await signing.said(work, text)
    elif topic.startswith("survey."):
        await adding.said(work)
    elif topic == templating.TOPIC:
        await templating.said(work)
    elif topic in (branching.ADD, branching.RENAME):
        await branching.said(work, text)
    elif topic == listing.TOPIC:
        await listing.said(work)
    elif topic == filling.TOPIC:
        await filling.said(work)
    elif not (work.conversation.section and wondering.asks(text) and await wondering.why_asked(work)):
        await _answer(work, nouns.Typed(text))


async def _thing(work: Work, attachment: nouns.Attachment) -> None:
    if work.conversation.topic.startswith("survey."):
        await adding.sent(work, attachment)
    elif work.conversation.topic == templating.TOPIC:
        await templating.sent(work, attachment)
    elif work.conversation.topic == listing.TOPIC and attachment.kind == "file":
        await listing.received(work, attachment)
    elif await filling.took(work, attachment):
        pass
    elif attachment.kind == "file" and work.conversation.section:
        await tables.received(work, attachment)
    elif not work.conversation.section and await tables.is_elsewhere(work, attachment):
        pass
    else:
        await _answer(work, nouns.Attached(attachment))


async def _answer(work: Work, event: nouns.AnyEvent) -> None:
    if work.conversation.topic == practising.TOPIC:
        await practising.give(work, event)
        return
    if work.conversation.section:
        await answering.give(work, event)
        return
    found = await common.current_team(work)
    if found is None:
        await joining.start(work, "")
    else:
        await tasks.tasks_of(work, found, before=work.words.html("problem.nothing_asked"))


async def _press(work: Work, data: str) -> None:
    pressed = callback_data.read(data)
    screen = await work.storage.screen(pressed.token) if pressed else None
    if pressed is None or screen is None or screen.person != work.person.id:
        if screen is not None:
            log.warning("button refused", person=work.person.id)
        await _stale(work)
        return
    if pressed.number >= len(screen.actions):
        await _stale(work)
        return
    await _act(work, screen, views.action(screen.actions[pressed.number]))


async def _act(work: Work, screen: records.Screen, action: views.AnyAction) -> None:
    stands = screen.token == work.conversation.screen
    if screen.section and not stands and await _still_asks(work, screen):
        # whatever else was looked at meanwhile, this question waits as before
        work.standing, stands = screen, True
        work.now_talking(section=screen.section, screen=screen.token, topic="", draft={})
    match action:
        case views.Answer(event=event):
            if stands and work.conversation.topic == practising.TOPIC:
                await practising.give(work, event)
            elif stands and screen.section == work.conversation.section:
                await answering.give(work, event)
            else:
                await _stale(work)
        case views.Amend():
            await amending.taken(work, screen, action)
        case views.Open(section=section, key=key):
            await answering.open_section(work, section, key)
        case views.Go(command="later", argument=argument):
            await reminders.later(work, argument)
        case views.Go(command=command, argument=argument, assessment=assessment):
            await common.go_to(work, assessment)
            await COMMANDS[command](work, argument)
        case views.Pick(topic=topic, value=value):
            if stands:
                await _pick(work, topic, value)
            elif topic.partition(".")[0] in LISTS:
                # Lists of a leader's: an old one comes back as it is now.
                work.toast = work.words.say("problem.stale")
                await COMMANDS[topic.partition(".")[0]](work, "")
            else:
                await _stale(work)


async def _still_asks(work: Work, screen: records.Screen) -> bool:
    """Whether nothing happened in the section since this screen asked."""
    session = await work.storage.session(screen.section)
    return session is not None and session.revision == screen.revision


async def _pick(work: Work, topic: str, value: str) -> None:
    match topic.partition(".")[0]:
        case "join":
            await joining.agreed(work)
        case "new":
            await creating.picked(work, topic, value)
        case "invite":
            await inviting.picked(work, topic, value)
        case people.TOPIC:
            await people.picked(work, topic, value)
        case "branches":
            await branching.picked(work, topic, value)
        case archiving.TOPIC:
            await archiving.picked(work, topic, value)
        case "leave":
            await leaving.picked(work, topic, value)
        case "review":
            await reviewing.picked(work, topic, value)
        case "remind":
            await remind.picked(work, topic, value)
        case "sign":
            await signing.picked(work, topic, value)
        case "survey":
            await surveying.picked(work, topic, value)
        case "reason":
            await wondering.why_asked(work)
        case "choices":
            await answering.turn_choices(work, int(value))
        case calendars.TOPIC:
            await answering.turn_month(work, value)
        case tables.TOPIC:
            await tables.picked(work, value)
        case delegating.TOPIC:
            await delegating.picked(work, topic, value)
        case colleagues.TOPIC:
            await taking.picked(work, topic, value)
        case "forget":
            await personal.forgotten(work, value)
        case _:
            await _stale(work)


async def _stale(work: Work) -> None:
    """An old or foreign button changes nothing: a friendly word, and where the person stands."""
    work.toast = work.words.say("problem.stale")
    if work.conversation.topic == practising.TOPIC:
        await practising.give(work, nouns.Begin())
    elif work.conversation.section:
        await answering.give(work, nouns.Begin())
    elif work.conversation.topic:
        return
    else:
        await tasks.tasks(work)
