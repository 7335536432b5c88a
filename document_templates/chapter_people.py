"""The tables on people: who runs Mifos, who works on the project, who is taught."""

from __future__ import annotations

from document_templates import blocks, chapter_parts

Column = blocks.Column


def administration(page: blocks.Page) -> None:
    """Who runs Mifos, and the responsibilities by role."""
    page.facts("people.needed")
    _people_table(page, "people.administrators", "{{ word.administrators }}")
    page.table(
        "row", "people.raci",
        [
            Column(25, "duty", "{{ row.duty }}"),
            Column(17, "does_it", "{{ row.responsible }}"),
            Column(17, "answers_for_it", "{{ row.accountable }}"),
            Column(16, "stand_in", "{{ row.stand_in }}"),
            Column(11, "how_often", "{{ row.how_often }}"),
            Column(14, "missing", "{{ row.defects }}"),
        ],
        caption="{{ word.raci }}",
    )  # fmt: skip


def _people_table(page: blocks.Page, items: str, caption: str) -> None:
    page.table(
        "person", items,
        [
            Column(8, "number", "{{ person.number }}", "Table Label"),
            Column(26, "name", "{{ person.name }}"),
            Column(22, "role", "{{ person.role }}"),
            Column(18, "share", "{{ person.share }}"),
            Column(26, "note", "{{ person.note }}", "Table Label"),
        ],
        caption=caption,
    )  # fmt: skip


def roles(page: blocks.Page) -> None:
    """Who works on the project, and how much of their time."""
    _people_table(page, "people.team", "{{ word.project_team }}")
    page.table(
        "load", "people.loads",
        [
            Column(8, "number", "{{ load.number }}", "Table Label"),
            Column(21, "role", "{{ load.role }}"),
            Column(22, "name", "{{ load.who }}"),
            Column(14, "days_needed", "{{ load.needed }}"),
            Column(14, "days_given", "{{ load.given }}"),
            Column(21, "load_of_role", "load.tag"),
        ],
        caption="{{ word.loads_of_roles }}",
    )  # fmt: skip
    chapter_parts.gap_table(page, "people.gaps")


def training(page: blocks.Page) -> None:
    """Courses, dates and trainers."""
    page.facts("training.facts")
    page.table(
        "course", "training.courses",
        [
            Column(8, "number", "{{ course.number }}", "Table Label"),
            Column(15, "course", "{{ course.title }}"),
            Column(9, "learners", "{{ course.learners }}"),
            Column(8, "groups", "{{ course.groups }}"),
            Column(9, "trainer_days", "{{ course.trainer_days }}"),
            Column(22, "where", "{{ course.where }}"),
            Column(16, "trainer", "{{ course.trainer }}"),
            Column(13, "dates", "{{ course.dates }}"),
        ],
        caption="{{ word.courses }}",
    )  # fmt: skip
    page.every("training.warnings", "Remark")
