"""Random syntax trees, as the parser would make them."""

from __future__ import annotations

from hypothesis import strategies as st

from flows.expressions import functions, tree

NAMES = st.sampled_from(["a", "mbps", "first-name", "or", "div", "node", "été", "x.y", "_1", "self"])

NUMBERS = st.one_of(
    st.integers(0, 10**18).map(float),
    st.floats(0, 1e300, allow_nan=False, allow_infinity=False),
    st.sampled_from([0.1, 1e-7, 5e-324, 2.5, 1e21]),
)

TEXTS = st.text(max_size=8).filter(lambda text: not ("'" in text and '"' in text))

NODE_TESTS = st.one_of(
    st.builds(tree.NameTest, NAMES | st.just("*"), st.sampled_from(["", "", "jr", "xhtml"])),
    st.builds(tree.TypeTest, st.sampled_from(tree.NODE_TYPES)),
    st.builds(tree.TypeTest, st.just("processing-instruction"), st.sampled_from(["php", "it's"])),
)

CALLABLE = sorted(functions.BY_NAME)


def calls(parts: st.SearchStrategy[tree.Expression]) -> st.SearchStrategy[tree.Expression]:
    """Calls of known functions with a right number of arguments."""

    @st.composite
    def build(draw: st.DrawFn) -> tree.Expression:
        function = functions.BY_NAME[draw(st.sampled_from(CALLABLE))]
        counts = [count for count in range(9) if function.takes(count)]
        count = draw(st.sampled_from(counts))
        return tree.Call(function.name, tuple(draw(parts) for _ in range(count)))

    return build()


def steps(parts: st.SearchStrategy[tree.Expression]) -> st.SearchStrategy[tree.Step]:
    """Steps in every direction, with few predicates."""
    predicates = st.lists(parts, max_size=2).map(tuple)
    return st.one_of(
        st.builds(tree.Step, st.sampled_from(tree.AXES), NODE_TESTS, predicates),
        st.sampled_from([tree.SELF, tree.PARENT, tree.ANYWHERE_BELOW]),
    )


def flattened(operator: str, operands: list[tree.Expression]) -> tree.Expression:
    """An operation as the parser makes it: a chain longer than two only for the operators kept flat."""
    count = len(operands) if operator in tree.KEPT_FLAT else 2
    return tree.Operation(operator, tuple(operands[:count]))


def compound(parts: st.SearchStrategy[tree.Expression]) -> st.SearchStrategy[tree.Expression]:
    """Everything that has parts."""
    several = st.lists(parts, min_size=2, max_size=4)
    way = st.lists(steps(parts), min_size=1, max_size=3).map(tuple)
    starts = parts.filter(
        lambda one: not (isinstance(one, tree.Path) and one.start is None and not one.steps)
    )
    return st.one_of(
        calls(parts),
        st.builds(tree.Negation, parts),
        st.builds(flattened, st.sampled_from(sorted(tree.PRECEDENCE)), several),
        st.builds(tree.Path, way, st.booleans()),
        st.builds(tree.Path, way, st.just(False), starts),
        st.builds(tree.Filter, parts, st.lists(parts, min_size=1, max_size=2).map(tuple)),
    )


TREES: st.SearchStrategy[tree.Expression] = st.recursive(
    st.one_of(
        st.builds(tree.Number, NUMBERS),
        st.builds(tree.Text, TEXTS),
        st.builds(tree.Reference, NAMES),
        st.just(tree.Path((), absolute=True)),
    ),
    compound,
    max_leaves=12,
)
