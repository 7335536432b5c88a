"""Why a question is asked: the framework's line that it serves, and the answers that opened it."""

from __future__ import annotations

import re

from flows import nouns, reasons, shipped
from flows import words as wording
from planning import outline
from tests.flows import playing

FLOW = """
survey:
  - {type: integer, name: lines, label: How many lines?, seed: [S10]}
  - type: group
    name: second
    label: Second line
    relevant: ${lines} > 1
    children:
      - {type: select_one yes_no, name: shared, label: One mast?, seed: [S15, S10]}
      - {type: text, name: mast, label: Which mast?, relevant: "${shared} = 'yes'"}
  - type: repeat
    name: cuts
    label: Cut
    seed: [S11]
    children:
      - {type: text, name: day, label: When?}
      - {type: text, name: cause, label: Why was it?, relevant: "${day} != ''"}
choices:
  yes_no: [{name: "yes", label: "Yes"}, {name: "no", label: "No"}]
"""


def reason(player: playing.Player) -> reasons.Reason:
    found = reasons.of(player.flow, player.session, now=playing.NOW)
    assert found is not None
    return found


def test_what_everybody_is_asked_has_no_answer_behind_it() -> None:
    told = reason(playing.begun(FLOW))
    assert (told.label, told.seeds, told.because) == ("How many lines?", ("S10",), ())


def test_the_answers_that_opened_it_are_named_the_nearest_first() -> None:
    player = playing.begun(FLOW)
    player.do("2", "yes")
    told = reason(player)
    assert told.label == "Which mast?"
    assert told.seeds == ()
    assert [(line.label, line.shown) for line in told.because] == [
        ("One mast?", "Yes"),
        ("How many lines?", "2"),
    ]


def test_in_a_list_the_entry_s_own_answers_count_and_its_list_says_what_for() -> None:
    player = playing.begun(FLOW)
    player.do("1", "Monday", "a tree", nouns.Added(), "Friday")
    told = reason(player)
    assert (told.label, told.seeds) == ("Why was it?", ("S11",))
    assert [line.shown for line in told.because] == ["Friday"]


def test_nothing_stands_nothing_is_told() -> None:
    player = playing.begun(FLOW)
    player.do("1", "none")
    assert player.prompt.kind == "review"
    assert reasons.of(player.flow, player.session, now=playing.NOW) is None


def test_every_line_of_the_framework_has_its_words() -> None:
    codes = wording.catalogue("bot", "en").codes()
    said = {code.removeprefix("reason.") for code in codes if re.fullmatch(r"reason\.[SX]\d\d", code)}
    assert said == set(outline.seeds())


def test_every_question_of_the_assessment_knows_what_it_is_for() -> None:
    for flow in shipped.assessment():
        unseeded = [path for path, seed in _seeds(flow.children, ()) if not seed]
        assert unseeded == [], flow.id


def _seeds(items: tuple[nouns.Item, ...], above: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    found = []
    for item in items:
        own = () if isinstance(item, nouns.Group) else item.seed
        if isinstance(item, nouns.Question):
            if item.type not in ("note", "calculate", "hidden"):
                found.append((item.path, own or above))
        else:
            found += _seeds(item.children, own or above)
    return found
