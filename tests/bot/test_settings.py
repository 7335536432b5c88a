"""Settings that cannot be: refused when they are read, in a sentence that names them and what they may be."""

from __future__ import annotations

import pathlib

import pytest

from bot import settings
from storage import sealing
from tests import plain_user


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        pytest.param("CHAT_PACE", "0", "from 0.01 to 1000000", id="never a message"),
        pytest.param("CHAT_PACE", "-1", "from 0.01 to 1000000", id="less than never"),
        pytest.param("CHAT_PACE", "nan", "from 0.01 to 1000000", id="no number"),
        pytest.param("CHAT_PACE", "inf", "from 0.01 to 1000000", id="no end"),
        pytest.param("WEBHOOK_PORT", "70000", "from 1 to 65535", id="beyond the last port"),
        pytest.param("WEBHOOK_PORT", "-4", "from 1 to 65535", id="before the first port"),
        pytest.param("OWNER_IDS", "1,-5", "from 1 to 4503599627370495", id="a group, no person"),
        pytest.param(
            "OWNER_IDS", "9" * 16, "from 1 to 4503599627370495", id="no person has so long a number"
        ),
        pytest.param("OWNER_IDS", "9" * 23, "GROUNDWORK_OWNER_IDS", id="nor so long a one"),
        pytest.param("HEALTH_LISTEN", "9090", "127.0.0.1:9090", id="a port without a host"),
        pytest.param("HEALTH_LISTEN", "localhost:70000", "127.0.0.1:9090", id="a port beyond the last"),
        pytest.param(
            "HEALTH_LISTEN", f"{'h' * 70}:9090", "127.0.0.1:9090", id="longer than a host's name may be"
        ),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(
    name: str, value: str, said: str, tmp_path: pathlib.Path
) -> None:
    with pytest.raises(settings.SettingsError) as refused:
        settings.read({f"GROUNDWORK_{name}": value}, env_file=tmp_path / "none")
    assert f"GROUNDWORK_{name}" in str(refused.value)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("WEBHOOK_SECRET", "hidden;", id="a sign that Telegram does not take"),
        pytest.param("WEBHOOK_SECRET", "hidden\u00ef", id="a letter that it does not take"),
        pytest.param("WEBHOOK_SECRET", "h" * 257, id="longer than it takes"),
        pytest.param("TELEGRAM_API_URL", "http://", id="no host"),
        pytest.param("TELEGRAM_API_URL", "http://a b/", id="a space"),
        pytest.param("TELEGRAM_API_URL", "http://127.0.0.1:99999", id="beyond the last port"),
        pytest.param("TELEGRAM_API_URL", "http://user:12/hidden@host", id="a stroke in the password"),
        pytest.param("TELEGRAM_API_URL", "http://user:hidden[@host", id="a bracket in it"),
    ],
)
def test_what_is_refused_is_not_repeated(name: str, value: str, tmp_path: pathlib.Path) -> None:
    with pytest.raises(settings.SettingsError, match=f"GROUNDWORK_{name}") as refused:
        settings.read({f"GROUNDWORK_{name}": value}, env_file=tmp_path / "none")
    assert "hidden" not in str(refused.value)


@pytest.mark.parametrize("secret", ["a", "aZ09_-", "h" * 256])
def test_a_secret_that_telegram_takes_is_taken(secret: str, tmp_path: pathlib.Path) -> None:
    given = settings.read({"GROUNDWORK_WEBHOOK_SECRET": secret}, env_file=tmp_path / "none")
    assert given.webhook_secret == secret


@pytest.mark.parametrize("value", ["0.01", "1", "1000000"])
def test_a_number_within_its_bounds_is_taken(value: str, tmp_path: pathlib.Path) -> None:
    given = settings.read({"GROUNDWORK_CHAT_PACE": value}, env_file=tmp_path / "none")
    assert given.chat_pace == float(value)


@pytest.mark.parametrize("content", ["rubbish", "nan", "1e300", "\u0663"])
def test_a_clock_file_holds_seconds(content: str, tmp_path: pathlib.Path) -> None:
    (tmp_path / "clock").write_text(content, "utf-8")
    with pytest.raises(settings.SettingsError, match="CLOCK_FILE"):
        settings.read({"GROUNDWORK_CLOCK_FILE": str(tmp_path / "clock")}, env_file=tmp_path / "none")


def test_a_file_of_settings_in_another_encoding_is_told(tmp_path: pathlib.Path) -> None:
    (tmp_path / ".env").write_text("GROUNDWORK_LANGUAGE=fr\n", "utf-16")
    with pytest.raises(settings.SettingsError, match=r"\.env is not in UTF-8"):
        settings.read({}, env_file=tmp_path / ".env")


def test_a_mark_before_the_first_setting_does_not_hide_it(tmp_path: pathlib.Path) -> None:
    (tmp_path / ".env").write_text("GROUNDWORK_LANGUAGE=fr\n", "utf-8-sig")
    assert settings.read({}, env_file=tmp_path / ".env").language == "fr"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        pytest.param(
            ["backup", "{closed}/copy"], "closed/copy cannot be used: Permission denied", id="backup"
        ),
        pytest.param(
            ["restore", "{closed}/copy"], "closed/copy cannot be used: Permission denied", id="restore"
        ),
    ],
)
def test_a_folder_that_may_not_be_entered_is_told(
    command: list[str], said: str, tmp_path: pathlib.Path
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o000)
    sealing.make_key(tmp_path / "groundwork-data.key")
    ended = plain_user.python("bot", *(word.format(closed=closed) for word in command), folder=tmp_path)
    assert ended.returncode == 1
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_file_of_settings_that_may_not_be_read_is_told(tmp_path: pathlib.Path) -> None:
    (tmp_path / ".env").touch(mode=0o000)
    ended = plain_user.python("bot", "backup", "copy", folder=tmp_path)
    assert ended.returncode == 1
    assert ".env cannot be read: Permission denied" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_doctor_goes_on_where_the_data_may_not_be_looked_at(tmp_path: pathlib.Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o000)
    ended = plain_user.python(
        "bot",
        "doctor",
        folder=tmp_path,
        environment={
            "GROUNDWORK_DATA_DIR": "closed/data",
            "GROUNDWORK_TELEGRAM_API_URL": "http://127.0.0.1:1",
        },
    )
    assert ended.returncode == 1
    for about in ("key", "database", "disk"):
        assert f"WRONG {about}: " in ended.stdout
    assert "OK flows: " in ended.stdout
    assert "Errno" not in ended.stdout
    assert "Traceback" not in ended.stderr
