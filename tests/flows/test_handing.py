"""Parts of a section that a colleague answers: what they see, what they may change, and how the owner goes on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows import engine, handing, keys, nouns, progress, review
from tests.flows import playing

FLOW = """
choices:
  sources: [{name: sun, label: The sun}, {name: mains, label: The mains}]
survey:
  - {type: integer, name: staff, label: How many people?, required: yes}
  - type: group
    name: power
    label: Power
    children:
      - {type: select_one sources, name: source, label: What power?}
      - {type: integer, name: panels, label: How many panels?, relevant: "${source} = 'sun'", constraint: . < 100}
      - {type: integer, name: hours, label: How many hours?}
  - type: repeat
    name: shops
    label: Shop
    children:
      - {type: text, name: where, label: Where?}
      - {type: integer, name: tills, label: How many tills?}
  - {type: text, name: more, label: What more?, relevant: "${hours} > 10"}
"""

AMINA = "p2"


class Colleague:
    """Answers a part of another player's section, each turn through the storage as the bot does it."""

    def __init__(self, owner: playing.Player, key: str) -> None:
        self.owner = owner
        self.share = nouns.Share(key, AMINA)
        self.place: nouns.Session | None = None
        self.effects: tuple[nouns.AnyEffect, ...] = ()

    def do(self, *events: nouns.AnyEvent | str) -> nouns.Prompt:
        for event in events:
            given = nouns.Typed(event) if isinstance(event, str) else event
            session = handing.shared(self.owner.session, self.place, self.share)
            turn = engine.advance(self.owner.flow, session, given, now=playing.NOW, by=AMINA)
            after, place = handing.parted(self.owner.session, turn.session)
            assert after.revision == self.owner.session.revision + 1
            self.owner.session, self.place = playing.replay(after), playing.replay(place)
            self.effects = turn.effects
        last = self.effects[-1]
        assert isinstance(last, nouns.Show)
        return last.prompt

    def is_done(self) -> bool:
        return any(isinstance(effect, nouns.HandedIn) for effect in self.effects)


def handed(key: str, *before: nouns.AnyEvent | str) -> tuple[playing.Player, Colleague]:
    """An owner who did something and then handed a part on, and the colleague who has opened it."""
    owner = playing.begun(FLOW)
    owner.do(*before, nouns.Handed(key))
    colleague = Colleague(owner, key)
    colleague.do(nouns.Begin())
    return owner, colleague


def offered(owner: playing.Player) -> list[tuple[str, str, int]]:
    parts = handing.parts(owner.flow, owner.session, owner.session.cursor, now=playing.NOW)
    return [(part.kind, part.label, part.asks) for part in parts]


SECTION = ("section", "Sample")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param(
            [], [("question", "How many people?", 1), (*SECTION, 8)], id="a question outside of groups"
        ),
        pytest.param(
            ["9"],
            [("question", "What power?", 1), ("group", "Power", 3), (*SECTION, 7)],
            id="a question in a group",
        ),
        pytest.param(
            ["9", "mains"],
            [("question", "How many hours?", 1), (*SECTION, 5)],
            id="the last question of a group",
        ),
        pytest.param(
            ["9", "mains", "4"], [("list", "Shop", 3)], id="a list, which is all that is left"
        ),
        pytest.param(
            ["9", "mains", "4", "Kisumu"],
            [("question", "How many tills?", 1), ("list", "Shop", 2)],
            id="a question in an entry of a list",
        ),
        pytest.param(["9", nouns.Unknown(), nouns.Changed("power/source")],
                     [("question", "What power?", 1), ("group", "Power", 2), (*SECTION, 6)],
                     id="what is not known may be asked of others"),
        pytest.param(["9", nouns.Handed("power/source"), nouns.Changed("power/source")],
                     [("group", "Power", 2), (*SECTION, 6)], id="what is handed on already is not counted"),
        pytest.param(["9", "mains", "4", nouns.Finished()], [], id="nothing is left"),
    ],
)  # fmt: skip
def test_what_may_be_handed_on(before: list[nouns.AnyEvent | str], expected: list[object]) -> None:
    owner = playing.begun(FLOW)
    owner.do(*before)
    assert offered(owner) == expected


