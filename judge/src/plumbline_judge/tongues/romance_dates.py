"""Find deadlines in French, Spanish and Portuguese: "d'ici fin juin", "antes de junio", "até o fim de junho"."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from plumbline_judge.judgement import Span
from plumbline_judge.lexicon import entries

_YEAR = r"(?:19|20)\d\d"
_LEADS = {
    "fr": r"(?:d['\u2019]ici|avant|jusqu['\u2019](?:à|au|en)|au plus tard|pour|en|au cours de|fin|dès)",
    "es": r"(?:antes de|antes del|hasta|para|en|durante|a más tardar)",
    "pt": r"(?:até|antes de|antes do|em|no|na|durante|ao longo de)",
}
_PARTS = {
    "fr": r"(?:la fin|fin|mi|début|le|la|l['\u2019]|à|de|du|au)[\s-]*",
    "es": r"(?:el|la|finales|fin|mediados|principios|de|del)\s",
    "pt": r"(?:o|a|fim|final|meados|início|de|do|da)\s",
}
_PERIODS = {
    "fr": (
        r"(?:(?:premier|deuxième|troisième|quatrième|1er|2e|3e|4e|prochain)\s)?"
        r"(?:trimestre|semestre|année|mois|l['\u2019]été)"
    ),
    "es": r"(?:(?:primer|segundo|tercer|cuarto|próximo|1er|2º|3er|4º)\s)?(?:trimestre|semestre|año|mes|verano)",
    "pt": r"(?:(?:primeiro|segundo|terceiro|quarto|próximo|1º|2º|3º|4º)\s)?(?:trimestre|semestre|ano|mês|verão)",
}


def deadline_of(code: str) -> Callable[[str, int, int], Span | None]:
    """Return what finds the first deadline in a language."""

    def deadline(text: str, begin: int, end: int) -> Span | None:
        found = _pattern(code).search(text, begin, end)
        return Span(found.start(), found.end()) if found else None

    return deadline


@cache
def _pattern(code: str) -> re.Pattern[str]:
    month = "(?:" + "|".join(entries(code, "months")) + r")\b"
    day = r"(?:\d{1,2}(?:er|º)?\s(?:de\s)?)?"
    date = rf"(?:{day}{month}(?:\s(?:de\s|del\s)?{_YEAR})?|{_YEAR}|[tq][1-4]\b|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})"
    return re.compile(
        rf"\b{_LEADS[code]}\s(?:{_PARTS[code]}){{0,3}}(?:{date}|{_PERIODS[code]})(?=$|[^\w])", re.IGNORECASE
    )
