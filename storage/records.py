"""What is kept: each record as a frozen value with a key.

Answers, names and message bodies are sealed (encrypted) when they reach the disk;
the fields by which rows are found (ids, states, times) are not.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from flows import nouns


class Record(msgspec.Struct, frozen=True, omit_defaults=True):
    """A row: equal by content, replaced as a whole."""


class Person(Record, frozen=True):
    """Someone who talks to the bot in private; `id` is Telegram's user id and the private chat's id."""

    id: int
    name: str
    language: str = "en"
    language_chosen: bool = False
    joined_at: dt.datetime | None = None
    agreed_at: dt.datetime | None = None
    """When they read what is kept and why, and went on."""
    agreed_to: str = ""
    """What they read then: the language, and the SHA-256 of its words, which an older release still has."""
    reachable: bool = True
    """False after Telegram said 403: they blocked the bot or deleted the chat."""


class ReminderPolicy(msgspec.Struct, frozen=True, omit_defaults=True):
    """When those who owe something are told so; the project manager's to change. Days are working days."""

    on: bool = True
    first: int = 2
    """Days of peace after joining, or after something came back."""
    again: int = 3
    """Days between the first reminder and the second; later ones come further apart."""
    escalate: int = 3
    """Reminders without an answer before the project manager is told; 0 for never."""
    opens: int = 9
    """The full hour from which people may be written to, by the clock of where they work."""
    closes: int = 17
    digest: bool = True
    """Whether the project manager is told once a week where everybody stands."""


class Group(msgspec.Struct, frozen=True, omit_defaults=True):
    """A group in Telegram whose members may ask for an assessment's digest."""

    chat: int
    """Telegram's id of it."""
    title: str = ""
    linked_at: dt.datetime | None = None


class Assessment(Record, frozen=True):
    """One MFI's assessment and where it stands."""

    id: str
    institution: nouns.Institution
    branches: tuple[nouns.Branch, ...] = ()
    state: str = "drafting"
    created_by: int = 0
    created_at: dt.datetime | None = None
    assumptions: tuple[nouns.Assumption, ...] = ()
    """The institution's own numbers in the place of the plan's."""
    reminders: ReminderPolicy = ReminderPolicy()
    closed: tuple[nouns.Branch, ...] = ()
    """Branches that were taken out again; what was answered there is kept."""
    groups: tuple[Group, ...] = ()
    """Where its digest may be asked for."""
    keep_until: dt.datetime | None = None
    """Of a closed one: when it is erased."""
    mended: bool = False
    """Whether people who joined before there were reminders have theirs."""


class Membership(Record, frozen=True):
    """A person's part in an assessment; one person may hold several."""

    assessment: str
    person: int
    role: str
    """A `flows.nouns.Role`, or `owner`."""
    branch: str = ""


class Invitation(Record, frozen=True):
    """A one-use link; only the hash of its token is kept."""

    token_hash: str
    assessment: str
    role: str
    branch: str = ""
    name: str = ""
    """Who it is meant for, as the inviter wrote it."""
    created_by: int = 0
    created_at: dt.datetime | None = None
    expires_at: dt.datetime | None = None
    used_by: int | None = None
    used_at: dt.datetime | None = None
    revoked: bool = False


class Delegation(Record, frozen=True):
    """Questions of a section that its owner handed to a colleague by a one-use link; nothing else is opened by it."""

    token_hash: str
    """Only the hash of the link's token is kept."""
    assessment: str
    section: str
    key: str = ""
    """Of the question, list, entry or group that is handed on; empty for the whole section."""
    asked_by: int = 0
    asked_at: dt.datetime | None = None
    expires_at: dt.datetime | None = None
    """When the link dies, unless somebody took it."""
    colleague: int | None = None
    """Who took it."""
    taken_at: dt.datetime | None = None
    moved_at: dt.datetime | None = None
    """When the colleague last did something about it."""
    ended_at: dt.datetime | None = None
    end: str = ""
    """Why it is over: given (answers came), refused, taken_back, answered (by the owner), expired, left (the
    colleague is not there any more), closed (the section was handed in), gone (the entry was removed) or own (the
    section is the colleague's by now)."""
    place: nouns.Session | None = None
    """Where the colleague stands; the answers are those of the section."""


class Section(Record, frozen=True):
    """A flow as it is answered in an assessment: once, or once per branch."""

    id: str
    assessment: str
    flow: str
    version: str
    branch: str = ""
    state: str = "not_started"
    owner: int | None = None
    """The person who owes it; None until somebody has joined for it."""
    changed_at: dt.datetime | None = None
    answered: int = 0
    total: int = 0
    comment: str = ""
    """The reviewer's word on a returned section."""
    waits: bool = False
    """Whether all that is still open in it is handed to colleagues."""


class Conversation(Record, frozen=True):
    """What one private chat is about right now."""

    person: int
    assessment: str = ""
    section: str = ""
    """The section being answered; empty when none is open."""
    topic: str = ""
    """What typed words are for when no question stands, as `new.name` while an assessment is created."""
    draft: dict[str, Any] = {}
    """What that topic has gathered so far."""
    screen: str = ""
    """Token of the screen that stands; buttons of any other screen are old."""
    wrong_links: tuple[dt.datetime, ...] = ()
    """When links that open nothing were tried within an hour: a restart gives nobody fresh tries."""


