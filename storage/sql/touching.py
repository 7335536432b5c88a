"""What a turn's changes touch: turns that touch different things need not wait for each other.

Named is whatever a change reads or writes when it is made, not what the turn looked at before: for that
there are `port.Unchanged` and revisions.
"""

from __future__ import annotations

from collections.abc import Iterable

from storage import port, records, tables

Touched = frozenset[str] | None
"""Names of things, each with all its rows; None for everything there is."""

_PARTS: dict[type[records.Record], tuple[type[records.Record], str]] = {
    records.Conversation: (records.Person, "person"),
    records.Screen: (records.Person, "person"),
    records.Outgoing: (records.Person, "person"),
    records.Reminder: (records.Person, "person"),
    records.Membership: (records.Assessment, "assessment"),
    records.SignOff: (records.Assessment, "assessment"),
    records.AuditLine: (records.Assessment, "assessment"),
    records.PlanFile: (records.Assessment, "assessment"),
    records.Survey: (records.Assessment, "assessment"),
    records.Template: (records.Assessment, "assessment"),
}
"""Records whose rows are changed many at a time, or counted, and the field that says whose they are.

Any other is a thing of its own.
"""


def touched(changes: Iterable[port.Change]) -> Touched:
    """The things that changes touch."""
    names: set[str] = set()
    for change in changes:
        found = _things(change)
        if found is None:
            return None
        names |= found
    return frozenset(names)


def _things(change: port.Change) -> set[str] | None:
    match change:
        case port.Remove(records.Assessment()):
            return None  # with all that belongs to it
        case port.Put(record) | port.PutNew(record) | port.Unchanged(record) | port.Remove(record):
            return _places(record)
        case port.Handled(update_id):
            return {_name(records.Received, update_id)}
        case port.UseInvitation(token_hash):
            return {_name(records.Invitation, token_hash)}
        case port.PutSession(section) | port.PutAnswer(section) | port.DropAnswer(section):
            return {_name(records.Section, section)}
        case _:
            return None


def _places(record: records.Record) -> set[str]:
    own = _name(type(record), *tables.key_of(record))
    if (part := _PARTS.get(type(record))) is None:
        return {own}
    holder, field = part
    whose = _name(holder, getattr(record, field))
    # a reminder's id may stay when it passes from one person to another
    return {whose, own} if isinstance(record, records.Reminder) else {whose}


def _name(kind: type[records.Record], *key: object) -> str:
    return " ".join(map(str, (tables.TABLES[kind].name, *key)))
