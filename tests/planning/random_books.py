"""Hypothesis strategies: partial, odd and contradictory answer books made from the flows themselves."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from flows import nouns, shipped

SURE = st.sampled_from(list(nouns.Sure))

NUMBERS = st.one_of(st.integers(-5, 100_000), st.floats(-5, 10_000, allow_nan=False))


def _value(question: nouns.Question) -> st.SearchStrategy[nouns.Value]:
    kind = question.type.partition(" ")[0]
    names = [choice.name for choice in question.choices] or ["x"]
    match kind:
        case "select_one":
            return st.sampled_from(names)
        case "select_multiple":
            return st.lists(st.sampled_from(names), unique=True)
        case "integer" | "decimal":
            return NUMBERS
        case "date":
            return st.dates(dt.date(2025, 1, 1), dt.date(2029, 1, 1)).map(str)
        case "geopoint":
            return st.just(nouns.Point(1.0, 37.0))
        case "image" | "file" | "audio":
            return st.just(nouns.Attachment(kind, "f"))
    return st.sampled_from(["Ann", "Bo and Cy", "", "{n} ${x} <b>"])


@st.composite
def sections(draw: st.DrawFn, flow: nouns.Flow, branch: str) -> nouns.SectionAnswers:
    """A section with some of its questions answered, some entries in its repeats."""
    answers: dict[str, nouns.Answer] = {}
    entries: dict[str, tuple[int, ...]] = {}
    chance = draw(st.randoms(use_true_random=False))
    share = chance.choice([0.2, 0.7, 1.0])

    def fill(items: tuple[nouns.Item, ...], swap: tuple[str, str]) -> None:
        for item in items:
            if isinstance(item, nouns.Repeat):
                count = chance.randint(0, 2)
                entries[item.path] = tuple(range(1, count + 1))
                for number in range(1, count + 1):
                    fill(item.children, (item.path, f"{item.path}:{number}"))
            elif isinstance(item, nouns.Group):
                fill(item.children, swap)
            elif chance.random() < share:
                sure = draw(SURE)
                value = None if sure is nouns.Sure.UNKNOWN else draw(_value(item))
                answers[item.path.replace(*swap, 1)] = nouns.Answer(value, by="ann", sure=sure)

    fill(flow.children, ("", ""))
    state = chance.choice(["in_progress", "submitted", "returned", "approved"])
    return nouns.SectionAnswers(flow.id, branch=branch, state=state, answers=answers, entries=entries)


@st.composite
def books(draw: st.DrawFn) -> nouns.AnswerBook:
    """A book of up to two branches, any sections missing."""
    branches = tuple(nouns.Branch(f"b{n}", f"Branch {n}") for n in range(draw(st.integers(0, 2))))
    made = []
    for flow in shipped.assessment():
        places = [""] if flow.per is nouns.Per.ORGANISATION else [branch.id for branch in branches]
        made += [draw(sections(flow, place)) for place in places if draw(st.booleans())]
    country = draw(st.sampled_from(["KE", "IN", "XX", ""]))
    institution = nouns.Institution("Upya", country, "KES", "Africa/Nairobi")
    return nouns.AnswerBook(institution, branches=branches, sections=tuple(made))