class Screen(Record, frozen=True):
    """A message in a chat: what it is about and what each of its buttons does, never told to the phone.

    A person's own message that was an answer is kept as one too, without buttons: a reply to it, or a change
    of its words, is about the same question.
    """

    token: str
    person: int
    actions: tuple[dict[str, Any], ...] = ()
    section: str = ""
    revision: int = -1
    """The session's revision that the buttons were made for; -1 for buttons that stay good."""
    message_id: int | None = None
    """Telegram's id, once it is delivered."""
    digest: str = ""
    """Of what was shown, so that an equal screen is not sent again."""
    key: str = ""
    """Key of the question that it asks, or answers."""
    made_at: dt.datetime | None = None


class Received(Record, frozen=True):
    """An update as Telegram sent it, kept until its turn is committed."""

    update_id: int
    person: int
    body: bytes
    received_at: dt.datetime | None = None


class Outgoing(Record, frozen=True):
    """A message to be delivered after the commit; `id` orders a chat's messages."""

    id: str
    """Sortable: made of the turn's time and a counter."""
    person: int
    kind: str
    """show, picture, close, document, plan, annex …: `bot.delivery` knows each."""
    body: dict[str, Any] = {}
    due_at: dt.datetime | None = None
    attempts: int = 0
    problem: str = ""
    lane: str = ""
    """A person's messages of one lane follow each other; those of another do not wait for them."""


class Reminder(Record, frozen=True):
    """Something to tell a person, and when."""

    id: str
    assessment: str
    person: int
    due_at: dt.datetime
    kind: str = "owed"
    """owed (sections to answer), asked (by the project manager), snoozed (by the person), follow_up (a day that
    was answered has come), meeting and agenda (a day before it), silent (somebody does not answer), digest, handed
    (what was asked of a colleague came back)."""
    round: int = 0
    """How often in a row this person has been reminded without an answer; or how far the record of deeds was told."""
    section: str = ""
    key: str = ""
    """The answer that it hangs on: its section and key there; of a delegation its token's hash."""
    about: int = 0
    """Of somebody else: who does not answer."""
    sent_at: dt.datetime | None = None
    """When it was last said."""


class SignOff(Record, frozen=True):
    """One line in an assessment's record of sign-off: lines are added, never changed."""

    assessment: str
    number: int
    """Counts the lines from 1: of two that are added at the same moment, one is refused and decided anew."""
    kind: str
    """named, unnamed, signed, withdrawn, complete (all have signed), or opened (something is to change)."""
    made_at: dt.datetime
    made_by: int
    """Who did it."""
    person: int
    """Whom it concerns: the one who is to sign, or has signed."""
    digest: str = ""
    """SHA-256 of the answers that were signed."""
    reason: str = ""
    """Why something is to change after all."""


class AuditLine(Record, frozen=True):
    """One line in an assessment's record of deeds, chained to the line before by `storage.chain`."""

    assessment: str
    number: int
    """Counts the lines from 1."""
    made_at: dt.datetime
    made_by: int
    """Who did it; 0 for the bot itself and for somebody who was forgotten since."""
    person: int
    """Whom it concerns; 0 for nobody else."""
    deed: str = ""
    about: str = ""
    maker_salt: str = ""
    maker_digest: str = ""
    person_salt: str = ""
    person_digest: str = ""
    before: str = ""
    """Digest of the line before."""
    digest: str = ""


class PlanFile(Record, frozen=True):
    """A Word plan that was issued: a version, kept as it went out."""

    assessment: str
    version: str
    made_at: dt.datetime
    made_by: int
    sha256: str
    """Of the file."""
    body: bytes = b""
    """The file itself."""
    language: str = ""
    content: str = ""
    """SHA-256 of what it says, so that a plan that says the same is no new version."""
    plan: bytes = b""
    """The plan as data, compressed, that later ones are compared with; empty where none was kept."""


class Survey(Record, frozen=True):
    """A flow that was added to an assessment, in one version; its earlier versions stay while they are answered."""

    assessment: str
    flow: str
    """Its id here, made at random: it meets no other flow's, and says nothing of what is asked."""
    version: str
    added_at: dt.datetime
    added_by: int = 0
    form: str = ""
    """The id that its author gave it, by which a new version is known."""
    definition: nouns.Flow | None = None
    """The flow itself."""


class Template(Record, frozen=True):
    """A Word template of the institution's own: the one that plans are made with, or one that waits for a yes."""

    assessment: str
    state: str
    """proposed or used."""
    sent_at: dt.datetime
    sent_by: int
    sha256: str
    name: str = ""
    """Of the file, as it was sent."""
    previewed: bool = False
    """Whether who sent it was shown what it makes."""
    body: bytes = b""
    """The file itself."""


class Alert(Record, frozen=True):
    """When the owners were last told of a trouble, so that of several workers one tells."""

    trouble: str
    told_at: dt.datetime


KINDS: dict[str, type[Record]] = {
    "person": Person,
    "assessment": Assessment,
    "membership": Membership,
    "invitation": Invitation,
    "delegation": Delegation,
    "section": Section,
    "conversation": Conversation,
    "screen": Screen,
    "received": Received,
    "outgoing": Outgoing,
    "reminder": Reminder,
    "sign_off": SignOff,
    "audit_line": AuditLine,
    "plan_file": PlanFile,
    "survey": Survey,
    "template": Template,
    "alert": Alert,
}
