"""The composition: every part is made here and given what it needs; nothing is found by import."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import signal
from collections.abc import Awaitable, Callable

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram import error
from telegram.ext import Application, ApplicationBuilder, ContextTypes, TypeHandler

from bot import clock, delivery, introducing, library, limits, pulse, settings, turns, unreachable
from bot.documents import annexes, dates, plans, templates
from bot.operations import alerts, health, metrics, retention
from bot.receiving import fetching, intake, order, webhook
from bot.reminders import nagging
from bot.sending import calling, client, outbox, transport
from document_templates import apart
from storage import opening, port

log = structlog.get_logger()

POLLING_CONNECTIONS = 1
SENDING_CONNECTIONS = 256
"""Each chat takes one at a time, and who is on a slow line keeps it for long: no other's message waits for that."""
FETCHING_CONNECTIONS = 24
"""For files, which come slowly where the line is slow: those of turns, and of the plans that are made meanwhile."""


class StartError(Exception):
    """The bot cannot start; the message says why and what to do."""


class Service:
    """The running bot: storage, intake, turns, outbox and reminders around one python-telegram-bot application."""

    def __init__(self, given: settings.Settings) -> None:
        self._settings = given
        self._clock = clock.SystemClock(given.clock_file)
        self._library = library.Library.shipped()
        self._storage = opening.open_storage(given.database, given.key_file)
        self._bot = make_bot(given)
        self._fetching = make_bot(given, FETCHING_CONNECTIONS)
        fetcher = fetching.Fetcher(self._fetching)
        self._seen = metrics.Metrics()
        maker = plans.PlanMaker(self._storage, self._library, self._clock, fetcher)
        beside = annexes.AnnexMaker(self._storage, self._library)
        compared = dates.DatesMaker(self._storage, self._library, self._clock)
        previews = templates.TemplateMaker(self._storage, self._clock)
        self._outbox = outbox.Outbox(
            self._storage,
            delivery.Delivery(self._bot, self._storage, maker, beside, compared, previews),
            self._unreachable,
            self._clock,
            chat_pace=given.chat_pace,
            seen=self._seen,
        )
        self._turns = turns.Turns(
            bot=self._bot,
            fetch=fetcher,
            storage=self._storage,
            library=self._library,
            clock=self._clock,
            outbox=self._outbox,
            settings=given,
            seen=self._seen,
        )
        self._reminders = nagging.Reminders(
            self._storage, self._library, self._clock, self._outbox, self._seen
        )
        self._alerts = alerts.Alerts(self._bot, self._storage, given, self._seen, self._clock)
        self._application = self._make_application()
        self._intake = intake.Intake(
            self._storage, self._clock, self._application.update_queue.put, self._seen
        )
        self._pulse = pulse.Pulse(self._storage, self._intake, self._outbox)

    async def run(self, *, webhooks: bool = False) -> None:
        """Run until a stop signal or a fault that needs a person; raises StartError, SettingsError or StorageError."""
        if webhooks:
            webhook.check(self._settings)
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        await self._storage.open()
        await self._fetching.request.initialize()
        stopped = asyncio.create_task(stop.wait(), name="stop signal")
        try:
            await self._storage.enlist(alone=not webhooks)
            async with health.served(self._seen, self._settings):
                if await self._connected(stopped):
                    await self._serve(stopped, webhooks=webhooks)
        finally:
            stopped.cancel()
            with contextlib.suppress(error.TelegramError):
                await self._application.shutdown()
            await self._fetching.request.shutdown()
            await apart.close()
            await self._storage.close()

    async def _connected(self, stopped: asyncio.Task[bool]) -> bool:
        """Whether the Bot API answered before the stop signal came."""
        connecting = asyncio.create_task(self._connect(), name="connecting")
        try:
            await asyncio.wait({connecting, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if connecting.done():
                await connecting
            return connecting.done() and not stopped.done()
        finally:
            connecting.cancel()

    async def _connect(self) -> None:
        try:
            await calling.until_taken(self._application.initialize, tries=limits.START_TRIES)
        except error.InvalidToken:
            raise StartError(
                f"{settings.PREFIX}TELEGRAM_TOKEN is refused by the Bot API: copy the token from @BotFather again."
            ) from None
        except error.TelegramError as problem:
            raise StartError(
                f"The Bot API at {self._settings.telegram_api_place} cannot be reached ({problem.message}): "
                f"check the network and {settings.PREFIX}TELEGRAM_API_URL."
            ) from None

    async def _serve(self, stopped: asyncio.Task[bool], *, webhooks: bool) -> None:
        scheduler = AsyncIOScheduler(timezone="UTC")
        scheduler.add_job(
            _may_be_cut_off(self._reminders.tick),
            "interval",
            seconds=limits.MOVED_CLOCK_TICK_SECONDS
            if self._settings.clock_file
            else limits.REMINDER_TICK_SECONDS,
            max_instances=1,
            coalesce=True,
        )
        scheduler.add_job(
            _may_be_cut_off(self._alerts.look),
            "interval",
            seconds=limits.ALERT_SECONDS,
            max_instances=1,
            coalesce=True,
        )
        source = self._webhook() if webhooks else self._polling()
        await self._application.start()
        await self._pulse.beat()
        await self._reminders.mend()
        await self._sweep()
        hourly = {"trigger": "interval", "hours": 1, "max_instances": 1, "coalesce": True}
        scheduler.add_job(_may_be_cut_off(self._sweep), **hourly)
        # not at the start: a machine without a battery may have no clock yet
        scheduler.add_job(_may_be_cut_off(self._reminders.bring_back), **hourly)
        scheduler.start()
        receiving = asyncio.create_task(source, name="receiving")
        beating = asyncio.create_task(self._pulse.run(), name="pulse")
        presenting = asyncio.create_task(introducing.introduce(self._bot), name="introducing")
        log.info("running", bot=self._bot.username, webhooks=webhooks)
        try:
            await asyncio.wait({receiving, stopped, beating}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            end = asyncio.get_running_loop().time() + limits.STOP_SECONDS - limits.CLOSE_SECONDS
            # shutting down cuts a look off in the middle
            scheduler.pause()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(end):
                    await self._reminders.rest()
            await asyncio.sleep(0)
            scheduler.shutdown(wait=False)
            for task in (receiving, presenting):
                task.cancel()
            outcome = (await asyncio.gather(receiving, presenting, return_exceptions=True))[0]
            self._turns.rest()
            self._pulse.rest()
            with contextlib.suppress(TimeoutError):
                # what is not done by then, as a call over a slow line, is done at the next start
                async with asyncio.timeout_at(end):
                    await self._application.stop()
            await self._turns.give_up()
            await self._outbox.stop(end - asyncio.get_running_loop().time())
            beating.cancel()
            [pulse_ended] = await asyncio.gather(beating, return_exceptions=True)
        if isinstance(outcome, error.Conflict):
            raise StartError("Another process polls with this token: stop it first, or use webhooks.")
        if isinstance(outcome, error.InvalidToken):
            raise StartError(f"{settings.PREFIX}TELEGRAM_TOKEN was withdrawn: get a new one from @BotFather.")
        for fault in (outcome, pulse_ended):
            if isinstance(fault, Exception):
                raise fault

    async def _sweep(self) -> None:
        """Erase the closed assessments whose time is up."""
        try:
            await retention.sweep(self._storage, self._clock.now())
        except port.StorageError as problem:
            log.error("nothing erased", reason=str(problem))

    async def _polling(self) -> None:
        await intake.Polling(self._bot, self._intake, self._seen).run()

    async def _webhook(self) -> None:
        await webhook.serve(self._bot, self._intake, self._settings)

    def _make_application(self) -> Application:  # type: ignore[type-arg]  # PTB's six parameters say nothing here
        application = (
            ApplicationBuilder()
            .bot(self._bot)
            .updater(None)
            .job_queue(None)
            .concurrent_updates(order.PerPersonProcessor())
            .build()
        )

        async def handle(waiting: order.Waiting, _: ContextTypes.DEFAULT_TYPE) -> None:
            self._intake.heard(waiting.person)
            await self._turns.handle(waiting.person)

        application.add_handler(TypeHandler(order.Waiting, handle))
        return application

    async def _unreachable(self, person: int) -> None:
        """Telegram says 403: keep what follows from that."""
        changes = await unreachable.changes(self._storage, self._library, person, self._clock.now())
        await self._storage.commit(changes)
        self._outbox.accept(outbox.put(changes))


def make_bot(given: settings.Settings, connections: int = SENDING_CONNECTIONS) -> client.Client:
    """python-telegram-bot's bot on our transport, against whatever Bot API server the settings name."""
    base = given.telegram_api_url.rstrip("/")
    return client.Client(
        settings.need_token(given),
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=transport.AiohttpRequest(connections),
        get_updates_request=transport.AiohttpRequest(POLLING_CONNECTIONS),
    )


def _may_be_cut_off(job: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
    """The same job, of which the scheduler logs no fault when a stop that cannot wait ends it in the middle."""

    @functools.wraps(job)
    async def do() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await job()

    return do
