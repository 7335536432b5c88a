"""The model of an XForm: the primary instance with its binds, as items of a flow."""

from __future__ import annotations

import dataclasses

import msgspec

from flows import errors, form, keys, nouns
from flows.expressions import nodes
from flows.xforms import body, elements, texts

TYPES = {
    "string": "text", "int": "integer", "integer": "integer", "long": "integer", "decimal": "decimal", "date": "date",
    "time": "time", "dateTime": "dateTime", "geopoint": "geopoint", "geotrace": "geotrace", "geoshape": "geoshape",
    "barcode": "barcode", "binary": "file",
}  # fmt: skip
"""Type of a bind -> type of a question that is typed."""

DATA = {"int": "int", "integer": "int"}
"""Type of a bind -> type of the value, where that is narrower than the question's."""

BY_CONTROL = {
    "select1": "select_one", "select": "select_multiple", "rank": "rank", "range": "range", "trigger": "acknowledge",
}  # fmt: skip

META = "http://openrosa.org/xforms"


@dataclasses.dataclass(slots=True)
class Instance:
    """What the primary instance becomes: items, and what its entries begin with."""

    items: tuple[nouns.Item, ...] = ()
    entries: dict[str, tuple[int, ...]] = dataclasses.field(default_factory=dict)
    values: dict[str, str] = dataclasses.field(default_factory=dict)


