"""Bad input of every kind at every type of question: one kind, specific sentence; nothing lost, nothing half stored."""

from __future__ import annotations

import pytest

from bot.asking import drawing
from flows import nouns, words
from tests.flows import playing
from tests.flows.test_answering import FILE, FORM, PHOTO, POINT, VOICE

CATALOGUE = words.catalogue("bot", "en")

LONG = "x" * 5000
DIGITS = "9" * 5000
FAMILY = "👩‍👩‍👧‍👦🏳️‍🌈"
HELLO = "مرحبا"
CONTROLS = "\x00\x01\x07\u202e\u200b"
NO_FIX = nouns.Located(nouns.Point(0.0, 0.0))
NOWHERE = nouns.Located(nouns.Point(float("nan"), 200.0))
STICKER = nouns.Attached(nouns.Attachment("sticker", "f9"))

NUMBERS = ("integer", "decimal")
CHOICES = ("select_one yes_no", "select_multiple days")
SENT = ("image", "file", "audio")
TYPED = ("text", *NUMBERS, "date", *CHOICES, "geopoint")
ALL = (*TYPED, *SENT)


def asked(kind: str) -> playing.Player:
    """Somebody who gave a first answer and now stands before a question of this kind."""
    text = FORM.replace('unit: "UNIT", constraint: "CONSTRAINT", constraint_message: Too many.', "unit: UNIT")
    text = text.replace("TYPE", kind).replace("UNIT", "hours" if kind in NUMBERS else '""')
    player = playing.begun(text.replace("survey:\n", "survey:\n  - {type: text, name: first, label: Who?}\n"))
    player.do("Amina")
    return player


