"""/survey: the questionnaires that an assessment asks besides ours; a file that is sent becomes one more."""

from __future__ import annotations

from collections.abc import Sequence

from bot import views
from bot.asking import surveys
from bot.handlers import adding, common, survey_parts
from bot.people import access, team
from bot.work import Work
from flows import nouns
from storage import records


async def survey(work: Work, argument: str = "") -> None:
    """The assessment's surveys and how to add one; one of them where its id is given."""
    found = await common.allowed_team(work, access.Deed.SURVEY)
    if found is None:
        return
    common.leave_topic(work)
    work.now_talking(topic="survey.file")
    flow, _, page = argument.partition(" ")
    kept = await surveys.kept(work.storage, found.assessment.id)
    chosen = next((each for each in kept if each.flow == flow), None)
    if chosen is not None and chosen.definition is not None:
        _one(work, found, chosen.definition, int(page) if page.isdecimal() else 0)
    else:
        _list(work, found, kept)


async def picked(work: Work, topic: str, value: str) -> None:
    """A button: what becomes of a survey that is there, or of a questionnaire that was sent."""
    found = await common.allowed_team(work, access.Deed.SURVEY)
    if found is None or not common.is_open_to_change(work, found):
        return
    if topic == "survey.remove":
        await _remove(work, found, value)
    elif topic == "survey.removed":
        await _removed(work, found, value)
    elif "flow" in work.conversation.draft:
        await adding.picked(work, found, topic, value)
    else:
        await survey(work)


def _list(work: Work, found: team.Team, kept: Sequence[records.Survey]) -> None:
    words = work.words
    rows = [
        (views.Button(each.definition.title, views.Go("survey", each.flow)),)
        for each in kept
        if each.definition is not None
    ]
    title = words.html("survey.title", institution=found.institution)
    there = words.html("survey.there") if rows else words.html("survey.none")
    how = words.html("survey.send", endings=survey_parts.endings())
    work.show(views.View(views.text(title, there, how), (*rows, survey_parts.cancel(work))))


def _one(work: Work, found: team.Team, flow: nouns.Flow, page: int) -> None:
    words = work.words
    sections = [section for section in found.ordered() if section.flow == flow.id]
    lines, turn = survey_parts.questions(work, flow, page, lambda at: views.Go("survey", f"{flow.id} {at}"))
    remove = views.Button(words.say("survey.remove"), views.Pick("survey.remove", flow.id), style="danger")
    text = views.text(
        survey_parts.head(work, flow),
        words.html("survey.answered_by", who=survey_parts.answered_by(work, found, flow)),
        _states(work, sections),
        lines,
        words.html("survey.replace"),
    )
    rows = (turn, (remove,), (common.go(work, "button.back", "survey"),))
    work.show(views.View(text, tuple(row for row in rows if row)))


def _states(work: Work, sections: list[records.Section]) -> str:
    done = sum(section.state not in team.OPEN_STATES for section in sections)
    return work.words.html("survey.states", done=done, n=len(sections))


async def _remove(work: Work, found: team.Team, flow: str) -> None:
    """Ask once more: its answers go with it."""
    if flow not in {each.id for each in found.library.surveys()}:
        await survey(work)
        return
    words = work.words
    answered = sum(section.answered for section in found.sections if section.flow == flow)
    yes = views.Button(words.say("survey.remove"), views.Pick("survey.removed", flow), style="danger")
    keep = views.Button(words.say("button.keep"), views.Go("survey", flow))
    title = work.told(found.library.flow(flow)).title
    work.show(views.View(words.html("survey.remove.ask", title=title, n=answered), ((yes,), (keep,))))


async def _removed(work: Work, found: team.Team, flow: str) -> None:
    if flow in {each.id for each in found.library.surveys()}:
        await surveys.remove(work, found, flow)
        common.leave_topic(work)
        title = work.told(found.library.flow(flow)).title
        rows = ((common.go(work, "lead.survey", "survey"),),)
        work.show(views.View(work.words.html("survey.remove.done", title=title), rows))
    else:
        await survey(work)
