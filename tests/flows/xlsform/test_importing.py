"""A form becomes a flow: its vocabulary, its words in every language, its lists, its files."""

from __future__ import annotations

import csv
import io

import msgspec
import openpyxl
import pytest

from flows import nouns
from flows.xlsform import importing, workbook
from tests.flows import playing
from tests.flows.xlsform import forms, old_workbook

SHOP = """
    | survey |
    |        | type                    | name    | label::English (en) | label::French (fr)     | hint::French (fr) | guidance_hint | relevant        | constraint | constraint_message::French (fr) | required | calculation |
    |        | begin_group             | shop    | The shop            | La boutique            |                   |               |                 |            |                                 |          |             |
    |        | integer                 | staff   | How many people?    | Combien de personnes ? | En chiffres       | All of them   |                 | . >= 0     | Pas moins de zéro.              | yes      |             |
    |        | select_one yn or_other  | open    | Open on Sunday?     | Ouvert dimanche ?      |                   |               | ${staff} > 1    |            |                                 |          |             |
    |        | calculate               | doubled |                     |                        |                   |               |                 |            |                                 |          | ${staff} * 2 |
    |        | end_group               |         |                     |                        |                   |               |                 |            |                                 |          |             |
    | choices |
    |         | list_name | name | label::English (en) | label::French (fr) |
    |         | yn        | yes  | Yes                 | Oui                |
    |         | yn        | no   | No                  | Non                |
    | settings |
    |          | form_title | form_id | version    | default_language |
    |          | Our shop   | shop    | 2026112401 | English (en)     |
"""


def questions(items: tuple[nouns.Item, ...]) -> dict[str, nouns.Question]:
    found = {}
    for item in items:
        found |= {item.path: item} if isinstance(item, nouns.Question) else questions(item.children)
    return found


def only(table: str) -> nouns.Question:
    """The first question of a form."""
    return next(iter(questions(forms.load(table).flow.children).values()))


def test_a_form_with_everything_that_people_write() -> None:
    flow = forms.load(SHOP).flow
    assert (flow.id, flow.version, flow.title, flow.language) == (
        "shop", "2026112401", "Our shop", "English (en)",
    )  # fmt: skip
    found = questions(flow.children)
    assert list(found) == ["shop/staff", "shop/open", "shop/open_other", "shop/doubled"]
    staff, opened = found["shop/staff"], found["shop/open"]
    assert (staff.type, staff.label, staff.guidance_hint) == ("integer", "How many people?", "All of them")
    assert (staff.constraint, staff.required, staff.line) == (". >= 0", "yes", 3)
    assert opened.relevant == "${staff} > 1"
    assert [choice.name for choice in opened.choices] == ["yes", "no", "other"]
    assert opened.or_other
    assert found["shop/doubled"].calculation == "${staff} * 2"
    assert flow.translations["French (fr)"] == {
        "shop:label": "La boutique",
        "shop/staff:label": "Combien de personnes ?",
        "shop/staff:hint": "En chiffres",
        "shop/staff:constraint_message": "Pas moins de zéro.",
        "shop/open:label": "Ouvert dimanche ?",
        "yn:yes": "Oui",
        "yn:no": "Non",
    }


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        pytest.param("photo", "image", id="an older name"),
        pytest.param("select all that apply from yn", "select_multiple yn", id="the words of 2011"),
        pytest.param("select one from yn", "select_one yn", id="spaces for underscores"),
        pytest.param("rank yn", "rank yn", id="a ranking"),
        pytest.param("dateTime", "dateTime", id="a moment"),
        pytest.param("int", "integer", id="short for integer"),
        pytest.param("trigger", "acknowledge", id="another name of acknowledge"),
        pytest.param("geoshape", "geoshape", id="an area"),
        pytest.param("note", "note", id="a note"),
        pytest.param("barcode", "barcode", id="a barcode"),
        pytest.param("file", "file", id="a file"),
        pytest.param("start", "hidden", id="what the phone knows"),
        pytest.param("audit", "hidden", id="what an app records"),
    ],
)
def test_every_name_of_a_type_is_understood(written: str, kind: str) -> None:
    name = "" if written == "audit" else "q"
    table = f"""
    | survey |
    |        | type      | name   | label |
    |        | {written} | {name} | Q     |
    |        | text      | z      | Z     |
    | choices |
    |         | list_name | name | label |
    |         | yn        | yes  | Yes   |
    """
    if written == "audit":
        assert [item.name for item in forms.load(table).flow.children] == ["z"], (
            "it stands in ODK's own group"
        )
    else:
        assert only(table).type == kind


