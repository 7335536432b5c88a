"""HTML messages are read as Telegram reads them."""

from __future__ import annotations

import contextlib
import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice import detection, entities, errors


def entity(kind, offset, length, **more):
    return {"type": kind, "offset": offset, "length": length, **more}


READ = [
    pytest.param("plain", "plain", [], id="plain"),
    pytest.param("a &lt; b &amp; c &gt; &quot;", 'a < b & c > "', [], id="named references"),
    pytest.param("&#65;&#x42;&#x1F30D;", "AB🌍", [], id="numbered references"),
    pytest.param("&nbsp; &copy; & &;", "&nbsp; &copy; & &;", [], id="other references stay"),
    pytest.param("<b>x</b><strong>y</strong>", "xy", [entity("bold", 0, 1), entity("bold", 1, 1)], id="bold"),
    pytest.param("<i>a<b>b</b></i>", "ab", [entity("italic", 0, 2), entity("bold", 1, 1)], id="nested"),
    pytest.param("<b><i>x</i></b>", "x", [entity("italic", 0, 1), entity("bold", 0, 1)], id="same place"),
    pytest.param("🌍<u>x</u>", "🌍x", [entity("underline", 2, 1)], id="offsets in UTF-16"),
    pytest.param("<B>x</b>", "x", [entity("bold", 0, 1)], id="capital letters"),
    pytest.param("<b>x</>", "x", [entity("bold", 0, 1)], id="short end tag"),
    pytest.param("<b></b>x", "x", [], id="empty"),
    pytest.param(
        "<s>a</s><del>b</del>",
        "ab",
        [entity("strikethrough", 0, 1), entity("strikethrough", 1, 1)],
        id="struck",
    ),
    pytest.param(
        "<tg-spoiler>a</tg-spoiler><span class='tg-spoiler'>b</span>",
        "ab",
        [entity("spoiler", 0, 1), entity("spoiler", 1, 1)],
        id="spoilers",
    ),
    pytest.param(
        '<a href="https://example.org/?a=1&amp;b=2">x</a>',
        "x",
        [entity("text_link", 0, 1, url="https://example.org/?a=1&b=2")],
        id="link",
    ),
    pytest.param(
        "<a href='example.org'>x</a>",
        "x",
        [entity("text_link", 0, 1, url="http://example.org/")],
        id="bare host",
    ),
    pytest.param("<a href='nonsense'>x</a>", "x", [], id="link to nowhere keeps its words"),
    pytest.param(
        "<a>example.org/x</a>",
        "example.org/x",
        [entity("text_link", 0, 13, url="http://example.org/x")],
        id="link of words",
    ),
    pytest.param("<pre>x</pre>", "x", [entity("pre", 0, 1)], id="pre"),
    pytest.param(
        "<pre><code class='language-sql'>x</code></pre>",
        "x",
        [entity("pre", 0, 1, language="sql")],
        id="code in pre",
    ),
    pytest.param(
        "<code class='language-sql'><pre>x</pre></code>",
        "x",
        [entity("pre", 0, 1, language="sql")],
        id="pre in code",
    ),
    pytest.param("<code><pre>x</pre></code>", "x", [entity("pre", 0, 1)], id="pre in code of no language"),
    pytest.param("<code class='language-sql'>x</code>", "x", [entity("code", 0, 1)], id="language needs pre"),
    pytest.param("<blockquote>x</blockquote>", "x", [entity("blockquote", 0, 1)], id="quote"),
    pytest.param(
        "<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)], id="long quote"
    ),
    pytest.param(
        "<blockquote expandable=''>x</blockquote>",
        "x",
        [entity("expandable_blockquote", 0, 1)],
        id="long quote as XML would have it",
    ),
    pytest.param(
        "<tg-emoji emoji-id='5'>👍</tg-emoji>",
        "👍",
        [entity("custom_emoji", 0, 2, custom_emoji_id="5")],
        id="emoji",
    ),
    pytest.param(
        "<b class=x title = 'y' >x</b >", "x", [entity("bold", 0, 1)], id="attributes that do not matter"
    ),
]


@pytest.mark.parametrize(("source", "text", "marks"), READ)
def test_html_is_read(source, text, marks):
    formatted = entities.parse_html(source)
    assert formatted.text == text
    assert sorted(formatted.entities, key=repr) == sorted(marks, key=repr)


