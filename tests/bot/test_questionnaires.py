"""Files of questionnaires: what is refused, and with which words; nothing of them is kept then."""

from __future__ import annotations

import io
import zipfile

import msgspec
import pytest

from bot import limits
from bot.asking import questionnaires
from bot.rehearsal import respondent
from document_templates import apart, findings
from document_templates import errors as template_errors
from flows import words as wording
from tests.bot import conftest, running
from tests.bot.running import words
from tests.bot.test_surveys import (
    SETTINGS,
    XFORM,
    added,
    kept,
    planted,
    questionnaire,
    sent,
    workbook,
)
from tests.flows.xlsform import forms

__all__ = ["planted"]


def bomb() -> bytes:
    """A workbook whose sheet unpacks to a gigabyte."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            archive.writestr(part, "<a/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(200):
                sheet.write(b" " * 1_000_000)
    return stream.getvalue()


REFUSED = {
    "a picture by its ending": ("fridge.png", b"\x89PNG", "I cannot read that as a questionnaire"),
    "a program": ("survey.exe", b"MZ", "I cannot read that as a questionnaire"),
    "no ending": ("survey", b"flow: x", "I cannot read that as a questionnaire"),
    "an empty file": ("a.yaml", b" \n", "The file is empty"),
    "no text": ("a.yaml", b"\xff\xfe\x00\x01", "This is no text. Save it as UTF-8"),
    "no YAML": ("a.yaml", b"flow: [", "This is no YAML"),
    "another YAML": ("a.yaml", b"steps: []", "There is no key `steps`"),
    "aliases that grow": ("a.yaml", b"a: &a [x]\nb: [*a, *a]", "Aliases"),
    "very deep": ("a.yaml", b"[" * 50_000, "levels deep"),
    "too large": ("a.yaml", b"#" * (limits.FETCHED_BYTES + 1), "larger than 10 MB"),
    "a question without words": (
        "a.yaml",
        questionnaire(survey="- {type: text, name: a}"),
        "a.yaml:8: `a` has no label",
    ),
    "a broken formula": (
        "a.yaml",
        questionnaire(survey="- {type: text, name: a, label: A, relevant: 1 +}"),
        "no expression",
    ),
    "a circle": (
        "a.yaml",
        questionnaire(
            survey="- {type: calculate, name: a, calculation: '${b}'}\n"
            "- {type: calculate, name: b, calculation: '${a}'}"
        ),
        "in a circle",
    ),
    "twelve mistakes": (
        "a.yaml",
        questionnaire(survey="\n".join(f"- {{type: text, name: a{n}}}" for n in range(12))),
        "and 4 things more",
    ),
    "a workbook without a survey": (
        "a.xlsx",
        workbook(things=[["a"]], more=[["b"]]),
        "a.xlsx",
    ),
    "a workbook with an unknown type": (
        "a.xlsx",
        workbook(survey=[["type", "name", "label"], ["integr", "a", "A"]], settings=SETTINGS),
        "survey, row 2",
    ),
    "a workbook that asks nothing": (
        "a.xlsx",
        workbook(survey=[["type", "name", "label"], ["note", "a", "A"]][:1], settings=SETTINGS),
        "a.xlsx",
    ),
    "a workbook that is cut off": ("a.xlsx", workbook(survey=[["type"]])[:900], "a.xlsx"),
    "a bomb in a workbook": ("a.xlsx", bomb(), "a.xlsx"),
    "a spreadsheet as text that is no form": ("a.csv", b"name,label\na,A\n", "This is no XLSForm"),
    "no XForm": ("a.xml", b"<a/>", "no <model>"),
    "XML that is cut off": ("a.xml", XFORM[:200], "no well-formed XML"),
    "entities from outside": (
        "a.xml",
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "declares a document type",
    ),
    "entities that grow": (
        "a.xml",
        b'<!DOCTYPE a [<!ENTITY x "xxxx"><!ENTITY y "&x;&x;">]><a>&y;</a>',
        "declares a document type",
    ),
    "markup in its words": (
        "<b>.yaml",
        questionnaire(survey="- {type: <i>x, name: a, label: A}"),
        "There is no type `<i>x`",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_a_file_is_refused_with_what_to_do(planted: running.Running, case: str) -> None:
    name, content, says = REFUSED[case]
    manager = planted.person(running.MANAGER)
    assert says in words(await sent(planted, manager, content, name))
    assert await kept(planted) == []
    # nothing was lost: a right file goes on from here
    asked = await planted.after(manager, manager.send_file("cooling.yaml", questionnaire()))
    assert "Who answers it?" in words(asked)


async def test_a_photo_is_no_file(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    await planted.said(manager, "/survey")
    shown = await planted.after(manager, manager.send_file("a.yaml", respondent.PHOTO, kind="photo"))
    assert "I cannot read that as a questionnaire" in words(shown)


async def test_a_file_that_telegram_does_not_hand_out_is_asked_for_again(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    await planted.said(manager, "/survey")
    await planted.telegram.faults(
        {"method": "getFile", "code": 400, "description": "Bad Request: file is temporarily unavailable"},
        rate_limits=False,
    )
    shown = await planted.after(manager, manager.send_file("cooling.yaml", questionnaire()))
    assert "Telegram does not give me this file any more" in words(shown)


async def test_there_is_an_end_to_surveys(planted: running.Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SURVEYS", 1)
    manager = planted.person(running.MANAGER)
    await added(planted, manager, questionnaire())
    other = questionnaire().replace(b"flow: cooling", b"flow: heating")
    assert "Remove one first" in words(await sent(planted, manager, other))


async def test_a_questionnaire_that_would_fill_the_store_is_refused(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SURVEY_KEPT_BYTES", 1000)
    manager = planted.person(running.MANAGER)
    long = questionnaire(survey=f"- {{type: text, name: a, label: {'A' * 1000}}}")
    assert "Split it, or shorten its lists" in words(await sent(planted, manager, long))
    assert "Who answers it?" in words(await sent(planted, manager, questionnaire()))


_XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>
<h:title>Long</h:title><model><instance><data id="long" version="1"><a/><b/></data></instance>
<instance id="towns"><root><item><name>x</name><label>X</label></item></root></instance>
<bind nodeset="/data/a" type="string"/><bind nodeset="/data/b" type="string"/>ACTION</model></h:head>
<h:body><input ref="/data/a"><label>A?</label></input>
<select1 ref="/data/b"><label>B?</label><itemset nodeset="instance('towns')/root/itemCHOICE">
<value ref="name"/><label ref="label"/></itemset></select1></h:body></h:html>"""


