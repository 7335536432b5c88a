"""Makes an answers file of a profile: walks every section with the engine, which decides what is asked.

So skip logic holds, every value passes its question's constraint, and a question that came with a new flow is
named where a profile has nothing to say to it.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from flows import engine, form, instance, keys, nouns, shipped
from tests.effort import pace
from tests.samples import giving, profile

STEPS = 2_000
"""More turns than any section takes: ends a walk that goes in circles."""

FIRST_HOUR, LAST_HOUR = 9, 16
"""Local time between which somebody begins a section."""

BREAK = dt.timedelta(minutes=12)
"""Between two sections of one person."""


class Maker:
    """Makes one book; keeps how every section was walked."""

    book: nouns.AnswerBook

    def __init__(self, given: profile.Profile) -> None:
        self.walks: list[Walk] = []
        self._profile = given
        self._people = given.respondents
        self._free: dict[str, dt.datetime] = {}
        """Person -> when they can begin the next section."""
        self._wrong: list[str] = []

    def make(self) -> None:
        """Make the book, the branches first: the head office says their sums; raises ProfileError."""
        given = self._profile
        flows = shipped.assessment()
        self._check_names(flows)
        of_branches = [
            self._section(flow, place)
            for place in given.places
            for flow in flows
            if flow.per is nouns.Per.BRANCH
        ]
        words = {"total": _Totals(of_branches), "branches": str(len(given.places))}
        of_head_office = [
            self._section(flow, None, words) for flow in flows if flow.per is nouns.Per.ORGANISATION
        ]
        if self._wrong:
            raise profile.ProfileError("\n".join([f"{given.name}:", *self._wrong]))
        sections = (*of_branches, *of_head_office)
        moments = [answer.at for section in sections for answer in section.answers.values() if answer.at]
        self.book = nouns.AnswerBook(
            given.institution,
            branches=tuple(place.branch for place in given.places),
            people=self._people,
            sections=sections,
            made_at=_noon_after(max(moments)),
            note=given.note,
        )

    def _section(
        self, flow: nouns.Flow, place: profile.Place | None, words: Mapping[str, Any] = {}
    ) -> nouns.SectionAnswers:
        given = self._profile
        branch = place.branch if place is not None else None
        says = given.of_branch(place, flow.id) if place is not None else given.says.get(flow.id, {})
        owner = self._owner(flow, place)
        if branch is not None:
            words = {"name": branch.name, "id": branch.id}
        at = branch.id if branch is not None else ""
        walk = Walk(flow, says, words, branch=at, by=owner.id, begins=self._begins(owner, branch))
        session = walk.to_the_end()
        where = f"{flow.id} · {at}" if at else flow.id
        self._wrong += [f"  {where} · {wrong}" for wrong in walk.wrong]
        self._free[owner.id] = walk.now + BREAK
        self.walks.append(walk)
        answers = {
            key: msgspec.structs.replace(session.answers[key], note="illustrative")
            for key in walk.answered
            if key in session.answers
        }
        return nouns.SectionAnswers(
            flow.id,
            flow.version,
            branch=at,
            state="approved",
            owner=owner.id,
            answers=answers,
            entries={key: numbers for key, numbers in session.entries.items() if numbers},
        )

    def _owner(self, flow: nouns.Flow, place: profile.Place | None) -> nouns.Respondent:
        if place is not None:
            return next(person for person in self._people if place.branch.id in person.branches)
        return next(person for person in self._people if flow.role in person.roles)

    def _begins(self, owner: nouns.Respondent, branch: nouns.Branch | None) -> dt.datetime:
        """When somebody opens the next section: in local working hours, never in the middle of another."""
        institution = self._profile.institution
        local = (branch.timezone if branch is not None else "") or institution.timezone
        zone = zoneinfo.ZoneInfo(local)
        first = dt.datetime.combine(self._profile.begins, dt.time(FIRST_HOUR, 5), zone)
        when = self._free.get(owner.id, first + dt.timedelta(days=self._people.index(owner) % 8)).astimezone(
            zone
        )
        while when.weekday() in institution.weekend or when.hour >= LAST_HOUR:
            when = dt.datetime.combine(when.date() + dt.timedelta(days=1), dt.time(FIRST_HOUR, 5), zone)
        return when.astimezone(dt.UTC)

    def _check_names(self, flows: tuple[nouns.Flow, ...]) -> None:
        """Name what a profile says and nobody asks."""
        asked = {flow.id: set(_names(flow.children)) for flow in flows}
        of_branches = set().union(*(asked[flow.id] for flow in flows if flow.per is nouns.Per.BRANCH))
        said = [(flow, says) for trait in self._profile.traits.values() for flow, says in trait.items()]
        for flow, says in [*said, *self._profile.says.items()]:
            unknown = sorted(set(says) - asked.get(flow, set()))
            self._wrong += [f"  {flow} · {name}: no such question or list." for name in unknown]
        for place in self._profile.places:
            unknown = sorted(set(place.says) - of_branches)
            self._wrong += [f"  {place.branch.id} · {name}: no such question or list." for name in unknown]


class Walk:
    """One section, answered from its first question to the hand-in."""

    def __init__(
        self,
        flow: nouns.Flow,
        says: profile.Says,
        words: Mapping[str, Any],
        *,
        branch: str,
        by: str,
        begins: dt.datetime,
    ) -> None:
        self.flow = flow
        self.branch = branch
        self._says = says
        self._words = words
        self.by = by
        self._session = engine.start(flow)
        self._added: dict[str, int] = {}
        self.begins = self.now = begins
        self.asked: list[str] = []
        """Keys in the order in which they were asked."""
        self.answered: list[str] = []
        """The same, with those whose numbers another's message gave."""
        self.wrong: list[str] = []
        """What the section lacks, or does not take, by name."""
        self.turns: list[tuple[nouns.AnyEvent, nouns.Prompt]] = []
        """Every act with what was seen after it."""

    @property
    def acts(self) -> tuple[nouns.AnyEvent, ...]:
        """What was done, without opening the section."""
        return tuple(event for event, _ in self.turns if not isinstance(event, nouns.Begin))

    def to_the_end(self) -> nouns.Session:
        """Answer everything and hand in."""
        prompt = self._do(nouns.Begin())
        for _ in range(STEPS):
            if prompt.kind == "submitted":
                return self._session
            prompt = self._answer(prompt)
        raise profile.ProfileError(f"{self.flow.id} does not come to an end; it stands at {prompt.key}")

    def _answer(self, prompt: nouns.Prompt) -> nouns.Prompt:
        if prompt.kind == "review":
            return self._do(nouns.Submitted())
        said = self._said(prompt)
        if prompt.kind == "repeat":
            return self._list(prompt, said)
        if prompt.key not in self.asked:
            self.asked.append(prompt.key)
        numbers = self._numbers(prompt)
        self.answered += [key for key in numbers or (prompt.key,) if key not in self.answered]
        if numbers:
            return self._do(nouns.Typed(giving.together(numbers.values())))
        if not isinstance(said, str):
            self.wrong.append(f"{prompt.key}: nothing is said. It asks: {prompt.label}")
            return self._leave(prompt)
        after = prompt
        for event in giving.events(prompt, said.format_map(self._words) if "{" in said else said):
            after = self._do(event)
        if after.problem is not None or after.kind == "confirm":
            reason = (
                (after.problem.text or after.problem.code) if after.problem else "could mean something else"
            )
            self.wrong.append(f"{prompt.key}: `{said}` is not taken: {reason}. It asks: {prompt.label}")
            return self._leave(after)
        return after

    def _numbers(self, prompt: nouns.Prompt) -> dict[str, str]:
        """Key -> what is said, of several numbers that one message gives: tried out one after the other first."""
        wanted = [each.key for each in prompt.together]
        found: dict[str, str] = {}
        session, standing = self._session, prompt
        while standing.key in wanted and standing.kind == "question" and standing.problem is None:
            said = self._said(standing)
            if not isinstance(said, str) or said == giving.LATER:
                break
            said = said.format_map(self._words) if "{" in said else said
            (event,) = giving.events(standing, said)
            turn = engine.advance(self.flow, session, event, now=_whole_second(self.now), by=self.by)
            session = turn.session
            found[standing.key] = said
            (standing,) = (effect.prompt for effect in turn.effects if isinstance(effect, nouns.Show))
        is_taken = standing.problem is None and standing.kind != "confirm"
        return found if is_taken and len(found) > 1 else {}

    def _list(self, prompt: nouns.Prompt, said: profile.Said | None) -> nouns.Prompt:
        if said == giving.UNKNOWN:
            return self._do(nouns.Unknown())
        if not isinstance(said, list):
            self.wrong.append(f"{prompt.key}: nothing is said to this list. It asks: {prompt.label}")
            said = []
        added = self._added.get(prompt.key, 0)
        if added >= len(said):
            return self._do(nouns.Finished())
        self._added[prompt.key] = added + 1
        return self._do(nouns.Added())

    def _leave(self, prompt: nouns.Prompt) -> nouns.Prompt:
        return self._do(nouns.Skipped() if "skipped" in prompt.offers else nouns.Unknown())

    def _said(self, prompt: nouns.Prompt) -> profile.Said | None:
        """What is said to the question or list that stands, in the entry that it stands in."""
        says: Mapping[str, Any] = self._says
        holder = ""
        *around, (name, _) = keys.steps(prompt.key)
        for step, number in around:
            holder = keys.inside(holder, step)
            if number is not None:
                position = self._session.entries[holder].index(number)
                entries = says.get(step, [])
                holder = keys.entry(holder, number)
                if isinstance(entries, Mapping):
                    says = entries.get(self._computed(holder), {})
                else:
                    says = entries[position] if position < len(entries) else {}
        return says.get(name)

    def _computed(self, entry: str) -> str:
        """The first value that an entry of a counted list computes: a profile says its answers by it."""
        living = instance.Instance(form.of(self.flow), self._session, self.now)
        holder = living.find(entry)
        parts = holder.parts if isinstance(holder, instance.Group) else ()
        values = (part.value for part in parts if isinstance(part, instance.Question) and not part.asked)
        return str(next(values, ""))

    def _do(self, event: nouns.AnyEvent) -> nouns.Prompt:
        self.now += pace.of(event, self.turns[-1][1] if self.turns else None)
        turn = engine.advance(self.flow, self._session, event, now=_whole_second(self.now), by=self.by)
        self._session = turn.session
        (prompt,) = (effect.prompt for effect in turn.effects if isinstance(effect, nouns.Show))
        self.turns.append((event, prompt))
        return prompt


class _Totals(dict[str, str]):
    """The sums of answers over all branches, by the question's name."""

    def __init__(self, sections: list[nouns.SectionAnswers]) -> None:
        super().__init__()
        self._sections = sections

    def __missing__(self, name: str) -> str:
        values = [section.answers[name].value for section in self._sections if name in section.answers]
        return str(sum(value for value in values if isinstance(value, int)))


def _names(items: tuple[nouns.Item, ...]) -> Iterator[str]:
    """Names of questions and lists outside of lists; groups are looked through."""
    for item in items:
        if isinstance(item, nouns.Group):
            yield from _names(item.children)
        else:
            yield item.name


def _whole_second(moment: dt.datetime) -> dt.datetime:
    return moment.replace(microsecond=0)


def _noon_after(moment: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(moment.date() + dt.timedelta(days=1), dt.time(12), dt.UTC)
