"""From syntax tree to closures: what can be known before evaluation is settled here, once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flows.expressions import (
    checks,
    context,
    errors,
    functions,
    limits,
    nodes,
    operators,
    steps,
    tree,
    values,
)
from flows.expressions.steps import Evaluate


class NotConstant(Exception):  # noqa: N818 - never an error: it only says that folding must wait
    """A part of an expression that looks constant depends on the host's zone."""


class NoHost:
    """Stands for the host while constants are folded: whatever is asked of it shows that there is no constant."""

    def __getattr__(self, name: str) -> object:
        raise NotConstant(name)


def compile_expression(expression: tree.Expression) -> Evaluate:
    """The function that evaluates `expression` in a `Context`; may raise `EvaluationError` and nothing else."""
    inner = compiled(expression)
    if not any(
        isinstance(one, tree.Path | tree.Filter | tree.Reference | tree.Call) for one in tree.walk(expression)
    ):
        return inner

    def evaluate(at: context.Context) -> values.Value:
        at.visits.left = limits.MAX_VISITS
        return inner(at)

    return evaluate


def compiled(expression: tree.Expression) -> Evaluate:
    """The closure of one node of the tree."""
    match expression:
        case tree.Number() | tree.Text():
            return operators.Constant(expression.value)
        case tree.Reference():
            return reference(expression.name)
        case tree.Path():
            return path(expression)
        case tree.Filter():
            return filtered(expression)
        case tree.Negation():
            operand = compiled(expression.operand)
            return folded(operators.negation(operand), (operand,))
        case tree.Operation():
            operands = [compiled(one) for one in expression.operands]
            return folded(operators.operation(expression, operands), operands)
        case tree.Call():
            return call(expression)


# --- constants ---


def folded(evaluate: Evaluate, operands: Sequence[Evaluate]) -> Evaluate:
    """A constant in place of a closure whose operands all are; a failing one is left to fail when it is reached."""
    if not all(isinstance(operand, operators.Constant) for operand in operands):
        return evaluate
    nowhere = context.Context(cast(context.Host, NoHost()), nodes.document())
    try:
        return operators.Constant(evaluate(nowhere))
    except (NotConstant, errors.EvaluationError):
        return evaluate


# --- references and paths ---


def reference(name: str, *, everywhere: bool = False) -> Evaluate:
    """`${name}`, as seen from the current node or, for `indexed-repeat`, in every entry."""

    def evaluate(at: context.Context) -> values.Value:
        resolve = at.host.reference
        if resolve is None:
            message = f"${{{name}}} has no meaning here: there is no form around the expression."
            raise errors.EvaluationError(message)
        return list(resolve(name, None if everywhere else at.current))

    return evaluate


def path(expression: tree.Path) -> Evaluate:
    """A location path: its start, then each step from what the one before reached."""
    taken = [
        steps.taking(step, [compiled(one) for one in step.predicates]) for step in joined(expression.steps)
    ]
    start = compiled(expression.start) if expression.start is not None else None
    if start is None and not expression.absolute:
        if expression.steps == (tree.SELF,):
            return lambda at: [at.node]
        if len(taken) == 1:
            take_only = taken[0]
            return lambda at: take_only(at, [at.node])

    def evaluate(at: context.Context) -> values.Value:
        if start is not None:
            reached = values.need_nodes(start(at), "A path")
        elif expression.absolute:
            reached = [at.host.root if at.host.root is not None else steps.top(at.node)]
        else:
            reached = [at.node]
        for take in taken:
            if not reached:
                break
            reached = take(at, reached)
        return reached

    return evaluate


def joined(path_steps: Sequence[tree.Step]) -> list[tree.Step]:
    """The steps, with `//name` as one step down instead of two; a predicate may count positions and forbids it."""
    found: list[tree.Step] = []
    for step in path_steps:
        if found and found[-1] == tree.ANYWHERE_BELOW and step.axis == "child" and not step.predicates:
            found[-1] = tree.Step("descendant", step.test)
        else:
            found.append(step)
    return found


def filtered(expression: tree.Filter) -> Evaluate:
    """Nodes of an expression, with conditions."""
    operand = compiled(expression.operand)
    predicates = [compiled(one) for one in expression.predicates]

    def evaluate(at: context.Context) -> values.Value:
        kept = values.need_nodes(operand(at), "A condition in square brackets")
        for predicate in predicates:
            kept = steps.passing(predicate, kept, at)
        return kept

    return evaluate


# --- functions ---


def call(expression: tree.Call) -> Evaluate:
    """A function call: on values, on values and the context, or on closures for those that choose."""
    name = expression.name
    function = functions.BY_NAME.get(name)
    if function is None:
        return host_call(name, [compiled(one) for one in expression.arguments])
    problem = checks.wrong_call(name, len(expression.arguments))
    if problem:
        return failing(f"{problem[0]}. {problem[1]}")
    arguments = [
        reference(one.name, everywhere=True)
        if isinstance(one, tree.Reference) and place in function.everywhere
        else compiled(one)
        for place, one in enumerate(expression.arguments)
    ]
    implementation = function.implementation
    if function.lazy:
        return lambda at: implementation(at, *arguments)

    def evaluate(at: context.Context) -> values.Value:
        return implementation(at, *[argument(at) for argument in arguments])

    return folded(evaluate, arguments) if function.constant else evaluate


def failing(message: str) -> Evaluate:
    """A call that cannot be made: wrong only when it is reached."""

    def evaluate(_at: context.Context) -> values.Value:
        raise errors.EvaluationError(message)

    return evaluate


def host_call(name: str, arguments: Sequence[Evaluate]) -> Evaluate:
    """A function that only the host may know."""

    def evaluate(at: context.Context) -> values.Value:
        implementation = at.host.functions.get(name)
        if implementation is None:
            message = (
                f"There is no function “{name}”. {errors.did_you_mean(name, functions.BY_NAME)}".rstrip()
            )
            raise errors.EvaluationError(message)
        return implementation(at, *[argument(at) for argument in arguments])

    return evaluate
