"""The doctor against the local Telegram: what is well is called OK, and each fault is named with its remedy."""

from __future__ import annotations

import base64
import datetime as dt
import functools
import pathlib
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable

import pytest

from bot import settings
from bot.commands import doctor
from bot.operations import alerts, health, metrics
from bot.practice import server
from document_templates import build, rendering
from storage import opening, preparing, rotating, sealing
from storage.sqlite import connecting, migrating

TOKEN = "123456789:" + "A" * 35

Environment = dict[str, str]

_built_once = functools.cache(build.template)


@pytest.fixture(autouse=True)
def _quick_template(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "template", _built_once)  # it takes a second


@pytest.fixture
async def telegram() -> AsyncIterator[server.Running]:
    up = await server.serve(0, tokens=[TOKEN])
    yield up
    await up.close()


@pytest.fixture
def environment(
    telegram: server.Running, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> Environment:
    monkeypatch.chdir(tmp_path)  # no .env of this checkout
    return {
        "GROUNDWORK_TELEGRAM_TOKEN": TOKEN,
        "GROUNDWORK_TELEGRAM_API_URL": telegram.url,
        "GROUNDWORK_DATA_DIR": str(tmp_path / "data"),
        "GROUNDWORK_OWNER_IDS": "710000001",
    }


@pytest.fixture
async def used(environment: Environment, tmp_path: pathlib.Path) -> Environment:
    """The settings of a bot that ran before: database and key are there."""
    url, key = f"sqlite:///{tmp_path}/data/groundwork.db", tmp_path / "data.key"
    preparing.prepare(url, key)
    storage = opening.open_storage(url, key)
    await storage.open()
    await storage.close()
    return environment


async def test_all_is_well_before_the_first_start(
    environment: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await doctor.run(environment) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith("OK ") for line in lines), lines
    about = [line.removeprefix("OK ").partition(":")[0] for line in lines]
    assert about == [
        "settings", "token", "Bot API", "clock", "key", "database", "disk", "languages", "flows", "template",
    ]  # fmt: skip
    assert not pathlib.Path(environment["GROUNDWORK_DATA_DIR"]).exists(), "a check makes nothing"


async def test_a_used_database_opens(used: Environment, capsys: pytest.CaptureFixture[str]) -> None:
    assert await doctor.run(used) == 0
    assert f"has all {len(migrating.scripts())} migrations" in capsys.readouterr().out


async def test_a_key_file_with_an_old_key_too_is_well_and_says_how_that_ends(
    used: Environment, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await rotating.rotate(f"sqlite:///{tmp_path}/data/groundwork.db", tmp_path / "data.key")
    assert await doctor.run(used) == 0
    assert "holds 2 keys; groundwork key retire" in capsys.readouterr().out


def _no_owner(given: Environment, _: pathlib.Path) -> None:
    del given["GROUNDWORK_OWNER_IDS"]


def _unreadable(given: Environment, _: pathlib.Path) -> None:
    given["GROUNDWORK_OWNER_IDS"] = "Wanjiru"


def _mistyped(given: Environment, _: pathlib.Path) -> None:
    given["GROUNDWORK_OWNER_ID"] = "710000001"


def _env_open_to_all(_: Environment, folder: pathlib.Path) -> None:
    (folder / ".env").touch(0o644)


def _half_a_webhook(given: Environment, _: pathlib.Path) -> None:
    given["GROUNDWORK_WEBHOOK_URL"] = "https://example.org/bot"


def _secret_that_telegram_refuses(given: Environment, _: pathlib.Path) -> None:
    given["GROUNDWORK_WEBHOOK_URL"] = "https://example.org/bot"
    given["GROUNDWORK_WEBHOOK_SECRET"] = "hidden, with a comma"


def _webhook_without_a_host(given: Environment, _: pathlib.Path) -> None:
    given["GROUNDWORK_WEBHOOK_URL"] = "example.org/bot"
    given["GROUNDWORK_WEBHOOK_SECRET"] = "hidden"


def _password_before_the_host(given: Environment, _: pathlib.Path) -> None:
    given["GROUNDWORK_TELEGRAM_API_URL"] = "http://user:hidden@127.0.0.1:1/hidden"


def _health_where_another_listens(given: Environment, _: pathlib.Path) -> None:
    given["GROUNDWORK_HEALTH_LISTEN"] = given["GROUNDWORK_TELEGRAM_API_URL"].removeprefix("http://")


def _health_elsewhere(given: Environment, _: pathlib.Path) -> None:
    given["GROUNDWORK_HEALTH_LISTEN"] = "192.0.2.1:9090"  # an address that no machine has


def _data_where_the_system_keeps_its_own(given: Environment, _: pathlib.Path) -> None:
    given["GROUNDWORK_DATA_DIR"] = "/proc/groundwork"


def _data_within_a_file(given: Environment, folder: pathlib.Path) -> None:
    given["GROUNDWORK_DATA_DIR"] = str(folder / "data.key" / "data")


def _database_in_a_device(given: Environment, _: pathlib.Path) -> None:
    given["GROUNDWORK_DATABASE_URL"] = "sqlite:////dev/null"


def _database_in_a_folder(given: Environment, folder: pathlib.Path) -> None:
    given["GROUNDWORK_DATABASE_URL"] = f"sqlite:///{folder}"


def _no_token(given: Environment, _: pathlib.Path) -> None:
    del given["GROUNDWORK_TELEGRAM_TOKEN"]


def _strange_token(given: Environment, _: pathlib.Path) -> None:
    given["GROUNDWORK_TELEGRAM_TOKEN"] = "secret"


def _foreign_token(given: Environment, _: pathlib.Path) -> None:
    given["GROUNDWORK_TELEGRAM_TOKEN"] = "987654321:" + "B" * 35


def _no_server(given: Environment, _: pathlib.Path) -> None:
    given["GROUNDWORK_TELEGRAM_API_URL"] = "http://127.0.0.1:1"


def _other_server(given: Environment, _: pathlib.Path) -> None:
    given["GROUNDWORK_TELEGRAM_API_URL"] += "/page/index.html?"


def _key_gone(_: Environment, folder: pathlib.Path) -> None:
    (folder / "data.key").unlink()


def _key_open_to_all(_: Environment, folder: pathlib.Path) -> None:
    (folder / "data.key").chmod(0o644)


def _key_with_the_data(given: Environment, folder: pathlib.Path) -> None:
    (folder / "data.key").rename(folder / "data" / "key")
    given["GROUNDWORK_DATA_KEY_FILE"] = str(folder / "data" / "key")


def _other_key(_: Environment, folder: pathlib.Path) -> None:
    (folder / "data.key").unlink()
    preparing.prepare(f"sqlite:///{folder}/elsewhere/groundwork.db", folder / "data.key")


def _no_key_in_it(_: Environment, folder: pathlib.Path) -> None:
    (folder / "data.key").write_text("1 short")


def _not_a_database(_: Environment, folder: pathlib.Path) -> None:
    (folder / "data" / "groundwork.db").write_bytes(b"a letter to the editor" * 100)


def _from_the_future(_: Environment, folder: pathlib.Path) -> None:
    with sqlite3.connect(folder / "data" / "groundwork.db") as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()


def _unsupported_database(given: Environment, _: pathlib.Path) -> None:
    given["GROUNDWORK_DATABASE_URL"] = "mysql://root:hidden@localhost/x"


def _silent_language(given: Environment, _: pathlib.Path) -> None:
    given["GROUNDWORK_LANGUAGE"] = "tlh"


@pytest.mark.parametrize(
    ("harm", "about", "remedy"),
    [
        pytest.param(_no_owner, "settings", "GROUNDWORK_OWNER_IDS", id="nobody may create"),
        pytest.param(_unreadable, "settings", "GROUNDWORK_OWNER_IDS", id="a setting of the wrong kind"),
        pytest.param(_mistyped, "settings", "docs/reference/settings.md", id="a name that is no setting"),
        pytest.param(_env_open_to_all, "settings", "chmod 600 .env", id="a .env that everybody may read"),
        pytest.param(_half_a_webhook, "settings", "GROUNDWORK_WEBHOOK_SECRET", id="webhook without secret"),
        pytest.param(
            _secret_that_telegram_refuses, "settings", "digits, _ and -", id="a secret with a comma"
        ),
        pytest.param(_webhook_without_a_host, "settings", "https://bot.example.org", id="a webhook nowhere"),
        pytest.param(
            _password_before_the_host, "Bot API", "http://127.0.0.1:1 cannot", id="an address with a password"
        ),
        pytest.param(
            _health_where_another_listens, "health", "GROUNDWORK_HEALTH_LISTEN", id="a port that is taken"
        ),
        pytest.param(_health_elsewhere, "health", "GROUNDWORK_HEALTH_LISTEN", id="another machine's address"),
        pytest.param(
            _data_where_the_system_keeps_its_own, "disk", "cannot be made", id="data among the system's own"
        ),
        pytest.param(_data_within_a_file, "disk", "cannot be made", id="data within a file"),
        pytest.param(_database_in_a_device, "database", "is no file", id="a database in a device"),
        pytest.param(_database_in_a_folder, "database", "is no file", id="a database in a folder"),
        pytest.param(_no_token, "token", "@BotFather", id="no token"),
        pytest.param(_strange_token, "token", "@BotFather", id="not the shape of a token"),
        pytest.param(_foreign_token, "token", "@BotFather", id="a token that nobody gave out"),
        pytest.param(_no_server, "Bot API", "GROUNDWORK_TELEGRAM_API_URL", id="nothing listens"),
        pytest.param(_other_server, "token", "GROUNDWORK_TELEGRAM_API_URL", id="a server, but no Bot API"),
        pytest.param(_key_gone, "key", "put it back", id="data without its key"),
        pytest.param(_key_open_to_all, "key", "chmod 600", id="a key that everybody may read"),
        pytest.param(_key_with_the_data, "key", "move it elsewhere", id="the key beside what it opens"),
        pytest.param(_no_key_in_it, "key", "Put the right file", id="a key file without a key"),
        pytest.param(_other_key, "database", "the right key", id="another database's key"),
        pytest.param(_not_a_database, "database", "restore a backup", id="a file of something else"),
        pytest.param(_from_the_future, "database", "newer version", id="a newer Groundwork's database"),
        pytest.param(
            _unsupported_database, "database", "sqlite:///PATH", id="a database that is not supported"
        ),
        pytest.param(_silent_language, "languages", "GROUNDWORK_LANGUAGE", id="a language nobody wrote"),
    ],
)
async def test_a_fault_is_named_with_its_remedy(
    used: Environment,
    tmp_path: pathlib.Path,
    capsys: pytest.CaptureFixture[str],
    harm: Callable[[Environment, pathlib.Path], None],
    about: str,
    remedy: str,
) -> None:
    harm(used, tmp_path)
    assert await doctor.run(used) == 1
    output = capsys.readouterr().out
    [wrong] = [line for line in output.splitlines() if line.startswith(f"WRONG {about}: ")]
    assert remedy in wrong
    assert TOKEN not in output
    assert "hidden" not in output


async def test_a_port_that_a_running_bot_has_is_no_fault(used: Environment) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        used["GROUNDWORK_HEALTH_LISTEN"] = "127.0.0.1:{1}".format(*free.getsockname())
    assert await doctor.run(used) == 0
    async with health.served(metrics.Metrics(), settings.read(used)):
        assert await doctor.run(used) == 0


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        pytest.param("http://bot.example/x", 1, id="without TLS"),
        pytest.param("https://bot.example:1234/x", 1, id="a port that Telegram does not call"),
        pytest.param("https://bot.example:88/x", 0, id="a port that it calls"),
        pytest.param("https://bot.example/x", 0, id="the usual port"),
    ],
)
async def test_a_webhook_that_telegram_does_not_call(
    used: Environment,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    wrong: int,
) -> None:
    used |= {"GROUNDWORK_WEBHOOK_URL": url, "GROUNDWORK_WEBHOOK_SECRET": "hidden"}
    assert await doctor.run(used) == 0, "a Bot API server of one's own calls any"
    monkeypatch.setattr(settings, "TELEGRAM", "127.0.0.1")
    capsys.readouterr()
    assert await doctor.run(used) == wrong
    assert ("the ports 443, 80, 88, 8443" in capsys.readouterr().out) == wrong


