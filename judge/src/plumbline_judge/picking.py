"""Pick the metrics that fit some clues, and see that the picked ones differ in kind."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from heapq import nlargest
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
_SURE = 2.4
#: Where the kind of work is not known either, less will do.
_LIKELY = 1.3
_STILL_GOOD = 0.5
#: A metric on a subject that nobody named is on another subject.
_ELSEWHERE = 0.35
_MOST = 24


class _Calls(NamedTuple):
    work: dict[str, tuple[tuple[int, float], ...]]
    aims: dict[str, tuple[tuple[int, float], ...]]


@cache
def _calls() -> _Calls:
    """Return the metrics that each word calls, with how strongly."""
    return _Calls(_called_by("work"), _called_by("aims"))


def _called_by(line: str) -> dict[str, tuple[tuple[int, float], ...]]:
    found: dict[str, list[tuple[int, float]]] = {}
    for place, metric in enumerate(metrics()):
        for rank, word in enumerate(metric.calls(line)):
            strength = _RANKS[min(rank, len(_RANKS) - 1)] if line == "work" else _AIM
            found.setdefault(word, []).append((place, strength))
    return {
        word: tuple((place, strength / len(places) ** _FEWER_SAY_MORE) for place, strength in places)
        for word, places in found.items()
    }


def ranked(clues: Clues) -> list[tuple[float, Metric]]:
    """Return the metrics that the clues call, best first."""
    scores: dict[int, float] = {}
    hits: dict[int, int] = {}
    for clue in clues.words:
        for place, score in _of_one_word(clue).items():
            scores[place] = scores.get(place, 0.0) + score
            hits[place] = hits.get(place, 0) + 1
    all_calls = {call for clue in clues.words for call in clue.calls}
    for place in scores:
        scores[place] *= 1 + _TOGETHER * (hits[place] - 1)
        if _subjects()[place] and all_calls.isdisjoint(_subjects()[place]):
            scores[place] *= _ELSEWHERE
    known = metrics()
    return [(scores[place], known[place]) for place in nlargest(_MOST, scores, key=scores.__getitem__)]


def _of_one_word(clue: Clue) -> dict[int, float]:
    """Return the metrics that one word calls; a word that calls a metric twice counts once."""
    calls = _calls()
    found: dict[int, float] = {}
    for call in clue.calls:
        for place, strength in calls.work.get(call, ()):
            found[place] = max(found.get(place, 0.0), clue.work * strength)
        for place, strength in calls.aims.get(call, ()):
            found[place] = max(found.get(place, 0.0), clue.aim * strength)
    return found


@cache
def _subjects() -> tuple[frozenset[str], ...]:
    """Return the subjects of each metric, if the word that calls it best is one and no kind of work."""
    known = wording().work
    return tuple(
        frozenset(
            () if known.get(metric.calls("work")[0]) else (call for call in metric.calls("work") if not known.get(call))
        )
        for metric in metrics()
    )


def of_the_kind(clues: Clues) -> list[Metric]:
    """Return the metrics that fit the kind of work, whatever it is about; never nothing."""
    known = wording().work
    if any(known.get(call) == "teaching" for call in (*clues.kinds, *clues.modifiers)):
        return general()["teaching"]
    for call in clues.kinds:
        if known.get(call):
            return general()[known[call]]
    return general()["staff" if clues.about("employee") else "people"]


def pick(best: list[tuple[float, Metric]], fallback: list[Metric], most: int) -> list[Metric]:
    """Return the metrics to show: the best first, then those of another kind that are nearly as good."""
    enough = best[0][0] * _STILL_GOOD if best else 0.0
    from_library = [metric for score, metric in best if score >= enough]
    is_plain = fallback[0].domain in ("staff", "people")
    sure = bool(best) and best[0][0] >= (_LIKELY if is_plain else _SURE)
    ordered = [*from_library, *fallback] if sure else [*fallback[:1], *from_library, *fallback[1:]]
    return list(_differing(ordered, most))


def _differing(ordered: list[Metric], most: int) -> Iterable[Metric]:
    """Yield metrics of kinds not yet shown first, each once."""
    left, shown = list(dict.fromkeys(range(len(ordered)))), set[str]()
    for _ in range(min(most, len(ordered))):
        at = next((place for place in left if ordered[place].kind not in shown), left[0])
        left.remove(at)
        shown.add(ordered[at].kind)
        yield ordered[at]
