"""The form engine beside its peers: expressions beside elementpath, answers beside ODK Web Forms' engine."""

from __future__ import annotations

import datetime as dt
import functools
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from xml.etree import ElementTree

import elementpath
import msgspec

from benchmarks import made_forms, webforms
from flows import expressions, form, instance, nouns, xforms

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)

NODES = 900
"""The form on which the peers are compared: 300 of its nodes are calculations."""

CURVE = (90, 300, 900, 3_000, 9_990)
"""Sizes over which one answer must cost the same."""

ANSWERS = 300
ROUNDS = 300


class Figure(msgspec.Struct, frozen=True):
    """One thing measured on one engine."""

    what: str
    engine: str
    nodes: int
    median_us: float
    slowest_us: float
    ratio: float
    """The median as a multiple of ours, or for the curve, of the smallest form's."""


class Measured(msgspec.Struct, frozen=True):
    """All figures, and a sentence for each peer that is not here."""

    figures: list[Figure]
    notes: list[str]


def measure() -> Measured:
    """Every figure, the peers' in the same run."""
    text = made_forms.made(NODES)
    figures = [*_expressions(text), *_answers()]
    notes: list[str] = []
    ours = next(one for one in figures if one.what == "one answer" and one.nodes == NODES)
    try:
        figures += _webforms(text, ours)
    except webforms.Missing as missing:
        notes.append(str(missing))
    return Measured(figures, notes)


def _expressions(text: str) -> Iterator[Figure]:
    """Compiling and evaluating what forms say, on the same tree with the same answers."""
    living = _answered(text)
    host = expressions.Host(now=NOW, root=living.root.parent)
    compiled = [expressions.compile(expressions.parse(one)) for one in made_forms.EXPRESSIONS]
    parser = elementpath.XPath1Parser()
    theirs = [parser.parse(one) for one in made_forms.EXPRESSIONS]
    tree = elementpath.get_node_tree(ElementTree.ElementTree(_element(living.root)))
    for mine, other in zip(compiled, theirs, strict=True):
        _agree(mine(expressions.Context(host, living.root)), other.evaluate(elementpath.XPathContext(tree)))
    evaluating = [functools.partial(_evaluate, one, host, living.root) for one in compiled]
    there = [functools.partial(_evaluate_there, one, tree) for one in theirs]
    compiling = [functools.partial(_compile, one) for one in made_forms.EXPRESSIONS]
    parsing = [functools.partial(parser.parse, one) for one in made_forms.EXPRESSIONS]
    yield from _beside("one evaluation", "elementpath", evaluating, there)
    yield from _beside("one compilation", "elementpath", compiling, parsing)


def _evaluate(
    one: Callable[[expressions.Context], expressions.Value], host: expressions.Host, node: expressions.Node
) -> object:
    return one(expressions.Context(host, node))


def _evaluate_there(
    one: elementpath.XPathToken, tree: elementpath.ElementNode | elementpath.DocumentNode
) -> object:
    return one.evaluate(elementpath.XPathContext(tree))


def _compile(one: str) -> object:
    return expressions.compile(expressions.parse(one))


def _answers() -> Iterator[Figure]:
    """Loading, and one answer, over forms of growing size, which take turns: what disturbs one disturbs all."""
    living: dict[int, instance.Instance] = {}
    for nodes in CURVE:
        text = made_forms.made(nodes)
        begun = time.perf_counter()
        living[nodes] = _living(text)
        took = (time.perf_counter() - begun) * 1e6
        yield Figure("load", "groundwork", nodes, took, took, 1.0)
    times: dict[int, list[float]] = {nodes: [] for nodes in CURVE}
    given = {nodes: made_forms.answers(nodes, ANSWERS) for nodes in CURVE}
    for turn in range(ANSWERS):
        for nodes, made in living.items():
            path, number = given[nodes][turn]
            times[nodes].append(
                _timed(functools.partial(made.answer, _question(made, path), nouns.Answer(number)))
            )
    first = statistics.median(times[CURVE[0]])
    for nodes, taken in times.items():
        median = statistics.median(taken)
        yield Figure("one answer", "groundwork", nodes, median, max(taken), median / first)


def _question(living: instance.Instance, path: str) -> instance.Question:
    found = living.find(path)
    assert isinstance(found, instance.Question)  # the form was made with it
    return found


def _webforms(text: str, ours: Figure) -> Iterator[Figure]:
    """The same form and answers in ODK Web Forms' engine, which must end with the same values."""
    answers = made_forms.answers(NODES, ANSWERS)
    outcome = webforms.Peer().run(text, answers)
    living = _living(text)
    for path, number in answers:
        living.answer(_question(living, path), nouns.Answer(number))
    held = {f"/data/{question.key}": question.text for question in instance.questions(living.root)}
    wrong = [path for path, value in outcome.values if "meta" not in path and held.get(path) != value]
    if wrong:
        raise webforms.Missing(f"ODK Web Forms' engine holds another value at {wrong[0]}.")
    median = statistics.median(outcome.times) * 1e3
    yield Figure("load", "xforms-engine", NODES, outcome.load * 1e3, outcome.load * 1e3, 0.0)
    yield Figure(
        "one answer", "xforms-engine", NODES, median, max(outcome.times) * 1e3, median / ours.median_us
    )


def _living(text: str) -> instance.Instance:
    flow = xforms.load(text)
    return instance.Instance(form.of(flow), nouns.Session(flow.id, flow.version), NOW)


def _answered(text: str) -> instance.Instance:
    living = _living(text)
    for number, question in enumerate(instance.questions(living.root)):
        if question.place.kind == "integer":
            living.answer(question, nouns.Answer(number % 10))
    return living


def _element(holder: instance.Holder) -> ElementTree.Element:
    """The living form as the standard library's tree."""
    made = ElementTree.Element(holder.name)
    for part in holder.parts:
        if isinstance(part, instance.Group):
            made.append(_element(part))
        elif isinstance(part, instance.Question):
            ElementTree.SubElement(made, part.name).text = part.text
    return made


def _agree(ours: object, theirs: object) -> None:
    """Both engines must come to the same, or their times say nothing."""
    if isinstance(ours, list):
        assert len(ours) == len(theirs)  # type: ignore[arg-type]  # a list there too
    else:
        assert ours == theirs  # a slip of ours, never of a user


def _timed(act: Callable[[], object]) -> float:
    """The microseconds of one call."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1e6


def _medians(acts: Sequence[Callable[[], object]]) -> list[float]:
    """The median microseconds of each call, the calls taking turns."""
    times: list[list[float]] = [[] for _ in acts]
    for _ in range(ROUNDS):
        for taken, act in zip(times, acts, strict=True):
            taken.append(_timed(act))
    return [statistics.median(taken) for taken in times]


def _beside(
    what: str, peer: str, ours: Sequence[Callable[[], object]], theirs: Sequence[Callable[[], object]]
) -> Iterator[Figure]:
    """The median over what forms say, ours and a peer's."""
    here, there = _medians(ours), _medians(theirs)
    mine, other = statistics.median(here), statistics.median(there)
    yield Figure(what, "groundwork", NODES, mine, max(here), 1.0)
    yield Figure(what, peer, NODES, other, max(there), other / mine)
