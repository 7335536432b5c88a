"""Charts as tables of shaded cells: they print in black, can be edited, and are read out row by row."""

from __future__ import annotations

from document_templates import blocks, look

BAR_GROUNDS: dict[str, tuple[str, str] | None] = {
    "driving": ("solid", look.INK),
    "task": ("pct50", "2F8F94"),
    "phase": ("thinHorzStripe", look.GREY),
    "milestone": None,
}
"""Kind of week on the chart -> pattern and colour: solid, dotted and striped differ in mono print too."""


def bars(page: blocks.Page, items: str, key: str) -> None:
    """Charts of a portrait page, each with its caption and what the shades mean."""
    with page.each("chart", items):
        page.caption("{{ chart.title }}")
        chart(page, "", 40, together=True)
        page.paragraph(f"{{{{ word.{key} }}}}", "Note")


def chart(page: blocks.Page, heading: str, share: int, *, together: bool = False) -> None:
    """Rows of shaded cells under a scale, each kind in a cell of its own that Word users can restyle.

    `share` is what the names of the bars take of the width, in percent.
    Rows that stand `together` are not parted by the end of a page.
    """
    kinds = [*BAR_GROUNDS, "empty"]
    table = page.grid(4, [share, *[2] * (2 * len(kinds) + 3)])
    blocks.tight(table)
    head, open_row, body, close_row = table.rows
    blocks.repeat(head)
    blocks.whole(body)
    name, loop, week, end, *spare = head.cells
    blocks.write(name, heading, "Chart Text")
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
    for row in (head, body) if together else ():
        row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
    blocks.write(loop, "{%tc for week in bar.weeks %}", "Chart Text")
    for number, kind in enumerate(kinds):
        condition, mark = alternatives[2 * number : 2 * number + 2]
        blocks.write(condition, f'{{%tc {"elif" if number else "if"} week == "{kind}" %}}', "Chart Text")
        blocks.write(mark, "◆" if kind == "milestone" else "", "Chart Week")
        if ground := BAR_GROUNDS.get(kind):
            blocks.shade(mark, look.WHITE, *ground)
    blocks.write(end_if, "{%tc endif %}", "Chart Text")
    blocks.write(end, "{%tc endfor %}", "Chart Text")
