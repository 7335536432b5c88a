"""`groundwork erase`: whoever runs the bot forgets somebody while it runs, as that person's own /forget would."""

from __future__ import annotations

from typing import Any

import pytest

from bot.commands import erasing, files
from bot.operations import auditing
from storage import chain, port
from tests.bot import running


@pytest.mark.parametrize("by_name", [False, True], ids=["by number", "by name"])
async def test_the_seat_is_handed_on_and_the_answers_stay(planted: running.Running, *, by_name: bool) -> None:
    manager, ekai = planted.person(running.MANAGER), planted.person(running.EKAI)
    await planted.said(manager, "/start")
    await planted.said(ekai, "/start")
    disk = await planted.disk()
    known = await disk.person(running.EKAI)
    assert known is not None
    before = await planted.answers("branch_office", "lodwar")
    await erasing.erase(planted.settings, known.name if by_name else str(known.id))
    await manager.wait_for("Nobody sits at Branch manager, Lodwar")
    assert await disk.person(running.EKAI) is None
    assert await disk.memberships(person=running.EKAI) == []
    assert not any((await disk.about(running.EKAI)).values())
    assert await planted.answers("branch_office", "lodwar") == before
    lines = await disk.audit_lines((await planted.assessment()).id)
    assert chain.broken(lines) == ""
    assert running.EKAI not in {person for line in lines for person in (line.made_by, line.person)}


@pytest.mark.parametrize("turns", [pytest.param(1, id="one"), pytest.param(2, id="as many as it tries")])
async def test_deeds_that_are_noted_in_between_begin_it_again(
    planted: running.Running, monkeypatch: pytest.MonkeyPatch, turns: int
) -> None:
    disk, noted, left = await planted.disk(), auditing.lines, list(range(turns))

    async def meanwhile(*given: Any, **how: Any) -> list[port.Change]:
        lines = await noted(*given, **how)
        if left:
            left.pop()
            await disk.commit(lines)  # another deed takes the number that this one was to have
        return lines

    monkeypatch.setattr(auditing, "lines", meanwhile)
    monkeypatch.setattr(erasing, "TRIES", 2)
    if turns == 1:
        await erasing.erase(planted.settings, str(running.EKAI))
        assert await disk.person(running.EKAI) is None
        assert chain.broken(await disk.audit_lines((await planted.assessment()).id)) == ""
    else:
        with pytest.raises(files.FileError, match="try again in a minute"):
            await erasing.erase(planted.settings, str(running.EKAI))
        assert await disk.memberships(person=running.EKAI) != []


NOBODY = [
    pytest.param("4711", "Nobody with the number 4711", id="a number that nobody has"),
    pytest.param("9" * 30, "Nobody named", id="more digits than a number has"),
    pytest.param("Nobody At All", "Nobody named", id="a name that nobody has"),
    pytest.param("", "Nobody named", id="nothing"),
    pytest.param("٤٧١١", "Nobody named", id="another script's digits"),
]


@pytest.mark.parametrize(("wanted", "sentence"), NOBODY)
async def test_nobody_is_erased_by_a_guess(planted: running.Running, wanted: str, sentence: str) -> None:
    disk = await planted.disk()
    institution = (await planted.assessment()).id
    before = await disk.people(institution)
    with pytest.raises(files.FileError, match=sentence):
        await erasing.erase(planted.settings, wanted)
    assert await disk.people(institution) == before


async def test_of_two_with_one_name_neither_is_erased(bot: running.Running) -> None:
    tokens = await bot.created(branches="Lodwar, Kakuma")
    first, second = await bot.newcomer("Otieno"), await bot.newcomer("Otieno")
    await bot.joined(first, tokens["Branch manager, Lodwar"])
    await bot.joined(second, tokens["Branch manager, Kakuma"])
    with pytest.raises(files.FileError, match=f"{first.id}.*Give the number"):
        await erasing.erase(bot.settings, "Otieno")
    assert await (await bot.disk()).person(first.id) is not None
