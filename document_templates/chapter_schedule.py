"""The chapter of dates: what to promise and order, then across the page the chart of weeks, the chain and every task."""

from __future__ import annotations

from document_templates import blocks, chapter_charts

Column = blocks.Column


def schedule(page: blocks.Page) -> None:
    """The dates to promise and the last days to order: a board reads that far."""
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


def across(page: blocks.Page) -> None:
    """The chart, what the finish date waits for, and the tasks, all on pages turned on their side."""
    with page.each("chart", "schedule.charts"):
        # a chart is as high as a page
        page.caption("{{ chart.title }}").paragraph_format.page_break_before = True
        chapter_charts.chart(page, "{{ word.task }}", 30)
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
