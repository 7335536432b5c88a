"""In groups and channels: work is done in private, the digest is counts, and only where a leader linked it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from bot.people import groups as groups_
from bot.practice import circles, people
from flows import nouns
from storage import port, records
from tests.bot import running
from tests.bot.running import labels, words

LINKED = "Everybody here may send /digest"
PRIVATE = "I work in private chats only"
NAMES = ("Wanjiru", "Achieng", "Ekai", "Mwende")


@pytest.fixture
async def group(planted: running.Running) -> people.Group:
    """A group of the sample institution's people, to which its manager has added the bot."""
    for person in (running.MANAGER, running.OWNER, running.EKAI):
        await planted.said(planted.person(person), "/start")
    made = await people.Group.made(planted.telegram, "Field <team>")
    await made.add_bot(planted.person(running.MANAGER))
    await planted.settled()
    return made


@pytest.mark.parametrize(
    ("chat", "found"),
    [
        pytest.param(-2, [(-1, "Board"), (-2, "Staff")], id="another stands beside the first"),
        pytest.param(-1, [(-1, "Staff")], id="the same under its new name takes its own place"),
    ],
)
def test_a_group_is_linked_beside_the_others(chat: int, found: list[tuple[int, str]]) -> None:
    institution = nouns.Institution("Umoja", country="KE", currency="KES", timezone="Africa/Nairobi")
    before = records.Assessment("a", institution, groups=(records.Group(-1, "Board"),))
    after = groups_.linked(before, records.Group(chat, "Staff"))
    assert [(one.chat, one.title) for one in after.groups] == found
    assert groups_.unlinked(after, chat).groups == after.groups[:-1]


async def heard(bot: running.Running, group: people.Group, person: int, text: str) -> str:
    """What the bot says on somebody's words in a group; nothing where it is silent."""
    before = len(await group.said())
    await group.say(bot.person(person), text)
    await bot.settled()
    return "\n".join((await group.said())[before:])


async def linked(bot: running.Running) -> list[int]:
    return [group.chat for group in (await bot.assessment()).groups]


async def test_it_says_what_it_is_when_it_comes(planted: running.Running, group: people.Group) -> None:
    [said] = await group.said()
    assert "I work in private chats" in said
    await group.promote(planted.person(running.MANAGER))
    await planted.settled()
    assert len(await group.said()) == 1, "being made an administrator changes nothing"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        pytest.param("/status", PRIVATE, id="a command"),
        pytest.param("/start", PRIVATE, id="start"),
        pytest.param("/status@{bot}", PRIVATE, id="a command to this bot"),
        pytest.param("/status@{BOT}", PRIVATE, id="in capitals"),
        pytest.param("@{bot} how far are we?", PRIVATE, id="its name"),
        pytest.param("/status@other_bot", "", id="a command to another bot"),
        pytest.param("/weather Nairobi", "", id="a command that this bot does not have"),
        pytest.param("/weather@{bot}", PRIVATE, id="one that it does not have, sent to it by name"),
        pytest.param("good morning", "", id="people among themselves"),
        pytest.param("/digest", "No assessment is linked", id="the digest of nothing"),
    ],
)
async def test_it_works_in_private(
    planted: running.Running, group: people.Group, text: str, answer: str
) -> None:
    name = next(iter(planted.world.state.bots.values())).username
    typed = text.replace("{bot}", name).replace("{BOT}", name.upper())
    said = await heard(planted, group, running.EKAI, typed)
    assert said.startswith(answer) if answer else said == ""
    assert "Jitegemea" not in said


async def test_a_leader_links_and_anybody_sees_counts_only(
    planted: running.Running, group: people.Group
) -> None:
    said = await heard(planted, group, running.MANAGER, "/link")
    assert LINKED in said
    assert await linked(planted) == [group.id]
    told = words(await planted.person(running.OWNER).last_message())
    assert "linked the group Field <team>" in told
    stranger = await planted.newcomer("Barasa")
    digest = await heard(planted, group, stranger.id, "/digest")
    assert "questions are answered" in digest
    assert not any(name in digest for name in NAMES)
    assert "Lodwar" not in digest
    assert await (await planted.disk()).person(stranger.id) is None, "nothing is kept of who asks"


