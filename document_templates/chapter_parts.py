"""What the chapters of the standard template have in common: figures, gaps, answers, open points."""

from __future__ import annotations

from document_templates import blocks

Column = blocks.Column


def figures(page: blocks.Page, items: str) -> None:
    """What was computed: number, meaning, value and where it comes from."""
    page.table(
        "figure", items,
        [
            Column(7, "number", "{{ figure.number }}", "Table Label"),
            Column(23, "figure", "{{ figure.label }}"),
            Column(18, "value", "{{ figure.value }}"),
            Column(52, "comes_from", "{{ figure.comes_from }}", "Table Label"),
        ],
        caption="{{ word.figures }}",
    )  # fmt: skip


def gap_table(page: blocks.Page, items: str) -> None:
    """Things and people needed, there, missing."""
    page.table(
        "gap", items,
        [
            Column(9, "number", "{{ gap.number }}", "Table Label"),
            Column(22, "what_is_needed", "{{ gap.what }}"),
            Column(14, "needed", "{{ gap.need }}"),
            Column(13, "there", "{{ gap.have }}"),
            Column(15, "judgement", "gap.tag"),
            Column(27, "what_to_do", "{{ gap.resolution }}"),
        ],
        caption="{{ word.gaps }}",
    )  # fmt: skip


def ways(page: blocks.Page, name: str, caption: str = "{{ word.ways }}") -> None:
    """How gaps may be filled, compared, and what is advised."""
    page.table(
        "way", f"{name}.ways",
        [
            Column(9, "number", "{{ way.number }}", "Table Label"),
            Column(38, "way_to_fill", "{{ way.gap }}{{ word.colon }} {{ way.way }}. {{ way.what }}"),
            Column(21, "cost_over_years", "{{ way.cost }}"),
            Column(12, "ready_in", "{{ way.days }}"),
            Column(20, "judgement", "way.tag"),
        ],
        caption=caption,
    )  # fmt: skip
    page.every(f"{name}.advice", "List Bullet")


def answers(
    page: blocks.Page, name: str, title: str = "{{ word.what_was_answered }}", *, with_lists: bool = True
) -> None:
    """What was answered, a table a section, each answer with its giver."""
    with page.when(f"{name}.answers"):
        # no heading for the contents list, which names what a reader looks for
        page.paragraph(title, "Subheading")
        with page.each("block", f"{name}.answers"):
            page.table(
                "answer", "block.rows",
                [
                    Column(42, "question", "{{ answer.label }}"),
                    Column(37, "answer", "{{ answer.value }}"),
                    Column(21, "who_how_sure", "{{ answer.by }}", "Table Label"),
                ],
                caption="{{ block.title }} ({{ block.state }})",
            )  # fmt: skip
            if with_lists:
                with page.each("list", "block.lists"):
                    _answer_list(page)


def lists(page: blocks.Page, name: str) -> None:
    """The lists alone of what was answered, each entry with all that was said of it."""
    with page.each("block", f"{name}.answers"), page.each("list", "block.lists"):
        _answer_list(page)


def _answer_list(page: blocks.Page) -> None:
    page.caption("{{ list.title }}")
    with page.when("list.columns"):
        _wide_list(page)
    with page.each("card", "list.cards"):
        page.paragraph("{{ card.name }}", "Entry Name")
        page.facts("card.answers", share=38)


def _wide_list(page: blocks.Page) -> None:
    """As many columns as questions: narrow cells that share the width once they are filled."""
    table = page.grid(4, [1, 3, 1], has_header=True)
    for row, (items, name, style) in (
        (0, ("list.columns", "column", "Table Heading")),
        (2, ("row", "cell", "Table Text")),
    ):
        blocks.write(table.cell(row, 0), f"{{%tc for {name} in {items} %}}", "Table Text")
        blocks.write(table.cell(row, 1), f"{{{{ {name} }}}}", style)
        blocks.write(table.cell(row, 2), "{%tc endfor %}", "Table Text")
    blocks.repeat(table.rows[0])
    blocks.whole(table.rows[2])
    blocks.write(table.cell(1, 0), "{%tr for row in list.rows %}", "Table Text")
    blocks.write(table.cell(3, 0), "{%tr endfor %}", "Table Text")
    page.paragraph("", "Spacer")


def photos(page: blocks.Page, name: str) -> None:
    """What people sent to show it, each with its question; where a photo cannot be shown, a line says so."""
    with page.when(f"{name}.shown or {name}.left_out"):
        page.paragraph("{{ word.photos }}", "Subheading")
        with page.each("photo", f"{name}.shown"):
            page.paragraph("{{ photo.caption }}", "Caption")
            with page.when("photo.picture"):
                page.paragraph("{{ photo.picture }}")
            with page.when("photo.problem"):
                page.paragraph("{{ photo.problem }}", "Note")
        with page.when(f"{name}.left_out"):
            page.paragraph(f"{{{{ {name}.left_out }}}}", "Note")


def open_points(page: blocks.Page, items: str) -> None:
    """What nobody has said yet, with who owes it and by when."""
    page.table(
        "point", items,
        [
            Column(8, "number", "{{ point.number }}", "Table Label"),
            Column(42, "still_open", "{{ point.question }}"),
            Column(18, "why", "{{ point.why }}", "Table Label"),
            Column(18, "owner", "{{ point.owner }}"),
            Column(14, "due", "{{ point.due }}"),
        ],
        caption="{{ word.open_points }}",
    )  # fmt: skip
