"""Secondary instances: by their ids, each built when it is asked for."""

from __future__ import annotations

import pytest

from flows import errors, nouns, tables

FLOW = nouns.Flow(
    "f",
    "1",
    "F",
    (nouns.Question("select_one colours", "a", "a", "A", choices=(nouns.Choice("red", "Red"),)),),
    tables={
        "towns": nouns.Table("towns.csv", ({"name": "lodwar"},)),
        "broken": nouns.Table("broken.xml", xml="<root>"),
    },
)


def test_lists_and_tables_are_found_by_their_ids() -> None:
    found = tables.Instances(FLOW)
    assert list(found) == ["colours", "towns", "broken"]
    assert len(found) == 3
    assert [name in found for name in ("towns", "colours", "villages")] == [True, True, False]
    assert [found[name].children[0].children[0].text for name in ("colours", "towns")] == ["redRed", "lodwar"]
    assert found.get("villages") is None


def test_one_that_nobody_asks_for_is_not_built() -> None:
    found = tables.Instances(FLOW)
    assert found["towns"] is found["towns"]
    with pytest.raises(errors.FlowErrors):
        found["broken"]
