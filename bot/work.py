"""One turn under way: what is known of the person, and all that is to be written and sent in one commit."""

from __future__ import annotations

import base64
import datetime as dt
import itertools
import secrets
from collections.abc import Sequence
from typing import Any

import msgspec

from bot import library, pieces, views
from bot.receiving import fetching
from bot.sending import outbox
from flows import nouns, shipped
from flows import words as wording
from storage import port, records

TOKEN_BYTES = 9
"""72 random bits in a screen's token: nobody guesses one, and it fits callback data with room to spare."""


class Work:
    """Gathers a turn's changes; nothing is written or sent until the runner commits them together."""

    def __init__(
        self,
        *,
        storage: port.Storage,
        library: library.Library,
        now: dt.datetime,
        person: records.Person,
        conversation: records.Conversation,
        standing: records.Screen | None,
        owner: bool,
        bot_name: str,
        fetch: fetching.Fetch,
    ) -> None:
        self.storage = storage
        self.library = library
        self.now = now
        self.person = person
        self.conversation = conversation
        self.standing = standing
        self.owner = owner
        """Whether the settings name this person an owner of the bot."""
        self.bot_name = bot_name
        self.fetch = fetch
        """Gets the content of a file that was sent."""
        self.message_id = 0
        """Telegram's id of the message that began this turn; 0 where it was no message."""
        self.toast = ""
        """A word to show over the chat when a button was pressed."""
        self.last_words = ""
        """Said to somebody who had themselves erased; nothing of it is kept."""
        self.changes: list[port.Change] = []
        self._numbers = itertools.count()

    @property
    def words(self) -> wording.Catalogue:
        """The person's language."""
        return wording.catalogue("bot", self.person.language)

    def words_of(self, person: records.Person) -> wording.Catalogue:
        """Another person's language."""
        return wording.catalogue("bot", person.language)

    def told(self, flow: nouns.Flow) -> nouns.Flow:
        """A flow as it is asked in the person's language."""
        return shipped.in_language(flow, self.person.language)

    def put(self, record: records.Record) -> None:
        """Keep a record with this turn."""
        self.changes.append(port.Put(record))

    def change(self, before: records.Record, after: records.Record) -> None:
        """Keep what a record became; where another turn changed it meanwhile, this one is done again."""
        self.changes += [port.Unchanged(before), port.Put(after)]

    def now_talking(self, **changes: Any) -> None:
        """Change what the conversation is about."""
        self.conversation = msgspec.structs.replace(self.conversation, **changes)

    async def session(self, section: str) -> nouns.Session | None:
        """A section's session as this turn leaves it."""
        return self._sessions().get(section) or await self.storage.session(section)

    async def sessions(self, assessment: str) -> dict[str, nouns.Session]:
        """Every begun session of an assessment as this turn leaves it."""
        return {**await self.storage.sessions(assessment), **self._sessions()}

    def _sessions(self) -> dict[str, nouns.Session]:
        return {one.section: one.session for one in self.changes if isinstance(one, port.PutSession)}

    async def asked_by(self, message_id: int) -> records.Screen | None:
        """The screen that this message is, if it asks or answers a question."""
        found = await self.storage.screens(self.person.id) if message_id else ()
        return next((each for each in reversed(found) if each.key and each.message_id == message_id), None)

    def note_answer(self, section: str, key: str) -> None:
        """Keep that the message which began this turn is an answer to this question."""
        if self.message_id:
            made = screen_of(views.View(""), self.person.id, self.now, section, key=key)
            self.put(msgspec.structs.replace(made, message_id=self.message_id))

    def show(
        self,
        view: views.View,
        *,
        section: str = "",
        revision: int = -1,
        key: str = "",
        in_place: bool = False,
    ) -> None:
        """Show a screen that now stands: the buttons of the one before become old."""
        before = self.standing
        view = views.at(view, self.conversation.assessment)
        screen = screen_of(view, self.person.id, self.now, section, revision, key)
        *earlier, text = pieces.cut(view.text)
        # what fills several messages is not one that could be changed in its place
        replaces = before.token if before is not None and in_place and not earlier else ""
        self._send_texts(self.person.id, earlier)
        self.send(
            self.person.id,
            "show",
            token=screen.token,
            text=text,
            keyboard=views.keyboard(view, screen.token),
            replaces=replaces,
        )
        self._stand(screen)

    def show_picture(self, view: views.View, picture: bytes) -> None:
        """Show a picture with the view under it; it now stands, as after `show`."""
        view = views.at(view, self.conversation.assessment)
        screen = screen_of(view, self.person.id, self.now)
        self.send(self.person.id, "picture", **pictured(view, screen, picture))
        self._stand(screen)

    def say(self, view: views.View) -> None:
        """Say something beside what stands: the question above keeps its buttons."""
        self._send_texts(self.person.id, pieces.cut(view.text))

    def close(self, text: str) -> None:
        """Turn the screen that stands into a line of the chat's record: these words, no buttons."""
        if self.standing is not None:
            # of what fills several messages, the last is the one that stands
            said = pieces.cut(views.View(text).text)[-1]
            self.send(self.person.id, "close", token=self.standing.token, text=said)
            self.standing = None
            self.now_talking(screen="")

    def erase(self, pseudonym: str, last_words: str) -> None:
        """Forget the person with this turn, and say goodbye without keeping that."""
        self.changes = [port.Forget(self.person.id, pseudonym)]
        self.last_words = last_words

    def tell(self, person: int, view: views.View) -> None:
        """Send somebody a notice; its buttons stay good, and whatever stands in their chat stays."""
        view = views.at(view, self.conversation.assessment)
        screen = screen_of(view, person, self.now)
        self.changes.append(port.Put(screen))
        *earlier, text = pieces.cut(view.text)
        self._send_texts(person, earlier)
        self.send(person, "show", token=screen.token, text=text, keyboard=views.keyboard(view, screen.token))

    def deliver(self, view: views.View, **body: Any) -> None:
        """Send a file; its buttons stay good, and whatever stands stays."""
        view = views.at(view, self.conversation.assessment)
        screen = screen_of(view, self.person.id, self.now)
        self.changes.append(port.Put(screen))
        self.send(self.person.id, "document", **document(view, screen), **body)

    def _send_texts(self, person: int, texts: Sequence[str]) -> None:
        """Put messages without buttons into the outbox."""
        for text in texts:
            self.send(person, "show", token="", text=text, keyboard=[])

    def send(self, person: int, kind: str, **body: Any) -> None:
        """Put a message into the outbox."""
        id_ = stamp(self.now, next(self._numbers))
        message = records.Outgoing(id_, person, kind, body, self.now, lane=outbox.lane(kind))
        self.changes.append(port.PutNew(message))

    def outgoing(self) -> list[records.Outgoing]:
        """What this turn put into the outbox."""
        return outbox.put(self.changes)

    def all_changes(self) -> list[port.Change]:
        """Everything to commit, with the person and the conversation as they now are."""
        if self.last_words:
            return self.changes
        return [port.Put(self.person), port.Put(self.conversation), *self.changes]

    def _stand(self, screen: records.Screen) -> None:
        self.changes.append(port.Put(screen))
        self.standing = screen
        self.now_talking(screen=screen.token)


