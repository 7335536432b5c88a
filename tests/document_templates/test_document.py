"""A rendered plan: valid, complete, navigable, the same every time."""

from __future__ import annotations

import io
import itertools
import re

import docx
import openxml_audit
import pytest
from docx.oxml.ns import qn

from document_templates import contents, document, rendering
from tests.document_templates import plans, templates

TEMPLATE = rendering.STANDARD_TEMPLATE.read_bytes()


@pytest.fixture(scope="module")
def rendered() -> dict[str, bytes]:
    made = {"full": plans.full(), "half empty": plans.half_empty(), "empty": plans.empty()}
    return {name: document.make(plan, template=TEMPLATE) for name, plan in made.items()}


@pytest.fixture(params=["full", "half empty", "empty"])
def plan(request, rendered) -> bytes:
    return rendered[request.param]


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def test_opens_cleanly_in_word(plan, tmp_path):
    (tmp_path / "plan.docx").write_bytes(plan)
    assert openxml_audit.OpenXmlValidator().validate(tmp_path / "plan.docx").errors == []


def test_no_tag_is_left_anywhere(plan):
    reopened = opened(plan)
    texts = [templates.words(plan), reopened.core_properties.title, reopened.core_properties.subject]
    for section in reopened.sections:
        texts += [paragraph.text for paragraph in (*section.header.paragraphs, *section.footer.paragraphs)]
    assert not re.search(r"\{[{%]|[%}]\}|\bNone\b", "\n".join(texts))


def test_heading_levels_have_no_gaps(plan):
    levels = [level for one in opened(plan).paragraphs if (level := contents.outline_level(one))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_table_with_headings_repeats_them_and_no_row_splits(plan):
    dark = "Table Heading"
    for table in opened(plan).tables:
        first = table.rows[0]._tr
        if any(paragraph.style.name.startswith(dark) for paragraph in table.rows[0].cells[0].paragraphs):
            assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None, table.rows[0].cells[0].text
        for row in table.rows:
            if len(table.rows) > 1:
                assert row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None, row.cells[0].text


def test_every_grid_is_as_wide_as_its_cells(plan):
    for table in opened(plan).tables:
        grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.findall(qn("w:gridCol"))]
        for row in table._tbl.findall(qn("w:tr")):
            cells = [int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for cell in row.findall(qn("w:tc"))]
            assert cells == grid


def test_there_is_no_table_without_a_row(plan):
    for table in opened(plan).tables:
        header = table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
        assert len(table.rows) > (1 if header is not None else 0)


def test_captions_are_numbered_through(plan):
    numbers = [
        int(found[1])
        for paragraph in opened(plan).paragraphs
        if paragraph.style.name == "Caption" and (found := re.match(r"Table (\d+):", paragraph.text))
    ]
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers


def test_contents_list_names_every_heading_and_links_to_it(plan):
    reopened = opened(plan)
    entries = [
        paragraph for paragraph in reopened.paragraphs if paragraph.style.name.lower().startswith("toc ")
    ]
    headings = contents.headings(reopened)
    marks = {mark.get(qn("w:name")) for mark in reopened.element.body.iter(qn("w:bookmarkStart"))}
    assert [entry.text.split("\t")[:2] for entry in entries] == [[one.number, one.title] for one in headings]
    for entry in entries:
        assert entry._p.find(qn("w:hyperlink")).get(qn("w:anchor")) in marks


def test_chapters_are_numbered_as_the_plan_numbers_them(rendered):
    reopened = opened(rendered["full"])
    chapters = [one.number for one in contents.headings(reopened) if one.level == 1]
    planned = [section.number for section in plans.full().sections]
    # the document's own appendices follow the plan's
    assert chapters == [*planned, *"DEFGH"]


def parts(made: bytes) -> dict[str, bytes]:
    """What a document holds, read and written once more: an empty element may be written in two ways."""
    return {str(part.partname): part.blob for part in opened(made).part.package.iter_parts()}


def test_measured_pages_put_in_later_make_the_same_document():
    stand_ins = document.make(plans.empty(), template=TEMPLATE, pages=())
    pages = tuple(range(3, 3 + len(contents.headings(opened(stand_ins)))))
    at_once = document.make(plans.empty(), template=TEMPLATE, pages=pages)
    assert parts(contents.numbered(stand_ins, pages)) == parts(at_once)
    assert parts(stand_ins) != parts(at_once)


def test_page_numbers_are_printed_where_they_were_measured():
    headings = len(contents.headings(opened(document.make(plans.empty(), template=TEMPLATE))))
    numbered = document.make(plans.empty(), template=TEMPLATE, pages=tuple(range(2, headings + 2)))
    entries = [one for one in opened(numbered).paragraphs if one.style.name.lower().startswith("toc ")]
    assert [one.text.split("\t")[-1] for one in entries] == [str(page) for page in range(2, headings + 2)]


def test_equal_plans_give_equal_bytes():
    assert document.make(plans.full(), template=TEMPLATE) == document.make(plans.full(), template=TEMPLATE)


def test_properties_say_what_the_document_is(rendered):
    properties = opened(rendered["full"]).core_properties
    assert properties.title == "Mifos deployment plan: Ukulima Credit Scheme"
    assert properties.language == "en-GB"
    assert properties.created.date() == plans.full().made_on


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param("without a manager who does nothing else", id="the missing project manager"),
        pytest.param("Answer 12\u00a0open questions: Internet", id="a decision and whose it is"),
        pytest.param("■\u00a0critical\u00a0gap", id="a judgement by sign and word"),
        pytest.param("open: point 2, branch staff", id="a figure that waits names point and owner"),
        pytest.param(
            "at least KES\u00a01,370,000; open: point 3, Mary Nduku", id="a sum that is known in part"
        ),
        pytest.param("13,275", id="a number with separators"),
        pytest.param("waits for the server, which takes 45\u00a0days to come", id="why a task waits"),
        pytest.param("10\u00a0Mar 2027\u00a0Idd-ul-Fitr (estimated)", id="a holiday that hangs on the moon"),
        pytest.param("nobody answers for it", id="a duty without an accountable person"),
        pytest.param("door does not lock; evidence: room.jpg", id="evidence and note in the log"),
        pytest.param("Cores: 4", id="a wide list told as cards is not this one"),
    ],
)
def test_the_full_plan_says(rendered, expected):
    if expected == "Cores: 4":
        assert expected not in templates.words(rendered["full"])
    else:
        assert expected in templates.words(rendered["full"])


def test_the_warning_is_gone_where_a_manager_does_nothing_else(rendered):
    import msgspec

    plan = plans.full()
    dedicated = msgspec.structs.replace(plan, people=msgspec.structs.replace(plan.people, dedicated=True))
    styles = [one.style.name for one in opened(document.make(dedicated, template=TEMPLATE)).paragraphs]
    assert "Warning" in [one.style.name for one in opened(rendered["full"]).paragraphs]
    assert "Warning" not in styles


def test_a_plan_without_schedule_says_so(rendered):
    assert "No schedule can be computed yet" in templates.words(rendered["half empty"])


def test_tables_of_answers_keep_their_columns(rendered):
    table = next(one for one in opened(rendered["full"]).tables if one.rows[0].cells[-1].text == "Memory")
    assert [cell.text for cell in table.rows[1].cells] == ["Dell T40", "4", "8\u00a0GB"]
    assert table.rows[2].cells[1].text == "does not apply"


def test_an_unknown_language_is_one_sentence():
    with pytest.raises(document.errors.TemplateError, match="No language is known"):
        document.make(plans.empty(), template=TEMPLATE, language="klingon")