@pytest.mark.parametrize("command", ["/link", "/unlink"])
@pytest.mark.parametrize("who", ["branch staff", "a stranger", "another institution's manager"])
async def test_only_its_leaders_link_and_unlink(
    planted: running.Running, group: people.Group, who: str, command: str
) -> None:
    assessment = await planted.assessment()
    await heard(planted, group, running.MANAGER, "/link")
    person = planted.person(running.EKAI)
    if who != "branch staff":
        person = await planted.newcomer("Nekesa")
    if who.startswith("another"):
        tokens = await planted.created("Nuru")
        await planted.joined(person, tokens["Project manager"])
    said = await heard(planted, group, person.id, command)
    assert "for whoever leads" in said
    kept = await (await planted.disk()).assessment(assessment.id)
    assert kept is not None
    assert [one.chat for one in kept.groups] == [group.id]


async def test_another_leader_links_a_free_group_to_their_own(
    planted: running.Running, group: people.Group
) -> None:
    tokens = await planted.created("Nuru")
    nekesa = await planted.newcomer("Nekesa")
    await planted.joined(nekesa, tokens["Project manager"])
    assert "Nuru" in await heard(planted, group, nekesa.id, "/link")
    digest = await heard(planted, group, running.EKAI, "/digest")
    assert "Nuru" in digest
    assert "Jitegemea" not in digest


async def test_the_button_in_private_links_at_once(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    shown = await planted.said(manager, "/digest")
    assert "No group may ask" in words(shown)
    [url] = [b["url"] for b in people.buttons(shown) if "url" in b]
    assert url.endswith("?startgroup=link")
    made = await people.Group.made(planted.telegram, "Branches")
    await made.add_bot(manager, "link")
    await planted.settled()
    assert LINKED in (await made.said())[-1]
    shown = await planted.said(manager, "/digest")
    assert "One group may ask for this: Branches" in words(shown)
    assert "Unlink: Branches" in labels(shown)
    await planted.tapped(manager, "Unlink: Branches")
    assert "No assessment is linked" in await heard(planted, made, running.EKAI, "/digest")


async def test_a_supergroup_stays_linked(planted: running.Running, group: people.Group) -> None:
    await heard(planted, group, running.MANAGER, "/link")
    new = await group.migrate(planted.person(running.MANAGER))
    await planted.settled()
    assert await linked(planted) == [new.id]
    assert "questions are answered" in await heard(planted, new, running.EKAI, "/digest")


async def test_what_was_on_its_way_follows_a_group(planted: running.Running, group: people.Group) -> None:
    await planted.telegram.faults({"method": "sendMessage", "code": 429, "retry_after": 1, "times": 1})
    await group.say(planted.person(running.EKAI), "/status")
    new = await group.migrate(planted.person(running.MANAGER))
    await planted.settled()
    assert any(PRIVATE in said for said in await new.said())


async def test_thrown_out_it_is_unlinked_and_leaders_hear(
    planted: running.Running, group: people.Group
) -> None:
    await heard(planted, group, running.MANAGER, "/link")
    await group.throw_out(planted.person(running.EKAI))
    await planted.settled()
    assert await linked(planted) == []
    assert "I am in the group Field <team> no more" in words(
        await planted.person(running.MANAGER).last_message()
    )


async def test_a_group_that_shuts_it_out_is_unlinked(planted: running.Running, group: people.Group) -> None:
    await heard(planted, group, running.MANAGER, "/link")
    bot_id = next(iter(planted.world.state.bots))
    planted.world.chat(bot_id, group.id).blocked = True
    since = planted.now
    await group.say(planted.person(running.EKAI), "/digest")
    await planted.settled()
    assert await linked(planted) == []
    # the word that it was removed may come behind the refusal
    await group.throw_out(planted.person(running.EKAI))
    await planted.settled()
    for leader in (running.MANAGER, running.OWNER):
        told = [words(event["message"]) for event in planted.events(planted.person(leader), since)]
        assert told == [
            "I am in the group Field <team> no more; it is not linked to Jitegemea Credit Scheme any longer."
        ], "once, whichever came first"


async def test_a_group_that_moves_on_and_on_is_followed_once(
    planted: running.Running, group: people.Group
) -> None:
    planted.world.state.groups[group.id].moved_to = group.id
    await group.say(planted.person(running.EKAI), "/status")
    await planted.settled()
    assert (await planted.logs.wait_for("message refused in a group"))["level"] == "warning"


MUTED = "Bad Request: not enough rights to send text messages to the chat"


@pytest.mark.parametrize("known", [pytest.param(False, id="a stranger's"), pytest.param(True, id="linked")])
async def test_what_a_group_does_not_let_it_write_is_no_fault_of_the_bot(
    planted: running.Running, group: people.Group, *, known: bool
) -> None:
    if known:
        await heard(planted, group, running.MANAGER, "/link")
    await planted.telegram.faults(
        {"method": "sendMessage", "code": 400, "description": MUTED, "times": 1}, rate_limits=False
    )
    await heard(planted, group, (await planted.newcomer("Barasa")).id, "/digest")
    line = await planted.logs.wait_for("message refused in a group")
    assert line["level"] == "warning"
    assert "Not enough rights" in line["reason"]
    assert planted.logs.errors() == []
    assert await linked(planted) == ([group.id] if known else [])
    assert "No assessment is linked" in await heard(planted, group, running.EKAI, "/digest") or known


async def queued(bot: running.Running, kind: str, content: dict[str, Any]) -> None:
    """Let the bot get an update as Telegram sends it."""
    bot.world.queue(next(iter(bot.world.state.bots.values())), kind, content)
    await bot.settled()


ANONYMOUS = {
    "id": 1087968824,  # as Telegram numbers it in every group
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


def message(group: people.Group, text: str, sender: dict[str, Any], **more: Any) -> dict[str, Any]:
    chat = {"id": group.id, "type": "supergroup", "title": "Field <team>"}
    return {"message_id": 900, "date": 0, "chat": chat, "from": sender, "text": text, **more}


async def test_an_anonymous_administrator_asks_but_does_not_link(
    planted: running.Running, group: people.Group
) -> None:
    await queued(
        planted,
        "message",
        message(group, "/link", ANONYMOUS, sender_chat={"id": group.id, "type": "supergroup", "title": "x"}),
    )
    assert "while you stay anonymous" in (await group.said())[-1]
    assert await linked(planted) == []
    await heard(planted, group, running.MANAGER, "/link")
    await queued(planted, "message", message(group, "/unlink", ANONYMOUS))
    assert await linked(planted) == [group.id]
    await queued(planted, "message", message(group, "/digest", ANONYMOUS))
    assert "questions are answered" in (await group.said())[-1]
    assert await (await planted.disk()).person(ANONYMOUS["id"]) is None


CHANNEL = {"id": -1001, "type": "channel", "title": "News"}


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        pytest.param("channel_post", {"chat": CHANNEL}, id="a post in a channel"),
        pytest.param(
            "message", {"is_automatic_forward": True, "sender_chat": CHANNEL}, id="a post that is discussed"
        ),
        pytest.param(
            "message", {"from": {"id": 136817688, "is_bot": True, "first_name": "Channel"}}, id="as a channel"
        ),
        pytest.param("message", {"from": {"id": 55, "is_bot": True, "first_name": "Bot"}}, id="another bot"),
        pytest.param("edited_channel_post", {"chat": CHANNEL}, id="a post that was changed"),
    ],
)
async def test_posts_are_answered_by_nobody(
    planted: running.Running, group: people.Group, kind: str, more: dict[str, Any]
) -> None:
    before = await group.said()
    sender = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    await queued(planted, kind, message(group, "/digest", sender, **more))
    assert await group.said() == before


