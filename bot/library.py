"""The flows that can be asked in an assessment: the shipped ones, loaded once, and its own surveys."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Sequence

from bot import limits
from flows import nouns, shipped
from storage import port, records

Version = tuple[str, str]
"""A flow's id and version."""

Added = tuple[str, str, str, dt.datetime]
"""A survey of an assessment as it was added that day: another may be added later under the same id and version."""


class Library:
    """Flows by id, in order: the assessment's own surveys stand behind the shipped flows."""

    def __init__(self, flows: Sequence[nouns.Flow], surveys: Sequence[nouns.Flow] = ()) -> None:
        self._shipped = tuple(flows)
        self._versions = {(flow.id, flow.version): flow for flow in (*flows, *surveys)}
        self._newest = {flow.id: flow for flow in (*flows, *surveys)}
        self._read: OrderedDict[Added, nouns.Flow] = OrderedDict()
        """Definitions that were read lately: the same one must be met at every turn, so that it is compiled once."""

    @classmethod
    def shipped(cls) -> Library:
        """The assessment that comes with Groundwork."""
        return cls(shipped.assessment())

    async def of(self, storage: port.Storage, assessment: str) -> Library:
        """These flows and an assessment's surveys."""
        surveys = [await self._survey(storage, kept) for kept in await storage.surveys(assessment)]
        return Library(self._shipped, [flow for flow in surveys if flow is not None])

    async def _survey(self, storage: port.Storage, listed: records.Survey) -> nouns.Flow | None:
        if _added(listed) not in self._read:
            kept = await storage.survey(listed.assessment, listed.flow, listed.version)
            if kept is None or kept.definition is None:
                return None  # removed a moment ago
            self._read[_added(kept)] = kept.definition
            if len(self._read) > limits.SURVEYS_REMEMBERED:
                self._read.popitem(last=False)
            return kept.definition
        return self._read[_added(listed)]

    def flow(self, flow: str, version: str = "") -> nouns.Flow:
        """One flow by its id: that version where it is still known, else the newest."""
        return self._versions.get((flow, version), self._newest[flow])

    def known(self, flow: str, version: str) -> nouns.Flow | None:
        """Just that version of a flow; None where nobody knows it any more."""
        return self._versions.get((flow, version))

    def flows(self) -> Sequence[nouns.Flow]:
        """All flows in the assessment's order, each in its newest version."""
        return tuple(self._newest.values())

    def surveys(self) -> Sequence[nouns.Flow]:
        """The surveys alone in every version, the newest of each behind its older ones."""
        own = {flow.id for flow in self._shipped}
        return tuple(flow for flow in self._versions.values() if flow.id not in own)


def _added(survey: records.Survey) -> Added:
    return survey.assessment, survey.flow, survey.version, survey.added_at
