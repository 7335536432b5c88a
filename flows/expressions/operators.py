"""The closures of operators: logic, arithmetic, union and comparison."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence

from flows.expressions import comparisons, context, errors, moments, nodes, steps, tree, values
from flows.expressions.steps import Evaluate


class Constant:
    """A closure whose value is known."""

    __slots__ = ("value",)

    def __init__(self, value: values.Value) -> None:
        self.value = value

    def __call__(self, _at: context.Context) -> values.Value:
        """The value, wherever one stands."""
        return self.value


def operation(expression: tree.Operation, operands: Sequence[Evaluate]) -> Evaluate:
    """An operator and its compiled operands."""
    sign = expression.operator
    if sign == "and":
        return conjunction(operands)
    if sign == "or":
        return disjunction(operands)
    if sign == "|":
        return union(operands)
    if sign in ARITHMETIC:
        return arithmetic(sign, operands)
    return comparison(sign, expression.operands, operands)


def negation(operand: Evaluate) -> Evaluate:
    """The unary minus."""
    return lambda at: -values.to_number(operand(at), at)


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
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": divide,
    "mod": remainder,
}


def arithmetic(sign: str, operands: Sequence[Evaluate]) -> Evaluate:
    """Numbers from left to right; dates count as their days."""
    compute = ARITHMETIC[sign]
    if len(operands) == 2:
        return binary(compute, *operands)
    first, *rest = operands

    def evaluate(at: context.Context) -> values.Value:
        result = values.to_number(first(at), at)
        for operand in rest:
            result = compute(result, values.to_number(operand(at), at))
        return result

    return evaluate


def binary(compute: Callable[[float, float], float], left: Evaluate, right: Evaluate) -> Evaluate:
    """Arithmetic with two operands, as nearly all is."""
    number = values.to_number
    return lambda at: compute(number(left(at), at), number(right(at), at))


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
