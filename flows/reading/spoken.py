"""The words by which people say yes, no, "I don't know" and the like, language by language.

All languages are understood at once: respondents mix them, and no word here means two things in one place.
"""

from __future__ import annotations

from collections.abc import Mapping

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
    "k": 1_000, "thousand": 1_000, "mille": 1_000, "mil": 1_000,
    "lakh": 100_000, "lac": 100_000,
    "million": 1_000_000, "mn": 1_000_000, "mln": 1_000_000, "milioni": 1_000_000, "millones": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000, "bn": 1_000_000_000,
}  # fmt: skip
"""Words behind a number -> what they multiply it by."""

COMMA_GROUPS = frozenset({"en", "sw", "hi", "ur", "ne", "bn", "th", "zh", "ja", "fil", "tl", "am"})
"""Languages that write 1,200.5; the others here write 1.200,5."""


def words(table: Table) -> frozenset[str]:
    """Every word of a table, in all its languages, lower case and without accents."""
    return frozenset(text.plain(word) for language in table.values() for word in language)


IS_YES = words(YES)
IS_NO = words(NO)
IS_UNKNOWN = words(UNKNOWN)
IS_NOTHING = words(NOTHING)
IS_DONE = words(DONE)
IS_AND = words(AND)
