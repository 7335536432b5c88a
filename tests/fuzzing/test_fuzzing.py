"""Each reader of outside input takes thousands of wrong inputs with its own sentence, never with a fault.

`GROUNDWORK_FUZZ=20000` gives each reader so many, and `GROUNDWORK_FUZZ_FROM` begins at another number. A failure names
the number, by which the same input is made again.
"""

from __future__ import annotations

import contextlib
import os
import pathlib
from collections.abc import Callable, Sequence

import msgspec
import pytest

from bot import callback_data
from bot.receiving import acts, intake
from bot.seats import invitations, people_list
from document_templates import errors as template_errors
from document_templates import lint
from flows import book, errors, expressions, kinds, loading, nouns, reading, translations
from flows.worksheets import files as worksheets
from flows.xforms import reader as xforms
from flows.xlsform import importing
from planning.schedule import project
from tests.bot import running, test_people_list
from tests.document_templates import photos, templates
from tests.flows import playing
from tests.flows.worksheets import test_worksheets
from tests.flows.xlsform import forms
from tests.fuzzing import mutations, test_photos

NUMBER = int(os.environ.get("GROUNDWORK_FUZZ", "25"))
FROM = int(os.environ.get("GROUNDWORK_FUZZ_FROM", "0"))

PERSON = {"id": 7, "is_bot": False, "first_name": "Asha", "language_code": "sw"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Asha"}
GROUP = {"id": -100, "type": "supergroup", "title": "Staff"}
MESSAGE = {"message_id": 5, "date": 1, "chat": PRIVATE, "from": PERSON}

UPDATES: tuple[dict[str, object], ...] = (
    {"message": {**MESSAGE, "text": "/start AbC-_123", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}},
    {"message": {**MESSAGE, "text": "1,250", "reply_to_message": MESSAGE, "forward_origin": {"type": "user"}}},
    {"message": {**MESSAGE, "location": {"latitude": 3.1, "longitude": 35.6, "horizontal_accuracy": 9.0}}},
    {"message": {**MESSAGE, "photo": [{"file_id": "a", "width": 9, "height": 9, "file_size": 9}], "caption": "x"}},
    {"message": {**MESSAGE, "document": {"file_id": "a", "file_name": "../a.xlsx", "mime_type": "x", "file_size": 9}}},
    {"message": {**MESSAGE, "chat": GROUP, "text": "/digest@groundwork_bot"}},
    {"message": {**MESSAGE, "chat": GROUP, "migrate_to_chat_id": -1000}},
    {"edited_message": {**MESSAGE, "text": "1,260"}},
    {"callback_query": {"id": "1", "from": PERSON, "message": MESSAGE, "data": "abcdefghijkl.0"}},
    {
        "my_chat_member": {
            "chat": PRIVATE, "from": PERSON, "old_chat_member": {"status": "member"}, "new_chat_member": {"status": "kicked"},
        }
    },
)  # fmt: skip

FORM = b"""flow: power
version: "1"
title: Power
role: branch_staff
choices:
  kinds: [{name: own, label: Our own}, {name: rented, label: Rented}]
survey:
  - {type: integer, name: hours, label: How many hours?, unit: hours, constraint: ". >= 0 and . <= 24"}
  - {type: select_one kinds, name: kind, label: Which?, relevant: "${hours} < 8 or selected('a b', 'a')"}
  - type: repeat
    name: tanks
    label: Tank
    children: [{type: decimal, name: litres, label: Litres?, parameters: {step: 5}}]
"""

EXPRESSIONS = (
    b"${a} < 2 and selected(${uses}, 'reports') or not(../b = 'x')",
    b"count(/data/tanks[litres > 5]) * 2.5 div 3 mod 2",
    b"if(regex(., '^[a-z]+$'), format-date(today(), '%Y-%n'), concat('a', \"b\"))",
    b"sum(${tanks}) - position(..) + string-length(substr('abc', 0, 2))",
)

XFORM = b"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>F</h:title>
<model><instance><data id="f"><a/><g><b/></g></data></instance><bind nodeset="/data/a" type="int" constraint=". &gt; 1"/>
<bind nodeset="/data/g/b" type="string" relevant=" /data/a = 2"/></model></h:head><h:body><input ref="/data/a"><label>A</label>
</input><group ref="/data/g"><select1 ref="/data/g/b"><label>B</label><item><label>X</label><value>x</value></item></select1>
</group></h:body></h:html>"""

PROJECT = (
    b'{"start": "2027-01-04", "calendars": {"HQ": {"country": "KE", "weekend": [5, 6], "closed": [["2027-03-15", "2027-05-31"]]}},'
    b' "resources": {"PM": 1}, "tasks": [{"id": "A", "name": "a", "days": 8, "calendar": "HQ", "needs": {"PM": 1}},'
    b' {"id": "B", "name": "b", "days": 2, "calendar": "HQ", "elapsed": true, "field_work": true, "after": ["A"]}]}'
)


class Target(msgspec.Struct, frozen=True):
    """A reader, what it is given when all is well, and how it refuses."""

    name: str
    read: Callable[[bytes], object]
    seeds: Sequence[bytes]
    refuses: tuple[type[Exception], ...] = ()


def text(data: bytes) -> str:
    return data.decode(errors="replace")


def update(data: bytes) -> None:
    """From the webhook's body to what somebody did."""
    try:
        found = msgspec.json.decode(data, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return  # answered with 400
    if type(found.get("update_id")) is int:
        kept = intake.received(found, running.NOW)
        acts.read(msgspec.json.decode(kept.body))


def pressed(data: bytes) -> None:
    """From what a phone sends of a button to the button that it is."""
    found = callback_data.read(text(data))
    if found is not None:
        assert callback_data.read(callback_data.write(found.token, found.number)) == found


def deep_link(data: bytes) -> None:
    """From what stands behind t.me/…?start= to what is looked up."""
    sent = {"update_id": 1, "message": {**MESSAGE, "text": f"/start {text(data)}"}}
    act = acts.read(msgspec.json.decode(intake.received(sent, running.NOW).body))
    assert isinstance(act, acts.Command)
    invitations.token_hash(act.argument)


SAID = (
    "about 1,250.5 kW", "two and a half hours", "3/4/2026 at 5pm", "-1.2921, 36.8219", "1, 3 and own", "a dozen", "I don't know",
    "mil doscientos", "une demi-heure", "saa tatu asubuhi", "12 janvier 2027", "1.5 2.5;3 4",
)  # fmt: skip

OPTIONS = (
    nouns.Option("own", "Our own"),
    nouns.Option("rented", "Rented or shared"),
    nouns.Option("12", "12 or more"),
)

ASKED = tuple(
    (nouns.Question(kind, "q", "q", unit=unit, parameters=parameters), language)
    for language in ("en", "fr", "es", "sw")
    for kind, unit, parameters in (
        *((each, "", {}) for each in (*kinds.QUESTIONS, *(f"{one} list" for one in kinds.SELECTS)) if each not in kinds.SILENT),
        ("decimal", "kW", {}),
        ("integer", "hours a day", {}),
        ("range", "", {"start": "1", "end": "9", "step": "2"}),
    )
)  # fmt: skip
"""Every type of question that can be answered in words, in every language."""


def typed(data: bytes) -> None:
    """What was typed, read for the question that the first byte names."""
    question, language = ASKED[data[0] % len(ASKED)] if data else ASKED[0]
    reading.read(question, text(data[1:]), OPTIONS, today=playing.NOW.date(), language=language)


def table(data: bytes) -> object:
    return worksheets.read(test_worksheets.list_of(test_worksheets.begun()), data, now=playing.NOW)


def people(data: bytes) -> object:
    return people_list.read(test_people_list.FOUND, test_people_list.WORDS, data, running.NOW)


def project_file(data: bytes) -> object:
    return project.read(data)


SAMPLE = pathlib.Path(__file__).parents[2] / "flows" / "samples" / "jitegemea.answers.json"
TABLE = worksheets.write(test_worksheets.list_of(test_worksheets.begun()), test_worksheets.SAID)

TARGETS = [
    Target("update", update, [msgspec.json.encode({"update_id": 1, **one}) for one in UPDATES]),
    Target("callback data", pressed, [b"AbCdEfGhIjKlMnOp-_012345.17"]),
    Target("deep link", deep_link, [b"AbCdEfGhIjKlMnOp-_0123"]),
    Target("typed words", typed, [bytes([number]) + said.encode() for number in range(0, len(ASKED), 7) for said in SAID]),
    Target("flow file", lambda data: loading.load(text(data)), [FORM], (errors.FlowErrors,)),
    Target("expression", lambda data: expressions.parse(text(data)), EXPRESSIONS, (expressions.ExpressionError,)),
    Target("XForm", lambda data: xforms.read(text(data)), [XFORM], (errors.FlowErrors,)),
    Target(
        "XLSForm",
        lambda data: importing.load(data, "form.xlsx"),
        [forms.workbook([["type", "name", "label", "relevant"], ["integer", "a", "A", ""], ["text", "b", "B", "${a} > 1"]])],
        (errors.FlowErrors,),
    ),
    Target("filled list", table, [TABLE]),
    Target("people list", people, [test_people_list.SENT]),
    Target(
        "template",
        lint.lint,
        [templates.made("{% for b in branches %}{{ b.name }}{% endfor %}", header="{{ institution.name }}")],
        (template_errors.TemplateError,),
    ),
    Target("photo", test_photos.taken, [photos.telling(6), photos.encoded(photos.plain(), "PNG")]),
    Target("answers file", book.decode, [SAMPLE.read_bytes()], (book.BookError,)),
    Target("translation", lambda data: translations.read(text(data), "sw"), [b'msgctxt "a.b"\nmsgid "x"\nmsgstr "y"\n'], (translations.TranslationError,)),
    Target("project file", project_file, [PROJECT], (project.ScheduleError,)),
]  # fmt: skip


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_wrong_input_is_refused_in_words_and_is_no_fault(target: Target) -> None:
    for number in range(FROM, FROM + NUMBER):
        given = mutations.inputs(target.name, number, target.seeds)()
        try:
            with contextlib.suppress(*target.refuses):
                target.read(given)
        except BaseException as fault:
            raise AssertionError(f"{target.name}, input {number}: {type(fault).__name__}") from fault


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_what_is_made_wrong_was_right(target: Target) -> None:
    target.read(target.seeds[0])


@pytest.mark.parametrize(
    ("name", "given"),
    [
        pytest.param(
            "flow file", b'{flow: f, version: "1", title: F, role: r, survey: [], choices: {"a}b": [{name: c, "label::fr (fr)": d}]}}',
            id="a brace in the name of a choice list with another language",
        ),
        pytest.param("project file", b'{"start": "\xff"}', id="a project file that is no text"),
        pytest.param("update", b'{"update_id": 1, "message": {"from": {}, "chat": {"type": "private"}}}', id="of nobody"),
        pytest.param("update", b'{"update_id": 1, "message": {"from": {"id": 7}, "text": "a"}}', id="in no chat"),
        pytest.param("update", b'{"update_id": 1, "callback_query": {"from": {"id": "7"}, "id": "1"}}', id="a name for a number"),
    ],
)  # fmt: skip
def test_what_was_found_stays_mended(name: str, given: bytes) -> None:
    target = next(target for target in TARGETS if target.name == name)
    with contextlib.suppress(*target.refuses):
        target.read(given)
