"""The tables on the project: reports, changes, migration, money, risks, and what its numbers rest on."""

from __future__ import annotations

from document_templates import blocks, chapter_charts

Column = blocks.Column


def reports(page: blocks.Page) -> None:
    """Reports, the critical ones first."""
    page.table(
        "report", "reports",
        [
            Column(8, "number", "{{ report.number }}", "Table Label"),
            Column(26, "report", "{{ report.name }}{{ word.colon }} {{ report.use_case }}"),
            Column(16, "priority", "{{ report.priority }}"),
            Column(24, "served_by", "{{ report.stock }}"),
            Column(10, "effort", "{{ report.effort }}"),
            Column(16, "when", "{{ report.when }}"),
        ],
        caption="{{ word.reports }}",
    )  # fmt: skip


def customisation(page: blocks.Page) -> None:
    """What is built, by whom and until when."""
    page.table(
        "row", "settings",
        [
            Column(34, "decision", "{{ row.what }}", lines="row.places"),
            Column(14, "it_comes_with", "{{ row.comes }}"),
            Column(20, "chosen", "{{ row.chosen }}"),
            Column(14, "state", "row.tag"),
            Column(18, "decides", "{{ row.decider }}"),
        ],
        caption="{{ word.settings }}",
    )  # fmt: skip


def migration(page: blocks.Page) -> None:
    """What moves, in which order and with what effort."""
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


def costs(page: blocks.Page) -> None:
    """The budget, once and by year."""
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


def risks(page: blocks.Page) -> None:
    """Risks, go or no-go, the way back and the sign-off."""
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
    page.leading("{{ word.sign_off_sentence }}")
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


def calendars(page: blocks.Page) -> None:
    """Holidays and closed seasons by place."""
    page.leading("{{ word.calendars_sentence }}")
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


def parameters(page: blocks.Page) -> None:
    """Every number assumed, and every formula."""
    page.leading("{{ word.parameters_sentence }}")
    with page.each("group", "parameter_groups"):
        page.table(
            "parameter", "group.rows",
            [
                Column(30, "parameter", "{{ parameter.name }}"),
                Column(16, "value", "{{ parameter.value }}"),
                Column(18, "kind_of_source", "{{ parameter.source }}"),
                Column(36, "source", "{{ parameter.origin }}", "Table Label"),
            ],
            caption="{{ group.title }}",
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
