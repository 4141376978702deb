"""Read the measure out of a sentence: which number is the start, which the target, and of what."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from plumbline_judge.figures import Figure
from plumbline_judge.judgement import Measure, Span, plain
from plumbline_judge.lexicon import word_set
from plumbline_judge.metric import metric_words, unit_of
from plumbline_judge.signs import MINUSES
from plumbline_judge.statement import Statement

_NOW = word_set("currently current today now was is were baseline previously vs versus today's compared last against")
_TO = word_set("to → ➔ ➜ ⇒ into")
_ARROWS = frozenset(("→", "➔", "➜", "⇒", ">"))
_LEAST = word_set("≥ > least minimum min over above exceed exceeds exceeding exceeded than+ surpass beat")
_MOST = word_set("≤ < most maximum max under below within less fewer")
_MOST_AFTER = word_set("less fewer below under lower max maximum")
_LEAST_AFTER = frozenset(("more", "above", "higher", "greater", "minimum"))
_FILLER = word_set("~ approximately approx about around nearly almost a an the only just roughly is of = :")
_MULTIPLES = {"double": "x2", "triple": "x3", "quadruple": "x4", "halve": "x0.5", "doubled": "x2", "tripled": "x3",
              "halved": "x0.5", "doubling": "x2", "tripling": "x3"}  # fmt: skip


class Numbers(NamedTuple):
    """The roles that the numbers of a sentence play, and which way the sentence wants to go."""

    baseline: Figure | None
    target: Figure | None
    change: Figure | None
    verb: str
    bound: str


def measure(statement: Statement, roles: Numbers) -> Measure:
    """Return the measure of a sentence; what is not said stays empty, nothing is guessed."""
    due = statement.deadline
    metric = metric_words(statement, roles.target or roles.change)
    spans = {"metric": metric} if metric else {}
    if due:
        spans["deadline"] = due
    for name in ("baseline", "target", "change"):
        figure = getattr(roles, name)
        if figure:
            spans[name] = Span(figure.start, figure.end)
    lead = roles.target or roles.change
    unit, place = unit_of(statement, lead, metric)
    if unit == "x" and roles.change:
        unit, place = "", None
    if place:
        spans["unit"] = place
    return Measure(
        metric=statement.text[slice(*metric)] if metric else "",
        baseline=_value(roles.baseline),
        target=_value(roles.target),
        change=_change(statement, roles),
        unit=unit,
        direction=_direction(roles, statement, bool(metric)),
        deadline=statement.text[slice(*due)] if due else "",
        spans=spans,
    )


def _value(figure: Figure | None) -> Decimal | None:
    return None if figure is None or figure.value.is_nan() else figure.value


def usable(statement: Statement) -> list[Figure]:
    """Return the numbers that measure something: no names, no dates, not inside the deadline."""
    due = statement.deadline
    return [
        figure
        for figure in statement.figures
        if figure.kind != "name" and not (due and due.start <= figure.start < due.end)
    ]


def numbers(statement: Statement) -> Numbers:
    """Tell the roles of the numbers apart."""
    found = usable(statement)
    verb = trend(statement)
    baseline = next((one for one in found if _is_baseline(statement, one, found)), None)
    rest = [one for one in found if one is not baseline]
    claimed = [one for one in rest if statement.zones[one.first] in ("main", "ends", "with")] or (
        [one for one in rest if statement.zones[one.first] == "relative"]
    )
    change = next((one for one in claimed if _is_change(statement, one, verb)), None)
    target = None if change else _target(statement, claimed)
    return Numbers(baseline, target, change, verb, bound(statement, target) if target else "")


def trend(statement: Statement) -> str:
    """Return ``up`` or ``down`` for the first verb of change that is claimed, else nothing."""
    for word, zone in zip(statement.words, statement.zones, strict=True):
        if zone in ("main", "ends"):
            groups = word.verb("bsdg")
            if "increasing" in groups or word.low in ("improve", "improved"):
                return "up"
            if "decreasing" in groups and not (word.tags.nouns and word.low != "cut"):
                return "down"
    return ""


def before(statement: Statement, figure: Figure) -> str:
    """Return the word that stands before a number, small fillers left out."""
    at = figure.first - 1
    while at > 0 and statement.low(at) in _FILLER:
        at -= 1
    return statement.low(at)


def _is_baseline(statement: Statement, figure: Figure, found: list[Figure]) -> bool:
    ahead = before(statement, figure)
    if ahead == "from":
        return statement.low(figure.last + 1) not in ("or", "each") and _has_partner(statement, figure, found)
    if ahead in _NOW and statement.low(figure.first - 1) not in ("=", "of"):
        return len(found) > 1 and (statement.zones[figure.first] == "aside" or ahead not in ("is", "was", "were"))
    following = statement.low(figure.last + 1)
    arrow = (following in _ARROWS and following != ">") or (following == "-" and statement.low(figure.last + 2) == ">")
    after = 2 if following != "-" else 3
    return arrow and any(figure.last < one.first <= figure.last + after + 1 for one in found)


def _has_partner(statement: Statement, figure: Figure, found: list[Figure]) -> bool:
    up_from = statement.low(figure.first - 2) in ("up", "down")
    return up_from or any(
        one.first > figure.last and before(statement, one) in _TO | frozenset((">",)) for one in found
    )


def _is_change(statement: Statement, figure: Figure, verb: str) -> bool:
    ahead = statement.low(figure.first - 1)
    if figure.kind == "times":
        return ahead not in ("at", "of", "to", "≥", ">", "least", "than") and before(statement, figure) != "at"
    if ahead in {"+", *MINUSES} and _signed(statement, figure):
        return figure.kind == "percent" or ahead == "+"
    if not verb or figure.kind == "rank":
        return False
    if before(statement, figure) == "by" or statement.low(figure.first - 2) == "by":
        return True
    grown = statement.words[figure.first - 1].verb("bsdg") if figure.first else ()
    moved = bool({"increasing", "decreasing"} & set(grown))
    return moved and figure.kind == "percent" and statement.low(figure.last + 1) not in ("of", "")


def _signed(statement: Statement, figure: Figure) -> bool:
    """Whether the sign before a number belongs to it and to no range: "+30 %", not "5-10 %"."""
    sign = statement.words[figure.first - 1]
    return sign.end == figure.start and figure.first - 2 not in statement.covered


def _target(statement: Statement, claimed: list[Figure]) -> Figure | None:
    for figure in claimed:
        if before(statement, figure) in _TO and figure.kind != "rank":
            return figure
    timed = [one for one in claimed[1:] if one.kind == "duration" and bound(statement, one)]
    if timed and claimed[0].kind == "unit":
        return timed[0]
    measured = [one for one in claimed if one.kind in ("percent", "money", "rank")]
    main = [one for one in claimed if statement.zones[one.first] == "main"]
    return next(iter(main or measured or claimed), None)


def bound(statement: Statement, figure: Figure) -> str:
    """Return ``at_least`` or ``at_most`` where a word or sign around a number says so."""
    near = [statement.low(figure.first - step) for step in (1, 2, 3)]
    following = [statement.low(figure.last + step) for step in (1, 2)]
    if figure.kind == "rank":
        return "at_most"
    if "or" in following[:1] and following[1] in _MOST_AFTER:
        return "at_most"
    if (following[0] == "or" and following[1] in _LEAST_AFTER) or following[0] == "+":
        return "at_least"
    if near[0] in _MOST or (near[0] == "=" and near[1] == "<") or near[:2] in (["than", "less"], ["than", "fewer"]):
        return "at_most"
    if near[0] in _LEAST or near[0] == "than" or (near[0] in ("=", "of") and near[1] in (">", "minimum")):
        return "at_most" if near[:3] == ["than", "more", "no"] else "at_least"
    return "at_most" if near[0] == "in" and figure.kind == "duration" else ""


def _direction(roles: Numbers, statement: Statement, named: bool) -> str:
    if roles.change:
        ahead = statement.low(roles.change.first - 1)
        return "decrease" if roles.verb == "down" or ahead in MINUSES else "increase"
    if roles.target and roles.baseline and not (roles.target.value.is_nan() or roles.baseline.value.is_nan()):
        return "increase" if roles.target.value >= roles.baseline.value else "decrease"
    if roles.target:
        return _way(roles)
    if roles.verb and named:
        return "increase" if roles.verb == "up" else "decrease"
    return "none"


def _way(roles: Numbers) -> str:
    if roles.bound:
        return roles.bound
    return {"up": "increase", "down": "at_most"}.get(roles.verb, "reach")


def _change(statement: Statement, roles: Numbers) -> str | None:
    figure = roles.change
    if not figure:
        said = next((_MULTIPLES[word.low] for word in statement.words if word.low in _MULTIPLES), None)
        return said if said and not roles.target else None
    if figure.value.is_nan():
        return None
    value = plain(figure.value)
    if figure.kind == "times":
        return f"x{value}"
    minus = roles.verb == "down" or statement.low(figure.first - 1) in MINUSES
    return f"{'-' if minus else '+'}{value}{'%' if figure.unit == '%' else ''}"