BROKEN = [
    pytest.param("<p>x</p>", 'Unsupported start tag "p" at byte offset 0', id="unknown tag"),
    pytest.param("é<br>", 'Unsupported start tag "br" at byte offset 2', id="offset in bytes"),
    pytest.param("a < b", 'Unsupported start tag "" at byte offset 2', id="bare sign"),
    pytest.param("<b", "Unclosed start tag at byte offset 0", id="cut off"),
    pytest.param("<", "Unclosed start tag at byte offset 0", id="cut off at once"),
    pytest.param("<b>x", 'Can\'t find end tag corresponding to start tag "b"', id="never closed"),
    pytest.param("x</b>", "Unexpected end tag at byte offset 1", id="never opened"),
    pytest.param(
        "<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"', id="crossed"
    ),
    pytest.param("<b>x</b", "Unclosed end tag at byte offset 4", id="end cut off"),
    pytest.param("<b>x</b y>", "Unclosed end tag at byte offset 4", id="end with attribute"),
    pytest.param(
        "<a ='x'>x</a>", 'Empty attribute name in the tag "a" at byte offset 0', id="attribute without name"
    ),
    pytest.param("<a href", 'Unclosed start tag "a" at byte offset 0', id="cut off in name"),
    pytest.param("<a href=", 'Unclosed start tag "a" at byte offset 0', id="cut off before value"),
    pytest.param("<a href='x", "Unclosed start tag at byte offset 0", id="cut off in value"),
    pytest.param(
        "<a href=x/y>x</a>", "Unexpected end of name token at byte offset 8", id="value without quotes"
    ),
    pytest.param(
        "<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0', id="plain span"
    ),
    pytest.param(
        "<tg-emoji emoji-id='x'>x</tg-emoji>", "Invalid custom emoji identifier specified", id="odd emoji"
    ),
]


@pytest.mark.parametrize(("source", "reason"), BROKEN)
def test_broken_html_is_refused(source, reason):
    with pytest.raises(errors.Refusal) as refused:
        entities.parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


@given(st.text())
def test_escaped_text_always_comes_back_whole(text):
    formatted = entities.parse_html(html.escape(text))
    assert formatted.text == text
    assert formatted.entities == []


TREES = st.recursive(
    st.text(max_size=5).map(html.escape),
    lambda inner: st.tuples(
        st.sampled_from(["b", "i", "u", "s", "code", "pre", "blockquote"]), st.lists(inner, max_size=3)
    ).map(lambda tag: f"<{tag[0]}>{''.join(tag[1])}</{tag[0]}>"),
    max_leaves=8,
)


@given(TREES)
def test_entities_lie_inside_the_text_and_never_cross(source):
    formatted = detection.with_detected(detection.trimmed(entities.parse_html(source)))
    length = entities.utf16_length(formatted.text)
    spans = [(mark["offset"], mark["offset"] + mark["length"]) for mark in formatted.entities]
    for begin, end in spans:
        assert 0 <= begin < end <= length
    for begin, end in spans:
        for other_begin, other_end in spans:
            assert not begin < other_begin < end < other_end


@given(st.text(alphabet="<>/&;='\" ab#x1é🌍", max_size=40))
def test_any_text_is_read_or_refused_and_reading_never_adds(source):
    with contextlib.suppress(errors.Refusal):
        assert entities.utf16_length(entities.parse_html(source).text) <= entities.utf16_length(source)


FOUND = [
    pytest.param("/start inv_1", [entity("bot_command", 0, 6)], id="command"),
    pytest.param("try /plan@groundwork_bot now", [entity("bot_command", 4, 20)], id="command with name"),
    pytest.param("and/or 1/2", [], id="no command"),
    pytest.param("see https://example.org/a, then", [entity("url", 4, 21)], id="address without the comma"),
    pytest.param("t.me/x?start=1", [entity("url", 0, 14)], id="bare t.me"),
    pytest.param("write to a.b@example.org", [entity("email", 9, 15)], id="e-mail"),
    pytest.param("ask @ekai_lokol", [entity("mention", 4, 11)], id="mention"),
    pytest.param("#power2 #1", [entity("hashtag", 0, 7)], id="hashtag"),
    pytest.param("🌍 /go", [entity("bot_command", 3, 3)], id="offset in UTF-16"),
]


@pytest.mark.parametrize(("text", "marks"), FOUND)
def test_plain_text_has_entities_too(text, marks):
    assert detection.with_detected(entities.Formatted(text, [])).entities == marks


def test_nothing_is_found_in_code_and_links():
    formatted = entities.parse_html("<code>/start</code> <a href='https://example.org'>/go</a>")
    kinds = [mark["type"] for mark in detection.with_detected(formatted).entities]
    assert kinds == ["code", "text_link"]


def test_white_space_around_a_text_goes_and_entities_move_along():
    formatted = detection.trimmed(entities.parse_html("  <b> x </b>\n"))
    assert formatted == ("x", [entity("bold", 0, 1)])


def test_what_was_marked_in_white_space_alone_goes_with_it():
    formatted = detection.trimmed(entities.parse_html("<b> </b><i>x</i>"))
    assert formatted == ("x", [entity("italic", 0, 1)])