@pytest.mark.parametrize("key", ["", "people", "power", "power/source", "shops"])
@pytest.mark.parametrize("before", [[], ["9"], ["9", "sun"], ["9", nouns.Unknown()]], ids=str)
def test_a_colleague_reads_the_number_of_questions_that_they_were_told(
    key: str, before: list[nouns.AnyEvent | str]
) -> None:
    owner = playing.begun(FLOW)
    owner.do(*before)
    told = part_of(owner, key)
    if told is None or not handing.is_open(owner.flow, owner.session, key, now=playing.NOW):
        return
    owner.do(nouns.Handed(key))
    assert Colleague(owner, key).do(nouns.Begin()).total == told.asks


def test_the_owner_is_not_asked_what_waits_and_it_is_still_open() -> None:
    owner, _ = handed("power", "9")
    assert owner.prompt.key == "shops"
    prompt = owner.do(nouns.Finished())
    assert (prompt.kind, prompt.missing) == ("review", 2)
    assert [(line.key, line.handed) for line in prompt.lines if line.handed is not None] == [
        ("power/source", "power"),
        ("power/hours", "power"),
    ]
    assert progress.of(owner.flow, owner.session, now=playing.NOW).answered == 2


def test_a_section_waits_when_its_owner_has_nothing_left() -> None:
    owner, colleague = handed("power", "9")
    way = handing.way(owner.flow, owner.session, now=playing.NOW)
    assert not handing.waits(way)
    owner.do(nouns.Finished())
    assert handing.waits(handing.way(owner.flow, owner.session, now=playing.NOW))
    colleague.do("mains", "4")
    assert not handing.waits(handing.way(owner.flow, owner.session, now=playing.NOW))


def test_a_colleague_is_asked_their_questions_only() -> None:
    owner, colleague = handed("power", "9")
    prompt = colleague.do(nouns.Begin())
    assert (prompt.key, prompt.position, prompt.total) == ("power/source", 1, 3)
    assert "handed" not in prompt.offers
    assert "back" not in prompt.offers
    prompt = colleague.do("sun", "8", "6")
    assert prompt.kind == "review"
    assert [line.label for line in prompt.lines] == ["What power?", "How many panels?", "How many hours?"]
    assert not colleague.is_done()
    colleague.do(nouns.Submitted())
    assert colleague.is_done()
    assert {key: answer.by for key, answer in owner.session.answers.items()} == {
        "staff": "p1",
        "power/source": AMINA,
        "power/panels": AMINA,
        "power/hours": AMINA,
    }


def test_the_conditions_of_the_whole_section_hold() -> None:
    _, colleague = handed("power", "9")
    prompt = colleague.do("sun", "500")
    assert prompt.problem is not None
    assert prompt.problem.code == "constraint"
    prompt = colleague.do("8", "12")
    assert [line.key for line in prompt.lines] == ["power/source", "power/panels", "power/hours"]


def test_one_question_is_done_with_its_answer() -> None:
    owner, colleague = handed("power/hours", "9")
    prompt = colleague.do("maybe")
    assert (prompt.key, colleague.is_done()) == ("power/hours", False)
    colleague.do("4")
    assert colleague.is_done()
    assert owner.value("power/hours") == 4


@pytest.mark.parametrize(
    ("event", "done"),
    [
        pytest.param(nouns.Unknown(), True, id="nobody knows"),
        pytest.param(nouns.Skipped(), False, id="later"),
        pytest.param(nouns.Reviewed(), False, id="looking at the list"),
        pytest.param(nouns.Typed("not applicable"), True, id="it does not concern them"),
    ],
)
def test_what_ends_a_single_question(event: nouns.AnyEvent, *, done: bool) -> None:
    _, colleague = handed("power/hours", "9")
    colleague.do(event)
    assert colleague.is_done() is done


