"""Functions on secondary instances: choice lists and attached tables."""

from __future__ import annotations

from flows.expressions import context, errors, nodes, steps, values
from flows.expressions.functions.registry import Function, exactly


def secondary(at: context.Context, identifier: str) -> nodes.Node:
    """The node above the root of an instance; raises `EvaluationError`, with the nearest name, if there is none."""
    found = at.host.instances.get(identifier)
    if found is None:
        advice = errors.did_you_mean(identifier, at.host.instances)
        message = f"There is no instance “{identifier}”. {advice}".rstrip()
        raise errors.EvaluationError(message)
    return found


def instance(at: context.Context, identifier: values.Value) -> nodes.NodeSet:
    """The node above the root of an instance: `instance('towns')/root/item`."""
    return [secondary(at, values.to_string(identifier))]


def pulldata(
    at: context.Context,
    identifier: values.Value,
    column: values.Value,
    key_column: values.Value,
    key: values.Value,
) -> str:
    """The cell of a table in `column`, of the first row whose `key_column` holds `key`; nothing without such a row."""
    wanted, key_name, sought = values.to_string(column), values.to_string(key_column), values.to_string(key)
    for root in secondary(at, values.to_string(identifier)).children:
        at.visits.spend(len(root.children))
        for item in root.children:
            if cell(item, key_name) == sought:
                return cell(item, wanted) or ""
    return ""


def cell(item: nodes.Node, column: str) -> str | None:
    """The text of the item's element of this name, or behind an `@` of its attribute."""
    if column.startswith("@"):
        return next((one.text for one in item.attributes if one.name == column[1:]), None)
    for child in item.children:
        if child.kind is nodes.Kind.ELEMENT and steps.local_name(child) == column:
            return child.text
    return None


FUNCTIONS = (
    Function(
        name="instance",
        implementation=instance,
        counts=exactly(1),
        example="instance('towns')",
        constant=False,
    ),
    Function(
        name="pulldata",
        implementation=pulldata,
        counts=exactly(4),
        example="pulldata('table', 'column', 'key_column', key)",
        constant=False,
    ),
)
