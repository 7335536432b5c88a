"""Why a question is asked: what the plan does with the answer, and which answers led to it."""

from __future__ import annotations

import markupsafe

from bot import views
from bot.asking import answers, places
from bot.work import Work
from flows import nouns, reasons
from flows.reading import spoken, text
from planning import nouns as plan_nouns
from planning import outline
from planning import words as plan_words


def asks(typed: str) -> bool:
    """Whether the words ask why a question is asked, in any language known."""
    return text.plain(text.clean(typed)) in spoken.IS_WHY


async def why_asked(work: Work) -> bool:
    """Say beside the question that stands why it is asked; False where none stands."""
    here = await places.standing(work)
    reason = reasons.of(here.flow, here.session, now=work.now) if here is not None else None
    if here is None or reason is None:
        return False
    work.say(views.View(_text(work, here.flow, reason)))
    return True


def _text(work: Work, flow: nouns.Flow, reason: reasons.Reason) -> str:
    words = work.words
    key = outline.chapters_of(flow.id, reason.seeds)[0]
    chapter = next(one for one in outline.CHAPTERS if one.key == key)
    title = plan_words.say(plan_nouns.Text(f"chapter.{chapter.key}"), work.person.language)
    because = (words.html("reason.because", label=line.label, answer=answers.in_words(line, words))
               for line in reason.because)  # fmt: skip
    return views.text(
        views.bold(reason.label),
        words.html(f"reason.{reason.seeds[0]}" if reason.seeds else "reason.other"),
        words.html("reason.chapter", number=chapter.number, title=title),
        markupsafe.Markup("\n").join(because),
    )
