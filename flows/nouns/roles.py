"""Who answers, and for what."""

from __future__ import annotations

import enum


class Role(enum.StrEnum):
    """What a person answers for in one assessment."""

    BRANCH_STAFF = "branch_staff"
    IT = "it"
    FINANCE = "finance"
    OPERATIONS = "operations"
    TRAINING = "training"
    PROJECT_MANAGER = "project_manager"
    SPECIALIST = "specialist"


PROCESS_OWNERS = frozenset({Role.IT, Role.FINANCE, Role.OPERATIONS, Role.TRAINING})
"""The head-office roles that answer a section for the whole organisation."""


class Per(enum.StrEnum):
    """How often a section is answered."""

    ORGANISATION = "organisation"
    BRANCH = "branch"