async def test_a_postgresql_database_is_looked_at(
    environment: Environment, tmp_path: pathlib.Path, postgresql: str, capsys: pytest.CaptureFixture[str]
) -> None:
    environment["GROUNDWORK_DATABASE_URL"] = postgresql
    assert await doctor.run(environment) == 1
    assert "WRONG key: " in (said := capsys.readouterr().out)
    assert "All workers on a PostgreSQL database share one key" in said
    assert "the next start runs the migrations from 0" in said
    key = sealing.make_key(tmp_path / "data.key")
    storage = opening.open_storage(postgresql, tmp_path / "data.key")
    await storage.open()
    await storage.enlist(alone=False)
    assert await doctor.run(environment) == 0
    assert f"has all {len(migrating.scripts())} migrations; workers that live: 1" in capsys.readouterr().out
    await storage.close()
    (tmp_path / "data.key").write_text(f"{key.number} {base64.b64encode(bytes(32)).decode()}\n")
    assert await doctor.run(environment) == 1
    assert "WRONG database: The key does not open" in capsys.readouterr().out
    environment["GROUNDWORK_DATABASE_URL"] = "postgresql://u:hidden@127.0.0.1:1/groundwork"
    assert await doctor.run(environment) == 1
    said = capsys.readouterr().out
    assert "WRONG database: The database groundwork at 127.0.0.1:1 cannot be reached" in said
    assert "hidden" not in said


