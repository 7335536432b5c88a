"""The living form follows every change: what it holds is always what it would hold if it were made anew."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from flows import errors, form, instance, nouns

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)

NAMES = ("a", "b", "c", "d", "e")

WITHIN = st.sampled_from(
    (
        "${a} + 1", "${b} * 2", "/data/a", "/data/outer/inner/d + 0", "sum(/data/outer/c)", "count(/data/outer)",
        "position(..)", "../c", "../../c", "sum(../inner/d)", "count(${outer})", "${c}", "${d}", "../a",
        "/data/outer[position() = 1]/c", "count(/data/outer/inner[d > 2])", "indexed-repeat(${c}, ${outer}, 1)",
        "concat(/data/outer/inner/d)", "coalesce(${a}, ${b})", "string-length(../preceding-sibling::outer/c)",
        "if(${a} > 1, ${b}, count(/data/outer/inner))", "max(//d)", "not(${b} = 3)",
    )
)  # fmt: skip
"""Expressions in names and paths, up and down and through repeats."""

CONDITIONS = st.sampled_from(
    (
        "",
        "",
        "${a} > 1",
        "/data/b != 2",
        "count(/data/outer) < 3",
        "${c} != 1",
        "../c > 0",
        "position(..) < 3",
    )
)


EARLIER = st.sampled_from(("", "", "${a} > 1", "/data/b != 2", "../../b < 4"))
"""Conditions of what others look at."""


def item(name: str, path: str, **fields: str) -> nouns.Question:
    calculated = bool(fields.get("calculation"))
    return nouns.Question("calculate" if calculated else "integer", name, path, label=name, **fields)  # type: ignore[arg-type]  # texts only


@st.composite
def forms(draw: st.DrawFn) -> form.Form:
    """A form of two nested repeats, with calculations and conditions anywhere; never a circle."""

    def calculated(name: str, above: str) -> nouns.Question:
        return item(name, f"{above}{name}", calculation=draw(WITHIN), relevant=draw(CONDITIONS))

    def asked(name: str, above: str) -> nouns.Question:
        return item(name, f"{above}{name}", relevant=draw(EARLIER) if above else "")

    inner = nouns.Repeat(
        "inner",
        "outer/inner",
        (asked("d", "outer/inner/"), calculated("f", "outer/inner/")),
        relevant=draw(EARLIER),
        repeat_count=draw(st.sampled_from(("", "${a}", "../c"))),
    )
    outer = nouns.Repeat(
        "outer", "outer", (asked("c", "outer/"), calculated("g", "outer/"), inner), relevant=draw(EARLIER)
    )
    flow = nouns.Flow(
        "f", "1", "F", (asked("a", ""), asked("b", ""), outer, calculated("e", ""), calculated("h", ""))
    )
    try:
        return form.Form(flow)
    except errors.FlowErrors:
        reject()


ACTS = st.lists(
    st.tuples(st.sampled_from(("answer", "clear", "add", "remove")), st.integers(0, 30), st.integers(0, 4)),
    max_size=14,
)


def nodes(holder: Any) -> list[Any]:
    found: list[Any] = []
    for part in holder.parts:
        found.append(part)
        if isinstance(part, instance.Series):
            for entry in part.all_entries:
                found += [entry, *nodes(entry)]
        elif isinstance(part, instance.Group):
            found += nodes(part)
    return found


def snapshot(living: instance.Instance) -> dict[str, Any]:
    return {
        node.key: (node.relevant, node.text if isinstance(node, instance.Question) else None)
        for node in nodes(living.root)
    }


def act(living: instance.Instance, kind: str, which: int, number: int) -> None:
    everything = nodes(living.root)
    asked = [one for one in everything if isinstance(one, instance.Question) and one.place.kind == "integer"]
    lists = [one for one in everything if isinstance(one, instance.Series) and one.grows]
    entries = [one for one in everything if isinstance(one, instance.Entry) and one.series.grows]
    if kind == "answer" and asked:
        living.answer(asked[which % len(asked)], nouns.Answer(number))
    elif kind == "clear" and asked:
        living.answer(asked[which % len(asked)], None)
    elif kind == "add" and lists and len(entries) < 6:
        living.add(lists[which % len(lists)])
    elif kind == "remove" and entries:
        living.remove(entries[which % len(entries)])


@settings(max_examples=150, deadline=None)
@given(forms(), ACTS)
def test_following_is_making_anew(made: form.Form, acts: list[tuple[str, int, int]]) -> None:
    living = instance.Instance(made, nouns.Session("f", "1"), NOW)
    for kind, which, number in acts:
        act(living, kind, which, number)
        anew = instance.Instance(made, living.session, NOW)
        assert snapshot(living) == snapshot(anew)
        assert anew.session == living.session


@settings(max_examples=60, deadline=None)
@given(forms(), ACTS, ACTS)
def test_becoming_another_session_and_back_changes_nothing(
    made: form.Form, first: list[tuple[str, int, int]], then: list[tuple[str, int, int]]
) -> None:
    living = instance.Instance(made, nouns.Session("f", "1"), NOW)
    for one in first:
        act(living, *one)
    session, before = living.session, snapshot(living)
    for one in then:
        act(living, *one)
    living.session = session
    assert snapshot(living) == before
    assert living.session == session
