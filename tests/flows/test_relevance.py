"""What applies follows the answers, and an answer that stops applying comes back with its branch."""

from __future__ import annotations

import pytest

from flows import nouns, progress, shipped
from tests.flows import playing

FORM = """
choices:
  yes_no: [{name: "yes", label: "Yes"}, {name: "no", label: "No"}]
  towns:
    - {name: lodwar, label: Lodwar, county: turkana}
    - {name: kakuma, label: Kakuma, county: turkana}
    - {name: nakuru, label: Nakuru, county: nakuru}
  counties: [{name: turkana, label: Turkana}, {name: nakuru, label: Nakuru}]
survey:
  - {type: select_one yes_no, name: has_line, label: Is there a line?}
  - {type: group, name: line, label: The line, relevant: "${has_line} = 'yes'", children: [
      {type: decimal, name: mbps, label: How fast?},
      {type: select_one yes_no, name: slow, label: Is it too slow?, relevant: "${mbps} < 2"}]}
  - {type: calculate, name: kbps, calculation: "${mbps} * 1000"}
  - {type: select_one counties, name: county, label: Which county?}
  - {type: select_one towns, name: town, label: Which town?, choice_filter: "county = ${county}"}
  - {type: note, name: told, label: "That is ${kbps} kbps."}
  - {type: text, name: last, label: Anything else?}
"""


def test_only_what_applies_is_asked() -> None:
    player = playing.begun(FORM)
    assert player.do(nouns.Picked("no")).key == "county"
    assert player.do(nouns.Back(), nouns.Picked("yes")).key == "line/mbps"
    assert player.do("4").key == "county"


def test_a_changed_early_answer_keeps_the_later_ones_that_still_apply() -> None:
    player = playing.begun(FORM)
    player.do("yes", "1", "yes", nouns.Picked("turkana"), nouns.Picked("kakuma"), "none")
    lines = [line.label for line in player.prompt.lines]
    assert "Is it too slow?" in lines
    player.do(nouns.Changed("has_line"), "no")
    lines = [line.label for line in player.prompt.lines]
    assert lines == ["Is there a line?", "Which county?", "Which town?", "Anything else?"]
    assert player.value("town") == "kakuma"
    # the branch opens again, with what was said there
    player.do(nouns.Changed("has_line"), "yes")
    assert player.prompt.kind == "review"
    assert ("How fast?", "1") in [(line.label, line.shown) for line in player.prompt.lines]


def test_what_a_change_opens_is_asked_before_the_review_returns() -> None:
    player = playing.begun(FORM)
    player.do("no", nouns.Picked("turkana"), nouns.Picked("kakuma"), "none")
    assert player.prompt.kind == "review"
    assert player.do(nouns.Changed("has_line"), "yes").key == "line/mbps"
    assert player.do("1").key == "line/slow"
    assert player.do("no").kind == "review"


def test_choices_are_filtered_and_a_choice_no_longer_offered_is_asked_again() -> None:
    player = playing.begun(FORM)
    prompt = player.do("no", nouns.Picked("turkana"))
    assert [option.name for option in prompt.options] == ["lodwar", "kakuma"]
    player.do(nouns.Picked("kakuma"), "none")
    prompt = player.do(nouns.Changed("county"), nouns.Picked("nakuru"))
    assert prompt.key == "town"
    assert [option.name for option in prompt.options] == ["nakuru"]


def test_calculations_follow() -> None:
    player = playing.begun(FORM)
    player.do("yes", "4", nouns.Picked("nakuru"), nouns.Picked("nakuru"))
    assert "That is 4,000 kbps." in player.prompt.label
    player.do(nouns.Changed("line/mbps"), "8")
    assert "That is 8,000 kbps." in player.prompt.label


@pytest.mark.parametrize(
    ("said", "total"),
    [
        # line, speed, too slow, county, town, anything else
        pytest.param([], 6, id="at first everything that may come is counted"),
        pytest.param(["no"], 4, id="without a line, nothing of the line"),
        pytest.param(["yes"], 6, id="with a line, all of it"),
        pytest.param(["yes", "4"], 5, id="a fast line is not called slow"),
        pytest.param(["yes", "1"], 6, id="a slow one may be"),
    ],
)
def test_questions_that_may_still_come_are_counted(said: list[str], total: int) -> None:
    player = playing.begun(FORM)
    player.do(*said)
    assert player.prompt.total == total


@pytest.mark.parametrize(
    ("said", "total"),
    [
        pytest.param([], 4, id="a list that may come, with one entry"),
        pytest.param(["2"], 4, id="one that comes"),
        pytest.param(["0"], 2, id="one that does not"),
    ],
)
def test_a_list_that_may_still_come_is_counted_with_one_entry(said: list[str], total: int) -> None:
    player = playing.begun("""
    survey:
      - {type: integer, name: many, label: How many?}
      - type: repeat
        name: people
        label: People
        relevant: ${many} > 0
        children: [{type: integer, name: age, label: How old?}]
      - {type: text, name: last, label: Anything else?}
    """)
    player.do(*said)
    assert player.prompt.total == total


@pytest.mark.parametrize(
    ("said", "total"),
    [
        pytest.param([], 3, id="as long as what it is computed from is open"),
        pytest.param(["9"], 3, id="when it comes"),
        pytest.param(["2"], 2, id="no more when it does not"),
    ],
)
def test_what_hangs_on_a_calculation_is_counted(said: list[str], total: int) -> None:
    player = playing.begun("""
    survey:
      - {type: integer, name: many, label: How many?}
      - {type: calculate, name: twice, calculation: "${many} * 2"}
      - {type: text, name: why, label: Why so many?, relevant: "${twice} > 10"}
      - {type: text, name: last, label: Anything else?}
    """)
    player.do(*said)
    assert player.prompt.total == total


def test_what_hangs_on_entries_is_not_counted_before_there_are_any() -> None:
    player = playing.begun("""
    survey:
      - {type: integer, name: first, label: First?}
      - type: repeat
        name: people
        label: People
        children: [{type: integer, name: age, label: How old?}]
      - {type: text, name: old, label: Who is old?, relevant: "sum(${age}) > 100"}
    """)
    assert player.prompt.total == 3, "the first, the list, and the question of one entry"


@pytest.mark.parametrize("flow", shipped.assessment(), ids=lambda flow: str(flow.id))
@pytest.mark.parametrize("leave", [nouns.Unknown(), nouns.Skipped()], ids=["nothing known", "all skipped"])
def test_the_number_of_questions_never_grows_on_a_straight_way(
    flow: nouns.Flow, leave: nouns.AnyEvent
) -> None:
    player = playing.begun(flow)
    total, prompt = player.prompt.total, player.prompt
    for _ in range(200):
        if prompt.kind == "review":
            break
        act = nouns.Finished() if prompt.kind == "repeat" else leave
        prompt = player.do(act if prompt.problem is None else nouns.Unknown())
        assert prompt.total <= total, prompt.label
        total = prompt.total
    assert prompt.kind == "review"
    assert progress.of(flow, player.session, now=playing.NOW).total == len(prompt.lines)
