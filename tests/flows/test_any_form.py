"""Whoever answers at random, kindly and at random again, comes to the end of any form that loads."""

from __future__ import annotations

import datetime as dt
import random

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from flows import book, errors, form, nouns
from tests.flows import playing

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)

MOST_TURNS = 400
"""More than any form of this test needs; each list is left after at most two entries."""

CHOICES = (nouns.Choice("red", "Red"), nouns.Choice("blue", "Blue"), nouns.Choice("green", "Green"))

TYPES = (
    "text", "integer", "decimal", "range", "date", "time", "dateTime", "note", "acknowledge", "select_one colours",
    "select_multiple colours", "rank colours", "barcode", "geopoint", "geotrace", "geoshape", "image", "video",
)  # fmt: skip

TYPED = {
    "text": "words", "integer": "4", "decimal": "2.5", "range": "3", "date": "31 March 2027", "time": "14:30",
    "dateTime": "31 March 2027, 14:30", "acknowledge": "OK", "rank": "red, green, blue", "barcode": "6009",
    "geopoint": "3.1, 35.5", "geotrace": "3.1 35.5; 3.2 35.6", "geoshape": "1 1; 1 2; 2 2", "select_one": "red",
    "select_multiple": "red, blue",
}  # fmt: skip
"""An answer of each type, as people type it."""

CONDITIONS = ("", "", "{} != ''", "string-length({}) > 2", "count(//*) > 4", "position(..) = 1", "{} = 'red'")


@st.composite
def flows(draw: st.DrawFn) -> nouns.Flow:
    """A form of questions of every type, in groups and repeats, with conditions on what stands before."""
    names: list[str] = []
    chance = random.Random(draw(st.integers(0, 10_000)))

    def condition() -> str:
        written = chance.choice(CONDITIONS)
        return written.format(f"${{{chance.choice(names)}}}") if names else ""

    def items(above: str, depth: int) -> tuple[nouns.Item, ...]:
        made: list[nouns.Item] = []
        for _ in range(chance.randint(1, 4)):
            name = f"n{len(names)}"
            relevant = condition()
            names.append(name)
            path = f"{above}{name}"
            kind = (
                chance.choice(("group", "repeat"))
                if depth < 2 and chance.random() < 0.3
                else chance.choice(TYPES)
            )
            if kind == "group":
                made.append(nouns.Group(name, path, items(f"{path}/", depth + 1), name, relevant))
            elif kind == "repeat":
                count = chance.choice(("", "", "2"))
                made.append(
                    nouns.Repeat(
                        name, path, items(f"{path}/", depth + 1), name, relevant=relevant, repeat_count=count
                    )
                )
            else:
                choices = CHOICES if "colours" in kind else ()
                required = chance.choice(("", "yes"))
                made.append(
                    nouns.Question(
                        kind, name, path, name, choices=choices, relevant=relevant, required=required
                    )
                )
        return tuple(made)

    flow = nouns.Flow("any", "1", "Any", items("", 0))
    try:
        form.of(flow)
    except errors.FlowErrors:
        reject()
    return flow


def act(prompt: nouns.Prompt, chance: random.Random) -> nouns.AnyEvent:
    """Something that a patient person might do at a prompt."""
    if prompt.kind == "repeat":
        entries = len(prompt.lines)
        return nouns.Added() if entries < 2 and chance.random() < 0.5 else nouns.Finished()
    if prompt.kind == "review":
        return nouns.Submitted()
    if prompt.kind == "confirm":
        return nouns.Confirmed(yes=True)
    if prompt.type in ("image", "video"):
        return nouns.Attached(nouns.Attachment(prompt.type, "f1", "a.bin"))
    if "skipped" in prompt.offers and chance.random() < 0.2:
        return nouns.Skipped()
    return nouns.Typed(TYPED[prompt.type])


def wrong(flow: nouns.Flow, session: nouns.Session) -> list[book.BookProblem]:
    """What a reader of answers files would find wrong with what was handed in."""
    entries = {key: numbers for key, numbers in session.entries.items() if numbers}
    section = nouns.SectionAnswers(flow.id, flow.version, answers=session.answers, entries=entries)
    institution = nouns.Institution("Sample", "KE", "KES", "Africa/Nairobi")
    return book.validate(nouns.AnswerBook(institution, sections=(section,), made_at=NOW), [flow])


@settings(max_examples=60, deadline=None)
@given(flows(), st.integers(0, 1_000))
def test_a_random_walk_completes_any_form(flow: nouns.Flow, seed: int) -> None:
    chance = random.Random(seed)
    player = playing.Player(flow)
    prompt = player.do(nouns.Begin())
    for _ in range(MOST_TURNS):
        if prompt.kind == "submitted":
            assert wrong(flow, player.session) == []
            return
        prompt = player.do(act(prompt, chance))
        assert prompt.problem is None or prompt.problem.code == "required_missing", prompt
    raise AssertionError(prompt)
