"""What archives may hold, and how they are packed; the corpus of bad templates has what is refused."""

from __future__ import annotations

import io
import zipfile

from document_templates import archive
from tests.document_templates import templates

EXTERNAL = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="http://example.org/x" TargetMode="External"/></Relationships>'


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
