"""Out and back: a flow as a file of ours and as a form of ODK's says the same as before."""

from __future__ import annotations

import io
import itertools
import string

import msgspec
import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows import kinds, loading, nouns, others, shipped, writing
from flows.xlsform import importing, workbook
from tests.flows import playing
from tests.flows.xlsform import forms

SHIPPED = [pytest.param(flow, id=flow.id) for flow in shipped.assessment()]

SURVEYED = """
flow: shop
version: "3"
title: The shop
role: it
per: branch
about: What the shop has.
language: en
choices:
  yn: [{name: "yes", label: "Yes", "label::French (fr)": Oui}, {name: "no", label: "No"}]
  state: [{name: good, label: Good, "label::French (fr)": Bon}]
tables:
  towns: [{name: nbo, county: Nairobi}]
entities: [{dataset: branches, label: "${name_of}"}]
settings: {instance_name: "${name_of}"}
survey:
  - {type: text, name: name_of, label: Name, "label::French (fr)": Nom, save_to: title, seed: [S01, S02]}
  - type: repeat
    name: tills
    label: Till
    repeat_count: "3"
    children:
      - {type: integer, name: age, label: Age, unit: years, evidence: [photo], constraint: ". < 9", "constraint_message::French (fr)": Non}
      - {type: select_multiple yn, name: which, label: Which, choice_filter: name != 'x'}
      - {type: select_one state or_other, name: works, label: Works, parameters: {randomize: "true"}}
  - {type: dateTime, name: at, label: At, trigger: name_of, calculation: now()}
  - {type: range, name: speed, label: Speed, parameters: {start: "0", end: "9", step: "1"}, appearance: vertical}
  - {type: rank yn, name: order, label: Order, guidance_hint: Best first, read_only: "no", default: "yes"}
  - {type: hidden, name: begun, preload: timestamp start}
  - type: select_one ${name_of}
    name: again
    label: Again
    itemset: {nodes: "${name_of}", value: ., label: .}
"""


@pytest.mark.parametrize("flow", SHIPPED)
def test_every_shipped_flow_goes_to_excel_and_back(flow: nouns.Flow) -> None:
    form = importing.load(workbook.write(flow), "flow.xlsx")
    assert forms.bare(form.flow) == forms.bare(flow)
    assert form.remarks == ()


@pytest.mark.parametrize("flow", SHIPPED)
def test_every_shipped_flow_is_written_as_it_is_read(flow: nouns.Flow) -> None:
    assert forms.bare(loading.load(writing.text(flow))) == forms.bare(flow)


def test_everything_that_a_file_may_say_is_written() -> None:
    flow = loading.load(SURVEYED)
    text = writing.text(flow)
    assert forms.bare(loading.load(text)) == forms.bare(flow)
    assert text == writing.text(loading.load(text))


def test_choices_and_lists_of_words_are_written_in_one_line() -> None:
    flow = playing.load("""
        choices:
          days: [{name: mon, label: Monday}]
        survey:
          - {type: select_one days, name: day, label: Which day?, evidence: [photo, file]}
        """)
    lines = [line.strip() for line in writing.text(flow).splitlines()]
    assert "- {name: mon, label: Monday}" in lines
    assert "evidence: [photo, file]" in lines


def test_a_form_in_two_languages_goes_out_and_comes_back() -> None:
    flow = loading.load(SURVEYED)
    flow = msgspec.structs.replace(flow, children=flow.children[:-1])
    back = importing.load(workbook.write(flow), "shop.xlsx").flow
    assert forms.bare(back) == forms.bare(flow)


