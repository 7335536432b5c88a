"""`python -m tests.samples`: makes the answers files of all profiles, and their recorded conversations, anew."""

from __future__ import annotations

import pathlib
import sys

from tests.samples import made, profile

ROOT = pathlib.Path(__file__).parents[2]


def main() -> int:
    """Write every file; where a profile lacks something, say so and leave its files as they are."""
    failed = 0
    for name in profile.names():
        try:
            files = made.files(name)
        except profile.ProfileError as problem:
            print(problem, file=sys.stderr)
            failed = 1
            continue
        for path, text in files.items():
            (ROOT / path).write_text(text, "utf-8")
            print(f"Written: {path}")
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
