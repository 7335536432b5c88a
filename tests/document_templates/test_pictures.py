"""Photos in the Word plan: where they stand, how large, what is read out, and what stands there without them."""

from __future__ import annotations

import io

import docx
import msgspec
import openxml_audit
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from document_templates import document, pictures, rendering, shrinking
from flows import nouns as answers
from planning import nouns
from tests.document_templates import accessibility, photos, plans, templates
from tests.planning.test_photos import plan, sent

TEMPLATE = rendering.STANDARD_TEMPLATE.read_bytes()
WIDE = shrinking.shrunk(photos.telling())
TALL = shrinking.shrunk(photos.telling(photos.ROTATED))


def words(made: Document) -> list[str]:
    return [paragraph.text for paragraph in made.paragraphs]


def without_photos(full: nouns.Plan) -> nouns.Plan:
    return msgspec.structs.replace(
        full, sections=tuple(msgspec.structs.replace(section, answers=()) for section in full.sections)
    )


def test_two_photos_stand_in_the_plan_sized_described_and_silent(tmp_path):
    asked = plan(sent("tall", branch="b1"), sent("wide", key="server"))
    data = document.make(asked, template=TEMPLATE, photos={"wide": WIDE, "tall": TALL})
    (tmp_path / "plan.docx").write_bytes(data)
    assert openxml_audit.OpenXmlValidator().validate(tmp_path / "plan.docx").errors == []
    assert accessibility.findings(data) == []
    made = docx.Document(io.BytesIO(data))
    tall, wide = made.inline_shapes
    assert (tall.height, wide.width) == (pictures.TALLEST, pictures.WIDEST)
    assert abs(tall.height - 2 * tall.width) <= Mm(1)
    assert abs(wide.width - 2 * wide.height) <= Mm(1)
    assert [shape._inline.docPr.get("descr") for shape in (tall, wide)] == [
        "Photo: The room? (b1)",
        f"Photo: The room? ({asked.institution.name})",
    ]
    assert {shape._inline.get(side) for shape in (tall, wide) for side in ("distL", "distR")} == {"0"}
    ids = [mark.get("id") for mark in made.element.iter(qn("wp:docPr"))]
    assert len(set(ids)) == len(ids)
    # behind its branch's page, under its question
    at = next(
        place for place, one in enumerate(made.paragraphs) if one._p.find(".//" + qn("w:drawing")) is not None
    )
    assert made.paragraphs[at - 1].text.startswith("The room? (")
    assert made.paragraphs[at - 1].style.name == "Caption"
    headings = [one.text for one in made.paragraphs[:at] if one.style.name == "Heading 2"]
    assert headings[-1].endswith("Kitui")
    for relation in made.part.rels.values():
        if relation.reltype.endswith("/image"):
            with Image.open(io.BytesIO(relation.target_part.blob)) as stored:
                assert not stored.getexif()
            assert photos.SECRET.encode() not in relation.target_part.blob


def test_where_there_is_no_picture_a_line_says_why():
    asked = plan(sent("broken", "missing", branch="b0"), sent(*map(str, range(7))))
    made = docx.Document(io.BytesIO(document.make(asked, template=TEMPLATE, photos={"broken": b""})))
    assert not made.inline_shapes
    said = words(made)
    assert "This picture is damaged, or no JPEG, PNG or WebP, and cannot be printed: broken.jpg." in said
    assert "Not printed here, but kept with the answers: missing.jpg." in said
    rest = ", ".join(f"{number}.jpg" for number in range(7))
    assert f"Not printed here, but kept with the answers: {rest}." in said


@pytest.mark.parametrize(
    "attachment",
    [
        pytest.param(
            answers.Attachment("image", "x", name="IMG_0042.HEIC", mime="image/heic"), id="as iPhones name it"
        ),
        pytest.param(answers.Attachment("image", "x", name="IMG_0042.HEIC"), id="by its ending"),
    ],
)
def test_who_sent_a_heic_file_is_told_how_to_send_it(attachment):
    block = sent("x")
    answered = msgspec.structs.replace(block.answered[0], evidence=(attachment,))
    asked = plan(msgspec.structs.replace(block, answered=(answered,)))
    made = docx.Document(io.BytesIO(document.make(asked, template=TEMPLATE, photos={"x": b""})))
    assert any(
        line.startswith("IMG_0042.HEIC is a HEIC picture")
        and line.endswith("as a photo rather than as a file.")
        for line in words(made)
    )


def test_without_photos_there_is_no_heading():
    made = docx.Document(io.BytesIO(document.make(without_photos(plans.full()), template=TEMPLATE)))
    assert "Photos" not in words(made)
    assert not made.inline_shapes


def test_a_template_of_ones_own_says_where_photos_stand():
    own = templates.made(
        "{% for one in photos.shown %}See {{ one.picture }} here: {{ one.caption }}{% endfor %}"
    )
    made = docx.Document(io.BytesIO(document.make(plan(sent("wide")), template=own, photos={"wide": WIDE})))
    assert len(made.inline_shapes) == 1
    assert made.paragraphs[0].text.startswith("See  here: The room?")


def test_an_answer_cannot_pass_for_a_photo():
    own = templates.made("{{ institution.name }}")
    full = plan(sent("wide"))
    named = msgspec.structs.replace(
        full, institution=msgspec.structs.replace(full.institution, name="\u20660\u2069 Sacco")
    )
    made = docx.Document(io.BytesIO(document.make(named, template=own, photos={"wide": WIDE})))
    assert made.paragraphs[0].text == "0 Sacco"
    assert not made.inline_shapes
