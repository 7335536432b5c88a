"""The sample institutions' plans: what Word would refuse and what keeps a reader out, in every language."""

from __future__ import annotations

import io
import json
import os
import pathlib
import subprocess

import docx
import openxml_audit
import pytest
from docx.oxml.ns import qn

from tests.document_templates import accessibility, condensed, layout, plans, sampled, templates

VALIDATORS = os.environ.get("OOXML_VALIDATORS", "")
"""Where `.ci/run` put npm's validators, which wrap Microsoft's SDK."""
needs_npm = pytest.mark.skipif(not VALIDATORS, reason="npm's validators are not here; .ci/run installs them")

WHOLE = [(name, language, False) for name in sampled.NAMES for language in sampled.LANGUAGES]
HALF = [(name, language, True) for name in sampled.NAMES for language in sampled.LANGUAGES]

VALIDATED = {("jitegemea", "en", False), ("sme_lender", "sw", True)}
"""What is validated line by line; of the others each structure once, which takes a tenth of the time."""


@pytest.mark.parametrize(
    ("name", "language", "half"),
    [pytest.param(*one, id=f"{one[0]} {one[1]}{' half' if one[2] else ''}") for one in (*WHOLE, *HALF)],
)
def test_a_sample_opens_cleanly_and_keeps_nobody_out(name, language, half, tmp_path):
    made = sampled.rendered(name, language, half=half)
    assert accessibility.findings(made) == []
    assert layout.findings(made) == []
    judged = made if (name, language, half) in VALIDATED else condensed.condensed(made)
    (tmp_path / "plan.docx").write_bytes(judged)
    assert openxml_audit.OpenXmlValidator().validate(tmp_path / "plan.docx").errors == []


def test_what_is_wrong_in_one_row_of_many_is_found_among_the_structures(tmp_path):
    made = docx.Document(io.BytesIO(sampled.document.make(plans.empty(), template=_template())))
    table = made.add_table(rows=30, cols=1)
    shade = docx.oxml.parse_xml(f'<w:shd {docx.oxml.ns.nsdecls("w")} w:val="clear" w:fill="FFFFFF"/>')
    table.cell(20, 0)._tc.tcPr.insert(0, shade)
    made.save(saved := io.BytesIO())
    small = condensed.condensed(saved.getvalue())
    assert len(docx.Document(io.BytesIO(small)).tables[-1].rows) == 2
    (tmp_path / "plan.docx").write_bytes(small)
    assert openxml_audit.OpenXmlValidator().validate(tmp_path / "plan.docx").errors


@needs_npm
@pytest.mark.parametrize(
    ("name", "language", "half"),
    [pytest.param(*one, id=f"{one[0]} {one[1]}{' half' if one[2] else ''}") for one in (*WHOLE, *HALF)],
)
def test_the_first_of_npms_validators_finds_nothing(name, language, half, tmp_path):
    (tmp_path / "plan.docx").write_bytes(condensed.condensed(sampled.rendered(name, language, half=half)))
    said = json.loads(_called("ooxml-validator", tmp_path / "plan.docx"))
    assert said["errors"] == []
    assert said["ok"]


@needs_npm
@pytest.mark.parametrize(
    ("name", "language", "half"),
    [
        pytest.param("jitegemea", "en", True, id="half of the answers"),
        pytest.param("village_bank", "fr", False, id="a village bank"),
        pytest.param("sme_lender", "es", False, id="twelve branches"),
        pytest.param("sme_lender", "sw", True, id="half of twelve branches"),
    ],
)
def test_the_second_of_npms_validators_finds_nothing(name, language, half, tmp_path):
    # each language once: its validator runs as web assembly, a quarter of a minute for each structure once
    (tmp_path / "plan.docx").write_bytes(condensed.condensed(sampled.rendered(name, language, half=half)))
    assert "Found 0 errors" in _called("ooxml-validate", tmp_path / "plan.docx")


def _called(program: str, file: pathlib.Path) -> str:
    command = [pathlib.Path(VALIDATORS) / "node_modules" / ".bin" / program, file]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=280).stdout


def broken(how: str) -> bytes:
    """The empty plan with one barrier in it."""
    document = docx.Document(io.BytesIO(sampled.document.make(plans.empty(), template=_template())))
    match how:
        case "level":
            heading = next(one for one in document.paragraphs if one.style.name == "Heading 2")
            heading.style = "Heading 3"
        case "picture":
            document.add_picture(io.BytesIO(templates.PNG))
            next(document.element.iter(qn("wp:docPr"))).set("descr", "")
        case "header":
            for mark in list(document.element.iter(qn("w:tblHeader"))):
                mark.getparent().remove(mark)
        case "language":
            document.core_properties.language = "fr-FR"
        case "contrast":
            document.styles["Body"].font.color.rgb = docx.shared.RGBColor(0xCC, 0xCC, 0xCC)
        case "title":
            document.core_properties.title = ""
        case "link":
            next(document.element.iter(qn("w:hyperlink"))).set(qn("w:anchor"), "nowhere")
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _template() -> bytes:
    return sampled.rendering.STANDARD_TEMPLATE.read_bytes()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        pytest.param("level", "skips a level", id="a heading too deep"),
        pytest.param("picture", "no words in its place", id="a picture without words"),
        pytest.param("header", "not marked as one", id="a header row that is none"),
        pytest.param("language", "marked as", id="two languages"),
        pytest.param("contrast", "contrast of 1.6 to 1", id="grey on white"),
        pytest.param("title", "no title", id="no title"),
        pytest.param("link", "which is nowhere", id="a link to nowhere"),
    ],
)
def test_a_barrier_is_found(how, said):
    found = accessibility.findings(broken(how))
    assert found
    assert all(said in sentence for sentence in found)


def test_a_judgement_is_never_told_by_colour_alone():
    document = docx.Document(io.BytesIO(sampled.document.make(plans.full(2), template=_template())))
    tags = [
        "".join(text.text or "" for text in run.iter(qn("w:t"))).strip()
        for run in document.element.body.iter(qn("w:r"))
        if (style := run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")) is not None
        and style.get(qn("w:val")).startswith("Tag")
    ]
    assert tags
    assert all(tag[0] in "■▲●" and tag[1:].strip() for tag in tags)
