"""Living forms kept between turns, each until its session's next turn takes it.

What is kept is never the only place of anything: where it is missing, the form is made from its session again.
Whoever takes one has it alone.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict

from flows import form, nouns
from flows.instance import living

KEPT = 64
"""Living forms in memory: those of the people who are typing just now; each takes some hundred kilobytes."""

_kept: OrderedDict[tuple[int, str, int], living.Instance] = OrderedDict()


def taken(made: form.Form, session: nouns.Session, now: dt.datetime) -> living.Instance:
    """The living form of a session: the one that was kept if it is of an equal session, or a new one."""
    found = _kept.pop(_key(made, session), None)
    if found is None or found.form is not made or found.session != session:
        return living.Instance(made, session, now)
    found.session = session
    found.at(now)
    return found


def keep(instance: living.Instance) -> None:
    """Keep a living form for the next turn of its session."""
    _kept[_key(instance.form, instance.session)] = instance
    while len(_kept) > KEPT:
        _kept.popitem(last=False)


def looked_at(made: form.Form, session: nouns.Session, now: dt.datetime) -> living.Instance:
    """The living form of a session at a moment, for who only looks: the one that was kept, left where it is, or a new one."""
    found = _kept.get(_key(made, session))
    if found is None or found.form is not made or found.host.now != now or found.session != session:
        return living.Instance(made, session, now)
    found.host.set_now(now)  # a look has an allowance of its own
    return found


def _key(made: form.Form, session: nouns.Session) -> tuple[int, str, int]:
    return (id(made), session.cursor, session.revision)
