"""What people do while the bot is killed: each scene with what has been done by then, as data."""

from __future__ import annotations

import datetime as dt
import pathlib
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence

import msgspec

from bot import sample
from bot.practice import people, state
from storage import opening, port
from tests.bot.running import labels, words
from tests.reliability import machine

EKAI, MANAGER, OWNER, MWENDE = (sample.PEOPLE[name] for name in ("ekai", "achieng", "wanjiru", "mwende"))
OTIENO, AMINA = 720000001, 720000002
"""Who take no part yet."""

NEWCOMERS = {OTIENO: "Otieno", AMINA: "Amina"}

FILES = pathlib.Path(__file__).parent.parent / "conversations" / "files"
GOODBYE = "You are erased."
"""The last word to somebody of whom nothing is kept: not that they are still to be told either, so that a kill may take it."""

LINK = re.compile(r"start=([\w-]+)")


class Button(str):
    """What is tapped, not typed; the beginning of what stands on the button."""


class File(str):
    """What is sent: a file's name, or that of the template which the bot sent to start from."""


class LinkOf(int):
    """Whose chat has the link that is followed."""


Act = tuple[int, str | LinkOf]
"""Who, and what they type, tap, send or follow."""


class Scene(msgspec.Struct, frozen=True):
    """What was done, and what people do then while the bot is away; nobody's words depend on what another does meanwhile."""

    before: Sequence[Act]
    acts: Sequence[Act]
    environment: Mapping[str, str] = {}
    prepared: Callable[[machine.Machine], Awaitable[None]] | None = None
    """What is written beside the bot's back at first."""
    at: dt.datetime | None = None
    """When it is then, for what the bot says of itself; without, as late as it was."""


CONVERSATION = Scene(
    before=(
        (EKAI, "/tasks"), (EKAI, Button("Your branch · Lodwar")), (MANAGER, "/review"),
        (MANAGER, Button("What Mifos must do")), (OWNER, "/invite"), (OWNER, Button("✓ Training: Achieng Odhiambo")),
        (MWENDE, "/language"),
    ),
    acts=(
        (MWENDE, Button("English")), (MANAGER, Button("✓ Approve")), (OWNER, Button("+ Make a link to forward")),
        (MANAGER, "/status"), (OWNER, "/mydata"), (EKAI, "1250"), (MANAGER, "/tasks"), (EKAI, "9"), (OWNER, "/help"), (EKAI, "4"), (MWENDE, "/tasks"),
        (EKAI, "2"), (MANAGER, "/language"), (EKAI, "3"), (OWNER, "/language"), (EKAI, "8.5"), (MANAGER, "/privacy"),
        (EKAI, "Friday"), (MWENDE, "/start"), (EKAI, "12"), (MANAGER, "/help"), (EKAI, "5"), (OWNER, "/tasks"),
        (EKAI, "/tasks"), (OWNER, "/invite"), (MWENDE, "/help"), (EKAI, "/pause"), (MANAGER, "/start"), (EKAI, "/start"),
        (OWNER, "/privacy"), (EKAI, "/privacy"), (MWENDE, "/language"), (MANAGER, "/tasks"), (EKAI, "/help"),
        (MWENDE, "/privacy"),
    ),
)  # fmt: skip
"""Four people type and tap; a picture and a file are among what they get."""

IN_TWO = ("/mydata", "+ Make a link to forward")
"""What is answered in two messages in the conversation; all else in one at most."""

SEATS = Scene(
    before=(
        (OWNER, "/invite"), (OWNER, Button("✓ Training: Achieng Odhiambo")), (OWNER, Button("+ Make a link to forward")),
        (OTIENO, LinkOf(OWNER)), (EKAI, "/tasks"), (EKAI, Button("Your branch · Lodwar")), (EKAI, Button("Ask a colleague")),
        (MWENDE, "/forget"),
    ),
    acts=((OTIENO, Button("Start")), (EKAI, Button("Only this question")), (MWENDE, Button("Erase me"))),
)  # fmt: skip
"""Somebody joins by a link, a question goes to a colleague, and somebody is erased."""

MAKING = Scene(
    before=(
        (OWNER, "/new"), (OWNER, "Nuru"), (OWNER, "KE"), (OWNER, "Nakuru"), (OWNER, Button("Not decided")),
        (EKAI, "/tasks"), (EKAI, Button("Power · Lodwar")), (EKAI, "7"), (EKAI, Button("Check my answers")),
        (MANAGER, "/start"),
    ),
    acts=((OWNER, Button("✓ Create")), (EKAI, Button("✓ Hand in"))),
    environment={"GROUNDWORK_OWNER_IDS": str(OWNER)},
)  # fmt: skip
"""An assessment is made, and a section of another one is handed in."""

