"""What the data files say, as typed values: ``data/*.toml`` read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from plumbline.values.unit import SECONDS, Unit, UnitKind

_KINDS = {
    "": (UnitKind.COUNT, ""),
    "%": (UnitKind.PERCENT, ""),
    "€": (UnitKind.MONEY, "EUR"),
    "ratio": (UnitKind.RATIO, ""),
    "s": (UnitKind.DURATION, "s"),
    "min": (UnitKind.DURATION, "min"),
    "h": (UnitKind.DURATION, "h"),
}


@cache
def table(name: str) -> dict[str, Any]:
    """Return one data file, its numbers exact."""
    text = (files("plumbline.usecases.sample_company") / "data" / f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text, parse_float=Decimal)


@dataclass(frozen=True, slots=True)
class Scale:
    """The unit of some numbers and how finely they are read, both taken from how they are written."""

    unit: Unit
    step: Decimal

    @classmethod
    def of(cls, unit: str, *numbers: Any) -> Scale:
        """Return the scale of numbers as the data files write them ("6:40" is minutes and seconds)."""
        kind, code = _KINDS.get(unit, (UnitKind.WORD, unit))
        places = max((_places(number) for number in numbers if number is not None), default=0)
        step = Decimal(1).scaleb(-places) * (SECONDS[code] if kind == UnitKind.DURATION else 1)
        # "22%" beside "20.5%" reads as people write it; averages keep their places: "2.1" to "4.0".
        shown = None if kind == UnitKind.PERCENT else places
        return cls(Unit(kind, code, 0, shown), Decimal(5) if ":" in "".join(map(str, numbers)) else step)

    def value(self, number: Any) -> Decimal | None:
        """Return a written number as it is stored."""
        if number is None:
            return None
        if isinstance(number, str):
            minutes, seconds = number.split(":")
            return Decimal(int(minutes) * 60 + int(seconds))
        factor = SECONDS[self.unit.code] if self.unit.kind == UnitKind.DURATION else Decimal(1)
        return Decimal(number) * factor

    def amount(self, number: Any) -> Decimal:
        """Return a change as it is stored: like a value, but whole numbers of a clock's unit are seconds."""
        return Decimal(number) if self.step == Decimal(5) else self.value(number) or Decimal(0)

    def rounded(self, value: Decimal) -> Decimal:
        """Return a value as finely as people read it."""
        return (value / self.step).quantize(Decimal(1)) * self.step


def _places(number: Any) -> int:
    if isinstance(number, str):
        return 1
    return max(-int(Decimal(number).as_tuple().exponent), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A key result as planned, and how it went."""

    says: str
    metric: str
    level: str = "outcome"
    type: str = ""
    unit: str = ""
    start: Any = None
    aim: Any = None
    upper: Any = None
    reads: Any = None
    lead: str = ""
    contributors: tuple[str, ...] = ()
    sure: int = 3
    rhythm: str = "weekly"
    carried: bool = False
    kpi: str = ""
    due: int | None = None
    promised: int | None = None
    path: tuple[Any, ...] = ()
    notes: tuple[tuple[int, str], ...] = ()
    planned: tuple[tuple[int, Any], ...] = ()
    milestones: tuple[tuple[str, int, int, bool], ...] = ()
    late: int = 0
    never: bool = False
    done_week: int = 99
    claims: str = ""
    claims_note: str = ""
    guardrail: Any = None
    waiver: Any = None
    amend: Any = None

    @property
    def scale(self) -> Scale:
        """Return the scale of its numbers."""
        return Scale.of(self.unit, self.start, self.aim, self.reads, self.upper, *self.path)

    @property
    def kind(self) -> str:
        """Return the type, told from its numbers where the file does not say it."""
        if self.type:
            return self.type
        low, high = self.scale.value(self.start), self.scale.value(self.aim)
        return "decrease" if low is not None and high is not None and high < low else "increase"

    @property
    def final_aim(self) -> Any:
        """Return the target it ended with."""
        return self.amend["aim"] if self.amend else self.aim


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """An objective as planned, with all that hangs on it."""

    title: str
    lead: str
    results: tuple[Result, ...]
    homes: tuple[str, ...]
    pillar: str = ""
    under: str = ""
    under_result: str = ""
    why: str = ""
    why_now: str = ""
    kind: str = "committed"
    driver: str = "key_results"
    private: bool = False
    named: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    initiatives: tuple[dict[str, Any], ...] = ()
    comments: tuple[tuple[str, str, int, str], ...] = ()
    rating: int = 3
    verdict: str = ""
    learned: str = ""


@cache
def goals(name: str) -> tuple[Goal, ...]:
    """Return the objectives of one data file."""
    return tuple(_goal(row) for row in table(name)["objective"])


def _goal(row: dict[str, Any]) -> Goal:
    rest = {key: _frozen(value) for key, value in row.items() if key not in {"home", "results", "initiatives"}}
    homes = row["home"] if isinstance(row["home"], list) else [row["home"]]
    results = tuple(_result(each) for each in row["results"])
    return Goal(**rest, homes=tuple(homes), results=results, initiatives=tuple(row.get("initiatives", ())))


def _result(row: dict[str, Any]) -> Result:
    notes = tuple((int(week), note) for week, note in row.get("notes", {}).items())
    return Result(**{key: _frozen(value) for key, value in row.items() if key != "notes"}, notes=notes)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value
