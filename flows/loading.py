"""Flow files: YAML in XLSForm's vocabulary becomes a `Flow`, or a list of everything that is wrong with it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping

import msgspec

from flows import dead_ends, documents, errors, form, kinds, nouns, others, wording

FLOW_KEYS = (
    "flow", "version", "title", "role", "per", "about", "language", "root", "choices", "survey", "tables",
    "entities", "settings", "namespaces",
)  # fmt: skip
TEXT_KEYS = (
    "label", "hint", "guidance_hint", "relevant", "required", "required_message", "constraint", "constraint_message",
    "calculation", "default", "choice_filter", "read_only", "appearance", "preload", "save_to", "unit", "plausible",
    "short", "example", "follow_up", "agenda",
)  # fmt: skip
QUESTION_KEYS = (
    "type",
    "name",
    *TEXT_KEYS,
    "trigger",
    "itemset",
    "parameters",
    "seed",
    "evidence",
    "together",
)
GROUP_KEYS = ("type", "name", "label", "relevant", "read_only", "appearance", "children")
REPEAT_KEYS = (*GROUP_KEYS, "hint", "repeat_count", "is_fixed", "seed")
ITEMSET_KEYS = ("nodes", "value", "label")
ENTITY_KEYS = ("dataset", "label", "entity_id", "create_if", "update_if", "within")

ROOT = "data"
"""XLSForm's own name of the element above all."""

TRANSLATED = ("label", "hint", "guidance_hint", "constraint_message", "required_message", "short")
"""Columns that may stand once a language, as `label::Français (fr)`."""

OTHER = "or_other"
"""Stands behind a choice list to offer one choice more, and to ask which."""

