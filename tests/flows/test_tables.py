"""Secondary instances: by their ids, each built when it is asked for; and the files that they are read from."""

from __future__ import annotations

import json

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


def shapes(*shapes: dict[str, object]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(shapes)}).encode()


def shape(kind: str, places: object, **more: object) -> dict[str, object]:
    return {
        "geometry": {"type": kind, "coordinates": places},
        "properties": {"name": "Lodwar", "of": None},
        **more,
    }


LODWAR = [35.6, 3.1]


@pytest.mark.parametrize(
    ("file", "content", "rows"),
    [
        pytest.param("t.csv", b"name,size\nLodwar,7\n\nMachakos,9\n", [{"name": "Lodwar", "size": "7"}, {"name": "Machakos", "size": "9"}], id="commas"),
        pytest.param("t.CSV", b"\xef\xbb\xbf name ; size\nLodwar;1,5", [{"name": "Lodwar", "size": "1,5"}], id="semicolons, and a mark of order"),
        pytest.param("t.csv", b"", [], id="nothing in it"),
        pytest.param(
            "t.geojson", shapes(shape("Point", LODWAR, id=7)), [{"geometry": "3.1 35.6 0 0", "id": "7", "name": "Lodwar", "of": ""}], id="a point"
        ),
        pytest.param(
            "t.geojson", shapes(shape("LineString", [LODWAR, [36, 4]])), [{"geometry": "3.1 35.6 0 0; 4 36 0 0", "name": "Lodwar", "of": ""}], id="a line"
        ),
        pytest.param(
            "t.geojson", shapes(shape("Polygon", [[LODWAR, [36, 4]]])), [{"geometry": "3.1 35.6 0 0; 4 36 0 0", "name": "Lodwar", "of": ""}], id="a shape"
        ),
    ],
)  # fmt: skip
def test_a_table_is_read(file: str, content: bytes, rows: list[dict[str, str]]) -> None:
    assert list(tables.attached(file, content).rows) == rows


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        pytest.param("t.txt", b"a", "as .csv, .geojson or .xml", id="another kind"),
        pytest.param("t.csv", b"\xff\xfe", "not in UTF-8", id="another encoding"),
        pytest.param("t.csv", b'name\n"Lodwar', "no CSV", id="a quote that does not end"),
        pytest.param("t.csv", b"n\n" * (tables.MAX_ROWS + 1), "more than .* rows", id="too many rows"),
        pytest.param("t.csv", b"n" * (tables.MAX_BYTES + 1), "bytes", id="too large"),
        pytest.param("t.geojson", b"{", "no GeoJSON", id="no JSON"),
        pytest.param("t.geojson", b"[]", "no GeoJSON", id="a list"),
        pytest.param("t.geojson", shapes({"geometry": None, "properties": {}}), "no GeoJSON", id="nowhere"),
        pytest.param("t.geojson", shapes(shape("Point", 7)), "no GeoJSON", id="a number for a place"),
        pytest.param("t.geojson", b"[" * 100_000, "no GeoJSON", id="very deep"),
        pytest.param(
            "t.geojson", shapes(*[{}] * (tables.MAX_ROWS + 1)), "more than .* rows", id="too many shapes"
        ),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(file: str, content: bytes, says: str) -> None:
    with pytest.raises(errors.FlowErrors, match=says):
        tables.attached(file, content)


@pytest.mark.parametrize(
    ("file", "content", "rows"),
    [
        pytest.param("t.csv", b"n\n" + b"7\n" * (tables.MAX_ROWS - 1), tables.MAX_ROWS - 1, id="lines, the first names them"),
        pytest.param("t.geojson", shapes(*[shape("Point", LODWAR)] * tables.MAX_ROWS), tables.MAX_ROWS, id="shapes"),
    ],
)  # fmt: skip
def test_the_longest_table_is_taken(file: str, content: bytes, rows: int) -> None:
    assert len(tables.attached(file, content).rows) == rows


def test_only_names_that_are_written_out_are_looked_for_in_expressions() -> None:
    assert tables.pulled("pulldata('towns', 'size', 'name', ${town}) > 2") == {"towns"}
    assert tables.pulled("pulldata(${which}, 'size', 'name', 'a')") == frozenset()
    assert tables.pulled("pulldata('towns'") == frozenset()
