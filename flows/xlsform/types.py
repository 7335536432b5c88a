"""Types: pyxform's many names of a question type, as the few that a flow has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyxform import question_type_dictionary

_BY_CONTROL: Mapping[tuple[str, str], str] = {
    ("trigger", ""): "acknowledge",
    ("range", ""): "range",
    ("select1", ""): "select_one",
    ("select", ""): "select_multiple",
    ("odk:rank", ""): "rank",
    ("upload", "image/*"): "image",
    ("upload", "audio/*"): "audio",
    ("upload", "video/*"): "video",
    ("upload", "application/*"): "file",
}
"""The control and what it takes -> type."""

_BY_BIND = {"string": "text", "int": "integer"}
"""Names of data types that differ from those of questions."""

BACKGROUND = frozenset({"audit", "background-audio", "background-geopoint", "start-geopoint", "osm"})
"""Types that only an app in a field worker's hand can fill in."""

EXTERNAL = frozenset({"csv-external", "xml-external"})
"""Types that name a file of data and ask nothing."""


def kind(type_: str) -> str:
    """The type of a flow's question for one of pyxform's; `hidden` for what nobody is asked."""
    if type_ in BACKGROUND:
        return "hidden"
    if type_ == "select one external":
        return "select_one"
    known = _known(type_)
    control = known.get("control", {})
    tag = control.get("tag", "")
    if not tag:
        return "calculate" if type_.endswith("calculate") else "hidden"
    bind = known.get("bind", {})
    if tag == "input" and bind.get("readonly") == "true()":
        return "note"
    asked = _BY_CONTROL.get((tag, control.get("mediatype", "")))
    data = str(bind.get("type", "string"))
    return asked or _BY_BIND.get(data, data)


def preload(type_: str, bind: Mapping[str, Any]) -> str:
    """What the device fills in by itself, as `timestamp start`; empty for what it does not."""
    merged = {**_known(type_).get("bind", {}), **bind}
    what = (str(merged.get("jr:preload", "")), str(merged.get("jr:preloadParams", "")))
    return " ".join(filter(None, what))


def defaults(type_: str) -> tuple[str, str]:
    """The constraint and the hint that an old type such as `percentage` brings along."""
    known = _known(type_)
    return str(known.get("bind", {}).get("constraint", "")), str(known.get("hint", ""))


def _known(type_: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = question_type_dictionary.QUESTION_TYPE_DICT.get(type_, {})
    return found
