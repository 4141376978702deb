"""Numbers in a sentence: their value, unit and kind, and which of them are only names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from plumbline_judge.lexicon import word_set
from plumbline_judge.signs import TIMES
from plumbline_judge.words import Word

_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "usd": "USD", "eur": "EUR", "gbp": "GBP", "chf": "CHF"}
_SCALES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "mio": 6, "million": 6, "bn": 9, "billion": 9, "b": 9}
_GLUED = {"k": 3, "m": 6, "mn": 6, "bn": 9, "b": 9, "mm": 6}
_COUNTED = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
            "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
            "forty": 40, "fifty": 50, "hundred": 100}  # fmt: skip
_NAMING = word_set(
    "phase week version v tier stage step level grade iso soc wcag python type part batch wave round "
    "sprint quarter series section chapter kpi article rfc sdg web industry covid generation room "
    "track scope year q h fy kr o release milestone option model appendix figure unit id issue ticket "
    "adr gate day day-"
)
_DURATIONS = word_set("ms s min h d wk mo y")
_YEAR_DIGITS = 4
_YEARS = range(1990, 2101)
_DATE_WORDS = word_set("by in until before of end since fy during over through vs")


BLANK = Decimal("NaN")


class Figure(NamedTuple):
    """One number: its value in the unit as written, ``first`` and ``last`` word, and its span in the text.

    A number still to be filled in ("N customers", "___ %") has the value BLANK, which is not a number.
    ``kind`` is ``percent``, ``money``, ``duration``, ``times``, ``unit``, ``count``, ``rank`` or ``name``.
    """

    value: Decimal
    unit: str
    kind: str
    first: int
    last: int
    start: int
    end: int


def figures(sentence: list[Word], months: frozenset[str], units: Mapping[str, str]) -> list[Figure]:
    """Return the numbers of a sentence in order, names and dates included as kind ``name``."""
    found: list[Figure] = []
    for at, word in enumerate(sentence):
        if (word.kind == "n" or word.low in _COUNTED) and not (found and found[-1].last >= at):
            found.append(_figure(sentence, at, months, units))
    return found


def number(text: str) -> Decimal:
    """Return the value of digits with separators: "1,200.5", "1.200,5", "1'200", "3,5"."""
    text = re.sub("['\u00a0\u202f]", "", text)
    if "," in text and "." in text:
        decimal = max(text.rfind(","), text.rfind("."))
        return Decimal(re.sub("[.,]", "", text[:decimal]) + "." + re.sub("[.,]", "", text[decimal:]))
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", text) and not text.startswith("0"):
        return Decimal(re.sub("[.,]", "", text))
    whole, _, rest = text.replace(",", ".").partition(".")
    return Decimal(f"{whole}.{rest.replace('.', '')}") if rest else Decimal(whole)


def _figure(sentence: list[Word], at: int, months: frozenset[str], units: Mapping[str, str]) -> Figure:
    word = sentence[at]
    if not word.low[0].isdecimal() and word.low not in _COUNTED:
        unit, last = _unit(sentence, at, units)
        return Figure(BLANK, unit, _kind(unit), at, last, word.start, sentence[last].end)
    value = Decimal(_COUNTED[word.low]) if word.low in _COUNTED else number(word.low)
    if word.kind == "n" and _is_name(sentence, at, months):
        return Figure(value, "", "name", at, at, word.start, word.end)
    value, last = _scaled(sentence, at, value)
    return _ahead(sentence, at, last, value) or _behind(sentence, at, last, value, units)


def _ahead(sentence: list[Word], at: int, last: int, value: Decimal) -> Figure | None:
    """Return a number that the word before it explains: a currency, "x2", a rank."""
    before, end = _near(sentence, at - 1), sentence[last].end
    if before in _CURRENCIES:
        return Figure(value, _CURRENCIES[before], "money", at - 1, last, sentence[at - 1].start, end)
    if before == "x" and _touches(sentence, at):
        return Figure(value, "x", "times", at - 1, last, sentence[at - 1].start, end)
    if before in ("top", "rank", "#", "no.") or (before == "-" and _near(sentence, at - 2) == "top"):
        return Figure(value, "", "rank", at, last, sentence[at].start, end)
    return None


def _behind(sentence: list[Word], at: int, last: int, value: Decimal, units: Mapping[str, str]) -> Figure:
    """Return a number with the unit that follows it."""
    unit, last = _unit(sentence, last, units)
    start, end = sentence[at].start, sentence[last].end
    if unit == "x" or (_near(sentence, at + 1) == "-" and _near(sentence, at + 2) == "fold"):
        return Figure(value, "x", "times", at, last, start, end)
    return Figure(value, unit, _kind(unit), at, last, start, end)


def _near(sentence: list[Word], at: int) -> str:
    return sentence[at].low if 0 <= at < len(sentence) else ""


def _touches(sentence: list[Word], at: int) -> bool:
    """Whether a word stands right behind the one before it, without a space."""
    return 0 < at < len(sentence) and sentence[at].start == sentence[at - 1].end


def _is_name(sentence: list[Word], at: int, months: frozenset[str]) -> bool:
    word, before, after = sentence[at], _near(sentence, at - 1), _near(sentence, at + 1)
    if _touches(sentence, at) and sentence[at - 1].kind == "w" and before not in ("x", "usd", "eur", "gbp", "chf"):
        return True
    if word.low.count(".") > 1 or before in _NAMING or before in months or after in months:
        return True
    if _touches(sentence, at + 1) and after in ("st", "nd", "rd", "th", "d", "xx"):
        return True
    if _is_year(sentence, at):
        return True
    return after in ("/", ":") and _touches(sentence, at + 1) and _near(sentence, at + 2).isdigit()


def _is_year(sentence: list[Word], at: int) -> bool:
    low, before, after = sentence[at].low, _near(sentence, at - 1), sentence[at + 1 : at + 2]
    if len(low) != _YEAR_DIGITS or not low.isdigit() or int(low) not in _YEARS:
        return False
    plain = not after or after[0].kind == "p" or after[0].low in ("and", "to", "levels", "level", "baseline")
    return before in _DATE_WORDS or (plain and before not in ("to", "from", "of", ">", "reach"))


def _scaled(sentence: list[Word], at: int, value: Decimal) -> tuple[Decimal, int]:
    after = _near(sentence, at + 1)
    glued = _touches(sentence, at + 1)
    power = _GLUED.get(after) if glued else _SCALES.get(after if after not in ("k", "m", "b") else "")
    return (value.scaleb(power), at + 1) if power else (value, at)


def _unit(sentence: list[Word], last: int, units: Mapping[str, str]) -> tuple[str, int]:
    after = _near(sentence, last + 1)
    if after == "%":
        return "%", last + 1
    if after in ("$", "€", "£"):
        return _CURRENCIES[after], last + 1
    if after == TIMES:
        return "x", last + 1
    if after == "-" and _near(sentence, last + 2) in units:
        return units[sentence[last + 2].low], last + 2
    two = f"{after} {_near(sentence, last + 2)}"
    if two in units:
        return units[two], last + 2
    return (units[after], last + 1) if after in units else ("", last)


def _kind(unit: str) -> str:
    if unit in ("%", "pp"):
        return "percent"
    if unit in _DURATIONS:
        return "duration"
    if not unit:
        return "count"
    return "money" if unit.isupper() and len(unit) == 3 else "unit"  # noqa: PLR2004
