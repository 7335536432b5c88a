"""XForms become flows; what is wrong with one is told with its element and what to do."""

from __future__ import annotations

import datetime as dt
import time

import msgspec
import pytest

from flows import errors, instance, nouns, shown, writing, xforms
from tests.flows.xforms.documents import HEAD, NOW, answer, begun, question, simple, written


def test_a_form_is_a_flow_that_survives_json() -> None:
    flow = xforms.load(
        simple(
            "<name/><group><age>7</age></group>",
            '<bind nodeset="/data/group/age" type="int" required="true()"/>',
            '<input ref="/data/name"><label>Name?</label><hint>All of it</hint></input>'
            '<group ref="/data/group"><label>G</label><input ref="age"><label>Age of <output value="/data/name"/>?</label>'
            "</input></group>",
        )
    )
    assert msgspec.json.decode(msgspec.json.encode(flow), type=nouns.Flow) == flow
    name, group, meta = flow.children
    assert isinstance(name, nouns.Question)
    assert isinstance(group, nouns.Group)
    assert (flow.id, flow.version, flow.title, name.label, name.hint) == ("f", "3", "T", "Name?", "All of it")
    age = group.children[0]
    assert isinstance(age, nouns.Question)
    assert (age.type, age.path, age.default, age.required) == ("integer", "group/age", "7", "true()")
    assert meta.name == "orx:meta"


def test_a_label_shows_the_answer_at_a_path() -> None:
    living = begun(
        simple(
            "<name/><age/>",
            body='<input ref="/data/age"><label>Is <output value="/data/name"/> old?</label></input>',
        )
    )
    answer(living, "name", "Asha")
    assert shown.title(question(living, "age")) == "Is Asha old?"


def test_a_label_is_read_whole_whatever_stands_in_it() -> None:
    living = begun(
        simple(
            "<name/><age/>",
            body='<input ref="/data/age"><label>How <b>old</b> is<!-- the name -->\n <i><output value="/data/name"/></i>?</label>'
            "</input>",
        )
    )
    answer(living, "name", "Asha")
    assert shown.title(question(living, "age")) == "How old is Asha?"


ITEXT = (
    '<itext><translation lang="fr"{}><text id="q"><value form="image">jr://a.png</value><value>Nom ?</value></text></translation>'
    '<translation lang="en"{}><text id="q"><value>Name?</value></text><text id="q:hint"><value>All of it</value></text>'
    '<text id="picture"><value form="image">jr://a.png</value></text></translation></itext>'
)


@pytest.mark.parametrize(
    ("french", "english", "language", "label", "hint"),
    [
        pytest.param("", "", "fr", "Nom ?", "", id="the first where none is said to be the default"),
        pytest.param("", ' default="true()"', "en", "Name?", "All of it", id="the one that is said to be"),
        pytest.param(' default="true()"', "", "fr", "Nom ?", "", id="the first that is said to be"),
    ],
)
def test_words_are_those_of_the_default_language(
    french: str, english: str, language: str, label: str, hint: str
) -> None:
    flow = xforms.load(
        simple(
            "<name/><other/>",
            ITEXT.format(french, english) + '<bind nodeset="/data/name" jr:constraintMsg="jr:itext(\'q\')"/>',
            '<input ref="/data/name"><label ref="jr:itext(\'q\')"/><hint ref="jr:itext(\'q:hint\')"/></input>'
            '<input ref="/data/other"><label ref="jr:itext(\'picture\')"/></input>',
        )
    )
    name, other, _ = flow.children
    assert isinstance(name, nouns.Question)
    assert (flow.language, name.label, name.hint, name.constraint_message) == (language, label, hint, label)
    assert other.label == "", "a picture has no words"
    assert flow.translations["fr"] == {
        "q": "Nom ?",
        "name:label": "Nom ?",
        "name:constraint_message": "Nom ?",
    }
    assert flow.translations["en"]["name:hint"] == "All of it"


