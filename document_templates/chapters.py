"""What stands in each chapter of the standard template, in the order of `planning.outline`."""

from __future__ import annotations

from document_templates import blocks, chapter_parts, chapter_tables

Column = blocks.Column
_OWN_ANSWERS = {"branches"}
_OWN_GAPS = {"functional_gaps", "hosting", "branches", "roles"}
LANDSCAPE = {"schedule"}
_NEW_PAGE = {"basis", "branches", "other_answers"}


def chapter(page: blocks.Page, key: str, *, is_appendix: bool = False) -> None:
    """One chapter: title, sentences, its own tables, figures, answers and what is open."""
    name = f"chapter.{key}"
    heading = page.paragraph(f"{{{{ {name}.title }}}}", "Appendix" if is_appendix else "Heading 1")
    if key in _NEW_PAGE:
        heading.paragraph_format.page_break_before = True
    page.every(f"{name}.statements", "Lead" if key == "summary" else "Body")
    if key in chapter_tables.OF:
        chapter_tables.OF[key](page)
    if key == "summary":
        return
    chapter_parts.figures(page, f"{name}.figures")
    if key not in _OWN_GAPS:
        chapter_parts.gap_table(page, f"{name}.gaps")
    if key not in _OWN_ANSWERS:
        chapter_parts.answers(page, name)
    if key != "basis":
        chapter_parts.open_points(page, f"{name}.open_points")
    with page.when(f"{name}.is_empty"):
        page.paragraph("{{ word.nothing }}", "Note")


def answer_log(page: blocks.Page) -> None:
    """The last appendix: every answer with who gave it."""
    page.paragraph("{{ word.answer_log }}", "Appendix")
    page.paragraph("{{ word.answer_log_sentence }}")
    page.table(
        "row", "answer_log",
        [
            Column(19, "section", "{{ row.section }}"),
            Column(14, "who", "{{ row.who }}"),
            Column(14, "on", "{{ row.on }}", "Table Label"),
            Column(10, "status", "{{ row.state }}", "Table Label"),
            Column(8, "known", "{{ row.known }}", "Table Number"),
            Column(10, "estimates", "{{ row.estimates }}", "Table Number"),
            Column(7, "still_owed", "{{ row.open }}", "Table Number"),
            Column(18, "remarks", "{{ row.remarks }}", "Table Label"),
        ],
    )  # fmt: skip
