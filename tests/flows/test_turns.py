"""Each kind of prompt says what it is about, and of all else nothing."""

from __future__ import annotations

import pytest

from flows import nouns
from tests.flows import playing

FLOW = """
survey:
  - {type: text, name: reason, label: Why?}
  - {type: text, name: last, label: Anything else?}
"""

LISTED = """
survey:
  - {type: repeat, name: offices, label: Office, children: [{type: text, name: town, label: Town}]}
"""


@pytest.mark.parametrize(
    ("flow", "acts", "kind", "place", "missing"),
    [
        pytest.param(FLOW, [], "question", (1, 2), 0, id="a question"),
        pytest.param(LISTED, [], "repeat", (1, 2), 0, id="a list, and what an entry will ask"),
        pytest.param(FLOW, [nouns.Paused()], "paused", (0, 0), 0, id="a pause"),
        pytest.param(
            FLOW, ["ask 0712345678", nouns.Paused()], "paused", (0, 0), 0, id="a pause, though words wait"
        ),
        pytest.param(FLOW, ["none", nouns.Reviewed()], "review", (2, 2), 1, id="the answers"),
        pytest.param(FLOW, ["none", "none", nouns.Submitted()], "submitted", (0, 0), 0, id="the end"),
    ],
)
def test_a_prompt_says_only_what_it_is_about(
    flow: str, acts: list[nouns.AnyEvent | str], kind: str, place: tuple[int, int], missing: int
) -> None:
    player = playing.begun(flow)
    player.do(*acts)
    prompt = player.prompt
    assert (prompt.kind, (prompt.position, prompt.total), prompt.missing) == (kind, place, missing)
    assert (prompt.several, prompt.doubted, prompt.hidden, prompt.waits) == (False, False, False, False)
