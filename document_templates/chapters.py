"""What stands in each chapter of the standard template, in the order of `planning.outline`."""

from __future__ import annotations

from document_templates import blocks, chapter_parts, chapter_schedule, chapter_tables
from planning import outline

Column = blocks.Column
_ANSWERS_WITHIN = {"basis", "profile", "processes", "other_answers"}
"""Chapters that consist of answers; those behind the computed ones stand in an appendix."""
_LISTS_WITHIN = {"customisation"}
"""Of those, chapters whose lists are read where they belong: a change of the software is specified by its entry."""
_OWN_GAPS = {"functional_gaps", "hosting", "branches", "roles"}
LANDSCAPE = {"schedule": ("schedule.tasks", chapter_schedule.across)}
"""Chapter -> what of it stands on pages turned on their side, and the condition under which there is any."""
_NEW_PAGE = {"summary", "basis", "other_answers"}


def chapter(page: blocks.Page, key: str, *, is_appendix: bool = False) -> None:
    """One chapter: title, sentences, its own tables, figures, answers and what is open."""
    name = f"chapter.{key}"
    heading = page.paragraph(f"{{{{ {name}.title }}}}", "Appendix" if is_appendix else "Heading 1")
    if key in _NEW_PAGE:
        blocks.on_new_page(heading)
    # the basis prints warnings in boxes of their own
    others = " if line not in warnings" if key == "basis" else ""
    page.every(f"{name}.statements{others}", "Lead" if key == "summary" else "Body")
    if key in chapter_tables.OF:
        chapter_tables.OF[key](page)
    if key == "summary":
        return
    chapter_parts.figures(page, f"{name}.figures")
    if key not in _OWN_GAPS:
        chapter_parts.gap_table(page, f"{name}.gaps")
    if key in _ANSWERS_WITHIN:
        chapter_parts.answers(page, name)
    else:
        if key in _LISTS_WITHIN:
            chapter_parts.lists(page, name)
        with page.when(f"{name}.answers"):
            page.paragraph("{{ word.answers_elsewhere }}", "Note")
    # the basis lists those of all chapters
    if key != "basis":
        chapter_parts.open_points(page, f"{name}.open_points")
    with page.when(f"{name}.is_empty"):
        nothing = "nothing_other" if key == "other_answers" else "nothing"
        page.paragraph(f"{{{{ word.{nothing} }}}}", "Note")


def answers(page: blocks.Page) -> None:
    """The appendix of the answers that the computed chapters rest on."""
    page.paragraph("{{ word.answers_appendix }}", "Appendix")
    page.leading("{{ word.answers_sentence }}")
    for one in outline.CHAPTERS:
        if one.key not in _ANSWERS_WITHIN:
            title = f"{{{{ chapter.{one.key}.title }}}}"
            within = one.key in _LISTS_WITHIN
            chapter_parts.answers(page, f"chapter.{one.key}", title, with_lists=not within)
    chapter_parts.photos(page, "photos")


def ways_of_branches(page: blocks.Page) -> None:
    """The appendix that compares how each branch's gaps may be filled: a branch's page says what is advised."""
    page.paragraph("{{ word.ways_appendix }}", "Appendix")
    with page.each("branch", "branches"):
        chapter_parts.ways(page, "branch", "{{ branch.name }}{{ word.colon }} {{ word.ways }}")


def answer_log(page: blocks.Page) -> None:
    """The appendix of who answered each section."""
    page.paragraph("{{ word.answer_log }}", "Appendix")
    page.leading("{{ word.answer_log_sentence }}")
    page.every("noted_everywhere")
    page.table(
        "row", "answer_log",
        [
            Column(24, "section", "{{ row.section }}"),
            Column(13, "who", "{{ row.who }}"),
            Column(13, "on", "{{ row.on }}", "Table Label"),
            Column(10, "status", "{{ row.state }}", "Table Label"),
            Column(7, "known", "{{ row.known }}", "Table Number"),
            Column(8, "estimates", "{{ row.estimates }}", "Table Number"),
            Column(6, "still_owed", "{{ row.open }}", "Table Number"),
            Column(19, "remarks", "{{ row.remarks }}", "Table Label"),
        ],
    )  # fmt: skip


def glossary(page: blocks.Page) -> None:
    """The words of the trade, and what they mean here."""
    page.paragraph("{{ word.glossary }}", "Appendix")
    page.table(
        "row", "glossary",
        [Column(24, "term", "{{ row.term }}"), Column(76, "meaning", "{{ row.meaning }}")],
    )  # fmt: skip


def change_history(page: blocks.Page) -> None:
    """The last appendix: the versions that were issued, and what changed with each."""
    page.paragraph("{{ word.change_history }}", "Appendix")
    page.table(
        "row", "history",
        [
            Column(11, "version", "{{ row.version }}"),
            Column(17, "date", "{{ row.date }}"),
            Column(20, "asked_by", "{{ row.who }}"),
            Column(52, "what_changed", "", lines="row.changes"),
        ],
    )  # fmt: skip


APPENDICES = (answers, ways_of_branches, answer_log, glossary, change_history)
"""What follows the plan's own appendices."""
