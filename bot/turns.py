"""The durable turn: load, let a handler decide, commit everything at once, deliver after the commit."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import itertools
import time
from typing import Any

import msgspec
import structlog
from telegram import Bot, constants, error

from bot import clock, library, limits, routing, settings
from bot import views as views_
from bot import work as works
from bot.operations import auditing, health, metrics
from bot.receiving import acts, fetching, room
from bot.sending import calling, outbox
from bot.work import Work
from flows import expressions, locales, nouns
from flows import words as wording
from storage import port, records

log = structlog.get_logger()


class RestingError(Exception):
    """The bot stops: the update is on the disk, and its turn is done at the next start."""


class Turns:
    """Takes received updates to their end; the same update twice has the effect of one."""

    def __init__(
        self,
        *,
        bot: Bot,
        fetch: fetching.Fetch,
        storage: port.Storage,
        library: library.Library,
        clock: clock.Clock,
        outbox: outbox.Outbox,
        settings: settings.Settings,
        seen: metrics.Metrics,
    ) -> None:
        self._seen = seen
        self._bot = bot
        self._shelf = fetching.Shelf(fetch)
        self._people = room.Room(limits.PEOPLE_AT_ONCE)
        self._room = room.Room(limits.TURNS_AT_ONCE)
        self._storage = storage
        self._library = library
        self._clock = clock
        self._outbox = outbox
        self._settings = settings
        self._resting = asyncio.Event()
        self._under_way: set[asyncio.Task[Any]] = set()

    def rest(self) -> None:
        """Begin no other turn, and try none again: what was received is on the disk and waits for the next start."""
        self._resting.set()

    async def handle(self, person: int) -> None:
        """Do the turns of a person's updates in their order, until none waits that another worker is not at."""
        this = asyncio.current_task()
        assert this is not None  # noqa: S101 - every coroutine runs in one
        self._under_way.add(this)
        try:
            async with self._people.place() as place:
                await self._turns_of(person, place)
        except port.StorageError as problem:
            # what is kept is looked for again and again
            log.warning("turn put off", reason=str(problem))
        finally:
            self._under_way.discard(this)

    async def give_up(self) -> None:
        """Leave the turns that are still under way: nothing of them is written, or all."""
        under_way = list(self._under_way)
        for turns in under_way:
            turns.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def _turns_of(self, person: int, place: room.Place) -> None:
        while not self._resting.is_set():
            received = await self._storage.claim_received(person)
            if received is None:
                return
            await self._until_done(received, place)

    async def _until_done(self, received: records.Received, place: room.Place) -> None:
        """Do one update's turn; returns when it is committed, or when it turned out to be done before."""
        act = acts.read(msgspec.json.decode(received.body))
        for attempt in itertools.count(1):
            try:
                await self._turn(received, act, place)
                self._seen.well(health.STORAGE)
                return
            except RestingError:
                return
            except port.AlreadyHandled:
                await self._storage.commit([port.Remove(received)])
                return
            except port.Conflict:
                log.info("turn done again", update=received.update_id, attempt=attempt)
            except port.StorageError as problem:
                self._seen.refused(health.STORAGE)
                log.error("turn not saved", update=received.update_id, reason=str(problem))
                if attempt == 1:
                    await self._apologise(act)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(calling.pause(attempt, limits.STORAGE_WAIT)):
                        await self._resting.wait()
                if self._resting.is_set():
                    return

    async def _turn(self, received: records.Received, act: acts.Act | None, place: room.Place) -> None:
        try:
            async with self._room.place(within=place) as inner, self._shelf.of_turn() as fetched:
                began = time.perf_counter()
                fetch = functools.partial(self._fetch, inner, fetched)
                work = await self._decided(received, act, fetch)
                await self._commit(received, act, work)
                self._seen.turned(time.perf_counter() - began)
        except port.UnkeepableError as problem:
            log.error("turn cannot be kept", update=received.update_id, reason=str(problem))
            await self._give_up(received, act)
            return
        await self._answer(act, work)
        if work is not None:
            self._outbox.accept(work.outgoing())

    async def _commit(self, received: records.Received, act: acts.Act | None, work: Work | None) -> None:
        changes: list[port.Change] = []
        if work is not None:
            changes = work.changes if isinstance(act, acts.OfGroup) else work.all_changes()
            deeds = await auditing.lines(self._storage, changes, by=work.person.id, at=work.now)
            changes = [*changes, *deeds]
        await self._storage.commit([port.Handled(received.update_id), *changes])

    async def _fetch(
        self, place: room.Place, fetched: fetching.Fetched, attachment: nouns.Attachment
    ) -> bytes:
        """A file that was sent; over a slow line that takes many seconds: others' turns go on, and a stop does."""
        coming = asyncio.create_task(fetched(attachment), name="fetching")
        resting = asyncio.create_task(self._resting.wait(), name="resting")
        both = (coming, resting)
        try:
            await place.aside(asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED))
            if not coming.done():
                raise RestingError
            return coming.result()
        finally:
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)

    async def _give_up(self, received: records.Received, act: acts.Act | None) -> None:
        """Note as done what no try could ever keep, and tell the person; what comes behind it goes on."""
        self._seen.fault("turn")
        told = []
        if act is not None and not isinstance(act, acts.OfGroup):
            said = (await self._words_for(act.sender)).html("problem.unexpected")
            told.append(works.plain(act.sender.id, said, self._clock.now()))
        await self._storage.commit([port.Handled(received.update_id), *map(port.PutNew, told)])
        await self._answer(act, None)
        self._outbox.accept(told)

    async def _decided(
        self, received: records.Received, act: acts.Act | None, fetch: fetching.Fetch
    ) -> Work | None:
        if act is None or (
            isinstance(act, acts.Blocked) and await self._storage.person(act.sender.id) is None
        ):
            # whoever blocks the bot after being erased, or before saying a word, is not kept for that
            return None
        work = await self._work(act, fetch)
        try:
            await routing.route(work, act)
        except (port.StorageError, RestingError):
            raise
        except expressions.TooHeavyError as problem:
            log.info("turn given up", update=received.update_id, form=problem.form)
            work = await self._work(act, fetch)
            work.say(views_.View(work.words.html("problem.too_heavy")))
        except Exception:
            # One update must not stop the bot, nor come back for ever: it is noted as done, and the person told.
            self._seen.fault("turn")
            log.exception("turn failed", update=received.update_id, act=type(act).__name__)
            work = await self._work(act, fetch)
            if not isinstance(act, acts.OfGroup):
                work.say(views_.View(work.words.html("problem.unexpected")))
        return work

    async def _work(self, act: acts.Act, fetch: fetching.Fetch) -> Work:
        sender = act.sender
        person, conversation, standing = await self._storage.correspondent(sender.id)
        if person is None:
            person = records.Person(
                sender.id, sender.name, self._language(sender), joined_at=self._clock.now()
            )
        elif not isinstance(act, acts.Blocked):
            person = msgspec.structs.replace(person, name=sender.name, reachable=True)
        return Work(
            storage=self._storage,
            library=self._library,
            now=self._clock.now(),
            person=person,
            conversation=conversation or records.Conversation(sender.id),
            standing=standing,
            owner=sender.id in self._settings.owner_ids,
            bot_name=self._bot.username,
            fetch=fetch,
        )

    def _language(self, sender: acts.Sender) -> str:
        spoken = locales.plain(sender.language)
        return spoken if spoken in wording.languages("bot") else self._settings.language

    async def _answer(self, act: acts.Act | None, work: Work | None) -> None:
        if isinstance(act, acts.Press):
            # Too old to be answered is no trouble: the phone stopped its spinner long ago.
            with contextlib.suppress(error.TelegramError):
                await self._bot.answer_callback_query(act.query, text=work.toast if work else "")
        if work is not None and work.last_words:
            with contextlib.suppress(error.TelegramError):
                await self._bot.send_message(
                    work.person.id, work.last_words, parse_mode=constants.ParseMode.HTML
                )

    async def _apologise(self, act: acts.Act | None) -> None:
        if act is None or isinstance(act, acts.OfGroup):
            return
        words = await self._words_for(act.sender)
        with contextlib.suppress(error.TelegramError, asyncio.TimeoutError):
            await self._bot.send_message(act.sender.id, words.say("problem.storage"))

    async def _words_for(self, sender: acts.Sender) -> wording.Catalogue:
        """The words of somebody's language, where nothing can be written: it may often still be read."""
        language = self._language(sender)
        with contextlib.suppress(port.StorageError):
            if (known := await self._storage.person(sender.id)) is not None:
                language = known.language
        return wording.catalogue("bot", language)
