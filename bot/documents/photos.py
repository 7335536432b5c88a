"""The photos of a plan: fetched from Telegram one by one, and made small by a process of their own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple

from bot.receiving import fetching
from document_templates import rendering
from flows import nouns as answers

Fetch = Callable[[answers.Attachment], Awaitable[bytes]]


class Gathered(NamedTuple):
    """What came, by file id; a content is empty where it is no picture."""

    contents: Mapping[str, bytes]
    whole: bool
    """Whether all came that Telegram has: where the line was cut, the next plan is to try again."""


async def gather(printed: Sequence[answers.Attachment], fetch: Fetch) -> Gathered:
    """The photos that the plan prints, each as small as it is printed."""
    contents: dict[str, bytes] = {}
    for sent in printed:
        try:
            content = await fetch(sent)
        except fetching.FetchError as problem:
            if problem.code == fetching.NOT_FETCHED:
                # the others would be waited for as long, and in vain
                return Gathered(contents, whole=False)
            continue
        contents[sent.file_id] = await rendering.shrink(content)
    return Gathered(contents, whole=True)
