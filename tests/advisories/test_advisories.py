"""Pinned packages beside a copy of the advisories: which versions have a hole, and what is said of it."""

from __future__ import annotations

import datetime as dt
import json
import os
import pathlib
import subprocess
import sys
import zipfile
from typing import Any

import pytest
import yaml

from tests.advisories import judging, osv

JSON = dict[str, Any]

HERE = pathlib.Path(__file__).parents[2]


def advisory(
    *ranges: list[JSON], versions: tuple[str, ...] = (), name: str = "leaky", **more: object
) -> JSON:
    """What is known of one package, as the format has it."""
    package = {"package": {"ecosystem": "PyPI", "name": name}, "versions": list(versions)}
    affected = [{**package, "ranges": [{"type": "ECOSYSTEM", "events": events} for events in ranges]}]
    return {"id": "TEST-1", "modified": WRITTEN, "affected": affected, **more}


def kept(folder: pathlib.Path, *advisories: JSON) -> pathlib.Path:
    for number, each in enumerate(advisories):
        (folder / f"{number}.json").write_text(json.dumps(each))
    return folder


WRITTEN = "2026-02-03T04:05:06Z"


def lock(folder: pathlib.Path, *lines: str) -> pathlib.Path:
    path = folder / "some.lock"
    path.write_text("".join(f"{line} \\\n    --hash=sha256:00\n    # via other==1\n" for line in lines))
    return path


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.advisories", *map(str, arguments)]
    return subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)


BEFORE_2 = [{"introduced": "0"}, {"fixed": "2.0"}]
TWO_LINES = [{"introduced": "1.0"}, {"fixed": "1.5"}, {"introduced": "2.0"}, {"fixed": "2.1"}]


@pytest.mark.parametrize(
    ("version", "known", "has"),
    [
        pytest.param("0.0rc1", advisory([{"introduced": "0"}]), True, id="0 is before every version"),
        pytest.param("1.0+cpu", advisory(versions=("1.0",)), True, id="a build of our own of a version that has it"),
        pytest.param("1.0+cpu", advisory([{"introduced": "0"}, {"last_affected": "1.0"}]), True, id="a build of the last"),
        pytest.param("1.9", advisory(BEFORE_2), True, id="before it was mended"),
        pytest.param("2.0", advisory(BEFORE_2), False, id="the version that mends it"),
        pytest.param("1.10", advisory([{"introduced": "1.9"}]), True, id="numbers count, not letters; never mended"),
        pytest.param("2.0rc1", advisory(BEFORE_2), True, id="before a version come its candidates"),
        pytest.param("0.9", advisory(TWO_LINES), False, id="before it came in"),
        pytest.param("1.4", advisory(TWO_LINES), True, id="in the first line of versions"),
        pytest.param("1.6", advisory(TWO_LINES), False, id="mended there"),
        pytest.param("2.0", advisory(TWO_LINES), True, id="in again with the second"),
        pytest.param("2.0", advisory(TWO_LINES[2:], TWO_LINES[:2]), True, id="as two ranges"),
        pytest.param("2.0", advisory(list(reversed(TWO_LINES))), True, id="in any order"),
        pytest.param("3.0", advisory([{"introduced": "0"}, {"last_affected": "3.0"}]), True, id="the last that has it"),
        pytest.param("3.1", advisory([{"introduced": "0"}, {"last_affected": "3.0"}]), False, id="after the last"),
        pytest.param("1.2", advisory(versions=("1.1", "1.2.0")), True, id="named, with another nought"),
        pytest.param("1.3", advisory(versions=("1.1", "1.2")), False, id="not named"),
        pytest.param("1.2", advisory(versions=("1.2-odd-name", "1.2")), True, id="beside a name that is no version"),
        pytest.param("1.9", advisory(BEFORE_2, name="Leaky"), True, id="names without capitals"),
        pytest.param("1.9", advisory(BEFORE_2, name="other"), False, id="another package"),
        pytest.param("1.9", advisory(BEFORE_2, withdrawn="2026-02-04T00:00:00Z"), False, id="withdrawn"),
    ],
)  # fmt: skip
def test_a_version_has_a_hole_as_the_format_says(
    version: str, known: JSON, has: bool, tmp_path: pathlib.Path
) -> None:
    others = advisory(name="unrelated", id="TEST-2")
    folder = kept(tmp_path, known, others)
    found = judging.judge(judging.pins([lock(tmp_path, f"leaky=={version}")]), osv.read(folder))
    assert [hole.advisory.id for hole in found.holes] == (["TEST-1"] if has else [])


