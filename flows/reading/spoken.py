"""The words by which people say yes, no, "I don't know" and the like, language by language.

All languages are understood at once: respondents mix them, and no word here means two things in one place.
"""

from __future__ import annotations

from collections.abc import Mapping

from flows import nouns
from flows.reading import text

Table = Mapping[str, tuple[str, ...]]

YES: Table = {
    "en": ("yes", "y", "yeah", "yep", "yes please", "ok", "okay", "correct", "right", "true"),
    "sw": ("ndiyo", "ndio", "naam", "sawa"),
    "fr": ("oui", "d'accord", "vrai"),
    "es": ("sí", "si", "cierto", "vale"),
    "pt": ("sim", "certo"),
}

NO: Table = {
    "en": ("no", "n", "nope", "not", "false", "wrong"),
    "sw": ("hapana", "la", "siyo", "sio"),
    "fr": ("non", "faux"),
    "es": ("no", "falso"),
    "pt": ("não", "nao"),
}

UNKNOWN: Table = {
    "en": ("don't know", "dont know", "i don't know", "i dont know", "do not know", "i do not know", "dunno",
           "not sure", "i'm not sure", "no idea", "unknown"),
    "sw": ("sijui", "sina uhakika", "haijulikani"),
    "fr": ("je ne sais pas", "je sais pas", "sais pas", "aucune idée", "inconnu"),
    "es": ("no sé", "no se", "no lo sé", "no lo se", "ni idea", "desconocido"),
    "pt": ("não sei", "nao sei", "sei lá", "desconhecido"),
}  # fmt: skip

ASKED: Table = {
    "en": ("ask a colleague", "ask my colleague", "i ask a colleague", "a colleague knows", "i will ask", "i'll ask"),
    "sw": ("muulize mwenzangu", "namuuliza mwenzangu", "nitauliza", "nitamuuliza mwenzangu", "mwenzangu anajua"),
    "fr": ("je demande à un collègue", "demander à un collègue", "je vais demander", "un collègue le sait"),
    "es": ("pregunto a un colega", "preguntar a un colega", "voy a preguntar", "un colega lo sabe"),
    "pt": ("pergunto a um colega", "perguntar a um colega", "vou perguntar"),
}  # fmt: skip

NOT_APPLICABLE: Table = {
    "en": ("not applicable", "n/a", "n.a.", "does not apply", "doesn't apply", "does not concern us",
           "doesn't concern us"),
    "sw": ("haituhusu", "haihusiki", "haitumiki kwetu"),
    "fr": ("sans objet", "non applicable", "ne s'applique pas", "ne nous concerne pas"),
    "es": ("no aplica", "no corresponde", "no se aplica", "no nos concierne"),
    "pt": ("não se aplica", "nao se aplica", "não aplicável"),
}  # fmt: skip

ABOUT: Table = {
    "en": ("about", "around", "approximately", "approx.", "approx", "roughly", "nearly", "almost", "circa", "ca.",
           "maybe", "some", "~", "≈", "±"),
    "sw": ("kama", "takriban", "karibu", "labda"),
    "fr": ("environ", "à peu près", "autour de", "presque", "vers"),
    "es": ("unos", "unas", "aproximadamente", "más o menos", "alrededor de", "casi", "cerca de"),
    "pt": ("mais ou menos", "uns", "umas", "cerca de", "quase"),
}  # fmt: skip

NOTHING: Table = {
    "en": ("none", "zero", "nil", "nothing", "no one", "nobody"),
    "sw": ("hakuna", "sifuri", "hamna"),
    "fr": ("aucun", "aucune", "zéro", "rien"),
    "es": ("ninguno", "ninguna", "cero", "nada"),
    "pt": ("nenhum", "nenhuma", "zero", "nada"),
}

NUMERALS: Mapping[str, int] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12,
    "moja": 1, "mbili": 2, "tatu": 3, "nne": 4, "tano": 5, "sita": 6, "saba": 7, "nane": 8, "tisa": 9, "kumi": 10,
    "ishirini": 20, "thelathini": 30, "arobaini": 40, "hamsini": 50, "sitini": 60, "sabini": 70, "themanini": 80,
    "tisini": 90,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
    "onze": 11, "douze": 12, "quinze": 15, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50,
    "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
    "nueve": 9, "diez": 10, "doce": 12, "quince": 15, "veinte": 20, "treinta": 30, "cuarenta": 40,
    "cincuenta": 50,
    "um": 1, "uma": 1, "dois": 2, "duas": 2, "quatro": 4, "sete": 7, "oito": 8, "nove": 9, "dez": 10, "doze": 12,
    "vinte": 20, "trinta": 30, "quarenta": 40, "cinquenta": 50,
}  # fmt: skip
"""Numbers as words; the larger ones join two of them."""

FRACTIONS: Mapping[str, float] = {
    "half": 0.5, "quarter": 0.25, "quarters": 0.25,
    "nusu": 0.5, "robo": 0.25,
    "demi": 0.5, "demie": 0.5, "quart": 0.25, "quarts": 0.25,
    "medio": 0.5, "media": 0.5, "cuarto": 0.25, "cuartos": 0.25,
    "meio": 0.5, "meia": 0.5, "quartos": 0.25,
}  # fmt: skip
"""Words for a part of a unit, or of one more."""