def test_entries_of_the_file_keep_what_a_new_one_would_not_hold() -> None:
    entry = "<r><a>{}</a><g><b>{}</b></g>{}</r>"
    inner = "<i><c>{}</c></i>"
    data = entry.format("1", "x", inner.format("p")) + entry.format(
        "2", "y", inner.format("p") + inner.format("q")
    )
    body = (
        '<group ref="/data/r"><label>R</label><repeat nodeset="/data/r"><input ref="/data/r/a"/><input ref="/data/r/g/b"/>'
        '<group ref="/data/r/i"><label>I</label><repeat nodeset="/data/r/i"><input ref="/data/r/i/c"/></repeat></group>'
        "</repeat></group>"
    )
    living = begun(simple(data, "", body))
    held = {
        key: question(living, key).text
        for key in ("r:1/a", "r:2/a", "r:1/g/b", "r:2/g/b", "r:1/i:1/c", "r:2/i:1/c", "r:2/i:2/c")
    }
    assert list(held.values()) == ["1", "2", "x", "y", "p", "p", "q"]
    assert living.find("r:1/i:2") is None
    series = living.find("r")
    assert isinstance(series, instance.Series)
    assert question(living, f"{living.add(series).key}/a").text == "1", "a new one is as the first"


def test_a_new_entry_is_as_the_pattern_wherever_it_stands() -> None:
    data = '<r><a>1</a></r><r jr:template=""><a>0</a></r>'
    body = '<group ref="/data/r"><label>R</label><repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat></group>'
    living = begun(simple(data, "", body))
    series = living.find("r")
    assert isinstance(series, instance.Series)
    living.add(series)
    assert [question(living, f"r:{number}/a").text for number in series.numbers] == ["1", "0"]


@pytest.mark.parametrize(
    ("ref", "label"),
    [
        pytest.param("a", "here", id="inside the group"),
        pytest.param("./a", "here", id="the same, written out"),
        pytest.param("../a", "above", id="beside the group"),
        pytest.param(".././g/../a", "above", id="up and down"),
        pytest.param("/data/g/a", "here", id="from the top"),
        pytest.param("current()/../a", "above", id="from current()"),
    ],
)
def test_a_control_stands_where_its_path_leads_from_the_group_around(ref: str, label: str) -> None:
    living = begun(
        simple("<a/><g><a/></g>", body=f'<group ref="/data/g"><input ref="{ref}"><label>Q</label></input></group>')
    )  # fmt: skip
    assert {key: question(living, key).item.label for key in ("a", "g/a")} == {
        "a": "Q" if label == "above" else "",
        "g/a": "Q" if label == "here" else "",
    }


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("It is today()", id="words that look like a call"),
        pytest.param("Asha's call()", id="an apostrophe"),
        pytest.param('"Asha" call()', id="quotation marks"),
        pytest.param("Asha's \"call\"'s now()", id="both"),
        pytest.param("now()", id="a call"),
    ],
)
def test_what_stands_in_the_file_is_no_expression(words: str) -> None:
    assert question(begun(simple(f"<a>{words}</a>", body='<input ref="/data/a"/>')), "a").text == words


@pytest.mark.parametrize("words", ["plain", "Asha's", 'the "big" one', 'Asha\'s "big" one', "today()"])
def test_words_of_an_action_are_set_as_they_are(words: str) -> None:
    living = begun(
        simple(
            "<a/>",
            f'<setvalue event="odk-instance-first-load" ref="/data/a">{words}</setvalue>',
            '<input ref="/data/a"/>',
        )
    )
    assert question(living, "a").text == words


def test_what_is_not_answered_yet_is_no_choice() -> None:
    living = begun(
        simple(
            "<r><a/></r><r><a/></r><r><a/></r><chosen/>",
            body='<group ref="/data/r"><label>R</label><repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat></group>'
            '<select1 ref="/data/chosen"><itemset nodeset="/data/r"><value ref="a"/><label ref="a"/></itemset></select1>',
        )
    )
    answer(living, "r:1/a", "Amina")
    answer(living, "r:3/a", "Amina")
    assert question(living, "chosen").choices == (nouns.Choice("Amina", "Amina"),)


