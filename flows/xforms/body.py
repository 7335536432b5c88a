"""The body of an XForm: which control stands at which node, with its words, choices and actions."""

from __future__ import annotations

import dataclasses

from flows import nouns
from flows.expressions import nodes, steps
from flows.xforms import elements, texts

CONTROLS = ("input", "secret", "select1", "select", "rank", "range", "trigger", "upload")

ACTIONS = ("setvalue", "action")


@dataclasses.dataclass(slots=True)
class Control:
    """What the body says of a node."""

    kind: str
    element: nodes.PlainNode
    label: str = ""
    hint: str = ""
    guidance: str = ""
    appearance: str = ""
    media: str = ""
    parameters: dict[str, str] = dataclasses.field(default_factory=dict)
    choices: tuple[nouns.Choice, ...] = ()
    itemset: nouns.Itemset | None = None
    count: str = ""
    is_fixed: bool = False


@dataclasses.dataclass(slots=True)
class Event:
    """An action as it stands in the form."""

    element: nodes.PlainNode
    source: str
    """Path of the control or repeat it is nested in; empty in the model."""


class Body:
    """The controls of a form by path, and the actions nested in them."""

    def __init__(
        self, body: nodes.PlainNode | None, words: texts.Texts, binds: dict[str, str], root: str
    ) -> None:
        self.controls: dict[str, Control] = {}
        self.events: list[Event] = []
        self._texts = words
        self._binds = binds
        if body is not None:
            self._walk(body, f"/{root}", "")

    def _walk(self, holder: nodes.PlainNode, around: str, source: str) -> None:
        for element in elements.inside(holder):
            name = steps.local_name(element)
            path = elements.absolute(elements.reference(element, self._binds), around)
            if name in CONTROLS and path:
                self.controls[path] = self._control(name, element, path)
                self._walk(element, path, path)
            elif name == "group":
                if path and path not in self.controls:
                    self.controls[path] = self._holder("group", element, path)
                self._walk(element, path or around, source)
            elif name == "repeat" and path:
                self._repeat(element, path)
                self._walk(element, path, path)
            elif name in ACTIONS:
                self.events.append(Event(element, source))

    def _holder(self, kind: str, element: nodes.PlainNode, path: str) -> Control:
        label = self._texts.of(elements.first(element, "label"), f"{own(path)}:label")
        return Control(kind, element, label, appearance=elements.attribute(element, "appearance"))

    def _repeat(self, element: nodes.PlainNode, path: str) -> None:
        """A repeat takes the label of the group around it that stands at the same node."""
        made = self._holder("repeat", element, path)
        around = self.controls.get(path)
        if around is not None and not made.label:
            made.label = around.label
        made.count = elements.attribute(element, "count")
        made.is_fixed = elements.attribute(element, "noAddRemove").strip() in ("true()", "true", "1")
        self.controls[path] = made

    def _control(self, name: str, element: nodes.PlainNode, path: str) -> Control:
        made = self._holder(name, element, path)
        made.hint = self._texts.of(elements.first(element, "hint"), f"{own(path)}:hint")
        made.media = elements.attribute(element, "mediatype")
        for parameter in ("start", "end", "step"):
            if value := elements.attribute(element, parameter):
                made.parameters[parameter] = value
        itemset = elements.first(element, "itemset")
        if itemset is not None:
            made.itemset = self._itemset(itemset)
        else:
            made.choices = tuple(self._choice(item, path) for item in elements.inside(element, "item"))
        return made

    def _itemset(self, element: nodes.PlainNode) -> nouns.Itemset:
        value, label = elements.first(element, "value"), elements.first(element, "label")
        name = elements.reference(value, {}) if value is not None else ""
        shown = elements.reference(label, {}) if label is not None else ""
        return nouns.Itemset(elements.reference(element, {}), name or "name", shown or name or "label")

    def _choice(self, item: nodes.PlainNode, path: str) -> nouns.Choice:
        value = elements.first(item, "value")
        name = value.text.strip() if value is not None else ""
        label = self._texts.of(elements.first(item, "label"), f"{path.rpartition('/')[2]}:{name}")
        return nouns.Choice(name, label or name)


def own(path: str) -> str:
    """A path in the flow, for one in the form: without the root."""
    return path.strip("/").partition("/")[2]