def test_a_list_that_or_other_lengthens_is_as_long_for_all_who_choose_from_it() -> None:
    form = forms.load(
        """
        | survey |
        |         | type                  | name   | label  |
        |         | select_one b or_other | bank   | Bank   |
        |         | rank b                | ranked | Ranked |
        | choices |
        |         | list_name             | name   | label  |
        |         | b                     | kcb    | KCB    |
        """
    )
    written = forms.bare(loading.load(writing.text(form.flow)))
    assert written == forms.bare(form.flow)
    assert forms.bare(importing.load(workbook.write(written), "form.xlsx").flow) == written


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        pytest.param("{name: coop, label: Co-op}", {"coop": "Co-op"}, id="none of the author's"),
        pytest.param("{name: other, label: A till}", {"other": "A till"}, id="one in the author's words"),
    ],
)
def test_of_a_list_that_or_other_lengthens_the_authors_own_choices_are_written(
    last: str, kept: dict[str, str]
) -> None:
    asked = "{type: select_one banks or_other, name: bank, label: Bank}"
    banks = f"[{{name: kcb, label: KCB}}, {last}]"
    flow = loading.load(f"flow: f\ntitle: F\nchoices:\n  banks: {banks}\nsurvey:\n  - {asked}\n")
    text = writing.text(flow)
    written = yaml.safe_load(text)["choices"]["banks"]
    assert {choice["name"]: choice["label"] for choice in written} == {"kcb": "KCB", **kept}
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write(flow)))["choices"]
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["kcb", *kept]
    assert forms.bare(loading.load(text)) == forms.bare(flow)
    assert forms.bare(importing.load(workbook.write(flow), "f.xlsx").flow) == forms.bare(flow)


def test_places_marked_on_a_map_are_no_choices() -> None:
    form = forms.load(
        """
        | survey |
        |         | type     | name  | label  | parameters              | choice_filter |
        |         | geopoint | where | Where? | reference-geometry=spots | name = 'a'   |
        | choices |
        |          | list_name | name | label | geometry |
        |          | spots     | a    | A     | 1 2 0 0  |
        """
    )
    [where] = form.flow.children
    assert isinstance(where, nouns.Question)
    assert (where.type, where.choices, where.choice_filter) == ("geopoint", (), "")
    assert where.parameters == {"reference-geometry": "spots"}
    assert form.flow.tables["spots"].rows[0]["geometry"] == "1 2 0 0"
    assert forms.bare(loading.load(writing.text(form.flow))) == forms.bare(form.flow)


PULLED = """
flow: towns
title: Towns
choices:
  towns: [{name: nbo, label: Nairobi, county: "047"}, {name: msa, label: "=Mombasa", county: "-1"}]
tables:
  heads: [{town: nbo, people: "4397073"}, {town: msa}]
survey:
  - {type: select_one towns, name: town, label: Town}
  - {type: calculate, name: county, calculation: "pulldata('towns', 'county', 'name', ${town})"}
  - type: group
    name: g
    children: [{type: text, name: q, label: Q, relevant: "pulldata('heads', 'people', 'town', ${town}) > 1"}]
"""


def test_what_pulldata_looks_into_goes_out_as_files_beside_the_form() -> None:
    flow = loading.load(PULLED)
    beside = workbook.files(flow)
    assert beside == {
        "heads.csv": b"town,people\r\nnbo,4397073\r\nmsa,\r\n",
        "towns.csv": b"name,label,county\r\nnbo,Nairobi,047\r\nmsa,=Mombasa,-1\r\n",
    }
    back = importing.load(workbook.write(flow), "towns.xlsx", files=beside)
    assert back.remarks == ()
    assert forms.bare(back.flow).children == forms.bare(flow).children


def test_only_what_can_be_looked_into_goes_out_as_a_file() -> None:
    flow = loading.load(
        PULLED.replace('heads: [{town: nbo, people: "4397073"}, {town: msa}]', "other: [{a: b}]")
    )
    assert list(workbook.files(flow)) == ["towns.csv"], "of `heads` nothing is known"


def test_a_repeat_whose_entries_are_fixed_stays_so() -> None:
    fixed = "- {type: repeat, name: tills, label: Till, is_fixed: true, children: [{type: text, name: a, label: A}]}"
    flow = loading.load(f"flow: f\ntitle: F\nsurvey:\n  {fixed}\n")
    [tills] = flow.children
    assert isinstance(tills, nouns.Repeat)
    assert tills.is_fixed
    assert forms.bare(loading.load(writing.text(flow))) == forms.bare(flow)
    assert forms.bare(importing.load(workbook.write(flow), "f.xlsx").flow) == forms.bare(flow)


def test_the_workbook_is_pleasant_to_read() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(loading.load(SURVEYED))))
    assert book.sheetnames == ["survey", "choices", "settings", "entities"]
    survey = book["survey"]
    headings = [cell.value for cell in survey[1]]
    assert headings[:4] == ["type", "name", "label", "label::French (fr)"]
    assert "groundwork::seed" in headings
    assert survey.freeze_panes == "A2"
    assert survey.column_dimensions["C"].width > 5
    settings_ = dict(zip(*(tuple(cell.value for cell in row) for row in book["settings"].rows), strict=True))
    assert settings_["default_language"] == "English (en)"
    assert settings_["version"] == "3"