def test_a_form_without_a_body_asks_nothing() -> None:
    text = f"{HEAD}<h:head><model><instance><data><a>7</a></data></instance></model></h:head></h:html>"
    living = begun(text)
    assert (question(living, "a").text, question(living, "a").asked) == ("7", False)
    assert (living.form.flow.title, living.form.flow.id) == ("", "data")


def test_a_range_says_from_where_to_where() -> None:
    living = begun(
        simple("<a/>", '<bind nodeset="/data/a" type="int"/>', '<range ref="/data/a" start="2" end="10" step="4"><label>A</label></range>')
    )  # fmt: skip
    held = {}
    for number in (2, 4, 6, 10, 14):
        answer(living, "a", number)
        held[number] = question(living, "a").text
    assert held == {2: "2", 4: "", 6: "6", 10: "10", 14: ""}


def test_a_table_in_the_form_holds_what_stands_there() -> None:
    living = begun(
        simple(
            "<a/><b/>",
            '<instance id="t"><root><!-- the first --><item x="1 &lt; 2"><name>n</name><said>a &amp; b</said></item></root></instance>'
            '<instance id="empty"/><instance><unnamed/></instance>'
            "<bind nodeset=\"/data/a\" calculate=\"concat(instance('t')/root/item[name = 'n']/said, instance('t')/root/item/@x)\"/>",
        )
    )
    assert question(living, "a").text == "a & b1 < 2"
    assert list(living.form.flow.tables) == ["t"]