ONCE: Mapping[str, int] = {"once": 1, "twice": 2, "thrice": 3}
"""How many times, where "a week" or the like follows; alone "once" is eleven in Spanish."""

ARTICLE: Table = {"en": ("a", "an", "of"), "fr": ("de",), "es": ("de",), "pt": ("de",)}
"""What may stand before a unit without telling anything."""

TIMES: Table = {
    "en": ("times", "time", "x"),
    "sw": ("mara",),
    "fr": ("fois",),
    "es": ("veces", "vez"),
    "pt": ("vezes",),
}

EACH: Table = {
    "en": ("a", "an", "per", "each", "every", "/"),
    "sw": ("kwa", "kila"),
    "fr": ("par", "chaque"),
    "es": ("por", "al", "a", "la", "cada"),
    "pt": ("por", "ao", "cada"),
}
"""What stands before the time in which something happens so many times."""

DONE: Table = {
    "en": (
        "done",
        "finished",
        "that's all",
        "thats all",
        "that is all",
        "no more",
        "nothing more",
        "complete",
    ),
    "sw": ("tayari", "nimemaliza", "basi", "mwisho"),
    "fr": ("fini", "terminé", "c'est tout"),
    "es": ("listo", "terminado", "eso es todo", "ya"),
    "pt": ("pronto", "terminado", "é tudo"),
}

WHY: Table = {
    "en": ("why", "why do you ask", "why do you ask that", "why do you need that", "what for"),
    "sw": ("kwa nini", "kwanini", "kwa nini unauliza", "ya nini"),
    "fr": ("pourquoi", "pourquoi cette question", "pourquoi demandez-vous cela", "à quoi ça sert"),
    "es": ("por qué", "por que", "por qué pregunta", "para qué", "para que"),
    "pt": ("por quê", "por que", "porquê", "para quê"),
}

AND: Table = {
    "en": ("and", "plus"),
    "sw": ("na",),
    "fr": ("et",),
    "es": ("y",),
    "pt": ("e",),
}

DAYS: Mapping[str, int] = {
    "today": 0, "tomorrow": 1, "yesterday": -1,
    "leo": 0, "kesho": 1, "jana": -1,
    "aujourd'hui": 0, "demain": 1, "hier": -1,
    "hoy": 0, "mañana": 1, "ayer": -1,
    "hoje": 0, "amanhã": 1, "ontem": -1,
}  # fmt: skip
"""Words for a day near today -> how many days away."""

MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december"),
    "sw": ("januari", "februari", "machi", "aprili", "mei", "juni", "julai", "agosti", "septemba", "oktoba",
           "novemba", "desemba"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
           "noviembre", "diciembre"),
    "pt": ("janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro",
           "novembro", "dezembro"),
}  # fmt: skip

MULTIPLES: Mapping[str, int] = {
    "hundred": 100,
    "k": 1_000, "thousand": 1_000, "mille": 1_000, "mil": 1_000,
    "lakh": 100_000, "lac": 100_000,
    "million": 1_000_000, "mn": 1_000_000, "mln": 1_000_000, "milioni": 1_000_000, "millones": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000, "bn": 1_000_000_000,
}  # fmt: skip
"""Words behind a number -> what they multiply it by."""

COMMA_GROUPS = frozenset({"en", "sw", "hi", "ur", "ne", "bn", "th", "zh", "ja", "fil", "tl", "am"})
"""Languages that write 1,200.5; the others here write 1.200,5."""

EITHER_GROUPS = frozenset({"es"})
"""Languages of countries with both ways: 1,200 in Tegucigalpa is 1.200 in La Paz, and neither has three decimals."""


def grouping(language: str) -> str:
    """The marks that part thousands where three digits follow."""
    if language in EITHER_GROUPS:
        return ".,"
    return "," if language in COMMA_GROUPS else "."


def words(table: Table) -> frozenset[str]:
    """Every word of a table, in all its languages, lower case and without accents."""
    return frozenset(text.plain(word) for language in table.values() for word in language)


IS_YES = words(YES)
IS_NO = words(NO)
IS_UNKNOWN = words(UNKNOWN)
IS_ASKED = words(ASKED)
IS_NOT_APPLICABLE = words(NOT_APPLICABLE)
IS_NOTHING = words(NOTHING)
IS_DONE = words(DONE)
IS_WHY = words(WHY)
IS_AND = words(AND)
IS_ARTICLE = words(ARTICLE)
IS_TIMES = words(TIMES)
IS_EACH = words(EACH)


def without_value(plain: str) -> nouns.Sure | None:
    """What plain words mean that give no value: not known, a colleague is asked, does not concern us; else None."""
    if plain in IS_UNKNOWN:
        return nouns.Sure.UNKNOWN
    if plain in IS_ASKED:
        return nouns.Sure.ASKED
    return nouns.Sure.NOT_APPLICABLE if plain in IS_NOT_APPLICABLE else None
