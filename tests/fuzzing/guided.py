"""`python -m tests.fuzzing.guided TARGET [SECONDS]`: the same readers, led by the branches that their inputs reach.

It needs atheris, which is in no lock file: `pip install atheris`. Ends with 0 where nothing was found; what was found
is shown, and kept as a file `crash-…` in the folder from which it was started.
"""

from __future__ import annotations

import argparse
import contextlib
import pathlib
import sys
import tempfile

PACKAGES = ["bot.receiving", "bot.seats", "document_templates", "flows", "planning"]
"""Whose branches are counted: ours, not those of the libraries."""

LONGEST = 100_000
"""Bytes of an input: a workbook or a template that is almost empty has a tenth."""


def main() -> None:
    """Fuzz one reader; atheris ends the process."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing.guided")
    parser.add_argument("target", help="as the tests call it: expression, update, template …")
    parser.add_argument("seconds", type=int, nargs="?", default=60)
    given = parser.parse_args()
    import atheris

    with atheris.instrument_imports(include=PACKAGES):
        from tests.fuzzing import test_fuzzing
    target = next((one for one in test_fuzzing.TARGETS if one.name == given.target), None)
    if target is None:
        parser.error(
            f"there is no {given.target}; there are: {', '.join(x.name for x in test_fuzzing.TARGETS)}"
        )

    def one(data: bytes) -> None:
        with contextlib.suppress(*target.refuses):
            target.read(data)

    folder = pathlib.Path(tempfile.mkdtemp(prefix="groundwork-fuzzing-"))  # stays: atheris ends the process
    for number, seed in enumerate(target.seeds):
        (folder / str(number)).write_bytes(seed)
    options = [f"-max_total_time={given.seconds}", f"-max_len={LONGEST}", "-rss_limit_mb=2000"]
    atheris.Setup([sys.argv[0], *options, str(folder)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
