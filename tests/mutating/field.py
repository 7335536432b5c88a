"""Code with its faults, and how tests fare in it: each run is a fork that imports the code anew."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import json
import os
import pathlib
import select
import signal
import sys
import time
import types
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import pytest

from tests.mutating import planting

ROOT = pathlib.Path(__file__).parents[2]

LEAST_SECONDS, TIMES = 10.0, 6.0
"""A test that takes so much longer than without a fault will not pass: it hangs, and its process is ended."""

START_SECONDS = 120.0
"""How long a process may be silent beside its tests: it imports the code anew, on a machine that others use."""

A_FILE_SECONDS = 240.0
"""How long a file's tests are taken from: a shorter time hides those that come late on a machine that others use."""

PATIENCE_SECONDS = 600.0
"""How long a file's tests may take without a fault, with the one that was begun last."""

THEIRS = (
    "aiohttp",
    "apscheduler",
    "asyncpg",
    "babel",
    "docx",
    "lxml.etree",
    "numpy",
    "openpyxl",
    "PIL.Image",
    "telegram.ext",
    "yaml",
)
"""What the code uses of others': imported once, before the forks."""

END = b"\n"
"""Of what a fork says."""


class Ran(msgspec.Struct, frozen=True):
    """One test as it went without a fault."""

    name: str
    seconds: float
    passed: bool
    asked: frozenset[int]
    """The faults that lie where it, or the import of its file, went."""

    @property
    def patience(self) -> float:
        """How many seconds it is given with a fault."""
        return LEAST_SECONDS + TIMES * self.seconds


class Switch:
    """Which fault is on, and which were asked for."""

    def __init__(self) -> None:
        self.on = -1
        self.asked: set[int] = set()

    def __call__(self, number: int) -> bool:
        self.asked.add(number)
        return number == self.on


class Field(importlib.abc.MetaPathFinder):
    """Modules with faults in them, in the place of those on the disk."""

    def __init__(self, paths: Sequence[pathlib.Path]) -> None:
        self.faults: list[planting.Fault] = []
        self.switch = Switch()
        self._code: dict[str, types.CodeType] = {}
        for path in paths:
            name = str(path.relative_to(ROOT))
            tree, faults = planting.planted(path.read_text("utf-8"), name, len(self.faults))
            self.faults += faults
            module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            self._code[module] = compile(tree, str(path), "exec")

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """One of ours, or nothing."""
        code = self._code.get(fullname)
        spec = importlib.machinery.PathFinder.find_spec(fullname, path) if code is not None else None
        if spec is not None and code is not None:
            assert isinstance(spec.loader, importlib.machinery.SourceFileLoader)
            spec.loader = _Loader(fullname, spec.loader.path, code, self.switch)
        return spec

    # --- runs -----------------------------------------------------------------------------------------

    def record(self, file: str) -> list[Ran] | None:
        """A file's tests as they go without a fault; None where they do not come to an end."""
        found = self._forked(lambda: self._tests([file], _Recorder(self.switch)), PATIENCE_SECONDS)
        return found and [
            Ran(name, seconds, passed, frozenset(asked)) for name, seconds, passed, asked in found[1]
        ]

    def noticed(self, fault: planting.Fault, tests: Sequence[Ran]) -> bool:
        """Whether one of these tests fails, or hangs, with the fault."""
        self.switch.on = fault.number
        patience = START_SECONDS + sum(test.patience for test in tests)
        found = self._forked(lambda: self._tests(_files(tests), _Chosen(tests)), patience)
        self.switch.on = -1
        return found is None or bool(found[0])

    def _tests(self, files: Sequence[str], plugin: Any) -> tuple[int, Any]:
        sys.meta_path.insert(0, self)
        code = pytest.main(["-p", "no:cacheprovider", "-p", "no:xdist", *files], plugins=[_Steady(), plugin])
        return int(code), getattr(plugin, "ran", None)

    @staticmethod
    def _forked(work: Callable[[], tuple[int, Any]], patience: float) -> tuple[int, Any] | None:
        """What comes of it in a process of its own; None where that ends or hangs before it says."""
        for name in THEIRS:
            importlib.import_module(name)
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.setpgrp()
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nowhere, stream)
            try:
                said = json.dumps(work()).encode() + END
                with os.fdopen(writing, "wb") as pipe:
                    pipe.write(said)
            finally:
                os._exit(0)
        os.close(writing)
        heard, ends = b"", time.monotonic() + patience
        with os.fdopen(reading, "rb", buffering=0) as pipe:
            # not to the end of the pipe: what its tests began may hold that open
            while (
                not heard.endswith(END)
                and select.select([pipe], [], [], max(0.0, ends - time.monotonic()))[0]
                and (more := pipe.read(1 << 16))
            ):
                heard += more
        # what its tests began and did not end ends with it
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return json.loads(heard) if heard.endswith(END) else None


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, code: types.CodeType, switch: Switch) -> None:
        super().__init__(name, path)
        self._planted, self._switch = code, switch

    def get_code(self, fullname: str) -> types.CodeType:
        return self._planted

    def exec_module(self, module: types.ModuleType) -> None:
        setattr(module, planting.ASKED, self._switch)
        super().exec_module(module)


class _Steady:
    """Lets hypothesis draw the same cases each time, however slow the code is with its faults in it."""

    def pytest_configure(self) -> None:
        # imported no sooner: pytest wants to rewrite it first
        import hypothesis

        every = list(hypothesis.HealthCheck)
        name = "the same each time"
        hypothesis.settings.register_profile(
            name, derandomize=True, database=None, deadline=None, suppress_health_check=every
        )
        hypothesis.settings.load_profile(name)


class _Recorder:
    """Notes what each test asked for."""

    def __init__(self, switch: Switch) -> None:
        self.ran: list[tuple[str, float, bool, list[int]]] = []
        self._switch, self._imported = switch, frozenset[int]()
        self._spent = 0.0
        self._failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._failed.add(report.nodeid)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._imported = frozenset(self._switch.asked)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        self._switch.asked.clear()
        began = time.monotonic()
        done = yield
        seconds = time.monotonic() - began
        passed = item.nodeid not in self._failed
        self.ran.append((item.nodeid, seconds, passed, sorted(self._switch.asked | self._imported)))
        self._spent += seconds
        if self._spent > A_FILE_SECONDS:
            item.session.shouldstop = "seen enough"
        return done


class _Chosen:
    """Runs these tests in this order, and no others; ends the process where it hangs."""

    def __init__(self, tests: Sequence[Ran]) -> None:
        self._order = {test.name: place for place, test in enumerate(tests)}
        self._tests = {test.name: test for test in tests}

    def pytest_configure(self) -> None:
        # the signal ends the process, wherever it hangs: first while the code is imported
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, START_SECONDS)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (one for one in items if one.nodeid in self._order), key=lambda one: self._order[one.nodeid]
        )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        signal.setitimer(signal.ITIMER_REAL, self._tests[item.nodeid].patience)
        done = yield
        signal.setitimer(signal.ITIMER_REAL, 0)
        return done

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """The first that fails is enough."""
        if report.failed:
            os._exit(1)


def _files(tests: Sequence[Ran]) -> list[str]:
    return list(dict.fromkeys(test.name.partition("::")[0] for test in tests))