def test_other_ecosystems_and_commits_are_not_looked_at(tmp_path: pathlib.Path) -> None:
    npm = {"package": {"ecosystem": "npm", "name": "leaky"}, "versions": ["1.0"]}
    commits = {**advisory()["affected"][0], "ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}
    folder = kept(tmp_path, advisory() | {"affected": [npm, commits]})
    pinned = judging.pins([lock(tmp_path, "leaky==1.0")])
    assert judging.judge(pinned, osv.read(folder)).holes == ()


def test_a_copy_is_a_folder_of_yaml_or_json_or_a_zip_file(tmp_path: pathlib.Path) -> None:
    known = advisory(BEFORE_2)
    folder = tmp_path / "vulns" / "leaky"
    folder.mkdir(parents=True)
    (folder / "TEST-1.yaml").write_text(yaml.safe_dump(known))
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("TEST-1.json", json.dumps(known))
    assert list(osv.read(tmp_path / "vulns")) == list(osv.read(tmp_path / "all.zip"))


def test_the_command_names_each_hole_and_what_mends_it(tmp_path: pathlib.Path) -> None:
    folder = kept(
        tmp_path, advisory(BEFORE_2, aliases=["CVE-2026-1"]), advisory([{"introduced": "0"}], id="TEST-3")
    )
    told = run(folder, lock(tmp_path, "leaky==1.9 ; python_version < '3.12'", "sound==1"))
    assert told.returncode == 1
    assert told.stdout.splitlines()[:3] == [
        "leaky 1.9: TEST-1 (CVE-2026-1), mended in 2.0",
        "leaky 1.9: TEST-3, no version that mends it is published",
        "2 pinned packages beside 2 advisories, the newest of 2026-02-03: 2 of them name one.",
    ]


def test_the_command_is_content_where_no_hole_is_known(tmp_path: pathlib.Path) -> None:
    told = run(kept(tmp_path, advisory(BEFORE_2)), lock(tmp_path, "leaky==2.0"))
    assert told.returncode == 0
    assert "none is known to have a hole" in told.stdout


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(None, "holds no advisory", id="an empty folder is not good news"),
        pytest.param('{"affected": 1}', "0.json is no advisory", id="another file"),
        pytest.param("{", "0.json is no advisory", id="half a file"),
        pytest.param("[" * 100_000, "0.json is no advisory", id="lists in lists"),
    ],
)
def test_a_copy_that_cannot_be_read_is_told_and_is_no_good_news(
    content: str | None, says: str, tmp_path: pathlib.Path
) -> None:
    if content is not None:
        (tmp_path / "0.json").write_text(content)
    told = run(tmp_path)
    assert told.returncode == 2
    assert says in told.stderr
    assert "Traceback" not in told.stderr


def test_a_zip_file_that_is_damaged_is_told(tmp_path: pathlib.Path) -> None:
    whole = tmp_path / "all.zip"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("TEST-1.json", json.dumps(advisory(BEFORE_2)))
    data = bytearray(whole.read_bytes())
    data[45:75] = b"\xff" * 30
    whole.write_bytes(data)
    told = run(whole)
    assert told.returncode == 2
    assert "neither a folder nor a whole zip file" in told.stderr


@pytest.mark.parametrize(
    "line", ["leaky>=1.0", "leaky==1.*", "leaky", "leaky @ https://example.org/leaky.whl", "-r other.txt"]
)
def test_a_lock_that_fixes_no_version_is_no_good_news(line: str, tmp_path: pathlib.Path) -> None:
    told = run(kept(tmp_path, advisory(BEFORE_2)), lock(tmp_path, "sound==1", line))
    assert told.returncode == 2
    assert f"“{line}” fixes no version" in told.stderr


@pytest.mark.parametrize("content", ["", "# nothing\n", None])
def test_a_lock_of_nothing_is_told(content: str | None, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "some.lock"
    if content is not None:
        path.write_text(content)
    told = run(kept(tmp_path, advisory(BEFORE_2)), path)
    assert told.returncode == 2
    assert "name a lock file" in told.stderr


def test_an_old_copy_is_told(tmp_path: pathlib.Path) -> None:
    today = dt.datetime.now(dt.UTC)
    sound = lock(tmp_path, "sound==1")
    old = run(
        kept(tmp_path, advisory(BEFORE_2, modified=f"{today - dt.timedelta(days=40):%Y-%m-%dT%H:%M:%SZ}")),
        sound,
    )
    new = run(kept(tmp_path, advisory(BEFORE_2, modified=f"{today:%Y-%m-%dT%H:%M:%SZ}")), sound)
    assert (old.returncode, new.returncode) == (0, 0)
    assert "The copy is 40 days old" in old.stdout
    assert "old" not in new.stdout


def test_what_other_advisories_have_is_passed_over(tmp_path: pathlib.Path) -> None:
    """Both stand in the format as optional; and versions without quotes, in YAML, are no numbers."""
    folder = tmp_path / ".cache" / "vulns"
    folder.mkdir(parents=True)
    (folder / "A.yaml").write_text("id: A\nmodified: 2026-01-01T00:00:00Z\naffected:\n- ranges: []\n")
    (folder / "B.yaml").write_text("id: B\nmodified: 2026-01-01T00:00:00Z\n")
    (folder / "C.yaml").write_text(
        "id: C\nmodified: 2026-01-01T00:00:00Z\naffected:\n"
        "- package: {ecosystem: PyPI, name: leaky}\n  versions: [1.10]\n"
    )
    (folder / ".git").mkdir()
    (folder / ".git" / "D.yaml").write_text("[")
    found = judging.judge(judging.pins([lock(tmp_path, "leaky==1.10")]), osv.read(folder))
    assert [hole.advisory.id for hole in found.holes] == ["C"]


def test_every_package_of_the_lock_files_is_looked_at() -> None:
    written = {line.split("==")[0] for path in judging.LOCKS for line in path.read_text().splitlines() if "==" in line[:60] and line[0].isalnum()}  # fmt: skip
    assert {pin.name for pin in judging.pins(judging.LOCKS)} == written
    assert {"aiohttp", "python-telegram-bot", "lxml"} <= written


def test_no_pinned_package_is_known_to_have_a_hole() -> None:
    copy = os.environ.get("GROUNDWORK_ADVISORIES")
    if not copy:
        pytest.skip(
            "GROUNDWORK_ADVISORIES names no copy of the advisories: CONTRIBUTING.md says where they are"
        )
    found = judging.judge(judging.pins(judging.LOCKS), osv.read(pathlib.Path(copy)))
    assert [hole.told() for hole in found.holes] == []
