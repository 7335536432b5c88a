"""Drawing: a prompt of the form engine becomes a view with words, signs and buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import markupsafe

from bot import limits, views
from bot.asking import answers
from flows import nouns
from flows import words as wording

CHOICES_IN_A_ROW = 3
NUMBERS_IN_A_ROW = 5
SHORT_CHOICE = 12
"""Characters up to which several choices share a row."""


def draw(
    prompt: nouns.Prompt,
    words: wording.Catalogue,
    *,
    page: int = 0,
    just_said: nouns.ReviewLine | None = None,
    others: answers.Others = answers.NOBODY,
) -> views.View:
    """The view of a prompt; `page` counts from 0 where choices or answers fill several pages.

    `just_said` is the answer before, if more can be said of it: whether a number was an estimate, or what an
    answer without a value means. `others` says for whom what was handed on waits, and who else answered.
    """
    match prompt.kind:
        case "review":
            return _review(prompt, words, page, others)
        case "repeat":
            return _repeat(prompt, words, page, others)
        case "confirm":
            return _confirm(prompt, words)
        case _:
            view = _question(prompt, words, page, others)
            more = _of_the_last(just_said, words) if just_said is not None else ()
            return views.View(view.text, (*view.rows, *more))


def _of_the_last(line: nouns.ReviewLine, words: wording.Catalogue) -> tuple[tuple[views.Button, ...], ...]:
    """What more can be said of the answer before this question."""
    match line.sure:
        case nouns.Sure.KNOWN:
            label = words.say("button.estimate", answer=line.shown)
            return ((views.Button(label, views.Answer(nouns.Estimated(line.key))),),)
        case nouns.Sure.UNKNOWN:
            meanings = {
                "button.ask_colleague": nouns.Sure.ASKED,
                "button.not_applicable": nouns.Sure.NOT_APPLICABLE,
            }
            return (
                tuple(
                    # the arrow says that it is about the answer above, not the question that stands
                    views.Button(f"↑ {words.say(code)}", views.Answer(nouns.Meant(line.key, sure)))
                    for code, sure in meanings.items()
                ),
            )
        case nouns.Sure.ASKED:
            ask = views.Pick("hand", line.key)
            return ((views.Button(words.say("button.hand"), ask),),)
        case _:
            return ()


def problem_text(problem: nouns.Problem | None, words: wording.Catalogue) -> str:
    """Why an act was not taken, and what to do; empty where it was."""
    if problem is None:
        return ""
    if problem.text:
        return markupsafe.escape(problem.text)
    return words.html(f"problem.{problem.code}", **problem.values)


def _heading(prompt: nouns.Prompt, words: wording.Catalogue) -> markupsafe.Markup:
    code = "ask.heading.group" if prompt.group else "ask.heading"
    heading = words.say(
        code, title=prompt.title, group=prompt.group, position=prompt.position, total=prompt.total
    )
    return markupsafe.Markup("<i>{}</i>").format(heading)


def _waits(handed: str | None, words: wording.Catalogue, others: answers.Others) -> str:
    """For whom something waits; empty where it does not."""
    return "" if handed is None else others.waiting.get(handed, words.say("review.handed"))


def _question(
    prompt: nouns.Prompt, words: wording.Catalogue, page: int, others: answers.Others
) -> views.View:
    ask = [views.bold(prompt.label)]
    if prompt.hint:
        ask.append(markupsafe.escape(prompt.hint))
    # The unit is part of the question only where neither label nor hint says it.
    if prompt.unit and prompt.unit not in prompt.label + prompt.hint:
        ask.append(words.html("ask.unit", unit=prompt.unit))
    if prompt.together:
        what = ", ".join(each.label for each in prompt.together)
        ask.append(words.html("ask.together", n=len(prompt.together), what=what, example=prompt.example))
    ask.extend(words.html(code) for code in _how(prompt))
    if prompt.current:
        ask.append(words.html("ask.now", answer=answers.by(prompt.current, prompt.by, words, others)))
    comment = words.html("ask.comment", comment=prompt.comment) if prompt.comment else ""
    rival = words.html("ask.rival", rival=prompt.rival) if prompt.rival else ""
    text = views.text(
        problem_text(prompt.problem, words),
        _heading(prompt, words),
        _handed(prompt, words, others),
        comment,
        rival,
        markupsafe.Markup("\n").join(ask),
    )
    rows = (*_choices(prompt, words, page), *_controls(prompt, words))
    return views.View(text, rows)


def _handed(prompt: nouns.Prompt, words: wording.Catalogue, others: answers.Others) -> str:
    """That what stands waits for a colleague, and may be answered all the same."""
    waits = _waits(prompt.handed, words, others)
    return words.html("ask.handed", waits=waits) if waits else ""


def _how(prompt: nouns.Prompt) -> list[str]:
    how: list[str] = []
    if prompt.several:
        how.append("ask.several")
    match prompt.type:
        case "geopoint":
            how.append("ask.location")
        case "image" | "file" | "audio" | "video" | "rank":
            how.append(f"ask.{prompt.type}")
        case "geotrace" | "geoshape":
            how.append("ask.trace")
        case "date" | "time" | "dateTime" if not prompt.hint:
            how.append(f"ask.{prompt.type}")
        case _:
            pass
    if prompt.type == "date":
        how.append("ask.tap_day")
    if prompt.evidence:
        how.append("ask.evidence")
    return how


def _choices(
    prompt: nouns.Prompt, words: wording.Catalogue, page: int
) -> tuple[tuple[views.Button, ...], ...]:
    options = prompt.options
    pages = max(1, -(-len(options) // limits.CHOICES_A_PAGE))
    page = min(page, pages - 1)
    shown = options[page * limits.CHOICES_A_PAGE : (page + 1) * limits.CHOICES_A_PAGE]
    buttons = [
        views.Button(_face(option, prompt.several, words), views.Answer(nouns.Picked(option.name)))
        for option in shown
    ]
    short = not prompt.several and all(len(button.label) <= SHORT_CHOICE for button in buttons)
    width = CHOICES_IN_A_ROW if short else 1
    rows = [tuple(buttons[i : i + width]) for i in range(0, len(buttons), width)]
    rows += _turning(words, page, pages, _to_page)
    if prompt.several:
        rows.append((views.Button(words.say("button.done"), views.Answer(nouns.Ticked()), style="primary"),))
    return tuple(rows)


def _turning(
    words: wording.Catalogue, page: int, pages: int, to: Callable[[int], views.AnyAction]
) -> list[tuple[views.Button, ...]]:
    """A row that leads to the page before, tells the page, and leads to the next; none for a single page."""
    if pages == 1:
        return []
    turn = [views.Button(words.say("page", page=page + 1, pages=pages), to(page))]
    if page:
        turn.insert(0, views.Button(words.say("button.earlier"), to(page - 1)))
    if page < pages - 1:
        turn.append(views.Button(words.say("button.more"), to(page + 1)))
    return [tuple(turn)]


def _to_page(page: int) -> views.AnyAction:
    return views.Pick("choices", str(page))


def _face(option: nouns.Option, several: bool, words: wording.Catalogue) -> str:
    if several:
        return f"{words.say('tick.on' if option.chosen else 'tick.off')} {option.label}"
    return f"● {option.label}" if option.chosen else option.label


def _controls(prompt: nouns.Prompt, words: wording.Catalogue) -> tuple[tuple[views.Button, ...], ...]:
    offers = prompt.offers
    rows: list[tuple[views.Button, ...]] = []
    if "agreed" in offers:
        agree = words.say("button.agree", answer=prompt.rival)
        rows.append((views.Button(agree, views.Answer(nouns.Agreed(prompt.key)), style="primary"),))
        rows.append((views.Button(words.say("button.stay"), views.Answer(nouns.Kept(prompt.key))),))
    elif "ticked" in offers and not prompt.several:
        rows.append((views.Button(words.say("button.next"), views.Answer(nouns.Ticked()), style="primary"),))
    leave = []
    if "unknown" in offers:
        leave.append(views.Button(words.say("button.unknown"), views.Answer(nouns.Unknown())))
    if "skipped" in offers:
        leave.append(views.Button(words.say("button.skip"), views.Answer(nouns.Skipped())))
    if prompt.kind in ("question", "repeat"):
        leave.append(views.Button(words.say("button.reason"), views.Pick("reason", "")))
    ask = []
    if "handed" in offers:
        ask.append(views.Button(words.say("button.ask_colleague"), views.Pick("hand", "")))
    if "taken_back" in offers and prompt.handed is not None:
        ask.append(views.Button(words.say("button.take_back"), views.Answer(nouns.TakenBack(prompt.handed))))
    move = []
    if "back" in offers:
        move.append(views.Button(words.say("button.back"), views.Answer(nouns.Back())))
    if "reviewed" in offers:
        move.append(views.Button(words.say("button.review"), views.Answer(nouns.Reviewed())))
    if "paused" in offers:
        move.append(views.Button(words.say("button.pause"), views.Answer(nouns.Paused())))
    rows.extend(tuple(row) for row in (leave, ask, move) if row)
    return tuple(rows)


def _confirm(prompt: nouns.Prompt, words: wording.Catalogue) -> views.View:
    code = "ask.hidden" if prompt.hidden else "ask.unusual" if prompt.doubted else "ask.confirm"
    text = views.text(
        problem_text(prompt.problem, words),
        _heading(prompt, words),
        views.bold(prompt.label),
        words.html(code, answer=prompt.proposed),
    )
    if prompt.hidden:
        return views.View(text, _hidden(words))
    yes = views.Button(words.say("button.yes"), views.Answer(nouns.Confirmed(True)), style="primary")
    no = views.Button(words.say("button.no"), views.Answer(nouns.Confirmed(False)))
    return views.View(text, ((yes, no),))


def _hidden(words: wording.Catalogue) -> tuple[tuple[views.Button, ...], ...]:
    keep = views.Button(words.say("button.hidden"), views.Answer(nouns.Confirmed(True)), style="primary")
    written = views.Button(words.say("button.as_written"), views.Answer(nouns.AsWritten()))
    anew = views.Button(words.say("button.anew"), views.Answer(nouns.Confirmed(False)))
    return ((keep,), (written,), (anew,))


def _repeat(prompt: nouns.Prompt, words: wording.Catalogue, page: int, others: answers.Others) -> views.View:
    size = limits.LINES_A_PAGE
    pages = max(1, -(-len(prompt.lines) // size))
    page = min(page, pages - 1)
    lines = list(enumerate(prompt.lines, 1))[page * size : (page + 1) * size]
    entries = [words.html("repeat.entry", number=number, summary=_summary(line)) for number, line in lines]
    listing = markupsafe.Markup("\n").join(entries) if entries else words.html("repeat.empty")
    text = views.text(
        problem_text(prompt.problem, words),
        _heading(prompt, words),
        _handed(prompt, words, others),
        markupsafe.Markup("\n").join(
            filter(None, [views.bold(prompt.label), markupsafe.escape(prompt.hint)])
        ),
        listing,
    )
    rows: list[tuple[views.Button, ...]] = []
    for number, line in lines:
        change = words.say("repeat.open", number=number, summary=_summary(line))
        drop = words.say("button.remove", what=str(number))
        row = [views.Button(change, views.Answer(nouns.Opened(line.key)))]
        if "removed" in prompt.offers:
            row.append(views.Button(drop, views.Answer(nouns.Removed(line.key))))
        rows.append(tuple(row))
    rows += _turning(words, page, pages, _to_page)
    if "added" in prompt.offers:
        code = "button.add.more" if prompt.lines else "button.add"
        # an empty list asks to be filled, a filled one to be finished
        add = "" if prompt.lines else "primary"
        rows.append(
            (views.Button(words.say(code, what=prompt.label), views.Answer(nouns.Added()), style=add),)
        )
    if "filled" in prompt.offers:
        rows.append((views.Button(words.say("button.table"), views.Pick("table", "send")),))
    if "finished" in prompt.offers:
        code = "button.finished" if prompt.lines else "button.nothing"
        done = "primary" if prompt.lines else ""
        rows.append((views.Button(words.say(code), views.Answer(nouns.Finished()), style=done),))
    return views.View(text, (*rows, *_controls(prompt, words)))


def _summary(line: nouns.ReviewLine) -> str:
    return line.shown or line.label


def _review(prompt: nouns.Prompt, words: wording.Catalogue, page: int, others: answers.Others) -> views.View:
    size = limits.LINES_A_PAGE
    pages = max(1, -(-len(prompt.lines) // size))
    page = min(page, pages - 1)
    numbers = {line.key: number for number, line in enumerate(_changeable(prompt), 1)}
    listing: list[str] = []
    buttons: list[views.Button] = []
    waiting: dict[str, list[int]] = {}
    for line in prompt.lines[page * size : (page + 1) * size]:
        if line.key not in numbers:
            listing.append(markupsafe.Markup("<u>{}</u>").format(line.label))
            continue
        answer = _waits(line.handed, words, others) or answers.in_words(line, words, others)
        if line.handed in waiting:
            answer = words.say("review.waits_too")
        number = numbers[line.key]
        if line.handed is not None:
            waiting.setdefault(line.handed, []).append(number)
        listing.append(words.html("check.line", number=number, label=line.label, answer=answer))
        buttons.append(views.Button(str(number), views.Answer(nouns.Changed(line.key))))
    rows = [
        tuple(buttons[place : place + NUMBERS_IN_A_ROW]) for place in range(0, len(buttons), NUMBERS_IN_A_ROW)
    ]
    rows += _turning(words, page, pages, lambda to: views.Answer(nouns.Reviewed(to)))
    for part, lines in waiting.items():
        back = words.say("button.take_back.lines", numbers=_runs(lines))
        rows.append((views.Button(back, views.Answer(nouns.TakenBack(part))),))
    unknown = sum(line.sure in (nouns.Sure.UNKNOWN, nouns.Sure.ASKED) for line in _changeable(prompt))
    rows.append((_hand_in(prompt, words),))
    rows.extend(_controls(prompt, words))
    text = views.text(
        problem_text(prompt.problem, words),
        words.html("review.title", title=prompt.title),
        markupsafe.Markup("\n").join(listing),
        _openness(prompt, words),
        words.html("review.not_known", n=unknown) if unknown else "",
        words.html("review.how"),
    )
    return views.View(text, tuple(rows))


def _runs(numbers: Sequence[int]) -> str:
    """Numbers in their order, neighbours in short: 1–3, 5."""
    made: list[tuple[int, int]] = []
    for number in numbers:
        if made and made[-1][1] == number - 1:
            made[-1] = made[-1][0], number
        else:
            made.append((number, number))
    return ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in made)


def _openness(prompt: nouns.Prompt, words: wording.Catalogue) -> str:
    """How much of a section is open, or that all of it waits for colleagues."""
    if prompt.waits:
        return words.html("review.waits")
    return words.html("review.open", n=prompt.missing) if prompt.missing else words.html("review.all")


def _hand_in(prompt: nouns.Prompt, words: wording.Catalogue) -> views.Button:
    """The way to hand in; not the one that is advised while colleagues are at work on what is open."""
    if prompt.waits:
        return views.Button(words.say("button.submit_waiting"), views.Answer(nouns.Submitted()))
    return views.Button(words.say("button.submit"), views.Answer(nouns.Submitted()), style="success")


def _changeable(prompt: nouns.Prompt) -> list[nouns.ReviewLine]:
    """The lines that are answers, in the order in which the engine counts them."""
    return [line for line in prompt.lines if line.kind != "entry"]
