"""
`python -m tests.fuzzing.guided [TARGET…] [--seconds N]`: the same readers, led by the branches that their inputs reach.

Every reader in turn where none is named. It needs atheris, which is in no lock file: `pip install atheris`. Ends with 0
where nothing was found; what was found is shown, and kept as a file `crash-…` in the folder from which it was started.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import pathlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence

PACKAGES = ["bot.callback_data", "bot.receiving", "bot.seats", "document_templates", "flows", "planning"]
"""Whose branches are counted: ours, not those of the libraries."""

LONGEST = 100_000
"""Bytes of an input: a workbook or a template that is almost empty has a tenth."""

MEGABYTES = 2000
"""Of memory, after which atheris calls it a fault."""

Reader = Callable[[bytes], object]


def main() -> None:
    """Fuzz the readers that are named; exit with 1 where one of them had a fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing.guided")
    parser.add_argument("targets", nargs="*", help="as the tests call them: expression, update, template …")
    parser.add_argument("--seconds", type=int, default=60, help="for each")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        _fuzz(given.targets[0], given.seconds)
    from tests.fuzzing import test_fuzzing

    known = [target.name for target in test_fuzzing.TARGETS]
    if unknown := set(given.targets) - set(known):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
    # atheris ends the process in which it was started
    command = [sys.executable, "-m", "tests.fuzzing.guided", "--here", "--seconds", str(given.seconds)]
    faults = [
        name for name in given.targets or known if subprocess.run([*command, name], check=False).returncode
    ]
    print(f"Found something in: {', '.join(faults)}." if faults else "Nothing was found.")
    sys.exit(bool(faults))


def _fuzz(name: str, seconds: int) -> None:
    import atheris

    with atheris.instrument_imports(include=PACKAGES):
        from tests.fuzzing import test_fuzzing
    target = next(each for each in test_fuzzing.TARGETS if each.name == name)
    print(f"== {name}, {seconds} s", file=sys.stderr, flush=True)
    read, seeds = target.read, target.seeds
    if zipfile.is_zipfile(io.BytesIO(seeds[0])):
        read, seeds = _inside(read, seeds[0])

    def one(data: bytes) -> None:
        with contextlib.suppress(*target.refuses):
            read(data)

    folder = pathlib.Path(tempfile.mkdtemp(prefix="groundwork-fuzzing-"))  # stays: atheris ends the process
    for number, seed in enumerate(seeds):
        (folder / str(number)).write_bytes(seed)
    options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-rss_limit_mb={MEGABYTES}"]
    atheris.Setup([sys.argv[0], *options, str(folder)], one)
    atheris.Fuzz()


def _inside(read: Reader, archive: bytes) -> tuple[Reader, Sequence[bytes]]:
    """
    A reader of one part of a zip file, which the first byte names, and the parts as they are; the whole file behind
    any other byte. A changed byte of a whole archive hardly ever leaves one that opens.
    """
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        parts = [(name, source.read(name)) for name in source.namelist() if not name.endswith("/")]

    def one(data: bytes) -> None:
        number, content = (data[0], data[1:]) if data else (len(parts), b"")
        if number >= len(parts):
            read(content)
            return
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as target:
            for at, (name, was) in enumerate(parts):
                target.writestr(name, content if at == number else was)
        read(made.getvalue())

    seeds = [bytes([number]) + content for number, (_, content) in enumerate(parts)]
    return one, [*seeds, bytes([len(parts)]) + archive]


if __name__ == "__main__":
    main()
