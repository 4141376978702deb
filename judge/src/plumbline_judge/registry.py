"""The registry of rules: names, discovery, and running those that are switched on."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from plumbline_judge.context import Config, Context
from plumbline_judge.judgement import LEVELS, Finding, Judgement, Level, Measure, Role, Severity, Span
from plumbline_judge.measure import Numbers
from plumbline_judge.statement import Statement
from plumbline_judge.words import Word

KEY_RESULT: tuple[Role, ...] = ("key_result",)


class UnknownRule(ValueError):
    """A name that no rule has; says which one may be meant."""

    def __init__(self, name: str) -> None:
        near = difflib.get_close_matches(name.replace("-", "_"), all_rules(), n=1, cutoff=0.4)
        hint = f" Did you mean “{near[0]}”?" if near else " The page on rules lists them all."
        super().__init__(f"There is no rule “{name}”.{hint}")
        self.name = name
        self.nearest = near[0] if near else ""


@dataclass(slots=True)
class Case:
    """What a rule may look at: the sentence as read, its level and measure, and what surrounds it."""

    statement: Statement
    level: Level
    measure: Measure
    numbers: Numbers
    context: Context
    role: str
    begins: int

    def part(self, name: str) -> Span | None:
        """Return the span of a part of the measure."""
        return self.measure.spans.get(name)

    def opener(self) -> Word | None:
        """Return the first word that says something."""
        words = self.statement.words
        return words[self.begins] if self.begins < len(words) else None

    def opens_with(self, *groups: str, forms: str = "b") -> bool:
        """Whether the sentence opens with a verb of one of these groups."""
        words, at = self.statement.words, self.begins
        if at >= len(words) or not words[at].tags.verbs:
            return False
        return any([group in groups for group in words[at].tags.doing(forms)])  # noqa: C419 - a generator costs more

    def has_aim(self) -> bool:
        """Whether a number says how far it is to go."""
        return self.measure.target is not None or self.measure.change is not None

    def said(self, span: Span | None) -> str:
        """Return the words of a span as they are written."""
        return self.statement.text[slice(*span)] if span else ""


class SetCase(NamedTuple):
    """What a rule on a set may look at: the objective and the judged key results."""

    objective: str
    judgements: tuple[Judgement, ...]


class Remark(NamedTuple):
    """What a rule yields: where, what its words need to know, and where the sentence would fit better."""

    span: Span | None = None
    parameters: dict[str, str] = {}
    place: Role | Literal[""] = ""


Check = Callable[[Case], Iterator[Remark]]
SetCheck = Callable[[SetCase], Iterator[Remark]]


class Rule(NamedTuple):
    """One rule with its name, severity, the roles and levels it is for, and its documentation."""

    name: str
    severity: Severity
    check: Check | SetCheck
    on_set: bool
    roles: tuple[Role, ...]
    levels: tuple[Level, ...]
    doc: str


_RULES: dict[str, Rule] = {}


def rule(
    severity: Severity, roles: tuple[Role, ...] = KEY_RESULT, levels: tuple[Level, ...] = LEVELS
) -> Callable[[Check], Check]:
    """Register a function as the rule of its name, for what is meant to be one of the roles and reads as a level."""

    def register(check: Check) -> Check:
        _keep(Rule(check.__name__, severity, check, on_set=False, roles=roles, levels=levels, doc=_doc(check)))
        return check

    return register


def set_rule(severity: Severity) -> Callable[[SetCheck], SetCheck]:
    """Register a function as a rule on an objective with its key results."""

    def register(check: SetCheck) -> SetCheck:
        _keep(Rule(check.__name__, severity, check, on_set=True, roles=KEY_RESULT, levels=LEVELS, doc=_doc(check)))
        return check

    return register


def _keep(one: Rule) -> None:
    _RULES[one.name] = one


def _doc(check: Check | SetCheck) -> str:
    return importlib.import_module(check.__module__).__doc__ or ""


@cache
def all_rules() -> dict[str, Rule]:
    """Import every file in the rules room, once, and return what registered, by name."""
    room = importlib.import_module("plumbline_judge.rules")
    for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
        importlib.import_module(module.name)
    return dict(sorted(_RULES.items()))


def known_rule(name: str) -> str:
    """Return a rule's name as the registry has it; hyphens are as good as underscores. Raises UnknownRule."""
    found = name.strip().replace("-", "_")
    if found not in all_rules():
        raise UnknownRule(name)
    return found


@cache
def _chosen(config: Config, role: str, level: Level | None, *, on_set: bool) -> tuple[Rule, ...]:
    """Return the rules that are switched on for a role and a level, each as loud as the settings want it."""
    loud = dict(config.severity)
    return tuple(
        one._replace(severity=loud.get(one.name, one.severity))
        for one in all_rules().values()
        if one.on_set == on_set and role in one.roles and one.name not in config.disabled
        if level is None or level in one.levels
    )


@cache
def _bare(name: str, severity: Severity, place: Role | Literal[""]) -> Finding:
    """Return a remark on the whole text that names nothing: most are, and nobody changes one."""
    return Finding(name, severity, None, {}, place)


def findings(case: Case | SetCase, config: Config) -> tuple[Finding, ...]:
    """Run the rules that are switched on, in the order of their names."""
    if isinstance(case, SetCase):
        chosen = _chosen(config, "key_result", None, on_set=True)
    else:
        chosen = _chosen(config, case.role, case.level, on_set=False)
    found: list[Finding] = []
    for one in chosen:
        for remark in one.check(case):  # type: ignore[arg-type]
            span, parameters, place = remark
            if span or parameters:
                found.append(Finding(one.name, one.severity, span, parameters, place))
            else:
                found.append(_bare(one.name, one.severity, place))
    return tuple(found)
