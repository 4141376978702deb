"""Find German deadlines: "bis Ende Juni", "im dritten Quartal", "zum 1. Oktober", "innerhalb von sechs Monaten"."""

from __future__ import annotations

import re
from functools import cache

from plumbline_judge.judgement import Span

_MONTH = (
    r"(?:januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
    r"|jan|feb|mär|apr|jun|jul|aug|sept?|okt|nov|dez)\b\.?"
)
_YEAR = r"(?:19|20)\d\d"
_ORDINAL = r"(?:\d{1,2}\.|erste[nrs]?|zweite[nrs]?|dritte[nrs]?|vierte[nrs]?)"
_NEXT = r"(?:diese[nmrs]?|nächste[nmrs]?|kommende[nmrs]?|laufende[nmrs]?|des|dem|der|den|das)"
_PERIOD = (
    r"(?:geschäftsjahr|kalenderjahr|schuljahr|halbjahr|jahr|quartal|monat|woche|zyklus|semester|saison|sprint|tertial)"
)
_END_OF = r"(?:jahres|quartals|monats|schuljahres|semester|wochen|saison)(?:ende|beginn|anfang|mitte)"
_SEASON = r"(?:sommer|winter|herbst|frühjahr|frühling|weihnachten|ostern|pfingsten|jahreswechsel|sommerferien)"
_COUNT = r"(?:\d{1,3}|eine[rsnm]?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|achtzehn)"
_SPAN = r"(?:tag|woche|monat|quartal|jahr)(?:e[nsr]?|s|n|en)?"
_DATE = (
    r"(?:(?:ende|mitte|anfang)\s)?"
    rf"(?:\d{{1,2}}\.\s?\d{{1,2}}\.(?:\s?(?:{_YEAR}|\d\d)\b)?|{_YEAR}-\d\d-\d\d"
    rf"|(?:\d{{1,2}}\.\s)?{_MONTH}(?:\s{_YEAR})?"
    rf"|(?:q[1-4]|h[12])\b(?:[\s/-](?:{_YEAR}|\d\d)\b)?|kw\s?\d{{1,2}}\b"
    rf"|{_END_OF}(?:\s{_YEAR})?|{_SEASON}(?:\s{_YEAR})?"
    rf"|(?:{_NEXT}\s)?(?:{_ORDINAL}\s)?{_PERIOD}(?:e?s)?(?:\s{_YEAR})?|{_YEAR})"
)
_END = r"(?=$|[^\w])"
_FOUND = (
    rf"\b(?:spätestens\s)?(?:bis|vor)\s(?:spätestens\s)?(?:zum\s|zur\s|in\s)?(?:{_NEXT}\s)?{_DATE}{_END}"
    rf"|\bzum\s(?:{_ORDINAL}\s(?:{_MONTH}|{_PERIOD})|{_END_OF}|\d{{1,2}}\.\d{{1,2}}\.)(?:\s?{_YEAR})?{_END}"
    rf"|\b(?:im|in|noch|während|ab|für)\s(?:{_NEXT}\s)?(?:{_DATE}){_END}"
    rf"|\b(?:innerhalb|binnen)\s(?:von\s)?(?:{_NEXT}\s)?{_COUNT}\s{_SPAN}{_END}"
    rf"|\bin\s(?:den\s)?(?:nächsten|kommenden)\s(?:{_COUNT}\s)?{_SPAN}{_END}"
    rf"|\b(?:diese[snm]?|nächste[snm]?)\s{_PERIOD}{_END}|\b(?:ende|mitte|anfang)\s{_DATE}{_END}"
)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_FOUND, re.IGNORECASE)


def deadline(text: str, begin: int, end: int) -> Span | None:
    """Return where the first deadline stands."""
    for found in _pattern().finditer(text, begin, end):
        if not _is_duration_claimed(found[0]):
            return Span(found.start(), found.end())
    return None


def _is_duration_claimed(said: str) -> bool:
    """Whether the words are a limit on something and no date: "im Jahr" says how often, "binnen 24 Tagen" how fast."""
    low = said.lower()
    return low in ("im jahr", "im monat", "im quartal", "in der woche", "im schuljahr") or (
        low.startswith(("innerhalb", "binnen")) and re.search(r"\btag", low) is not None
    )
