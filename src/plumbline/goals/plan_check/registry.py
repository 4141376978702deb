"""The registry of checks: names, discovery, and running them all over a plan."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple

from plumbline.goals.plan_check.plan import Goal, Plan, Result

#: In this order they are shown: what can't work first, what may be fine last.
ORDER: Final = (
    "no_key_results",
    "no_lead",
    "pulls_apart",
    "guardrail_is_a_target",
    "weights_are_zero",
    "names_another_metric",
    "sums_below",
    "only_outputs",
    "only_lagging",
    "near_duplicates",
    "leads_too_much",
    "dates_outside",
    "too_many",
    "unaligned",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A goal or key result that a finding is about, with the words that are its evidence."""

    goal: Goal
    result: Result | None = None
    words: str = ""

    @property
    def text(self) -> str:
        """What stands there."""
        return self.words or (self.result.statement if self.result else self.goal.title)

    @property
    def public_id(self) -> str:
        """The id of what it is about."""
        return self.result.public_id if self.result else self.goal.public_id


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: where, with the numbers that its words need.

    ``key`` names it for as long as it is about the same goals, so that who said why it is fine need not say it again.
    """

    rule: str
    places: tuple[Place, ...]
    parameters: Mapping[str, str] = field(default_factory=dict)
    about: str = ""

    @property
    def key(self) -> str:
        """Return what it is about: the same for the same goals, whatever their words are by now."""
        return self.about or " ".join(sorted(place.public_id for place in self.places))

    @property
    def goals(self) -> tuple[Goal, ...]:
        """The goals it is about, each once."""
        return tuple({place.goal.pk: place.goal for place in self.places}.values())

    def touches(self, team: str) -> bool:
        """Tell whether it is about a goal of a team, by its public id."""
        return any(home.public_id == team for goal in self.goals for home in goal.teams)


class Remark(NamedTuple):
    """What a check yields."""

    places: tuple[Place, ...]
    parameters: Mapping[str, str] = {}
    about: str = ""


Check = Callable[[Plan], Iterator[Remark]]


class Known(NamedTuple):
    """One check with its name and its documentation."""

    name: str
    check: Check
    doc: str


_CHECKS: dict[str, Known] = {}


def check(function: Check) -> Check:
    """Register a function as the check of its name."""
    module = importlib.import_module(function.__module__)
    _CHECKS[function.__name__] = Known(function.__name__, function, module.__doc__ or "")
    return function


@cache
def all_checks() -> dict[str, Known]:
    """Import every file in the room of checks, once, and return them in their order."""
    room = importlib.import_module("plumbline.goals.plan_check.checks")
    for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
        importlib.import_module(module.name)
    return {name: _CHECKS[name] for name in ORDER}


def look_over(plan: Plan) -> list[Finding]:
    """Return everything that stands out in a plan."""
    return [
        Finding(name, remark.places, remark.parameters, remark.about)
        for name, known in all_checks().items()
        for remark in known.check(plan)
    ]
