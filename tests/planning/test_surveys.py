"""Surveys that were added to an assessment: a book carries them, and the plan prints what they were answered."""

from __future__ import annotations

import msgspec
import pytest

from flows import book as books_of_flows
from flows import errors, loading, nouns, responses, shipped
from planning import plan
from tests.planning.books import AT, TODAY, book

SURVEY = """
flow: survey_1
version: "{version}"
title: Cooling
role: {role}
per: branch
survey:
  - {{type: text, name: {name}, label: Which fridge is there?}}
  - type: repeat
    name: fridges
    label: Fridge
    children:
      - {{type: integer, name: litres, label: How many litres?, unit: litres}}
"""


def survey(version: str = "1", name: str = "fridge", role: str = "branch_staff") -> nouns.Flow:
    return loading.load(SURVEY.format(version=version, name=name, role=role))


def answered(version: str = "1", name: str = "fridge", state: str = "submitted") -> nouns.SectionAnswers:
    said = nouns.Answer("A blue one", by="ann", at=AT)
    return nouns.SectionAnswers("survey_1", version, "b", state=state, answers={name: said})


def chapter(given: nouns.AnswerBook) -> tuple[dict[str, str], list[str]]:
    """What Appendix A says was answered, and who owes what is open."""
    found = plan.make_plan(given, shipped.assessment(), today=TODAY)
    last = next(section for section in found.sections if section.key == "other_answers")
    said = {row.label: row.shown for block in last.answers for row in block.answered}
    return said, [f"{point.question}: {point.owner}" for point in last.open_points]


def test_appendix_a_prints_a_surveys_answers_and_who_owes_the_rest() -> None:
    said, owed = chapter(book(answered(state="in_progress"), surveys=(survey(),)))
    assert said == {"Which fridge is there?": "A blue one"}
    assert owed == ["Fridge: Ann Achieng"]


def test_a_survey_that_nobody_began_is_an_open_point() -> None:
    assert chapter(book(surveys=(survey(),)))[1] == ["Cooling: Ann Achieng"]


def test_a_section_is_read_by_the_version_it_was_answered_in() -> None:
    given = book(answered("1", "fridge"), surveys=(survey("1", "fridge"), survey("2", "cooler")))
    assert books_of_flows.validate(given, shipped.assessment()) == []
    assert chapter(given)[0] == {"Which fridge is there?": "A blue one"}


def test_a_book_with_surveys_is_read_again() -> None:
    given = book(answered(), surveys=(survey("1"), survey("2")))
    assert books_of_flows.decode(books_of_flows.encode(given)) == given


def _moved(flow: nouns.Flow) -> nouns.Flow:
    first = msgspec.structs.replace(flow.children[0], path="elsewhere")
    return msgspec.structs.replace(flow, children=(first, *flow.children[1:]))


def test_a_choice_from_a_table_is_printed_with_its_words() -> None:
    town = nouns.Question(
        "select_one towns",
        "town",
        "town",
        "Which town?",
        itemset=nouns.Itemset("instance('towns')/root/item"),
    )
    towns = nouns.Table(rows=({"name": "nbo", "label": "Nairobi"},))
    flow = nouns.Flow("survey_1", "1", "Towns", (town,), per=nouns.Per.BRANCH, tables={"towns": towns})
    answers = {"town": nouns.Answer("nbo", by="ann", at=AT)}
    given = book(
        nouns.SectionAnswers("survey_1", "1", "b", state="submitted", answers=answers), surveys=(flow,)
    )
    assert chapter(given)[0] == {"Which town?": "Nairobi"}
    [row] = responses.tables(given, [], responses.Wanted(labels=True))["survey_1"][1:]
    assert row[-1] == "Nairobi"


NESTED = """
flow: survey_1
version: "1"
title: Houses
per: branch
survey:
  - type: repeat
    name: house
    label: House
    children:
      - {type: text, name: who, label: Who lives there?}
      - type: repeat
        name: room
        label: Room
        children:
          - {type: integer, name: beds, label: How many beds?}
      - {type: calculate, name: total, calculation: "sum(${beds})"}
      - {type: note, name: told, label: "There are ${total}."}
"""


def test_lists_inside_lists_are_printed_each_with_what_it_belongs_to() -> None:
    answers = {
        "house:1/who": nouns.Answer("Ann", by="ann", at=AT),
        "house:1/room:1/beds": nouns.Answer(2, by="ann", at=AT),
        "house:2/who": nouns.Answer("Ben", by="ann", at=AT),
        "house:2/room:1/beds": nouns.Answer(3, by="ann", at=AT),
        "house:2/room:2/beds": nouns.Answer(4, by="ann", at=AT),
    }
    entries = {"house": (1, 2), "house:1/room": (1,), "house:2/room": (1, 2)}
    said = nouns.SectionAnswers("survey_1", "1", "b", state="submitted", answers=answers, entries=entries)
    found = plan.make_plan(
        book(said, surveys=(loading.load(NESTED),)), shipped.assessment(), today=TODAY, prove=False
    )
    last = next(section for section in found.sections if section.key == "other_answers")
    tables = {
        table.title: (table.columns, [[cell.shown for cell in row] for row in table.rows])
        for block in last.answers
        for table in block.tables
    }
    assert tables == {
        "House": (("Who lives there?",), [["Ann"], ["Ben"]]),
        "House 1 · Room": (("How many beds?",), [["2"]]),
        "House 2 · Room": (("How many beds?",), [["3"], ["4"]]),
    }


@pytest.mark.parametrize(
    ("flow", "says"),
    [
        pytest.param(
            msgspec.structs.replace(survey(), id="branch_power"), "id of a section", id="a shipped id"
        ),
        pytest.param(_moved(survey()), "`path` says `elsewhere`", id="a path that is none"),
    ],
)
def test_a_survey_that_does_not_fit_in_is_told(flow: nouns.Flow, says: str) -> None:
    problems = books_of_flows.validate(book(surveys=(flow,)), shipped.assessment())
    assert [says in str(problem) for problem in problems] == [True]


def test_a_survey_with_a_broken_formula_is_told() -> None:
    broken = msgspec.structs.replace(survey().children[0], relevant="1 +")
    flow = msgspec.structs.replace(survey(), children=(broken,))
    with pytest.raises(errors.FlowErrors, match="no expression"):
        books_of_flows.validate(book(answered(), surveys=(flow,)), shipped.assessment())


SET_OFF = """
flow: survey_1
version: "1"
title: Cooling
per: branch
survey:
  - {type: integer, name: fridges, label: How many fridges are there?}
  - {type: calculate, name: litres, calculation: "${fridges} * 100", trigger: "${fridges}"}
  - {type: text, name: brand, label: Which brand are they?, relevant: "${litres} > 300"}
"""


def test_what_applies_by_a_value_that_the_form_set_is_printed() -> None:
    answers = {"fridges": nouns.Answer(5, by="ann", at=AT), "brand": nouns.Answer("Bosch", by="ann", at=AT)}
    given = nouns.SectionAnswers(
        "survey_1", "1", "b", state="submitted", answers=answers, values={"litres": 500}, begun=AT
    )
    said, _ = chapter(book(given, surveys=(loading.load(SET_OFF),)))
    assert said == {"How many fridges are there?": "5", "Which brand are they?": "Bosch"}
