"""Units: what a value counts, and how a person reads and types it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from django.db import models
from django.utils import formats
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from plumbline.values.exact import ROOM, exact, plain


class UnitKind(models.TextChoices):
    """The kinds of units. Percent is not percentage points, money is never converted."""

    COUNT = "count", gettext_lazy("number")
    PERCENT = "percent", gettext_lazy("percent")
    MONEY = "money", gettext_lazy("money")
    DURATION = "duration", gettext_lazy("duration")
    RATIO = "ratio", gettext_lazy("ratio")
    WORD = "word", gettext_lazy("own word")


#: A duration is stored in seconds; the code says in which unit it is read and typed.
SECONDS: Final = {"ms": Decimal("0.001"), "s": Decimal(1), "min": Decimal(60), "h": Decimal(3600), "d": Decimal(86400)}
SYMBOLS: Final = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "CHF": "CHF", "SEK": "kr", "PLN": "zł", "INR": "₹"}
_SCALES: Final = {0: "", 3: "k", 6: "M", 9: "bn"}
#: The scales behind a number, as they are read.
_SCALE_WORDS: Final = {
    3: pgettext_lazy("thousand, behind a number", "k"),
    6: pgettext_lazy("million, behind a number", "M"),
    9: pgettext_lazy("billion, behind a number", "bn"),
}
#: What people call the currencies and times that have no symbol of their own here.
_MONEY_NAMES: Final = {symbol.casefold(): code for code, symbol in SYMBOLS.items()} | {
    code.casefold(): code
    for code in [
        *SYMBOLS,
        "AUD",
        "BRL",
        "CAD",
        "CNY",
        "CZK",
        "DKK",
        "HUF",
        "KRW",
        "MXN",
        "NOK",
        "NZD",
        "SGD",
        "TRY",
        "ZAR",
    ]
}
_TIME_NAMES: Final = {
    "ms": "ms", "milliseconds": "ms", "s": "s", "sec": "s", "second": "s", "seconds": "s", "min": "min",
    "minute": "min", "minutes": "min", "h": "h", "hour": "h", "hours": "h", "d": "d", "day": "d", "days": "d",
}  # fmt: skip


class NotANumber(ValueError):
    """Raised when typed text holds no number that can be understood."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a value counts.

    ``code`` is the ISO code of money, the unit a duration is typed in, or the
    word behind a number ("rides"). ``scale`` is the power of ten that is shown
    (3 shows thousands); ``places`` the digits after the point, or None for all.
    """

    kind: str = UnitKind.COUNT
    code: str = ""
    scale: int = 0
    places: int | None = None

    @classmethod
    def named(cls, text: str, *, places: int | None = None) -> Unit:
        """Return the unit that people mean by a word or sign: "%", "€", "k€", "h", "rides", or nothing for a number."""
        word = text.strip()[:24]
        if word.casefold() in _TIME_NAMES:
            return cls(UnitKind.DURATION, _TIME_NAMES[word.casefold()], 0, places)
        for scale, sign in _SCALES.items():
            rest = word.removeprefix(sign).casefold()
            if word.startswith(sign) and rest in _MONEY_NAMES:
                return cls(UnitKind.MONEY, _MONEY_NAMES[rest], scale, places)
            if sign and word == sign:
                return cls(UnitKind.COUNT, "", scale, places)
        kind = {"": UnitKind.COUNT, "%": UnitKind.PERCENT, "x": UnitKind.RATIO}.get(word, UnitKind.WORD)
        return cls(kind, word if kind == UnitKind.WORD else "", 0, places)

    @property
    def name(self) -> str:
        """What ``named`` understands as this unit."""
        return "x" if self.kind == UnitKind.RATIO and not self.code else self.suffix.strip()

    def show(self, value: Decimal | None, language: str | None = None) -> str:
        """Return the value as people read it: "36.8%", "€1,200", "39 h".

        ``language`` is the active one, for those who have asked for it already: a list shows hundreds of values.
        """
        if value is None:
            return "–"
        language = language or get_language()
        return self._dress(self._digits(value, language), language)

    def show_change(self, before: Decimal, after: Decimal) -> str:
        """Return the difference with its sign: "+1.5 points" for percent, "-3 h" for hours."""
        change = ROOM.subtract(after, before)
        sign = "+" if change > 0 else "−" if change < 0 else "±"
        language = get_language()
        digits = self._digits(abs(change), language)
        if self.kind == UnitKind.PERCENT:
            return _("%(amount)s points") % {"amount": sign + digits}
        return sign + self._dress(digits, language)

    def show_range(self, low: Decimal | None, high: Decimal | None) -> str:
        """Return two values with their unit said once where it is a word: "5 to 7 weeks", "5% to 7%"."""
        said_once = low is not None and self.kind in {UnitKind.WORD, UnitKind.DURATION}
        language = get_language()
        first = self._digits(low, language) if said_once and low is not None else self.show(low, language)
        return _("%(low)s to %(high)s") % {"low": first, "high": self.show(high, language)}

    def digits(self, value: Decimal | None) -> str:
        """Return the value as people read it, without its unit: what stands in a cell under a head that names it."""
        return "" if value is None else self._digits(value, get_language())

    def typed(self, value: Decimal | None) -> str:
        """Return what stands in an input field: digits only, in the unit a person types."""
        return "" if value is None else formats.localize_input(self.to_shown(value))

    def read(self, text: str) -> Decimal:
        """Turn typed text ("36,8 %", "1.200", "€ 5") into the value to store.

        Raises ``NotANumber`` with what was typed when no number is in it.
        """
        return exact(ROOM.multiply(read_number(text), self._factor()))

    def to_shown(self, value: Decimal) -> Decimal:
        """Return the stored value in the unit that people read (hours for seconds)."""
        if not self.scale and self.kind != UnitKind.DURATION:
            return plain(value)
        return plain(ROOM.divide(value, self._factor()))

    def from_shown(self, number: Decimal) -> Decimal:
        """Return the value to store of a number in the unit that people read: the other way round."""
        return plain(ROOM.multiply(number, self._factor()))

    @property
    def suffix(self) -> str:
        """What stands behind an input field."""
        if self.kind == UnitKind.PERCENT:
            return "%"
        if self.kind == UnitKind.MONEY:
            return _SCALES.get(self.scale, "") + SYMBOLS.get(self.code, self.code)
        return (_SCALES.get(self.scale, "") + " " + self.code).strip()

    def _factor(self) -> Decimal:
        if self.kind == UnitKind.DURATION:
            return SECONDS.get(self.code, Decimal(1))
        return Decimal(10) ** self.scale

    def _digits(self, value: Decimal, language: str | None) -> str:
        shown = self.to_shown(value)
        if self.places is not None:
            shown = shown.quantize(Decimal(1).scaleb(-self.places), context=ROOM)
        return _written(shown, language)

    def _dress(self, digits: str, language: str | None) -> str:
        scale = str(_SCALE_WORDS[self.scale]) if self.scale in _SCALE_WORDS else ""
        match self.kind:
            case UnitKind.PERCENT:
                return _percent(language) % {"number": digits}
            case UnitKind.MONEY:
                return _money(digits + scale, self.code)
            case UnitKind.COUNT | UnitKind.RATIO:
                return digits + scale
            case _:
                return f"{digits}{scale} {self.code}".strip()


def _written(number: Decimal, language: str | None) -> str:
    """Write a number with the marks of the active language; a page has hundreds of them."""
    mark, group, width = _marks(language)
    if width != _GROUP:
        return formats.number_format(number, use_l10n=True, force_grouping=True)
    whole, _point, rest = f"{number:,f}".partition(".")
    return whole.replace(",", group) + (mark + rest if rest else "")


@lru_cache(maxsize=64)
def _marks(_language: str | None) -> tuple[str, str, int]:
    names = ("DECIMAL_SEPARATOR", "THOUSAND_SEPARATOR", "NUMBER_GROUPING")
    mark, group, width = (formats.get_format(name) for name in names)
    return str(mark), str(group), width


@lru_cache(maxsize=64)
def _percent(_language: str | None) -> str:
    return _("%(number)s%%")


def _money(amount: str, code: str) -> str:
    symbol = SYMBOLS.get(code, code + "\N{NO-BREAK SPACE}")
    return (_("%(symbol)s%(amount)s") % {"symbol": symbol, "amount": amount}).strip()


_GROUP = 3
_NUMBER = re.compile(r"[-+−]?\d[\d.,'\s\u00a0\u202f]*")


def read_number(text: str) -> Decimal:
    """Read a number as people type it: decimal point or comma, groups, a sign, words around it.

    One separator with exactly three digits behind it is a group only in a
    language that groups with it; otherwise it is the decimal mark.
    """
    found = _NUMBER.search(text[:200])
    if not found:
        raise NotANumber(text)
    digits = re.sub(r"['\s\u00a0\u202f]", "", found.group()).replace("−", "-").rstrip(".,")
    return Decimal(_with_point(digits))


def _with_point(digits: str) -> str:
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        return digits
    last = marks[-1]
    whole, _mark, rest = digits.rpartition(last)
    if len(marks) > 1 and (len(set(marks)) == 1):
        return digits.replace(last, "")
    if len(marks) == 1 and len(rest) == _GROUP and last == formats.get_format("THOUSAND_SEPARATOR"):
        return whole + rest
    return whole.replace(",", "").replace(".", "") + "." + rest
