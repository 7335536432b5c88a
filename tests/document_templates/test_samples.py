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

from tests import made_once
from tests.document_templates import accessibility, condensed, layout, plans, sampled, templates

VALIDATORS = os.environ.get("OOXML_VALIDATORS", "")
"""Where `.ci/run` put npm's validators, which wrap Microsoft's SDK."""
BIN = pathlib.Path(VALIDATORS) / "node_modules" / ".bin"
PACKAGE = pathlib.Path(VALIDATORS) / "node_modules" / "@ooxml-tools" / "validate"
VALIDATE = pathlib.Path(__file__).with_name("validate.mjs")
needs_npm = pytest.mark.skipif(not VALIDATORS, reason="npm's validators are not here; .ci/run installs them")

DOCUMENTS = [
    pytest.param(name, language, half, id=f"{name} {language}{' half' if half else ''}")
    for half in (False, True)
    for name in sampled.NAMES
    for language in sampled.LANGUAGES
]

VALIDATED = {("village_bank", "en", False), ("sme_lender", "sw", True)}
"""What is validated line by line; of the others each structure once, which takes a twentieth of the time."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return made_once.folder(tmp_path_factory)


def made_of(kept: pathlib.Path, name: str, language: str, half: bool) -> pathlib.Path:
    """The file of a sample's plan; made by whichever process of the run asks first."""
    file = kept / f"{name}-{language}-{'half' if half else 'whole'}.docx"
    made_once.content(file, lambda: sampled.rendered(name, language, half=half))
    return file


def condensed_of(kept: pathlib.Path, name: str, language: str, half: bool) -> pathlib.Path:
    """That file with each of its structures once."""
    whole = made_of(kept, name, language, half)
    file = whole.with_stem(f"{whole.stem}-condensed")
    made_once.content(file, lambda: condensed.condensed(whole.read_bytes()))
    return file


@pytest.mark.parametrize(("name", "language", "half"), DOCUMENTS)
def test_a_sample_opens_cleanly_and_keeps_nobody_out(name, language, half, kept):
    file = made_of(kept, name, language, half)
    assert accessibility.findings(file.read_bytes()) == []
    assert layout.findings(file.read_bytes()) == []
    judged = file if (name, language, half) in VALIDATED else condensed_of(kept, name, language, half)
    assert openxml_audit.OpenXmlValidator().validate(judged).errors == []


def shaded_before_its_width() -> bytes:
    """The empty plan and a table in it, of which one cell of thirty breaks the schema."""
    made = docx.Document(io.BytesIO(sampled.document.make(plans.empty(), template=_template())))
    table = made.add_table(rows=10, cols=3)
    shade = docx.oxml.parse_xml(f'<w:shd {docx.oxml.ns.nsdecls("w")} w:val="clear" w:fill="FFFFFF"/>')
    table.cell(7, 1)._tc.tcPr.insert(0, shade)
    made.save(saved := io.BytesIO())
    return condensed.condensed(saved.getvalue())


def test_what_is_wrong_in_one_cell_of_many_is_found_among_the_structures(tmp_path):
    small = shaded_before_its_width()
    assert [len(row.tc_lst) for row in docx.Document(io.BytesIO(small)).tables[-1]._tbl.tr_lst] == [1, 2]
    (tmp_path / "plan.docx").write_bytes(small)
    assert openxml_audit.OpenXmlValidator().validate(tmp_path / "plan.docx").errors


@needs_npm
@pytest.mark.parametrize(("name", "language", "half"), DOCUMENTS)
def test_the_first_of_npms_validators_finds_nothing(name, language, half, kept):
    said = json.loads(_called(BIN / "ooxml-validator", condensed_of(kept, name, language, half)))
    assert said["errors"] == []
    assert said["ok"]


@needs_npm
@pytest.mark.parametrize("name", sampled.NAMES)
def test_the_second_of_npms_validators_finds_nothing_but_what_is_wrong(name, kept, tmp_path):
    files = [
        condensed_of(kept, name, language, half) for language in sampled.LANGUAGES for half in (False, True)
    ]
    (wrong := tmp_path / "wrong.docx").write_bytes(shaded_before_its_width())
    # one process for all: it compiles Microsoft's SDK to web assembly first, which takes longer than eight documents
    said = _called("node", VALIDATE, PACKAGE / "dist" / "npm" / "index.js", *files, wrong)
    found = [json.loads(line) for line in said.splitlines()]
    assert found[:-1] == [{"file": str(file), "errors": []} for file in files]
    assert found[-1]["errors"]


def _called(*command: str | pathlib.Path) -> str:
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
