"""Replays traces of whole forms: after each step every node's value, relevance, required, read-only, validity."""

from __future__ import annotations

import datetime as dt
import json
import pathlib
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from flows import errors, form, instance, nouns, shown, values, xforms
from tests.conformance import exclusions
from tests.conformance.report import Report

Trace = dict[str, Any]

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)

DRAWN = re.compile(
    r"uuid:[0-9a-f-]{36}|[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(?:Z|[+-]\d\d:\d\d)|0\.\d{6,}"
)
"""Values that are drawn or move with the clock: compared by shape."""

CHANGING = frozenset({"answer", "createNewRepeat", "removeRepeat"})
"""Steps after which an `init` opens what was saved."""

DRAWING = frozenset({"random", "uuid", "now"})
"""Functions whose results are drawn or move with the clock."""


class End(Exception):  # noqa: N818 - not a failure: the trace does not say how it goes on
    """The trace ends here, for a reason that lies in the trace."""


def run(path: pathlib.Path) -> Report:
    """Every trace of the file."""
    return judge(json.loads(path.read_text()))


def judge(data: dict[str, Any]) -> Report:
    """Every trace of the data."""
    report = Report()
    for trace in data["traces"]:
        why = exclusions.trace_reason(trace, data["forms"])
        if why:
            report.excluded.append(f"LEFT OUT {trace['source']}\n    {why}")
            continue
        problems, ended = replayed(trace, data["forms"])
        if problems:
            report.failures.append("\n    ".join([f"FAILED {trace['source']}", *problems[:6]]))
        else:
            report.passed += 1
            if ended:
                report.ended.append(f"ENDED EARLY {trace['source']}\n    {ended}")
    return report


def replayed(trace: Trace, forms: dict[str, str]) -> tuple[list[str], str]:
    """What differs in a trace, and why it ended early if it did."""
    players: dict[int, Player] = {}
    changed = False
    for number, step in enumerate(trace["steps"]):
        where = f"step {number} {step['op']} {json.dumps(step.get('args', []), ensure_ascii=False)[:90]}"
        try:
            if step["op"] == "init":
                if changed:
                    raise End("It opens an instance that was saved; the trace does not record it.")
                players[step["s"]] = Player(forms[trace["forms"][str(step["s"])]])
            player = players.get(step["s"])
            if player is None:
                return [], "It begins with a step of a session that was not begun."
            changed = changed or step["op"] in CHANGING
            problems = list(player.did(step))
        except End as end:
            return [], f"{where}: {end}"
        except errors.FlowErrors as error:
            return [f"{where}: {error}"], ""
        except Exception as error:
            return [f"{where}: broke by {error!r}"], ""
        if problems:
            return [f"{where}: {problem}" for problem in problems], ""
    return [], ""


