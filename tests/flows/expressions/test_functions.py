"""What each function gives, family by family."""

from __future__ import annotations

import itertools
import math

import pytest

from flows import expressions
from flows.expressions import functions, nodes
from flows.expressions.functions import randomness
from tests.flows.expressions import form


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("concat('a', 1, true())", "a1true", id="concat takes anything"),
        pytest.param("concat(//name)", "AshaBarakaCheche", id="concat takes every node"),
        pytest.param("concat()", "", id="concat of nothing"),
        pytest.param("join(', ', //name, 'x')", "Asha, Baraka, Cheche, x", id="join with a separator"),
        pytest.param("join(', ')", "", id="join of nothing"),
        pytest.param("substr('hello', 1, 3)", "el", id="substr counts from 0"),
        pytest.param("substr('hello', -3)", "llo", id="substr from the end"),
        pytest.param("substr('hello', 0, 99)", "hello", id="substr beyond the end"),
        pytest.param("substring('hello', 2, 3)", "ell", id="substring counts from 1"),
        pytest.param("substring('hello', 0, 1)", "", id="substring that ends before the first letter"),
        pytest.param("substring('hello', 4, 99)", "lo", id="substring beyond the end"),
        pytest.param("substring('hello', -1 div 0)", "hello", id="substring from before all"),
        pytest.param("substring-before('2026-11', '-')", "2026", id="before the mark"),
        pytest.param("substring-after('2026-11', '/')", "", id="after a mark that is not there"),
        pytest.param("translate('bar', 'abc', 'AB')", "BAr", id="translate replaces and drops"),
        pytest.param("translate('aa', 'aa', 'xy')", "xx", id="translate takes the first of two"),
        pytest.param("normalize-space('  a \n b ')", "a b", id="normalize-space"),
        pytest.param("string-length('Ñandú')", 5.0, id="characters, not bytes"),
        pytest.param("contains('Nairobi', 'rob')", True, id="contains"),
        pytest.param("starts-with('Nairobi', 'nai')", False, id="capitals matter"),
        pytest.param("ends-with('Nairobi', 'bi')", True, id="ends-with"),
        pytest.param("base64-decode('w6k=')", "é", id="base64"),
        pytest.param("base64-decode('?')", "", id="no base64"),
        pytest.param(
            "digest('abc', 'SHA-1', 'hex')", "a9993e364706816aba3e25717850c26c9cd0d89d", id="digest"
        ),
        pytest.param("digest('', 'MD5', 'base64')", "1B2M2Y8AsgTpgAmY7PhCfg==", id="digest of nothing"),
        pytest.param("string(number('x'))", "NaN", id="not a number as text"),
        pytest.param("string(0.0000001)", "0.0000001", id="small numbers without exponent"),
        pytest.param("string(100000000000000000000000)", "100000000000000000000000", id="large ones too"),
        pytest.param("string(-0)", "0", id="zero has no sign"),
    ],
)
def test_strings(text: str, value: object) -> None:
    assert form.evaluate(text, node=form.household()) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("abs(-2.5)", 2.5, id="without its sign"),
        pytest.param("round(2.5)", 3.0, id="half goes up"),
        pytest.param("round(-2.5)", -3.0, id="half goes away from zero"),
        pytest.param("round(2.15, 1)", 2.2, id="the decimals that are seen"),
        pytest.param("round(1234.5, -2)", 1200.0, id="zeros before the point"),
        pytest.param("round(123456, -5)", 100000.0, id="as many zeros as one wants"),
        pytest.param("round(7, 1000000)", 7.0, id="more decimals than there are"),
        pytest.param("round(7, -1000000)", 0.0, id="more zeros than there are"),
        pytest.param("round('x', 1)", math.nan, id="what is no number is not rounded"),
        pytest.param("round(1 div 0, 1)", math.inf, id="nor what is infinite"),
        pytest.param("int(-1.9)", -1.0, id="int drops the fraction"),
        pytest.param("floor(-1.1)", -2.0, id="floor goes down"),
        pytest.param("ceiling(-1.9)", -1.0, id="ceiling goes up"),
        pytest.param("pow(2, 10)", 1024.0, id="power"),
        pytest.param("pow(10, 400)", math.inf, id="a power too large"),
        pytest.param("pow(-10, 401)", -math.inf, id="a negative one too large, its exponent odd"),
        pytest.param("pow(-10, 400)", math.inf, id="its exponent even"),
        pytest.param("pow(-8, 1 div 3)", math.nan, id="a root that is not real"),
        pytest.param("pow(0, -1)", math.inf, id="a power of zero"),
        pytest.param("log(0)", -math.inf, id="the logarithm of zero"),
        pytest.param("log10(1000)", 3.0, id="logarithm to base 10"),
        pytest.param("log10(0)", -math.inf, id="the logarithm of zero to base 10"),
        pytest.param("sqrt(-1)", math.nan, id="the root of a negative number"),
        pytest.param("exp(1000)", math.inf, id="an exponential too large"),
        pytest.param("atan2(1, 1)", math.pi / 4, id="atan2"),
        pytest.param("max(//age)", 41.0, id="largest of nodes"),
        pytest.param("min(3, 1, 2)", 1.0, id="smallest of values"),
        pytest.param("max(//nothing)", math.nan, id="largest of none"),
        pytest.param("max(//name)", math.nan, id="largest of names"),
        pytest.param("max(3, 'x')", math.nan, id="largest with one that is no number"),
        pytest.param("min(3, '')", math.nan, id="smallest with one that is not answered"),
        pytest.param("sum(//age)", 87.0, id="sum"),
        pytest.param("sum(//nothing)", 0.0, id="sum of none"),
        pytest.param("1 div 0", math.inf, id="division by zero"),
        pytest.param("-1 div 0", -math.inf, id="negative division by zero"),
        pytest.param("0 div 0", math.nan, id="zero by zero"),
        pytest.param("-5 mod 3", -2.0, id="remainder with the dividend's sign"),
        pytest.param("(1 div 0) mod 2", math.nan, id="remainder of the infinite"),
        pytest.param("5 mod 0", math.nan, id="remainder of division by zero"),
        pytest.param("number('1e3')", 1000.0, id="an exponent"),
        pytest.param("number(' 1.5 ')", 1.5, id="blanks around"),
        pytest.param("number('+1')", math.nan, id="a plus is no part of a number"),
        pytest.param("number('1_000')", math.nan, id="Python's underscores are none either"),
        pytest.param("number('1,000')", math.nan, id="nor commas"),
        pytest.param("number('nan')", math.nan, id="nor words"),
        pytest.param("number('')", math.nan, id="nothing is no number"),
        pytest.param("'2' + '3'", 5.0, id="texts that are numbers"),
        pytest.param("5 - 2 - 1", 2.0, id="from left to right"),
        pytest.param("2 + 3 * 4", 14.0, id="products first"),
    ],
)
def test_numbers(text: str, value: float) -> None:
    assert form.evaluate(text, node=form.household()) == pytest.approx(value, rel=1e-12, nan_ok=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("if(1 > 2, 'a', 'b')", "b", id="if"),
        pytest.param("if(true(), 1, ${not-asked})", 1.0, id="if leaves the other alone"),
        pytest.param("coalesce('', 'b')", "b", id="the first that is not empty"),
        pytest.param("coalesce(1 div '', '0')", "0", id="what is no number is empty"),
        pytest.param("coalesce('', '', 'c')", "c", id="more than two"),
        pytest.param("boolean-from-string('false')", False, id="the word false"),
        pytest.param("boolean('false')", True, id="a text that is not empty"),
        pytest.param("not(0)", True, id="not"),
        pytest.param("checklist(1, 2, true(), false(), true())", True, id="two of three"),
        pytest.param("checklist(-1, 1, true(), true())", False, id="one too many"),
        pytest.param("checklist(3, -1, true(), true())", False, id="one too few"),
        pytest.param("checklist(1, 1, 'yes', '')", True, id="an answer counts, none does not"),
        pytest.param(
            "weighted-checklist(5, 9, true(), 4, false(), 9, true(), 2)", True, id="weights of the true"
        ),
        pytest.param("selected('a b c', ' b ')", True, id="selected"),
        pytest.param("selected('abc', 'b')", False, id="a part of a name is not selected"),
        pytest.param("selected('', '')", False, id="nothing is not selected"),
        pytest.param("selected-at('a b c', 1)", "b", id="selected-at counts from 0"),
        pytest.param("selected-at('a b c', 9)", "", id="selected-at beyond the end"),
        pytest.param("count-selected(' a  b ')", 2.0, id="count-selected"),
    ],
)
def test_logic_and_choices(text: str, value: object) -> None:
    assert form.evaluate(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("count(//person)", 3.0, id="count"),
        pytest.param(
            "count(//head[normalize-space() = 'Asha'])", 1.0, id="normalize-space of where it stands"
        ),
        pytest.param("count(//name[string-length() > 4])", 2.0, id="string-length of where it stands"),
        pytest.param("position()", 1.0, id="position outside a predicate"),
        pytest.param("checklist(3, 3, //age | //nothing)", True, id="checklist counts nodes with an answer"),
        pytest.param("checklist(4, -1, //age | //head)", True, id="and nodes of several names"),
        pytest.param("checklist(1, -1, //nothing)", False, id="and none where there are none"),
        pytest.param("count-non-empty(//age | //nothing)", 3.0, id="count-non-empty"),
        pytest.param("position(//person[2])", 2.0, id="position among siblings of the name"),
        pytest.param("position(/data/head)", 1.0, id="other names do not count"),
        pytest.param("position(/)", 1.0, id="the whole document is the first of its kind"),
        pytest.param("position(/data/@id)", 1.0, id="and so is an attribute"),
        pytest.param("local-name(/data/*[2])", "person", id="local-name"),
        pytest.param("indexed-repeat(//age, //person, 2)", "39", id="one level"),
        pytest.param("indexed-repeat(//depth, //village, 2, //well, 1)", "30", id="two levels"),
        pytest.param("indexed-repeat(//age, //person, 4)", "", id="an entry that is not there"),
        pytest.param("indexed-repeat(//age, //nothing, 1)", "", id="a repeat without entries"),
        pytest.param("indexed-repeat(//age, //person, 'x')", "", id="an index that is none"),
        pytest.param("pulldata('towns', 'label', 'name', 'msa')", "Mombasa", id="pulldata"),
        pytest.param("pulldata('towns', 'label', 'name', 'x')", "", id="pulldata without a row"),
        pytest.param("pulldata('towns', 'mayor', 'name', 'msa')", "", id="pulldata without the column"),
        pytest.param("instance('towns')/root/item[county = '47']/label", "Nairobi", id="instance"),
        pytest.param(
            "count(instance('towns')/root/item[name = current()/@id])", 0.0, id="current is outside"
        ),
        pytest.param("count(id('household'))", 1.0, id="id"),
        pytest.param("count(id('nobody'))", 0.0, id="an id that nothing has"),
    ],
)
def test_nodes(text: str, value: object) -> None:
    found = form.evaluate(text, node=form.household())
    assert (expressions.to_string(found) if isinstance(value, str) else found) == value


