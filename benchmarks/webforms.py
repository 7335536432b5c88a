"""ODK Web Forms' engine (npm `@getodk/xforms-engine`) on our forms and answers, where Node is at hand."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
import tempfile

import msgspec

FOLDER = "GROUNDWORK_WEBFORMS"
"""Environment variable: a folder whose node_modules has the packages already."""

PACKAGES = ("@getodk/xforms-engine", "jsdom@26")

INSTALL_SECONDS = 300
RUN_SECONDS = 600

SCRIPT = pathlib.Path(__file__).with_name("webforms.mjs")


class Outcome(msgspec.Struct, frozen=True):
    """What the engine took, in milliseconds, and what the form held in the end."""

    load: float
    times: list[float]
    values: list[tuple[str, str]]


class Missing(Exception):  # noqa: N818 - nothing went wrong: the peer is not here
    """The engine cannot be had here; says why in one sentence."""


class Peer:
    """The engine in a folder of its own."""

    def __init__(self) -> None:
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._folder = os.environ.get(FOLDER, "")

    def run(self, form: str, answers: list[tuple[str, int]]) -> Outcome:
        """Give the answers to the form; raises Missing."""
        node = shutil.which("node")
        if node is None:
            raise Missing("Node is not installed, so ODK Web Forms' engine is not measured.")
        command = [node, "--max-old-space-size=4096", str(SCRIPT)]
        given = msgspec.json.encode({"form": form, "answers": answers})
        try:
            done = subprocess.run(
                command,
                cwd=self._installed(),
                input=given,
                capture_output=True,
                timeout=RUN_SECONDS,
                check=True,
            )
        except subprocess.CalledProcessError as error:
            last = error.stderr.decode(errors="replace").strip().splitlines()[-1:]
            raise Missing(f"ODK Web Forms' engine did not run: {' '.join(last)}") from None
        except subprocess.TimeoutExpired:
            raise Missing(f"ODK Web Forms' engine took more than {RUN_SECONDS} seconds.") from None
        return msgspec.json.decode(done.stdout.splitlines()[-1], type=Outcome)

    def _installed(self) -> str:
        """The folder with the packages, fetched once a run unless the environment names one."""
        if self._folder:
            return self._folder
        npm = shutil.which("npm")
        if npm is None:
            raise Missing("npm is not installed, so ODK Web Forms' engine is not measured.")
        self._temporary = tempfile.TemporaryDirectory(prefix="groundwork-webforms-")
        command = [
            npm,
            "install",
            "--no-save",
            "--no-package-lock",
            "--no-audit",
            "--no-fund",
            "--silent",
            *PACKAGES,
        ]
        try:
            subprocess.run(
                command, cwd=self._temporary.name, capture_output=True, timeout=INSTALL_SECONDS, check=True
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            raise Missing(
                f"npm could not install {PACKAGES[0]}; install it and name the folder in {FOLDER}."
            ) from None
        self._folder = self._temporary.name
        return self._folder
