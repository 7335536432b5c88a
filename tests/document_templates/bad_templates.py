"""Templates that must not be taken, made by code: mistakes of consultants, and what somebody hostile might send."""

from __future__ import annotations

import io
import random
import warnings
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from document_templates import archive, findings, structure
from flows import archives
from tests.document_templates import templates
from tests.document_templates.templates import chart, made, note, own_property, with_beside, with_part
from tests.flows import bombs

REMOTE = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="http://example.org/x" TargetMode="External"/></Relationships>'
SETTINGS = "word/_rels/settings.xml.rels"
MAIN_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


class Bad(NamedTuple):
    """A template and the sentence that refuses it."""

    name: str
    make: Callable[[], bytes]
    said: str


def body(name: str, words: str, what: str, **more: str) -> Bad:
    """A mistake in the text, which the sentence quotes."""
    return Bad(name, lambda: made(words, **more), f"Text, in “{words}”: {what}")


def broken_main(content: bytes) -> bytes:
    return with_part("word/document.xml", content)


def remote(part: str, kind: str) -> Callable[[], bytes]:
    return lambda: with_part(part, REMOTE.format(kind).encode())


def zipped(**parts: bytes) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return saved.getvalue()


def many_parts() -> bytes:
    return zipped(**{archive.MAIN: b"<x/>"}, **{f"{n}.txt": b"" for n in range(archives.MAX_MEMBERS + 1)})


def two_of_a_name() -> bytes:
    template = io.BytesIO(made("text"))
    with zipfile.ZipFile(template, "a") as parts, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parts.writestr(archive.MAIN, "<x/>")
    return template.getvalue()


def understated() -> bytes:
    """The directory announces less than the part holds."""
    data = bytearray(with_part("word/x.xml", b"<x>" + b"a" * 9000 + b"</x>"))
    entry = data.rindex(b"word/x.xml") - 46
    data[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    return bytes(data)


def bombs_together() -> bytes:
    """No part unpacks to much, all together do."""
    template = made("text")
    noise = random.Random(1).randbytes(120_000)
    for number in range(9):
        template = with_part(f"word/media/{number}.bmp", noise + b"\0" * 15_000_000, template)
    return template


def of_kind(kind: str) -> Callable[[], bytes]:
    return lambda: templates.changed(made("text"), "[Content_Types].xml", MAIN_KIND, kind)


def field(*codes: str) -> str:
    """A field of Word's whose instruction lies in several runs."""
    inner = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{inner}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def paragraph(words: str) -> bytes:
    return f'<w:document xmlns:w="{templates.W}"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>'.encode()


def smart(tag: str, plain: str) -> str:
    return f"the quotes in “{tag}” are curly, as Word makes them while you type. Write {plain}; Ctrl+Z right after a quote makes it straight again."


def within(before: str, inner: str, behind: str = "") -> str:
    """A field whose instruction holds another field."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    codes = (f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in (before, behind))
    return f"{begin}{next(codes)}{inner}{next(codes)}{end}"


def over_two_paragraphs() -> bytes:
    """A field that begins in one paragraph and ends in the next."""
    begin, _, end = field("|").partition("|")
    first, second = f"{begin} DDE</w:instrText></w:r>", f"<w:r><w:instrText>AUTO x {end}"
    template = made("first\nsecond")
    for words, runs in (("first", first), ("second", second)):
        template = templates.changed(template, "word/document.xml", f"<w:r><w:t>{words}</w:t></w:r>", runs)
    return template


def related(kind: str, target: str, mode: str = "Internal") -> bytes:
    """A relationship of the text's."""
    one = f'<Relationship Id="x" Type="{templates.OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return templates.changed(
        made("text"), "word/_rels/document.xml.rels", "</Relationships>", f"{one}</Relationships>"
    )