def test_what_the_owner_did_not_know_is_asked() -> None:
    owner, colleague = handed("power", "9", nouns.Unknown(), nouns.Skipped())
    assert owner.session.answers["power/source"].sure is nouns.Sure.UNKNOWN
    prompt = colleague.do(nouns.Begin())
    assert prompt.key == "power/source"
    assert colleague.do("mains").key == "power/hours"


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(nouns.Changed("staff"), id="another question"),
        pytest.param(nouns.Changed("shops"), id="a list outside"),
        pytest.param(nouns.Handed(""), id="handing it on again"),
        pytest.param(nouns.TakenBack("power"), id="taking it from oneself"),
        pytest.param(nouns.Estimated("staff"), id="calling another's answer an estimate"),
        pytest.param(
            nouns.Meant("staff", nouns.Sure.NOT_APPLICABLE), id="saying what another's answer means"
        ),
    ],
)
def test_a_colleague_reaches_nothing_else(event: nouns.AnyEvent) -> None:
    owner, colleague = handed("power", "9")
    answers, parts = owner.session.answers, owner.session.handed
    prompt = colleague.do(event)
    assert prompt.problem is not None
    assert prompt.key == "power/source"
    assert (owner.session.answers, owner.session.handed) == (answers, parts)


def test_what_the_owner_answers_meanwhile_is_closed_to_the_colleague() -> None:
    owner, colleague = handed("power", "9")
    owner.do(nouns.Changed("power/source"), "mains")
    assert owner.session.handed == ("power",)
    prompt = colleague.do(nouns.Begin())
    assert prompt.key == "power/hours"
    prompt = colleague.do(nouns.Changed("power/source"))
    assert prompt.problem is not None
    assert owner.session.answers["power/source"].by == "p1"


def test_what_the_owner_answers_wholly_waits_no_longer() -> None:
    owner, _ = handed("power", "9")
    owner.do(nouns.Changed("power/source"), "mains", nouns.Changed("power/hours"), "4")
    assert owner.session.handed == ()


def test_an_answer_elsewhere_does_not_take_a_part_from_who_checks_it() -> None:
    owner, colleague = handed("power", "9")
    colleague.do("mains", "4")
    owner.do("Kisumu", "2")
    assert owner.session.handed == ("power",)


def test_both_stand_where_they_stood() -> None:
    owner, colleague = handed("power", "9")
    owner.do("Kisumu")
    colleague.do(nouns.Begin())
    assert owner.prompt.key == "shops:1/tills"
    assert colleague.do("mains").key == "power/hours"
    assert owner.do("2").kind == "repeat"


@pytest.mark.parametrize(
    ("key", "offered"),
    [
        pytest.param("power/source", "taken_back", id="what waits may be taken back"),
        pytest.param("staff", "handed", id="anything else may be handed on"),
    ],
)
def test_a_question_is_handed_on_or_taken_back(key: str, offered: str) -> None:
    owner, _ = handed("power", "9")
    prompt = owner.do(nouns.Changed(key))
    assert [offer for offer in prompt.offers if offer in ("handed", "taken_back")] == [offered]


def test_taken_back_it_is_asked_of_the_owner_again() -> None:
    owner, _ = handed("power", "9")
    owner.do(nouns.TakenBack("power"))
    assert (owner.session.handed, owner.prompt.key) == ((), "power/source")


def test_a_section_taken_back_from_the_review_is_gone_through_to_its_end() -> None:
    owner = playing.begun(FLOW)
    assert owner.do(nouns.Handed("")).kind == "review"
    assert owner.do(nouns.TakenBack("")).key == "staff"
    assert owner.do("9").key == "power/source", "not back at the review with the rest open"


def test_a_single_question_taken_back_from_the_review_leads_back_there() -> None:
    owner = playing.begun(FLOW)
    owner.do(nouns.Handed("staff"), nouns.Reviewed())
    assert owner.do(nouns.TakenBack("staff")).key == "staff"
    assert owner.do("9").kind == "review"


@pytest.mark.parametrize("pause", [(), (nouns.Paused(),)], ids=["standing", "paused"])
def test_a_section_that_comes_back_stands_at_what_is_open_in_it(pause: tuple[nouns.AnyEvent, ...]) -> None:
    owner, colleague = handed("")
    colleague.do("9", "mains")
    owner.do(*pause)
    owner.session = handing.came_back(owner.flow, owner.session, [""], now=playing.NOW)
    assert owner.session.handed == ()
    assert owner.do(nouns.Begin()).key == "power/hours"


def test_what_comes_back_moves_nobody_who_stands_at_a_question_or_has_nothing_open_there() -> None:
    owner, colleague = handed("power", "9")
    after = handing.came_back(owner.flow, owner.session, ["power"], now=playing.NOW)
    assert (after.cursor, after.mode) == (owner.session.cursor, owner.session.mode)
    colleague.do("mains", "4")
    owner.do(nouns.Reviewed())
    after = handing.came_back(owner.flow, owner.session, ["power"], now=playing.NOW)
    assert (after.cursor, after.mode) == ("", nouns.Mode.REVIEWING)


