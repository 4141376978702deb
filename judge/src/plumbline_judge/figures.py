"""Numbers in a sentence: their value, unit and kind, and which of them are only names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from plumbline_judge.judgement import plain
from plumbline_judge.lexicon import word_set
from plumbline_judge.naming import is_name, is_share, near, touches
from plumbline_judge.signs import DASHES, MINUSES, TIMES
from plumbline_judge.words import Word

_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "usd": "USD", "eur": "EUR", "gbp": "GBP", "chf": "CHF"}
_SCALES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "mio": 6, "million": 6, "bn": 9, "billion": 9, "b": 9}
_GLUED = {"k": 3, "m": 6, "mn": 6, "bn": 9, "b": 9, "mm": 6}
_COUNTED = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
            "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
            "forty": 40, "fifty": 50, "hundred": 100}  # fmt: skip
_DURATIONS = word_set("ms s min h d wk mo y")
_SHARE_UNITS = word_set("weeks days months years hours minutes seconds q")
_PARTS = frozenset(("third", "quarter", "half", "fifth", "tenth"))
_MOST_OF_FEW = 10

BLANK = Decimal("NaN")


@dataclass(slots=True)
class Figure:
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


def figures(sentence: list[Word], months: frozenset[str], units: Mapping[str, str], text: str = "") -> list[Figure]:
    """Return the numbers of a sentence in order, names and dates included as kind ``name``.

    ``text`` is given in languages in which a capital letter says that a word is a name.
    """
    found: list[Figure] = []
    last = -1
    for at, word in enumerate(sentence):
        if (word.kind != "n" and word.low not in _COUNTED) or at <= last:
            continue
        if word.low == "one" and near(sentence, at + 1) in _PARTS:
            continue
        figure = _figure(sentence, at, months, units, text)
        found.append(figure)
        last = figure.last
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


def _figure(sentence: list[Word], at: int, months: frozenset[str], units: Mapping[str, str], text: str) -> Figure:
    word = sentence[at]
    if not word.low[0].isdecimal() and word.low not in _COUNTED:
        unit, last = _unit(sentence, at, units)
        return Figure(BLANK, unit, _kind(unit), at, last, word.start, sentence[last].end)
    value = Decimal(_COUNTED[word.low]) if word.low in _COUNTED else number(word.low)
    if word.kind == "n" and is_name(sentence, at, months, text):
        return Figure(value, "", "name", at, at, word.start, word.end)
    value, last = _scaled(sentence, at, value)
    last = _range_end(sentence, last)
    found = _ahead(sentence, at, last, value) or _share(sentence, at, value)
    return _signed(sentence, found or _behind(sentence, at, last, value, units))


def _range_end(sentence: list[Word], last: int) -> int:
    """Return the last word of a range: "10-15 %" counts by its first number and has the unit of the second."""
    dash, end = last + 1, last + 2
    if near(sentence, dash) not in DASHES or not near(sentence, end)[:1].isdecimal():
        return last
    return end if touches(sentence, dash) and touches(sentence, end) else last


def _share(sentence: list[Word], at: int, value: Decimal) -> Figure | None:
    """Return a number out of another one: "2 out of 3", "1 in 5", "71/100" has the unit "of 100"."""
    between = [near(sentence, at + step) for step in (1, 2)]
    if between == ["out", "of"]:
        end = at + 3
    elif between[0] == "out of" or is_share(sentence, at) or (between[0] == "in" and _is_few(sentence, at, value)):
        end = at + 2
    else:
        return None
    low = near(sentence, end)
    whole = Decimal(_COUNTED[low]) if low in _COUNTED else number(low) if low[:1].isdecimal() else value
    if whole <= value or near(sentence, end + 1) == "%":
        return None
    return Figure(value, f"of {plain(whole)}", "unit", at, end, sentence[at].start, sentence[end].end)


def _is_few(sentence: list[Word], at: int, value: Decimal) -> bool:
    """Whether "in" makes a share and no deadline: "1 in 5", not "6 in 10 weeks"."""
    return value < _MOST_OF_FEW and near(sentence, at + 3) not in _SHARE_UNITS


def _signed(sentence: list[Word], figure: Figure) -> Figure:
    """Return a number with its sign where it is a point on a scale: "from -10 to +15"."""
    sign = figure.first - 1
    if near(sentence, sign - 1) not in ("from", "to") or not touches(sentence, figure.first):
        return figure
    if near(sentence, sign) not in {"+", *MINUSES}:
        return figure
    value = figure.value if near(sentence, sign) == "+" else -figure.value
    return replace(figure, value=value, first=sign, start=sentence[sign].start)


def _ahead(sentence: list[Word], at: int, last: int, value: Decimal) -> Figure | None:
    """Return a number that the word before it explains: a currency, "x2", a rank."""
    before, end = near(sentence, at - 1), sentence[last].end
    if before in _CURRENCIES:
        return Figure(value, _CURRENCIES[before], "money", at - 1, last, sentence[at - 1].start, end)
    if before in ("x", TIMES) and touches(sentence, at):
        return Figure(value, "x", "times", at - 1, last, sentence[at - 1].start, end)
    if before in ("top", "rank", "#", "no.") or (before == "-" and near(sentence, at - 2) == "top"):
        return Figure(value, "", "rank", at, last, sentence[at].start, end)
    return None


def _behind(sentence: list[Word], at: int, last: int, value: Decimal, units: Mapping[str, str]) -> Figure:
    """Return a number with the unit that follows it."""
    if near(sentence, last + 1) == "times" and near(sentence, last + 2) in ("as", "more", "higher"):
        return Figure(value, "x", "times", at, last + 1, sentence[at].start, sentence[last + 1].end)
    unit, last = _unit(sentence, last, units)
    start, end = sentence[at].start, sentence[last].end
    if unit == "x" or (near(sentence, at + 1) == "-" and near(sentence, at + 2) == "fold"):
        return Figure(value, "x", "times", at, last, start, end)
    return Figure(value, unit, _kind(unit), at, last, start, end)


def _scaled(sentence: list[Word], at: int, value: Decimal) -> tuple[Decimal, int]:
    after = near(sentence, at + 1)
    glued = touches(sentence, at + 1)
    power = _GLUED.get(after) if glued else _SCALES.get(after if after not in ("k", "m", "b") else "")
    return (value.scaleb(power), at + 1) if power else (value, at)


def _unit(sentence: list[Word], last: int, units: Mapping[str, str]) -> tuple[str, int]:
    after = near(sentence, last + 1)
    if after == "%":
        return "%", last + 1
    if after in ("$", "€", "£"):
        return _CURRENCIES[after], last + 1
    if after == TIMES:
        return "x", last + 1
    if after == "-" and near(sentence, last + 2) in units:
        return units[sentence[last + 2].low], last + 2
    two = f"{after} {near(sentence, last + 2)}"
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
