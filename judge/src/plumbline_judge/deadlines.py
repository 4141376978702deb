"""Find by when: "by end of June", "in Q3", "within six weeks", with the preposition in the span."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache

from plumbline_judge.judgement import Span

_MONTHS = (
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
)
_GERMAN_MONTHS = (
    "januar|jänner", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober|okt",
    "november", "dezember|dez",
)  # fmt: skip
_MONTH = "(?:" + "|".join([*_MONTHS[0], "sept", *_MONTHS[1]]) + r")\b\.?"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th|\.)?"
_PERIOD = (
    r"(?:fiscal year|calendar year|school year|year|quarter|month|week|cycle|half|half-year|semester|term|season"
    r"|decade|sprint|day)"
)
_FEAST = "(?:summer|winter|spring|autumn|christmas|easter|thanksgiving|black friday|new year|ramadan|diwali)"
_COUNT = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|a|an)"
_DATE = (
    r"(?:(?:the\s)?(?:early|mid|late|end|close|start|beginning|middle)[\s-](?:of\s)?(?:the\s|this\s|next\s)?)?"
    rf"(?:{_YEAR}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}"
    rf"|(?:{_DAY}\s(?:of\s)?)?{_MONTH}(?:\s{_DAY}\b)?(?:,?\s{_YEAR})?"
    rf"|(?:fy\s?\d{{2,4}}[\s-]?)?[qh][1-4]\b(?:[\s/-](?:fy\s?)?(?:{_YEAR}|\d\d)\b)?"
    rf"|(?:fy\s?)?{_YEAR}(?:[-\u2013/]\d{{2,4}})?|fy\s?\d\d\b|eo[qym]\b"
    rf"|(?:week|day|month|sprint|year)\s{_COUNT}\b"
    rf"|(?:the\s|this\s|next\s)?(?:{_PERIOD}|{_FEAST})(?:\s(?:end|close))?)"
)
#: A day, a month or a quarter; a bare year is none, as "from 2000 to 2050" may be two counts.
_POINT = rf"(?:{_DAY}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?|{_MONTH}\s{_DAY}\b(?:,?\s{_YEAR})?|[qh][1-4]\b(?:\s{_YEAR})?)"
_END = r"(?=$|[^\w])"
#: The first days of somebody's own time, not of the calendar: "riders who ride in week one".
_OF_A_LIFE = r"(?:week|day|month|year)\s(?:one|two|three|1)\b"
_FOUND = (
    rf"\b(?:by|until|till|before|as of|no later than|due)\s(?:the\s)?{_DATE}{_END}"
    rf"|\bfor\s(?:the\s)?{_DATE}\sclose{_END}"
    rf"|\b(?:in|during|over|throughout|through)\s(?!{_OF_A_LIFE}|half\b)(?<!over\s(?={_YEAR}))(?:the\s)?(?:period\s)?(?:{_DATE})"
    rf"(?<!\sday)(?<!\sweek)(?<!\syear)(?<!\smonth)(?:\sclose)?{_END}"
    rf"|\b(?:within|over|in)\s(?:the\s)?(?:(?:next|first|coming|following)\s)"
    rf"(?:{_COUNT}\s)?{_PERIOD}s?(?:\sonline)?{_END}"
    rf"|\bwithin\s{_COUNT}\s(?:months|weeks|years|quarters){_END}"
    rf"|\bon\s(?:the\s)?{_POINT}{_END}|\bbetween\s{_POINT}\sand\s{_POINT}{_END}"
    rf"|\bfrom\s{_POINT}\s(?:to|until)\s{_POINT}{_END}|\bfrom\s{_YEAR}\s(?:to|until)\s{_YEAR}(?=\s*(?:$|[.,;)]))"
    rf"|\b(?:this|next)\s{_PERIOD}{_END}|\bby\s(?:the\s)?end\sof\s\w+{_END}"
)
_LAST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


#: How every deadline begins; a sentence without such a word needs no closer look.
_LEADS = (
    r"\b(?:by|until|till|before|as of|no later than|due|for|in|during|over|throughout|through|within|on|between|from"
    r"|this|next)\s"
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile at the first sentence: a third of the import would be this."""
    return re.compile(_LEADS, re.IGNORECASE), re.compile(_FOUND, re.IGNORECASE)


def deadline(text: str, begin: int, end: int) -> Span | None:
    """Return where the first deadline stands."""
    leads, whole = _patterns()
    for lead in leads.finditer(text, begin, end):
        found = whole.match(text, lead.start(), end)
        if found:
            return Span(*found.span())
    return None


@lru_cache(maxsize=1024)
def last_day(words: str) -> date | None:
    """Return the last day a deadline names when it names a year, else None: nothing is guessed."""
    low = words.lower()
    years = re.findall(_YEAR, low)
    if not years:
        return None
    year = int(years[-1])
    if exact := re.search(rf"{_YEAR}-(\d\d)-(\d\d)", low):
        return _date(year, int(exact[1]), int(exact[2]))
    if exact := re.search(rf"\b(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?{_YEAR}", low):
        return _date(year, int(exact[2]), int(exact[1]))
    if quarter := re.search(r"\bq([1-4])\b", low):
        return _date(year, int(quarter[1]) * 3, _LAST[int(quarter[1]) * 3 - 1])
    for month in range(12):
        if re.search(rf"\b(?:{_MONTHS[0][month]}|{_MONTHS[1][month]}|{_GERMAN_MONTHS[month]})\b", low):
            day = re.search(r"\b(\d{1,2})(?:st|nd|rd|th|\.)?(?!\d)\b", low)
            return _date(year, month + 1, int(day[1]) if day else _LAST[month])
    return _date(year, 12, 31)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
