"""Which photos a plan prints: each once, every branch its first, and never more than there is room for."""

from __future__ import annotations

import msgspec
import pytest

from flows import nouns as answers
from planning import nouns, photos
from tests.document_templates import plans


def sent(*ids: str, branch: str = "", key: str = "room", kind: str = "image") -> nouns.AnswerBlock:
    """A section with photos beside one answer."""
    proof = tuple(answers.Attachment(kind, one, f"{one}.jpg") for one in ids)
    answered = nouns.Answered(label="The room?", shown="Yes", evidence=proof, key=key)
    return nouns.AnswerBlock(
        flow="f", title="Rooms", state="submitted", branch=branch, branch_name=branch, answered=(answered,)
    )


def plan(*blocks: nouns.AnswerBlock, branches: int = 2) -> nouns.Plan:
    """A plan in whose first chapter these were answered, and again in its second."""
    full = plans.full(branches)
    one, two, *others = (msgspec.structs.replace(section, answers=()) for section in full.sections)
    filled = (msgspec.structs.replace(section, answers=blocks) for section in (one, two))
    return msgspec.structs.replace(full, sections=(*filled, *others))


def many(place: str, count: int) -> tuple[str, ...]:
    return tuple(f"{place}-{number}" for number in range(count))


@pytest.mark.parametrize(
    ("blocks", "printed"),
    [
        pytest.param((), {}, id="none"),
        pytest.param(
            (sent("a", branch="b0"), sent("b")), {"b0": ["a"], "": ["b"]}, id="a branch and the institution"
        ),
        pytest.param((sent("a", branch="gone"),), {"": ["a"]}, id="a branch without a page"),
        pytest.param((sent("a", "a", "b"),), {"": ["a", "b"]}, id="one sent twice"),
        pytest.param(
            (sent("a", kind="audio"), sent("", key="other")), {}, id="a voice, and a file that is nowhere"
        ),
    ],
)
def test_each_photo_is_printed_once_at_its_place(blocks, printed):
    found = photos.by_place(plan(*blocks))
    assert {place: [one.sent.file_id for one in of.printed] for place, of in found.items()} == printed
    assert all(of.left_out == () for of in found.values())


def test_a_place_prints_its_first_and_names_the_others():
    found = photos.by_place(plan(sent(*many("b0", photos.MOST_OF_A_PLACE + 2), branch="b0")))["b0"]
    assert [one.sent.file_id for one in found.printed] == list(many("b0", photos.MOST_OF_A_PLACE))
    assert [one.sent.file_id for one in found.left_out] == list(many("b0", photos.MOST_OF_A_PLACE + 2)[-2:])


def test_no_branch_takes_another_ones_room():
    blocks = [sent(*many(f"b{number}", 6), branch=f"b{number}") for number in range(12)]
    found = photos.by_place(plan(*blocks, branches=12))
    assert [len(of.printed) for of in found.values()] == [3] * 6 + [2] * 6
    assert sum(len(of.printed) + len(of.left_out) for of in found.values()) == 72
    assert len(photos.printed(plan(*blocks, branches=12))) == photos.MOST_OF_A_PLAN