# --- random flows ----------------------------------------------------------------------------------

NAMES = st.from_regex(r"[a-z_][a-z0-9_]{0,8}", fullmatch=True).filter(lambda name: name not in ("meta", "_"))
WORDS = st.text(
    string.ascii_letters + string.digits + "äß’“”?!,;:()%&/'\"=+-@#|\\", min_size=1, max_size=20
).map(lambda text: f"Q {text} q")
LANGUAGES = st.sampled_from(["French (fr)", "Swahili (sw)"])
CONDITIONS = st.sampled_from(["", "1 = 1", "true()", "yes", "2 < 3 and not(false())"])


@st.composite
def flows(draw: st.DrawFn) -> nouns.Flow:
    """A flow with groups, repeats, lists, translations and our own columns."""
    names = (f"{draw(NAMES)}{number}" for number in itertools.count())
    choices = tuple(
        nouns.Choice(name, draw(WORDS), draw(st.dictionaries(st.just("region"), st.sampled_from(["n", "s"]))))
        for name in draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    )
    words: dict[str, dict[str, str]] = {}
    children = tuple(draw(items(names, choices, words, "", 2)) for _ in range(draw(st.integers(1, 3))))
    return nouns.Flow(
        id=draw(NAMES),
        version=draw(st.sampled_from(["1", "2026112401", "a.b"])),
        title=draw(WORDS),
        children=tuple(each for some in children for each in some),
        role=draw(st.sampled_from(nouns.Role)),
        per=draw(st.sampled_from(nouns.Per)),
        about=draw(WORDS),
        translations=words,
    )


@st.composite
def items(draw: st.DrawFn, names, choices, words, above: str, depth: int) -> list[nouns.Item]:
    """An item, with the question behind it where it is an `or_other`."""
    name = next(names)
    path = f"{above}/{name}" if above else name
    holder = draw(st.sampled_from([nouns.Group, nouns.Repeat, None, None])) if depth else None

    def said(field: str) -> str:
        text = draw(WORDS)
        if draw(st.booleans()):
            words.setdefault(draw(LANGUAGES), {})[f"{path}:{field}"] = draw(WORDS)
        return text

    if holder is not None:
        inner = draw(items(names, choices, words, path, depth - 1))
        relevant = draw(CONDITIONS)
        return [holder(name, path, tuple(inner), label=said("label"), relevant=relevant)]
    kind = draw(st.sampled_from([*kinds.QUESTIONS, "select_one l", "select_multiple l", "rank l"]))
    is_shown = kind not in kinds.UNSEEN
    question = nouns.Question(
        type=kind,
        name=name,
        path=path,
        label=said("label") if is_shown else "",
        hint=said("hint") if is_shown and draw(st.booleans()) else "",
        relevant=draw(CONDITIONS),
        constraint=draw(st.sampled_from(["", ". != 'x'"])),
        constraint_message=said("constraint_message"),
        required=draw(st.sampled_from(["", "yes", "1 = 1"])) if kind != "note" else "",
        calculation="1 + 1" if kind == "calculate" else "",
        choices=choices if kind.endswith(" l") else (),
        parameters={"start": "1", "end": "10", "step": "1"} if kind == "range" else {},
        seed=tuple(draw(st.lists(st.sampled_from(["S01", "X02"]), max_size=2))),
        unit=draw(st.sampled_from(["", "days a week"])),
        evidence=tuple(draw(st.lists(st.sampled_from(loading.EVIDENCE), max_size=2, unique=True))),
    )
    if kind == "select_one l" and draw(st.booleans()):
        # on a list of its own: in XLSForm the further choice is there for every question of the list
        return list(others.asked(msgspec.structs.replace(question, type="select_one o")))
    return [question]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(flows())
def test_any_flow_is_written_as_it_is_read(flow: nouns.Flow) -> None:
    assert forms.bare(loading.load(writing.text(flow))) == forms.bare(flow)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(flows())
def test_any_flow_goes_to_excel_and_back(flow: nouns.Flow) -> None:
    back = importing.load(workbook.write(flow), "flow.xlsx").flow
    assert forms.bare(back) == forms.bare(flow)
