"""Caption numbers after rendering: Word counts SEQ fields only when asked, readers see the stored result."""

from __future__ import annotations

import re

from docx.document import Document
from docx.oxml.ns import qn

_SEQUENCE = re.compile(r"\s*SEQ\s+(\w+)")


def number(document: Document) -> None:
    """Give every SEQ field the number that Word would."""
    counts: dict[str, int] = {}
    for paragraph in document.element.body.iter(qn("w:p")):
        sequence, shows_result = "", False
        for run in paragraph.iter(qn("w:r")):
            code = run.find(qn("w:instrText"))
            mark = run.find(qn("w:fldChar"))
            if code is not None and (found := _SEQUENCE.match(code.text or "")):
                sequence = found[1]
                counts[sequence] = counts.get(sequence, 0) + 1
            elif mark is not None:
                kind = mark.get(qn("w:fldCharType"))
                shows_result = kind == "separate"
                sequence = "" if kind == "end" else sequence
            elif sequence and shows_result and (text := run.find(qn("w:t"))) is not None:
                text.text = str(counts[sequence])
                shows_result = False
