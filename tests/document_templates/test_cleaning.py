"""Typed words become text that any XML 1.0 file may hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from document_templates import cleaning


@given(st.text(st.characters()))
def test_cleaned_text_is_xml_and_stays_the_same(words):
    clean = cleaning.text(words)
    assert all(
        char in "\t\n"
        or "\x20" <= char <= "\x7e"
        or "\xa0" <= char <= "\ud7ff"
        or "\ue000" <= char <= "\ufffd"
        or char > "\uffff"
        for char in clean
    )
    clean.encode()
    assert cleaning.text(clean) == clean


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"])))
def test_letters_of_every_script_are_kept(words):
    assert cleaning.text(words) == words


def test_every_text_of_a_tree_is_cleaned_and_nothing_else_changes():
    assert cleaning.tree({"a": ["x\x00", 1, True, None], "b": ("\u202ey",)}) == {
        "a": ["x", 1, True, None],
        "b": ["y"],
    }