def test_a_range_keeps_its_parameters_and_a_select_its_filter() -> None:
    flow = forms.load("""
    | survey |
    |        | type           | name  | label | parameters            | choice_filter      |
    |        | range          | speed | Speed | start=0 end=20 step=2 |                    |
    |        | text           | where | Where |                       |                    |
    |        | select_one bank | bank | Bank  | randomize=true seed=3 | region = ${where}  |
    | choices |
    |         | list_name | name | label | region |
    |         | bank      | a    | A     | north  |
    |         | bank      | b    | B     |        |
    """).flow
    speed, _, bank = questions(flow.children).values()
    assert speed.parameters == {"start": "0", "end": "20", "step": "2"}
    assert bank.parameters == {"randomize": "true", "seed": "3"}
    assert bank.choice_filter == "region = ${where}"
    assert bank.choices == (nouns.Choice("a", "A", {"region": "north"}), nouns.Choice("b", "B"))


def test_a_repeat_counts_as_its_author_wrote_it() -> None:
    [_, people] = forms.load("""
    | survey |
    |        | type         | name   | label  | repeat_count |
    |        | integer      | n      | N      |              |
    |        | begin_repeat | people | Person | ${n} + 1     |
    |        | text         | who    | Who    |              |
    |        | end_repeat   |        |        |              |
    """).flow.children
    assert isinstance(people, nouns.Repeat)
    assert people.repeat_count == "${n} + 1"
    assert [item.name for item in people.children] == ["who"]


def test_a_grid_keeps_its_heading_and_loses_what_pyxform_adds() -> None:
    form = forms.load("""
    | survey |
    |        | type          | name | label      | appearance |
    |        | begin_group   | g    | Rate these | table-list |
    |        | select_one yn | a    | A          |            |
    |        | select_one yn | b    | B          |            |
    |        | end_group     |      |            |            |
    | choices |
    |         | list_name | name | label |
    |         | yn        | yes  | Yes   |
    """)
    [group] = form.flow.children
    assert isinstance(group, nouns.Group)
    assert (group.label, group.appearance) == ("Rate these", "table-list")
    assert [item.name for item in group.children] == ["a", "b"]
    assert "look.grid" in {remark.code for remark in form.remarks}


def test_a_loop_becomes_a_group_for_each_choice() -> None:
    flow = forms.load("""
    | survey |
    |        | type                | name | label            |
    |        | begin_loop over fuel | use | Use              |
    |        | integer             | n    | Litres of %(label)s |
    |        | end_loop            |      |                  |
    | choices |
    |         | list_name | name   | label  |
    |         | fuel      | diesel | Diesel |
    """).flow
    [litres] = questions(flow.children).values()
    assert (litres.path, litres.label) == ("use/diesel/n", "Litres of Diesel")


def test_a_loop_says_each_choice_in_the_language_of_the_question() -> None:
    form = forms.load("""
    | survey |
    |        | type                | name   | label::English (en) | label::French (fr)  | label::Swahili (sw) | trigger   | calculation |
    |        | integer             | tanks  | Tanks               | Cuves               | Matangi             |           |             |
    |        | begin_loop over fuel | use   | Use                 | Usage               | Matumizi            |           |             |
    |        | integer             | litres | Litres of %(label)s | Litres de %(label)s | Lita za %(label)s   |           |             |
    |        | calculate           | seen   |                     |                     |                     | ${tanks}  | now()       |
    |        | end_loop            |        |                     |                     |                     |           |             |
    | choices |
    |         | list_name | name   | label::English (en) | label::French (fr) |
    |         | fuel      | diesel | Diesel              | Gazole             |
    """)
    found = questions(form.flow.children)
    assert found["use/diesel/litres"].label == "Litres of Diesel"
    assert found["use/diesel/seen"].trigger == ("tanks",)
    said = {language: words["use/diesel/litres:label"] for language, words in form.flow.translations.items()}
    assert said == {"French (fr)": "Litres de Gazole", "Swahili (sw)": "Lita za Diesel"}


