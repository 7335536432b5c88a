"""Location paths on a small document: every axis, predicates, order."""

from __future__ import annotations

import pytest

from flows import expressions
from flows.expressions import nodes
from tests.flows.expressions import form


def texts(expression: str, top: nodes.PlainNode, node: expressions.Node | None = None) -> list[str]:
    """The texts of the nodes of an expression."""
    value = form.evaluate(expression, node=node or top)
    assert isinstance(value, list)
    return [one.text for one in value]


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        pytest.param("/data/person/name", ["Asha", "Baraka", "Cheche"], id="children"),
        pytest.param("//person[age > 10]/name", ["Asha", "Baraka"], id="a condition"),
        pytest.param("//person[2]/name", ["Baraka"], id="a position"),
        pytest.param("//person[last()]/name", ["Cheche"], id="the last"),
        pytest.param("//person[position() > 1][age < 10]/name", ["Cheche"], id="two conditions"),
        pytest.param("//person[age > 10][2]/name", ["Baraka"], id="a position among those left"),
        pytest.param("//well[1]/depth", ["10", "30"], id="the first of each parent"),
        pytest.param("(//well)[1]/depth", ["10"], id="the first of all"),
        pytest.param("/data/@id", ["household"], id="an attribute"),
        pytest.param("//age/../name", ["Asha", "Baraka", "Cheche"], id="parents, each once"),
        pytest.param("//well/ancestor::village/called", ["North", "South"], id="ancestors, each once"),
        pytest.param("//person[2]/following-sibling::person/name", ["Cheche"], id="following siblings"),
        pytest.param(
            "//person[3]/preceding-sibling::person/name", ["Asha", "Baraka"], id="preceding, in order"
        ),
        pytest.param("//person[3]/preceding-sibling::person[1]/name", ["Baraka"], id="the nearest before"),
        pytest.param("//person[3]/preceding::name", ["Asha", "Baraka"], id="everything before"),
        pytest.param("//person[3]/following::depth", ["10", "20", "30", "40"], id="everything after"),
        pytest.param("//village/descendant::depth", ["10", "20", "30", "40"], id="everything inside"),
        pytest.param("//depth | //called", ["North", "10", "20", "South", "30", "40"], id="a union in order"),
        pytest.param("//name | //name", ["Asha", "Baraka", "Cheche"], id="a union with itself"),
        pytest.param("//well[depth = 20 or depth = 30]/depth", ["20", "30"], id="a condition with or"),
        pytest.param("//person[name = current()/data/head]/age", ["41"], id="the outer node in a condition"),
        pytest.param(
            "//village[well[depth > current()/data/person[2]/age]]/called",
            ["South"],
            id="from two conditions deep",
        ),
        pytest.param("//*[self::called]", ["North", "South"], id="self with a name"),
        pytest.param("//called/text()", ["North", "South"], id="text nodes"),
        pytest.param("/data/nothing/at/all", [], id="nothing"),
        pytest.param("//person[0]", [], id="position 0"),
        pytest.param("//person[1.5]", [], id="half a position"),
    ],
)
def test_paths(expression: str, found: list[str]) -> None:
    assert texts(expression, form.household()) == found


def test_dot_and_parent_start_where_the_evaluation_stands() -> None:
    top = form.household()
    age = form.find(top, "age")[1]
    assert texts(".", top, age) == ["39"]
    assert texts("../name", top, age) == ["Baraka"]
    assert form.evaluate(". >= 39", node=age) is True
    assert form.evaluate("position(..)", node=age) == 2


def test_the_text_of_an_element_is_all_that_stands_in_it() -> None:
    top = nodes.document()
    said = top.append(nodes.element("p", "Open "))
    said.append(nodes.element("b", "every "))
    assert form.evaluate("string(/p)", node=top) == "Open every "
    said.append(nodes.element("b", "day"))
    assert form.evaluate("string(/p)", node=top) == "Open every day"


def test_absolute_paths_start_at_the_hosts_root_even_inside_an_instance() -> None:
    top = form.household()
    host = form.host(root=top)
    expression = "instance('towns')/root/item[string-length(name) = count(/data/person)]/label"
    value = form.evaluate(expression, host, nodes.element("elsewhere"))
    assert isinstance(value, list)
    assert [one.text for one in value] == ["Nairobi", "Mombasa", "Kisumu"]


def test_prefixes_mean_namespaces_where_the_host_knows_them() -> None:
    top = nodes.document()
    top.append(nodes.element("x:meta", "one", namespace="urn:a"))
    for prefixes, found in (
        ({}, {"x:meta": 1, "y:meta": 0, "meta": 0}),
        ({"y": "urn:a"}, {"x:meta": 1, "y:meta": 1, "meta": 0}),
        ({"x": "urn:b", "": "urn:a"}, {"x:meta": 0, "meta": 1, "x:*": 0}),
    ):
        counts = {
            name: form.evaluate(f"count({name})", form.host(namespaces=prefixes), top) for name in found
        }
        assert counts == found


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        pytest.param("//@kind/following::name", ["Baraka", "Cheche"], id="after an attribute, what is inside too"),
        pytest.param("//@kind/preceding::name", ["Asha"], id="before an attribute, what is before its element"),
        pytest.param("//@kind/following-sibling::node()", [], id="an attribute has no siblings"),
        pytest.param("//@kind/..//name", ["Baraka"], id="an attribute stands in its element"),
        pytest.param("//person[2]/namespace::*", ["urn:inner", "urn:outer"], id="namespaces, the nearest of each prefix"),
        pytest.param("//person[3]/namespace::*", ["urn:outer"], id="a namespace from further up"),
        pytest.param("//@kind/namespace::*", [], id="an attribute has no namespaces"),
        pytest.param("//name/text()/namespace::*", [], id="nor has a text"),
    ],
)  # fmt: skip
def test_attributes_and_namespaces(expression: str, found: list[str]) -> None:
    top = form.household()
    [data] = form.find(top, "data")
    person = form.find(top, "person")[1]
    assert isinstance(data, nodes.PlainNode)
    assert isinstance(person, nodes.PlainNode)
    data.attach(nodes.PlainNode(nodes.Kind.NAMESPACE, "o", text="urn:outer"))
    person.attach(nodes.attribute("kind", "child"))
    person.attach(nodes.PlainNode(nodes.Kind.NAMESPACE, "i", text="urn:inner"))
    assert sorted(texts(expression, top)) == found


@pytest.mark.parametrize(
    "expression",
    [
        pytest.param("//a/n", id="children of nodes that lie inside each other"),
        pytest.param("//a/n[. > 0]", id="with a condition"),
        pytest.param("//n/ancestor::a//n", id="from ancestors down"),
        pytest.param("//n[3]/preceding::n | //n", id="a union"),
        pytest.param("//n/namespace::*/..//n", id="from what several share"),
    ],
)
def test_nodes_are_in_document_order_each_once(expression: str) -> None:
    top = nodes.document()
    outer = top.append(nodes.element("a"))
    outer.attach(nodes.PlainNode(nodes.Kind.NAMESPACE, "x", text="urn:x"))
    outer.append(nodes.element("n", "1"))
    inner = outer.append(nodes.element("a"))
    inner.append(nodes.element("n", "2"))
    outer.append(nodes.element("n", "3"))
    assert texts(expression, top) == ["1", "2", "3"]
