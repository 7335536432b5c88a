"""Remarks on an XForm: what chat does differently from ODK Collect, by the same codes as for an XLSForm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flows.expressions import nodes
from flows.xforms import body, elements, texts
from flows.xlsform import remarks

BACKGROUND = ("setgeopoint", "recordaudio")
"""Actions of ODK's that ask the device: nobody is asked in chat, so what they fill in stays empty."""

MEDIA = frozenset({"image", "big-image", "audio", "video"})
"""Forms of a text that are no words."""

LAST_SAVED = "last-saved"
"""Where the source of an instance ends that holds the answers given before."""


def of(
    html: nodes.PlainNode, model: nodes.PlainNode, controls: Mapping[str, body.Control], words: texts.Texts
) -> tuple[remarks.Remark, ...]:
    """Everything worth knowing about a form that is read."""
    return tuple(dict.fromkeys(_all(html, model, controls, words)))


def _all(
    html: nodes.PlainNode, model: nodes.PlainNode, controls: Mapping[str, body.Control], words: texts.Texts
) -> Iterator[remarks.Remark]:
    for action in elements.below(html, *BACKGROUND):
        yield remarks.Remark("background", name=body.own(elements.reference(action, {})))
    for path, control in controls.items():
        for look in remarks.looks(control.appearance):
            yield remarks.Remark(f"look.{look}", name=body.own(path))
    for group in elements.below(html, "group"):
        label = elements.first(group, "label")
        if label is not None and not elements.reference(group, {}) and not elements.attribute(group, "bind"):
            yield remarks.Remark("heading", name=words.of(label, ""))
    for text in elements.below(model, "text"):
        if any(elements.attribute(value, "form") in MEDIA for value in elements.inside(text, "value")):
            about = elements.attribute(text, "id").rpartition(":")[0]
            yield remarks.Remark("media", name=body.own(about) or elements.attribute(text, "id"))
    for instance in elements.inside(model, "instance"):
        if elements.attribute(instance, "src").endswith(LAST_SAVED):
            yield remarks.Remark("last_saved", name=elements.attribute(instance, "id"))