def test_pulldata_looks_at_attributes_behind_an_at_sign() -> None:
    root = nodes.document().append(nodes.element("root"))
    for code, town in (("047", "Nairobi"), ("001", "Mombasa")):
        root.append(nodes.element("item", town)).attach(nodes.attribute("code", code))
        root.children[-1].append(nodes.element("town", town))
    given = form.host(instances={"counties": root.parent})
    assert form.evaluate("pulldata('counties', 'town', '@code', '001')", given) == "Mombasa"
    assert form.evaluate("pulldata('counties', '@code', 'town', 'Nairobi')", given) == "047"
    assert form.evaluate("pulldata('counties', '@size', 'town', 'Nairobi')", given) == ""


@pytest.mark.parametrize(
    ("wanted", "around", "own", "is_it"),
    [
        pytest.param("fr", "fr", "", True, id="what is declared further up"),
        pytest.param("FR", "fr", "", True, id="capitals do not matter"),
        pytest.param("en", "en-KE", "", True, id="a regional form is of the language"),
        pytest.param("en-KE", "en", "", False, id="the language is not of a regional form"),
        pytest.param("f", "fr", "", False, id="the beginning of a code is none"),
        pytest.param("fr", "fr", "sw", False, id="the nearest counts"),
        pytest.param("sw", "fr", "sw", True, id="the nearest counts, for it too"),
        pytest.param("en", "", "", False, id="nothing is declared"),
    ],
)
def test_the_language_is_that_of_the_nearest_declaration(
    wanted: str, around: str, own: str, is_it: bool
) -> None:
    outer = nodes.document().append(nodes.element("data"))
    inner = outer.append(nodes.element("label", "Maji"))
    inner.attach(nodes.attribute("class", "title"))
    for element, language in ((outer, around), (inner, own)):
        if language:
            element.attach(nodes.attribute("xml:lang", language))
    assert form.evaluate(f"lang('{wanted}')", node=inner) is is_it


