"""Lists: add, edit, remove, finish; numbers are never given twice."""

from __future__ import annotations

import pytest

from flows import instance, nouns, xforms
from tests.flows import playing
from tests.flows.xforms import documents

FORM = """
survey:
  - type: repeat
    name: servers
    label: Server
    children:
      - {type: text, name: name, label: Its name?}
      - {type: integer, name: memory, label: How much memory?, unit: GB}
      - {type: text, name: why, label: Why so little?, relevant: "${memory} < 4"}
  - {type: text, name: last, label: Anything else?}
"""


def two() -> playing.Player:
    """A list of two servers."""
    player = playing.begun(FORM)
    player.do(nouns.Added(), "Old", "8", nouns.Added(), "New", "16")
    return player


def test_entries_are_added_one_question_at_a_time() -> None:
    player = playing.begun(FORM)
    assert player.prompt.kind == "repeat"
    assert player.do(nouns.Added()).key == "servers:1/name"
    assert player.do("Old").key == "servers:1/memory"
    assert player.do("8").kind == "repeat"
    assert [line.shown for line in player.prompt.lines] == ["Old, 8 GB"]


def test_yes_and_no_do_what_the_buttons_do() -> None:
    player = playing.begun(FORM)
    assert player.do("yes").key == "servers:1/name"
    assert player.do("Old", "8", "no").key == "last"


@pytest.mark.parametrize("none", ["none", "None.", "nothing", "hakuna", "aucun"])
def test_none_typed_at_the_list_leaves_it_empty(none: str) -> None:
    player = playing.begun(FORM)
    assert player.do(none).key == "last"
    assert not player.session.entries.get("servers")


OPEN = [
    pytest.param("don't know", nouns.Sure.UNKNOWN, id="not known"),
    pytest.param("je ne sais pas", nouns.Sure.UNKNOWN, id="not known in French"),
    pytest.param("ask a colleague", nouns.Sure.ASKED, id="a colleague is asked"),
    pytest.param("muulize mwenzangu", nouns.Sure.ASKED, id="a colleague is asked in Swahili"),
    pytest.param("n/a", nouns.Sure.NOT_APPLICABLE, id="not ours"),
    pytest.param("no aplica", nouns.Sure.NOT_APPLICABLE, id="not ours in Spanish"),
]


@pytest.mark.parametrize(("said", "sure"), OPEN)
@pytest.mark.parametrize("before", [(), (nouns.Added(),)], ids=["at the list", "at its first entry"])
def test_what_gives_no_value_is_said_of_the_empty_list(
    said: str, sure: nouns.Sure, before: tuple[nouns.AnyEvent, ...]
) -> None:
    player = playing.begun(FORM)
    assert player.do(*before, said).key == "last"
    assert player.session.answers == {"servers": nouns.Answer(None, "p1", playing.NOW, sure)}
    assert not player.session.entries.get("servers")


@pytest.mark.parametrize("said", ["none", "No.", "n/a", "hakuna", "aucun", "ninguno"])
def test_none_in_the_place_of_a_name_closes_the_list(said: str) -> None:
    player = playing.begun(FORM)
    assert player.do(nouns.Added(), "Old", "8", nouns.Added(), said).key == "last"
    assert player.session.entries["servers"] == (1,)
    player = playing.begun(FORM)
    assert player.do(nouns.Added(), said).key == "last"
    assert not player.session.entries.get("servers")


def test_what_is_not_known_of_a_later_entry_or_question_is_said_of_that() -> None:
    player = playing.begun(FORM)
    assert player.do("Old", "8", nouns.Added(), "don't know").key == "servers:2/memory"
    assert player.session.answers["servers:2/name"].sure is nouns.Sure.UNKNOWN
    assert player.do("8", nouns.Opened("servers:1"), "none").key == "servers:1/memory"


def test_what_gives_no_value_changes_no_list_that_has_entries() -> None:
    player = two()
    prompt = player.do("don't know")
    assert prompt.problem is not None
    assert prompt.problem.code == "list_wants_buttons"
    assert player.session.entries["servers"] == (1, 2)


def test_a_name_typed_at_the_list_begins_an_entry() -> None:
    player = playing.begun(FORM)
    assert player.do("Old").key == "servers:1/memory"
    assert player.do("8", "New").key == "servers:2/memory"
    assert player.do("16").kind == "repeat"
    assert [line.shown for line in player.prompt.lines] == ["Old, 8 GB", "New, 16 GB"]


def test_the_line_of_an_entry_tells_what_stands_in_its_groups_in_order() -> None:
    player = playing.begun("""
        survey:
          - type: repeat
            name: servers
            label: Server
            children:
              - {type: text, name: name, label: Its name?}
              - type: group
                name: size
                label: Size
                children:
                  - {type: integer, name: memory, label: How much memory?, unit: GB}
                  - {type: group, name: inner, label: Inner, children: [{type: integer, name: disks, label: How many disks?}]}
              - {type: text, name: where, label: Where is it?}
        """)
    player.do("Old", "8", "2", "Lodwar")
    assert [line.shown for line in player.prompt.lines] == ["Old, 8 GB, 2"], "three stand for all"


COUNTED = """
survey:
  - type: repeat
    name: printers
    label: Printer
    children:
      - {type: select_one kinds, name: kind, label: What kind?}
      - {type: integer, name: number, label: How many?}
choices:
  kinds: [{name: laser, label: Laser printer}, {name: matrix, label: Dot matrix}]
"""


