"""The chapter of dates: the chart of weeks, the chain that decides the end, every task and what it waits for."""

from __future__ import annotations

from document_templates import blocks, chapter_parts, look

Column = blocks.Column
BAR_GROUNDS: dict[str, tuple[str, str] | None] = {
    "driving": ("solid", look.INK),
    "task": ("pct50", "2F8F94"),
    "phase": ("thinHorzStripe", look.GREY),
    "milestone": None,
}
"""Kind of week on the chart -> pattern and colour: solid, dotted and striped differ in mono print too."""


def schedule(page: blocks.Page) -> None:
    """The dates to promise and the last days to order first, then the chart: a board reads that far."""
    with page.when("not schedule.tasks"):
        page.paragraph("{{ schedule.verdict }}")
    page.facts("schedule.facts")
    page.table(
        "order", "schedule.orders",
        [
            Column(5, "number", "{{ order.number }}", "Table Label"),
            Column(35, "order_what", "{{ order.what }}"),
            Column(15, "order_days", "{{ order.days }}"),
            Column(13, "order_planned", "{{ order.planned }}"),
            Column(16, "order_latest", "{{ order.latest }}"),
            Column(16, "order_room", "order.tag"),
        ],
        caption="{{ word.orders }}",
    )  # fmt: skip
    chapter_parts.open_points(page, "chapter.schedule.open_points")
    with page.each("chart", "schedule.charts"):
        # a chart is as high as a page
        page.caption("{{ chart.title }}").paragraph_format.page_break_before = True
        _chart(page)
        page.paragraph("{{ word.chart_key }} {{ schedule.column }}", "Note")
    with page.when("schedule.chain_line"):
        page.paragraph("{{ schedule.chain_line }}")
    page.table(
        "task", "schedule.waits",
        [
            Column(6, "number", "{{ task.number }}", "Table Label"),
            Column(30, "task", "{{ task.name }}"),
            Column(10, "starts", "{{ task.start }}"),
            Column(54, "why_not_earlier", "{{ task.why }}", "Table Label"),
        ],
        caption="{{ word.schedule_chain }}",
    )  # fmt: skip
    page.table(
        "task", "schedule.tasks",
        [
            Column(6, "number", "{{ task.number }}", "Table Label"),
            Column(24, "task", "{{ task.name }}"),
            Column(12, "who", "{{ task.who }}"),
            Column(8, "starts", "{{ task.start }}"),
            Column(8, "ends", "{{ task.end }}"),
            Column(8, "length", "{{ task.days }}"),
            Column(34, "why_not_earlier", "{{ task.why }}", "Table Label"),
        ],
        caption="{{ word.tasks }}",
    )  # fmt: skip


def _chart(page: blocks.Page) -> None:
    """Rows of shaded cells, one a week, each kind in a cell of its own that Word users can restyle."""
    kinds = [*BAR_GROUNDS, "empty"]
    table = page.grid(4, [22, *[2] * (2 * len(kinds) + 3)])
    blocks.tight(table)
    head, open_row, body, close_row = table.rows
    blocks.repeat(head)
    blocks.whole(body)
    name, loop, week, end, *spare = head.cells
    blocks.write(name, "{{ word.task }}", "Chart Text")
    blocks.write(loop, "{%tc for week in chart.weeks %}", "Chart Text")
    blocks.write(week, "{{ week }}", "Chart Week")
    blocks.upright(head, week)
    blocks.write(end, "{%tc endfor %}", "Chart Text")
    for cell in spare:
        head._tr.remove(cell._tc)
    blocks.write(open_row.cells[0], "{%tr for bar in chart.bars %}", "Chart Text")
    blocks.write(close_row.cells[0], "{%tr endfor %}", "Chart Text")
    name, loop, *alternatives, end_if, end = body.cells
    blocks.write(name, "{% if bar.is_phase %}", "Chart Text")
    name.paragraphs[0].add_run("{{ bar.name }}", style="Strong")
    name.paragraphs[0].add_run("{% else %}{{ bar.name }}{% endif %}")
    blocks.write(loop, "{%tc for week in bar.weeks %}", "Chart Text")
    for number, kind in enumerate(kinds):
        condition, mark = alternatives[2 * number : 2 * number + 2]
        blocks.write(condition, f'{{%tc {"elif" if number else "if"} week == "{kind}" %}}', "Chart Text")
        blocks.write(mark, "◆" if kind == "milestone" else "", "Chart Week")
        if ground := BAR_GROUNDS.get(kind):
            blocks.shade(mark, look.WHITE, *ground)
    blocks.write(end_if, "{%tc endif %}", "Chart Text")
    blocks.write(end, "{%tc endfor %}", "Chart Text")
