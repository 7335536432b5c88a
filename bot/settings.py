"""Settings: every `GROUNDWORK_…` variable with what it means; the reference page is made from here."""

from __future__ import annotations

import os
import pathlib
import re
import urllib.parse
import zoneinfo
from collections.abc import Mapping
from typing import Annotated, get_type_hints

import dotenv
import msgspec

PREFIX = "GROUNDWORK_"
ENV_FILE = pathlib.Path(".env")
TOKEN_SHAPE = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{10,100}")
"""How a Telegram bot token looks: the bot's id, a colon, a secret."""
SECRET_SHAPE = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""What Telegram takes for a webhook's secret: https://core.telegram.org/bots/api#setwebhook."""
TELEGRAM = "api.telegram.org"
"""Telegram's own Bot API; whoever runs a server of their own may let it call more."""


class SettingsError(Exception):
    """A setting is missing or cannot be read; the message names it and says what to do."""


def _describe(text: str) -> msgspec.Meta:
    return msgspec.Meta(description=text)


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the bot must be told before it starts."""

    telegram_token: Annotated[str, _describe("The bot's token, from @BotFather.")] = ""
    telegram_api_url: Annotated[
        str, _describe("Where the Bot API is; another server than Telegram's for tests and the demo.")
    ] = f"https://{TELEGRAM}"
    database_url: Annotated[
        str,
        _describe(
            "Where answers are kept: sqlite:///PATH, or postgresql://USER:PASSWORD@HOST/NAME for several workers."
        ),
    ] = ""
    data_dir: Annotated[pathlib.Path, _describe("Folder for the database and issued plans.")] = pathlib.Path(
        "groundwork-data"
    )
    data_key_file: Annotated[
        pathlib.Path | None,
        _describe(
            "File with the key that answers are encrypted with; keep it on another volume than the data."
        ),
    ] = None
    owner_ids: Annotated[
        tuple[int, ...], _describe("Telegram ids of the people who may create assessments, with commas.")
    ] = ()
    webhook_url: Annotated[str, _describe("Public https address for webhooks; empty for polling.")] = ""
    webhook_secret: Annotated[
        str,
        _describe(
            "Secret that Telegram sends with every webhook call: up to 256 letters A-Z and a-z, digits, _ and -."
        ),
    ] = ""
    webhook_port: Annotated[int, _describe("Port that the webhook listens on, behind your TLS proxy.")] = 8443
    language: Annotated[str, _describe("Language for people whose own the bot does not speak.")] = "en"
    timezone: Annotated[str, _describe("IANA time zone for assessments whose country has several.")] = "UTC"
    chat_pace: Annotated[float, _describe("Messages a second to one chat; Telegram asks for one.")] = 1.0
    health_listen: Annotated[
        str,
        _describe("HOST:PORT where /health and /metrics answer, such as 127.0.0.1:9090; empty for nowhere."),
    ] = ""
    clock_file: Annotated[
        pathlib.Path | None,
        _describe("File with seconds to add to the machine's clock; for demos and tests only."),
    ] = None

    @property
    def database(self) -> str:
        """The database's address: the one given, or a file in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'groundwork.db'}"

    @property
    def telegram_api_place(self) -> str:
        """Scheme, host and port of the Bot API: what of its address may be shown, for before them a password may stand."""
        parts = urllib.parse.urlsplit(self.telegram_api_url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"

    @property
    def key_file(self) -> pathlib.Path:
        """The key's file: the one given, or one beside the data folder."""
        return self.data_key_file or self.data_dir.with_name(self.data_dir.name + ".key")


LAST_PORT = 65_535
"""TCP counts ports in sixteen bits."""

LAST_PERSON = 2**52 - 1
"""Telegram's numbers of people have at most 52 bits."""

SLOWEST_CHAT = 0.01
"""Messages a second to one chat; with fewer nobody would wait for the answer."""

FASTEST_CHAT = 1_000_000
"""The same where only tests are at the other end."""

CLOCK_SECONDS = 3_200_000_000
"""How far a demo may move the clock: a century, at both ends of which there are dates."""

BOUNDS: Mapping[str, tuple[float, float]] = {
    "owner_ids": (1, LAST_PERSON),
    "webhook_port": (1, LAST_PORT),
    "chat_pace": (SLOWEST_CHAT, FASTEST_CHAT),
}
"""The least and the most that a number may be, by its field's name."""

NAMES = frozenset(field.name for field in msgspec.structs.fields(Settings))


def meanings() -> dict[str, str]:
    """What each setting means, by its field's name."""
    hints = get_type_hints(Settings, include_extras=True)
    return {name: hints[name].__metadata__[0].description for name in Settings.__struct_fields__}


def read(environment: Mapping[str, str] | None = None, *, env_file: pathlib.Path = ENV_FILE) -> Settings:
    """Settings from the environment over `.env`; raises SettingsError with one sentence."""
    values: dict[str, object] = {}
    for field, text in _given(environment, env_file).items():
        if field in NAMES and text.strip():
            values[field] = _split(text) if field == "owner_ids" else text.strip()
    try:
        settings = msgspec.convert(values, Settings, strict=False, dec_hook=_decode)
    except msgspec.ValidationError as error:
        raise SettingsError(_explain(error)) from None
    _check(settings)
    return settings


def unknown(environment: Mapping[str, str] | None = None, *, env_file: pathlib.Path = ENV_FILE) -> list[str]:
    """The variables that look like settings and are none, by name: mistyped ones, mostly."""
    return sorted(PREFIX + field.upper() for field in _given(environment, env_file) if field not in NAMES)


def listening(settings: Settings) -> tuple[str, int]:
    """Host and port where the bot tells how it is; raises SettingsError for what is no such address."""
    host, _, port = settings.health_listen.rpartition(":")
    try:
        host.encode("idna")
    except UnicodeError:  # longer than any name may be
        host = ""
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) <= LAST_PORT:
        raise SettingsError(
            f"{PREFIX}HEALTH_LISTEN is '{settings.health_listen}', which is no HOST:PORT; write it as 127.0.0.1:9090."
        )
    return host, int(port)


