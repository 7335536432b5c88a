"""What is compiled once serves every plan, and never one with other rules."""

from __future__ import annotations

import pytest

from document_templates import sandbox


def test_a_text_compiled_once_is_escaped_where_it_must_be() -> None:
    escaping = sandbox.Environment()
    plain = escaping.overlay(autoescape=False)
    text = "Dear {{ name }}, once"
    for _ in range(2):
        assert escaping.from_string(text).render(name="<b>") == "Dear &lt;b&gt;, once"
        assert plain.from_string(text).render(name="<b>") == "Dear <b>, once"


def test_what_is_refused_is_refused_every_time() -> None:
    environment = sandbox.Environment()
    for _ in range(2):
        with pytest.raises(sandbox.jinja2.exceptions.SecurityError):
            environment.from_string("{{ 'x' * 10 }}").render()


def test_only_so_many_are_remembered() -> None:
    environment = sandbox.Environment()
    for number in range(2 * sandbox.COMPILED):
        assert environment.from_string(f"{{{{ name }}}} {number}").render(name="Ann") == f"Ann {number}"
    assert environment.from_string("{{ name }} 0").render(name="Ben") == "Ben 0"