class Player:
    """One session of one form."""

    def __init__(self, text: str) -> None:
        flow = xforms.load(text)
        self.form = form.of(flow)
        self.living = instance.Instance(self.form, nouns.Session(flow.id, flow.version), NOW)

    def did(self, step: dict[str, Any]) -> Iterator[str]:
        """Do a step; what is not as expected after it."""
        arguments = step.get("args", [])
        match step["op"]:
            case "init":
                pass
            case "answer":
                self.answer(arguments)
            case "createNewRepeat":
                self.add(arguments[0], step.get("after", {}))
            case "removeRepeat":
                node = self.at(plain(arguments[0]))
                assert isinstance(node, instance.Entry)
                self.living.remove(node)
            case "setLanguage":
                self.speak(arguments[0])
            case "newInstance":
                flow = self.form.flow
                self.living = instance.Instance(self.form, nouns.Session(flow.id, flow.version), NOW)
            case "answerOf":
                yield from self.holds(plain(arguments[0]), step.get("result"))
            case "choicesOf":
                yield from self.offers(plain(arguments[0]), step.get("result"))
        yield from self.compared(step.get("after", {}))

    def answer(self, arguments: list[Any]) -> None:
        if len(arguments) < 2:
            raise End("It answers at a cursor that the trace does not record.")
        if len(arguments) > 2:
            arguments = [arguments[0], [str(one) for one in arguments[1:]]]
        question = self.at(plain(arguments[0]))
        assert isinstance(question, instance.Question)
        given = arguments[1]
        if isinstance(given, dict):
            raise End("The answer is an object of the original test.")
        if question.read_only:
            return
        value = values.fitting(said(given, question), question.data_kind, question.choices or None)
        self.living.answer(question, nouns.Answer(value, at=NOW))

    def add(self, reference: Any, after: dict[str, Any]) -> None:
        if isinstance(reference, dict):
            reference = self.grown(after)
        series = self.at(plain(reference), series=True)
        assert isinstance(series, instance.Series)
        self.living.add(series)

    def grown(self, after: dict[str, Any]) -> str:
        """The repeat that has an entry more after the step than now."""
        now = {self.path_of(node) for node in self.nodes() if isinstance(node, instance.Entry)}
        new = [path for path, seen in after.items() if seen["t"] == "repeat-instance" and path not in now]
        outer = [
            path for path in new if not any(path != other and path.startswith(other + "/") for other in new)
        ]
        if len(outer) != 1:
            raise End("The repeat is an object of the original test.")
        return outer[0].rpartition("[")[0]

    def speak(self, language: Any) -> None:
        name = language if isinstance(language, str) else ""
        if not name:
            raise End("The language is an object of the original test.")
        self.living.session = msgspec.structs.replace(self.living.session, language=name)

    # --- comparing ---------------------------------------------------------------------------------

    def holds(self, path: str, expected: Any) -> Iterator[str]:
        node = self.at(path)
        if not isinstance(node, instance.Question):
            yield f"{path} is no question"
        elif isinstance(expected, str) and not same(node.text, expected):
            yield f"{path} is {node.text!r}, not {expected!r}"

    def offers(self, path: str, expected: Any) -> Iterator[str]:
        node = self.at(path)
        if not isinstance(node, instance.Question):
            yield f"{path} is no question"
            return
        ours = [[choice.name, shown.phrase(node.words(choice), node)] for choice in node.choices]
        if not isinstance(expected, list):
            return
        if all(label is None for _, label in expected):
            ours = [[name, None] for name, _ in ours]
        if ours != expected:
            yield f"{path} offers {ours}, not {expected}"

    def compared(self, after: dict[str, Any]) -> Iterator[str]:
        seen = {self.path_of(node): node for node in self.nodes()}
        for path, expected in after.items():
            node = seen.pop(path, None)
            if node is None:
                yield f"{path} is not there"
                continue
            ours = state(node)
            theirs = {
                "rel": expected["rel"],
                "v": expected["v"],
                "ro": expected.get("ro", False),
                "req": expected.get("req", False),
                "requiredValid": expected.get("requiredValid", True),
                "constraintValid": expected.get("constraintValid", True),
            }
            for name, value in theirs.items():
                if name == "v" and (same(ours["v"], value) or (is_drawn(node) and ours["v"] and value)):
                    continue
                if ours[name] != value:
                    yield f"{path}: {name} is {ours[name]!r}, not {value!r}"
        if after:
            yield from (f"{path} should not be there" for path in seen)

    # --- finding -----------------------------------------------------------------------------------

    def nodes(self) -> Iterator[instance.Question | instance.Group]:
        yield from below(self.living.root)

    def path_of(self, node: Any) -> str:
        parts: list[str] = []
        while not isinstance(node, instance.Root):
            index = f"[{node.position}]" if isinstance(node, instance.Entry) else ""
            parts.append(f"{node.name}{index}")
            node = node.parent
        return "/" + "/".join([node.name, *reversed(parts)])

    def at(self, path: str, *, series: bool = False) -> Any:
        """The node of a positional path; of a repeat itself where `series` is wanted."""
        found: Any = self.living.root
        steps = path.strip("/").split("/")[1:]
        for number, step in enumerate(steps):
            name, _, rest = step.partition("[")
            found = found.part(name) if isinstance(found, instance.Root | instance.Group) else None
            if isinstance(found, instance.Series) and not (series and number == len(steps) - 1):
                position = int(rest.rstrip("]") or 1)
                entries = found.all_entries
                found = entries[position - 1] if 0 < position <= len(entries) else None
        if found is None:
            raise End(f"The trace names {path}, where nothing is.")
        return found


def below(holder: Any) -> Iterator[Any]:
    for part in holder.parts:
        if isinstance(part, instance.Series):
            for entry in part.all_entries:
                yield entry
                yield from below(entry)
        else:
            yield part
            if isinstance(part, instance.Group):
                yield from below(part)


def state(node: Any) -> dict[str, Any]:
    """What is compared of a node."""
    asked = isinstance(node, instance.Question)
    required = asked and node.required
    return {
        "rel": node.relevant,
        "v": node.text if asked else None,
        "ro": node.read_only,
        "req": required,
        "requiredValid": not (required and node.relevant and not node.text) if asked else True,
        "constraintValid": node.is_valid if asked else True,
    }


def said(given: Any, question: instance.Question) -> nouns.Value:
    """An answer of the original test as a value."""
    if given is None:
        return None
    if isinstance(given, bool):
        if question.place.kind == "acknowledge":
            return "OK" if given else None
        return "1" if given else "0"
    if isinstance(given, list):
        return [str(one) for one in given]
    if isinstance(given, int | float):
        return values.written(given)
    return str(given)


def is_drawn(node: Any) -> bool:
    """Whether its calculation draws."""
    made = node.place.formulas.get("calculation")
    return made is not None and bool(made.calls & DRAWING)


def plain(reference: Any) -> str:
    if not isinstance(reference, str):
        raise End("The reference is an object of the original test.")
    return reference


def same(ours: Any, theirs: Any) -> bool:
    """Equal, or drawn values of one shape."""
    if ours == theirs:
        return True
    return isinstance(ours, str) and isinstance(theirs, str) and shape(ours) == shape(theirs)


def shape(text: str) -> str:
    return DRAWN.sub("…", text)