async def test_being_added_to_a_channel_is_met_with_silence(planted: running.Running) -> None:
    user = {"id": 1, "is_bot": True, "first_name": "b"}
    sender = {"id": running.MANAGER, "is_bot": False, "first_name": "A"}
    change = {"chat": CHANNEL, "from": sender, "date": 0, "old_chat_member": {"status": "left", "user": user},
              "new_chat_member": {"status": "administrator", "user": user, **circles.WITH["administrator"]}}  # fmt: skip
    await queued(planted, "my_chat_member", change)
    assert planted.logs.errors() == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        pytest.param("fr", "compte", id="French"),
        pytest.param("es", "recuento", id="Spanish"),
        pytest.param("sw", "hesabu", id="Swahili"),
    ],
)
async def test_it_speaks_the_language_of_whoever_speaks(
    planted: running.Running, group: people.Group, language: str, said: str
) -> None:
    leader = planted.person(running.MANAGER)
    await planted.said(leader, f"/language {language}")
    answer = await heard(planted, group, running.MANAGER, "/link")
    assert said in answer.lower()


async def test_only_leaders_see_the_groups_in_private(planted: running.Running) -> None:
    assert "That is for" in words(await planted.said(planted.person(running.EKAI), "/digest"))


# --- several groups, several institutions -----------------------------------------------------------------


async def test_a_leader_unlinks_a_group_where_it_is(planted: running.Running, group: people.Group) -> None:
    await heard(planted, group, running.MANAGER, "/link")
    assert "linked to no assessment any more" in await heard(planted, group, running.MANAGER, "/unlink")
    assert await linked(planted) == []
    assert PRIVATE in await heard(planted, group, running.MANAGER, "/unlink"), "there is nothing to unlink"


