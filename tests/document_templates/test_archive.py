"""Archives are judged before they are unpacked."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from document_templates import archive, errors, lint
from flows import archives
from tests.document_templates import templates

EXTERNAL = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="http://example.org/x" TargetMode="External"/></Relationships>'


def bomb() -> bytes:
    return templates.with_part("word/media/image1.png", b"\0" * 20_000_000)


def truncated_directory() -> bytes:
    return templates.made("x")[:-40]


def many_parts() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        target.writestr("word/document.xml", "<x/>")
        for number in range(archives.MAX_MEMBERS + 1):
            target.writestr(f"word/x{number}.txt", "")
    return made.getvalue()


CASES = [
    pytest.param(lambda: b"", "not a Word document", id="nothing"),
    pytest.param(lambda: b"%PDF-1.7", "not a Word document", id="a PDF"),
    pytest.param(truncated_directory, "not a Word document", id="cut off"),
    pytest.param(lambda: templates.with_part("x", b"", _zip("mimetype")), "no part word/document.xml", id="another zip"),
    pytest.param(lambda: random.Random(1).randbytes(archives.MAX_FILE_BYTES + 1), "at most", id="too big"),
    pytest.param(bomb, "zip bomb", id="a zip bomb"),
    pytest.param(many_parts, "list of parts", id="thousands of parts"),
    pytest.param(lambda: templates.with_part("word/vbaProject.bin", b"x"), "macro", id="macros"),
    pytest.param(lambda: templates.with_part("word/embeddings/oleObject1.bin", b"x"), "embedded program", id="an OLE object"),
    pytest.param(lambda: templates.with_part("word/activeX/activeX1.xml", b"<x/>"), "macro", id="ActiveX"),
    pytest.param(lambda: templates.with_part("word/_rels/settings.xml.rels", EXTERNAL.format("attachedTemplate").encode()), "from outside", id="a remote template"),
    pytest.param(lambda: templates.with_part("word/_rels/x.xml.rels", EXTERNAL.format("image").encode()), "from outside", id="a remote picture"),
    pytest.param(lambda: templates.with_part("word/x.xml", b'<!DOCTYPE x [<!ENTITY a "aaa">]><x>&a;</x>'), "entities", id="entities"),
]  # fmt: skip


def _zip(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        target.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(("make", "words"), CASES)
def test_an_archive_that_is_no_template_is_refused(make, words):
    data = make()
    with pytest.raises(errors.TemplateError, match=words):
        archive.check(data)
    assert [issue.part for issue in lint.lint(data)] == ["file"]


def test_links_to_pages_are_welcome():
    archive.check(templates.with_part("word/_rels/x.xml.rels", EXTERNAL.format("hyperlink").encode()))


def test_packing_depends_on_the_parts_alone():
    with zipfile.ZipFile(io.BytesIO(templates.made("x"))) as source:
        parts = [(name, source.read(name)) for name in source.namelist()]
    packed = []
    for order, date in ((parts, (2001, 1, 1, 0, 0, 0)), (parts[::-1], (2020, 5, 5, 5, 5, 4))):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as target:
            for name, content in order:
                target.writestr(zipfile.ZipInfo(name, date), content)
        packed.append(archive.pack(made.getvalue()))
    assert packed[0] == packed[1]
