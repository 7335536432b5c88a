"""What is wrong with a file that somebody sent: the first few complaints, and how many there are besides."""

from __future__ import annotations

from collections.abc import Sequence

import markupsafe

from bot import limits, views
from bot.handlers import moving
from bot.work import Work


def told(work: Work, code: str, name: str, wrong: Sequence[str]) -> str:
    """A file's complaints under a headline of this code that names it, and what to do then."""
    shown = [
        markupsafe.escape(f"• {each[: limits.COMPLAINT_CHARACTERS]}")
        for each in wrong[: limits.COMPLAINTS_SHOWN]
    ]
    if rest := len(wrong) - len(shown):
        shown.append(work.words.html("survey.more_wrong", n=rest))
    return views.text(
        work.words.html(code, name=moving.label(name)),
        markupsafe.Markup("\n").join(shown),
        work.words.html("survey.send_again"),
    )
