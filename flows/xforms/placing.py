"""Errors of a flow in the terms of the XForm it was read from: the element, its attribute, and the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from flows import errors
from flows.expressions import nodes, steps
from flows.xforms import body, elements

OF_BIND: Mapping[str, str] = {
    "relevant": "relevant",
    "required": "required",
    "required_message": "requiredMsg",
    "constraint": "constraint",
    "constraint_message": "constraintMsg",
    "calculation": "calculate",
    "read_only": "readonly",
    "save_to": "saveto",
}
"""Fields of an item -> attributes of its bind."""

OF_ENTITY: Mapping[str, str] = {
    "entities.label": "label",
    "entities.entity_id": "@id",
    "entities.create_if": "@create",
    "entities.update_if": "@update",
}
"""Fields of an entity -> the node whose bind computes it."""

OF_ITEMSET: Mapping[str, str] = {"itemset_value": "value", "itemset_label": "label"}


class Places:
    """Knows the elements of one form by path."""

    def __init__(
        self, root: str, binds: Mapping[str, nodes.PlainNode], controls: Mapping[str, body.Control]
    ) -> None:
        self._root = root
        self._binds = binds
        self._controls = controls

    def placed(self, found: Sequence[errors.FlowError]) -> list[errors.FlowError]:
        """The errors with element, attribute and line, where these are known; one bind's stand once."""
        computed = {f"/{self._root}/{error.path}" for error in found if error.field == "calculation"}
        return [self._placed(error) for error in found if self._node(error) not in computed]

    def _node(self, error: errors.FlowError) -> str:
        """The path of the node that an entity's bind computes, which may be an item of the flow too."""
        if error.field not in OF_ENTITY:
            return ""
        steps_down = filter(None, (self._root, error.path, "meta/entity", OF_ENTITY[error.field]))
        return f"/{'/'.join(steps_down)}"

    def _placed(self, error: errors.FlowError) -> errors.FlowError:
        attribute = "calculate" if error.field in OF_ENTITY else OF_BIND.get(error.field, "")
        path = self._node(error) or f"/{self._root}/{error.path}"
        element = self._binds.get(path) if attribute else self._in_body(error.field, path)
        if element is None:
            return error
        name = "nodeset" if elements.has(element, "nodeset") else "ref"
        shown = f'{steps.local_name(element)} {name}="{elements.attribute(element, name)}"'
        attribute = attribute or ("count" if error.field == "repeat_count" else "")
        return msgspec.structs.replace(error, line=element.line, element=shown, column=attribute)

    def _in_body(self, field: str, path: str) -> nodes.PlainNode | None:
        """The control of a node, or what stands inside it."""
        control = self._controls.get(path)
        itemset = elements.first(control.element, "itemset") if control is not None else None
        if control is None or not field.startswith("itemset") or itemset is None:
            return control.element if control is not None else self._binds.get(path)
        return elements.first(itemset, OF_ITEMSET[field]) if field in OF_ITEMSET else itemset
