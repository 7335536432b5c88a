"""`groundwork doctor`: one line a check, each saying OK, or WRONG with what to do. It changes nothing."""

from __future__ import annotations

import asyncio
import datetime as dt
import email.utils
import stat
from collections.abc import Mapping

import aiohttp
import msgspec
import typer

from bot import settings
from bot.operations import alerts, health
from bot.receiving import webhook
from document_templates import build, rendering
from flows import errors as flow_errors
from flows import shipped
from flows import words as wording
from storage import files, looking, port, preparing, sealing

REACH_SECONDS = 20.0
"""How long the Bot API may take to answer, over the slowest line on which a bot is still of use."""

CLOCK_SECONDS = 60.0
"""How far the machine's clock may be from the Bot API's; reminders are due by the minute."""


class Finding(msgspec.Struct, frozen=True):
    """What one check found."""

    about: str
    found: str
    remedy: str = ""
    """What to do; empty where all is well, and where `found` is an error's sentence, which says it already."""
    wrong: bool = False

    def __str__(self) -> str:
        line = f"{'WRONG' if self.wrong else 'OK'} {self.about}: {self.found}"
        return f"{line} — {self.remedy}" if self.remedy else line


def _wrong(about: str, found: object, remedy: str = "") -> Finding:
    return Finding(about, str(found), remedy, wrong=True)


async def run(environment: Mapping[str, str] | None = None, *, now: dt.datetime | None = None) -> int:
    """Check everything and print a line each; 1 where anything is wrong, else 0."""
    try:
        given = settings.read(environment)
    except settings.SettingsError as problem:
        findings = [_wrong("settings", problem)]
    else:
        findings = [
            _settings(given, environment),
            *await _telegram(given, now),
            _key(given),
            await _database(given),
            _disk(given),
            *await _health(given),
            _languages(given),
        ]
    findings += [_flows(), await asyncio.to_thread(_template)]
    for finding in findings:
        typer.echo(str(finding))
    return int(any(finding.wrong for finding in findings))


def _settings(given: settings.Settings, environment: Mapping[str, str] | None) -> Finding:
    if not given.owner_ids:
        return _wrong(
            "settings",
            "nobody may create assessments",
            f"set {settings.PREFIX}OWNER_IDS to the Telegram ids of those who may",
        )
    if given.webhook_url or given.webhook_secret:
        try:
            webhook.check(given)
        except settings.SettingsError as problem:
            return _wrong("settings", problem)
    mistyped = settings.unknown(environment)
    if mistyped:
        return _wrong(
            "settings",
            f"{mistyped[0]} is no setting",
            "see docs/reference/settings.md for how they are written",
        )
    if settings.ENV_FILE.is_file() and settings.ENV_FILE.stat().st_mode & stat.S_IRWXO:
        return _wrong(
            "settings", "everybody on this machine may read .env, which holds the token", "chmod 600 .env"
        )
    return Finding("settings", f"read; people who may create assessments: {len(given.owner_ids)}")


# --- Telegram --------------------------------------------------------------------------------------


class Reply(msgspec.Struct, frozen=True):
    """What the Bot API answered, and the moment it says it did."""

    status: int
    date: str
    body: bytes


class Bot(msgspec.Struct, frozen=True):
    """The part of getMe's result that is of use here."""

    username: str


class Me(msgspec.Struct, frozen=True):
    """getMe's answer: https://core.telegram.org/bots/api#getme."""

    result: Bot


async def _telegram(given: settings.Settings, now: dt.datetime | None) -> list[Finding]:
    """Token, Bot API and clock, from one call: an answer without a token still tells that a server is there."""
    base = given.telegram_api_url.rstrip("/")
    try:
        token = settings.need_token(given)
        problem = ""
    except settings.SettingsError as lacking:
        token, problem = "", str(lacking)
    reply = await _ask(f"{base}/bot{token}/getMe" if token else base)
    findings = [_wrong("token", problem)] if problem else []
    if isinstance(reply, str):
        remedy = f"check the network and {settings.PREFIX}TELEGRAM_API_URL"
        return [
            *findings,
            _wrong("Bot API", f"{given.telegram_api_place} cannot be reached ({reply})", remedy),
        ]
    reached = Finding("Bot API", f"{given.telegram_api_place} answers")
    if token:
        findings.append(_token(reply))
    return [*findings, reached, _clock(reply, now or dt.datetime.now(dt.UTC))]


async def _ask(url: str) -> Reply | str:
    """The answer, or why there is none; never with the address in it, which holds the token."""
    timeout = aiohttp.ClientTimeout(total=REACH_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(url, allow_redirects=False) as response,
        ):
            return Reply(response.status, response.headers.get("Date", ""), await response.read())
    except (aiohttp.ClientError, OSError, ValueError) as problem:
        return type(problem).__name__


