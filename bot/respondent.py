"""Somebody who answers a section from a sample's answer book: looks at the screen, taps, types."""

from __future__ import annotations

import html
from typing import Any

from bot.practice import people as practice
from flows import book, nouns, shipped, shown, stops, wording
from flows import words as catalogues

PHOTO = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
"""A picture of one pixel, sent where the sample has a photo."""

STEPS = 400
"""More than any section asks: ends a walk that goes in circles."""


class Respondent:
    """Answers one section as the sample says, and hands it in."""

    def __init__(self, person: practice.Person, sample: nouns.AnswerBook, given: dict[str, Any]) -> None:
        self._person = person
        self._words = catalogues.catalogue("bot", "en")
        self._flow = next(flow for flow in shipped.assessment() if flow.id == given["section"])
        branch = given.get("branch", "")
        answers = book.section(sample, self._flow.id, branch)
        if answers is None:
            raise LookupError(f"the sample has no section {self._flow.id} for {branch or 'the organisation'}")
        self._answers = answers
        names = {each.id: each.name for each in sample.branches}
        self._button = self._flow.title + (f" · {names[branch]}" if branch else "")
        self._limit = given.get("questions", STEPS)
        self._entered: dict[str, int] = {}
        self._items = dict(_labels(self._flow.children))
        self._filled = {
            shown.title(stop.node): stop
            for stop in stops.Way(book.living(answers, self._flow)).stops
            if wording.names(stop.node.place.item.label)
        }
        """What is called by an answer that the sample gives: its words on the screen -> where it stands."""

    async def answer(self) -> None:
        """Open the section from the task list, answer what is asked, hand in (or stop after `questions`)."""
        await self._person.say("/tasks")
        await self._person.wait_for(lambda m: self._has(m, self._button))
        message = await self._tap(self._button)
        for _ in range(self._limit):
            if self._has(message, self._words.say("button.submit")):
                await self._person.tap(self._words.say("button.submit"), message=message)
                await self._person.wait_for("is handed in")
                return
            message = await self._one(message)
        if self._limit == STEPS:
            raise LookupError(f"{self._flow.id} did not come to an end")

    async def _one(self, message: dict[str, Any]) -> dict[str, Any]:
        key, item = self._item(message)
        if isinstance(item, nouns.Repeat):
            return await self._entry(message, item)
        answer = self._answers.answers.get(key)
        if answer is None or answer.sure is nouns.Sure.SKIPPED:
            offered = "button.next" if item.type == "note" else "button.skip"
            return await self._tap(self._words.say(offered), message)
        if answer.sure is nouns.Sure.UNKNOWN or answer.value is None:
            return await self._tap(self._words.say("button.unknown"), message)
        return await self._value(message, item, answer)

    async def _value(
        self, message: dict[str, Any], item: nouns.Question, answer: nouns.Answer
    ) -> dict[str, Any]:
        labels = {choice.name: choice.label for choice in item.choices}
        match answer.value:
            case list(names):
                # some are ticked before anybody tapped: what differs is tapped, in the order of the pages
                ticked = item.default.split()
                for name in (name for name in labels if (name in names) != (name in ticked)):
                    face = "tick.on" if name in ticked else "tick.off"
                    message = await self._tap(f"{self._words.say(face)} {labels[name]}", message)
                return await self._tap(self._words.say("button.done"), message)
            case nouns.Point(latitude=latitude, longitude=longitude):
                await self._person.send_location(latitude, longitude)
                return await self._next()
            case nouns.Attachment(kind=kind, name=name):
                photo = kind == "image"
                await self._person.send_file(
                    name or "photo.png", PHOTO, kind="photo" if photo else "document"
                )
                return await self._next()
            case value if labels:
                return await self._tap(labels[str(value)], message)
            case value:
                about = "about " if answer.sure is nouns.Sure.ESTIMATE and not isinstance(value, str) else ""
                await self._person.say(f"{about}{value}")
                return await self._next()

    async def _entry(self, message: dict[str, Any], item: nouns.Repeat) -> dict[str, Any]:
        key = self._key(item.path)
        entered = self._entered.get(key, 0)
        if entered >= len(self._answers.entries.get(key, ())):
            done = "button.finished" if entered else "button.nothing"
            return await self._tap(self._words.say(done), message)
        self._entered[key] = entered + 1
        code = "button.add.more" if entered else "button.add"
        return await self._tap(self._words.say(code, what=item.label), message)

    def _key(self, path: str) -> str:
        key = ""
        for part in path.split("/"):
            key = f"{key}/{part}" if key else part
            if key in self._entered and key != path:
                number = self._answers.entries[key][self._entered[key] - 1]
                key = f"{key}:{number}"
        return key

    def _item(self, message: dict[str, Any]) -> tuple[str, nouns.Question | nouns.Repeat]:
        for label in _bold(message):
            if label in self._filled:
                stop = self._filled[label]
                return stop.key, stop.node.place.question
            if label in self._items:
                return self._key(self._items[label].path), self._items[label]
        raise LookupError(f"no question of {self._flow.id} in {message.get('text')!r}")

    async def _tap(self, label: str, message: dict[str, Any] | None = None) -> dict[str, Any]:
        if message is not None and not self._has(message, label):
            more = self._words.say("button.more")
            if not self._has(message, more):
                shown = [button["text"] for button in practice.buttons(message)]
                raise LookupError(f"no button {label!r} under {message.get('text')!r}, only {shown}")
            message = await self._tap(more, message)
            return await self._tap(label, message)
        await self._person.tap(label, message=message)
        return await self._next()

    async def _next(self) -> dict[str, Any]:
        # What others handed in meanwhile is told with a button too, and is not the next question.
        look = self._words.say("review.look")
        return dict(
            await self._person.wait_for(lambda m: bool(practice.buttons(m)) and not self._has(m, look))
        )

    @staticmethod
    def _has(message: dict[str, Any], label: str) -> bool:
        return any(button["text"] == label for button in practice.buttons(message))


def _labels(items: tuple[nouns.Item, ...]) -> list[tuple[str, nouns.Question | nouns.Repeat]]:
    found: list[tuple[str, nouns.Question | nouns.Repeat]] = []
    for item in items:
        if not isinstance(item, nouns.Group):
            found.append((html.unescape(item.label).strip(), item))
        if not isinstance(item, nouns.Question):
            found.extend(_labels(item.children))
    return found


def _bold(message: dict[str, Any]) -> list[str]:
    # Telegram counts entities in UTF-16 units.
    text = message.get("text", "").encode("utf-16-le")
    return [
        text[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le").strip()
        for e in message.get("entities", [])
        if e["type"] == "bold"
    ]
