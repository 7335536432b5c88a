"""The flows that this bot can ask, in each language, loaded once."""

from __future__ import annotations

from collections.abc import Sequence

from flows import nouns, shipped


class Library:
    """The assessment's flows by id, in their order."""

    def __init__(self, flows: Sequence[nouns.Flow]) -> None:
        self._flows = {flow.id: flow for flow in flows}

    @classmethod
    def shipped(cls) -> Library:
        """The assessment that comes with Groundwork."""
        return cls(shipped.assessment())

    def flow(self, flow: str) -> nouns.Flow:
        """One flow by its id."""
        return self._flows[flow]

    def flows(self) -> Sequence[nouns.Flow]:
        """All flows in the assessment's order."""
        return tuple(self._flows.values())

    def for_role(self, role: nouns.Role) -> Sequence[nouns.Flow]:
        """The flows that a role answers, in order."""
        return tuple(flow for flow in self._flows.values() if flow.role == role)