def _token(reply: Reply) -> Finding:
    if reply.status in (401, 404):  # Telegram's words for a token that is wrong, or that it never gave out
        return _wrong("token", "the Bot API refuses it", "copy it from @BotFather again")
    try:
        found = msgspec.json.decode(reply.body, type=Me)
    except msgspec.DecodeError:
        return _wrong(
            "token",
            f"getMe was answered with status {reply.status} and no bot",
            f"check that {settings.PREFIX}TELEGRAM_API_URL is a Bot API server, and try again in a minute",
        )
    return Finding("token", f"belongs to @{found.result.username}")


def _clock(reply: Reply, now: dt.datetime) -> Finding:
    try:
        theirs = email.utils.parsedate_to_datetime(reply.date)
    except ValueError:
        return Finding("clock", "not compared: the Bot API tells no time")
    apart = abs((now - theirs).total_seconds())
    if apart > CLOCK_SECONDS:
        found = f"{apart:,.0f} seconds away from the Bot API's"
        return _wrong("clock", found, "set the machine's clock, and let it follow a time server (NTP)")
    return Finding("clock", "agrees with the Bot API's")


# --- what is kept ----------------------------------------------------------------------------------


def _key(given: settings.Settings) -> Finding:
    path = given.key_file
    try:
        if not files.exists(path):
            return _no_key(given)
        keys = sealing.load_keys(path)
        with files.told(path):
            readable_by_others = path.stat().st_mode & stat.S_IRWXO
    except port.StorageError as problem:
        return _wrong("key", problem)
    if readable_by_others:
        return _wrong("key", f"everybody on this machine may read {path}", f"chmod 600 {path}")
    if path.resolve().is_relative_to(given.data_dir.resolve()):
        return _wrong(
            "key",
            f"{path} lies in the data folder, so that who copies the folder can read the answers",
            f"move it elsewhere and set {settings.PREFIX}DATA_KEY_FILE",
        )
    if len(keys) > 1:
        return Finding(
            "key", f"{path} holds {len(keys)} keys; groundwork key retire takes out what is not needed"
        )
    return Finding("key", f"{path} holds a key")


def _no_key(given: settings.Settings) -> Finding:
    try:
        new = preparing.is_new(given.database)
    except port.StorageError:
        new = True  # the database's own line says what is wrong with it
    if new:
        return Finding("key", f"{given.key_file} {looking.FIRST_START}")
    return _wrong("key", preparing.key_is_missing(given.database, given.key_file))


async def _database(given: settings.Settings) -> Finding:
    try:
        return Finding("database", await looking.look(given.database, given.key_file))
    except port.StorageError as problem:
        return _wrong("database", problem)


async def _health(given: settings.Settings) -> list[Finding]:
    """What is wrong with the address where the bot tells how it is; a bot that runs may well listen there."""
    if not given.health_listen:
        return []
    try:
        listening = await asyncio.get_running_loop().create_server(
            asyncio.Protocol, *settings.listening(given)
        )
    except OSError as problem:
        if isinstance(await health.hear(given), health.Heard):
            return []
        found = f"nothing can listen at {given.health_listen} ({problem.strerror})"
        return [_wrong("health", found, f"set {settings.PREFIX}HEALTH_LISTEN to a free port")]
    listening.close()
    await listening.wait_closed()
    return []


def _disk(given: settings.Settings) -> Finding:
    try:
        if not given.database_url and not files.exists(given.data_dir):
            files.check_makeable(given.data_dir / "groundwork.db")
        free = alerts.disk_free(given.data_dir)
    except port.StorageError as problem:
        return _wrong("disk", problem)
    except OSError as problem:
        return _wrong(
            "disk",
            f"{given.data_dir} may not be looked at ({problem.strerror})",
            "give this user the right to write its data folder",
        )
    found = f"{free // 1_000_000:,} MB free for {given.data_dir}"
    if free < alerts.FREE_BYTES:
        return _wrong("disk", found, f"free some space: {alerts.FREE_BYTES // 1_000_000} MB are wanted")
    return Finding("disk", found)


# --- what comes with Groundwork --------------------------------------------------------------------


def _languages(given: settings.Settings) -> Finding:
    spoken = wording.languages("bot")
    found = ", ".join(spoken)
    if given.language not in spoken:
        return _wrong(
            "languages",
            f"the bot does not speak '{given.language}'",
            f"set {settings.PREFIX}LANGUAGE to one of: {found}",
        )
    return Finding("languages", found)


def _flows() -> Finding:
    try:
        flows = shipped.assessment()
    except flow_errors.FlowErrors as problem:
        return _wrong("flows", problem)
    return Finding("flows", f"{len(flows)} sections load")


def _template() -> Finding:
    path = rendering.STANDARD_TEMPLATE
    remedy = "run: groundwork template build"
    if not path.is_file():
        return _wrong("template", f"{path} is missing", remedy)
    if path.read_bytes() != build.template():
        return _wrong("template", f"{path} is not what its script builds", remedy)
    return Finding("template", f"{path.name} is what its script builds")
