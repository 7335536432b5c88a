"""What no log may tell: the token, people's names, their institutions, places and files, and what they typed."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from bot import sample
from bot.practice import state

SHORTEST = 5
"""Of what was typed: what is shorter may stand in a line by chance. A name is looked for however short it is."""

ANYWHERE = 9
"""What is as long is found within other words too; shorter ones only as words of their own."""

NO_SECRET = re.compile(r"/(?!start ).*|[\d\s.,:%/+-]*", re.DOTALL)
"""Commands and plain numbers: lines have numbers of their own."""


def secrets(known: state.State) -> set[str]:
    """What this Telegram's people have said about themselves and others, and what the sample says of its own."""
    found = {bot.token.partition(":")[2] for bot in known.bots.values()}
    for chat in known.chats.values():
        for message in chat.messages.values():
            if not message["from"]["is_bot"]:
                found.update(_sent(message))
    for person in known.people.values():
        found |= _whole_and_parts(f"{person.first_name} {person.last_name}".strip())
    for group in known.groups.values():
        found |= {group.title}
    return {one for one in found | _sample() if one.strip()}


def leaked(said: str, secret: Iterable[str]) -> list[str]:
    """Those of these words that stand in what was said, as they are or as Python writes them."""
    return sorted(one for one in secret if any(_stands(form, said) for form in {one, repr(one)[1:-1]}))


def _stands(words: str, said: str) -> bool:
    if len(words) >= ANYWHERE:
        return words in said
    return words in said and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", said) is not None


def _sent(message: state.JSON) -> Iterator[str]:
    """The words of a message, its lines, and its file's name."""
    text = str(message.get("text") or message.get("caption") or "")
    for words in (text, *text.splitlines()):
        typed = words.removeprefix("/start ").strip()
        if len(typed) >= SHORTEST and not NO_SECRET.fullmatch(words):
            yield typed
    for kind in ("document", "audio", "video"):
        if name := message.get(kind, {}).get("file_name"):
            yield name


@functools.cache
def _sample() -> frozenset[str]:
    book = sample.answers()
    institution = book.institution.name
    names = (institution, institution.partition(" ")[0], *(branch.name for branch in book.branches))
    people = (part for person in book.people for part in _whole_and_parts(person.name))
    return frozenset({*names, *people})


def _whole_and_parts(name: str) -> set[str]:
    # a part that is no word, as of a name that is all signs, may stand anywhere
    return {name, *(part for part in name.split() if len(part) > 2 and part.isalpha())}
