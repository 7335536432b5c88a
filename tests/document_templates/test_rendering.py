"""Rendering in a process of its own: what comes back, and how hogs and faults end."""

from __future__ import annotations

import datetime as dt
import io
import os
import sys

import docx
import msgspec
import pytest

from document_templates import apart, document, errors, rendering, worker
from flows import nouns as answers
from flows import shipped
from tests.document_templates import templates


@pytest.fixture(scope="module")
def plan():
    from planning import plan as planning

    book = answers.AnswerBook(
        institution=answers.Institution(
            name="Upya & Sons", country="TZ", currency="TZS", timezone="Africa/Dar_es_Salaam"
        )
    )
    return planning.make_plan(book, shipped.assessment(), today=dt.date(2026, 11, 23))


LITTLE = apart.Limits(2, 10**10)


async def test_the_child_makes_what_this_process_would(plan):
    made = await rendering.render(plan, page_numbers=False)
    assert made == document.make(plan, template=rendering.STANDARD_TEMPLATE.read_bytes())
    assert await rendering.render(msgspec.json.encode(plan), page_numbers=False) == made


def test_a_caller_without_an_event_loop_is_served(plan):
    made = rendering.render_blocking(
        plan, template=templates.made("{{ institution.name }}"), page_numbers=False
    )
    assert templates.words(made) == "Upya & Sons"


async def test_a_version_makes_it_an_issue(plan):
    own = templates.made("{{ document.version }}, {{ document.status }}")
    assert (
        templates.words(await rendering.render(plan, template=own, version="1.0", page_numbers=False))
        == "Version 1.0, Issued"
    )
    assert "Draft of" in templates.words(await rendering.render(plan, template=own, page_numbers=False))


DEEP = "{% for a in word %}" * 5 + "x" + "{% endfor %}" * 5
GROWING = "{% set x = 'x' %}" + "{% set x = x ~ x %}" * 40 + "{{ x }}"


async def test_a_processor_hog_is_stopped(plan):
    with pytest.raises(errors.TemplateError, match="more than 2 seconds, so it was stopped"):
        await rendering.render(plan, template=templates.made(DEEP), page_numbers=False, limits=LITTLE)


async def test_a_memory_hog_is_stopped(plan):
    with pytest.raises(errors.TemplateError, match="memory"):
        await rendering.render(plan, template=templates.made(GROWING), page_numbers=False)


async def test_waiting_ends(plan):
    with pytest.raises(errors.TemplateError, match="not ready after"):
        await rendering.render(
            plan, template=templates.made(DEEP), page_numbers=False, limits=apart.Limits(30, 10**10, 0.05)
        )


async def test_a_mistake_of_the_template_is_one_sentence(plan):
    with pytest.raises(errors.TemplateError) as caught:
        await rendering.render(
            plan, template=templates.made("Dear {{ institution.nmae }}"), page_numbers=False
        )
    assert str(caught.value).startswith("The template cannot be filled: ")
    assert "nmae" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "Traceback" not in str(caught.value)


async def test_a_hostile_archive_is_refused_before_any_process_starts(plan, monkeypatch):
    async def never(*args, **named):
        raise AssertionError("a process was started")

    monkeypatch.setattr(worker.asyncio, "create_subprocess_exec", never)
    bomb = templates.with_part("word/media/x.png", b"\0" * 20_000_000)
    with pytest.raises(errors.TemplateError, match="zip bomb"):
        await rendering.render(plan, template=bomb, page_numbers=False)


async def test_the_child_inherits_no_secret(plan, monkeypatch):
    given = {}
    start = worker.asyncio.create_subprocess_exec

    async def watched(*args, env, **named):
        given.update(env)
        return await start(*args, env=env, **named)

    monkeypatch.setenv("GROUNDWORK_TELEGRAM_TOKEN", "1:secret")
    monkeypatch.setattr(worker.asyncio, "create_subprocess_exec", watched)
    await rendering.render(plan, template=templates.made("x"), page_numbers=False)
    assert set(given) == {"PYTHONPATH", "LANG"}


def test_limits_hold_in_the_child(tmp_path):
    """The limits are the process's own, so a process of its own tries them."""
    import subprocess

    code = (
        "from document_templates import child; child.bind(300_000_000)\n"
        f"try: open({str(tmp_path / 'x')!r}, 'wb', buffering=0).write(b'x')\n"
        "except OSError: print('no file')\n"
        "try: bytearray(400_000_000)\n"
        "except MemoryError: print('no memory')\n"
    )
    env = {"PYTHONPATH": os.fspath(rendering.STANDARD_TEMPLATE.parent.parent)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert done.stdout.split("\n")[:2] == ["no file", "no memory"], done.stderr


async def test_the_document_reopens(plan):
    made = await rendering.render(plan, page_numbers=False)
    assert docx.Document(io.BytesIO(made)).core_properties.author == "Upya & Sons"