def test_choices_of_a_sheet_of_their_own_are_filtered() -> None:
    form = forms.load("""
    | survey |
    |        | type                      | name   | label  | choice_filter      |
    |        | text                      | county | County |                    |
    |        | select_one_external towns | town   | Town   | county = ${county} |
    | choices |
    |         | list_name | name | label |
    |         | unused    | x    | X     |
    | external_choices |
    |                  | list_name | name   | label  | county  |
    |                  | towns     | lodwar | Lodwar | turkana |
    |                  | towns     | nakuru | Nakuru | nakuru  |
    |                  | roads     | a1     | A1     | nakuru  |
    """)
    town = questions(form.flow.children)["town"]
    assert town.type == "select_one towns"
    assert [(choice.name, choice.extra) for choice in town.choices] == [
        ("lodwar", {"county": "turkana"}),
        ("nakuru", {"county": "nakuru"}),
    ]
    assert [option.name for option in playing.begun(form.flow).do("nakuru").options] == ["nakuru"]


LOOKED_INTO = """
    | survey |
    |        | type         | name  | label | calculation                                   |
    |        | csv-external | towns |       |                                               |
    |        | xml-external | roads |       |                                               |
    |        | calculate    | heads |       | pulldata('towns', 'people', 'town', 'msa')    |
    |        | calculate    | road  |       | instance('roads')/root/item[name = 'a1']/label |
    |        | text         | q     | ${heads} on ${road}? |                                |
    """


def test_files_may_be_named_by_rows_of_their_own() -> None:
    files = {
        "towns.csv": b"town,people\nmsa,5\n",
        "roads.xml": b"<root><item><name>a1</name><label>Great Road</label></item></root>",
    }
    form = forms.load(LOOKED_INTO, **files)
    assert form.remarks == ()
    assert playing.begun(form.flow).prompt.label == "5 on Great Road?"
    missing = [(remark.code, remark.row, remark.name) for remark in forms.load(LOOKED_INTO).remarks]
    assert missing == [("file.missing", 2, "towns.csv"), ("file.missing", 3, "roads.xml")], "each once"


def test_what_asks_for_the_identifier_of_a_form_gets_it() -> None:
    form = forms.load("""
    | survey |
    |        | type      | name | label      | calculation                   |
    |        | calculate | code |            | substr(${instanceID}, 0, 5)   |
    |        | text      | q    | ${code}?   |                               |
    """)
    assert playing.begun(form.flow).prompt.label == "uuid:?"
    back = importing.load(workbook.write(form.flow), "form.xlsx").flow
    assert forms.bare(back) == forms.bare(form.flow)


@pytest.mark.parametrize(
    ("rows", "remark"),
    [
        pytest.param("| type | name | label | media::image |\n| | text | a | A | a.png |", ("media", "survey", 2, "a"), id="a picture at a question"),
        pytest.param("| type | name | label | body::intent |\n| | text | a | A | org.example.scan(x='1') |", ("intent", "survey", 2, "a"), id="another app"),
        pytest.param("| type | name | label | appearance |\n| | text | a | A | ex:org.example.scan(x='1') |", ("look.app", "survey", 2, "a"), id="another app by its look"),
        pytest.param("| type | name | label | default |\n| | text | a | A | ${last-saved#a} |", ("last_saved", "survey", 2, "a"), id="the answer of an earlier form"),
        pytest.param("| type | name | label |\n| | begin_group | g | G |\n| | audit | audit | |\n| | end_group | | |\n| | text | a | A |", ("empty", "survey", 2, "g"), id="a group in which nothing is asked"),
        pytest.param("| type | name | label |\n| | audit | audit | |", ("empty.form", "survey", 0, ""), id="a form in which nothing is asked"),
        pytest.param("| type | name | label |\n| | text | a | A |\n| settings |\n| | public_key | submission_url |\n| | MIIB | https://x.example/ |", ("encryption", "settings", 0, ""), id="a key to seal answers with"),
        pytest.param("| type | name | label |\n| | text | a | A |\n| settings |\n| | style |\n| | pages |", ("style", "settings", 0, "pages"), id="a style"),
        pytest.param("| type | name | label |\n| | select_one l | a | A |\n| choices |\n| | list_name | name | label | media::image |\n| | l | x | X | |\n| | l | y | Y | y.png |", ("media", "choices", 0, "l"), id="a picture at a choice"),
    ],
)  # fmt: skip
def test_what_chat_leaves_aside_is_said(rows: str, remark: tuple[str, str, int, str]) -> None:
    form = importing.load(f"| survey |\n| {rows}\n".encode(), "form.md")
    assert [(one.code, one.sheet, one.row, one.name) for one in form.remarks] == [remark]


