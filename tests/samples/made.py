"""Every file that is made of a profile, by its path in the repository."""

from __future__ import annotations

import functools

from flows import nouns
from tests.samples import making, profile, recording, writing


@functools.cache
def maker(name: str) -> making.Maker:
    """The maker of a profile after its work; raises ProfileError."""
    worked = making.Maker(profile.load(name))
    worked.make()
    return worked


def book(name: str) -> nouns.AnswerBook:
    """The answer book of a profile."""
    return maker(name).book


def files(name: str) -> dict[str, str]:
    """Path -> text."""
    return {
        f"flows/samples/{name}.answers.json": writing.text(book(name)),
        f"tests/conversations/{name}.yaml": recording.text(profile.load(name)),
    }