CROWDED = simple("<a/>" * 1_000_001)
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("text", "what", "fix"),
    [
        pytest.param(BOMB + simple("<a>&b;</a>"), "document type", "Remove", id="entities that grow"),
        pytest.param(
            '<!DOCTYPE x SYSTEM "file:///etc/passwd">' + simple("<a/>"), "document type", "Remove", id="a file as DTD"
        ),
        pytest.param("not XML", "no well-formed XML", "tool that made it", id="no XML"),
        pytest.param(simple("<a>"), "no well-formed XML", "tool that made it", id="an element without its end"),
        pytest.param("<a/>", "no <model>", "XForms", id="another kind of XML"),
        pytest.param(written(""), "no <model> with an <instance>", "XForms", id="no instance"),
        pytest.param("<a>" * 400 + "</a>" * 400, "inside each other", "Split", id="deep"),
        pytest.param(CROWDED, "1,000,000 elements", "Split", id="a crowd of elements"),
        pytest.param(
            simple("<a/>", body='<input ref="/data/b"/>'), "<input> stands at /data/b", "Correct its ref", id="a ref to nothing"
        ),
        pytest.param(simple("<a/><a/>"), "`a` 2 times", "<repeat", id="entries without a repeat"),
        pytest.param(
            simple("<a/>", '<bind nodeset="/data/a" relevant="b = "/>'), "`relevant` of `a`", "", id="a broken expression"
        ),
        pytest.param(
            simple("<a/>", '<setvalue event="odk-instance-first-load" ref="/data/a" value="1 +"/>'), "`setvalue` of `a`", "", id="an action whose value is none"
        ),
        pytest.param(
            simple("<a/>", '<setvalue event="odk-instance-first-load" ref="/data/b[" value="1"/>'), "`setvalue` of `setvalue`", "", id="an action whose target is none"
        ),
        pytest.param(
            simple("<a/>", '<bind nodeset="/data/a" calculate="lenght(.)"/>'), "lenght", "", id="an unknown function"
        ),
        pytest.param(
            simple("<a/><b/>", '<bind nodeset="/data/a" calculate="/data/b + 1"/><bind nodeset="/data/b" calculate="../a"/>'),
            "`a` → `b` → `a`",
            "not look at the next",
            id="a circle of paths",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(text: str, what: str, fix: str) -> None:
    with pytest.raises(errors.FlowErrors) as caught:
        xforms.load(text)
    assert what in str(caught.value)
    assert fix in str(caught.value)


def test_a_huge_form_ends_in_bounded_time() -> None:
    begun_at = time.process_time()
    with pytest.raises(errors.FlowErrors):
        xforms.load(simple("<a/>" * 1_000_001))
    assert time.process_time() - begun_at < 60


CSV = b"\xef\xbb\xbfname,label,county\nlodwar,Lodwar,turkana\nnakuru,Nakuru,nakuru\n"
GEOJSON = (
    b'{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "x", '
    b'"geometry": {"type": "Point", "coordinates": [35.6, 3.1]}, "properties": {"name": "lodwar", "title": null}}]}'
)
XML = b"<root><item><name>lodwar</name><label>Lodwar</label></item></root>"


@pytest.mark.parametrize(
    ("file", "content", "found"),
    [
        pytest.param("towns.csv", CSV, "Lodwar", id="CSV with a byte order mark"),
        pytest.param("towns.csv", CSV.replace(b",", b";"), "Lodwar", id="CSV with semicolons"),
        pytest.param("towns.xml", XML, "Lodwar", id="XML"),
        pytest.param("towns.geojson", GEOJSON.replace(b"title", b"label").replace(b"null", b'"Lodwar"'), "Lodwar", id="GeoJSON"),
    ],
)  # fmt: skip
def test_attached_tables_are_read(file: str, content: bytes, found: str) -> None:
    text = written(
        '<instance><data id="f"><town/><shown/></data></instance>'
        f'<instance id="towns" src="jr://file/{file}"/>'
        '<bind nodeset="/data/shown" calculate="instance(\'towns\')/root/item[name = /data/town]/label"/>',
        '<select1 ref="/data/town"><itemset nodeset="instance(\'towns\')/root/item"><value ref="name"/><label ref="label"/>'
        "</itemset></select1>",
    )
    living = begun(text, **{file: content})
    assert question(living, "town").choices[0] == nouns.Choice("lodwar", "Lodwar")
    answer(living, "town", "lodwar")
    assert question(living, "shown").value == found


@pytest.mark.parametrize(
    ("file", "content", "what"),
    [
        pytest.param("t.csv", b"\xff\xfe\x00", "UTF-8", id="another encoding"),
        pytest.param("t.geojson", b"[1, 2]", "no GeoJSON", id="another JSON"),
        pytest.param(
            "t.geojson",
            b'{"features": [{"geometry": {"type": "Point", "coordinates": [1]}, "properties": {}}]}',
            "no GeoJSON",
            id="GeoJSON with half a place",
        ),
        pytest.param(
            "t.geojson",
            b'{"features": [{"geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": []}]}',
            "no GeoJSON",
            id="GeoJSON with a list of properties",
        ),
        pytest.param("t.xml", BOMB.encode() + XML, "document type", id="entities in a table"),
        pytest.param("t.pdf", b"", ".csv, .geojson or .xml", id="another kind of file"),
    ],
)
def test_a_table_that_cannot_be_read_is_told(file: str, content: bytes, what: str) -> None:
    text = written(f'<instance><data id="f"><a/></data></instance><instance id="t" src="jr://file/{file}"/>')
    with pytest.raises(errors.FlowErrors, match=what.replace(".", r"\.")):
        xforms.load(text, files={file: content})


def test_a_session_keeps_what_was_set_once() -> None:
    text = simple(
        "<a>2</a><b/><c/>",
        '<bind nodeset="/data/c" calculate="/data/a * 2"/>'
        '<setvalue event="odk-instance-first-load" ref="/data/b" value="/data/a * 10"/>',
        '<input ref="/data/a"/><input ref="/data/b"/>',
    )
    living = begun(text)
    assert question(living, "b").text == "20"
    answer(living, "a", "3")
    again = instance.Instance(living.form, living.session, NOW + dt.timedelta(days=1))
    assert (question(again, "b").text, question(again, "c").text) == ("20", "6")


@pytest.mark.parametrize(
    ("kind", "given", "held"),
    [
        pytest.param("int", "abc", "", id="no number for an int"),
        pytest.param("int", "2.9", "2", id="a fraction for an int"),
        pytest.param("int", "2147483648", "", id="more than 32 bits"),
        pytest.param("decimal", "89", "89.0", id="a whole decimal"),
        pytest.param("date", "2026-11-24T10:00:00", "2026-11-24", id="a moment for a day"),
        pytest.param("date", "2026-11-24T10:00:00Z", "", id="a moment elsewhere for a day"),
        pytest.param("time", "25:00:00", "", id="no such hour"),
        pytest.param(
            "dateTime", "2026-11-24T10:00:00.123Z", "2026-11-24T10:00:00.123Z", id="a moment as written"
        ),
        pytest.param("geopoint", "91 0 0 0", "", id="no such latitude"),
        pytest.param("geopoint", "1 2 3 4", "1.0 2.0 3.0 4.0", id="a place"),
    ],
)
def test_values_are_as_their_type_has_them(kind: str, given: str, held: str) -> None:
    text = simple(f"<a>{given}</a>", f'<bind nodeset="/data/a" type="{kind}"/>', '<input ref="/data/a"/>')
    assert question(begun(text), "a").text == held


def test_what_chat_does_otherwise_is_remarked_on() -> None:
    read = xforms.read(
        written(
            '<instance><data id="f"><here/><spot/><name/></data></instance>'
            '<instance id="__last-saved" src="jr://instance/last-saved"/>'
            '<itext><translation lang="en"><text id="/data/name:label"><value>Name</value>'
            '<value form="image">jr://images/a.png</value></text></translation></itext>'
            '<bind nodeset="/data/spot" type="geopoint"/>'
            '<odk:setgeopoint xmlns:odk="http://www.opendatakit.org/xforms" ref="/data/here" '
            'event="odk-instance-first-load"/>',
            "<group><label>Who you are</label>"
            '<input ref="/data/name"><label ref="jr:itext(\'/data/name:label\')"/></input></group>'
            '<input ref="/data/spot" appearance="placement-map"><label>Where?</label></input>',
        )
    )
    assert {(remark.code, remark.name) for remark in read.remarks} == {
        ("background", "here"),
        ("look.map", "spot"),
        ("heading", "Who you are"),
        ("media", "name"),
        ("last_saved", "__last-saved"),
    }
    living = begun(written('<instance><data id="f"><name/></data></instance>',
        '<group><label>G</label><group><input ref="name"><label>Name</label></input></group></group>'))  # fmt: skip
    assert shown.title(question(living, "name")) == "Name"
    assert question(living, "name").asked


def test_answers_of_an_earlier_form_are_a_table_without_rows() -> None:
    living = begun(
        simple(
            "<a/>",
            '<instance id="__last-saved" src="jr://instance/last-saved"/>'
            "<bind nodeset=\"/data/a\" calculate=\"concat('[', instance('__last-saved')/data/a, ']')\"/>",
        )
    )
    assert question(living, "a").value == "[]"


@pytest.mark.parametrize(
    ("form", "named"),
    [
        pytest.param(simple("<a/>", '<setvalue ref="/data/a" event="odk-instance-first-load" value="1"/>'), "`actions`", id="actions"),
        pytest.param(
            simple("<a/>", '<instance id="t"><root><item><name>x</name></item></root></instance>'),
            "the table `t`", id="a table as XML",
        ),
    ],
)  # fmt: skip
def test_what_a_flow_file_cannot_hold_is_never_left_out_in_silence(form: str, named: str) -> None:
    with pytest.raises(errors.FlowErrors, match="A flow file cannot hold") as caught:
        writing.text(xforms.load(form, file="f.xml"))
    assert named in str(caught.value)


def test_a_way_is_text_to_expressions_as_xforms_writes_it_and_stays_as_it_was_written() -> None:
    living = begun(
        simple("<way/><seen/>", '<bind nodeset="/data/way" type="geotrace"/><bind nodeset="/data/seen" calculate="/data/way"/>')
    )  # fmt: skip
    answer(living, "way", "0 1; 0 2 ;")
    assert question(living, "way").value == "0 1; 0 2 ;"
    assert question(living, "seen").value == "0.0 1.0 0.0 0.0;0.0 2.0 0.0 0.0"


def test_what_was_set_gives_way_once_its_calculation_comes_to_another_value() -> None:
    living = begun(
        written(
            '<instance><data id="f" version="3"><a/><b/></data></instance>'
            '<bind nodeset="/data/a" type="int"/>'
            '<bind nodeset="/data/b" type="int" calculate="/data/a + 1"/>'
            '<setvalue ref="/data/b" event="odk-instance-first-load" value="10"/>',
            '<input ref="/data/a"><label>A</label></input>',
        )
    )
    assert question(living, "b").value == 10
    answer(living, "a", 5)
    assert question(living, "b").value == 6


@pytest.mark.parametrize(
    ("data", "fixed", "entries"),
    [
        pytest.param('<r jr:template=""><a/></r>', "", 0, id="a pattern alone"),
        pytest.param(
            '<r jr:template=""><a/></r>', ' jr:noAddRemove="true()"', 1, id="a pattern that is all there is"
        ),
        pytest.param(
            "<r><a/></r><r><a/></r>", ' jr:noAddRemove="true()"', 2, id="those in the file, and no more"
        ),
        pytest.param("<r><a/></r><r><a/></r>", "", 2, id="those in the file"),
    ],
)
def test_a_repeat_begins_with_the_entries_of_the_file(data: str, fixed: str, entries: int) -> None:
    body = (
        f'<group ref="/data/r"><label>R</label><repeat nodeset="/data/r"{fixed}>'
        '<input ref="/data/r/a"><label>A</label></input></repeat></group>'
    )
    found = begun(simple(data, '<bind nodeset="/data/r/a" type="string"/>', body)).find("r")
    assert isinstance(found, instance.Series)
    assert len(found.numbers) == entries
    assert found.grows is not bool(fixed)


def test_a_list_in_an_entry_begins_with_as_many_as_the_file_has_there() -> None:
    data = "<r><s><a/></s><s><a/></s></r><r><s><a/></s></r>"
    body = (
        '<repeat nodeset="/data/r"><repeat nodeset="/data/r/s">'
        '<input ref="/data/r/s/a"><label>A</label></input></repeat></repeat>'
    )
    living = begun(simple(data, '<bind nodeset="/data/r/s/a" type="string"/>', body))
    inner = [living.find(f"r:{number}/s") for number in (1, 2)]
    assert [len(one.numbers) for one in inner if isinstance(one, instance.Series)] == [2, 1]


@pytest.mark.parametrize(
    ("around", "own", "label"),
    [
        pytest.param("Tills", "", "Tills", id="that of the group"),
        pytest.param("Tills", "Till", "Till", id="its own"),
        pytest.param(None, "Till", "Till", id="its own without a group"),
        pytest.param(None, "", "", id="none"),
    ],
)
def test_a_repeat_has_its_label_or_that_of_the_group_around_it(
    around: str | None, own: str, label: str
) -> None:
    repeat = f'<repeat nodeset="/data/r"><label>{own}</label><input ref="/data/r/a"><label>A</label></input></repeat>'
    body = repeat if around is None else f'<group ref="/data/r"><label>{around}</label>{repeat}</group>'
    found = xforms.load(simple("<r><a/></r>", body=body)).children[0]
    assert isinstance(found, nouns.Repeat)
    assert (found.name, found.label) == ("r", label)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        pytest.param(nouns.Attachment("image", "f1"), "image", id="a photo has no name"),
        pytest.param(nouns.Attachment("file", "f1", "prices.pdf"), "prices.pdf", id="a file has one"),
    ],
)
def test_what_was_sent_is_shown_by_its_name_or_its_kind(sent: nouns.Attachment, words: str) -> None:
    living = begun(
        simple(
            "<p/>",
            '<bind nodeset="/data/p" type="binary"/>',
            '<upload ref="/data/p" mediatype="*/*"><label>P</label></upload>',
        )
    )
    assert shown.said(question(living, "p"), sent) == words