@pytest.mark.parametrize(
    "computed",
    [
        pytest.param(
            (questionnaire(survey="- {type: text, name: a, label: A, relevant: LONG}").decode(), "a.yaml"),
            id="a condition",
        ),
        pytest.param(
            (_XFORM.replace("CHOICE", "[LONG]").replace("ACTION", ""), "a.xml"), id="which choices there are"
        ),
        pytest.param(
            (
                _XFORM.replace("CHOICE", "").replace(
                    "ACTION", '<setvalue event="odk-instance-first-load" ref="/data/a" value="LONG"/>'
                ),
                "a.xml",
            ),
            id="what is set at the start",
        ),
        pytest.param(
            (
                questionnaire(survey="- {type: text, name: a, label: A, save_to: brand}")
                .decode()
                .replace("survey:", "entities: [{dataset: fridges, label: LONG}]\nsurvey:"),
                "a.yaml",
            ),
            id="what is told of a register",
        ),
    ],
)
async def test_a_questionnaire_that_computes_without_end_is_refused(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch, computed: tuple[str, str]
) -> None:
    monkeypatch.setattr(limits, "SURVEY_COMPUTED_CHARACTERS", 1000)
    manager = planted.person(running.MANAGER)
    content, name = computed
    long = content.replace("LONG", "1 + " * 250 + "1").encode()
    assert "more than 1,000 characters" in words(await sent(planted, manager, long, name))


async def test_a_questionnaire_of_which_reading_takes_too_much_is_refused_and_holds_nobody_up(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Repeats in repeats: 7 KB for which pyxform computes for many seconds."""
    monkeypatch.setattr(apart, "do", conftest.DO)
    short = msgspec.structs.replace(questionnaires.READING, processor_seconds=2)
    monkeypatch.setattr(questionnaires, "READING", short)
    manager = planted.person(running.MANAGER)
    rows: list[list[str]] = []
    for number in range(60):
        rows = [
            ["begin_repeat", f"r{number}", "R"],
            ["text", f"a{number}", "A"],
            *rows,
            ["end_repeat", "", ""],
        ]
    deep = forms.workbook([["type", "name", "label"], *rows])
    shown = await sent(planted, manager, deep, "deep.xlsx")
    assert "takes more of the machine than a questionnaire may" in words(shown)
    assert "Who answers it?" in words(await sent(planted, manager, questionnaire()))


async def test_a_fault_of_ours_is_not_laid_at_the_questionnaires_door(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> bytes:
        raise template_errors.TemplateError(findings.Finding("fault"))

    planted.logs.tolerated |= {"turn failed"}
    monkeypatch.setattr(apart, "do", broken)
    shown = words(await sent(planted, planted.person(running.MANAGER), questionnaire()))
    assert "on my side" in shown
    assert "takes more of the machine" not in shown


async def test_words_of_a_questionnaire_turn_nothing_round(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    hostile = questionnaire().replace(b"title: Cooling", b'title: "\\u202eCool\\e[1ming\\0"')
    shown = words(await sent(planted, manager, hostile))
    assert "Cool[1ming" in shown
    assert not set(shown) & set("\u202e\x1b\0")


def test_where_no_sign_of_a_label_can_be_seen_the_name_is_shown() -> None:
    unseen = """\
flow: cooling
version: 1
title: Cooling
role: branch_staff
per: branch
language: en
choices:
  state:
    - {name: ok, label: "\u200b", "label::fr": "\u200b"}
survey:
  - {type: select_one state, name: fridge, label: "\u200b"}
"""
    read = questionnaires.read(unseen.encode(), "cooling.yaml", {}, wording.catalogue("bot", "en"))
    [question] = read.flow.children
    assert (question.label, [choice.label for choice in question.choices]) == ("fridge", ["ok"])
    assert not any(read.flow.translations.values())


async def test_a_form_that_reads_more_files_than_anybody_sends_is_refused(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    lists = "".join(
        f'<instance id="l{n}" src="jr://file-csv/l{n}.csv"/>' for n in range(limits.SURVEY_FILES + 1)
    )
    form = b"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>
<h:title>Lists</h:title><model><instance><data id="lists" version="1"><a/></data></instance>LISTS
<bind nodeset="/data/a" type="string"/></model></h:head>
<h:body><input ref="/data/a"><label>A?</label></input></h:body></h:html>""".replace(b"LISTS", lists.encode())
    assert "more files than the 10" in words(await sent(planted, manager, form, "lists.xml"))


async def test_words_are_no_file(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    await planted.said(manager, "/survey")
    assert "as a file" in words(await planted.said(manager, "Cooling, please"))
    await planted.after(manager, manager.send_file("cooling.yaml", questionnaire()))
    assert "Tap one of the buttons" in words(await planted.said(manager, "everybody"))
    await planted.tapped(manager, "Branch manager")