async def test_a_group_shows_the_institution_that_its_leader_linked_last(
    planted: running.Running, group: people.Group
) -> None:
    first = await planted.assessment()
    owner = planted.person(running.OWNER)
    await heard(planted, group, running.OWNER, "/link")
    await planted.created("Nuru")
    assert "Nuru" in await heard(planted, group, running.OWNER, "/link")
    assert await linked(planted) == [group.id]
    kept = await (await planted.disk()).assessment(first.id)
    assert kept is not None
    assert kept.groups == ()
    assert "linked the group Field <team> to Nuru" in words(await owner.last_message())


async def full(bot: running.Running, *chats: int) -> None:
    """As many groups are linked as may be, these among them."""
    assessment = await bot.assessment()
    numbers = [*chats, *range(-900, -900 + groups_.MOST - len(chats))]
    made = tuple(records.Group(number, f"Group {number}") for number in numbers)
    await (await bot.disk()).commit([port.Put(msgspec.structs.replace(assessment, groups=made))])


async def test_no_more_groups_than_anybody_watches(planted: running.Running, group: people.Group) -> None:
    await full(planted)
    assert "may have 10 groups" in await heard(planted, group, running.MANAGER, "/link")
    assert group.id not in await linked(planted)
    shown = await planted.said(planted.person(running.MANAGER), "/digest")
    assert [label for label in labels(shown) if label.startswith("Unlink")]
    assert "+ Let a group ask for it" not in labels(shown)
    await planted.tapped(planted.person(running.MANAGER), "Unlink: Group -900")
    assert LINKED in await heard(planted, group, running.MANAGER, "/link")


async def test_one_of_many_is_linked_anew_under_its_new_name(
    planted: running.Running, group: people.Group
) -> None:
    await full(planted, group.id)
    assert LINKED in await heard(planted, group, running.MANAGER, "/link")
    assert len(await linked(planted)) == groups_.MOST


async def test_what_another_has_unlinked_is_simply_gone(
    planted: running.Running, group: people.Group
) -> None:
    await heard(planted, group, running.MANAGER, "/link")
    manager, owner = planted.person(running.MANAGER), planted.person(running.OWNER)
    shown = await planted.said(manager, "/digest")
    await planted.said(owner, "/digest")
    await planted.tapped(owner, "Unlink: Field <team>")
    said = await planted.tapped(manager, "Unlink: Field <team>", message=shown)
    assert "No group may ask" in words(said)


async def test_of_a_group_that_was_linked_to_nothing_nobody_hears(
    planted: running.Running, group: people.Group
) -> None:
    manager, since = planted.person(running.MANAGER), planted.now
    await group.throw_out(planted.person(running.EKAI))
    await planted.settled()
    assert planted.events(manager, since) == []


# --- topics ------------------------------------------------------------------------------------------------


async def test_a_command_in_a_topic_is_answered_there(planted: running.Running, group: people.Group) -> None:
    ekai = planted.person(running.EKAI)
    await group.open_topic(ekai, 77)
    for command in ("/digest", "/status"):
        await group.say(ekai, command, topic=77)
        await planted.settled()
        assert (await group.messages())[-1]["message_thread_id"] == 77
    await group.close_topic(ekai, 77)
    before = await group.said()
    await group.say(ekai, "/digest", topic=77)
    await planted.settled()
    assert await group.said() == before
    assert planted.logs.errors() == [], "who closed the topic wants it so"


async def test_a_thread_of_replies_is_no_topic(planted: running.Running, group: people.Group) -> None:
    sender = {"id": running.EKAI, "is_bot": False, "first_name": "Ekai"}
    await queued(planted, "message", message(group, "/status", sender, message_thread_id=5))
    assert PRIVATE in (await group.said())[-1]
    assert "message_thread_id" not in (await group.messages())[-1]


@pytest.mark.parametrize(
    ("is_member", "left"), [pytest.param(True, False, id="still in"), pytest.param(False, True, id="gone")]
)
async def test_who_is_restricted_may_be_in_the_group_or_not(
    planted: running.Running, group: people.Group, *, is_member: bool, left: bool
) -> None:
    await heard(planted, group, running.MANAGER, "/link")
    user = {"id": 1, "is_bot": True, "first_name": "b"}
    change = {
        "chat": {"id": group.id, "type": "supergroup", "title": "x"},
        "from": {"id": running.MANAGER, "is_bot": False, "first_name": "A"},
        "date": 0,
        "old_chat_member": {"status": "member", "user": user},
        "new_chat_member": {"status": "restricted", "user": user, "is_member": is_member},
    }
    await queued(planted, "my_chat_member", change)
    assert await linked(planted) == ([] if left else [group.id])
