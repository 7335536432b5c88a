"""The tables that only one chapter of the standard template has."""

from __future__ import annotations

from collections.abc import Callable

from document_templates import blocks, chapter_charts, chapter_parts, chapter_schedule, look

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
            Column(20, "owner", "{{ point.owner }}"),
            Column(14, "due", "{{ point.due }}"),
        ],
        caption="{{ word.open_points_owned }}",
    )  # fmt: skip


def _functional(page: blocks.Page) -> None:
    page.table(
        "gap", "functional_gaps",
        [
            Column(9, "rank", "{{ gap.score }}"),
            Column(29, "what_is_needed", "{{ gap.id }} {{ gap.area }}: {{ gap.what }}. {{ gap.urgency }}"),
            Column(14, "judgement", "gap.tag"),
            Column(26, "support", "{{ gap.support }}. {{ gap.note }}"),
            Column(22, "closing", "{{ gap.resolution }}, {{ gap.effort }}"),
        ],
        caption="{{ word.functional_gaps }}",
    )  # fmt: skip
    with page.each("gap", "functional_gaps"), page.when("gap.use_case"):
        page.paragraph("{{ gap.id }}: {{ gap.use_case }} ({{ gap.times }})", "List Bullet")
    page.table(
        "gap", "functional_settings",
        [
            Column(12, "number", "{{ gap.id }}", "Table Label"),
            Column(44, "what_is_needed", "{{ gap.area }}: {{ gap.what }}"),
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
                paragraph.add_run(f': {{{{ {sentences}|join(" ") }}}}')
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


def _administration(page: blocks.Page) -> None:
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


def _reports(page: blocks.Page) -> None:
    page.table(
        "report", "reports",
        [
            Column(8, "number", "{{ report.number }}", "Table Label"),
            Column(26, "report", "{{ report.name }}: {{ report.use_case }}"),
            Column(16, "priority", "{{ report.priority }}"),
            Column(24, "served_by", "{{ report.stock }}"),
            Column(10, "effort", "{{ report.effort }}"),
            Column(16, "when", "{{ report.when }}"),
        ],
        caption="{{ word.reports }}",
    )  # fmt: skip


def _customisation(page: blocks.Page) -> None:
    page.table(
        "row", "settings",
        [
            Column(34, "decision", "{{ row.what }} {{ row.keys }}"),
            Column(14, "it_comes_with", "{{ row.comes }}"),
            Column(20, "chosen", "{{ row.chosen }}"),
            Column(14, "state", "row.tag"),
            Column(18, "decides", "{{ row.decider }}"),
        ],
        caption="{{ word.settings }}",
    )  # fmt: skip


def _migration(page: blocks.Page) -> None:
    page.facts("migration.facts", caption="{{ word.migration_effort }}")
    page.table(
        "row", "migration.rows",
        [
            Column(8, "number", "{{ row.number }}", "Table Label"),
            Column(16, "records_of", "{{ row.entity }}"),
            Column(13, "records", "{{ row.records }}"),
            Column(15, "source", "{{ row.source }}"),
            Column(18, "period", "{{ row.period }}"),
            Column(12, "by_hand", "{{ row.by_hand }}"),
            Column(18, "template", "{{ row.template }}"),
        ],
        caption="{{ word.migration_rows }}",
    )  # fmt: skip
    for name, style in (
        ("steps", "List Bullet"),
        ("challenges", "List Bullet"),
    ):
        with page.when(f"migration.{name}"):
            page.heading(f"{{{{ word.migration_{name} }}}}", 2)
            page.every(f"migration.{name}", style)
    with page.when("migration.not_carried"):
        page.heading("{{ word.migration_not_carried }}", 2)
        page.paragraph('{{ migration.not_carried|join("; ") }}.')
    page.every("migration.warnings", "Remark")


def _roles(page: blocks.Page) -> None:
    _people_table(page, "people.team", "{{ word.project_team }}")
    page.table(
        "load", "people.loads",
        [
            Column(9, "number", "{{ load.number }}", "Table Label"),
            Column(21, "role", "{{ load.role }}"),
            Column(26, "name", "{{ load.who }}"),
            Column(15, "days_needed", "{{ load.needed }}"),
            Column(15, "days_given", "{{ load.given }}"),
            Column(14, "load_of_role", "load.tag"),
        ],
        caption="{{ word.loads_of_roles }}",
    )  # fmt: skip
    chapter_parts.gap_table(page, "people.gaps")


def _training(page: blocks.Page) -> None:
    page.facts("training.facts")
    page.table(
        "course", "training.courses",
        [
            Column(8, "number", "{{ course.number }}", "Table Label"),
            Column(15, "course", "{{ course.title }}"),
            Column(9, "learners", "{{ course.learners }}"),
            Column(8, "groups", "{{ course.groups }}"),
            Column(9, "trainer_days", "{{ course.trainer_days }}"),
            Column(26, "where", "{{ course.where }}"),
            Column(12, "trainer", "{{ course.trainer }}"),
            Column(13, "dates", "{{ course.dates }}"),
        ],
        caption="{{ word.courses }}",
    )  # fmt: skip
    page.every("training.warnings", "Remark")


def _costs(page: blocks.Page) -> None:
    page.facts("costs.facts")
    page.table(
        "year", "costs.years",
        [
            Column(10, "number", "{{ year.number }}", "Table Label"),
            Column(15, "year", "{{ year.year }}"),
            Column(25, "once", "{{ year.once }}", "Table Number"),
            Column(25, "running", "{{ year.running }}", "Table Number"),
            Column(25, "total", "{{ year.total }}", "Table Number"),
        ],
        caption="{{ word.five_years }}",
    )  # fmt: skip
    chapter_charts.bars(page, "costs.charts", "costs_chart_key")
    page.table(
        "cost", "costs.rows",
        [
            Column(8, "number", "{{ cost.number }}", "Table Label"),
            Column(28, "what", "{{ cost.what }}"),
            Column(13, "quantity", "{{ cost.quantity }}", "Table Number"),
            Column(17, "unit_price", "{{ cost.unit_price }}", "Table Number"),
            Column(18, "amount", "{{ cost.amount }}", "Table Number"),
            Column(16, "when", "{{ cost.when }}"),
        ],
        caption="{{ word.budget }}",
    )  # fmt: skip
    page.every("costs.warnings", "Remark")


def _risks(page: blocks.Page) -> None:
    page.table(
        "risk", "risks",
        [
            Column(30, "risk", "{{ risk.what }}"),
            Column(20, "score", "risk.tag"),
            Column(34, "response", "{{ risk.response }}"),
            Column(16, "owner", "{{ risk.owner }}"),
        ],
        caption="{{ word.risk_register }}",
    )  # fmt: skip
    page.table(
        "place", "readiness",
        [
            Column(9, "number", "{{ place.number }}", "Table Label"),
            Column(24, "place", "{{ place.place }}"),
            Column(13, "ready_of_100", "{{ place.score }}"),
            Column(54, "raises_most", "{{ place.missing }}"),
        ],
        caption="{{ word.readiness_table }}",
    )  # fmt: skip
    chapter_charts.bars(page, "readiness_charts", "readiness_chart_key")
    page.heading("{{ word.go_or_not }}", 2)
    page.table(
        "row", "go_live.conditions",
        [Column(64, "condition", "{{ row.what }}"), Column(36, "today", "row.tag")],
        caption="{{ word.conditions }}",
    )  # fmt: skip
    page.every("go_live.decides", "List Bullet")
    page.heading("{{ word.way_back }}", 2)
    page.every("go_live.way_back", "List Bullet")
    _sign_off(page)


def _sign_off(page: blocks.Page) -> None:
    """A row for each who signs, high enough to write in, all on one page."""
    page.heading("{{ word.sign_off }}", 2)
    page.paragraph("{{ word.sign_off_sentence }}").paragraph_format.keep_with_next = True
    table = page.grid(4, [30, 26, 26, 18], has_header=True)
    opening, body, closing = table.rows[1:]
    blocks.repeat(table.rows[0])
    for cell, heading in zip(table.rows[0].cells, ("role", "name", "signature", "date"), strict=True):
        blocks.write(cell, f"{{{{ word.{heading} }}}}", "Table Heading")
    blocks.write(opening.cells[0], "{%tr for one in go_live.signers %}", "Table Text")
    blocks.whole(body)
    blocks.tall(body)
    for cell, name in zip(body.cells, ("role", "name", "signature", "date"), strict=True):
        blocks.write(cell, f"{{{{ one.{name} }}}}", "Table Text")
    blocks.write(closing.cells[0], "{%tr endfor %}", "Table Text")
    blocks.together(table)


def _calendars(page: blocks.Page) -> None:
    page.paragraph("{{ word.calendars_sentence }}")
    page.table(
        "calendar", "calendars",
        [
            Column(34, "calendar", "{{ calendar.name }}"),
            Column(18, "days_off", "{{ calendar.weekend }}"),
            Column(24, "closed", "{{ calendar.closed }}"),
            Column(24, "busy", "{{ calendar.busy }}"),
        ],
        caption="{{ word.calendars }}",
    )  # fmt: skip
    page.table(
        "row", "holidays",
        [Column(34, "places", "{{ row.places }}"), Column(66, "holidays", "{{ row.days }}")],
        caption="{{ word.holidays }}",
    )  # fmt: skip


def _parameters(page: blocks.Page) -> None:
    page.paragraph("{{ word.parameters_sentence }}")
    page.table(
        "parameter", "parameters",
        [
            Column(30, "parameter", "{{ parameter.name }}"),
            Column(16, "value", "{{ parameter.value }}"),
            Column(18, "kind_of_source", "{{ parameter.source }}"),
            Column(36, "source", "{{ parameter.origin }}", "Table Label"),
        ],
        caption="{{ word.parameters }}",
    )  # fmt: skip
    page.table(
        "formula", "formulas",
        [
            Column(9, "number", "{{ formula.number }}", "Table Label"),
            Column(36, "figure", "{{ formula.label }}"),
            Column(55, "formula", "{{ formula.formula }}"),
        ],
        caption="{{ word.formulas }}",
    )  # fmt: skip


OF: dict[str, Callable[[blocks.Page], None]] = {
    "summary": _summary,
    "basis": _basis,
    "functional_gaps": _functional,
    "hosting": _hosting,
    "branches": _branches,
    "administration": _administration,
    "customisation": _customisation,
    "reports": _reports,
    "migration": _migration,
    "roles": _roles,
    "training": _training,
    "schedule": chapter_schedule.schedule,
    "budget": _costs,
    "risks": _risks,
    "calendars": _calendars,
    "parameters": _parameters,
}
"""Key of `planning.outline` -> what that chapter prints before what all have."""