NESTED = "{% if institution.name %}" * (structure.DEEPEST + 1) + "x" + "{% endif %}" * (structure.DEEPEST + 1)
MANY_TAGS = "{{ document.date }}" * (structure.MOST_TAGS + 1)
NMAE = "there is no field institution.nmae. Did you mean institution.name?"
TYPO = "{{ institution.nmae }}"
CURLY = "{{ institution.name|default(“x”) }}"
SMART = smart(CURLY, '{{ institution.name|default("x") }}')
NO_CALL = "calling something with ( ) is not available in a template. Print a field, or use a filter."
NOT_ONE = "The file is not a Word document (.docx), or it is damaged. Save it anew in Word as .docx."
MACROS = "The file holds a macro or an embedded program ({}). Save it as .docx without macros and embedded objects."
TOO_MUCH = (
    "The file unpacks to more than a Word document ever needs, as a zip bomb does, so it was not opened."
)
TOO_LONG = "The text, tables and drawings of the file are more than a template needs, so it was not opened. Take out what the document does not need."
OUTSIDE = "The file fetches something from outside when it is opened ({}): a linked picture, template or object. Embed it instead."
ENTITIES = "The part word/document.xml defines XML entities, which no Word document needs. Save it anew in Word as .docx."
FETCHES = "Text: a field {} fetches or starts something when the file is opened. Remove it; press Alt+F9 in Word to see fields."
JINJA = "“{}” is not available in a template. Use fields, if and for only."

TYPOS = (
    body("a typo in a field", f"Dear {TYPO},", NMAE),
    body("a typo at the beginning", "{{ institutoin.name }}", "there is no field institutoin. Did you mean institution?"),
    body("a field of somebody's own", "{{ zzz.qqq }}", "there is no field zzz. See the list of fields."),
    body("a typo in a chapter", "{{ chapter.hostin.title }}", "there is no field chapter.hostin. Did you mean chapter.hosting?"),
    body("a typo within a loop that may be empty", "{% for b in branches %}{{ b.nam }}{% endfor %}", "there is no field b.nam. Did you mean b.name?"),
    body("a typo in loop", "{% for b in branches %}{{ loop.indx }}{% endfor %}", "a loop has no indx. Did you mean index?"),
    body("a typo in a filter", "{{ institution.name|uper }}", "the filter uper is not available. Did you mean upper?"),
    body("a field of a text", "{{ institution.name.first }}", "institution.name is a text and has no field first. Print institution.name by itself."),
    body("a typo behind a place in a list", "{{ branches[0].nam }}", "there is no field branches[…].nam. Did you mean branches[…].name?"),
    body("a typo behind the last of a list", "{{ (risks|sort|last).waht }}", "there is no field risks.waht. Did you mean risks.what?"),
    body("a typo in rows of a list", "{% for row in risks|batch(2) %}{% for r in row %}{{ r.waht }}{% endfor %}{% endfor %}", "there is no field r.waht. Did you mean r.what?"),
    body("a field of a list", "{{ branches.name }}", "branches is a list and has no field name. Loop over the list, and print the field of each row."),
    body("a loop over no list", "{% for x in institution %}{{ x }}{% endfor %}", "institution is not a list, so no loop can run over it. Print the field by itself."),
    body("a loop over an unknown list", "{% for b in brunches %}{{ b.name }}{% endfor %}", "there is no field brunches. Did you mean branches?"),
)  # fmt: skip

PLACES = (
    Bad("a typo in a header", lambda: made(header=TYPO), f"Header, in “{TYPO}”: {NMAE}"),
    Bad("a typo in a footer", lambda: made(footer=TYPO), f"Footer, in “{TYPO}”: {NMAE}"),
    Bad("a typo in a footnote", lambda: with_beside(note(TYPO)), f"Footnote, in “{TYPO}”: {NMAE}"),
    Bad("a typo in an endnote", lambda: with_beside(note(TYPO, "endnote")), f"Endnote, in “{TYPO}”: {NMAE}"),
    Bad("a typo in a comment", lambda: with_beside(note(TYPO, "comment")), f"Comment, in “{TYPO}”: {NMAE}"),
    Bad("a typo in a text box", lambda: made(box=TYPO), f"Text, text box, in “{TYPO}”: {NMAE}"),
    Bad("a typo in a table", lambda: made(row=(TYPO,)), f"Text, table cell, in “{TYPO}”: {NMAE}"),
    Bad("a typo in the file's title", lambda: made(title=TYPO), f"Property of the file, in “{TYPO}”: {NMAE}"),
    Bad("a typo in a property of their own", lambda: with_beside(own_property(TYPO)), f"Property of the file, in “{TYPO}”: {NMAE}"),
    Bad("a typo across runs that Word split", lambda: made(xml="<w:r><w:t>{{ inst</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>itution.nmae }</w:t></w:r><w:r><w:t>}</w:t></w:r>"), f"Text, in “{TYPO}”: {NMAE}"),
    Bad("a tag in a chart", lambda: with_beside(chart(TYPO)), "The part word/charts/chart1.xml holds tags, and nothing fills them there. Move them into the text, a header, a footer, a note or a text box."),
)  # fmt: skip