class Model:
    """Reads the primary instance."""

    def __init__(
        self,
        binds: dict[str, nodes.PlainNode],
        controls: dict[str, body.Control],
        words: texts.Texts,
        file: str,
    ) -> None:
        self.errors: list[errors.FlowError] = []
        self._binds = binds
        self._controls = controls
        self._texts = words
        self._file = file
        self._made = Instance()

    def read(self, root: nodes.PlainNode) -> Instance:
        """The items of the form."""
        self._made.items = self._items(root, f"/{root.name}", "")
        return self._made

    def wrong(self, element: nodes.PlainNode, what: str, fix: str) -> None:
        """Note something that is wrong with an element."""
        self.errors.append(errors.FlowError(self._file, element.line, what, fix))

    def _items(self, holder: nodes.PlainNode, above: str, key: str) -> tuple[nouns.Item, ...]:
        """The items directly inside; elements of one name are the entries of a repeat."""
        together: dict[str, list[nodes.PlainNode]] = {}
        for element in elements.inside(holder):
            together.setdefault(element.name, []).append(element)
        found: list[nouns.Item] = []
        for name, family in together.items():
            path = f"{above}/{name}"
            control = self._controls.get(path)
            if control is not None and control.kind == "repeat":
                found.append(self._repeat(family, path, key, control))
            elif len(family) > 1:
                self.wrong(
                    family[1],
                    f"The instance holds `{name}` {len(family)} times, but no repeat in the body names {path}.",
                    f'Add <repeat nodeset="{path}"> to the body, or remove all but one.',
                )
            else:
                found.append(self._item(family[0], path, key))
        return tuple(found)

    def _item(self, element: nodes.PlainNode, path: str, key: str) -> nouns.Item:
        control = self._controls.get(path)
        own_key = keys.inside(key, element.name)
        if next(elements.inside(element), None) is not None or (
            control is not None and control.kind == "group"
        ):
            return nouns.Group(
                name=element.name,
                path=body.own(path),
                children=self._items(element, path, own_key),
                label=control.label if control is not None else "",
                relevant=self._bind(path, "relevant"),
                read_only=self._bind(path, "readonly"),
                appearance=control.appearance if control is not None else "",
            )
        return self._question(element, path, control)

    def _repeat(
        self, family: list[nodes.PlainNode], path: str, key: str, control: body.Control
    ) -> nouns.Repeat:
        template = next((one for one in family if elements.has(one, "template")), family[0])
        begun = [one for one in family if not elements.has(one, "template")]
        if control.is_fixed and not begun:
            begun = [template]
        repeat_key = keys.inside(key, template.name)
        own_path = body.own(path)
        if begun and not control.count:
            self._made.entries.setdefault(own_path, tuple(range(1, len(begun) + 1)))
            if repeat_key != own_path or len(begun) > 1:
                self._made.entries[repeat_key] = tuple(range(1, len(begun) + 1))
        children = self._items(template, path, keys.entry(repeat_key, 0))
        for number, entry in enumerate(begun, 1):
            self._differences(entry, children, path, keys.entry(repeat_key, number))
        return nouns.Repeat(
            name=template.name,
            path=own_path,
            children=children,
            label=control.label,
            relevant=self._bind(path, "relevant"),
            read_only=self._bind(path, "readonly"),
            repeat_count=control.count,
            is_fixed=control.is_fixed,
            appearance=control.appearance,
        )

    def _differences(
        self, entry: nodes.PlainNode, items: tuple[nouns.Item, ...], path: str, key: str
    ) -> None:
        """Keep what an entry of the instance holds that a new one would not."""
        for item in items:
            family = [one for one in elements.inside(entry) if one.name == item.name]
            own_key = keys.inside(key, item.name)
            if isinstance(item, nouns.Question):
                text = family[0].text.strip() if family else ""
                if family and text != item.default and literal(text) != item.default:
                    self._made.values[own_key] = text
            elif isinstance(item, nouns.Group) and family:
                self._differences(family[0], item.children, f"{path}/{item.name}", own_key)
            elif isinstance(item, nouns.Repeat) and not item.repeat_count:
                begun = [one for one in family if not elements.has(one, "template")]
                self._made.entries[own_key] = tuple(range(1, len(begun) + 1))
                for number, inner in enumerate(begun, 1):
                    self._differences(
                        inner, item.children, f"{path}/{item.name}", keys.entry(own_key, number)
                    )

    def _question(self, element: nodes.PlainNode, path: str, control: body.Control | None) -> nouns.Question:
        own_path = body.own(path)
        bound = self._bind(path, "type").rpartition(":")[2]
        typed = TYPES.get(bound, "text")
        kind = "hidden" if control is None else self._kind(control, typed)
        named = BY_CONTROL.get(control.kind, "") if control is not None else ""
        question = nouns.Question(
            type=f"{kind} {element.name}" if named and kind not in {"acknowledge", "range"} else kind,
            name=element.name,
            path=own_path,
            data_type=DATA.get(bound, typed if kind in ("hidden", "range") else ""),
            default=literal(element.text.strip()),
            relevant=self._bind(path, "relevant"),
            required=self._bind(path, "required"),
            required_message=self._texts.message(
                self._bind(path, "requiredMsg"), f"{own_path}:required_message"
            ),
            constraint=self._bind(path, "constraint"),
            constraint_message=self._texts.message(
                self._bind(path, "constraintMsg"), f"{own_path}:constraint_message"
            ),
            calculation=self._bind(path, "calculate"),
            read_only=self._bind(path, "readonly"),
            preload=f"{self._bind(path, 'preload')} {self._bind(path, 'preloadParams')}".strip(),
            save_to=self._bind(path, "saveto"),
            attributes={
                one.name: one.text
                for one in element.attributes
                if one.kind is nodes.Kind.ATTRIBUTE and ":" not in one.name
            },
        )
        if control is None:
            return question
        return msgspec.structs.replace(
            question,
            label=control.label,
            hint=control.hint,
            choices=control.choices,
            itemset=control.itemset,
            appearance=control.appearance,
            parameters=control.parameters,
        )

    def _kind(self, control: body.Control, typed: str) -> str:
        if control.kind == "upload":
            return {"image": "image", "audio": "audio", "video": "video"}.get(
                control.media.partition("/")[0], "file"
            )
        return BY_CONTROL.get(control.kind, typed)

    def _bind(self, path: str, name: str) -> str:
        bind = self._binds.get(path)
        return elements.attribute(bind, name).strip() if bind is not None else ""


def literal(text: str) -> str:
    """A default that is taken as it stands: one that looks like an expression is written as one that gives it."""
    return f"string({elements.literal(text)})" if form.is_dynamic(text) else text


def with_identifier(items: tuple[nouns.Item, ...], prefix: str) -> tuple[nouns.Item, ...]:
    """The items with an instance's identifier, which every submission has."""
    for item in items:
        if isinstance(item, nouns.Group) and item.name.rpartition(":")[2] == "meta":
            if any(child.name.rpartition(":")[2] == "instanceID" for child in item.children):
                return items
            own = item.name.rpartition("meta")[0]
            meta = msgspec.structs.replace(item, children=(*item.children, _identifier(own, item.path)))
            return tuple(meta if other is item else other for other in items)
    name = f"{prefix}meta"
    return (*items, nouns.Group(name, name, (_identifier(prefix, name),)))


def _identifier(prefix: str, above: str) -> nouns.Question:
    name = f"{prefix}instanceID"
    return nouns.Question("hidden", name, f"{above}/{name}", preload="uid")
