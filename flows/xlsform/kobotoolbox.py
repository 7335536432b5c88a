"""What only KoboToolbox has: groups of its own that stand for several questions, and how to write them for ODK."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from flows import errors

Row = Mapping[str, str]

INSTEAD: Mapping[str, tuple[str, str]] = {
    "score": (
        "kobo--score-choices",
        "Put a group in its place, and in it each `score__row` as `select_one {list}`.",
    ),
    "rank": (
        "kobo--rank-items",
        "Put one row in its place, `rank {list}`: chat and ODK ask for the whole order at once.",
    ),
    "kobomatrix": (
        "kobo--matrix_list",
        "Put a group in its place for each choice of {list}, with the matrix's questions in it.",
    ),
}
"""Kind of group -> the column that names its list, and what to do."""

A_LIST = "LIST"
"""Stands for the list where the row names none."""


def groups(rows: Iterable[Row], cells: Callable[..., Iterator[str]], name: str) -> Iterator[errors.FlowError]:
    """Each such group, at the row where it begins."""
    for number, row in enumerate(rows, 2):
        kind = next((cell.split() for cell in cells(row, "type", "command")), [])
        word = "_".join(kind)
        found = INSTEAD.get(word.removeprefix("begin_")) if word.startswith("begin_") else None
        if found is not None:
            column, fix = found
            listed = next(
                (str(cell) for heading, cell in row.items() if heading.strip() == column and cell), A_LIST
            )
            what = f"The type `{word}` is KoboToolbox's own; ODK and chat do not have it."
            yield errors.FlowError(name, number, what, fix.format(list=listed), "survey", "type")
