"""Pick the metrics that fit some clues, and see that the picked ones differ in kind."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from plumbline_judge.clues import Clue, Clues
from plumbline_judge.library import Metric, general, metrics
from plumbline_judge.wording import wording

#: What the best, the second and the later call words of a metric count.
_RANKS = (1.0, 0.8, 0.65)
_AIM = 0.8
_TOGETHER = 0.3
_FEWER_SAY_MORE = 0.3
#: Below this the library knows nothing that is sure to be on the subject; what fits the kind of work goes first.
_SURE = 1.7
#: Where the kind of work is not known either, less will do.
_LIKELY = 1.3
_STILL_GOOD = 0.5
#: A metric on a subject that nobody named is on another subject.
_ELSEWHERE = 0.35
#: So is one that only what stands around the work calls: "the gate of the school".
_BESIDES = 0.6
_CENTRAL = 2.0
_MOST = 24
_LEADING = ("behaviour", "experience", "result")
#: What is said this faintly is not heard.
_FAINT = 0.25


class _Call(NamedTuple):
    """How strongly a word calls a metric as work and as an aim, and whether it names the metric's subject."""

    place: int
    work: float
    aim: float
    is_subject: bool


class _Point(NamedTuple):
    """What one word of a text adds to a metric; whether it names the metric's subject, and from a central place."""

    place: int
    score: float
    is_subject: bool
    is_central: bool


class _Total:
    """What all words together say for a metric."""

    __slots__ = ("is_central", "is_named", "score", "words")

    def __init__(self) -> None:
        self.score, self.words, self.is_named, self.is_central = 0.0, 0, False, False

    def left(self, *, asks: bool) -> float:
        """Return the score: more where several words agree, less where the subject or anything central is missing."""
        factor = 1.0 + _TOGETHER * (self.words - 1)
        if asks and not self.is_named:
            factor *= _ELSEWHERE
        return self.score * (factor if self.is_central else factor * _BESIDES)


def ranked(clues: Clues) -> list[tuple[float, Metric]]:
    """Return the metrics that the clues call, best first, as long as they are nearly as good.

    Of two that fit alike the one that moves earlier comes first.
    """
    totals: dict[int, _Total] = {}
    for clue in clues.words:
        for place, score, is_subject, is_central in _points(clue):
            total = totals.get(place)
            if total is None:
                total = totals[place] = _Total()
            total.score += score
            total.words += 1
            if is_subject:
                total.is_named = True
            if is_central:
                total.is_central = True
    asks = _asks_for_its_subject()
    left = {place: total.left(asks=place in asks) for place, total in totals.items()}
    enough = max(left.values(), default=0.0) * _STILL_GOOD
    known = metrics()
    found = [
        (-round(score, 1), _LEADING.index(known[place].head[4]), place)
        for place, score in left.items()
        if score >= enough
    ]
    return [(-score, known[place]) for score, _, place in sorted(found)[:_MOST]]


@lru_cache(maxsize=8192)
def _points(clue: Clue) -> tuple[_Point, ...]:
    """Return what a word adds by all it stands for; it counts once for each metric."""
    points: dict[int, _Point] = {}
    is_central = clue.work >= _CENTRAL or clue.aim >= 1
    for word in clue.calls:
        for call in _called_by().get(word, ()):
            before = points.get(call.place)
            score = max(clue.work * call.work, clue.aim * call.aim, before.score if before else 0.0)
            is_subject = call.is_subject or (before is not None and before.is_subject)
            points[call.place] = _Point(call.place, score, is_subject, is_central)
    return tuple(point for point in points.values() if point.score > _FAINT)


@cache
def _called_by() -> dict[str, list[_Call]]:
    """Return the metrics that each call word calls; a word that calls few says more than one that calls many."""
    found: dict[str, list[_Call]] = {}
    asks = _asks_for_its_subject()
    for place, metric in enumerate(metrics()):
        for rank, word in enumerate(metric.calls("work")):
            is_subject = place in asks and not wording().work.get(word)
            found.setdefault(word, []).append(_Call(place, _RANKS[min(rank, len(_RANKS) - 1)], 0.0, is_subject))
        for word in metric.calls("aims"):
            found.setdefault(word, []).append(_Call(place, 0.0, _AIM, is_subject=False))
    return {word: _shared(calls) for word, calls in found.items()}


def _shared(calls: list[_Call]) -> list[_Call]:
    of_work = max(sum(call.work > 0 for call in calls), 1) ** _FEWER_SAY_MORE
    of_aims = max(sum(call.aim > 0 for call in calls), 1) ** _FEWER_SAY_MORE
    return [call._replace(work=call.work / of_work, aim=call.aim / of_aims) for call in calls]


@cache
def _asks_for_its_subject() -> frozenset[int]:
    """Return the metrics that a subject calls best, and no kind of work: without it they are on something else."""
    kinds = wording().work
    return frozenset(place for place, metric in enumerate(metrics()) if not kinds.get(metric.calls("work")[0]))


def of_the_kind(clues: Clues) -> list[Metric]:
    """Return the metrics that fit the kind of work, whatever it is about; never nothing."""
    known = wording().work
    if any(known.get(call) == "teaching" for call in (*clues.kinds, *clues.modifiers)):
        return general()["teaching"]
    for call in clues.kinds:
        if known.get(call):
            return general()[known[call]]
    return general()["staff" if clues.about("employee") else "people"]


def pick(best: list[tuple[float, Metric]], fallback: list[Metric], most: int, *, fits: bool) -> list[Metric]:
    """Return the metrics to show: the best first, then those of another kind.

    ``fits`` tells that the fallback can take up what the sentence names.
    """
    is_plain = not fits or fallback[0].domain in ("staff", "people")
    is_sure = bool(best) and best[0][0] >= (_LIKELY if is_plain else _SURE)
    from_library = [metric for _, metric in best]
    ordered = [*from_library, *fallback] if is_sure else [*fallback[:1], *from_library, *fallback[1:]]
    return _differing(ordered, most)


def _differing(ordered: list[Metric], most: int) -> list[Metric]:
    """Return some metrics: the first of each kind, then whatever comes first."""
    of_a_kind: dict[str, Metric] = {}
    for metric in ordered:
        of_a_kind.setdefault(metric.head[4], metric)
    picked = list(of_a_kind.values())
    others = (metric for metric in ordered if not any(metric is one for one in picked)) if len(picked) < most else ()
    return [*picked, *others][:most]
