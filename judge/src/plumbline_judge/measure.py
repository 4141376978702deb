"""Read the measure out of a sentence: which number is the start, which the target, and of what."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from plumbline_judge.changes import FILLER, TO, change_in_words, change_of, is_change, led_by
from plumbline_judge.figures import Figure
from plumbline_judge.judgement import Measure, Span
from plumbline_judge.lexicon import word_set
from plumbline_judge.metric import counted, metric_words, unit_of
from plumbline_judge.statement import Statement

_NOW = word_set("currently current today now was is were baseline previously vs versus today's compared last against")
_AFTER_NOW = word_set("today now currently previously yesterday")
_REACHING = word_set("achieve achieving reach reaching hit hitting attain attaining")
_ARROWS = frozenset(("→", "➔", "➜", "⇒", ">"))
_LEAST = word_set("≥ > least minimum min over above exceed exceeds exceeding exceeded than+ surpass beat")
_MOST = word_set("≤ < most maximum max under below within less fewer")
_MOST_AFTER = word_set("less fewer below under lower max maximum")
_LEAST_AFTER = frozenset(("more", "above", "higher", "greater", "minimum"))


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
    change = _change(statement, roles)
    unit, place = _unit(statement, roles, change, metric)
    if place:
        spans["unit"] = place
    return Measure(
        metric=statement.text[slice(*metric)] if metric else "",
        baseline=_value(roles.baseline),
        target=_value(roles.target),
        change=change,
        unit=unit,
        direction=_direction(roles, change, bool(metric)),
        deadline=statement.text[slice(*due)] if due else "",
        spans=spans,
    )


def _change(statement: Statement, roles: Numbers) -> str | None:
    if roles.change:
        return change_of(statement, roles.change, roles.verb)
    return None if roles.target else change_in_words(statement, roles.verb)


def _unit(statement: Statement, roles: Numbers, change: str | None, metric: Span | None) -> tuple[str, Span | None]:
    lead = roles.target or roles.change
    if not lead and change:
        return "%" if change.endswith("%") else "", None
    unit, place = unit_of(statement, lead, metric)
    if not unit and roles.baseline and not roles.change:
        unit, place = unit_of(statement, roles.baseline, metric)
    return ("", None) if unit == "x" and roles.change else (unit, place)


def _value(figure: Figure | None) -> Decimal | None:
    return None if figure is None or figure.value.is_nan() else figure.value


def usable(statement: Statement) -> list[Figure]:
    """Return the numbers that measure something: no names, no dates, not inside the deadline."""
    if statement.usable is None:
        due = statement.deadline
        statement.usable = [
            figure
            for figure in statement.figures
            if figure.kind != "name" and not (due and due.start <= figure.start < due.end)
        ]
    return statement.usable


def numbers(statement: Statement) -> Numbers:
    """Tell the roles of the numbers apart."""
    found = usable(statement)
    verb = trend(statement)
    baseline = next((one for one in found if _is_baseline(statement, one, found)), None)
    rest = [one for one in found if one is not baseline]
    claimed = [one for one in rest if statement.zones[one.first] in ("main", "ends", "with")] or (
        [one for one in rest if statement.zones[one.first] == "relative"]
    )
    change = next((one for one in claimed if is_change(statement, one, verb)), None)
    target = None if change else _target(statement, claimed)
    return Numbers(baseline, target, change, verb, bound(statement, target) if target else "")


def trend(statement: Statement) -> str:
    """Return ``up`` or ``down`` for the first verb of change that is claimed, else nothing."""
    if statement.trend is None:
        statement.trend = _trend(statement)
    return statement.trend


def _trend(statement: Statement) -> str:
    for word, zone in zip(statement.words, statement.zones, strict=True):
        if zone in ("main", "ends"):
            groups = word.verb("bsdg")
            if "increasing" in groups or word.low in ("improve", "improved"):
                return "up"
            if "decreasing" in groups and "-" not in word.low and not (word.tags.nouns and word.low != "cut"):
                return "down"
    return ""


def before(statement: Statement, figure: Figure) -> str:
    """Return the word that stands before a number, small fillers left out."""
    at = figure.first - 1
    while at > 0 and statement.low(at) in FILLER:
        at -= 1
    return statement.low(at)


def _is_baseline(statement: Statement, figure: Figure, found: list[Figure]) -> bool:
    ahead = before(statement, figure)
    if ahead == "from":
        return statement.low(figure.last + 1) not in ("or", "each") and _has_partner(statement, figure, found)
    if len(found) > 1 and _is_compared(statement, figure):
        return True
    if ahead == "at" and statement.low(figure.first - 2) in ("currently", "now", "today"):
        return len(found) > 1
    if ahead in _NOW and statement.low(figure.first - 1) not in ("=", "of"):
        return len(found) > 1 and (statement.zones[figure.first] == "aside" or ahead not in ("is", "was", "were"))
    following = statement.low(figure.last + 1)
    arrow = (following in _ARROWS and following != ">") or (following == "-" and statement.low(figure.last + 2) == ">")
    after = 2 if following != "-" else 3
    return arrow and any(figure.last < one.first <= figure.last + after + 1 for one in found)


def _is_compared(statement: Statement, figure: Figure) -> bool:
    """Whether a number is what was: "(5k today)", "(2025: 14 %)", "compared to 61 %"."""
    ahead = [statement.low(figure.first - step) for step in (1, 2)]
    if ahead[0] in ("compared to", "compared with") or (ahead[0] in ("to", "with") and ahead[1] == "compared"):
        return True
    if statement.zones[figure.first] != "aside":
        return False
    dated = ahead[0] == ":" and any(one.kind == "name" and one.last == figure.first - 2 for one in statement.figures)
    return dated or statement.low(figure.last + 1) in _AFTER_NOW


def _has_partner(statement: Statement, figure: Figure, found: list[Figure]) -> bool:
    if statement.low(figure.first - 2) in ("up", "down", "starting", "coming"):
        return True
    for one in found:
        led = led_by(statement, one)
        if one.first > figure.last and (led in TO or led == ">"):
            return True
        alone = one.last < figure.first and counted(statement, figure) is None
        if alone and ((led == "to" and figure.unit in ("", one.unit)) or (led == "by" and figure.unit != "")):
            return True
    return False


def _target(statement: Statement, claimed: list[Figure]) -> Figure | None:
    for figure in claimed:
        if led_by(statement, figure) in TO and figure.kind != "rank":
            return figure
    timed = [one for one in claimed[1:] if one.kind == "duration" and bound(statement, one)]
    if timed and claimed[0].kind == "unit":
        return timed[0]
    if claimed and claimed[0].kind == "count":
        reached = [one for one in claimed[1:] if one.kind == "percent" and led_by(statement, one) in _REACHING]
        if reached:
            return reached[0]
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


def _direction(roles: Numbers, change: str | None, named: bool) -> str:
    if change:
        return "decrease" if change.startswith(("-", "x0")) else "increase"
    if roles.change:
        return "decrease" if roles.verb == "down" else "increase"
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