SYNTAX = (
    body("an open if", "{% if institution.name %}x", "“{% if institution.name %}” is never closed. Add {% endif %} where it should end."),
    body("an open for", "{% for r in risks %}x", "“{% for r in risks %}” is never closed. Add {% endfor %} where it should end."),
    body("ends in the wrong order", "{% for r in risks %}{% if r.what %}x{% endfor %}", "“{% if r.what %}” is never closed. Add {% endif %} where it should end."),
    body("an end without beginning", "x{% endfor %}", "“{% endfor %}” closes nothing. Remove it, or open before it what it should close."),
    body("a tag that is none", "{% fro x in branches %}", "“{% fro x in branches %}” is not a tag. Did you mean for?"),
    body("half a field", "{{ institution. }}", "the tag “{{ institution. }}” cannot be read. Type the whole tag anew."),
    body("a brace too few", "{{ institution.name }, x", "the tag “{{ institution.name }, x” has no end in its paragraph. Close it with }} in the same paragraph."),
    body("two kinds of braces", "{{ institution.name %}", "the tag “{{ institution.name %}” has no end in its paragraph. Close it with }} in the same paragraph."),
    body("one brace on each side", "Dear {institution.name},", "“{institution.name}” has one brace on each side, so it would be printed as it stands. Write {{ institution.name }}."),
    body("spaces between braces", "{ { institution.name } }", "there is a space between two braces. Write them together, as in {{ institution.name }}."),
    body("an empty tag", "{{ }}", "the tag “{{ }}” is empty. Name a field in it, or remove it."),
    Bad("words beside a tag that takes them away", lambda: made("Risks: {%p if risks %}\n{%p endif %}"), "Text, in “Risks: {%p if risks %}”: “{%p if risks %}” takes its whole paragraph away, with all else in it. Give it a paragraph of its own."),
    body("a tag for rows outside of a table", "{%tr for r in risks %}x{%tr endfor %}", "“{%tr for r in risks %}” stands outside of a table. Put it into a row, or write it with p."),
    Bad("a loop out of a table", lambda: made("{% for r in risks %}", row=("{% endfor %}",)), "Text, table cell, in “{% endfor %}”: “{% endfor %}” closes “{% for r in risks %}” in another place. Put both beside each other: as whole paragraphs, as rows of one table, or in one paragraph."),
    body("a tag that breaks the file", "{% cellbg risks %}", "“{% cellbg risks %}” is not available, because it breaks the file. Format the cell itself in Word."),
    body("two braces that close nothing", "Dear institution.name }},", "}} closes no tag. Remove it, or open the tag with two braces."),
    body("a remark without end", "Dear {# the client", "the tag “{# the client” has no end in its paragraph. Close it with #} in the same paragraph."),
    body("an else without if", "x{% else %}y", "“{% else %}” closes nothing. Remove it, or open before it what it should close."),
    body("an elif of a loop", "{% for r in risks %}x{% elif risks %}y{% endfor %}", "“{% elif risks %}” closes nothing. Remove it, or open before it what it should close."),
    body("half a condition", "{% if risks %}x{% elif institution. %}y{% endif %}", "the tag “{% elif institution. %}” cannot be read. Type the whole tag anew."),
    body("a name set to half a field", "{% set s = institution. %}{{ s }}", "the tag “{% set s = institution. %}” cannot be read. Type the whole tag anew."),
    body("a set without a name", "{% set = risks %}", "the tag “{% set = risks %}” cannot be read. Type the whole tag anew."),
    body("a loop with two names", "{% for a, b in branches %}{{ a }}{% endfor %}", "a loop has one name. Write it as {% for row in rows %}."),
    body("a set of two names", "{% set a, b = branches %}x", "this is more than a template may do. Print a field, or use a filter."),
    body("a set of a field", "{% set institution.name = 'X' %}x", "this is more than a template may do. Print a field, or use a filter."),
    body("a tag that takes the format away", "{{r institution.name }}", "“{{r institution.name }}” would take its words’ format away. Write {{ institution.name }}."),
)  # fmt: skip