def test_a_choice_typed_at_the_list_begins_an_entry() -> None:
    player = playing.begun(COUNTED)
    assert player.do("laser printer").key == "printers:1/number"


def test_words_that_answer_nothing_leave_the_list_as_it_was() -> None:
    player = playing.begun(COUNTED)
    player.do("dot matrix", "2")
    before = player.session
    prompt = player.do("where is the manual")
    assert prompt.problem is not None
    assert prompt.problem.code == "list_wants_buttons"
    assert (player.session.answers, player.session.entries) == (before.answers, before.entries)
    assert player.session.cursor == before.cursor


def test_an_entry_has_conditions_of_its_own() -> None:
    player = playing.begun(FORM)
    assert player.do(nouns.Added(), "Old", "2").key == "servers:1/why"
    assert player.do("It is old").kind == "repeat"
    assert player.do(nouns.Added(), "New", "16").kind == "repeat"


def test_one_entry_is_gone_through_again() -> None:
    player = two()
    prompt = player.do(nouns.Opened("servers:2"))
    assert (prompt.key, prompt.current) == ("servers:2/name", "New")
    player.do("Newer", nouns.Ticked())
    assert [line.shown for line in player.prompt.lines] == ["Old, 8 GB", "Newer, 16 GB"]


def test_removing_one_leaves_the_others_alone() -> None:
    player = two()
    player.do(nouns.Removed("servers:1"))
    assert [line.shown for line in player.prompt.lines] == ["New, 16 GB"]
    assert sorted(player.session.answers) == ["servers:2/memory", "servers:2/name"]
    player.do(nouns.Removed("servers:2"), nouns.Added())
    assert player.prompt.key == "servers:3/name", "a number is never given twice"


def test_an_unfinished_entry_is_asked_to_its_end() -> None:
    player = playing.begun(FORM)
    player.do(nouns.Added(), "Old", nouns.Paused(), nouns.Begin())
    assert player.prompt.key == "servers:1/memory"


def test_finishing_goes_on_and_the_list_stays_as_it_is() -> None:
    player = two()
    assert player.do(nouns.Finished()).key == "last"
    player.do("no")
    assert player.prompt.kind == "review"
    assert player.prompt.missing == 0


def test_an_empty_list_may_be_finished_unknown_or_left_open() -> None:
    for event, missing in ((nouns.Finished(), 0), (nouns.Unknown(), 0), (nouns.Skipped(), 1)):
        player = playing.begun(FORM)
        assert player.do(event).key == "last"
        assert player.do("no").missing == missing


def test_a_counted_list_has_as_many_entries_as_its_count() -> None:
    flow = """
    survey:
      - {type: integer, name: n, label: How many?}
      - {type: repeat, name: each, label: One, repeat_count: "${n}", children: [
          {type: text, name: name, label: Name?}]}
    """
    player = playing.begun(flow)
    assert player.do("2").key == "each:1/name"
    assert player.do("a").key == "each:2/name"
    assert player.do("b").kind == "review"
    assert player.session.entries == {"each": (1, 2)}
    for none in ("0", "-1"):
        assert player.do(nouns.Changed("n"), none).kind == "review", "no entry is left to ask"
        assert player.session.entries == {"each": ()}


def test_entries_that_are_fixed_can_be_found_by_their_numbers() -> None:
    body = (
        '<group ref="/data/r"><label>R</label><repeat nodeset="/data/r" jr:noAddRemove="true()"><input ref="/data/r/a">'
        "<label>A</label></input></repeat></group>"
    )
    flow = xforms.load(documents.simple("<r><a/></r><r><a/></r>", body=body))
    player = playing.begun(flow)
    assert player.session.entries == {"r": (1, 2)}
    assert player.do("one").key == "r:2/a"
    earlier = nouns.Session(flow.id, flow.version, mode=nouns.Mode.ASKING, cursor="r:1/a", begun=playing.NOW)
    again = playing.Player(flow, earlier)
    again.do(nouns.Begin())
    assert again.session.entries == {"r": (1, 2)}, "in a session too that was kept before there were any"


def test_a_list_has_an_end() -> None:
    player = playing.begun(
        "survey: [{type: repeat, name: r, label: R, children: [{type: text, name: t, label: T}]}]"
    )
    for _ in range(instance.MAX_ENTRIES):
        player.do(nouns.Added(), "Old")
    assert "added" not in player.prompt.offers
    prompt = player.do(nouns.Added())
    assert prompt.problem is not None
    assert prompt.problem.code == "too_many_entries"
    before = player.session
    prompt = player.do("One more")
    assert prompt.problem is not None
    assert prompt.problem.code == "too_many_entries"
    assert (player.session.entries, player.session.answers) == (before.entries, before.answers)


@pytest.mark.parametrize(
    ("relevant", "applies"),
    [
        ("position(current()) > 0", True),
        ("position(current()) > 1", False),
        ("count(preceding-sibling::*) = 1", True),
        ("count(following-sibling::last) + count(following-sibling::notes) = 2", True),
    ],
)
def test_a_list_without_entries_stands_where_its_first_one_would(relevant: str, applies: bool) -> None:
    form = f"""
survey:
  - {{type: text, name: first, label: First?}}
  - type: repeat
    name: servers
    label: Server
    relevant: "{relevant}"
    children:
      - {{type: text, name: name, label: Its name?}}
  - {{type: text, name: last, label: Anything else?}}
  - {{type: text, name: notes, label: Notes?}}
"""
    assert playing.begun(form).do("here").kind == ("repeat" if applies else "question")