CASES = [
    # what, at which types, what comes of it, and words that the answer must have
    ("nothing", ALL, "", "empty", "nothing to read"),
    ("spaces only", ALL, " \n\t ", "empty", "nothing to read"),
    ("control characters only", ALL, CONTROLS, "empty", "nothing to read"),
    ("5,000 characters", ("text",), LONG, "too_long", "5000 characters; please keep it under 2000"),
    ("5,000 characters", NUMBERS, LONG, "not_a_number", "x…” as a number. Send digits"),
    ("5,000 digits", NUMBERS, DIGITS, "number_too_large", "too large"),
    ("5,000 characters", ("date",), LONG, "not_a_date", "x…” as a date. Send it as 31 March 2027"),
    ("5,000 characters", CHOICES, LONG, "no_such_choice", "x…” is not one of the choices"),
    ("5,000 characters", ("geopoint",), LONG, "not_a_place", "Send a location, or type it as"),
    ("words", ("image",), "the meter board", "send_image", "needs a photo"),
    ("5,000 characters", ("file",), LONG, "send_file", "needs a file or a photo"),
    ("digits", ("audio",), "12", "send_audio", "needs a voice message"),
    ("emoji", NUMBERS, "👍", "not_a_number", "“👍” as a number"),
    ("joined emoji", ("date",), FAMILY, "not_a_date", f"“{FAMILY}” as a date"),
    ("emoji", CHOICES, "👍", "no_such_choice", "“👍” is not one of the choices. Tap one of the buttons"),
    ("emoji", ("geopoint",), "📍", "not_a_place", "“📍” as a place"),
    ("right-to-left words", NUMBERS, HELLO, "not_a_number", f"“{HELLO}” as a number"),
    ("right-to-left words", ("date",), HELLO, "not_a_date", f"“{HELLO}” as a date"),
    ("right-to-left words", CHOICES, HELLO, "no_such_choice", f"“{HELLO}” is not one of the choices"),
    ("other scripts' digits, none of them offered", CHOICES, "٩", "no_such_choice", "“٩” is not one"),
    ("markup", NUMBERS, "<b>&", "not_a_number", "“<b>&” as a number"),
    ("a unit of something else", NUMBERS, "12 km", "other_unit", "“km” is another unit. Send the number in hours"),
    ("money for hours", NUMBERS, "KES 12", "other_unit", "“KES” is another unit"),
    ("two numbers", NUMBERS, "3 or 4", "one_number", "“3 or 4” has more than one number"),
    ("a range", NUMBERS, "3-4", "one_number", "more than one number. Send one"),
    ("a date for a number", NUMBERS, "31 March 2027", "one_number", "more than one number"),
    ("not a number", NUMBERS, "NaN", "not_a_number", "“NaN” as a number"),
    ("endless", NUMBERS, "inf", "not_a_number", "“inf” as a number"),
    ("both decimal marks, the European way", ("integer",), "1.200,5", "not_whole", "“1.200,5” is not a whole"),
    ("both decimal marks, the English way", ("integer",), "1,200.5", "not_whole", "“1,200.5” is not a whole"),
    ("both marks twice", NUMBERS, "1,2.3,4.5", "not_a_number", "“1,2.3,4.5” as a number"),
    ("a day that no month has", ("date",), "31 February 2027", "no_such_date", "no such day as “31 February 2027”"),
    ("the same in figures", ("date",), "30/02/2027", "no_such_date", "no such day as “30/02/2027”"),
    ("a month that no year has", ("date",), "2027-13-01", "no_such_date", "no such day as “2027-13-01”"),
    ("the day before leap day", ("date",), "29.2.2027", "no_such_date", "no such day as “29.2.2027”"),
    ("a year of the far future", ("date",), "3 April 9999", "date_too_far", "“3 April 9999” is too far away"),
    ("a time without a day", ("date",), "half past nine", "not_a_date", "as a date. Send it as 31 March 2027"),
    ("half a place", ("geopoint",), "3.119", "not_a_place", "“3.119” as a place"),
    ("beyond the pole", ("geopoint",), "91, 200", "no_such_place", "Latitude goes to 90"),
    ("a location with no fix", ("geopoint",), NO_FIX, "no_fix", "Step outside, wait a moment"),
    ("no fix, typed", ("geopoint",), "0, 0", "no_fix", "Step outside"),
    ("a location that is none", ("geopoint",), NOWHERE, "no_such_place", "not a place on Earth"),
    ("a photo where a number is due", NUMBERS, PHOTO, "wants_number", "needs a number, such as 12"),
    ("a file where a number is due", NUMBERS, FILE, "wants_number", "Nothing was kept"),
    ("a sticker where a number is due", NUMBERS, STICKER, "wants_number", "needs a number"),
    ("a location where a number is due", NUMBERS, POINT, "wants_number", "needs a number"),
    ("no fix where a number is due", NUMBERS, NO_FIX, "wants_number", "needs a number"),
    ("a photo where a date is due", ("date",), PHOTO, "wants_date", "needs a date, such as 31 March 2027"),
    ("a location where a date is due", ("date",), POINT, "wants_date", "needs a date"),
    ("a voice message at choices", CHOICES, VOICE, "wants_choice", "Tap one of the buttons"),
    ("a location at choices", CHOICES, POINT, "wants_choice", "Tap one of the buttons"),
    ("a photo where a place is due", ("geopoint",), PHOTO, "wants_place", "Send a location"),
    ("a photo where words are due", ("text",), PHOTO, "attachment_not_asked", "needs words or a tap, not a file"),
    ("a location where words are due", ("text",), POINT, "location_not_asked", "not a location"),
    ("a voice message where a photo is due", ("image",), VOICE, "send_image", "needs a photo"),
    ("a location where a photo is due", ("image",), POINT, "send_image", "needs a photo"),
    ("a photo where a voice message is due", ("audio",), PHOTO, "send_audio", "needs a voice message"),
    ("a sticker where a file is due", SENT, STICKER, "attachment_unusable", "Send a photo or a document"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "sent", "code", "said"),
    [
        pytest.param(kind, sent, code, said, id=f"{what}, at {kind}")
        for what, kinds, sent, code, said in CASES
        for kind in kinds
    ],
)
def test_bad_input_is_answered_kindly_and_changes_nothing(
    kind: str, sent: nouns.AnyEvent | str, code: str, said: str
) -> None:
    player = asked(kind)
    before = player.session
    prompt = player.do(sent)
    assert prompt.problem is not None
    assert prompt.problem.code == code
    sentence = CATALOGUE.say(f"problem.{code}", **prompt.problem.values)
    assert said in sentence
    assert sentence.endswith(".")
    assert len(sentence) < 200
    assert drawing.problem_text(prompt.problem, CATALOGUE)
    assert (prompt.key, prompt.kind) == ("asked", "question"), "the same question stands"
    after = player.session
    assert (after.answers, after.ticked, after.proposed) == (before.answers, before.ticked, before.proposed)
    assert player.stored() == {}


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        pytest.param("integer", "١٢", 12, id="Arabic-Indic digits"),
        pytest.param("decimal", "१२", 12, id="Devanagari digits"),
        pytest.param("decimal", "٣٫٥", 3.5, id="an Arabic decimal mark"),
        pytest.param("decimal", "1.200,5", 1200.5, id="both marks, the European way"),
        pytest.param("decimal", "1,200.5", 1200.5, id="both marks, the English way"),
        pytest.param("integer", "12 hours", 12, id="with its unit"),
        pytest.param("decimal", "\u202e12\u202c", 12, id="with marks of direction"),
        pytest.param("integer", "1\x002\x07", 12, id="with control characters"),
        pytest.param("date", "3 April 2027", "2027-04-03", id="a date in words"),
        pytest.param("date", "April 3, 2027", "2027-04-03", id="month first"),
        pytest.param("date", "2027-04-03", "2027-04-03", id="ISO"),
        pytest.param("date", "3.4.2027", "2027-04-03", id="with points"),
        pytest.param("date", "23/04/2027", "2027-04-23", id="with slashes"),
        pytest.param("date", "٣ April ٢٠٢٧", "2027-04-03", id="a date in other digits"),
        pytest.param("text", HELLO, HELLO, id="right-to-left words"),
        pytest.param("text", FAMILY, FAMILY, id="joined emoji"),
        pytest.param("text", "A\x00B\u202eC", "ABC", id="words without what nobody sees"),
        pytest.param("geopoint", "٣٫١١٩, ٣٥٫٥٩٧", nouns.Point(3.119, 35.597), id="a place in other digits"),
        pytest.param("select_one yes_no", "२", "no", id="the number of a choice in other digits"),
    ],
)
def test_odd_but_clear_input_is_taken(kind: str, typed: str, value: nouns.Value) -> None:
    player = asked(kind)
    prompt = player.do(typed)
    assert prompt.problem is None
    assert player.stored() == {"asked": value}


