"""The plan's pages in the README: `python -m tests.readme_pictures [FOLDER]` makes them anew, with LibreOffice and poppler."""

from __future__ import annotations

import asyncio
import io
import pathlib
import re
import subprocess
import sys
import tempfile

from PIL import Image

from document_templates import office
from tests.document_templates import sampled

SAMPLE = "sme_lender"
"""The one with twelve branches."""
FOLDER = pathlib.Path("docs/pictures")
DOTS_PER_INCH = 90
"""So that the words of a page can be read where the README shows it whole."""
COLOURS = 64
"""A page has few: so a picture stays far below 100 kB."""


def pages_shown(texts: list[str]) -> dict[str, int]:
    """Name of a picture -> number of its page, from one: the cover, page one, a branch and the first chart of dates."""
    wanted = {
        "plan-summary": r"^\s*1\s+Summary\s*$",
        # the contents list names the branch too
        "plan-branch": r"^\s*7\.\d+\s+Sucre\s*$(?=[\s\S]*Lines there today)",
        "plan-dates": r"Project plan on the calendar, part 1",
    }
    found = {"plan-cover": 1}
    for name, words in wanted.items():
        found[name] = next(
            number for number, text in enumerate(texts, 1) if re.search(words, text, re.MULTILINE)
        )
    return found


def picture(pdf: bytes, page: int) -> bytes:
    """One page as a small PNG."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "plan.pdf"
        file.write_bytes(pdf)
        asked = ["pdftoppm", "-png", "-r", str(DOTS_PER_INCH), "-f", str(page), "-l", str(page), str(file)]
        printed = subprocess.run(asked, check=True, capture_output=True).stdout
    made = io.BytesIO()
    with Image.open(io.BytesIO(printed)) as image:
        image.convert("RGB").quantize(COLOURS).save(made, "PNG", optimize=True)
    return made.getvalue()


async def main(folder: pathlib.Path) -> None:
    """Write the pictures."""
    pdf = await office.to_pdf(sampled.rendered(SAMPLE, "en"))
    for name, page in pages_shown(await office.page_texts(pdf)).items():
        (folder / f"{name}.png").write_bytes(picture(pdf, page))


if __name__ == "__main__":
    asyncio.run(main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