def address(url: str) -> urllib.parse.SplitResult | None:
    """The parts of a web address; nothing where it has no host, or a port that is none."""
    try:
        parts = urllib.parse.urlsplit(url)
        usable = bool(parts.hostname) and parts.port != 0 and not re.search(r"\s", parts.netloc)
    except ValueError:
        return None
    return parts if usable else None


def need_token(settings: Settings) -> str:
    """The token, or a SettingsError that says where to get one."""
    if not settings.telegram_token:
        raise SettingsError(
            f"{PREFIX}TELEGRAM_TOKEN is not set: make a bot with @BotFather in Telegram and put its token there."
        )
    if not TOKEN_SHAPE.fullmatch(settings.telegram_token):
        raise SettingsError(
            f"{PREFIX}TELEGRAM_TOKEN does not look like a bot token (123456789:letters): copy it from @BotFather again."
        )
    return settings.telegram_token


def _given(environment: Mapping[str, str] | None, env_file: pathlib.Path) -> dict[str, str]:
    # By field; the environment wins over the file.
    try:
        found: dict[str, str | None] = (
            dict(dotenv.dotenv_values(env_file, encoding="utf-8-sig")) if env_file.is_file() else {}
        )
    except OSError as error:
        raise SettingsError(
            f"The file {env_file} cannot be read: {error.strerror}. Give this user the right to read it."
        ) from None
    except UnicodeDecodeError:
        raise SettingsError(f"The file {env_file} is not in UTF-8: save it in that encoding.") from None
    found.update(os.environ if environment is None else environment)
    return {
        name.removeprefix(PREFIX).lower(): text
        for name, text in found.items()
        if name.startswith(PREFIX) and text is not None
    }


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _decode(wanted: type, value: object) -> object:
    if wanted is pathlib.Path:
        return pathlib.Path(str(value)).expanduser()
    raise NotImplementedError(wanted)


def _explain(error: msgspec.ValidationError) -> str:
    what, _, where = str(error).partition(" - at `$.")
    name = re.split(r"[\[`.]", where)[0].upper()
    return f"{PREFIX}{name} cannot be read: {what[0].lower()}{what[1:]}. {meanings()[name.lower()]}"


def _check_bounds(settings: Settings) -> None:
    for name, (least, most) in BOUNDS.items():
        given = getattr(settings, name)
        for number in given if isinstance(given, tuple) else (given,):
            if not least <= number <= most:  # so that nan is refused too
                raise SettingsError(
                    f"{PREFIX}{name.upper()} is {number}; write a number from {least} to {most}."
                )


def _check_clock(path: pathlib.Path) -> None:
    try:
        text = path.read_text("ascii").strip()
        possible = not text or abs(float(text)) <= CLOCK_SECONDS
    except OSError:  # a demo makes it when its clock is moved first
        return
    except ValueError:
        possible = False
    if not possible:
        raise SettingsError(
            f"{PREFIX}CLOCK_FILE names {path}, which holds no number of seconds up to {CLOCK_SECONDS}."
        )


def _check_api(url: str) -> None:
    if not url.startswith(("http://", "https://")):
        raise SettingsError(f"{PREFIX}TELEGRAM_API_URL must start with http:// or https://.")
    parts = address(url)
    if parts is None or "@" in url.partition("://")[2].removeprefix(parts.netloc):
        # not the address itself: what cannot be taken apart may hold a password anywhere
        raise SettingsError(
            f"{PREFIX}TELEGRAM_API_URL is no web address: write it as https://{TELEGRAM}, signs within a password as %2F."
        )


def _check(settings: Settings) -> None:
    _check_bounds(settings)
    if settings.clock_file:
        _check_clock(settings.clock_file)
    try:
        zoneinfo.ZoneInfo(settings.timezone)
    except (KeyError, ValueError, OSError):
        raise SettingsError(
            f"{PREFIX}TIMEZONE is '{settings.timezone}', which is no IANA time zone; write it as Africa/Nairobi."
        ) from None
    if settings.health_listen:
        listening(settings)
    _check_api(settings.telegram_api_url)
    if settings.webhook_secret and not SECRET_SHAPE.fullmatch(settings.webhook_secret):
        raise SettingsError(
            f"{PREFIX}WEBHOOK_SECRET holds what Telegram does not take: write up to 256 letters A-Z and a-z, digits, _ and -."
        )
