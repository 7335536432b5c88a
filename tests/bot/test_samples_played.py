"""The sample institutions, played: their people tap and type it all to the real bot, which keeps just that."""

from __future__ import annotations

import pathlib

import pytest

from bot import sample
from flows import book, nouns, shipped
from tests.bot import played
from tests.samples import made, profile

CONVERSATIONS = pathlib.Path(__file__).parents[1] / "conversations"


def told(section: nouns.SectionAnswers) -> dict[str, object]:
    """What a section says, without who, when, and under which id Telegram keeps a file."""
    return {key: (_plain(answer.value), answer.sure) for key, answer in section.answers.items()}


def _plain(value: nouns.Value) -> object:
    match value:
        case nouns.Attachment(kind=kind):
            return kind
        case nouns.Point():
            return (value.latitude, value.longitude)
        case list():
            return sorted(value)
    return value


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", profile.names())
async def test_what_is_told_in_chat_is_what_the_sample_says(name: str, tmp_path: pathlib.Path) -> None:
    await played.play(CONVERSATIONS / f"{name}.yaml", keep=tmp_path)
    kept = book.decode((tmp_path / "answers.json").read_bytes())
    wanted = made.book(name)
    assert kept.institution.name == wanted.institution.name
    assert kept.institution.currency == wanted.institution.currency
    ids = {branch.name: branch.id for branch in wanted.branches} | {"": ""}
    names = {branch.id: branch.name for branch in kept.branches} | {"": ""}
    people = {person.id: person.name for person in (*kept.people, *wanted.people)}
    assert {section.state for section in kept.sections} == {"submitted"}
    for section in kept.sections:
        expected = book.section(wanted, section.flow, ids[names[section.branch]])
        assert expected is not None
        assert told(section) == told(expected), section.flow
        assert people[section.owner] == people[expected.owner]


@pytest.mark.timeout(1200)
async def test_what_a_head_office_tells_in_swahili_is_what_the_sample_says(tmp_path: pathlib.Path) -> None:
    await played.play(CONVERSATIONS / "head_office_swahili.yaml", keep=tmp_path)
    kept = book.decode((tmp_path / "answers.json").read_bytes())
    handed_in = [section for section in kept.sections if section.state == "submitted"]
    assert {section.flow for section in handed_in} == {
        flow.id for flow in shipped.assessment() if flow.per == "organisation"
    }
    for section in handed_in:
        expected = book.section(sample.answers(), section.flow, "")
        assert expected is not None
        assert told(section) == told(expected), section.flow
