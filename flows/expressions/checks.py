"""What can be said about an expression's function calls before it is evaluated."""

from __future__ import annotations

from collections.abc import Iterable

from flows.expressions import errors, functions, tree


def check_calls(text: str, calls: Iterable[tuple[int, tree.Call]], known: frozenset[str]) -> None:
    """Raises `ExpressionError` for the first call, by position, of an unknown function or with a wrong count."""
    for position, call in sorted(calls, key=lambda found: found[0]):
        problem = wrong_call(call.name, len(call.arguments), known)
        if problem:
            raise errors.ExpressionError(text, position, *problem)


def wrong_call(name: str, given: int, known: frozenset[str] = frozenset()) -> tuple[str, str] | None:
    """Problem and advice for a call with `given` arguments, or None for a right one."""
    function = functions.BY_NAME.get(name)
    if function is None:
        if name in known:
            return None
        advice = errors.did_you_mean(name, [*functions.BY_NAME, *known])
        return f"There is no function “{name}”", advice or "See the list of functions of ODK forms."
    if function.takes(given):
        return None
    return f"{name}() takes {function.arity}, not {given}", f"Write {function.example}."