def test_triggers_entities_and_what_is_saved_to_them() -> None:
    flow = forms.load("""
    | survey |
    |        | type      | name | label | trigger | calculation | save_to |
    |        | text      | name_of | Name |       |             | title   |
    |        | dateTime  | at   |       | ${name_of} | now()    |         |
    | entities |
    |          | list_name | label      | create_if    |
    |          | branches  | ${name_of} | ${name_of} != '' |
    """).flow
    named, at = questions(flow.children).values()
    assert named.save_to == "title"
    assert (at.type, at.trigger, at.calculation) == ("calculate", ("name_of",), "now()")
    assert flow.entities == (nouns.Entity("branches", "${name_of}", create_if="${name_of} != ''", line=2),)


CITIES = """
    | survey |
    |        | type                            | name | label | parameters             | choice_filter |
    |        | select_one_from_file cities.csv | city | City  | value=code label=title | big = 'yes'   |
"""


def test_choices_come_from_a_file_beside_the_form() -> None:
    data = b"\xef\xbb\xbfcode,title,big\nnbo,Nairobi,yes\nlod,Lodwar,\n"
    form = forms.load(CITIES, **{"cities.csv": data})
    [city] = questions(form.flow.children).values()
    assert city.type == "select_one cities"
    assert city.choices == (
        nouns.Choice("nbo", "Nairobi", {"big": "yes"}),
        nouns.Choice("lod", "Lodwar"),
    )
    assert form.remarks == ()


