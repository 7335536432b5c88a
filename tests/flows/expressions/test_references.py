"""`${name}`: what an expression depends on, and how the form around it answers."""

from __future__ import annotations

import pytest

from flows import expressions
from flows.expressions import nodes
from tests.flows.expressions import form


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("1 + 1", set(), id="none"),
        pytest.param("${a} + ${b} * ${a}", {"a", "b"}, id="each once"),
        pytest.param("if(${a}, ${b}, ${c})", {"a", "b", "c"}, id="in arguments"),
        pytest.param("instance('t')/root/item[x = ${a}]/y", {"a"}, id="in a predicate"),
        pytest.param("(${a})[. > ${b}]/c", {"a", "b"}, id="in a filter"),
        pytest.param("'${a}'", set(), id="a text that looks like one"),
    ],
)
def test_references(text: str, names: set[str]) -> None:
    assert expressions.references(expressions.parse(text)) == names


def test_paths_are_found_wherever_they_stand() -> None:
    tree = expressions.parse("concat(/data/a, ../b[c = 1], ${d})")
    assert [expressions.show(path) for path in expressions.paths(tree)] == ["/data/a", "../b[c = 1]", "c"]


def test_the_form_is_asked_from_the_current_node() -> None:
    top = form.household()
    asked: list[tuple[str, expressions.Node | None]] = []

    def reference(name: str, node: expressions.Node | None) -> list[expressions.Node]:
        asked.append((name, node))
        return form.find(top, name)

    person = form.find(top, "person")[0]
    host = form.host(reference=reference)
    assert form.evaluate("count(//well[depth > ${age}])", host, person) == 4
    assert {node for _, node in asked} == {person}


def test_indexed_repeat_asks_for_every_entry() -> None:
    top = form.household()

    def reference(name: str, node: expressions.Node | None) -> list[expressions.Node]:
        """Inside a repeat, only that entry's question."""
        return form.find(top, name) if node is None or name == "wanted" else form.find(top, name)[:1]

    host = form.host(reference=reference)
    person = form.find(top, "person")[0]
    value = form.evaluate("indexed-repeat(${age}, ${person}, position(${person}) + 1)", host, person)
    assert expressions.to_string(value) == "39"


def test_the_host_may_add_functions_texts_and_labels() -> None:
    host = form.host(
        functions={"double": lambda at, value: expressions.to_number(value, at) * 2},
        itext=lambda identifier: f"text of {identifier}",
        choice_name=lambda name, question, _node: f"{name} in {question}",
    )
    at = expressions.Context(host, nodes.document())
    tree = expressions.parse("double('21')", known=frozenset({"double"}))
    assert expressions.compile(tree)(at) == 42
    assert form.evaluate("jr:itext('welcome')", host) == "text of welcome"
    assert form.evaluate("jr:choice-name('nbo', ' ${town} ')", host) == "nbo in ${town}"


def test_once_keeps_the_answer_that_is_there() -> None:
    assert form.evaluate("once('new')", node=nodes.element("a", "old")) == "old"
    assert form.evaluate("once('new')", node=nodes.element("a")) == "new"
    assert form.evaluate("once(1 div 0 - 1 div 0)", node=nodes.element("a")) == ""


def test_wrong_calls_fail_only_when_they_are_reached() -> None:
    tree = expressions.parse("1 = 1 or substring() or no-such()", checked=False)
    at = expressions.Context(form.host(), nodes.document())
    assert expressions.compile(tree)(at) is True
    with pytest.raises(expressions.EvaluationError, match="takes 2 or 3 arguments"):
        expressions.compile(expressions.parse("substring()", checked=False))(at)
    with pytest.raises(expressions.EvaluationError, match="Did you mean “not”"):
        expressions.compile(expressions.parse("nt(1)", checked=False))(at)