EVIDENCE = ("photo", "file", "voice", "location")
"""Kinds of proof that may be welcome beside an answer."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
"""What XLSForm allows as a name."""

SURVEY_ROWS = 10_000
"""Items of one flow; the largest forms known have some 3,000."""


def load(text: str, *, file: str = "") -> nouns.Flow:
    """The flow that a YAML text describes; raises FlowErrors naming file, line, what, and what to do."""
    reader = _Reader(file)
    flow = reader.flow(documents.compose(text, file))
    if reader.errors or flow is None:
        raise errors.FlowErrors(reader.errors)
    dead_ends.refuse(form.of(flow))
    return flow


class _Reader:
    """Reads one file, collecting everything that is wrong before giving up."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.errors: list[errors.FlowError] = []
        self.lists: dict[str, tuple[nouns.Choice, ...]] = {}
        self.translations: dict[str, dict[str, str]] = {}
        self.rows = 0

    def wrong(self, node: documents.Node, what: str, fix: str) -> None:
        self.errors.append(errors.FlowError(self.file, node.line, what, fix))

    # --- the file ----------------------------------------------------------------------------------

    def flow(self, top: documents.Node) -> nouns.Flow | None:
        """The flow, or None where something is wrong."""
        fields = self.fields(top, FLOW_KEYS, "a flow")
        if not fields:
            self.wrong(
                top, "A flow file begins with keys such as `flow:` and `survey:`.", "See the reference."
            )
            return None
        for needed in ("flow", "title", "survey"):
            if needed not in fields:
                self.wrong(top, f"The flow has no `{needed}`.", f"Add `{needed}: …` at the top level.")
        if choices := fields.get("choices"):
            self.lists = {
                name: self.choice_list(name, rows) for name, rows in self.pairs(choices, "`choices`").items()
            }
        survey = fields.get("survey")
        children = self.items(survey, "") if survey else ()
        if self.errors:
            return None
        return nouns.Flow(
            id=self.text(fields, "flow"),
            version=self.text(fields, "version") or "1",
            title=self.text(fields, "title"),
            children=children,
            role=nouns.Role(self.one_of(fields, "role", nouns.Role) or nouns.Role.SPECIALIST),
            per=nouns.Per(self.one_of(fields, "per", nouns.Per) or nouns.Per.ORGANISATION),
            about=self.text(fields, "about"),
            language=self.text(fields, "language") or "en",
            translations=self.translations,
            tables=self.tables(fields.get("tables")),
            entities=self.entities(fields.get("entities")),
            root=self.text(fields, "root") or ROOT,
            settings=self.plain(fields.get("settings"), "`settings`"),
            namespaces=self.plain(fields.get("namespaces"), "`namespaces`"),
            file=self.file,
        )

    def tables(self, node: documents.Node | None) -> dict[str, nouns.Table]:
        """The tables that expressions look into, each a list of rows with the same columns."""
        pairs = self.pairs(node, "`tables`") if node is not None else {}
        return {
            name: nouns.Table(
                rows=tuple(
                    self.plain(row, f"A row of `{name}`")
                    for row in self.sequence(rows, f"The table `{name}`")
                )
            )
            for name, rows in pairs.items()
        }

    def entities(self, node: documents.Node | None) -> tuple[nouns.Entity, ...]:
        """What the answers create or update in a register."""
        rows = self.sequence(node, "`entities`") if node is not None else ()
        return tuple(
            nouns.Entity(**{key: self.text(fields, key) for key in ENTITY_KEYS}, line=row.line)
            for row in rows
            if (fields := self.fields(row, ENTITY_KEYS, "an entity"))
        )

    def plain(self, node: documents.Node | None, where: str) -> dict[str, str]:
        """Keys with texts."""
        pairs = self.pairs(node, where) if node is not None else {}
        return {key: self.scalar(value, key) for key, value in pairs.items()}

    def translated(self, node: documents.Node, ids: Mapping[str, str]) -> None:
        """Keep the words that stand in another language, as `label::Français (fr)`, by their ids, one a column."""
        for key, value in node.pairs:
            column, mark, language = key.text.partition("::")
            if mark and column in ids and language.strip():
                texts = self.translations.setdefault(language.strip(), {})
                texts[ids[column]] = self.scalar(value, key.text)

    def choice_list(self, list_name: str, rows: documents.Node) -> tuple[nouns.Choice, ...]:
        """The choices of one list."""
        made: dict[str, nouns.Choice] = {}
        for row in self.sequence(rows, f"The choice list `{list_name}`"):
            fields = self.fields(row, None, f"a choice of `{list_name}`")
            name = self.name(row, fields, f"A choice of `{list_name}`")
            if not name:
                continue
            if name in made:
                self.wrong(
                    row, f"The choice `{name}` stands twice in `{list_name}`.", "Rename or remove one."
                )
            self.translated(row, {"label": f"{list_name}:{name}"})
            columns = {column: self.text(fields, column) for column in fields if "::" not in column}
            label = columns.pop("label", "") or name
            columns.pop("name")
            made[name] = nouns.Choice(name, label, columns)
        if not made:
            self.wrong(rows, f"The choice list `{list_name}` is empty.", "Add `- {name: …, label: …}`.")
        return tuple(made.values())

    def items(self, rows: documents.Node, above: str) -> tuple[nouns.Item, ...]:
        """The items of a survey, a group or a repeat."""
        found = (self.item(row, above) for row in self.sequence(rows, "`survey` and `children`"))
        return tuple(itertools.chain.from_iterable(found))

    def item(self, row: documents.Node, above: str) -> tuple[nouns.Item, ...]:
        """One item, with the question behind it where it is an `or_other`; none where its type or name is wrong."""
        self.rows += 1
        if self.rows == SURVEY_ROWS + 1:
            self.wrong(row, f"The flow has more than {SURVEY_ROWS:,} items.", "Split it into several flows.")
        if self.rows > SURVEY_ROWS:
            return ()
        if not row.is_mapping:
            self.wrong(
                row, "An item has keys such as `type:` and `name:`.", "Write `- type: text` and so on."
            )
            return ()
        kind, list_name, or_other = self.type(row)
        keys = {"group": GROUP_KEYS, "repeat": REPEAT_KEYS}.get(kind, QUESTION_KEYS)
        fields = self.fields(row, keys if kind else None, f"a {kind}")
        name = self.name(row, fields, "An item")
        if not kind or not name:
            return ()
        path = f"{above}/{name}" if above else name
        self.translated(row, {column: f"{path}:{column}" for column in TRANSLATED})
        if kind in kinds.HOLDERS:
            return (self.holder(kind, row, fields, path),)
        question = self.question(kind, list_name, row, fields, path)
        return others.asked(question) if or_other else (question,)

    def type(self, row: documents.Node) -> tuple[str, str, bool]:
        """The type of an item, its choice list, and whether `or_other` stands behind; no type where it is none."""
        node = row.get("type")
        if node is None or not node.is_text:
            self.wrong(row, "An item has no `type`.", f"Add one of: {', '.join(kinds.ALL)}.")
            return "", "", False
        words = node.text.split()
        kind = kinds.ALIASES.get(words[0], words[0]) if words else ""
        or_other = len(words) > 2 and words[-1] == OTHER
        list_name = " ".join(words[1:-1] if or_other else words[1:])
        if kind not in kinds.ALL:
            fix = errors.did_you_mean(kind, kinds.ALL) or f"Use one of: {', '.join(kinds.ALL)}."
            self.wrong(node, f"There is no type `{kind}`.", fix)
            return "", "", False
        if kind in kinds.SELECTS and not list_name:
            self.wrong(
                node, f"`{kind}` names no choice list.", f"Write `{kind} LIST`, with LIST under `choices:`."
            )
        elif kind in kinds.SELECTS and list_name not in self.lists and row.get("itemset") is None:
            fix = errors.did_you_mean(list_name, self.lists) or "Add it under `choices:`."
            self.wrong(node, f"There is no choice list `{list_name}`.", fix)
        elif kind not in kinds.SELECTS and list_name:
            self.wrong(node, f"`{kind}` takes nothing behind it.", f"Write `type: {kind}`.")
        return kind, list_name, or_other

    def question(
        self, kind: str, list_name: str, row: documents.Node, fields: dict[str, documents.Node], path: str
    ) -> nouns.Question:
        """A question, with its texts as written."""
        if kind == "calculate" and "calculation" not in fields:
            self.wrong(row, f"`{path}` is a calculate without a calculation.", "Add `calculation: …`.")
        if kind not in kinds.UNSEEN and not self.text(fields, "label"):
            self.wrong(row, f"`{path}` has no label.", "Add `label: …`: the words that people read.")
        asked = nouns.Question(
            type=f"{kind} {list_name}".strip(),
            name=self.text(fields, "name"),
            path=path,
            choices=self.lists.get(list_name, ()),
            trigger=tuple(wording.bare(word) for word in self.words(fields, "trigger")),
            itemset=self.itemset(fields.get("itemset")),
            parameters=self.plain(fields.get("parameters"), "`parameters`"),
            seed=self.words(fields, "seed"),
            evidence=self.words(fields, "evidence", EVIDENCE),
            together=self.words(fields, "together"),
            line=row.line,
        )
        return msgspec.structs.replace(asked, **{key: self.text(fields, key) for key in TEXT_KEYS})

    def itemset(self, node: documents.Node | None) -> nouns.Itemset | None:
        """Where among answers or tables the choices are found."""
        fields = self.fields(node, ITEMSET_KEYS, "an itemset") if node is not None else {}
        given = {key: self.text(fields, key) for key in fields}
        if node is not None and not given.get("nodes"):
            self.wrong(node, "The itemset has no `nodes`.", "Add `nodes: …`: the expression that finds them.")
        return nouns.Itemset(**given) if given.get("nodes") else None

    def holder(
        self, kind: str, row: documents.Node, fields: dict[str, documents.Node], path: str
    ) -> nouns.Group | nouns.Repeat:
        """A group or a repeat with its children."""
        children = self.items(fields["children"], path) if "children" in fields else ()
        if not children:
            self.wrong(row, f"The {kind} `{path}` has no children.", "Add `children:` with its questions.")
        common = {
            key: self.text(fields, key) for key in ("name", "label", "relevant", "read_only", "appearance")
        }
        if kind == "group":
            return nouns.Group(path=path, children=children, line=row.line, **common)
        if not common["label"]:
            self.wrong(
                row, f"The repeat `{path}` has no label.", "Add the singular, as `label: Internet line`."
            )
        return nouns.Repeat(
            path=path,
            children=children,
            hint=self.text(fields, "hint"),
            repeat_count=self.text(fields, "repeat_count"),
            is_fixed=self.text(fields, "is_fixed") in form.ALWAYS,
            seed=self.words(fields, "seed"),
            line=row.line,
            **common,
        )

    # --- YAML --------------------------------------------------------------------------------------

    def pairs(self, node: documents.Node, where: str) -> dict[str, documents.Node]:
        """The keys of a mapping with their values; doubled keys are wrong."""
        if not node.is_mapping:
            self.wrong(node, f"{where} must be keys with values.", "Write `key: value`, one a line.")
            return {}
        found: dict[str, documents.Node] = {}
        for key, value in node.pairs:
            if key.text in found:
                self.wrong(key, f"`{key.text}` stands twice.", "Remove one.")
            found[key.text] = value
        return found

    def fields(
        self, node: documents.Node, known: Iterable[str] | None, what: str
    ) -> dict[str, documents.Node]:
        """The keys of a mapping; unknown ones are wrong unless any are welcome."""
        found = self.pairs(node, f"This part, {what},")
        if known is None:
            return found
        for key, _ in node.pairs:
            is_column = key.text in known or key.text.partition("::")[0] in TRANSLATED
            if not is_column:
                fix = errors.did_you_mean(key.text, known) or f"It knows {', '.join(known)}."
                self.wrong(key, f"There is no key `{key.text}` in {what}.", fix)
        return found

    def sequence(self, node: documents.Node, where: str) -> tuple[documents.Node, ...]:
        """The members of a list."""
        if not node.is_sequence:
            self.wrong(node, f"{where} must be a list.", "Begin each line with `- `.")
        return node.members

    def text(self, fields: dict[str, documents.Node], key: str) -> str:
        """The text of a key; empty where it is not there."""
        return self.scalar(fields[key], key) if key in fields else ""

    def scalar(self, node: documents.Node, key: str) -> str:
        """A plain text."""
        if not node.is_text:
            self.wrong(
                node, f"`{key}` must be a text, not a list or keys with values.", "Put it in one line."
            )
            return ""
        return node.text

    def name(self, row: documents.Node, fields: dict[str, documents.Node], what: str) -> str:
        """The name of an item or a choice; empty where it is wrong."""
        node = fields.get("name")
        if node is None:
            self.wrong(
                row, f"{what} has no `name`.", "Add `name: …`: short, lower case, with `_` for spaces."
            )
            return ""
        if node.is_text and what.startswith("A choice"):
            if not node.text or re.search(r"\s", node.text):
                self.wrong(node, f"`{node.text}` cannot name a choice.", "Use a word without spaces.")
                return ""
            return node.text
        if not node.is_text or not _NAME.fullmatch(node.text):
            self.wrong(
                node, f"`{node.text}` cannot be a name.", "Use letters, digits and `_`, a letter first."
            )
            return ""
        return node.text

    def words(
        self, fields: dict[str, documents.Node], key: str, known: Iterable[str] = ()
    ) -> tuple[str, ...]:
        """A list of words, or one word; those not known are wrong where `known` is given."""
        node = fields.get(key)
        if node is None:
            return ()
        members = node.members if node.is_sequence else (node,)
        for member in members:
            if known and member.text not in known:
                fix = errors.did_you_mean(member.text, known) or f"Use {', '.join(known)}."
                self.wrong(member, f"`{key}` does not know `{member.text}`.", fix)
        return tuple(self.scalar(member, key) for member in members)

    def one_of(self, fields: dict[str, documents.Node], key: str, known: Iterable[str]) -> str:
        """A word out of few; empty where it is not there or wrong."""
        word = self.text(fields, key)
        if word and word not in list(known):
            fix = errors.did_you_mean(word, known) or f"Use one of: {', '.join(known)}."
            self.wrong(fields[key], f"There is no {key} `{word}`.", fix)
            return ""
        return word
