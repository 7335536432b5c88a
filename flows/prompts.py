"""What the respondent should see now, made from the session and nothing else."""

from __future__ import annotations

from flows import handing, instance, nouns, review, room, shown, stops, together, units
from flows.worksheets import columns

UNSURE_CHOICES = frozenset({"unknown", "dont_know", "not_sure"})
"""Names of choices that say what the button "I don't know" says."""


def standing(way: stops.Way, problem: nouns.Problem | None = None) -> nouns.Prompt:
    """The prompt for where the session stands."""
    session = way.instance.session
    stop = way.at(session.cursor)
    if session.mode in (nouns.Mode.IDLE, nouns.Mode.PAUSED):
        return _plain(way, "paused", problem)
    if session.mode is nouns.Mode.REVIEWING or stop is None:
        return _review(way, problem)
    if isinstance(stop.node, instance.Series):
        return _repeat(way, stop, stop.node, problem)
    return _question(way, stop, stop.node, problem)


def submitted(way: stops.Way) -> nouns.Prompt:
    """The prompt after the section was handed in."""
    return _plain(way, "submitted", None)


def _plain(way: stops.Way, kind: str, problem: nouns.Problem | None) -> nouns.Prompt:
    return nouns.Prompt(kind, way.instance.form.flow.title, offers=("begin",), problem=problem)


def _review(way: stops.Way, problem: nouns.Problem | None) -> nouns.Prompt:
    back = ("back",) if way.stops else ()
    return nouns.Prompt(
        "review",
        way.instance.form.flow.title,
        label="\n\n".join(way.closing),
        offers=("submitted", "changed", *back, "paused"),
        position=len(way.stops),
        total=len(way.stops),
        problem=problem,
        lines=review.lines(way),
        missing=review.missing(way),
        waits=handing.waits(way),
    )


def _repeat(
    way: stops.Way, stop: stops.Stop, series: instance.Series, problem: nouns.Problem | None
) -> nouns.Prompt:
    lines = review.entries(series)
    offers = ["added"] if room.left(series) else []
    if columns.of(series) and handing.is_theirs(way.instance.session, series.key):
        offers.append("filled")
    offers += ["opened", "removed", "finished"] if lines else ["finished", "unknown", "skipped"]
    return nouns.Prompt(
        "repeat",
        way.instance.form.flow.title,
        key=stop.key,
        group=shown.heading(series),
        type="repeat",
        label="\n\n".join((*stop.notes, shown.title(series))),
        hint=shown.words(series, "hint"),
        offers=(*offers, *_moves(way, stop)),
        position=way.position(stop.key),
        total=way.length,
        problem=problem,
        comment=way.instance.session.comments.get(stop.key, ""),
        handed=stop.handed,
        lines=lines,
    )


def _question(
    way: stops.Way, stop: stops.Stop, question: instance.Question, problem: nouns.Problem | None
) -> nouns.Prompt:
    session = way.instance.session
    several = question.place.kind == "select_multiple"
    proposed = session.proposed if session.mode is nouns.Mode.CONFIRMING else None
    chosen = session.ticked if several else (question.value,)
    return nouns.Prompt(
        "question" if proposed is None else "confirm",
        way.instance.form.flow.title,
        key=stop.key,
        group=shown.heading(question),
        type=question.place.kind,
        label="\n\n".join((*stop.notes, shown.title(question))),
        hint=shown.words(question, "hint"),
        unit=units.asked_in(question.item.unit, way.instance.form.flow.language),
        together=together.wanted(question) if proposed is None else (),
        example=together.example(question) if proposed is None else "",
        options=options(question, chosen),
        several=several,
        current=shown.in_words(question),
        by=question.answer.by if question.answer is not None else "",
        proposed="" if proposed is None else shown.said(question, proposed.value),
        doubted=proposed is not None and session.doubted,
        hidden=proposed is not None and session.written is not None,
        rival=_rival(stop, question),
        evidence=question.item.evidence,
        offers=("confirmed", "as_written", "paused")
        if proposed is not None
        else _offers(way, stop, question),
        position=way.position(stop.key),
        total=way.length,
        problem=problem,
        comment=session.comments.get(stop.key, ""),
        handed=stop.handed,
    )


def _rival(stop: stops.Stop, question: instance.Question) -> str:
    """What a reviewer proposes, while the respondent has not said what they think of it."""
    dispute = question.instance.session.disputes.get(stop.key)
    return shown.said(question, dispute.proposed.value) if dispute is not None and stop.is_asked_back else ""


def options(question: instance.Question, chosen: tuple[nouns.Value, ...] = ()) -> tuple[nouns.Option, ...]:
    """The choices as the question offers them now."""
    return tuple(
        nouns.Option(choice.name, shown.phrase(question.words(choice), question), choice.name in chosen)
        for choice in question.choices
    )


def _offers(way: stops.Way, stop: stops.Stop, question: instance.Question) -> tuple[str, ...]:
    answer = question.answer
    offers = ["agreed", "kept"] if stop.is_asked_back else []
    if question.place.kind == "select_multiple" or question.value is not None:
        offers.append("ticked")
    if isinstance(question.value, int | float) and answer is not None and answer.sure is nouns.Sure.KNOWN:
        offers.append("estimated")
    if not any(choice.name in UNSURE_CHOICES for choice in question.choices):
        offers.append("unknown")
    kept = answer is not None and question.value is not None
    if not kept and not way.instance.holds(question, "required", otherwise=False):
        offers.append("skipped")
    return (*offers, *_moves(way, stop))


def _moves(way: stops.Way, stop: stops.Stop) -> tuple[str, ...]:
    session = way.instance.session
    back = way.before(stop.key) is not None or session.mode is nouns.Mode.EDITING
    handed = () if session.share is not None else ("handed",) if stop.handed is None else ("taken_back",)
    return (
        *handed,
        *(("back",) if back else ()),
        *(("reviewed",) if session.answers or session.handed else ()),
        "paused",
    )