SQUARE = "0 0 0 0;0 1 0 0;1 1 0 0;1 0 0 0;0 0 0 0"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("round(distance('0 0;0 90') div 1000)", 10_019.0, id="a quarter of the equator"),
        pytest.param("distance('1 1;1 1')", 0.0, id="no distance"),
        pytest.param(
            "distance('2.5 9;2.5 9')", 0.0, id="nor where sums of floats say that it is less than none"
        ),
        pytest.param("distance('0 0', '0 1') = distance('0 0;0 1')", True, id="places one by one"),
        pytest.param("distance('x')", math.nan, id="no places"),
        pytest.param("distance('0 0;0 181')", math.nan, id="a place off the Earth"),
        pytest.param(f"round(area('{SQUARE}') div 1000000)", 12_391.0, id="a degree by a degree"),
        pytest.param("area('0 0;0 1')", 0.0, id="a line encloses nothing"),
        pytest.param("round(area('0 0;0 1;1 0') div 1000000)", 6_196.0, id="half a degree by a degree"),
        pytest.param(f"intersects('{SQUARE}')", False, id="a square does not cross itself"),
        pytest.param("intersects('0 0;1 1;0 1;1 0;0 0')", True, id="a bow tie does"),
        pytest.param("intersects('0 0;2 2;1 1')", False, id="turning back is no crossing"),
        pytest.param(f"geofence('0.5 0.5', '{SQUARE}')", True, id="inside"),
        pytest.param(f"geofence('1.5 0.5', '{SQUARE}')", False, id="north of it"),
        pytest.param("geofence('1 1', '0 1;1 2;2 1;1 0')", True, id="inside, as far east as two corners"),
        pytest.param("geofence('3 1', '0 1;1 2;2 1;1 0')", False, id="north, as far east as two corners"),
        pytest.param(f"geofence('-0.5 0.5', '{SQUARE}')", False, id="south of it"),
        pytest.param(f"geofence('', '{SQUARE}')", False, id="no place"),
    ],
)
def test_geometry(text: str, value: object) -> None:
    assert form.evaluate(text) == pytest.approx(value, nan_ok=True)


