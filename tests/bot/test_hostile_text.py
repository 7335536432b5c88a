"""Whatever people call themselves, their institution and their branches, it is read as they wrote it.

The local Telegram refuses what Telegram refuses: a message whose markup is broken would be an error in the log.
"""

from __future__ import annotations

import pytest

from tests.bot import running
from tests.bot.running import labels, words

NAMES = [
    pytest.param("<b>Nuru</b> & <Sons>", id="markup"),
    pytest.param('<a href="tg://user?id=1">free money</a>', id="a link"),
    pytest.param("Nuru</blockquote></b></i>", id="closing tags"),
    pytest.param("&lt;b&gt; &amp;amp; &#0; &unknown;", id="entities"),
    pytest.param("*Nuru* _of_ [Kenya](http://x.test) `code`", id="Markdown"),
    pytest.param("{{ 7*191 }} {% for x in y %} {0.__class__} %s $name", id="templates"),
    pytest.param("صندوق نور \u202eelpmas", id="right to left"),
    pytest.param("👩‍👩‍👧‍👦🏳️‍🌈🇰🇪", id="joined emoji"),
    pytest.param("Z" + "\u0301" * 40, id="marks piled up"),
    pytest.param("/plan", id="a command"),
    pytest.param("'; DROP TABLE answers; --", id="SQL"),
]


@pytest.mark.parametrize("name", NAMES)
async def test_names(bot: running.Running, name: str) -> None:
    owner = bot.person(running.OWNER)
    await owner.say("/new")
    await bot.settled()
    shown = await bot.said(owner, name)
    if name.startswith("/"):
        # a command is a command, whatever was asked
        assert "Which country" not in words(shown)
        return
    assert "Which country" in words(shown)
    await bot.said(owner, "KE")
    await bot.said(owner, name)
    shown = await bot.tapped(owner, "Not decided")
    assert _plain(name) in _plain(words(shown))
    await bot.tapped(owner, "✓ Create")
    links = await bot.links_made(owner)
    seat = next(seat for seat in links if "Branch manager" in seat)
    somebody = await bot.newcomer(name[:60])
    await bot.joined(somebody, links[seat])
    assert _plain(name) in _plain(words(await bot.said(somebody, "/tasks")))
    status = words(await bot.said(owner, "/status"))
    assert _plain(name) in _plain(status)
    assert "1337" not in status
    people = " ".join(labels(await bot.said(owner, "/people")))
    assert "\u202e" not in status + people, "it would turn round what stands behind the name"
    for command in ("/review", "/invite", "/mydata", "/plan", "/help", "/tasks"):
        await bot.said(owner, command)
        await bot.said(somebody, command)


@pytest.mark.parametrize(
    "answer",
    [
        *NAMES[:-2],
        pytest.param("W" * 4096, id="as long as Telegram sends"),
        pytest.param("&" * 4096, id="five times as long when escaped"),
        pytest.param("\n" * 2000 + "x", id="line breaks"),
        pytest.param("👩‍👩‍👧‍👦" * 350, id="thousands of units of UTF-16"),
    ],
)
async def test_answers_come_back_as_they_were_written(planted: running.Running, answer: str) -> None:
    ekai = planted.person(running.EKAI)
    await planted.said(ekai, "/tasks")
    shown = await planted.tapped(ekai, "Your branch · Lodwar")
    shown = await planted.said(ekai, answer)
    assert labels(shown), "a number was asked, and is still asked"
    assert "1337" not in words(shown)
    assert await planted.answers("branch_office", "lodwar") == {}
    await planted.said(ekai, "/pause")
    for command in ("/status", "/mydata", "/tasks"):
        await planted.said(ekai, command)


def _plain(text: str) -> str:
    """Without what a messenger does not show or puts on one line."""
    return "".join(c for c in text if c.isprintable() and not c.isspace())