def test_bad_input_in_a_change_leaves_the_answer_that_stood() -> None:
    player = asked("integer")
    player.do("12", nouns.Changed("asked"))
    for _, _, sent, _, _ in (case for case in CASES if "integer" in case[1]):
        player.do(sent)
        assert player.value("asked") == 12
    player.do("13")
    assert player.value("asked") == 13


def test_bad_input_at_ticks_leaves_the_ticks_that_stood() -> None:
    player = asked("select_multiple days")
    player.do(nouns.Picked("mon"))
    for _, _, sent, _, _ in (case for case in CASES if "select_multiple days" in case[1]):
        player.do(sent)
        assert player.session.ticked == ("mon",)
    player.do(nouns.Ticked())
    assert player.value("asked") == ["mon"]


# --- every kind of it at every type -----------------------------------------------------------------

EVERY_TYPE = (
    *ALL, "video", "barcode", "range", "time", "dateTime", "acknowledge", "rank days", "geotrace", "geoshape",
)  # fmt: skip
"""Each type that anybody is asked."""

EVERYTHING: dict[str, nouns.AnyEvent | str] = {
    "nothing": "", "5,000 characters": LONG, "5,000 digits": DIGITS, "emoji": "👍", "joined emoji": FAMILY,
    "Arabic-Indic digits": "٤٢", "Devanagari digits": "४२", "full-width digits": "４２", "right-to-left words": HELLO,
    "marks of direction": "\u202e42\u202c", "control characters": CONTROLS, "control characters within": "4\x002",
    "a date in words": "3 April 2027", "a date by month": "April 3, 2027", "an ISO date": "2027-04-03",
    "a date with points": "3.4.2027", "a date with slashes": "03/04/2027", "an impossible date": "31 February 2027",
    "a unit": "42 hours", "a wrong unit": "42 km", "both marks, European": "1.200,5", "both marks, English": "1,200.5",
    "not a number": "NaN", "a formula": "=1+1", "markup": "<b>&", "braces": "{n} ${first}", "a photo": PHOTO,
    "a file": FILE, "a voice message": VOICE, "a sticker": STICKER, "a location": POINT, "no fix": NO_FIX,
    "no place": NOWHERE,
}  # fmt: skip


@pytest.mark.parametrize("sent", EVERYTHING.values(), ids=EVERYTHING)
@pytest.mark.parametrize("kind", EVERY_TYPE)
def test_whatever_is_sent_at_any_type_is_kept_whole_or_answered(
    kind: str, sent: nouns.AnyEvent | str
) -> None:
    player = asked(kind)
    before = player.session.answers
    prompt = player.do(sent)
    if prompt.problem is not None:
        assert CATALOGUE.say(f"problem.{prompt.problem.code}", **prompt.problem.values).endswith((".", "?"))
        assert (player.session.answers, player.stored(), prompt.key) == (before, {}, "asked")
    elif prompt.kind == "confirm":
        assert (player.session.answers, player.stored()) == (before, {})
    elif prompt.key == "last":
        (value,) = player.stored().values()
        assert value not in (None, "", [])
        assert player.session.answers == {**before, "asked": player.session.answers["asked"]}
    else:
        assert player.session.ticked, "something was ticked, and waits for Done"
