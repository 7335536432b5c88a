"""Answers in tables: as many columns as a page holds, and what is long as question and answer below one another."""

from __future__ import annotations

import pytest

from document_templates import answer_fields, teller
from planning import nouns
from tests.document_templates import plans

LONG = "The file goes from the branch to the region and to risk; minutes are typed at each place."


def said(label: str, shown: str) -> nouns.Answered:
    return nouns.Answered(label=label, shown=shown, key=label)


def block(columns: int, *entries: str, branch: str = "", title: str = "Lines") -> nouns.AnswerBlock:
    """A list of so many questions; every answer of an entry is that text, but its name."""
    labels = [f"Question {number}" for number in range(1, columns + 1)]
    rows = tuple(
        tuple(said(label, f"name {text}"[:12] if label == "Question 1" else text) for label in labels)
        for text in entries
    )
    return nouns.AnswerBlock(
        flow="internet",
        title="Internet",
        state="submitted",
        owner="Mary Nduku",
        branch=branch,
        branch_name=branch.title(),
        tables=(nouns.AnswerTable(title=title, columns=tuple(labels), rows=rows),),
    )


def lists(*blocks: nouns.AnswerBlock):
    (told,) = answer_fields.answers(teller.Teller(plans.full(1), "en"), blocks)
    return [one for one in told.lists if one.title == "Lines"]


@pytest.mark.parametrize(
    ("columns", "text", "shapes"),
    [
        pytest.param(5, LONG, [5], id="few questions"),
        pytest.param(6, "short", [6], id="short answers stand closer"),
        pytest.param(7, "short", [4, 4], id="tables of even width"),
        pytest.param(11, "short", [6, 6], id="as few tables as may be"),
        pytest.param(12, "short", [4, 5, 5], id="one question more"),
    ],
)
def test_a_list_stands_in_as_many_tables_as_its_width_needs(columns, text, shapes):
    found = lists(block(columns, text))
    assert [len(one.columns) for one in found] == shapes
    assert {one.columns[0] for one in found} == {"Question 1"}
    asked = [label for one in found for label in one.columns[1:]]
    assert asked == [f"Question {number}" for number in range(2, columns + 1)]
    assert all(len(row) == len(one.columns) for one in found for row in one.rows)


def test_long_answers_stand_beside_their_questions():
    (found,) = lists(block(7, LONG))
    assert (found.columns, found.rows) == ([], [])
    (card,) = found.cards
    assert card.name == "name The fil"
    assert [(one.label, one.value) for one in card.answers] == [
        (f"Question {number}", LONG) for number in range(2, 8)
    ]


def test_a_list_of_branches_repeats_branch_and_entry_in_each_of_its_tables():
    found = lists(block(8, "short", branch="kisumu"), block(8, "other", branch="eldoret"))
    assert [one.columns[:2] for one in found] == [["Branch", "Question 1"]] * 2
    assert [[row[:2] for row in one.rows] for one in found] == [
        [["Kisumu", "name short"], ["Eldoret", "name other"]]
    ] * 2
