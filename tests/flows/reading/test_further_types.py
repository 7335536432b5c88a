"""Answers of XLSForm's further types, as people type them."""

from __future__ import annotations

import datetime as dt

import pytest

from flows import nouns, reading

TODAY = dt.date(2026, 11, 24)
THREE = tuple(nouns.Option(name, name.title()) for name in ("speed", "price", "trust"))


def read(kind: str, typed: str, **parameters: str) -> reading.Outcome:
    question = nouns.Question(type=kind, name="q", path="q", parameters=parameters)
    return reading.read(question, typed, THREE if "rank" in kind else (), today=TODAY, language="en")


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        pytest.param("time", "14:30", "14:30:00", id="hours and minutes"),
        pytest.param("time", "14.30", "14:30:00", id="a point between"),
        pytest.param("time", "2:30 PM", "14:30:00", id="afternoon"),
        pytest.param("time", "12 a.m.", "00:00:00", id="midnight by its name"),
        pytest.param("time", "14h", "14:00:00", id="hours only"),
        pytest.param("time", "14h05", "14:05:00", id="French"),
        pytest.param("time", "٠٩:١٥", "09:15:00", id="Arabic digits"),
        pytest.param("dateTime", "31 March 2027, 14:30", "2027-03-31T14:30:00", id="day and time"),
        pytest.param("dateTime", "2027-03-31T14:30", "2027-03-31T14:30:00", id="ISO 8601"),
        pytest.param("dateTime", "31.3.2027 2 pm", "2027-03-31T14:00:00", id="short day"),
        pytest.param("range", "4", 4, id="in the range"),
        pytest.param("rank towns", "price, speed, trust", ["price", "speed", "trust"], id="ranked by words"),
        pytest.param("rank towns", "3 1 2", ["trust", "speed", "price"], id="ranked by numbers"),
        pytest.param("acknowledge", "ok", "OK", id="acknowledged"),
        pytest.param("acknowledge", "yes", "OK", id="acknowledged with yes"),
        pytest.param("barcode", "6009701", "6009701", id="a code stays text"),
        pytest.param("geotrace", "3.1, 35.5\n3.2, 35.6", "3.1 35.5 0 0; 3.2 35.6 0 0", id="a way"),
        pytest.param(
            "geotrace", "\n3.1, 35.5;\n\n3.2, 35.6;", "3.1 35.5 0 0; 3.2 35.6 0 0", id="empty lines"
        ),
        pytest.param(
            "geoshape", "1 1; 1 2; 2 2", "1.0 1.0 0 0; 1.0 2.0 0 0; 2.0 2.0 0 0; 1.0 1.0 0 0", id="closed"
        ),
        pytest.param(
            "geoshape",
            "1 1; 1 2; 2 2; 1 1",
            "1.0 1.0 0 0; 1.0 2.0 0 0; 2.0 2.0 0 0; 1.0 1.0 0 0",
            id="closed already",
        ),
    ],
)
def test_reads(kind: str, typed: str, value: nouns.Value) -> None:
    assert read(kind, typed) == reading.Reading(value)


@pytest.mark.parametrize(
    ("kind", "typed", "code", "parameters"),
    [
        pytest.param("time", "half past two", "not_a_time", {}, id="a time in words"),
        pytest.param("time", "25:00", "not_a_time", {}, id="no such hour"),
        pytest.param("time", "14", "not_a_time", {}, id="a bare number"),
        pytest.param("time", "13 pm", "not_a_time", {}, id="no such hour on a short clock"),
        pytest.param("dateTime", "31 March 2027", "not_a_moment", {}, id="no time"),
        pytest.param("dateTime", "31 March 2027, 25:00", "not_a_moment", {}, id="no such hour of a day"),
        pytest.param("dateTime", "31 February 2027 14:30", "no_such_date", {}, id="no such day"),
        pytest.param("range", "11", "not_in_range", {}, id="above the usual range"),
        pytest.param("range", "2.5", "not_whole", {}, id="whole steps"),
        pytest.param(
            "range", "2.5", "not_in_range", {"start": "0", "end": "9", "step": "0.2"}, id="between steps"
        ),
        pytest.param("rank towns", "price, speed", "rank_all", {}, id="one left out"),
        pytest.param("rank towns", "price, price, speed", "rank_all", {}, id="one named twice"),
        pytest.param("acknowledge", "what?", "acknowledge", {}, id="not acknowledged"),
        pytest.param("geotrace", "3.1, 35.5", "too_few_places", {}, id="one place is no way"),
        pytest.param("geoshape", "1 1; 1 2", "too_few_places", {}, id="two places enclose nothing"),
        pytest.param("geotrace", "here; there", "not_a_place", {}, id="no places"),
        pytest.param("video", "it is long", "send_video", {}, id="words for a video"),
    ],
)
def test_refuses(kind: str, typed: str, code: str, parameters: dict[str, str]) -> None:
    refused = read(kind, typed, **parameters)
    assert isinstance(refused, nouns.Problem)
    assert refused.code == code


def test_a_moment_that_could_be_another_is_confirmed() -> None:
    read_as = read("dateTime", "3/4/2027 9:00")
    assert isinstance(read_as, reading.Reading)
    assert not read_as.certain