def test_drawing_follows_the_hosts_source() -> None:
    host = form.host(random=iter([0.1, 0.9, 0.5]).__next__, uuid=lambda: "id-1")
    assert form.evaluate("random()", host) == 0.1
    assert form.evaluate("uuid()", host) == "id-1"
    assert form.evaluate("uuid(2)", host) == "e8"


def test_the_generator_is_park_and_millers() -> None:
    """They give the 10,000th number from seed 1, for all to check their programs."""
    *_, last = itertools.islice(randomness.park_miller(1), 10_000)
    assert round(last * (randomness.MODULUS - 1)) + 1 == 1_043_618_065


def test_text_that_is_no_unicode_has_a_digest_too() -> None:
    assert len(str(form.evaluate("digest('\ud800', 'SHA-256', 'hex')"))) == 64


def shuffled(seed: str) -> list[str]:
    """The ages in the order that the seed gives."""
    value = form.evaluate(f"randomize(//age, {seed})", node=form.household())
    assert isinstance(value, list)
    return [node.text for node in value]


def test_a_seed_gives_the_same_order_again() -> None:
    orders = {
        seed: shuffled(seed) for seed in ("1", "2", "'a word'", "'another'", "-5", "''", "1 div 0", "0 div 0")
    }
    assert all(sorted(order) == ["39", "41", "7"] for order in orders.values())
    assert len({tuple(order) for order in orders.values()}) > 1
    assert orders == {seed: shuffled(seed) for seed in orders}
    assert shuffled("0") == orders["''"] == orders["0 div 0"], "no seed is the seed nought"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("${a}", id="a question without a form"),
        pytest.param("${a} < 2", id="a question in a comparison"),
        pytest.param("random()", id="random numbers"),
        pytest.param("uuid()", id="identifiers"),
        pytest.param("jr:itext('a')", id="texts"),
        pytest.param("jr:choice-name('a', '${a}')", id="labels"),
        pytest.param("instance('villages')", id="an instance"),
        pytest.param("count(1)", id="nodes that are a number"),
        pytest.param("'a'/b", id="a path from a text"),
        pytest.param("1 | 2", id="a union of numbers"),
        pytest.param("digest('a', 'SHA-3')", id="an algorithm"),
        pytest.param("digest('a', 'SHA-1', 'base32')", id="a form of a digest"),
        pytest.param("round(1.5, 'one')", id="a number of decimals"),
        pytest.param("count(today())", id="nodes that are a date"),
        pytest.param("position(//nothing)", id="the position of nothing"),
    ],
)
def test_what_is_not_there_is_said(text: str) -> None:
    with pytest.raises(expressions.EvaluationError):
        form.evaluate(text)


def test_a_clock_is_needed_only_where_it_is_asked() -> None:
    host = form.host(now=None)
    assert form.evaluate("1 + 1", host) == 2
    with pytest.raises(expressions.EvaluationError, match="today"):
        form.evaluate("today()", host)


@pytest.mark.parametrize("name", sorted(functions.BY_NAME))
def test_every_functions_example_is_a_right_call(name: str) -> None:
    example = functions.BY_NAME[name].example
    assert example.startswith(f"{name}(")
    assert expressions.parse(example.replace(", …", ""))
