"""Words that people type, and what they must mean. Each row names what it is about."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import nouns, problems, reading
from flows.reading import text

TODAY = dt.date(2026, 11, 24)

YES_NO = (nouns.Option("yes", "Yes"), nouns.Option("no", "No"))
BACKUPS = (
    nouns.Option("ups", "UPS (battery box)"),
    nouns.Option("generator", "Generator"),
    nouns.Option("solar", "Solar panels"),
    nouns.Option("none", "None of these"),
)
TYPES = (
    "text",
    "integer",
    "decimal",
    "date",
    "select_one x",
    "select_multiple x",
    "geopoint",
    "image",
    "file",
    "audio",
)


def read(kind, typed, *, unit="", options=(), language="en"):
    question = nouns.Question(type=kind, name="q", path="q", unit=unit)
    return reading.read(question, typed, options, today=TODAY, language=language)


SURE, ASK = True, False


@pytest.mark.parametrize(
    ("typed", "unit", "value", "certain"),
    [
        pytest.param("40", "", 40, SURE, id="plain"),
        pytest.param(" 40 ", "", 40, SURE, id="spaces around"),
        pytest.param("1,200", "", 1200, SURE, id="comma groups"),
        pytest.param("1,200,000", "", 1_200_000, SURE, id="two comma groups"),
        pytest.param("1.200", "", 1200, ASK, id="point groups, could be 1.2"),
        pytest.param("1.200.000", "", 1_200_000, SURE, id="two point groups"),
        pytest.param("1 200", "", 1200, SURE, id="space groups"),
        pytest.param("1\u00a0200", "", 1200, SURE, id="hard space groups"),
        pytest.param("1'200", "", 1200, SURE, id="Swiss groups"),
        pytest.param("12k", "", 12_000, SURE, id="k"),
        pytest.param("12 hundred", "", 1_200, SURE, id="hundreds of a figure"),
        pytest.param("twelve hundred", "", 1_200, ASK, id="hundreds in words"),
        pytest.param("dozen", "", 12, ASK, id="a word for twelve"),
        pytest.param("1.5k", "", 1500, SURE, id="fraction of a thousand"),
        pytest.param("2 million", "", 2_000_000, SURE, id="million"),
        pytest.param("3 lakh", "", 300_000, SURE, id="lakh, as in India"),
        pytest.param("1.5 lac", "", 150_000, SURE, id="the same, as others write it"),
        pytest.param("2 crore", "", 20_000_000, SURE, id="crore"),
        pytest.param("4 bn", "", 4_000_000_000, SURE, id="billion"),
        pytest.param("12 thousand clients", "clients", 12_000, SURE, id="thousand and unit"),
        pytest.param("-3", "", -3, SURE, id="negative"),
        pytest.param("−3", "", -3, SURE, id="typographic minus"),
        pytest.param("٣٠", "", 30, SURE, id="Arabic digits"),
        pytest.param("३४", "", 34, SURE, id="Hindi digits"),
        pytest.param("KES 4,500", "KES", 4500, SURE, id="currency before"),
        pytest.param("4500 ksh", "KES", 4500, SURE, id="currency's other name behind"),
        pytest.param("4,500/=", "KES", 4500, SURE, id="East African money mark"),
        pytest.param("$45", "USD", 45, SURE, id="currency sign"),
        pytest.param("45 dollars", "USD", 45, SURE, id="currency in words"),
        pytest.param("5%", "%", 5, SURE, id="percent sign"),
        pytest.param("5 percent", "%", 5, SURE, id="percent in words"),
        pytest.param("7 years", "years", 7, SURE, id="unit"),
        pytest.param("7 yrs", "years", 7, SURE, id="unit shortened"),
        pytest.param("1 year", "years", 1, SURE, id="unit in the singular"),
        pytest.param("7 PC", "PCs", 7, SURE, id="a short unit in the singular"),
        pytest.param("7 h", "hours per day", 7, SURE, id="head of a longer unit"),
        pytest.param("7 hours per day", "hours per day", 7, SURE, id="whole longer unit"),
        pytest.param("3 times a week", "times a week", 3, SURE, id="unit of several words"),
        pytest.param("40 goats", "", 40, ASK, id="unknown word behind"),
        pytest.param("we have 40", "", 40, ASK, id="words before"),
        pytest.param("none", "", 0, ASK, id="none may be zero"),
        pytest.param("0", "", 0, SURE, id="zero"),
        pytest.param("007", "", 7, SURE, id="leading zeros"),
        pytest.param("0000000000000007", "", 7, SURE, id="as many zeros as the largest number has digits"),
        pytest.param("nine", "", 9, ASK, id="in words"),
        pytest.param("Twenty-five people", "people", 25, ASK, id="two words joined"),
        pytest.param("twenty people", "people", 20, ASK, id="one word and the unit"),
        pytest.param("ishirini na tano", "", 25, ASK, id="two words joined in Swahili"),
        pytest.param("two thousand", "", 2000, ASK, id="a word and a multiple"),
        pytest.param("twenty-five thousand", "", 25000, ASK, id="two words and a multiple"),
        pytest.param("5 mb", "Mbps", 5, ASK, id="what many write for Mbps"),
    ],
)
def test_whole_numbers(typed, unit, value, certain):
    assert read("integer", typed, unit=unit) == reading.Reading(value, certain=certain)


@pytest.mark.parametrize(
    ("language", "ones", "tens"),
    [
        pytest.param(
            "en",
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
            " eighteen nineteen",
            "ten twenty thirty forty fifty sixty seventy eighty ninety",
            id="English",
        ),
        pytest.param("fr", "un deux trois quatre cinq six sept huit neuf dix onze douze", "dix vingt trente quarante cinquante", id="French"),
        pytest.param("es", "uno dos tres cuatro cinco seis siete ocho nueve diez", "diez veinte treinta cuarenta cincuenta", id="Spanish"),
        pytest.param("pt", "um dois três quatro cinco seis sete oito nove dez", "dez vinte trinta quarenta cinquenta", id="Portuguese"),
        pytest.param("sw", "moja mbili tatu nne tano sita saba nane tisa kumi", "kumi ishirini thelathini arobaini hamsini sitini sabini themanini tisini", id="Swahili"),
    ],
)  # fmt: skip
def test_one_counts_in_words(language, ones, tens):
    counted = {word: number for number, word in enumerate(ones.split(), 1)}
    counted |= {word: 10 * number for number, word in enumerate(tens.split(), 1)}
    said = {word: read("integer", word, language=language) for word in counted}
    assert said == {word: reading.Reading(number, certain=ASK) for word, number in counted.items()}


@pytest.mark.parametrize(
    ("typed", "value", "certain"),
    [
        pytest.param("une", 1, ASK, id="one in French, of a feminine thing"),
        pytest.param("quinze", 15, ASK, id="fifteen in French"),
        pytest.param("una", 1, ASK, id="one in Spanish, of a feminine thing"),
        pytest.param("doce", 12, ASK, id="twelve in Spanish"),
        pytest.param("quince", 15, ASK, id="fifteen in Spanish"),
        pytest.param("uma", 1, ASK, id="one in Portuguese, of a feminine thing"),
        pytest.param("duas", 2, ASK, id="two in Portuguese, of feminine things"),
        pytest.param("doze", 12, ASK, id="twelve in Portuguese"),
        pytest.param("5 thousand", 5_000, SURE, id="thousands"),
        pytest.param("5 mille", 5_000, SURE, id="thousands in French"),
        pytest.param("5 mil", 5_000, SURE, id="thousands in Spanish"),
        pytest.param("3 milioni", 3_000_000, SURE, id="millions in Swahili"),
        pytest.param("3 millones", 3_000_000, SURE, id="millions in Spanish"),
        pytest.param("3 mn", 3_000_000, SURE, id="millions shortened"),
        pytest.param("3 mln", 3_000_000, SURE, id="millions shortened otherwise"),
        pytest.param("3 billion", 3_000_000_000, SURE, id="billions"),
    ],
)
def test_a_number_may_be_said_in_other_words(typed, value, certain):
    assert read("integer", typed) == reading.Reading(value, certain=certain)


@pytest.mark.parametrize(
    ("typed", "language", "value", "certain"),
    [
        pytest.param("3.5", "en", 3.5, SURE, id="point"),
        pytest.param("3,5", "en", 3.5, SURE, id="comma"),
        pytest.param(".5", "en", 0.5, SURE, id="no zero"),
        pytest.param("0.125", "en", 0.125, SURE, id="three decimals behind zero"),
        pytest.param("1,200.5", "en", 1200.5, SURE, id="English grouping"),
        pytest.param("1.200,5", "en", 1200.5, SURE, id="continental grouping"),
        pytest.param("1 200,5", "en", 1200.5, SURE, id="French grouping"),
        pytest.param("1,200", "en", 1200, SURE, id="comma groups in English"),
        pytest.param("1,200", "fr", 1.2, ASK, id="comma is the decimal sign in French"),
        pytest.param("1.200", "en", 1.2, ASK, id="point in English"),
        pytest.param("1.200", "es", 1200, ASK, id="point groups in Spanish"),
        pytest.param("1,200", "es", 1200, ASK, id="and a comma too, as in Honduras"),
        pytest.param("1,200.50", "es", 1200.5, SURE, id="both marks leave no doubt"),
        pytest.param("24.50", "es", 24.5, SURE, id="two digits are decimals"),
        pytest.param("0,125", "es", 0.125, SURE, id="three decimals behind zero in Spanish"),
        pytest.param("١٫٥", "en", 1.5, SURE, id="Arabic decimal sign"),
        pytest.param("4", "en", 4, SURE, id="whole"),
    ],
)
def test_decimal_numbers(typed, language, value, certain):
    assert read("decimal", typed, language=language) == reading.Reading(value, certain=certain)


@pytest.mark.parametrize(
    ("typed", "unit", "language", "value", "certain"),
    [
        pytest.param("3 personas", "people", "es", 3, SURE, id="many in Spanish"),
        pytest.param("1 persona", "people", "es", 1, SURE, id="one in Spanish"),
        pytest.param("1.200 páginas", "pages", "es", 1200, ASK, id="with an accent, grouped"),
        pytest.param("3 veces por semana", "times a week", "es", 3, SURE, id="several words"),
        pytest.param("3 pages", "pages", "fr", 3, SURE, id="in French"),
        pytest.param("watu 3", "people", "sw", 3, SURE, id="before the number in Swahili"),
        pytest.param("3 people", "people", "es", 3, SURE, id="the form's own word"),
        pytest.param("3 sillas", "people", "es", 3, ASK, id="another word"),
        pytest.param("3 personas", "", "es", 3, ASK, id="no unit asked"),
    ],
)
def test_a_unit_is_understood_as_the_bot_says_it(typed, unit, language, value, certain):
    assert read("integer", typed, unit=unit, language=language) == reading.Reading(value, certain=certain)


def test_another_unit_is_refused_in_every_language():
    problem = read("decimal", "3 GB", unit="days", language="es")
    assert (problem.code, problem.values["unit"]) == ("other_unit", "días")


@pytest.mark.parametrize(
    ("typed", "unit", "language", "value"),
    [
        pytest.param("2 days", "hours", "en", 48, id="days for hours"),
        pytest.param("45 minutes", "hours", "en", 0.75, id="minutes for hours"),
        pytest.param("half a day", "hours", "en", 12, id="a part of a unit"),
        pytest.param("1 h 30", "hours", "en", 1.5, id="minutes without their word"),
        pytest.param("1h30", "minutes", "fr", 90, id="written together"),
        pytest.param("1:30", "hours", "en", 1.5, id="as on a clock"),
        pytest.param("2 weeks", "days", "en", 14, id="weeks for days"),
        pytest.param("1 week 2 days", "days", "en", 9, id="two units"),
        pytest.param("an hour and a half", "hours", "en", 1.5, id="a part behind the unit"),
        pytest.param("two and a half days", "hours", "en", 60, id="a part before the unit"),
        pytest.param("18 months", "years", "en", 1.5, id="months for years"),
        pytest.param("2 jours", "hours", "fr", 48, id="days in French"),
        pytest.param("une heure et demie", "hours", "fr", 1.5, id="a part behind in French"),
        pytest.param("trois quarts d'heure", "hours", "fr", 0.75, id="quarters in French"),
        pytest.param("une demi-journée", "hours", "fr", 12, id="half a day in French"),
        pytest.param("dos semanas", "days", "es", 14, id="weeks in Spanish"),
        pytest.param("una hora y media", "hours", "es", 1.5, id="a part behind in Spanish"),
        pytest.param("medio día", "hours", "es", 12, id="half a day in Spanish"),
        pytest.param("siku 2", "hours", "sw", 48, id="the unit first in Swahili"),
        pytest.param("saa moja na nusu", "minutes", "sw", 90, id="a part behind in Swahili"),
        pytest.param("saa 1 na dakika 30", "hours", "sw", 1.5, id="two units in Swahili"),
        pytest.param("nusu saa", "minutes", "sw", 30, id="half an hour in Swahili"),
        pytest.param("4096 MB", "GB", "en", 4, id="memory"),
        pytest.param("2 TB", "GB", "en", 2048, id="disk"),
        pytest.param("512 kbps", "Mbps", "en", 0.51, id="a slow line"),
        pytest.param("3 Gbps", "Mbps", "en", 3000, id="a fast line"),
        pytest.param("1.5 kVA", "VA", "en", 1500, id="a strong box"),
        pytest.param("600 W", "Wp", "en", 600, id="watts of panels"),
        pytest.param("2 kW", "Wp", "en", 2000, id="kilowatts of panels"),
        pytest.param("1.5 kWp", "W", "en", 1500, id="kilowatts of panels at their peak"),
        pytest.param("twice a month", "times a week", "en", 0.46, id="less often than asked"),
        pytest.param("deux fois par mois", "times a week", "fr", 0.46, id="less often in French"),
        pytest.param("2 veces al día", "times a week", "es", 14, id="more often in Spanish"),
        pytest.param("mara 2 kwa mwezi", "times a week", "sw", 0.46, id="less often in Swahili"),
    ],
)
def test_an_amount_of_the_same_kind_is_converted_and_said_back(typed, unit, language, value):
    assert read("decimal", typed, unit=unit, language=language) == reading.Reading(value, certain=ASK)


@pytest.mark.parametrize(
    ("typed", "unit", "language", "value", "amount"),
    [
        pytest.param("36 hours", "days", "en", 2, "1.5 days", id="hours for days"),
        pytest.param("36 heures", "days", "fr", 2, "1,5 jour", id="hours for days in French"),
        pytest.param("18 months", "years", "en", 2, "1.5 years", id="months for years"),
        pytest.param("10 days", "weeks", "en", 1, "1.43 weeks", id="days for weeks"),
        pytest.param("saa 30", "days", "sw", 1, "siku 1.25", id="hours for days in Swahili"),
    ],
)
def test_the_nearest_whole_number_is_proposed_where_one_is_due(typed, unit, language, value, amount):
    found = read("integer", typed, unit=unit, language=language)
    assert (found.value, found.certain) == (value, False)
    assert found.remark.code == "rounded"
    assert found.remark.values == {"given": typed, "amount": amount}


@pytest.mark.parametrize(
    ("typed", "language", "value"),
    [
        pytest.param("half", "en", 0.5, id="a word"),
        pytest.param("1/2", "en", 0.5, id="a stroke"),
        pytest.param("½", "en", 0.5, id="a sign"),
        pytest.param("1½", "en", 1.5, id="a sign behind a digit"),
        pytest.param("2 3/4", "en", 2.75, id="a stroke behind a number"),
        pytest.param("a quarter", "en", 0.25, id="a quarter"),
        pytest.param("three quarters", "en", 0.75, id="quarters"),
        pytest.param("one and a half", "en", 1.5, id="one and a part"),
        pytest.param("2 and a half", "en", 2.5, id="a digit and a part"),
        pytest.param("half an hour", "en", 0.5, id="with its unit"),
        pytest.param("½ day", "en", 12, id="of another unit"),
        pytest.param("un et demi", "fr", 1.5, id="one and a part in French"),
        pytest.param("trois quarts", "fr", 0.75, id="quarters in French"),
        pytest.param("medio", "es", 0.5, id="a word in Spanish"),
        pytest.param("dos y un cuarto", "es", 2.25, id="two and a part in Spanish"),
        pytest.param("nusu", "sw", 0.5, id="a word in Swahili"),
        pytest.param("moja na nusu", "sw", 1.5, id="one and a part in Swahili"),
        pytest.param("moja na robo", "sw", 1.25, id="one and a quarter in Swahili"),
    ],
)
def test_a_part_of_one_is_a_number_and_said_back(typed, language, value):
    assert read("decimal", typed, unit="hours", language=language) == reading.Reading(value, certain=ASK)


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        pytest.param("integer", "half", "not_whole", id="where a whole number is due"),
        pytest.param("decimal", "24/7", "one_number", id="always"),
        pytest.param("decimal", "3/4/2027", "one_number", id="a date"),
        pytest.param("decimal", "1/0", "one_number", id="parts of nothing"),
        pytest.param("decimal", "half past two", "not_a_number", id="a time"),
    ],
)
def test_what_is_no_part_of_one_is_not_guessed(kind, typed, code):
    assert read(kind, typed).code == code


def test_an_estimate_stays_one_when_it_is_converted():
    expected = reading.Reading(48, nouns.Sure.ESTIMATE, certain=ASK)
    assert read("decimal", "about 2 days", unit="hours") == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param("1.5 days", "not_whole", id="a day and a half where whole days are due"),
        pytest.param("1 or 2 days", "one_number", id="two amounts"),
        pytest.param("several days", "not_a_number", id="no number"),
        pytest.param("2 days a week", None, id="something else"),
        pytest.param("-2 weeks", "other_unit", id="less than nothing"),
        pytest.param("2 GB", "other_unit", id="another kind"),
    ],
)
def test_what_is_no_amount_of_the_kind_is_not_converted(typed, code):
    found = read("integer", typed, unit="days")
    assert found == reading.Reading(2, certain=ASK) if code is None else found.code == code


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "about 40",
            "About 40",
            "~40",
            "≈ 40",
            "approx. 40",
            "around 40",
            "kama 40",
            "environ 40",
            "unos 40",
        ),
        *("40 approximately", "40 Approx. ", "40 más o menos", "40 ca."),
    ],
)
def test_about_makes_an_estimate(typed):
    assert read("integer", typed) == reading.Reading(40, nouns.Sure.ESTIMATE)


@pytest.mark.parametrize("typed", ["casis 40", "something like 40", "environnement 40"])
def test_a_word_that_only_begins_like_about_makes_none(typed):
    assert read("integer", typed) == reading.Reading(40, certain=ASK)


@pytest.mark.parametrize(
    ("kind", "typed", "unit", "code"),
    [
        pytest.param("integer", "many", "", "not_a_number", id="no digits"),
        pytest.param("integer", "3-4", "", "one_number", id="range"),
        pytest.param("integer", "3 to 4", "", "one_number", id="range in words"),
        pytest.param("integer", "3 of 40", "", "one_number", id="two numbers"),
        pytest.param("integer", "3.5", "", "not_whole", id="fraction where whole is asked"),
        pytest.param("integer", "12 34", "", "not_a_number", id="groups of two"),
        pytest.param("decimal", "1.2.3", "", "not_a_number", id="two points"),
        pytest.param("decimal", "1,2,3.4", "", "not_a_number", id="odd groups"),
        pytest.param("integer", "9" * 30, "", "number_too_large", id="thirty digits"),
        pytest.param("decimal", "3 GB", "Mbps", "other_unit", id="another unit"),
        pytest.param("decimal", "3 minutes", "people", "other_unit", id="a unit of time"),
        pytest.param("integer", "USD 45", "KES", "other_unit", id="another currency"),
        pytest.param("integer", "45 days", "local currency", "other_unit", id="days for money"),
        pytest.param("integer", "", "", "empty", id="nothing"),
        pytest.param("integer", "\u202e\x00", "", "empty", id="nothing that is seen"),
        pytest.param("text", "x" * 2001, "", "too_long", id="too long"),
        pytest.param("image", "here", "", "send_image", id="words for a photo"),
        pytest.param("file", "here", "", "send_file", id="words for a file"),
        pytest.param("audio", "here", "", "send_audio", id="words for a voice note"),
        pytest.param("date", "soon", "", "not_a_date", id="no date"),
        pytest.param("date", "31/02/2027", "", "no_such_date", id="31 February"),
        pytest.param("date", "3 April 20270", "", "not_a_date", id="year of five digits"),
        pytest.param("date", "le", "", "not_a_date", id="an article alone"),
        pytest.param("date", "Sept 2027", "", "not_a_date", id="a month without its day"),
        pytest.param("date", "1.1.1066", "", "date_too_far", id="long ago"),
        pytest.param("date", "31 December 1899", "", "date_too_far", id="a day too long ago"),
        pytest.param("date", "1 January 2201", "", "date_too_far", id="a day too far ahead"),
        pytest.param("geopoint", "near the market", "", "not_a_place", id="place in words"),
        pytest.param("geopoint", "95, 36", "", "no_such_place", id="beyond the pole"),
    ],
)
def test_what_cannot_be_read_is_said(kind, typed, unit, code):
    problem = read(kind, typed, unit=unit)
    assert isinstance(problem, nouns.Problem)
    assert problem.code == code
    assert set(problem.values) == set(problems.CODES[code])


@pytest.mark.parametrize(
    ("typed", "unit", "certain"),
    [
        pytest.param("45 shillings", "local currency", ASK, id="a currency that may be the local one"),
        pytest.param("45 USD", "money", ASK, id="a currency where any may be meant"),
        pytest.param("45 /=", "local currency", SURE, id="a sign of local money"),
    ],
)
def test_a_currency_is_asked_back_where_the_question_names_none(typed, unit, certain):
    assert read("integer", typed, unit=unit) == reading.Reading(45, certain=certain)


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        pytest.param("x" * 60, "x" * 60, id="as it is"),
        pytest.param("x" * 61, "x" * 60 + "…", id="its beginning"),
    ],
)
def test_a_problem_repeats_what_was_typed(typed, given):
    assert read("integer", typed).values == {"given": given}


def test_a_problem_with_the_unit_names_both():
    assert read("decimal", "3 TB", unit="Mbps").values == {"given": "TB", "unit": "Mbps"}


@pytest.mark.parametrize(
    ("typed", "value", "certain"),
    [
        pytest.param("3 April 2027", "2027-04-03", SURE, id="day month year"),
        pytest.param("3rd of April 2027", "2027-04-03", SURE, id="ordinal"),
        pytest.param("1 January 1900", "1900-01-01", SURE, id="as long ago as may be"),
        pytest.param("31 December 2200", "2200-12-31", SURE, id="as far ahead as may be"),
        pytest.param("April 3, 2027", "2027-04-03", SURE, id="American"),
        pytest.param("3 Apr 2027", "2027-04-03", SURE, id="short month"),
        pytest.param("3-Apr-27", "2027-04-03", ASK, id="two digits of the year"),
        pytest.param("2027-04-03", "2027-04-03", SURE, id="ISO"),
        pytest.param("2027/4/3", "2027-04-03", SURE, id="year first with slashes"),
        pytest.param("3.4.2027", "2027-04-03", SURE, id="points are day first"),
        pytest.param("03/04/2027", "2027-04-03", ASK, id="slashes, could be March"),
        pytest.param("03/03/2027", "2027-03-03", SURE, id="the same either way"),
        pytest.param("13/04/2027", "2027-04-13", SURE, id="day over 12"),
        pytest.param("04/13/2027", "2027-04-13", SURE, id="American over 12"),
        pytest.param("٣/٤/٢٠٢٧", "2027-04-03", ASK, id="Arabic digits"),
        pytest.param("3 aprili 2027", "2027-04-03", SURE, id="Swahili"),
        pytest.param("1er août 2027", "2027-08-01", SURE, id="French"),
        pytest.param("3 de abril de 2027", "2027-04-03", SURE, id="Spanish"),
        pytest.param("le 1er août 2027", "2027-08-01", SURE, id="French, with its article"),
        pytest.param("el 3 de abril de 2027", "2027-04-03", SURE, id="Spanish, with its article"),
        pytest.param("tarehe 3 aprili 2027", "2027-04-03", SURE, id="Swahili, said to be a date"),
        pytest.param("On the 3rd of April 2027", "2027-04-03", SURE, id="words before the day"),
        pytest.param("3 March", "2027-03-03", ASK, id="no year, gone this year"),
        pytest.param("3 December", "2026-12-03", ASK, id="no year, to come"),
        pytest.param("tomorrow", "2026-11-25", ASK, id="tomorrow"),
    ],
)
def test_dates(typed, value, certain):
    assert read("date", typed) == reading.Reading(value, certain=certain)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        pytest.param(("today", "leo", "aujourd'hui", "hoy", "hoje"), "2026-11-24", id="today"),
        pytest.param(("tomorrow", "kesho", "demain", "mañana", "amanhã"), "2026-11-25", id="tomorrow"),
        pytest.param(("yesterday", "jana", "hier", "ayer", "ontem"), "2026-11-23", id="yesterday"),
    ],
)
def test_days_near_today_in_every_language(words, day):
    assert {read("date", typed).value for typed in words} == {day}


@pytest.mark.parametrize(
    ("typed", "choice", "certain"),
    [
        pytest.param("yes", "yes", SURE, id="name"),
        pytest.param("Yes ", "yes", SURE, id="capital and space"),
        pytest.param("YES!", "yes", SURE, id="loud"),
        pytest.param("y", "yes", SURE, id="letter"),
        pytest.param("1", "yes", SURE, id="number of the option"),
        pytest.param("2", "no", SURE, id="second option"),
        pytest.param("ndiyo", "yes", SURE, id="Swahili"),
        pytest.param("non", "no", SURE, id="French"),
        pytest.param("yse", "yes", ASK, id="mistyped"),
        pytest.param("yes, since last year", "yes", ASK, id="more words behind it"),
        pytest.param("No we never had one.", "no", ASK, id="a sentence that begins with no"),
        pytest.param("Ndiyo: mbili", "yes", ASK, id="more words behind it in Swahili"),
    ],
)
def test_one_choice(typed, choice, certain):
    assert read("select_one yes_no", typed, options=YES_NO) == reading.Reading(choice, certain=certain)


@pytest.mark.parametrize("typed", ["3", "0", "perhaps", "½"])
def test_a_choice_that_is_not_there(typed):
    assert read("select_one yes_no", typed, options=YES_NO).code == "no_such_choice"


@pytest.mark.parametrize(
    ("typed", "chosen", "certain"),
    [
        pytest.param("ups", ["ups"], SURE, id="one"),
        pytest.param("ups and solar", ["ups", "solar"], SURE, id="and"),
        pytest.param("solar, UPS", ["ups", "solar"], SURE, id="comma, in the order offered"),
        pytest.param("solar na generator", ["generator", "solar"], SURE, id="Swahili and"),
        pytest.param("1 3", ["ups", "solar"], SURE, id="numbers"),
        pytest.param("1,3", ["ups", "solar"], SURE, id="numbers with comma"),
        pytest.param("gen", ["generator"], SURE, id="beginning"),
        pytest.param("generater, ups", ["ups", "generator"], ASK, id="one mistyped"),
        pytest.param("None of these", ["none"], SURE, id="none"),
        pytest.param("hakuna", ["none"], SURE, id="none in Swahili"),
        pytest.param("UPS (battery box)", ["ups"], SURE, id="label with brackets"),
    ],
)
def test_several_choices(typed, chosen, certain):
    assert read("select_multiple b", typed, options=BACKUPS) == reading.Reading(chosen, certain=certain)


def test_yes_with_more_words_means_nothing_where_it_is_no_choice():
    assert read("select_one b", "yes, since last year", options=BACKUPS).code == "no_such_choice"


@pytest.mark.parametrize("typed", [",", " ; ", ", ,"])
@pytest.mark.parametrize("kind", ["select_multiple b", "rank b"])
def test_commas_alone_choose_nothing(kind, typed):
    assert read(kind, typed, options=BACKUPS).code == "no_such_choice"


def test_none_stands_alone():
    assert read("select_multiple b", "none, ups", options=BACKUPS).code == "none_stands_alone"


@pytest.mark.parametrize(
    "typed", ["don't know", "I don’t know.", "Sijui", "no sé", "je ne sais pas", "não sei"]
)
@pytest.mark.parametrize("kind", ["integer", "text", "date", "geopoint", "image"])
def test_not_knowing_is_an_answer(typed, kind):
    assert read(kind, typed) == reading.Reading(None, nouns.Sure.UNKNOWN)


def test_a_choice_that_says_unknown_is_a_choice():
    options = (*YES_NO, nouns.Option("unknown", "I am not sure"))
    assert read("select_one x", "unknown", options=options) == reading.Reading("unknown")


@pytest.mark.parametrize(
    ("typed", "point"),
    [
        pytest.param("-1.286, 36.817", nouns.Point(-1.286, 36.817), id="signs"),
        pytest.param("3.12 35.6", nouns.Point(3.12, 35.6), id="space"),
        pytest.param("1.286° S, 36.817° E", nouns.Point(-1.286, 36.817), id="south"),
    ],
)
def test_places(typed, point):
    assert read("geopoint", typed) == reading.Reading(point)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("  two words \n", "two words", id="space around"),
        pytest.param("a\u202eb", "ab", id="direction override"),
        pytest.param("a\ud800b", "ab", id="lone surrogate"),
        pytest.param("a\x00\x1bb", "ab", id="control characters"),
        pytest.param("line\r\nline", "line\nline", id="line break stays"),
        pytest.param("e\u0301", "é", id="composed"),
        pytest.param("👩‍👩‍👧", "👩‍👩‍👧", id="joined emoji stays"),
        pytest.param("{{7*7}} <b>", "{{7*7}} <b>", id="markup is just words"),
        pytest.param("x" * 2000, "x" * 2000, id="as long as may be"),
    ],
)
def test_text_is_kept_as_meant(typed, kept):
    assert read("text", typed) == reading.Reading(kept)


@given(
    st.sampled_from(TYPES),
    st.text(st.characters(), max_size=60),
    st.sampled_from(["", "Mbps", "KES", "hours"]),
)
def test_any_words_give_a_value_of_the_type_or_a_problem(kind, typed, unit):
    outcome = read(kind, typed, unit=unit, options=BACKUPS)
    if isinstance(outcome, nouns.Problem):
        assert set(outcome.values) == set(problems.CODES[outcome.code])
        return
    allowed = {
        "integer": int,
        "decimal": (int, float),
        "geopoint": nouns.Point,
        "select_multiple x": list,
    }
    if outcome.value is not None:
        assert isinstance(outcome.value, allowed.get(kind, str))
        assert not isinstance(outcome.value, bool)


@given(st.integers(-(10**14), 10**14))
def test_every_number_is_read_back(number):
    for written in (str(number), f"{number:,}", f"{number:_}".replace("_", " ")):
        assert read("integer", written).value == number


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_every_date_is_read_back(date):
    assert read("date", date.isoformat()) == reading.Reading(date.isoformat())
    assert read("date", f"{date.day} {date:%B} {date.year}") == reading.Reading(date.isoformat())


@given(st.text(st.characters()))
def test_cleaning_twice_changes_nothing(typed):
    once = text.clean(typed)
    assert text.clean(once) == once
    once.encode()