def test_a_required_question_keeps_the_section_from_being_handed_in_while_it_waits() -> None:
    owner, colleague = handed("staff")
    owner.do("mains", nouns.Handed("power/hours"), nouns.Finished(), nouns.Submitted())
    assert owner.prompt.problem is not None
    assert owner.prompt.problem.code == "required_missing"
    colleague.do("12")
    owner.do(nouns.Reviewed(), nouns.Submitted())
    assert any(isinstance(effect, nouns.HandedIn) for effect in owner.effects)
    assert owner.session.handed == (), "what was handed in waits for nobody"


def test_a_question_that_applies_no_more_is_not_asked_of_the_colleague() -> None:
    owner, colleague = handed("power/panels", "9", "sun")
    owner.do(nouns.Changed("power/source"), "mains")
    assert handing.part(owner.flow, owner.session, "power/panels", now=playing.NOW) is None
    assert colleague.do("8").key != "power/panels"
    assert "power/panels" not in owner.session.answers


def test_an_entry_that_is_removed_waits_for_nobody() -> None:
    owner, _ = handed("shops:1/tills", "9", "mains", "4", "Kisumu")
    owner.do(nouns.Changed("shops"), nouns.Removed("shops:1"))
    assert owner.session.handed == ()


def test_entries_of_the_owners_stay_as_they_are() -> None:
    owner, colleague = handed("shops", "9", "mains", "4", "Kisumu", "2")
    prompt = colleague.do(nouns.Begin())
    assert [line.shown for line in prompt.lines] == ["Kisumu, 2"]
    for event in (nouns.Removed("shops:1"), nouns.Opened("shops:1")):
        prompt = colleague.do(event)
        assert prompt.problem == nouns.Problem("given_by_another")
    assert "filled" not in prompt.offers
    colleague.do("Busia", "3", nouns.Removed("shops:2"), "Homa Bay", "5", nouns.Finished(), nouns.Submitted())
    assert colleague.is_done()
    assert [(key, owner.value(key)) for key in sorted(owner.session.answers) if key.startswith("shops")] == [
        ("shops:1/tills", 2),
        ("shops:1/where", "Kisumu"),
        ("shops:3/tills", 5),
        ("shops:3/where", "Homa Bay"),
    ]


def test_a_table_changes_no_list_of_the_owners() -> None:
    owner, colleague = handed("shops", "9", "mains", "4", "Kisumu", "2")
    before = owner.session.answers
    row = nouns.TableRow(0, {"where": nouns.Answer("Busia")})
    assert colleague.do(nouns.Filled("shops", (row,))).problem == nouns.Problem("given_by_another")
    assert owner.session.answers == before


def test_what_nothing_is_left_of_is_taken_back_all_the_same() -> None:
    owner, _ = handed("power/panels", "9", "sun")
    owner.do(nouns.Changed("power/source"), "mains")
    at = owner.prompt.key
    prompt = owner.do(nouns.TakenBack("power/panels"))
    assert owner.session.handed == ()
    assert (prompt.key, prompt.problem) == (at, None), "nothing in it is asked, so nobody is led there"


def test_no_name_stays_in_the_place() -> None:
    owner, colleague = handed("more", "9", "mains", "12", nouns.Finished())
    colleague.do("Her number is 0722 123 456")
    assert colleague.place is not None
    assert colleague.place.proposed is not None
    assert (colleague.place.proposed.by, colleague.place.answers) == ("", {})
    assert owner.session.proposed is None
    colleague.do(nouns.Confirmed(True))
    assert owner.session.answers["more"].by == AMINA


def test_a_line_tells_the_part_that_it_waits_in() -> None:
    owner, _ = handed("power/source", "9", nouns.Unknown(), nouns.Changed("power/source"))
    line = review.line(owner.flow, owner.session, "power/source")
    assert line is not None
    assert line.handed == "power/source"


# --- whatever both do, in any order -----------------------------------------------------------------