async def test_a_clock_that_is_off(used: Environment, capsys: pytest.CaptureFixture[str]) -> None:
    late = dt.datetime.now(dt.UTC) + dt.timedelta(hours=3)
    assert await doctor.run(used, now=late) == 1
    assert "WRONG clock: 10,8" in capsys.readouterr().out


async def test_an_older_schema_waits_for_the_start(
    environment: Environment, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    preparing.prepare(f"sqlite:///{tmp_path}/data/groundwork.db", tmp_path / "data.key")
    database = tmp_path / "data" / "groundwork.db"
    connecting.create(database)
    new = database.read_bytes()
    assert await doctor.run(environment) == 0
    assert "the next start runs the migrations from 0" in capsys.readouterr().out
    assert database.read_bytes() == new, "a check migrates nothing"


async def test_an_emptied_database_is_not_taken_for_a_new_one(
    used: Environment, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data" / "groundwork.db").write_bytes(b"")
    assert await doctor.run(used) == 1
    assert "WRONG database: The database" in (said := capsys.readouterr().out)
    assert "is empty, and no first start leaves one like that. Restore a backup" in said


async def test_a_template_of_another_build(
    used: Environment,
    tmp_path: pathlib.Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = tmp_path / "plan.docx"
    monkeypatch.setattr(rendering, "STANDARD_TEMPLATE", other)
    assert await doctor.run(used) == 1
    other.write_bytes(b"something else")
    assert await doctor.run(used) == 1
    missing, differs = [
        line for line in capsys.readouterr().out.splitlines() if line.startswith("WRONG template")
    ]
    assert "missing" in missing
    assert "groundwork template build" in differs


async def test_a_full_disk(
    used: Environment, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alerts, "FREE_BYTES", 10**18)
    assert await doctor.run(used) == 1
    assert "WRONG disk" in capsys.readouterr().out