def screen_of(
    view: views.View,
    person: int,
    now: dt.datetime,
    section: str = "",
    revision: int = -1,
    key: str = "",
) -> records.Screen:
    """A view as a screen of its own, by whose token its buttons are found again."""
    return records.Screen(
        token=secrets.token_urlsafe(TOKEN_BYTES),
        person=person,
        actions=view.actions(),
        section=section,
        revision=revision,
        digest=view.digest(),
        key=key,
        made_at=now,
    )


def document(view: views.View, screen: records.Screen) -> dict[str, Any]:
    """What the outbox needs of a view that goes out beneath a file."""
    return {"caption": view.text, "token": screen.token, "keyboard": views.keyboard(view, screen.token)}


def pictured(view: views.View, screen: records.Screen, picture: bytes) -> dict[str, Any]:
    """The body of an outgoing message with a picture."""
    return {
        "token": screen.token,
        "text": view.text,
        "keyboard": views.keyboard(view, screen.token),
        "content": base64.b64encode(picture).decode("ascii"),
    }


def stamp(now: dt.datetime, number: int) -> str:
    """An id that sorts by time, then by the order within a turn; its random end keeps two turns apart."""
    return f"{int(now.timestamp() * 1_000_000):017d}-{number:03d}-{secrets.token_hex(4)}"


def plain(person: int, said: str, now: dt.datetime, number: int = 0) -> records.Outgoing:
    """A message without buttons, of which nothing needs to be remembered."""
    body = {"token": "", "text": str(said), "keyboard": []}
    return records.Outgoing(stamp(now, number), person, "show", body, now)
