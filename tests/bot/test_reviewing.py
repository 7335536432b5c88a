"""From what was handed in to a signed version, with a disagreement on the way; and who may do which part of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest

from bot import library, limits
from bot.practice import people
from document_templates import apart, rendering
from flows import nouns
from planning import nouns as plan_nouns
from storage import port, records
from tests.bot import running
from tests.bot.running import data, labels, words

PLAIN = "✓ Approve all that is plain"


@pytest.fixture
async def met(planted: running.Running) -> running.Running:
    """The sample institution, whose people have all opened their chats."""
    for person in (running.OWNER, running.MANAGER, running.EKAI, running.MWENDE):
        await planted.said(planted.person(person), "/start")
    return planted


async def at(bot: running.Running, flow: str, branch: str = "") -> people.Person:
    """The project manager, who looks at a section."""
    manager = bot.person(running.MANAGER)
    section = await bot.section(flow, branch)
    await bot.said(manager, f"/review {section.id}")
    return manager


async def proposed(bot: running.Running, staff: str = "12") -> people.Person:
    """The project manager proposes how many people work at Machakos."""
    manager = await at(bot, "branch_office", "machakos")
    await bot.tapped(manager, "⇄ Propose another answer")
    await bot.tapped(manager, "How many people work at your branch?")
    await bot.said(manager, staff)
    return manager


@pytest.mark.parametrize(
    ("language", "line"),
    [
        pytest.param("English", "Trainer · 2 in the list", id="in English"),
        pytest.param("Français", "Formateur · 2 dans la liste", id="in French"),
        pytest.param("Español", "Capacitador · 2 en la lista", id="in Spanish"),
        pytest.param("Kiswahili", "Mkufunzi · 2 katika orodha", id="in Swahili"),
    ],
)
async def test_how_many_are_in_a_list_is_told_from_the_heading_of_its_second(
    met: running.Running, language: str, line: str
) -> None:
    manager = met.person(running.MANAGER)
    await met.said(manager, "/language")
    await met.tapped(manager, language)
    await at(met, "training_needs")
    said = words(await manager.last_message()).splitlines()
    assert line in said
    assert line.partition(" ")[0] + " 2" in said, "the heading"


async def test_all_that_is_plain_is_approved_at_once_and_nothing_else(met: running.Running) -> None:
    manager = met.person(running.MANAGER)
    shown = await met.said(manager, "/review")
    before = await states(met)
    button = next(label for label in labels(shown) if label.startswith(PLAIN))
    plain = int(button.rpartition("(")[2].rstrip(")"))
    said = words(await met.tapped(manager, button))
    assert f"{plain} sections are approved" in said
    assert PLAIN not in "".join(labels(await manager.last_message()))
    after = await states(met)
    assert sum(after[key] != state for key, state in before.items()) == plain
    # an estimate, something unknown or unusual is left for the eye
    for flow, branch in (("branch_power", "machakos"), ("branch_internet", "machakos")):
        session = await met.session(flow, branch)
        if any(answer.sure is not nouns.Sure.KNOWN for answer in session.answers.values()):
            assert after[flow, branch] == "submitted"


async def test_a_disagreement_from_its_proposal_to_its_decision(met: running.Running) -> None:
    manager = await proposed(met)
    mwende = met.person(running.MWENDE)
    shown = await mwende.last_message()
    assert "12" in words(shown)
    before = (await met.answers("branch_office", "machakos"))["staff_total"]
    assert before != 12, "proposed is not given"
    asked = await met.tapped(mwende, labels(shown)[0])
    assert "12" in words(asked)
    keep = next(label for label in labels(asked) if "sahihi" in label or "right" in label)
    shown = await met.tapped(mwende, keep)
    await met.tapped(mwende, next(label for label in labels(shown) if label.startswith("✓")))
    # both stand: it cannot be approved, the plan says so, and the project manager decides
    shown = await met.said(manager, f"/review {(await met.section('branch_office', 'machakos')).id}")
    assert "✓ Approve" not in labels(shown)
    assert "to be decided" in words(shown)
    assert (await met.answers("branch_office", "machakos"))["staff_total"] == before
    await met.tapped(manager, next(label for label in labels(shown) if label.startswith("⚖")))
    shown = await met.tapped(manager, "12 people")
    assert "✓ Approve" in labels(shown)
    session = await met.session("branch_office", "machakos")
    assert session.answers["staff_total"].value == 12
    assert session.answers["staff_total"].by == str(running.MANAGER)
    assert session.disputes == {}


async def test_what_is_no_answer_is_not_proposed(met: running.Running) -> None:
    manager = await proposed(met, "many")
    assert "number" in words(await manager.last_message())
    assert (await met.session("branch_office", "machakos")).disputes == {}
    assert (await met.section("branch_office", "machakos")).state == "submitted"


async def approved(bot: running.Running) -> people.Person:
    """Everything is approved, by the storage: signing begins."""
    disk = await bot.disk()
    assessment = await bot.assessment()
    sections = await disk.sections(assessment.id)
    await disk.commit(
        [
            *(port.Put(msgspec.structs.replace(section, state="approved")) for section in sections),
            port.Put(msgspec.structs.replace(assessment, state="in_review")),
        ]
    )
    return bot.person(running.MANAGER)


async def named(bot: running.Running, *who: int) -> None:
    """Name who signs."""
    manager = bot.person(running.MANAGER)
    await bot.said(manager, "/sign who")
    for person in who:
        known = await (await bot.disk()).person(person)
        assert known is not None
        await bot.tapped(manager, f"☐ {known.name}")


async def sign(bot: running.Running, person: people.Person) -> str:
    """Sign, and what is said then."""
    await bot.said(person, "/sign")
    shown = await person.last_message()
    await bot.tapped(person, labels(shown)[0])
    return words(await bot.tapped(person, labels(await person.last_message())[0]))


async def test_two_sign_at_the_same_moment_and_the_plan_is_version_one(
    met: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[plan_nouns.SignOff] = []

    async def render(*_: object, sign_off: plan_nouns.SignOff, **__: object) -> bytes:
        made.append(sign_off)
        return b"a plan"

    monkeypatch.setattr(rendering, "render", render)
    manager = await approved(met)
    owner = met.person(running.OWNER)
    await named(met, running.MANAGER, running.OWNER)
    for person in (manager, owner):
        await met.said(person, "/sign")
        await met.tapped(person, "✓ Sign")
    await asyncio.gather(manager.tap("✓ I sign"), owner.tap("✓ I sign"))
    await met.settled()
    assert (await met.assessment()).state == "signed_off"
    disk = await met.disk()
    kinds = [line.kind for line in await disk.sign_offs((await met.assessment()).id)]
    assert kinds == ["named", "named", "signed", "signed", "complete"]
    versions = [file.version for file in await disk.plan_files((await met.assessment()).id)]
    assert versions == ["1.0"]
    (signed,) = made
    assert [one.day for one in signed.signatures] == [running.NOW.date()] * 2


async def test_after_signing_a_change_needs_a_reason_and_begins_a_version(met: running.Running) -> None:
    manager = await approved(met)
    await named(met, running.MANAGER)
    await sign(met, manager)
    assert (await met.assessment()).state == "signed_off"
    # no number and no answer changes without a reason
    assert "are signed" in words(await met.said(manager, "/assume inflation 7"))
    section = await met.section("branch_power", "machakos")
    await met.said(manager, f"/review {section.id}")
    await met.tapped(manager, "↩ Open again with a reason")
    await met.tapped(manager, "The whole section")
    await met.said(manager, "A new generator")
    assert (await met.section("branch_power", "machakos")).state == "returned"
    assert (await met.assessment()).state == "collecting"
    shown = words(await met.said(manager, "/sign"))
    assert "A new generator" in shown
    assert "has not signed" in shown


async def test_a_signature_is_withdrawn(met: running.Running) -> None:
    manager = await approved(met)
    await named(met, running.MANAGER)
    await sign(met, manager)
    await met.tapped(manager, "Withdraw my signature")
    assert "withdrawn" in words(await met.tapped(manager, "Withdraw my signature"))
    assert (await met.assessment()).state == "in_review"


async def test_relieving_the_last_who_has_not_signed_completes_it(met: running.Running) -> None:
    manager = await approved(met)
    await named(met, running.MANAGER, running.OWNER)
    await sign(met, manager)
    assert (await met.assessment()).state == "in_review"
    await met.said(manager, "/sign who")
    owner = await (await met.disk()).person(running.OWNER)
    assert owner is not None
    await met.tapped(manager, f"☑ {owner.name}")
    assert (await met.assessment()).state == "signed_off"


async def test_what_was_opened_again_and_left_as_it_was_is_signed_again(met: running.Running) -> None:
    manager = await approved(met)
    await named(met, running.MANAGER)
    await sign(met, manager)
    await met.said(manager, "/sign")
    await met.tapped(manager, "↩ Open again with a reason")
    await met.said(manager, "The board wants another look")
    assert (await met.assessment()).state == "collecting"
    await sign(met, manager)
    assert (await met.assessment()).state == "signed_off"
    shown = await met.said(manager, "/sign who")
    assert "Version 2.0 was signed by all" in words(shown)
    assert "Who signs" not in labels(shown), "nobody is named to what all have signed"


async def test_who_signed_hears_why_it_is_opened_again_and_who_left_hears_nothing(
    met: running.Running,
) -> None:
    manager = await approved(met)
    owner, ekai = met.person(running.OWNER), met.person(running.EKAI)
    await named(met, running.MANAGER, running.OWNER, running.EKAI)
    for person in (manager, owner, ekai):
        await sign(met, person)
    assert (await met.assessment()).state == "signed_off"
    for membership in await (await met.disk()).memberships(person=running.EKAI):
        await (await met.disk()).commit([port.Remove(membership)])
    since = met.now
    await met.said(manager, "/sign")
    await met.tapped(manager, "↩ Open again with a reason")
    await met.said(manager, "The board wants another look")
    [told] = met.events(owner, since)
    assert "The board wants another look" in words(told["message"])
    assert met.events(ekai, since) == []
    own = [words(event["message"]) for event in met.events(manager, since) if "message" in event]
    assert not any("opened the signed answers" in one for one in own), "nobody is told of their own act"


async def test_the_day_of_a_signature_is_that_of_the_institution(met: running.Running) -> None:
    manager = await approved(met)
    await named(met, running.MANAGER)
    await met.forward_to(running.NOW.replace(hour=22))
    await sign(met, manager)
    assert "signed on 5 March 2031" in words(await met.said(manager, "/sign"))


async def test_behind_the_last_that_waits_the_list_comes_again(met: running.Running) -> None:
    manager = met.person(running.MANAGER)
    sections = await (await met.disk()).sections((await met.assessment()).id)
    order = [flow.id for flow in library.Library.shipped().flows()]
    last = max(
        (one for one in sections if one.branch == "machakos"), key=lambda section: order.index(section.flow)
    )
    shown = await met.said(manager, f"/review {last.id}")
    assert "Next ›" not in labels(shown)
    shown = await met.tapped(manager, "✓ Approve")
    assert "Waiting for review: 26" in words(shown)


async def test_when_all_is_approved_the_way_leads_to_the_sign_off(met: running.Running) -> None:
    manager = await approved(met)
    shown = await met.said(manager, "/review")
    assert "Nobody is named to sign yet" in words(await met.tapped(manager, "Sign-off", message=shown))


async def test_who_left_holds_up_no_signing(met: running.Running) -> None:
    manager = await approved(met)
    await named(met, running.MANAGER, running.EKAI)
    ekai = await (await met.disk()).person(running.EKAI)
    assert ekai is not None
    await met.said(manager, f"/people {running.EKAI}")
    for tap in ("Remove from the assessment", "Nobody for now", "✓ Do it"):
        await met.tapped(manager, tap)
    await sign(met, manager)
    assert "takes part no more" in words(await met.said(manager, "/sign"))
    assert (await met.assessment()).state == "in_review", "whoever leads says so"
    await met.said(manager, "/sign who")
    shown = await met.tapped(manager, f"☑ {ekai.name}")
    assert (await met.assessment()).state == "signed_off"
    assert not [label for label in labels(shown) if ekai.name in label]


async def test_who_is_taken_off_while_the_plan_is_made_gets_none(
    met: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, off = asyncio.Event(), asyncio.Event()

    async def render(*_: object, **__: object) -> bytes:
        begun.set()
        await off.wait()
        return b"a plan"

    monkeypatch.setattr(rendering, "render", render)
    manager, owner = met.person(running.MANAGER), met.person(running.OWNER)
    since = met.now
    await manager.say("/plan")
    await begun.wait()
    await owner.say(f"/people {running.MANAGER}")
    for tap in ("Remove from the assessment", "Nobody for now", "✓ Do it"):
        await owner.wait_for(lambda message, tap=tap: tap in labels(message))
        await owner.tap(tap)
    await owner.wait_for("has no seat")
    off.set()
    await met.settled()
    assert not [event for event in met.events(manager, since) if "document" in event.get("message", {})]


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param("/whatif inflation 8", id="what would change"),
        pytest.param("/dates .ics", id="the dates"),
        pytest.param("/changes 0.1", id="what has changed"),
        pytest.param("Annex for Excel", id="what stands beside the plan"),
    ],
)
async def test_nor_gets_what_comes_of_it(
    met: running.Running, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    begun, off, do = asyncio.Event(), asyncio.Event(), apart.do

    async def late(*given: Any, **how: Any) -> bytes:
        begun.set()
        await off.wait()
        return await do(*given, **how)

    manager, owner = met.person(running.MANAGER), met.person(running.OWNER)
    await met.said(manager, "/plan")
    monkeypatch.setattr(apart, "do", late)
    since = met.now
    await (manager.say(asked) if asked.startswith("/") else manager.tap(asked))
    async with asyncio.timeout(60):
        await begun.wait()
    await owner.say(f"/people {running.MANAGER}")
    for tap in ("Remove from the assessment", "Nobody for now", "✓ Do it"):
        await owner.wait_for(lambda message, tap=tap: tap in labels(message))
        await owner.tap(tap)
    await owner.wait_for("has no seat")
    await manager.wait_for("has taken you off")
    told = [words(event["message"]) for event in met.events(manager, since) if "message" in event]
    off.set()
    await met.settled()
    assert [words(event["message"]) for event in met.events(manager, since) if "message" in event] == told


async def test_nobody_signs_what_is_not_approved(met: running.Running) -> None:
    manager = met.person(running.MANAGER)
    await named(met, running.MANAGER)
    shown = await met.said(manager, "/sign")
    assert "not approved yet" in words(shown)
    assert "✓ Sign" not in labels(shown)


async def test_signing_what_has_changed_meanwhile_is_refused(met: running.Running) -> None:
    manager = await approved(met)
    await named(met, running.MANAGER)
    await met.said(manager, "/sign")
    shown = await met.tapped(manager, "✓ Sign")
    # the owner puts another number in while the manager reads
    await met.said(met.person(running.OWNER), "/assume inflation 7")
    await manager.forge(shown, data(shown, "✓ I sign"))
    await met.settled()
    assert "changed meanwhile" in words(await manager.last_message())
    assert (await met.assessment()).state == "in_review"


@pytest.mark.parametrize("command", ["/sign", "/sign who", "/review"])
async def test_branch_staff_neither_review_nor_sign(met: running.Running, command: str) -> None:
    ekai = met.person(running.EKAI)
    assert "That is for" in words(await met.said(ekai, command))


async def test_who_is_named_may_sign_and_nothing_more(met: running.Running) -> None:
    await approved(met)
    await named(met, running.EKAI)
    ekai = met.person(running.EKAI)
    shown = await met.said(ekai, "/sign who")
    assert "✓ Sign" in labels(shown)
    assert "Who signs" not in labels(shown)
    assert "That is for" in words(await met.said(ekai, "/plan"))


# --- several who lead, at the same time -------------------------------------------------------------------


async def test_what_another_opened_again_meanwhile_is_not_opened_twice(met: running.Running) -> None:
    manager, owner = await approved(met), met.person(running.OWNER)
    await named(met, running.MANAGER)
    await sign(met, manager)
    shown = await met.said(manager, "/sign")
    await met.said(owner, "/sign")
    await met.tapped(owner, "↩ Open again with a reason")
    assert "under 600 characters" in words(await met.said(owner, "x" * 601))
    assert (await met.assessment()).state == "signed_off"
    await met.said(owner, "The board wants another look")
    said = words(await met.tapped(manager, "↩ Open again with a reason", message=shown))
    assert "The board wants another look" in said, "where it stands, and not a question for a reason"


async def test_a_signature_that_counts_no_more_is_not_withdrawn(met: running.Running) -> None:
    manager, owner = await approved(met), met.person(running.OWNER)
    await named(met, running.MANAGER)
    await sign(met, manager)
    await met.said(manager, "/sign")
    asked = await met.tapped(manager, "Withdraw my signature")
    await met.said(owner, "/sign")
    await met.tapped(owner, "↩ Open again with a reason")
    await met.said(owner, "The board wants another look")
    said = words(await met.tapped(manager, "Withdraw my signature", message=asked))
    assert "withdrawn" not in said
    assert "has not signed" in said
    kinds = [line.kind for line in await (await met.disk()).sign_offs((await met.assessment()).id)]
    assert "withdrawn" not in kinds


async def test_who_withdraws_before_all_have_signed_is_told_of_to_who_leads(met: running.Running) -> None:
    manager, ekai = await approved(met), met.person(running.EKAI)
    await named(met, running.EKAI, running.OWNER)
    await sign(met, ekai)
    await met.said(ekai, "/sign")
    await met.tapped(ekai, "Withdraw my signature")
    assert "withdrawn" in words(await met.tapped(ekai, "Withdraw my signature"))
    assert (await met.assessment()).state == "in_review"
    assert "Ekai Lokwang withdrew their signature" in words(await manager.last_message())


async def test_who_was_removed_meanwhile_is_not_named_to_sign(met: running.Running) -> None:
    manager, owner = met.person(running.MANAGER), met.person(running.OWNER)
    await met.said(manager, "/sign who")
    shown = await manager.last_message()
    await met.said(owner, f"/people {running.EKAI}")
    for tap in ("Remove from the assessment", "Nobody for now", "✓ Do it"):
        await met.tapped(owner, tap)
    said = await met.tapped(manager, "☐ Ekai Lokwang", message=shown)
    assert "Nobody is named to sign yet" in words(said)
    assert await (await met.disk()).sign_offs((await met.assessment()).id) == []


async def last_one(bot: running.Running) -> records.Section:
    """All is approved but one section, which is handed in."""
    disk, last = await bot.disk(), await bot.section("branch_power", "machakos")
    sections = await disk.sections(last.assessment)
    others = [msgspec.structs.replace(each, state="approved") for each in sections if each.id != last.id]
    await disk.commit([*map(port.Put, others), port.Put(msgspec.structs.replace(last, waits=False))])
    return last


async def test_with_the_last_approval_everybody_who_signs_is_called(met: running.Running) -> None:
    manager, owner = met.person(running.MANAGER), met.person(running.OWNER)
    await named(met, running.MANAGER, running.OWNER, running.EKAI)
    await met.said(owner, f"/people {running.EKAI}")
    for tap in ("Remove from the assessment", "Nobody for now", "✓ Do it"):
        await met.tapped(owner, tap)
    last = await last_one(met)
    await met.said(manager, f"/review {last.id}")
    since = met.now
    shown = await met.tapped(manager, "✓ Approve")
    assert "Every section of Jitegemea" in words(shown)
    assert (await met.assessment()).state == "in_review"
    told = {
        event["chat_id"] if "chat_id" in event else event["message"]["chat"]["id"]
        for person in (running.MANAGER, running.OWNER, running.EKAI)
        for event in met.events(met.person(person), since)
        if "asks you to sign" in words(event.get("message", {}))
    }
    assert told == {running.OWNER}, "neither who approved it themselves, nor who has left"


@pytest.mark.parametrize("button", ["✓ Approve", "↩ Send back with a remark", "⇄ Propose another answer"])
async def test_a_review_that_another_finished_shows_what_waits(met: running.Running, button: str) -> None:
    manager, owner = await at(met, "branch_power", "machakos"), met.person(running.OWNER)
    shown = await manager.last_message()
    section = await met.section("branch_power", "machakos")
    await met.said(owner, f"/review {section.id}")
    for tap in ("↩ Send back with a remark", "The whole section"):
        await met.tapped(owner, tap)
    await met.said(owner, "Ask the landlord")
    assert "Waiting for review" in words(await met.tapped(manager, button, message=shown))
    kept = await met.section("branch_power", "machakos")
    assert (kept.state, kept.comment) == ("returned", "Ask the landlord")


async def test_of_two_remarks_the_first_goes_with_the_section(met: running.Running) -> None:
    manager, owner = met.person(running.MANAGER), met.person(running.OWNER)
    section = await met.section("branch_power", "machakos")
    for person in (manager, owner):
        await met.said(person, f"/review {section.id}")
        for tap in ("↩ Send back with a remark", "The whole section"):
            await met.tapped(person, tap)
    await met.said(owner, "Ask the landlord")
    assert "Waiting for review" in words(await met.said(manager, "Ask the electrician"))
    assert (await met.section("branch_power", "machakos")).comment == "Ask the landlord"


async def test_what_another_approved_is_not_approved_again(met: running.Running) -> None:
    manager, owner = await at(met, "branch_power", "machakos"), met.person(running.OWNER)
    shown = await manager.last_message()
    await met.said(owner, f"/review {(await met.section('branch_power', 'machakos')).id}")
    await met.tapped(owner, "✓ Approve")
    said = await met.tapped(manager, "✓ Approve", message=shown)
    assert "↩ Open again with a reason" in labels(said)
    assert "✓ Approve" not in labels(said)


# --- two answers to one question --------------------------------------------------------------------------


async def both_stand(
    bot: running.Running, key: str, value: nouns.Value, flow: str = "branch_power"
) -> records.Section:
    """Machakos has handed in this section with another answer proposed beside one of theirs."""
    disk, section = await bot.disk(), await bot.section(flow, "machakos")
    session = await bot.session(flow, "machakos")
    dispute = nouns.Dispute(nouns.Answer(value, by=str(running.OWNER), at=bot.time()), kept=True)
    after = msgspec.structs.replace(session, disputes={key: dispute}, revision=session.revision + 1)
    await disk.commit([port.PutSession(section.id, after, session.revision)])
    return section


async def to_decide(bot: running.Running, flow: str = "branch_power") -> people.Person:
    """The project manager, before both answers."""
    manager = await at(bot, flow, "machakos")
    await bot.tapped(
        manager, next(one for one in labels(await manager.last_message()) if one.startswith("⚖"))
    )
    return manager


async def test_who_stays_with_the_respondents_answer_changes_none(met: running.Running) -> None:
    before = await met.answers("branch_power", "machakos")
    await both_stand(met, "grid_hours", 11.5)
    manager = await to_decide(met)
    since = met.now
    await met.tapped(manager, labels(await manager.last_message())[0])
    assert await met.answers("branch_power", "machakos") == before
    assert (await met.session("branch_power", "machakos")).disputes == {}
    told = [words(one.get("message", {})) for one in met.events(met.person(running.MWENDE), since)]
    assert "Achieng Odhiambo decided." in "".join(told)


async def test_what_hangs_on_the_answer_decided_against_goes_with_it(met: running.Running) -> None:
    before = await met.answers("branch_power", "machakos")
    assert before["longest_cut_hours"]
    await both_stand(met, "cuts_per_week", 0)
    manager = await to_decide(met)
    await met.tapped(
        manager, next(one for one in labels(await manager.last_message()) if one.startswith("0 "))
    )
    session = await met.session("branch_power", "machakos")
    assert session.answers["cuts_per_week"].value == 0
    shown = words(await met.said(manager, f"/review {(await met.section('branch_power', 'machakos')).id}"))
    assert "longest power cut" not in shown


async def test_what_is_asked_on_a_day_is_asked_on_the_day_decided_for(met: running.Running) -> None:
    disk, section = await met.disk(), await met.section("branch_internet", "machakos")
    given = nouns.Answer(0.0, by=str(running.MWENDE), at=met.time())
    day = msgspec.structs.replace(given, value="2031-03-10")
    line, works_again = "links:1/mbps_morning", "links:1/works_again"
    await disk.commit([port.PutAnswer(section.id, line, given), port.PutAnswer(section.id, works_again, day)])
    await both_stand(met, works_again, "2031-03-20", "branch_internet")
    manager = await to_decide(met, "branch_internet")
    await met.tapped(manager, next(one for one in labels(await manager.last_message()) if "20 March" in one))
    [asked] = [row for row in await disk.reminders(section.assessment) if row.kind == "follow_up"]
    assert (asked.key, asked.due_at and asked.due_at.date().isoformat()) == (works_again, "2031-03-21"), (
        "the morning after"
    )


async def is_sent_back(bot: running.Running, section: records.Section) -> None:
    await (await bot.disk()).commit([port.Put(msgspec.structs.replace(section, state="returned"))])


async def is_decided(bot: running.Running, section: records.Section) -> None:
    session = await bot.session("branch_power", "machakos")
    after = msgspec.structs.replace(session, disputes={}, revision=session.revision + 1)
    await (await bot.disk()).commit([port.PutSession(section.id, after, session.revision)])


async def leads_no_more(bot: running.Running, section: records.Section) -> None:
    seat = records.Membership(section.assessment, running.MANAGER, "project_manager")
    other = msgspec.structs.replace(seat, role="specialist")
    await (await bot.disk()).commit([port.Remove(seat), port.Put(other)])


@pytest.mark.parametrize(
    ("meanwhile", "shows"),
    [
        pytest.param(is_sent_back, "Waiting for review", id="another sent it back"),
        pytest.param(is_decided, "Power · Machakos", id="another decided"),
        pytest.param(leads_no_more, "Power · Machakos", id="who may only review now"),
    ],
)
async def test_what_is_not_theirs_to_decide_any_more_stays_as_it_is(
    met: running.Running,
    meanwhile: Callable[[running.Running, records.Section], Awaitable[None]],
    shows: str,
) -> None:
    section = await both_stand(met, "grid_hours", 11.5)
    manager = await to_decide(met)
    shown = await manager.last_message()
    await meanwhile(met, section)
    before = await met.session("branch_power", "machakos")
    assert shows in words(await met.tapped(manager, labels(shown)[1], message=shown))
    assert await met.session("branch_power", "machakos") == before


async def test_a_disagreement_over_what_is_asked_no_more_is_over(met: running.Running) -> None:
    section = await both_stand(met, "longest_cut_hours", 0.5)
    manager = await at(met, "branch_power", "machakos")
    shown = await manager.last_message()
    disk, session = await met.disk(), await met.session("branch_power", "machakos")
    none = msgspec.structs.replace(session.answers["cuts_per_week"], value=0)
    after = msgspec.structs.replace(session, revision=session.revision + 1)
    await disk.commit(
        [
            port.PutSession(section.id, after, session.revision),
            port.PutAnswer(section.id, "cuts_per_week", none),
        ]
    )
    face = next(one for one in labels(shown) if one.startswith("⚖"))
    said = await met.tapped(manager, face, message=shown)
    assert (await met.session("branch_power", "machakos")).disputes == {}
    assert "✓ Approve" in labels(said)


async def test_a_long_section_is_read_page_by_page(
    met: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SHORT_MESSAGE_UNITS", 300)
    manager = await at(met, "branch_power", "machakos")
    first = words(await manager.last_message())
    assert "‹ Earlier" not in labels(await manager.last_message())
    second = await met.tapped(manager, "More ›")
    assert not set(filter(None, words(second).splitlines()[1:])) & set(first.splitlines()[1:])
    assert words(await met.tapped(manager, "‹ Earlier")) == first


# --- what goes back ---------------------------------------------------------------------------------------


async def test_a_remark_is_short(met: running.Running) -> None:
    manager = await at(met, "branch_power", "machakos")
    await met.tapped(manager, "↩ Send back with a remark")
    await met.tapped(manager, "The whole section")
    assert "under 600 characters" in words(await met.said(manager, "x" * 601))
    assert (await met.section("branch_power", "machakos")).state == "submitted"
    assert "went back to Mwende Mutua" in words(await met.said(manager, "x" * 600))


async def test_a_choice_is_proposed_by_a_tap(met: running.Running) -> None:
    manager = await at(met, "branch_power", "machakos")
    asked = await met.tapped(manager, "⇄ Propose another answer")
    shown = await met.tapped(manager, next(one for one in labels(asked) if one.startswith("Do the lights")))
    now = (await met.answers("branch_power", "machakos"))["voltage_swings"]
    other = {"yes": "No", "no": "Yes"}[str(now)]
    assert {"Yes", "No"} <= set(labels(shown))
    await met.tapped(manager, other)
    assert (await met.answers("branch_power", "machakos"))["voltage_swings"] == now
    dispute = (await met.session("branch_power", "machakos")).disputes["voltage_swings"]
    assert (dispute.proposed.value, dispute.proposed.by) == (other.lower(), str(running.MANAGER))


async def test_no_answer_is_proposed_to_what_is_asked_no_more(met: running.Running) -> None:
    manager = await at(met, "branch_power", "machakos")
    shown = await met.tapped(manager, "⇄ Propose another answer")
    face = next(one for one in labels(shown) if one.startswith("In the last three months"))
    section, session = (
        await met.section("branch_power", "machakos"),
        await met.session("branch_power", "machakos"),
    )
    none = msgspec.structs.replace(session.answers["cuts_per_week"], value=0)
    after = msgspec.structs.replace(session, revision=session.revision + 1)
    await (await met.disk()).commit(
        [
            port.PutSession(section.id, after, session.revision),
            port.PutAnswer(section.id, "cuts_per_week", none),
        ]
    )
    said = await met.tapped(manager, face, message=shown)
    assert "Which answer is it about?" in words(said)
    assert face not in labels(said)


async def test_of_a_list_each_answer_can_be_meant_and_no_heading(met: running.Running) -> None:
    manager = await at(met, "branch_internet", "machakos")
    lines = words(await manager.last_message())
    shown = await met.tapped(manager, "↩ Send back with a remark")
    assert "What kind of line is it?" in labels(shown)
    heading = next(line for line in lines.splitlines()[1:] if line and "?" not in line)
    assert heading not in labels(shown)


@pytest.mark.parametrize("way", ["a remark", "another answer"])
async def test_what_nobody_answers_for_goes_back_to_nobody(met: running.Running, way: str) -> None:
    manager, since = met.person(running.MANAGER), met.now
    await met.said(manager, f"/people {running.MWENDE}")
    for tap in ("Remove from the assessment", "Nobody for now", "✓ Do it"):
        await met.tapped(manager, tap)
    if way == "a remark":
        await at(met, "branch_office", "machakos")
        await met.tapped(manager, "↩ Send back with a remark")
        await met.tapped(manager, "The whole section")
        said = await met.said(manager, "Count again")
    else:
        await proposed(met)
        said = await manager.last_message()
    section = await met.section("branch_office", "machakos")
    assert (section.state, section.owner) == ("returned", None)
    assert "went back to nobody" in words(said)
    told = "".join(words(one.get("message", {})) for one in met.events(met.person(running.MWENDE), since))
    assert "Count again" not in told
    assert "12" not in told


async def test_a_section_that_nobody_began_is_shown_empty(met: running.Running) -> None:
    manager = await at(met, "branch_internet", "lodwar")
    shown = await manager.last_message()
    assert "Ekai Lokwang" in words(shown)
    assert "✓ Approve" not in labels(shown)


async def states(bot: running.Running) -> dict[tuple[str, str], str]:
    """The state of every section."""
    found = await (await bot.disk()).sections((await bot.assessment()).id)
    return {(section.flow, section.branch): section.state for section in found}
