"""The canonical text of a syntax tree: `parse(show(tree)) == tree`."""

from __future__ import annotations

from flows.expressions import tree, values

ROOT = tree.Path((), absolute=True)
ABBREVIATED = {tree.SELF: ".", tree.PARENT: ".."}


def show(expression: tree.Expression) -> str:
    """The expression as a person would write it, with single blanks and no needless brackets."""
    match expression:
        case tree.Number():
            return values.number_text(expression.value)
        case tree.Text():
            return f'"{expression.value}"' if "'" in expression.value else f"'{expression.value}'"
        case tree.Reference():
            return f"${{{expression.name}}}"
        case tree.Call():
            return f"{expression.name}({', '.join(show(one) for one in expression.arguments)})"
        case tree.Negation():
            return "-" + bracketed(expression.operand, tree.NEGATION_PRECEDENCE)
        case tree.Operation():
            return operation(expression)
        case tree.Filter():
            return primary(expression.operand) + predicates(expression.predicates)
        case tree.Path():
            return path(expression)


def precedence(expression: tree.Expression) -> int:
    """How tightly the expression holds together; values and paths more than any operator."""
    if isinstance(expression, tree.Operation):
        return tree.PRECEDENCE[expression.operator]
    if isinstance(expression, tree.Negation):
        return tree.NEGATION_PRECEDENCE
    return max(tree.PRECEDENCE.values()) + 1


def bracketed(expression: tree.Expression, tightest: int) -> str:
    """The expression, in brackets if it would fall apart among operators of this precedence.

    The bare root needs them too: in `/ * 2` the star would be a name.
    """
    text = show(expression)
    return f"({text})" if precedence(expression) < tightest or expression == ROOT else text


def operation(expression: tree.Operation) -> str:
    """Operands with the operator between; brackets keep `(a + b) + c` from becoming one flat sum."""
    own = tree.PRECEDENCE[expression.operator]
    first, *rest = expression.operands
    flat = (
        expression.operator in tree.KEPT_FLAT
        and isinstance(first, tree.Operation)
        and first.operator == expression.operator
    )
    shown = [bracketed(first, own + 1 if flat else own), *(bracketed(one, own + 1) for one in rest)]
    return f" {expression.operator} ".join(shown)


def primary(expression: tree.Expression) -> str:
    """The expression where the grammar wants a value that predicates or steps may follow."""
    if isinstance(expression, tree.Number | tree.Text | tree.Reference | tree.Call):
        return show(expression)
    return f"({show(expression)})"


def predicates(conditions: tuple[tree.Expression, ...]) -> str:
    """Conditions in square brackets."""
    return "".join(f"[{show(one)}]" for one in conditions)


def path(expression: tree.Path) -> str:
    """A location path."""
    if expression.start is None:
        start = ""
    elif isinstance(expression.start, tree.Filter):
        start = show(expression.start)
    else:
        start = primary(expression.start)
    shown: list[str] = []
    for place, one in enumerate(expression.steps):
        deep = one == tree.ANYWHERE_BELOW and place + 1 < len(expression.steps)
        deep = deep and (bool(shown) or expression.absolute or bool(start)) and (not shown or shown[-1] != "")
        shown.append("" if deep else step(one))
    text = "/".join(shown)
    return f"{start}/{text}" if expression.absolute or start else text


def step(one: tree.Step) -> str:
    """One step, abbreviated where there is an abbreviation."""
    bare = tree.Step(one.axis, one.test)
    if bare in ABBREVIATED:
        return ABBREVIATED[bare] + predicates(one.predicates)
    axis = {"child": "", "attribute": "@"}.get(one.axis, f"{one.axis}::")
    return axis + node_test(one.test) + predicates(one.predicates)


def node_test(test: tree.NameTest | tree.TypeTest) -> str:
    """A name or a kind of node."""
    if isinstance(test, tree.NameTest):
        return f"{test.prefix}:{test.name}" if test.prefix else test.name
    target = (
        f"'{test.target}'"
        if test.target and "'" not in test.target
        else f'"{test.target}"'
        if test.target
        else ""
    )
    return f"{test.type}({target})"