QUOTES = (
    body("smart quotes in the text", CURLY, SMART),
    body("single smart quotes", "{{ institution.name|default(‘x’) }}", smart("{{ institution.name|default(‘x’) }}", "{{ institution.name|default('x') }}")),
    Bad("French quotes in a condition", lambda: made("{% if institution.name == «\u00a0X\u00a0» %}y{% endif %}"), "Text, in “{% if institution.name == « X » %}y{% endif %}”: " + smart("{% if institution.name == « X » %}", '{% if institution.name == "X" %}')),
    body("German quotes in a condition", "{% if institution.name == „X“ %}y{% endif %}", smart("{% if institution.name == „X“ %}", '{% if institution.name == "X" %}')),
    Bad("smart quotes in a header", lambda: made(header=CURLY), f"Header, in “{CURLY}”: {SMART}"),
    Bad("smart quotes in a footer", lambda: made(footer=CURLY), f"Footer, in “{CURLY}”: {SMART}"),
    Bad("smart quotes in a footnote", lambda: with_beside(note(CURLY)), f"Footnote, in “{CURLY}”: {SMART}"),
    Bad("smart quotes in a text box", lambda: made(box=CURLY), f"Text, text box, in “{CURLY}”: {SMART}"),
    Bad("smart quotes in the file's title", lambda: made(title=CURLY), f"Property of the file, in “{CURLY}”: {SMART}"),
    Bad("smart quotes in a property of their own", lambda: with_beside(own_property(CURLY)), f"Property of the file, in “{CURLY}”: {SMART}"),
)  # fmt: skip

CODE = (
    body("a class", "{{ institution.__class__ }}", "__class__ is not a field: names that begin with _ are never available. Remove it."),
    body("all classes", "{{ ''.__class__.__mro__[1].__subclasses__() }}", NO_CALL),
    Bad("Python from a header", lambda: made(header="{{ lipsum.__globals__['os'].popen('id').read() }}"), "Header, in “{{ lipsum.__globals__['os'].popen('id').read() }}”: " + NO_CALL),
    Bad("Python from a footnote", lambda: with_beside(note("{{ cycler.__init__.__globals__ }}")), "Footnote, in “{{ cycler.__init__.__globals__ }}”: there is no field cycler. See the list of fields."),
    Bad("Python from a title", lambda: made(title="{{ self.__init__.__globals__ }}"), "Property of the file, in “{{ self.__init__.__globals__ }}”: there is no field self. See the list of fields."),
    Bad("Python from a property", lambda: with_beside(own_property("{{ lipsum() }}")), "Property of the file, in “{{ lipsum() }}”: " + NO_CALL),
    Bad("a file from a text box", lambda: made(box="{% include '/etc/passwd' %}"), "Text, text box, in “{% include '/etc/passwd' %}”: " + JINJA.format("{% include '/etc/passwd' %}")),
    body("a module", "{% import 'os' as os %}", JINJA.format("{% import 'os' as os %}")),
    body("unescaped text", "{{ '<w:p/>'|safe }}", "the filter safe is not available. Remove it."),
    Bad("a macro of Jinja's", lambda: made("{% macro f() %}x{% endmacro %}"), "Text, in “{% macro f() %}x{% endmacro %}”: " + JINJA.format("{% macro f() %}")),
    Bad("a picture's description that runs", lambda: made(xml='<w:r><w:drawing><wp:docPr xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" id="1" name="x" descr="{{ dict() }}"/></w:drawing></w:r>'), "Text, description of a picture, in “{{ dict() }}”: " + NO_CALL),
)  # fmt: skip

HOGS = (
    body("loops that multiply", "{% for a in risks %}{% for b in risks %}{% for c in risks %}x{% endfor %}{% endfor %}{% endfor %}", "loops stand too deep in one another. Within two loops, a third may only run over a field of the inner one."),
    body("a range", "{{ range(10**9) }}", NO_CALL),
    body("repeated text", "{{ 'x' * 10**9 }}", "multiplying is not available in a template. Print a figure of the plan as it is."),
    body("a huge power", "{{ 9 ** 9 ** 9 }}", "raising to a power is not available in a template. Print a figure of the plan as it is."),
    body("a list filled up", "{{ risks|batch(1000000000, 'x')|list|length }}", "numbers above 1000 are not available in a tag. Use a smaller one."),
    body("text that doubles", "{% set x = institution.name %}{% set x = x ~ x %}", "a name that is set may not join texts. Print the fields one behind the other."),
    body("a loop over a literal", "{% for x in [1,2,3] %}{{ x }}{% endfor %}", "this loop does not run over a field. Loop over a list of fields only."),
    Bad("braces without end", lambda: made("{{x" * 100_000), "Text, in “" + "{{x" * 33 + "…”: the tag “{{x” has no end in its paragraph. Close it with }} in the same paragraph."),
    Bad("conditions without number", lambda: made(NESTED), f"Text, in “{findings.shortened(NESTED)}”: more than 20 conditions and loops are open within one another. Close some earlier, or join conditions with and."),
    Bad("a million tags", lambda: broken_main(paragraph(MANY_TAGS)), "Text, in “" + "{{ document.date }}" * 5 + "{{ d…”: there are more than 20000 tags in this part. Use loops, and send a smaller template."),
    Bad("more tags behind a million", lambda: made(f"{MANY_TAGS}\n{{{{ document.date }}}}"), "Text, in “" + "{{ document.date }}" * 5 + "{{ d…”: there are more than 20000 tags in this part. Use loops, and send a smaller template."),
)  # fmt: skip

