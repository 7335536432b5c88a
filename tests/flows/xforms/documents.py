"""XForms for tests: written from their parts, begun, looked at and answered."""

from __future__ import annotations

import datetime as dt

from flows import form, instance, nouns, xforms

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)

HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">'
)


def written(model: str, body: str = "") -> str:
    return (
        f"{HEAD}<h:head><h:title>T</h:title><model>{model}</model></h:head><h:body>{body}</h:body></h:html>"
    )


def simple(data: str, binds: str = "", body: str = "") -> str:
    return written(f'<instance><data id="f" version="3">{data}</data></instance>{binds}', body)


def begun(text: str, **files: bytes) -> instance.Instance:
    flow = xforms.load(text, files=files)
    return instance.Instance(form.of(flow), nouns.Session(flow.id, flow.version), NOW)


def question(living: instance.Instance, key: str) -> instance.Question:
    found = living.find(key)
    assert isinstance(found, instance.Question)
    return found


def answer(living: instance.Instance, key: str, value: nouns.Value) -> None:
    living.answer(question(living, key), nouns.Answer(value))
