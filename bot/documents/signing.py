"""Sign-off: who is to sign, who has, and which version stands, read off the lines of its record."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping

import msgspec

from bot import views
from bot.people import team
from bot.seats import seating
from bot.work import Work
from flows import lifecycles, nouns
from planning import nouns as plan_nouns
from planning import versions as numbering
from storage import port, records

MARK_CHARACTERS = 8
"""Of a digest that people compare by eye."""


@dataclasses.dataclass(frozen=True)
class Standing:
    """What the lines come to, for the answers as they are now."""

    signers: tuple[int, ...] = ()
    """Who is to sign, in the order of being named; 0 stands for somebody who was erased since."""
    signatures: Mapping[int, records.SignOff] = dataclasses.field(default_factory=dict)
    """The last signature of each, whatever answers it is under."""
    versions: int = 0
    """How often all have signed."""
    complete: records.SignOff | None = None
    """The line that says so, while nothing was opened again since."""
    opened: records.SignOff | None = None
    """The last line that opened something again."""
    digest: str = ""
    """Of the answers as they are now."""

    def has_signed(self, person: int) -> bool:
        """Whether this person has signed the answers as they are now."""
        line = self.signatures.get(person)
        return line is not None and line.digest == self.digest

    @property
    def missing(self) -> tuple[int, ...]:
        """Who has still to sign."""
        return tuple(person for person in self.signers if person and not self.has_signed(person))

    @property
    def version(self) -> str:
        """The version that the signed answers have, or will have."""
        return f"{self.versions if self.complete else self.versions + 1}.0"

    @property
    def binds(self) -> bool:
        """Whether somebody has signed, so that a change needs a reason."""
        return self.complete is not None or bool(self.signatures)


def standing(lines: Iterable[records.SignOff], digest: str = "") -> Standing:
    """What the lines of the record come to."""
    signers: dict[int, None] = {}
    signatures: dict[int, records.SignOff] = {}
    versions = 0
    complete = opened = None
    for line in lines:
        match line.kind:
            case "named":
                signers[line.person] = None
            case "unnamed":
                signers.pop(line.person, None)
                signatures.pop(line.person, None)
            case "signed":
                signatures[line.person] = line
            case "withdrawn":
                signatures.pop(line.person, None)
                complete = None
            case "complete":
                versions += 1
                complete = line
            case "opened":
                signatures.clear()
                complete, opened = None, line
            case _:
                pass
    return Standing(tuple(signers), signatures, versions, complete, opened, digest)


def digest(book: nouns.AnswerBook) -> str:
    """SHA-256 of what is signed: every answer and every number put in, not who is who today."""
    said = msgspec.structs.replace(
        book,
        people=(),
        made_at=None,
        sections=tuple(msgspec.structs.replace(one, state="", owner="", waits={}) for one in book.sections),
    )
    return hashlib.sha256(msgspec.json.encode(said, order="sorted")).hexdigest()


async def lines(work: Work, assessment: str) -> list[records.SignOff]:
    """The lines of the record, those of this turn included."""
    added = [
        change.record
        for change in work.changes
        if isinstance(change, port.PutNew) and isinstance(change.record, records.SignOff)
    ]
    return [*await work.storage.sign_offs(assessment), *added]


async def note(
    work: Work, assessment: str, kind: str, *, person: int = 0, digest: str = "", reason: str = ""
) -> None:
    """Add a line; where somebody else adds one at the same moment, this turn is done again."""
    number = len(await lines(work, assessment)) + 1
    line = records.SignOff(
        assessment, number, kind, work.now, work.person.id, person or work.person.id, digest, reason
    )
    work.changes.append(port.PutNew(line))


async def opened(work: Work, found: team.Team, reason: str) -> records.Assessment:
    """Something is to change: the assessment collects again, and what was signed is void, with the reason."""
    assessment = found.assessment
    if lifecycles.may("assessment", assessment.state, "reopen"):
        state = lifecycles.next_state("assessment", assessment.state, "reopen")
        assessment = msgspec.structs.replace(assessment, state=state)
        work.change(found.assessment, assessment)
        # what was signed or closed has no reminders any more
        await seating.remind_all(work, dataclasses.replace(found, assessment=assessment))
    before = standing(await lines(work, assessment.id))
    if before.binds:
        await note(work, assessment.id, "opened", reason=reason)
        for person in {*before.signers, *(leader.id for leader in found.reviewers())} - {work.person.id, 0}:
            known = found.people.get(person)
            if known is not None:
                text = work.words_of(known).html(
                    "sign.opened.notice",
                    name=work.person.name,
                    institution=found.institution,
                    reason=reason,
                )
                work.tell(person, views.View(text))
    return assessment


def all_approved(found: team.Team) -> bool:
    """Whether nothing is left to answer or to approve."""
    return bool(found.sections) and all(section.state == "approved" for section in found.sections)


def version_of(found: Iterable[records.SignOff], now: str, issued: Iterable[str]) -> str:
    """The number of a plan: `N.0` of signed answers, before and after that `N.1`, `N.2`, … as drafts go out."""
    stands = standing(found, now)
    if stands.complete is not None and stands.complete.digest == now:
        return stands.version
    return numbering.following(issued, signed=stands.versions)


def told(found: team.Team, lines: Iterable[records.SignOff], now: str, zone: dt.tzinfo) -> plan_nouns.SignOff:
    """What the plan of the answers as they are now says of the record, with days as they are where the institution is."""
    record = tuple(lines)
    stands = standing(record, now)
    signatures = []
    for person in stands.signers:
        line = stands.signatures[person] if stands.has_signed(person) else None
        signed = line.made_at.astimezone(zone).date() if line is not None else None
        signatures.append(plan_nouns.Signature(found.name(person), _signs(found, person), signed))
    opened = [
        plan_nouns.Opened(
            line.made_at.astimezone(zone).date(),
            found.name(line.made_by),
            line.reason,
            sum(one.kind == "complete" for one in record[:place]),
        )
        for place, line in enumerate(record)
        if line.kind == "opened"
    ]
    return plan_nouns.SignOff(tuple(signatures), now[:MARK_CHARACTERS], tuple(opened))


def _signs(found: team.Team, person: int) -> plan_nouns.Signs:
    roles = found.roles(person)
    if nouns.Role.PROJECT_MANAGER in roles:
        return plan_nouns.Signs.MANAGER
    return plan_nouns.Signs.SPECIALIST if nouns.Role.SPECIALIST in roles else plan_nouns.Signs.INSTITUTION
