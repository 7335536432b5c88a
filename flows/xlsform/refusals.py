"""What pyxform refuses, said with sheet, row, column and what to do; in our words where pyxform's are not enough."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

import msgspec
from pyxform import aliases, question_type_dictionary, xls2json_backends

from flows import errors
from flows.xlsform import kobotoolbox, nesting, surveycto

Sheets: TypeAlias = xls2json_backends.DefinitionData
Row = Mapping[str, str]

_ROW = re.compile(r"\[row : (\d+)\]\s*")
_PLACE = re.compile(
    r"On the '(?P<sheet>\w+)' sheet, the '(?P<column>[^']+)' value(?: '(?P<value>[^']*)')? is (?:invalid|problematic)\.\s*"
)
_SHEET = re.compile(r"On the '(?P<sheet>\w+)' sheet, [^.]* (?:is|are) invalid\.\s*")
_UNMATCHED = "Unmatched '"
_LEARN = re.compile(r"\s*Learn more: \S+")

TYPES = (
    "select_one", "select_multiple", "rank", "begin_group", "end_group", "begin_repeat", "end_repeat",
    *question_type_dictionary.QUESTION_TYPE_DICT,
)  # fmt: skip
"""What may stand in the column `type`, for corrections."""


class Said(msgspec.Struct, frozen=True):
    """A refusal in our words, for the messages of pyxform that a pattern finds."""

    pattern: str
    what: str
    fix: str = ""
    column: str = ""
    find: Callable[[Row, Mapping[str, str]], bool] | None = None
    """Finds the row where pyxform names none."""
    known: Callable[[Sheets], Iterable[str]] | None = None
    """The words among which `{word}` may have been meant."""
    sheet: str = "survey"


def refused(problem: Exception, sheets: Sheets, name: str) -> errors.FlowErrors:
    """Everything that pyxform said, as errors; what of it has a deeper reason, by that reason."""
    rows = [
        {heading: cell for heading, cell in row.items() if isinstance(heading, str)}
        for row in sheets.survey or ()
    ]
    if theirs := [*kobotoolbox.groups(rows, cells, name)]:
        return errors.FlowErrors(theirs)
    if _UNMATCHED in str(problem) and (found := [*nesting.crossed(rows, cells, name)]):
        return errors.FlowErrors(found)
    lines = [line for line in str(problem).strip().split("\n") if line.strip()]
    together = lines if all(_ROW.match(line) for line in lines) else [" ".join(lines)]
    return errors.FlowErrors(_explained(line, sheets, name) for line in together)


def _explained(message: str, sheets: Sheets, name: str) -> errors.FlowError:
    row = int(found[1]) if (found := _ROW.search(message)) else 0
    place = _PLACE.search(message) or _SHEET.search(message)
    named = place.groupdict() if place else {}
    body = _ROW.sub("", message)
    for ornament in (_PLACE, _SHEET, _LEARN):
        body = ornament.sub("", body)
    for said in SAID:
        if match := re.search(said.pattern, message):
            values = {key: value or "" for key, value in {**named, **match.groupdict()}.items()}
            sheet = named.get("sheet") or said.sheet
            row = row or _row(said, sheets, sheet, values)
            fix = _meant(said, sheets, values) or said.fix.format(**values)
            column = named.get("column") or said.column
            return errors.FlowError(name, row, said.what.format(**values), fix, sheet, column)
    what, _, fix = body.strip().partition(". ")
    sheet, column = named.get("sheet", "survey"), named.get("column", "")
    return errors.FlowError(name, row, f"{what.removesuffix('.')}.", fix, sheet, column)


def _row(said: Said, sheets: Sheets, sheet: str, values: Mapping[str, str]) -> int:
    """The first row that fits, counted as in the spreadsheet; 0 where none can be told."""
    rows = getattr(sheets, sheet, None) or () if said.find else ()
    return next((n for n, row in enumerate(rows, 2) if said.find and said.find(row, values)), 0)


def _meant(said: Said, sheets: Sheets, values: Mapping[str, str]) -> str:
    known = said.known(sheets) if said.known else ()
    return errors.did_you_mean(values.get("word", ""), list(dict.fromkeys(known)))


def cells(row: Row, *columns: str) -> Iterator[str]:
    """What stands in the columns of these names, however their headings are written."""
    for heading, cell in row.items():
        plain = "_".join(heading.split()).lower().partition(":")[0]
        if plain in columns and cell:
            yield str(cell).strip()


def _names(sheets: Sheets) -> Iterator[str]:
    return (name for row in sheets.survey or () for name in cells(row, "name", "value", "tag"))


def _lists(sheets: Sheets) -> Iterator[str]:
    return (name for row in sheets.choices or () for name in cells(row, "list_name"))


def _has_type(row: Row, values: Mapping[str, str]) -> bool:
    return any(" ".join(cell.split()) == values["word"] for cell in cells(row, "type", "command"))


def _uses_list(row: Row, values: Mapping[str, str]) -> bool:
    return any(values["word"] in cell.split() for cell in cells(row, "type", "command"))


def _is_named(row: Row, values: Mapping[str, str]) -> bool:
    return values["word"] in cells(row, "name", "value", "tag")


def _has_parameter(row: Row, values: Mapping[str, str]) -> bool:
    return any(re.search(rf"\b{re.escape(values['word'])}\s*=", cell) for cell in cells(row, "parameters"))


def _selects(row: Row, _: Mapping[str, str]) -> bool:
    return any(cell.startswith(tuple(aliases.select)) for cell in cells(row, "type", "command"))


def _choice(row: Row, values: Mapping[str, str]) -> bool:
    return values["word"] in cells(row, "name", "value") and values["list"] in cells(row, "list_name")


SAID: tuple[Said, ...] = (
    Said(
        rf"Unknown question type '(?P<word>{'|'.join(sorted(surveycto.TYPES))})'",
        "The type `{word}` is SurveyCTO's own; ODK and chat do not have it.",
        "Remove the row, and what names it.",
        "type", _has_type,
    ),
    Said(
        r"Unknown question type '(?P<word>end_(?:kobomatrix|score|rank)|score__row|rank__level)'",
        "The type `{word}` is KoboToolbox's own; ODK and chat do not have it.",
        "Write each of its questions into a row of its own.",
        "type", _has_type,
    ),
    Said(
        r"Unknown question type '(?P<word>.*)'",
        "There is no question type `{word}`.",
        "Use a type of xlsform.org, or remove the row.",
        "type", _has_type, lambda _: TYPES,
    ),
    Said(
        r"List name not in (?:choices sheet|columns sheet): (?P<word>\S+)",
        "There is no choice list `{word}` on the sheet choices.",
        "Add rows with this list_name to the sheet choices.",
        "type", _uses_list, _lists,
    ),
    Said(
        r"List name not in external choices sheet: (?P<word>\S+)",
        "There is no choice list `{word}` on the sheet external_choices.",
        "Add rows with this list_name to the sheet external_choices.",
        "type", _uses_list,
    ),
    Said(
        r"There should be an? (?P<word>choices|external_choices) sheet",
        "This question has choices, and the form has no sheet `{word}`.",
        "Add a sheet `{word}` with the columns list_name, name and label.",
        "type", _selects,
    ),
    Said(
        r"You must have a sheet named 'survey'",
        "The form has no sheet `survey`.",
        "Name the sheet with the questions `survey`; its columns are type, name and label.",
        sheet="the file",
    ),
    Said(
        r"sheet: '(?P<sheet>\w+)'. One or more required column headers were not found: (?P<missing>.*)\. Learn",
        "The sheet has no column {missing}.",
        "Write the column names into its first row.",
    ),
    Said(
        r"for sheet: '(?P<sheet>\w+)'. Headers that are different names for the same column were found: '(?P<one>[^']*)', '(?P<two>[^']*)'",
        "The columns `{one}` and `{two}` are two names of the same column.",
        "Remove one of them.",
    ),
    Said(
        r"Invalid headers provided for sheet: '(?P<sheet>\w+)'",
        "The sheet's first row does not name its columns.",
        "Write the column names into its first row.",
    ),
    Said(
        r"Could not find the name '(?P<word>[^']*)'",
        "The form has no question `{word}`.",
        "Use the name of a question of this form.",
        known=_names,
    ),
    Said(
        r"The name '(?P<word>[^']*)' appears more than once",
        "There are several questions `{word}`, so it is not clear which one is meant.",
        "Rename the others.",
    ),
    Said(
        r"Reference variables must start with",
        "A reference here is not written as `${{name}}`.",
        "Write `${{`, the name of a question, and `}}`.",
    ),
    Said(
        r"Reference variable lists must have a comma",
        "The references here are not separated.",
        "Write `${{first}}, ${{second}}`.",
    ),
    Said(
        r"Unmatched 'end_(?P<kind>\w+)'",
        "This end_{kind} has no begin_{kind} before it.",
        "Remove it, or add a row begin_{kind} where the {kind} begins.",
        "type",
    ),
    Said(
        r"Unmatched 'begin_(?P<kind>\w+)'. .* for the name '(?P<word>[^']*)'",
        "The {kind} `{word}` has no end.",
        "Add a row end_{kind} below its last question.",
        "type",
    ),
    Said(
        r"must be unique within their nearest parent",
        "The name `{value}` stands twice in the same group.",
        "Rename one of the two.",
    ),
    Said(
        r"Repeat names must unique anywhere",
        "There are two repeats `{value}`.",
        "Rename one of them.",
    ),
    Said(
        r"Choice names must be unique",
        "This choice has the same name as an earlier one of its list.",
        "Rename one of the two, or put `yes` under allow_choice_duplicates on the sheet settings.",
    ),
    Said(
        r"Names must begin with a letter or underscore",
        "This cannot be a name.",
        "Begin with a letter or `_`; go on with letters, digits, `_`, `-` and `.`.",
    ),
    Said(
        r"The name 'meta' is reserved",
        "The name `meta` is kept for ODK's own data.",
        "Choose another name.",
    ),
    Said(
        r"Choice names with spaces .* See \[(?P<word>.*)\] in \[(?P<list>.*)\]",
        "The choice name `{word}` has a space, and several choices are stored with spaces between them.",
        "Write `_` in place of the space.",
        "name", _choice, sheet="choices",
    ),
    Said(
        r"survey element named '(?P<word>[^']*)' has no label or hint",
        "The question `{word}` has no label.",
        "Write what people read into the column label.",
        "label", _is_named,
    ),
    Said(
        r"The question \$\{(?P<other>[^}]*)\} is not user-visible .* for question \$\{(?P<word>[^}]*)\}",
        "`{word}` waits for a change of `{other}`, which nobody can answer.",
        "Name a question that is asked.",
        "trigger", _is_named,
    ),
    Said(r"Missing calculation", "This calculate has no calculation.", "Write the expression.", "calculation"),
    Said(r"Question with no type", "This row has no type.", "Write one, as `text`, or empty the row.", "type"),
    Said(
        r"Question or group with no name",
        "This row has no name.",
        "Write one: short, lower case, `_` for spaces.",
        "name",
    ),
    Said(
        r"Parameters must be in the form",
        "The parameters are not written as `key=value`.",
        "Write `start=1 end=10`, with a space between two of them.",
    ),
    Said(
        r"accepted parameter keys for this question type are '(?P<known>[^']*)'.*key\(s\): '(?P<word>[^']*)'",
        "This type has no parameter `{word}`.",
        "It knows {known}.",
    ),
    Said(
        r"Parameters must include randomize=true to use a (?P<word>seed)",
        "The parameter `seed` stands without `randomize=true`.",
        "Add randomize=true, or remove the seed.",
        "parameters", _has_parameter,
    ),
    Said(
        r"Invalid value for (?P<word>quality)",
        "The parameter `quality` has a value that this type does not know.",
        "Write voice-only, low or normal.",
        "parameters", _has_parameter,
    ),
    Said(
        r"Audits must always be named 'audit.'",
        "An audit has a name of its own.",
        "Leave its name empty.",
        "name",
    ),
    Said(
        r"^To include (?P<word>location) information in the audit",
        "The audit lacks a parameter for locations.",
        "Write location-priority, location-min-interval and location-max-age, or none of them.",
        "parameters", lambda row, _: "audit" in cells(row, "type"),
    ),
    Said(
        r"^(?:Parameter )?(?P<word>[a-z-]+) (?:value )?(?P<rest>must (?:be|have) .*)$",
        "The parameter `{word}` {rest}",
        "Correct its value.",
        "parameters", _has_parameter,
    ),
    Said(
        r"The same instance id will be generated .* Instance name: '(?P<word>[^']*)'",
        "Two lists or files of this form would both be called `{word}`.",
        "Rename one of them.",
        "type", lambda row, values: any(values["word"] in str(cell) for cell in row.values()),
    ),
)  # fmt: skip
"""The first that fits is said."""
