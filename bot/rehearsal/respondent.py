"""Somebody who answers a section from a sample's answer book: looks at the screen, taps, types.

What should stand on the screen is known from the engine, which is told every act as well.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from bot.practice import people as practice
from flows import book, engine, nouns, shipped
from flows import words as wording
from flows.reading import choices

PHOTO = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
"""A picture of one pixel, sent where the sample has a photo."""

STEPS = 800
"""More than any section asks: ends a walk that goes in circles."""

NEAR = 30
"""Messages back, among which one lies that came twice."""

LEFT: dict[nouns.Sure, nouns.AnyEvent] = {
    nouns.Sure.UNKNOWN: nouns.Unknown(),
    nouns.Sure.ASKED: nouns.Typed("ask a colleague"),
    nouns.Sure.NOT_APPLICABLE: nouns.Typed("not applicable"),
}
"""What an answer without a value means -> how it is given."""


class Respondent:
    """Answers one section as the sample says, and hands it in."""

    def __init__(self, person: practice.Person, sample: nouns.AnswerBook, given: dict[str, Any]) -> None:
        self._person = person
        language = given.get("language", wording.BASE_LANGUAGE)
        self._words = wording.catalogue("bot", language)
        section = next(flow for flow in shipped.assessment() if flow.id == given["section"])
        self._flow = shipped.in_language(section, language)
        branch = given.get("branch", "")
        answers = book.section(sample, self._flow.id, branch)
        if answers is None:
            raise LookupError(f"the sample has no section {self._flow.id} for {branch or 'the organisation'}")
        self._answers = answers
        names = {each.id: each.name for each in sample.branches}
        self._button = self._flow.title + (f" · {names[branch]}" if branch else "")
        self._limit = given.get("questions", STEPS)
        self._session = engine.start(self._flow)
        self._added: dict[str, int] = {}

    async def answer(self) -> None:
        """Open the section from the task list, answer what is asked, hand in (or stop after `questions`)."""
        await self._person.say("/tasks")
        await self._person.wait_for(lambda m: practice.has_button(m, self._button))
        message = await self._tap(self._button)
        prompt = self._caught_up(message)
        for _ in range(self._limit):
            if prompt.kind == "review":
                await self._person.tap(self._words.say("button.submit"), message=message)
                await self._person.wait_for(self._handed_in())
                return
            for event in self._events(prompt):
                asked, prompt = prompt, self._do(event)
                message = await self._act(event, asked, message, prompt)
            if prompt.kind != "review" and not _shows(message, prompt):
                raise LookupError(f"{prompt.label!r} should stand in {message.get('text')!r}")
        if self._limit == STEPS:
            raise LookupError(f"{self._flow.id} did not come to an end")

    def _handed_in(self) -> str:
        said = self._words.say("section.submitted", title=self._flow.title, reviewer="")
        return re.sub(r"<[^>]*>", "", said).partition("\n")[0].partition(".")[0]

    def _caught_up(self, message: dict[str, Any]) -> nouns.Prompt:
        """The prompt that the message shows, with everything before it answered already."""
        prompt = self._do(nouns.Begin())
        for _ in range(STEPS):
            if _shows(message, prompt):
                return prompt
            if prompt.kind == "review":
                if practice.has_button(message, self._words.say("button.submit")):
                    return prompt
                break
            for event in self._events(prompt):
                prompt = self._do(event)
        raise LookupError(f"no question of {self._flow.id} in {message.get('text')!r}")

    def _do(self, event: nouns.AnyEvent) -> nouns.Prompt:
        turn = engine.advance(self._flow, self._session, event, now=dt.datetime.now(dt.UTC))
        self._session = turn.session
        (prompt,) = (effect.prompt for effect in turn.effects if isinstance(effect, nouns.Show))
        return prompt

    def _events(self, prompt: nouns.Prompt) -> list[nouns.AnyEvent]:
        """What the sample's person does at this prompt."""
        if prompt.kind == "repeat":
            added = self._added.get(prompt.key, 0)
            if added >= len(self._answers.entries.get(prompt.key, ())):
                return [nouns.Finished()]
            self._added[prompt.key] = added + 1
            return [nouns.Added()]
        if numbers := self._numbers(prompt):
            return [nouns.Typed(", ".join(numbers))]
        answer = self._answers.answers.get(prompt.key, nouns.Answer(sure=nouns.Sure.SKIPPED))
        match answer.value:
            case None:
                return [LEFT.get(answer.sure, nouns.Skipped())]
            case [choices.NONE]:
                return [nouns.Picked(choices.NONE)]
            case list(names):
                changed = [o.name for o in prompt.options if o.chosen != (o.name in names)]
                return [*map(nouns.Picked, changed), nouns.Ticked()]
            case nouns.Point() as point:
                return [nouns.Located(point)]
            case nouns.Attachment() as attachment:
                return [nouns.Attached(attachment)]
            case value if prompt.options:
                return [nouns.Picked(str(value))]
            case _:
                return [nouns.Typed(_typed(answer))]

    def _numbers(self, prompt: nouns.Prompt) -> list[str]:
        """What gives several numbers at once, as far as the sample says them; nothing where it is one only."""
        numbers = []
        for each in prompt.together:
            answer = self._answers.answers.get(each.key)
            if answer is None or answer.value is None:
                break
            numbers.append(_typed(answer))
        return numbers if numbers[1:] else []

    async def _act(
        self, event: nouns.AnyEvent, prompt: nouns.Prompt, message: dict[str, Any], follows: nouns.Prompt
    ) -> dict[str, Any]:
        """Do it; returns the message that came of it, where `follows` should be asked."""
        label = ""
        match event:
            case nouns.Typed(text=text):
                await self._person.say(text)
            case nouns.Located(point=point):
                await self._person.send_location(point.latitude, point.longitude)
            case nouns.Attached(attachment=sent):
                kind = "photo" if sent.kind == "image" else "document"
                await self._person.send_file(sent.name or "photo.png", PHOTO, kind=kind)
            case nouns.Picked(choice=name):
                option = next(option for option in prompt.options if option.name == name)
                label = self._face(option, prompt)
            case nouns.Added():
                code = "button.add.more" if prompt.lines else "button.add"
                label = self._words.say(code, what=prompt.label)
            case nouns.Finished():
                label = self._words.say("button.finished" if prompt.lines else "button.nothing")
            case nouns.Ticked():
                label = self._words.say("button.done")
            case nouns.Unknown():
                label = self._words.say("button.unknown")
            case _:
                label = self._words.say("button.skip")
        return await (self._tap(label, message, follows) if label else self._next(follows))

    def _face(self, option: nouns.Option, prompt: nouns.Prompt) -> str:
        """What is written on a choice's button; ticks change while they are made."""
        if not prompt.several:
            return f"● {option.label}" if option.chosen else option.label
        return f"{self._words.say('tick.on' if option.chosen else 'tick.off')} {option.label}"

    async def _tap(
        self, label: str, message: dict[str, Any] | None = None, follows: nouns.Prompt | None = None
    ) -> dict[str, Any]:
        if message is not None and not practice.has_button(message, label):
            more = self._words.say("button.more")
            if not practice.has_button(message, more):
                shown = [button["text"] for button in practice.buttons(message)]
                raise LookupError(f"no button {label!r} under {message.get('text')!r}, only {shown}")
            message = await self._tap(more, message)
            return await self._tap(label, message, follows)
        await self._person.tap(label, message=message)
        return await self._next(follows)

    async def _next(self, follows: nouns.Prompt | None) -> dict[str, Any]:
        """What came of the last act: where it is another question, not one that a killed worker had sent before."""
        # What others handed in meanwhile is told with a button too, as is the list of tasks: neither is a question.
        others, doubled = (self._words.say("review.look"), self._button), set[int]()

        def is_one(message: dict[str, Any]) -> bool:
            told = (
                any(practice.has_button(message, label) for label in others)
                or message["message_id"] in doubled
            )
            return bool(practice.buttons(message)) and not told

        while True:
            message = await self._person.wait_for(is_one)
            if follows is None or _shows(message, follows) or not await self._came_before(message):
                return dict(message)
            doubled.add(message["message_id"])

    async def _came_before(self, message: dict[str, Any]) -> bool:
        """Whether a message has the same head: its answer may stand under it by now."""
        return any(
            other["message_id"] < message["message_id"] and _head(other) == _head(message)
            for other in await self._person.messages(newest=NEAR)
            if other["from"]["is_bot"]
        )


def _typed(answer: nouns.Answer) -> str:
    """A number or words as somebody types them."""
    is_about = answer.sure is nouns.Sure.ESTIMATE and not isinstance(answer.value, str)
    return f"about {answer.value}" if is_about else str(answer.value)


def _head(message: dict[str, Any]) -> str:
    return str(message.get("text", "")).partition("\n")[0]


def _shows(message: dict[str, Any], prompt: nouns.Prompt) -> bool:
    """Whether the message asks what stands."""
    return prompt.label.strip() in _bold(message)


def _bold(message: dict[str, Any]) -> list[str]:
    # Telegram counts entities in UTF-16 units.
    text = message.get("text", "").encode("utf-16-le")
    return [
        text[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le").strip()
        for e in message.get("entities", [])
        if e["type"] == "bold"
    ]
