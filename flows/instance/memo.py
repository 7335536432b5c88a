"""Living forms kept between turns, each until its session's next turn takes it.

What is kept is never the only place of anything: where it is missing, the form is made from its session again.
Whoever takes one has it alone.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict

from flows import form, nouns
from flows.instance import living

KEPT = 30_000
"""Questions and answers in memory, in all living forms together: those of the people who are typing just now.

Each takes some two kilobytes. A branch's section has a dozen, so that a thousand people type side by side.
"""

Key = tuple[int, dt.datetime | None, str, int]


class Kept:
    """Living forms by their sessions, the one that was not asked for longest in front."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[Key, living.Instance] = OrderedDict()
        self._sizes: dict[Key, int] = {}
        self._size = 0

    def __len__(self) -> int:
        return len(self._found)

    def get(self, key: Key) -> living.Instance | None:
        """The one of a key, left where it is."""
        return self._found.get(key)

    def pop(self, key: Key) -> living.Instance | None:
        """The one of a key, which is whose asks for it from now on."""
        self._size -= self._sizes.pop(key, 0)
        return self._found.pop(key, None)

    def put(self, key: Key, instance: living.Instance) -> None:
        """Keep one; those that were not asked for longest give way."""
        self.pop(key)
        self._found[key] = instance
        self._sizes[key] = len(instance.form.by_path) + len(instance.answers)
        self._size += self._sizes[key]
        while self._size > self._most:
            self.pop(next(iter(self._found)))


_kept = Kept(KEPT)


def taken(made: form.Form, session: nouns.Session, now: dt.datetime) -> living.Instance:
    """The living form of a session: the one that was kept if it is of an equal session, or a new one."""
    found = _kept.pop(_key(made, session))
    if found is None or found.form is not made or found.session != session:
        return living.Instance(made, session, now)
    found.session = session
    found.at(now)
    if found.host.clock.is_read:
        found.way = None  # at another hour other questions may apply
    return found


def keep(instance: living.Instance) -> None:
    """Keep a living form for the next turn of its session."""
    _kept.put(_key(instance.form, instance.session), instance)


def looked_at(made: form.Form, session: nouns.Session, now: dt.datetime) -> living.Instance:
    """The living form of a session at a moment, for who only looks: the one that was kept, left where it is, or a new one."""
    found = _kept.get(_key(made, session))
    if found is None or found.form is not made or found.host.now != now or found.session != session:
        return living.Instance(made, session, now)
    found.host.set_now(now)  # a look has an allowance of its own
    return found


def _key(made: form.Form, session: nouns.Session) -> Key:
    # forty branches stand at one question of one flow: when each began tells them apart
    return (id(made), session.begun, session.cursor, session.revision)