HELPING = Scene(
    before=(
        (EKAI, "/tasks"), (EKAI, Button("Your branch · Lodwar")), (EKAI, Button("Ask a colleague")),
        (EKAI, Button("Only this question")), (AMINA, LinkOf(EKAI)), (AMINA, Button("Start")),
        (MANAGER, "/template"), (MANAGER, Button("Send me yours")), (MANAGER, File("template")),
    ),
    acts=((AMINA, "640"), (MANAGER, Button("✓ Use it"))),
)  # fmt: skip
"""A colleague answers what was handed on, and a template is taken."""

SURVEY = Scene(
    before=(
        (EKAI, "/start"), (MWENDE, "/start"), (OWNER, "/survey"), (OWNER, File("cooling-1.md")),
        (OWNER, Button("Branch manager")),
    ),
    acts=((OWNER, Button("✓ Add the survey")),),
)  # fmt: skip
"""A questionnaire of the institution's own becomes a section for each branch."""


async def approved(made: machine.Machine) -> None:
    """Everything is approved: signing may begin."""
    storage = opening.open_storage(f"sqlite:///{made.database}", made.folder / "data.key")
    await storage.open()
    try:
        [assessment] = await storage.assessments()
        sections = await storage.sections(assessment.id)
        done = [port.Put(msgspec.structs.replace(section, state="approved")) for section in sections]
        await storage.commit([*done, port.Put(msgspec.structs.replace(assessment, state="in_review"))])
    finally:
        await storage.close()


ASKING = Scene(
    before=((OWNER, "/survey"), (MANAGER, "/dates")),
    acts=((OWNER, File("cooling-1.md")), (MANAGER, Button("Calendar of a phone"))),
)
"""A file is sent, and one is asked for that takes a while to make."""

SIGNING = Scene(
    before=(
        (OWNER, "/start"), (MANAGER, "/sign who"), (MANAGER, Button("☐ Achieng")), (MANAGER, "/sign"), (MANAGER, Button("✓ Sign")),
    ),
    acts=((MANAGER, Button("✓ I sign")),),
    prepared=approved,
)  # fmt: skip
"""The last signature is given, and the plan made of it goes to whoever leads."""

REMINDING = Scene(
    before=(
        (EKAI, "/start"), (MANAGER, "/start"), (OWNER, "/invite"), (OWNER, Button("✓ Training: Achieng Odhiambo")),
        (OWNER, Button("+ Make a link to forward")),
    ),
    acts=(),
    at=dt.datetime(2031, 3, 10, 6, 0, 1, tzinfo=dt.UTC),
)  # fmt: skip
"""On Monday at nine in Nairobi one is reminded, one gets the overview, and one the end of the record of deeds."""

SCENES = (CONVERSATION, SEATS, MAKING, HELPING, SURVEY, SIGNING, REMINDING)


def introduce(made: machine.Machine) -> None:
    """Whom Telegram knows and the bot does not."""
    for number, name in NEWCOMERS.items():
        made.world.state.people[number] = state.Person(id=number, first_name=name)


async def do(made: machine.Machine, act: Act) -> None:
    """One person does it."""
    number, what = act
    person = made.telegram.person(number)
    match what:
        case LinkOf():
            await person.start(await _token(made.telegram.person(what)))
        case Button():
            message = await _with(person, what)
            label = next(label for label in labels(message) if label.startswith(what))
            await person.tap(label, message=message)
        case File():
            await person.send_file(*await _content(person, what))
        case _:
            await person.say(str(what))


async def _with(person: people.Person, button: str) -> people.JSON:
    """The newest message with such a button."""
    there = [one for one in await person.messages() if any(label.startswith(button) for label in labels(one))]
    shown = [(words(one), labels(one)) for one in await person.messages()]
    assert there, f"nobody shows {button}: {shown[-8:]}"
    return there[-1]


async def _token(person: people.Person) -> str:
    """That of the newest link in a chat."""
    found = [LINK.search(words(message)) for message in await person.messages()]
    return [match[1] for match in found if match][-1]


async def _content(person: people.Person, name: str) -> tuple[str, bytes]:
    if name != "template":
        return name, (FILES / name).read_bytes()
    sent = [message for message in await person.messages() if "document" in message]
    return "ours.docx", await person.download(sent[-1])
