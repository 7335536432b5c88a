"""Invitations on paper: what stands on a card, and that a phone's square says the same as the line below it."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from document_templates import invitation_cards, invitation_sheets

LINK = "https://t.me/groundwork_demo_bot?start=AbCdEfGhIjKlMnOpQrStUv"


def card(title: str = "Lodwar", link: str = LINK) -> invitation_cards.Card:
    return invitation_cards.Card(title, "What this is.", "How.", link, "Until then.", "A square.")


def made(*cards: invitation_cards.Card, language: str = "en") -> bytes:
    return invitation_sheets.make("Invitations", cards, language)


def test_each_card_says_who_what_how_and_until_when() -> None:
    (table,) = docx.Document(io.BytesIO(made(card(), card("Voi")))).tables
    said = [[paragraph.text for paragraph in row.cells[0].paragraphs] for row in table.rows]
    assert said == [
        ["Lodwar", "What this is.", "How.", LINK, "Until then."],
        ["Voi", "What this is.", "How.", LINK, "Until then."],
    ]
    assert {row.cells[0].paragraphs[0].style.name for row in table.rows} == {"Heading 1"}


def test_the_square_is_the_links_own() -> None:
    links = [LINK, LINK.replace("AbC", "XyZ")]
    content = made(*(card(link=link) for link in links))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        pictures = {parts.read(name) for name in parts.namelist() if name.startswith("word/media/")}
    assert pictures == {invitation_sheets.square(link) for link in links}


def test_who_cannot_see_the_square_is_told_what_it_is() -> None:
    document = docx.Document(io.BytesIO(made(card())))
    assert 'descr="A square."' in document.element.xml
    assert 'w:lang w:val="en"' in document.styles["Normal"].element.xml


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("<b>&amp;</b> \"'", id="markup"),
        pytest.param("=HYPERLINK(1)", id="a formula"),
        pytest.param("a\x00b\x0bc\ufffe", id="what no XML holds"),
        pytest.param("\u202eevil\u2066", id="marks of direction"),
        pytest.param("n" * 4096, id="a message full"),
        pytest.param("Ψ" * 200 + "👩‍🌾", id="other scripts"),
    ],
)
def test_whatever_a_branch_is_called_the_file_opens(title: str) -> None:
    (table,) = docx.Document(io.BytesIO(made(card(title)))).tables
    kept = "".join(character for character in title if character not in "\x00\x0b\ufffe")
    assert table.rows[0].cells[0].paragraphs[0].text == kept
