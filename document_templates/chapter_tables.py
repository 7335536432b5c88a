"""What each chapter of the standard template has beside what all have; here the tables on what is there and what lacks."""

from __future__ import annotations

from collections.abc import Callable

from document_templates import blocks, chapter_parts, chapter_people, chapter_project, chapter_schedule, look

Column = blocks.Column


def _summary(page: blocks.Page) -> None:
    with page.when("summary.cards"):
        table = page.grid(3, [34, 33, 33])
        blocks.write(table.cell(0, 0), "{%tr for row in summary.cards %}", "Table Text")
        blocks.whole(table.rows[1])
        for number, cell in enumerate(table.rows[1].cells):
            blocks.write(cell, f"{{{{ row[{number}].value }}}}", "Card Value")
            cell.add_paragraph(f"{{{{ row[{number}].label }}}}", style="Card Label")
            blocks.shade(cell, look.MIST if number % 2 == 0 else "F4F8F8")
        blocks.write(table.cell(2, 0), "{%tr endfor %}", "Table Text")
        page.paragraph("", "Spacer")
    page.table(
        "decision", "summary.decisions",
        [
            Column(6, "number", "{{ decision.number }}", "Table Label"),
            Column(44, "needed_now", "{{ decision.what }}"),
            Column(20, "from_whom", "{{ decision.owner }}"),
            Column(14, "by_when", "{{ decision.due }}"),
            Column(16, "weight", "decision.tag"),
        ],
        caption="{{ word.decisions }}",
    )  # fmt: skip
    page.table(
        "risk", "summary.risks",
        [
            Column(40, "greatest_risks", "{{ risk.what }}"),
            Column(42, "response", "{{ risk.response }}"),
            Column(18, "score", "risk.tag"),
        ],
        caption="{{ word.greatest_risks }}",
    )  # fmt: skip


def _basis(page: blocks.Page) -> None:
    page.every("warnings", "Remark")
    for part in ("scope", "assumptions", "constraints", "dependencies", "tolerances"):
        page.heading(f"{{{{ word.{part} }}}}", 2)
        page.every(f"basis.{part}", "List Bullet")
    page.heading("{{ word.all_open_points }}", 2)
    with page.when("not open_points"):
        page.paragraph("{{ word.nothing_open }}")
    page.table(
        "point", "open_points",
        [
            Column(7, "number", "{{ point.number }}", "Table Label"),
            Column(36, "still_open", "{{ point.question }}"),
            Column(23, "section", "{{ point.place }}", "Table Label"),
            Column(20, "owner", "{{ point.owner }}{% if point.waits %}, {{ point.waits }}{% endif %}"),
            Column(14, "due", "{{ point.due }}"),
        ],
        caption="{{ word.open_points_owned }}",
    )  # fmt: skip


def _functional(page: blocks.Page) -> None:
    page.table(
        "gap", "functional_gaps",
        [
            Column(9, "rank", "{{ gap.score }}"),
            Column(29, "what_is_needed", "{{ gap.id }} {{ gap.area }}{{ word.colon }} {{ gap.what }}. {{ gap.urgency }}"),
            Column(14, "judgement", "gap.tag"),
            Column(26, "support", "{{ gap.support }}. {{ gap.note }}"),
            Column(22, "closing", "{{ gap.resolution }}, {{ gap.effort }}"),
        ],
        caption="{{ word.functional_gaps }}",
    )  # fmt: skip
    with page.when("functional_uses"):
        page.leading("{{ word.functional_uses }}")
        page.every("functional_uses", "List Bullet")
    page.table(
        "gap", "functional_settings",
        [
            Column(12, "number", "{{ gap.id }}", "Table Label"),
            Column(44, "what_is_needed", "{{ gap.area }}{{ word.colon }} {{ gap.what }}"),
            Column(44, "what_to_do", "{{ gap.resolution }}. {{ gap.note }}"),
        ],
        caption="{{ word.functional_settings }}",
    )  # fmt: skip


def _hosting(page: blocks.Page) -> None:
    page.facts("hosting.facts", caption="{{ word.what_is_needed }}")
    page.table(
        "option", "hosting.options",
        [
            Column(8, "number", "{{ option.number }}", "Table Label"),
            Column(18, "option", "{{ option.name }} {{ option.wished }}"),
            Column(18, "judgement", "option.tag"),
            Column(40, "why", "{{ option.reasons }}"),
            Column(16, "monthly_cost", "{{ option.cost }}"),
        ],
        caption="{{ word.hosting_options }}",
    )  # fmt: skip
    chapter_parts.gap_table(page, "hosting.gaps")
    chapter_parts.ways(page, "hosting")
    page.every("hosting.warnings", "Remark")
    page.table(
        "row", "security",
        [
            Column(36, "requirement", "{{ row.item }}"),
            Column(20, "state", "row.tag"),
            Column(44, "what_to_do", "{{ row.measure }}"),
        ],
        caption="{{ word.security_map }}",
    )  # fmt: skip


_MEASURES = {
    "device_measures": "branch.device_measures",
    "line_measures": "branch.line_measures",
    "power_measures": "branch.power_measures",
    "place": "branch.environment",
}
"""Word before it -> what to do at a branch."""


def _branches(page: blocks.Page) -> None:
    page.table(
        "branch",
        "branches",
        [
            Column(30, "branch", "{{ branch.name }}"),
            Column(20, "judgement", "branch.tag"),
            Column(50, "missing", "{{ branch.missing }}"),
        ],
        caption="{{ word.readiness }}",
        # the first branch begins a new page
        together=True,
    )
    with page.each("branch", "branches"):
        blocks.on_new_page(page.heading("{{ branch.name }}", 2))
        page.every("branch.warnings", "Remark")
        chapter_parts.gap_table(page, "branch.gaps")
        for label, sentences in _MEASURES.items():
            with page.when(sentences):
                # a paragraph each: bullets would push the page over its end
                paragraph = page.paragraph("", "Measure")
                paragraph.add_run(f"{{{{ word.{label} }}}}", style="Strong")
                paragraph.add_run(f'{{{{ word.colon }}}} {{{{ {sentences}|join(" ") }}}}')
        page.table(
            "link", "branch.links",
            [
                Column(10, "number", "{{ link.number }}", "Table Label"),
                Column(20, "line", "{{ link.name }}"),
                Column(17, "provider", "{{ link.provider }}"),
                Column(18, "speed", "{{ link.speed }}"),
                Column(20, "availability", "{{ link.availability }}"),
                Column(15, "monthly_cost", "{{ link.cost }}"),
            ],
            caption="{{ word.lines }}",
        )  # fmt: skip
        page.threes("branch.facts", caption="{{ word.branch_profile }}")
        chapter_parts.photos(page, "branch.photos")


OF: dict[str, Callable[[blocks.Page], None]] = {
    "summary": _summary,
    "basis": _basis,
    "functional_gaps": _functional,
    "hosting": _hosting,
    "branches": _branches,
    "administration": chapter_people.administration,
    "customisation": chapter_project.customisation,
    "reports": chapter_project.reports,
    "migration": chapter_project.migration,
    "roles": chapter_people.roles,
    "training": chapter_people.training,
    "schedule": chapter_schedule.schedule,
    "budget": chapter_project.costs,
    "risks": chapter_project.risks,
    "calendars": chapter_project.calendars,
    "parameters": chapter_project.parameters,
}
"""Key of `planning.outline` -> what that chapter prints before what all have."""
