"""What an expression looks at, whichever way it leads there: a circle is told, and what is none is taken."""

from __future__ import annotations

import pytest

from flows import errors, form, instance, nouns
from tests.flows import playing
from tests.flows.xforms.documents import answer, begun, question, simple

TABLE = '<instance id="t"><root><item><x>1</x><y>2</y></item></root></instance>'


def looking_back(calculated: str) -> str:
    """A form whose `b` follows from `a`, which is calculated so."""
    return simple(
        "<a/><b/><c/>",
        f'{TABLE}<bind nodeset="/data/a" calculate="{calculated}"/><bind nodeset="/data/b" calculate="../a"/>'
        '<bind nodeset="/data/c" type="int"/>',
        '<input ref="/data/c"/>',
    )


@pytest.mark.parametrize(
    "calculated",
    [
        pytest.param("/data/b + 1", id="a path from the top"),
        pytest.param("../b + 1", id="a path from where it stands"),
        pytest.param("current()/../b + 1", id="from current()"),
        pytest.param("(/data/b)/. + 1", id="from a path in brackets"),
        pytest.param("(..)/b + 1", id="from the top in brackets"),
        pytest.param("(/data/b)[1]/. + 1", id="from one of several"),
        pytest.param("count(/data/c[. = current()/../b])", id="in a condition"),
        pytest.param("instance('t')/root/item[x = /data/b]/y", id="in a condition on a table"),
        pytest.param("instance('t')/root/item[x = current()/../b]/y", id="in the same, from current()"),
        pytest.param("ancestor::data/b + 1", id="upwards"),
        pytest.param("ancestor-or-self::*/b + 1", id="upwards from itself"),
        pytest.param("ancestor::node()/data/b + 1", id="up to the document"),
        pytest.param("//b + 1", id="anywhere below"),
        pytest.param("/descendant::b + 1", id="downwards"),
        pytest.param("following-sibling::b + 1", id="sideways"),
        pytest.param("self::a + 1", id="itself"),
    ],
)
def test_a_circle_is_told_whichever_way_it_leads(calculated: str) -> None:
    with pytest.raises(errors.FlowErrors, match="circle"):
        begun(looking_back(calculated))


@pytest.mark.parametrize(
    ("calculated", "value"),
    [
        pytest.param("/data/c + 1", "6", id="a path from the top"),
        pytest.param("current()/../c + 1", "6", id="from current()"),
        pytest.param("(..)/c + 1", "6", id="from the top in brackets"),
        pytest.param("(/data/c)[1]/. + 1", "6", id="from one of several"),
        pytest.param("ancestor::data/c + 1", "6", id="upwards"),
        pytest.param("count(/data/c/@none)", "0", id="an attribute that is not there"),
        pytest.param("count(ancestor::text())", "0", id="upwards there are no texts"),
        pytest.param("instance('t')/root/item[x = 1]/y", "2", id="a table"),
    ],
)
def test_what_is_no_circle_follows(calculated: str, value: str) -> None:
    living = begun(looking_back(calculated))
    answer(living, "c", 5)
    assert (question(living, "a").text, question(living, "b").text) == (value, value)


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("../preceding-sibling::r[1]/total", id="a path"),
        pytest.param("(../preceding-sibling::r)[last()]/total", id="the last of those in brackets"),
        pytest.param("(../preceding-sibling::r[1])/total", id="a path in brackets"),
        pytest.param("/data/r[position() = position(current()/..) - 1]/total", id="by its number"),
    ],
)
def test_an_entry_may_look_at_the_one_before(before: str) -> None:
    living = begun(
        simple(
            "<r><n/><total/></r><r><n/><total/></r><r><n/><total/></r>",
            '<bind nodeset="/data/r/n" type="int"/>'
            f'<bind nodeset="/data/r/total" calculate="coalesce({before}, 0) + ../n"/>',
            '<group ref="/data/r"><label>R</label><repeat nodeset="/data/r"><input ref="/data/r/n"/></repeat></group>',
        )
    )
    for number in (1, 2, 3):
        answer(living, f"r:{number}/n", number)
    assert [question(living, f"r:{number}/total").text for number in (1, 2, 3)] == ["1", "3", "6"]


SHARED = """
survey:
  - {type: integer, name: people, label: All of them?}
  - type: group
    name: north
    label: North
    children:
      - {type: integer, name: people, label: In the north?}
      - {type: group, name: inner, label: I, children: [{type: calculate, name: n, calculation: "${people} + 0"}]}
  - type: group
    name: south
    label: South
    children:
      - {type: integer, name: people, label: In the south?}
      - {type: calculate, name: s, calculation: "${people} + 0"}
  - {type: group, name: east, label: East, children: [{type: calculate, name: e, calculation: "${people} + 0"}]}
"""


@pytest.mark.parametrize(
    ("seen_from", "path"),
    [
        pytest.param("south/s", "south/people", id="the one beside it"),
        pytest.param("north/inner/n", "north/people", id="the one in the group around"),
        pytest.param("east/e", "people", id="the one further out"),
        pytest.param("", "people", id="the first, seen from nowhere"),
    ],
)
def test_a_name_that_several_share_means_the_nearest(seen_from: str, path: str) -> None:
    player = playing.begun(SHARED)
    living = instance.Instance(form.of(player.flow), player.session, playing.NOW)
    place = living.form.place("people", living.form.by_path.get(seen_from))
    assert place is not None
    assert place.path == path
    for number, key in enumerate(("people", "north/people", "south/people"), 1):
        answer(living, key, number)
    texts = [question(living, key).text for key in ("north/inner/n", "south/s", "east/e")]
    assert texts == ["2", "3", "1"]


def test_a_default_may_be_what_was_answered_before() -> None:
    player = playing.begun("""
    survey:
      - {type: integer, name: staff, label: How many?}
      - type: repeat
        name: days
        label: Day
        children: [{type: integer, name: there, label: How many were there?, default: "${staff}"}]
    """)
    prompt = player.do("9", nouns.Added())
    assert prompt.key == "days:1/there"
    living = instance.Instance(form.of(player.flow), player.session, playing.NOW)
    assert question(living, "days:1/there").value == 9
