"""/template: a Word template of the institution's own, from the file to the plan, and back to ours."""

from __future__ import annotations

import pytest

from bot.documents import templates
from document_templates import errors, findings, rendering
from storage import records
from tests.bot import running
from tests.bot.running import JSON, labels, words
from tests.document_templates import templates as made

GOOD = made.made("{{ institution.name }}")


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[bytes | None]:
    """The templates that were rendered; each makes a small document."""
    used: list[bytes | None] = []

    async def render(*_: object, template: bytes | None = None, **__: object) -> bytes:
        used.append(template)
        return GOOD

    monkeypatch.setattr(rendering, "render", render)
    return used


@pytest.fixture
async def planted(planted: running.Running, rendered: list[bytes | None]) -> running.Running:
    return planted


async def sent(bot: running.Running, content: bytes, name: str = "ours.docx") -> JSON:
    """A template sent behind /template, and the last that comes back."""
    manager = bot.person(running.MANAGER)
    await bot.said(manager, "/template")
    return await bot.after(manager, manager.send_file(name, content))


async def kept(bot: running.Running, state: str) -> records.Template | None:
    return await (await bot.disk()).template((await bot.assessment()).id, state)


async def test_a_template_is_shown_before_it_is_taken(
    planted: running.Running, rendered: list[bytes | None]
) -> None:
    manager = planted.person(running.MANAGER)
    assert "made with our template" in words(await planted.said(manager, "/template"))
    shown = await planted.after(manager, manager.send_file("ours.docx", GOOD))
    assert labels(shown) == ["✓ Use it", "Leave as it was"]
    assert "sample institution" in words(shown)
    assert (await manager.download(shown)) == GOOD
    assert rendered == [GOOD]
    assert await kept(planted, templates.USED) is None

    assert "made with ours.docx" in words(await planted.tapped(manager, "✓ Use it"))
    used = await kept(planted, templates.USED)
    assert used is not None
    assert (used.body, used.name, used.sent_by) == (GOOD, "ours.docx", running.MANAGER)
    assert await kept(planted, templates.PROPOSED) is None

    await planted.said(manager, "/plan")
    assert rendered == [GOOD, GOOD]


async def test_who_leads_goes_back_to_ours(planted: running.Running, rendered: list[bytes | None]) -> None:
    manager, owner = planted.person(running.MANAGER), planted.person(running.OWNER)
    await sent(planted, GOOD)
    await planted.tapped(manager, "✓ Use it")
    shown = await planted.said(owner, "/template")
    assert "ours.docx, which Achieng" in words(shown)
    assert "made with our template again" in words(await planted.tapped(owner, "Go back to yours"))
    assert await kept(planted, templates.USED) is None
    rendered.clear()
    await planted.said(owner, "/plan")
    assert rendered == [None]


async def test_a_template_may_be_left(planted: running.Running) -> None:
    await sent(planted, GOOD)
    told = await planted.tapped(planted.person(running.MANAGER), "Leave as it was")
    assert "All is as it was" in words(told)
    assert await kept(planted, templates.PROPOSED) is None
    assert await kept(planted, templates.USED) is None


async def test_ours_is_handed_out_to_start_from(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    await planted.said(manager, "/template")
    message = await planted.tapped(manager, "Send me yours to start from")
    content = await manager.download(message)
    assert content == rendering.STANDARD_TEMPLATE.read_bytes()
    assert await rendering.check(content) == []


async def test_mistakes_come_back_once_each(planted: running.Running) -> None:
    said = words(await sent(planted, made.made("Dear {{ institution.nmae }},", footer="{% if risks %}")))
    assert "ours.docx cannot be used yet" in said
    assert said.count("•") == 2
    assert (
        "Text, in “Dear {{ institution.nmae }},”: there is no field institution.nmae. Did you mean institution.name?"
        in said
    )
    assert "Footer, in “{% if risks %}”: “{% if risks %}” is never closed." in said
    assert await kept(planted, templates.PROPOSED) is None


async def test_many_mistakes_are_counted(planted: running.Running) -> None:
    body = "\n".join(f"{{{{ nothing_{number} }}}}" for number in range(12))
    said = words(await sent(planted, made.made(body)))
    assert said.count("•") == 9
    assert "and 4 things more" in said


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param("ours.doc", b"x", "as a Word document (.docx)", id="another ending"),
        pytest.param("ours.docx", b"x", "is not a Word document", id="another file"),
        pytest.param("ours.docx", made.with_part("word/vbaProject.bin", b"x"), "holds a macro", id="macros"),
    ],
)
async def test_what_is_no_template_is_refused(
    planted: running.Running, name: str, content: bytes, said: str
) -> None:
    assert said in words(await sent(planted, content, name))
    assert await kept(planted, templates.PROPOSED) is None


async def test_a_preview_that_fails_changes_nothing(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def render(*_: object, **__: object) -> bytes:
        raise errors.TemplateError(findings.Finding("memory"))

    monkeypatch.setattr(rendering, "render", render)
    said = words(await sent(planted, GOOD))
    assert "The preview could not be made. The template needs more memory" in said
    assert await kept(planted, templates.PROPOSED) is None


async def test_a_template_that_no_longer_works_says_the_way_back(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = planted.person(running.MANAGER)
    await sent(planted, GOOD)
    await planted.tapped(manager, "✓ Use it")

    async def render(*_: object, **__: object) -> bytes:
        raise errors.TemplateError(findings.Finding("memory"))

    monkeypatch.setattr(rendering, "render", render)
    planted.logs.tolerated.add("plan not rendered")
    assert "Send /template to go back to ours" in words(await planted.said(manager, "/plan"))


async def test_the_button_of_an_older_preview_takes_nothing(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    older = await sent(planted, GOOD)
    await sent(planted, made.made("{{ document.title }}"), "newer.docx")
    shown = await planted.tapped(manager, "✓ Use it", message=older)
    assert "made with our template" in words(shown)
    assert await kept(planted, templates.USED) is None


async def test_who_does_not_lead_may_not(planted: running.Running) -> None:
    told = await planted.said(planted.person(running.EKAI), "/template use x")
    assert "made with" not in words(told)
    assert await kept(planted, templates.USED) is None


async def test_a_restart_in_the_middle_loses_nothing(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    await sent(planted, GOOD)
    await planted.stop()
    await planted.start()
    assert "made with ours.docx" in words(await planted.tapped(manager, "✓ Use it"))


async def test_words_are_answered_with_what_is_waited_for(planted: running.Running) -> None:
    manager = planted.person(running.MANAGER)
    shown = await planted.said(manager, "/template")
    answered = await planted.said(manager, "here it is")
    assert "send me the template as a Word file" in words(answered)
    assert answered["message_id"] > shown["message_id"]


async def test_of_two_who_lead_the_one_behind_is_shown_what_is_in_use(planted: running.Running) -> None:
    manager, owner = planted.person(running.MANAGER), planted.person(running.OWNER)
    shown = await sent(planted, GOOD)
    await planted.said(owner, "/template")
    await planted.after(owner, owner.send_file("board.docx", made.made("{{ institution.country }}")))
    await planted.tapped(owner, "✓ Use it")
    said = await planted.tapped(manager, "Leave as it was", message=shown)
    assert "made with board.docx" in words(said)
    used = await kept(planted, templates.USED)
    assert used is not None
    assert used.name == "board.docx"
    both = [await planted.said(person, "/template") for person in (manager, owner)]
    for person, message in zip((manager, owner), both, strict=True):
        said = await planted.tapped(person, "Go back to yours", message=message)
        assert "made with our template again" in words(said)
    assert await kept(planted, templates.USED) is None
