"""From syntax tree to closures: what can be known before evaluation is settled here, once."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from flows.expressions import (
    checks,
    comparisons,
    context,
    errors,
    functions,
    limits,
    moments,
    nodes,
    steps,
    tree,
    values,
)
from flows.expressions.steps import Evaluate


class NotConstant(Exception):  # noqa: N818 - never an error: it only says that folding must wait
    """A part of an expression that looks constant depends on the host's zone."""


class NoZone:
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
        at.visits.left = limits.MAX_NODE_VISITS
        return inner(at)

    return evaluate


def compiled(expression: tree.Expression) -> Evaluate:
    """The closure of one node of the tree."""
    match expression:
        case tree.Number() | tree.Text():
            return Constant(expression.value)
        case tree.Reference():
            return reference(expression.name)
        case tree.Path():
            return path(expression)
        case tree.Filter():
            return filtered(expression)
        case tree.Negation():
            return folded(negation(compiled(expression.operand)), (expression.operand,))
        case tree.Operation():
            return folded(operation(expression), expression.operands)
        case tree.Call():
            return call(expression)


# --- constants ---


class Constant:
    """A closure whose value is known."""

    __slots__ = ("value",)

    def __init__(self, value: values.Value) -> None:
        self.value = value

    def __call__(self, _at: context.Context) -> values.Value:
        """The value, wherever one stands."""
        return self.value


def is_constant(expression: tree.Expression) -> bool:
    """Whether the value depends on nothing but the text."""
    return all(
        isinstance(one, tree.Number | tree.Text | tree.Operation | tree.Negation)
        or (isinstance(one, tree.Call) and foldable(one))
        for one in tree.walk(expression)
    )


def foldable(call: tree.Call) -> bool:
    """Whether the function gives the same for the same arguments, and is called rightly."""
    function = functions.BY_NAME.get(call.name)
    return function is not None and function.constant and function.takes(len(call.arguments))


def folded(evaluate: Evaluate, operands: Sequence[tree.Expression]) -> Evaluate:
    """A constant in place of a closure whose operands all are; a failing one is left to fail when it is reached."""
    if not all(is_constant(operand) for operand in operands):
        return evaluate
    nowhere = nodes.document()
    try:
        return Constant(evaluate(context.Context(NoZone(), nowhere)))  # type: ignore[arg-type]  # stands for no host
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
    if start is None and not expression.absolute and expression.steps == (tree.SELF,):
        return lambda at: [at.node]

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


# --- operators ---


def negation(operand: Evaluate) -> Evaluate:
    """The unary minus."""
    return lambda at: -values.to_number(operand(at), at)


def operation(expression: tree.Operation) -> Evaluate:
    """An operator and its operands."""
    sign = expression.operator
    operands = [compiled(one) for one in expression.operands]
    if sign == "and":
        return conjunction(operands)
    if sign == "or":
        return disjunction(operands)
    if sign == "|":
        return union(operands)
    if sign in ARITHMETIC:
        return arithmetic(sign, operands)
    return comparison(sign, expression.operands, operands)


def conjunction(operands: Sequence[Evaluate]) -> Evaluate:
    """`and`: stops at the first that is false."""
    truth = values.to_boolean

    def evaluate(at: context.Context) -> bool:
        for operand in operands:  # noqa: SIM110 - a generator costs a third more here
            if not truth(operand(at)):
                return False
        return True

    return evaluate


def disjunction(operands: Sequence[Evaluate]) -> Evaluate:
    """`or`: stops at the first that is true."""
    truth = values.to_boolean

    def evaluate(at: context.Context) -> bool:
        for operand in operands:  # noqa: SIM110 - a generator costs a third more here
            if truth(operand(at)):
                return True
        return False

    return evaluate


def union(operands: Sequence[Evaluate]) -> Evaluate:
    """`|`: the nodes of all, each once, in document order."""

    def evaluate(at: context.Context) -> values.Value:
        found: nodes.NodeSet = []
        for operand in operands:
            found.extend(values.need_nodes(operand(at), "The operator |"))
        at.visits.spend(len(found))
        return steps.in_order(found)

    return evaluate


def divide(left: float, right: float) -> float:
    """IEEE division: by zero it is infinite, and 0 by 0 is not a number."""
    if right == 0:
        if left == 0 or math.isnan(left):
            return math.nan
        return math.copysign(math.inf, left) * math.copysign(1, right)
    return left / right


def remainder(left: float, right: float) -> float:
    """The remainder of a division that truncates: it has the sign of the dividend."""
    if right == 0 or math.isinf(left):
        return math.nan
    return math.fmod(left, right)


ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": divide,
    "mod": remainder,
}


def arithmetic(sign: str, operands: Sequence[Evaluate]) -> Evaluate:
    """Numbers from left to right; dates count as their days."""
    compute = ARITHMETIC[sign]
    first, *rest = operands

    def evaluate(at: context.Context) -> values.Value:
        result = values.to_number(first(at), at)
        for operand in rest:
            result = compute(result, values.to_number(operand(at), at))
        return result

    return evaluate


def comparison(sign: str, expressions: Sequence[tree.Expression], operands: Sequence[Evaluate]) -> Evaluate:
    """A comparison; the commonest, of a question with a constant, is prepared as far as it can be."""
    left, right = operands
    if isinstance(right, Constant):
        special = with_constant(sign, expressions[0], right.value)
    elif isinstance(left, Constant):
        special = with_constant(comparisons.MIRROR[sign], expressions[1], left.value)
    else:
        special = None
    if special is not None:
        return special
    return lambda at: comparisons.compare(sign, left(at), right(at), at)


def with_constant(sign: str, expression: tree.Expression, value: values.Value) -> Evaluate | None:
    """`${name}` or `.` compared with a number or a text that is known; None when it is anything else."""
    if isinstance(expression, tree.Reference):
        name = expression.name
    elif expression == tree.Path((tree.SELF,)):
        name = ""
    else:
        return None
    if isinstance(value, str) and sign in comparisons.EQUALITY and not moments.looks_like_date(value):
        return same_text(sign, name, value)
    if isinstance(value, float) and not isinstance(value, bool):
        return number_test(sign, name, value)
    return None


def looked_up(name: str, at: context.Context) -> Sequence[nodes.Node]:
    """The nodes of `${name}`, or the node where one stands for an empty name."""
    if not name:
        return (at.node,)
    resolve = at.host.reference
    if resolve is None:
        message = f"${{{name}}} has no meaning here: there is no form around the expression."
        raise errors.EvaluationError(message)
    return resolve(name, at.current)


def same_text(sign: str, name: str, value: str) -> Evaluate:
    """`${name} = 'text'` or `!=`."""
    wanted = sign == "="

    def evaluate(at: context.Context) -> bool:
        for node in looked_up(name, at):  # noqa: SIM110 - a generator costs a third more here
            if (node.text == value) is wanted:
                return True
        return False

    return evaluate


def number_test(sign: str, name: str, value: float) -> Evaluate:
    """`${name} < 2` and its like."""
    holds = comparisons.ORDER.get(sign) or comparisons.EQUALITY[sign]
    number = values.text_number

    def evaluate(at: context.Context) -> bool:
        for node in looked_up(name, at):  # noqa: SIM110 - a generator costs a third more here
            if holds(number(node.text, at), value):
                return True
        return False

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

    return folded(evaluate, expression.arguments) if function.constant else evaluate


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
