"""The calendar file keeps RFC 5545: judged by rules told here, not by the library that wrote it."""

from __future__ import annotations

import datetime as dt
import re

import msgspec
import pytest

from flows import book as books_of_flows
from planning import nouns
from planning.exports import phone_calendar
from tests.planning.test_plan import SAMPLE, made

LINE = re.compile(r"([A-Z][A-Z0-9-]*)((?:;[A-Z-]+=[^;:,\"]+)*):(.*)")
"""3.1: a name, parameters, a value."""
TEXT = re.compile(r"(?:[^\\;,\x00-\x1f]|\\[\\;,nN])*")
"""3.3.11: commas, semicolons and backslashes stand behind a backslash, a new line is written out."""
ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY")
"""3.6.1: at most once in an event; the first three must be there, as ours must."""
LONGEST_LINE = 75
"""3.1: octets of a line, the break aside."""
HARD = "Wàngu; “kwanza”, na \\ 🌍\x0b\nmstari wa pili " * 12


@pytest.fixture(scope="module")
def content() -> bytes:
    found = made(books_of_flows.decode(SAMPLE.read_bytes()), prove=False).schedule
    assert found is not None
    first = msgspec.structs.replace(found.tasks[0], name=HARD, who=(HARD,))
    hard: nouns.Schedule = msgspec.structs.replace(found, tasks=(first, *found.tasks[1:]))
    return phone_calendar.write(hard, name=HARD, identity="upya", made_on=dt.date(2027, 1, 4))


def properties(content: bytes) -> list[tuple[str, str, str]]:
    """Name, parameters and value of every line, with folded ones put together again."""
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    assert lines.pop() == "", "the last line is ended too"
    found = [LINE.fullmatch(line) for line in lines]
    assert all(found), [line for line, one in zip(lines, found, strict=True) if one is None]
    return [(one[1], one[2], one[3]) for one in found if one is not None]


def test_lines_are_short_and_end_as_they_must(content: bytes) -> None:
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= LONGEST_LINE
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    # a fold within a letter would be two broken ones
    assert all(line.decode() is not None for line in lines)


def test_the_calendar_says_whose_it_is(content: bytes) -> None:
    found = properties(content)
    assert found[0] == ("BEGIN", "", "VCALENDAR")
    assert found[-1] == ("END", "", "VCALENDAR")
    head = [name for name, _, _ in found[: found.index(("BEGIN", "", "VEVENT"))]]
    assert head.count("VERSION") == head.count("PRODID") == 1


def test_every_event_has_what_it_needs_once(content: bytes) -> None:
    events: list[list[tuple[str, str, str]]] = []
    for one in properties(content)[1:-1]:
        if one == ("BEGIN", "", "VEVENT"):
            events.append([])
        elif events:
            events[-1].append(one)
    for event in events:
        names = [name for name, _, _ in event]
        assert all(names.count(name) == 1 for name in ONCE), names
        held = {name: (more, value) for name, more, value in event}
        assert re.fullmatch(r"\d{8}T\d{6}Z", held["DTSTAMP"][1])
        for name in ("DTSTART", "DTEND"):
            assert held[name][0] == ";VALUE=DATE"
            assert re.fullmatch(r"\d{8}", held[name][1])
        assert held["DTSTART"][1] < held["DTEND"][1], "the end is the day behind the last"
    uids = [value for event in events for name, _, value in event if name == "UID"]
    assert len(set(uids)) == len(uids) == len(events)


def test_what_people_wrote_is_escaped(content: bytes) -> None:
    said = [
        value for name, _, value in properties(content) if name in {"SUMMARY", "DESCRIPTION", "X-WR-CALNAME"}
    ]
    assert any("kwanza" in value for value in said)
    assert [value for value in said if TEXT.fullmatch(value) is None] == []