@pytest.mark.parametrize(
    ("files", "code"),
    [
        pytest.param({}, "file.missing", id="not there"),
        pytest.param({"cities.csv": b"\xff\xfe\x00"}, "file.unreadable", id="not text"),
        pytest.param({"cities.csv": b"id,town\n1,Lodwar\n"}, "file.unreadable", id="no column of names"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(files: dict[str, bytes], code: str) -> None:
    [remark] = forms.load(CITIES, **files).remarks
    assert (remark.code, remark.sheet, remark.row) == (code, "survey", 2)
    assert remark.name.startswith("cities.csv")


TOWNS = """
    | survey |
    |        | type      | name  | label            | calculation                                      |
    |        | text      | town  | Town             |                                                  |
    |        | calculate | heads |                  | pulldata('towns', 'population', 'town', ${town}) |
    |        | text      | q     | Of ${heads} who? |                                                  |
    """


def test_pulldata_reads_the_file_beside_the_form() -> None:
    form = forms.load(TOWNS, **{"towns.csv": b"town,population\nnbo,4397073\nmsa,-5\n"})
    assert form.remarks == ()
    assert playing.begun(form.flow).do("msa").label == "Of -5 who?"


def test_a_file_that_pulldata_lacks_is_named() -> None:
    [remark] = forms.load(TOWNS).remarks
    assert (remark.code, remark.sheet, remark.row, remark.name) == ("file.missing", "survey", 3, "towns.csv")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("x.xml", b"<root><item><name>a</name><label>A</label></item></root>", id="xml"),
        pytest.param(
            "x.geojson",
            b'{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "a", "geometry": '
            b'{"type": "Point", "coordinates": [35.6, 3.1]}, "properties": {"title": "A"}}]}',
            id="geojson",
        ),
    ],
)
def test_choices_come_from_other_kinds_of_files(name: str, data: bytes) -> None:
    table = f"""
    | survey |
    |        | type                        | name | label |
    |        | select_multiple_from_file {name} | q | Q     |
    """
    [question] = questions(forms.load(table, **{name: data}).flow.children).values()
    assert [(choice.name, choice.label) for choice in question.choices] == [("a", "A")]


def test_choices_may_be_what_was_answered_before() -> None:
    flow = forms.load("""
    | survey |
    |        | type               | name   | label  |
    |        | begin_repeat       | people | Person |
    |        | text               | who    | Who    |
    |        | end_repeat         |        |        |
    |        | select_one ${who}  | head   | Head   |
    """).flow
    head = questions(flow.children)["head"]
    assert head.itemset == nouns.Itemset("${people}[./who != '']", "who", "who")


def test_each_answer_is_offered_once_and_none_that_is_open() -> None:
    flow = forms.load("""
    | survey |
    |        | type              | name   | label  |
    |        | begin_repeat      | people | Person |
    |        | text              | who    | Who    |
    |        | end_repeat        |        |        |
    |        | select_one ${who} | head   | Head   |
    """).flow
    player = playing.begun(flow)
    for name in ("Amina", "Baraka", "Amina"):
        player.do(nouns.Added(), name)
    prompt = player.do(nouns.Added(), nouns.Skipped(), nouns.Finished())
    assert prompt.key == "head"
    assert [option.name for option in prompt.options] == ["Amina", "Baraka"]


def test_a_language_of_which_a_cell_is_empty_says_nothing_there() -> None:
    flow = forms.load("""
    | survey |
    |        | type | name | label::English (en) | label::French (fr) |
    |        | text | a    | A                   | Un                 |
    |        | text | b    | B                   |                    |
    |        | text | c    |                     | Trois              |
    """).flow
    assert [item.label for item in flow.children] == ["A", "B", "Trois"]
    assert flow.translations == {"French (fr)": {"a:label": "Un", "c:label": "Trois"}}


@pytest.mark.parametrize(
    ("default", "kept"),
    [
        pytest.param("Nairobi", "Nairobi", id="a text"),
        pytest.param("today()", "today()", id="computed"),
        pytest.param("1 + 1", "(1 + 1)", id="computed, without a call"),
        pytest.param("2026-11-02", "2026-11-02", id="a date is no subtraction"),
        pytest.param("Other (see below)", "Other (see below)", id="a text with brackets"),
        pytest.param("${last-saved#q}", "", id="the answer of an earlier form"),
    ],
)
def test_a_default_is_computed_where_odk_computes_it(default: str, kept: str) -> None:
    assert only(f"""
    | survey |
    |        | type | name | label | default   |
    |        | text | q    | Q     | {default} |
    """).default == kept  # fmt: skip


def test_words_keep_the_quotes_that_people_typed() -> None:
    assert only("""
    | survey |
    |        | type | name | label            |
    |        | text | q    | L’agence “Nord”? |
    """).label == "L’agence “Nord”?"  # fmt: skip


def test_the_same_form_is_read_from_every_kind_of_file() -> None:
    rows = [
        ["type", "name", "label", "relevant"],
        ["integer", "a", "A", None],
        ["text", "b", "B", "${a} = 1"],
    ]
    text = io.StringIO()
    csv.writer(text).writerows([["survey"], *([None, *row] for row in rows)])
    table = "| survey |\n" + "\n".join(f"| | {' | '.join(cell or '' for cell in row)} |" for row in rows)
    wanted = importing.load(forms.workbook(rows), "form.xlsx").flow
    others = {
        "form.csv": text.getvalue().encode(),
        "form.md": table.encode(),
        "form.xls": old_workbook.workbook({"survey": rows}),
        "renamed.xlsx": old_workbook.workbook({"survey": rows}),
    }
    for name, data in others.items():
        flow = msgspec.structs.replace(importing.load(data, name).flow, id="form", title="form")
        assert forms.bare(flow) == forms.bare(wanted), name


def test_numbers_and_dates_in_cells_are_texts() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    sheet.append(["type", "name", "label", "default"])
    sheet.append(["integer", "q", 7, 3.0])
    made = io.BytesIO()
    book.save(made)
    [question] = importing.load(made.getvalue(), "form.xlsx").flow.children
    assert isinstance(question, nouns.Question)
    assert (question.label, question.default) == ("7", "3")
