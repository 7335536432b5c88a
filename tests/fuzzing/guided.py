"""
`python -m tests.fuzzing.guided [TARGET…] [--seconds N]`: the same readers, led by the branches that their inputs reach.

Every reader in turn where none is named. It needs atheris, which is in no lock file: `pip install atheris`. Ends with 0
where nothing was found, 1 where something was: it is shown, and kept as a file `crash-…` in the folder from which it
was started, which `--again` reads once more.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import pathlib
import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.fuzzing import mutations

if TYPE_CHECKING:
    from tests.fuzzing import test_fuzzing

PACKAGES = ["bot.callback_data", "bot.receiving", "bot.seats", "document_templates", "flows", "planning"]
"""Whose branches are counted: ours, not those of the libraries."""

LONGEST = 100_000
"""Bytes of an input: a workbook that is almost empty has a tenth, a template half, as they lie squeezed."""

MEGABYTES = 2000
"""Of memory, after which atheris calls it a fault."""

PATIENCE = 30
"""Seconds for one input, after which it is a fault too."""

WHOLE = 0.1
"""Of changes to a zip file, those that change its bytes as they come."""

LED = 0.3
"""Of changes to its parts, those that atheris makes."""


def main() -> None:
    """Fuzz the readers that are named."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing.guided")
    parser.add_argument("targets", nargs="*", help="as the tests call them: expression, update, template …")
    parser.add_argument("--seconds", type=int, default=60, help="for each")
    parser.add_argument("--again", type=pathlib.Path, metavar="FILE", help="give this to the reader, and end")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        _fuzz(given.targets[0], given.seconds)
    if not importlib.util.find_spec("atheris"):
        parser.error("atheris is not here: pip install atheris")
    from tests.fuzzing import test_fuzzing

    known = {target.name: target for target in test_fuzzing.TARGETS}
    if unknown := set(given.targets) - known.keys():
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
    if given.again:
        for name in given.targets:
            _reader(known[name])(given.again.read_bytes())
        return
    # atheris ends the process in which it was started
    command = [sys.executable, "-m", "tests.fuzzing.guided", "--here", "--seconds", str(given.seconds)]
    targets = given.targets or list(known)
    faults = [name for name in targets if subprocess.run([*command, name], check=False).returncode]
    print(f"Found something in: {', '.join(faults)}." if faults else "Nothing was found.")
    sys.exit(bool(faults))


def _fuzz(name: str, seconds: int) -> None:
    import atheris

    with atheris.instrument_imports(include=PACKAGES):
        from tests.fuzzing import test_fuzzing
    target = next(each for each in test_fuzzing.TARGETS if each.name == name)
    print(f"== {name}, {seconds} s", file=sys.stderr, flush=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="groundwork-fuzzing-"))  # stays: atheris ends the process
    for number, seed in enumerate(target.seeds):
        (folder / str(number)).write_bytes(seed)
    options = {
        "max_total_time": seconds, "max_len": LONGEST, "len_control": 0, "rss_limit_mb": MEGABYTES, "timeout": PATIENCE,
    }  # fmt: skip
    inside = {"custom_mutator": _changed} if zipfile.is_zipfile(io.BytesIO(target.seeds[0])) else {}
    arguments = [sys.argv[0], *(f"-{key}={value}" for key, value in options.items()), str(folder)]
    atheris.Setup(arguments, _reader(target), **inside)
    atheris.Fuzz()


def _reader(target: test_fuzzing.Target) -> Callable[[bytes], None]:
    """One that is content with a refusal."""

    def read(data: bytes) -> None:
        with contextlib.suppress(*target.refuses):
            target.read(data)

    return read


def _changed(data: bytes, most: int, seed: int) -> bytes:
    """A zip file with one part changed: a changed byte of the whole hardly ever leaves a file that opens."""
    import atheris

    from flows import archives  # counted, so it comes after the counting began

    chance = random.Random(seed)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            parts = {name: source.read(name) for name in source.namelist()}
    except archives.DAMAGE:
        parts = {}
    if not parts or chance.random() < WHOLE:
        return bytes(atheris.Mutate(data, most))
    name = chance.choice(sorted(parts))
    content = parts[name]
    # by turns as atheris thinks best, and with what parsers trip over
    led = chance.random() < LED and len(content) < most
    wrong = (
        atheris.Mutate(content, most) if led else mutations.part_changed(chance, content, [*parts.values()])
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for part, is_now in {**parts, name: wrong}.items():
            target.writestr(part, bytes(is_now))
    return made.getvalue() if made.tell() <= most else data


if __name__ == "__main__":
    main()