FILES = (
    Bad("nothing", lambda: b"", "The file is empty. Send it once more."),
    Bad("a PDF", lambda: b"%PDF-1.7", NOT_ONE),
    Bad("cut off", lambda: made("text")[:-40], NOT_ONE),
    Bad("another archive", lambda: zipped(mimetype=b"x"), "The file is not a Word document (.docx): it has no part word/document.xml. Save it in Word as .docx."),
    Bad("a document of Word 97, renamed", lambda: archive.COMPOUND + b"\0" * 600, "The file is a Word document of the old kind (.doc). Save it in Word as .docx."),
    Bad("behind a password", lambda: archive.COMPOUND + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "The file is locked with a password. Save it in Word without a password."),
    Bad("too big", lambda: random.Random(1).randbytes(archives.MAX_FILE_BYTES + 1_000_000), "The file is 21 MB, and at most 20 MB are taken. Make its pictures smaller."),
    Bad("a zip bomb", lambda: with_part("word/media/image1.png", b"\0" * 20_000_000), "The part word/media/image1.png unpacks to 1028 times its size, as a zip bomb does, so the file was not opened."),
    Bad("many small bombs", bombs_together, TOO_MUCH),
    Bad("XML as long as a library, that packs well", lambda: broken_main(bombs.spaces()), TOO_LONG),
    Bad("relationships without end", lambda: with_part("word/_rels/x.xml.rels", bombs.relations()), "The list of the file’s parts is not that of a Word document. Save it anew in Word as .docx."),
    Bad("a size that is not true", understated, NOT_ONE),
    Bad("thousands of parts", many_parts, "The list of the file’s parts is not that of a Word document. Save it anew in Word as .docx."),
    Bad("two parts of a name", two_of_a_name, "The list of the file’s parts is not that of a Word document. Save it anew in Word as .docx."),
    Bad("macros", lambda: with_part("word/vbaProject.bin", b"x"), MACROS.format("word/vbaProject.bin")),
    Bad("an object of another program", lambda: with_part("word/embeddings/oleObject1.bin", b"x"), MACROS.format("word/embeddings/oleObject1.bin")),
    Bad("ActiveX", lambda: with_part("word/activeX/activeX1.xml", b"<x/>"), MACROS.format("word/activeX/activeX1.xml")),
    Bad("a document that says it has macros", of_kind("application/vnd.ms-word.document.macroEnabled.main+xml"), "The file is a Word document with macros. Save it in Word as .docx, without macros."),
    Bad("another kind of document", of_kind("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"), "The file is not a plain Word document (.docx). Save it in Word as .docx."),
    Bad("a remote template", remote("word/_rels/settings.xml.rels", "attachedTemplate"), OUTSIDE.format("word/_rels/settings.xml.rels")),
    Bad("a remote picture", remote("word/_rels/header1.xml.rels", "image"), OUTSIDE.format("word/_rels/header1.xml.rels")),
    Bad("a remote object", remote("word/_rels/footnotes.xml.rels", "oleObject"), OUTSIDE.format("word/_rels/footnotes.xml.rels")),
    Bad("a remote template whose address looks like a link's", lambda: with_part(SETTINGS, REMOTE.format("attachedTemplate").replace("org/x", "org/relationships/hyperlink").encode()), OUTSIDE.format(SETTINGS)),
    Bad("a remote template with a sign in its address", lambda: with_part(SETTINGS, REMOTE.format("attachedTemplate").replace("org/x", "org/?a>b").encode()), OUTSIDE.format(SETTINGS)),
    Bad("a remote template by a letter's number", lambda: with_part(SETTINGS, REMOTE.format("attachedTemplate").replace("External", "Extern&#97;l").encode()), OUTSIDE.format(SETTINGS)),
    Bad("a remote template under a prefix", lambda: with_part(SETTINGS, REMOTE.format("attachedTemplate").replace("<R", "<p:R").replace("</R", "</p:R").replace("xmlns", "xmlns:p").encode()), OUTSIDE.format(SETTINGS)),
    Bad("a remote template in UTF-16", lambda: with_part(SETTINGS, ('<?xml version="1.0" encoding="UTF-16"?>' + REMOTE.format("attachedTemplate")).encode("utf-16")), OUTSIDE.format(SETTINGS)),
    Bad("a remote template in capitals", lambda: with_part(SETTINGS.upper(), REMOTE.format("attachedTemplate").encode()), OUTSIDE.format(SETTINGS.upper())),
    Bad("relationships in pieces", lambda: with_part(SETTINGS, b"<Relationships"), NOT_ONE),
    Bad("macros under another name", lambda: related("vbaProject", "media/image9.dat"), MACROS.format("word/media/image9.dat")),
    Bad("an object under another name", lambda: related("oleObject", "/word/media/image9.dat"), MACROS.format("word/media/image9.dat")),
    Bad("a web page in the document", lambda: related("aFChunk", "chunk.htm"), MACROS.format("word/chunk.htm")),
    Bad("entities that grow", lambda: broken_main(b'<!DOCTYPE x [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]>' + paragraph("&b;")), ENTITIES),
    Bad("a file by an entity", lambda: broken_main(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + paragraph("&a;")), ENTITIES),
    Bad("entities in UTF-16", lambda: broken_main('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "a">]><x/>'.encode("utf-16")), ENTITIES),
    Bad("broken XML", lambda: broken_main(b"<w:document"), "The file does not open as a Word document. Save it anew in Word as .docx."),
    Bad("XML within XML within XML", lambda: broken_main(b"<x>" * 5000 + b"</x>" * 5000), "The file does not open as a Word document. Save it anew in Word as .docx."),
    Bad("a footnote part in pieces", lambda: with_beside(note("x")._replace(xml="<w:footnotes")), "The part word/footnotes.xml is damaged. Save the template anew in Word."),
    Bad("a field that starts a program", lambda: made(xml=field(' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc.exe" ')), FETCHES.format("DDEAUTO")),
    Bad("a field in pieces that reads a file", lambda: made(xml=field(" INCLUDE", "TEXT ", '"c:\\\\secret.docx" ')), FETCHES.format("INCLUDETEXT")),
    Bad("a field behind another that starts a program", lambda: made(xml=field(" PAGE ") + field(" DDEAUTO c:\\\\x ")), FETCHES.format("DDEAUTO")),
    Bad("a field within another that starts a program", lambda: made(xml=within(" IF 1=1 ", field(" DDE c:\\\\x "))), FETCHES.format("DDE")),
    Bad("a field over two paragraphs", over_two_paragraphs, FETCHES.format("DDEAUTO")),
    Bad("a field spelled by another", lambda: made(xml=within("", field(" QUOTE 68 68 69 "), " c:\\\\x ")), "Text: the name of a field is spelled by another field, which hides what it does. Remove it; press Alt+F9 in Word to see fields."),
    Bad("a mail merge", lambda: templates.changed(made("text"), "word/settings.xml", "</w:settings>", '<w:mailMerge><w:query w:val="SELECT * FROM clients"/></w:mailMerge></w:settings>'), "The file is a mail merge, which fetches its data when it is opened. In Word choose Mailings, Start Mail Merge, Normal Word Document, and save it."),
    Bad("a tag in a link's address", lambda: related("hyperlink", "http://example.org/%7B%7B%20institution.name%20%7D%7D", mode="External"), "The address of a link holds a tag, and nothing fills it there (http://example.org/{{ institution.name }}). Print it as text instead."),
    Bad("a simple field that fetches a picture", lambda: made(xml='<w:fldSimple w:instr=" INCLUDEPICTURE &quot;http://example.org/x&quot; "/>'), FETCHES.format("INCLUDEPICTURE")),
)  # fmt: skip

ALL = (*TYPOS, *PLACES, *SYNTAX, *QUOTES, *CODE, *HOGS, *FILES)