ACTS: dict[str, nouns.AnyEvent] = {
    **{text: nouns.Typed(text) for text in ("sun", "mains", "4", "12", "500", "maybe", "not applicable", "Kisumu")},
    **{key: nouns.Changed(key) for key in ("staff", "power/source", "power/panels", "shops:1/tills", "more")},
    "open": nouns.Begin(),
    "back": nouns.Back(),
    "skip": nouns.Skipped(),
    "unknown": nouns.Unknown(),
    "estimate": nouns.Estimated("power/hours"),
    "add": nouns.Added(),
    "remove": nouns.Removed("shops:1"),
    "finish": nouns.Finished(),
    "check": nouns.Reviewed(),
    "pause": nouns.Paused(),
    "hand in": nouns.Submitted(),
}  # fmt: skip
PARTS = ("", "staff", "power", "power/hours", "shops", "shops:1", "shops:1/tills")


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(PARTS),
    st.lists(
        st.tuples(
            st.sampled_from(["owner", "owner hands on", "owner takes back", "colleague"]),
            st.sampled_from(sorted(ACTS)),
        ),
        max_size=40,
    ),
)
def test_owner_and_colleague_do_what_comes_to_mind(part: str, acts: list[tuple[str, str]]) -> None:
    owner = playing.begun(FLOW)
    colleague = Colleague(owner, part)
    for who, name in acts:
        before, waits = owner.session, part in owner.session.handed
        if who == "colleague":
            # the bot opens nothing where the part waits no longer, or nothing of it is asked
            seen = handing.shared(owner.session, colleague.place, colleague.share)
            if not waits or not handing.way(owner.flow, seen, now=playing.NOW).stops:
                continue
            colleague.do(ACTS[name])
            changed = {
                key for key, answer in owner.session.answers.items() if before.answers.get(key) != answer
            }
            assert all(keys.is_in(key, part) for key in changed), "a colleague reaches their part only"
            assert all(owner.session.answers[key].by == AMINA for key in changed)
            assert owner.session.mode is before.mode, "the owner hands in, and stands where they stood"
        elif who == "owner":
            owner.do(ACTS[name])
            given = {
                key for key, answer in owner.session.answers.items() if before.answers.get(key) != answer
            }
            assert all(owner.session.answers[key].by == "p1" for key in given), (
                "nobody answers in another's name"
            )
        elif who == "owner takes back":
            owner.do(nouns.TakenBack(part))
            assert part not in owner.session.handed
        elif handing.is_open(owner.flow, owner.session, part, now=playing.NOW):
            owner.do(nouns.Handed(part))
            assert part in owner.session.handed
    owner.do(nouns.Submitted())


def part_of(owner: playing.Player, key: str) -> handing.Part | None:
    return handing.part(owner.flow, owner.session, key, now=playing.NOW)


def test_a_part_says_how_much_of_it_is_open() -> None:
    owner = playing.begun(FLOW)
    owner.do("9", nouns.Picked("sun"))
    assert part_of(owner, "power") == handing.Part("power", "Power", "group", 2)
    assert part_of(owner, "") == handing.Part("", "Sample", "section", 6)
    assert part_of(owner, "power/panels") == handing.Part("power/panels", "How many panels?", "question", 1)


@pytest.mark.parametrize("key", ["power/nothing", "power/panels", "shops:7"])
def test_a_part_that_does_not_apply_is_none(key: str) -> None:
    owner = playing.begun(FLOW)
    owner.do("9", nouns.Picked("mains"))
    assert part_of(owner, key) is None


GROUP = """
survey:
  - type: group
    name: power
    label: Power
    children:
      - {type: integer, name: panels, label: How many panels?}
      - {type: integer, name: hours, label: How many hours?}
"""


def test_a_group_without_a_name_is_not_offered() -> None:
    owner = playing.begun("""
        survey:
          - {type: group, name: g, children: [{type: text, name: a, label: A?}, {type: text, name: b, label: B?}]}
          - {type: text, name: c, label: C?}
        """)
    assert offered(owner) == [("question", "A?", 1), (*SECTION, 3)]


def test_a_group_that_is_the_whole_section_is_offered_once_by_the_sections_name() -> None:
    owner = playing.begun(GROUP)
    offered = handing.parts(owner.flow, owner.session, owner.session.cursor, now=playing.NOW)
    assert [(one.kind, one.asks) for one in offered] == [("question", 1), ("section", 2)]
