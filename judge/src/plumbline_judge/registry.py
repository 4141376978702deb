"""The registry of rules: names, discovery, and running those that are switched on."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from plumbline_judge.context import Config, Context
from plumbline_judge.judgement import Finding, Judgement, Level, Measure, Severity, Span
from plumbline_judge.measure import Numbers
from plumbline_judge.statement import Statement


class Case(NamedTuple):
    """What a rule may look at: the sentence as read, its level and measure, and what surrounds it."""

    statement: Statement
    level: Level
    measure: Measure
    numbers: Numbers
    context: Context
    role: str

    def part(self, name: str) -> Span | None:
        """Return the span of a part of the measure."""
        return self.measure.spans.get(name)


class SetCase(NamedTuple):
    """What a rule on a set may look at: the objective and the judged key results."""

    objective: str
    judgements: tuple[Judgement, ...]


class Remark(NamedTuple):
    """What a rule yields: where, and what its words need to know."""

    span: Span | None = None
    parameters: dict[str, str] = {}


Check = Callable[[Case], Iterator[Remark]]
SetCheck = Callable[[SetCase], Iterator[Remark]]


class Rule(NamedTuple):
    """One rule with its name, severity and documentation."""

    name: str
    severity: Severity
    check: Check | SetCheck
    on_set: bool
    doc: str


_RULES: dict[str, Rule] = {}


def rule(severity: Severity) -> Callable[[Check], Check]:
    """Register a function as the rule of its name."""

    def register(check: Check) -> Check:
        _keep(check, severity, on_set=False)
        return check

    return register


def set_rule(severity: Severity) -> Callable[[SetCheck], SetCheck]:
    """Register a function as a rule on an objective with its key results."""

    def register(check: SetCheck) -> SetCheck:
        _keep(check, severity, on_set=True)
        return check

    return register


def _keep(check: Check | SetCheck, severity: Severity, *, on_set: bool) -> None:
    module = importlib.import_module(check.__module__)
    _RULES[check.__name__] = Rule(check.__name__, severity, check, on_set, module.__doc__ or "")


@cache
def all_rules() -> dict[str, Rule]:
    """Import every file in the rules room, once, and return what registered, by name."""
    room = importlib.import_module("plumbline_judge.rules")
    for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
        importlib.import_module(module.name)
    return dict(sorted(_RULES.items()))


@cache
def _chosen(disabled: frozenset[str], *, on_set: bool) -> tuple[Rule, ...]:
    return tuple(one for one in all_rules().values() if one.on_set == on_set and one.name not in disabled)


def findings(case: Case | SetCase, config: Config) -> tuple[Finding, ...]:
    """Run the rules that are switched on, in the order of their names."""
    chosen = _chosen(config.disabled, on_set=isinstance(case, SetCase))
    return tuple(
        Finding(one.name, one.severity, remark.span, remark.parameters)
        for one in chosen
        for remark in one.check(case)  # type: ignore[arg-type]
    )
