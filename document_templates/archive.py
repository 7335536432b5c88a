"""Word files as zip archives: judged before anything is unpacked, and packed so that equal parts give equal bytes."""

from __future__ import annotations

import io
import zipfile

from document_templates import errors
from flows import archives

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)


def check(data: bytes) -> None:
    """Refuse an archive that is not a Word document, is too big, unpacks to too much, or carries active content.

    Raises `errors.TemplateError`.
    """
    try:
        contents = archives.inspect(data, main="word/document.xml", what="Word document (.docx)")
    except archives.ArchiveError as problem:
        raise errors.TemplateError(str(problem)) from problem
    if contents.macros:
        raise errors.TemplateError(
            f"The file holds a macro or an embedded program ({contents.macros[0]}). Save it as .docx without macros."
        )
    if contents.outside:
        raise errors.TemplateError(
            f"The file fetches something from outside when opened ({contents.outside[0]}): a linked picture, "
            "template or object. Embed it instead."
        )


def pack(data: bytes) -> bytes:
    """The same archive with fixed dates, attributes and order, so that equal parts give equal bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
        # readers expect the content types first
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, _FIXED_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            target.writestr(member, source.read(name), compresslevel=9)
    return packed.getvalue()
