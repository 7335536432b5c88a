"""What a document's names mean: a prefix stands for what the nearest element around it declares."""

from __future__ import annotations

import pytest

from flows import errors, xml
from flows.expressions import nodes


def test_text_beyond_all_measure_is_not_read() -> None:
    with pytest.raises(errors.FlowErrors, match="characters"):
        xml.parse(f"<a>{' ' * xml.MAX_CHARACTERS}</a>")
    with pytest.raises(errors.FlowErrors, match="characters") as refused:
        xml.parse(f"<a>{' ' * xml.MAX_CHARACTERS}</a>")
    assert [error.line for error in refused.value.errors] == [0], "no line of it was read"


@pytest.mark.parametrize(
    ("document", "text"),
    [
        pytest.param("<a><b/>c</a>", "<a><b></b>c</a>", id="elements and text"),
        pytest.param(
            '<a b="&lt;&quot;">&amp;</a>', "<a b='&lt;\"'>&amp;</a>", id="signs that mean something"
        ),
        pytest.param("<a><!-- why --><?do it?>b</a>", "<a>b</a>", id="without comments and instructions"),
        pytest.param('<a xmlns:x="urn:x"><x:b/></a>', "<a><b></b></a>", id="without namespaces"),
    ],
)
def test_an_element_is_written_as_text_again(document: str, text: str) -> None:
    assert xml.written(xml.parse(document).children[0]) == text


DOCUMENT = """
<h:a xmlns:h="urn:outer" xmlns:i="urn:inner"><h:b xmlns:h="urn:other"><h:c i:d="1" e="2"/></h:b><h:f i:h="3"/><g/></h:a>
"""


@pytest.mark.parametrize(
    ("name", "namespace"),
    [
        pytest.param("h:a", "urn:outer", id="declared where it stands"),
        pytest.param("h:b", "urn:other", id="declared anew"),
        pytest.param("h:c", "urn:other", id="inside of that"),
        pytest.param("i:d", "urn:inner", id="an attribute, declared further out"),
        pytest.param("e", "", id="an attribute without a prefix"),
        pytest.param("h:f", "urn:outer", id="behind what declared it anew, though an attribute is called so"),
        pytest.param("g", "", id="an element without a prefix"),
    ],
)
def test_a_prefix_means_what_is_declared_around_it(name: str, namespace: str) -> None:
    elements = [
        node for node in nodes.descendants(xml.parse(DOCUMENT.strip())) if node.kind is nodes.Kind.ELEMENT
    ]
    found = {node.name: node.namespace for one in elements for node in (one, *one.attributes)}
    assert found[name] == namespace
