"""The words that decided: what the features of a place say together, the loudest places first."""

from __future__ import annotations

from operator import attrgetter
from typing import NamedTuple

from plumbline_judge.heard import Heard, Place, Places
from plumbline_judge.judgement import LEVELS, Evidence, Level
from plumbline_judge.says import says_key
from plumbline_judge.statement import Statement
from plumbline_judge.weights import Said

_LEAST_WEIGHT = 0.15
_MOST_PIECES = 4
_WORD = "word"
_JUDGED: tuple[Level, ...] = LEVELS[:3]


class Piece(NamedTuple):
    """What all features of one place say together: the level they speak for and how loudly."""

    place: Place
    best: int
    weight: float
    said: tuple[Said, ...]


def evidence(statement: Statement, heard: Places, level: Level) -> tuple[Evidence, ...]:
    """Return the words that speak loudest for any level, in text order and without overlap.

    The verdict is never shown without a word that speaks for it, however softly, where there is one.
    """
    whole = _gathered(heard)
    loud = [piece for place, said in whole.items() if (piece := _piece(place, said)) is not None]
    loud.sort(key=_weight, reverse=True)
    wanted = _JUDGED.index(level)
    if whole and wanted not in [piece.best for piece in loud]:
        softest = max([_speaking(place, said, wanted) for place, said in whole.items()], key=_weight)
        loud = [softest, *loud] if softest.weight > 0 else loud
    return _apart(statement, loud)


_weight = attrgetter("weight")
_start = attrgetter("start")


def _gathered(heard: Places) -> Places:
    """Put what is said of "10" and of "articles" together with what is said of "10 articles".

    The longest places come first, so that a word knows its place when its turn comes.
    """
    whole: Places = {}
    place_of: dict[int, Place] = {}
    for place in sorted(heard, key=_shortness):
        first, end = place
        if end - first == 1:
            taken_by = place_of.get(first, place)
        else:
            taken_by = next((one for one in whole if one[0] <= first and end <= one[1]), place)
        if taken_by in whole:
            whole[taken_by].join(heard[place])
            continue
        whole[taken_by] = heard[place]
        for at in range(first, end):
            place_of.setdefault(at, place)
    return whole


def _shortness(place: Place) -> int:
    return place[0] - place[1]


def _piece(place: Place, heard: Heard) -> Piece | None:
    """The weight is how far the best level is ahead of the mean of the others; what is too soft is left out.

    Only words of effort may speak for an input: a plain number or verb of change that leans there does so by chance.
    """
    put_in, made, changed = heard.put_in, heard.made, heard.changed
    best, highest = (2, changed) if changed > made else (1, made)
    if heard.is_effort and put_in >= highest:
        best, highest = 0, put_in
    weight = _lead(highest, put_in + made + changed)
    return Piece(place, best, weight, heard.said) if weight >= _LEAST_WEIGHT else None


def _speaking(place: Place, heard: Heard, level: int) -> Piece:
    """Return what is said of a place for one level."""
    sums = (heard.put_in, heard.made, heard.changed)
    return Piece(place, level, _lead(sums[level], sum(sums)), heard.said)


def _lead(one: float, all_levels: float) -> float:
    """Return how far a level is ahead of the mean of the others; rounded, so that the order of adding plays no part."""
    return round(one - (all_levels - one) / 2, 6)


def _apart(statement: Statement, pieces: list[Piece]) -> tuple[Evidence, ...]:
    """Keep the loudest pieces that don't overlap, and put them in the order of the text."""
    kept: list[Evidence] = []
    for piece in pieces:
        if len(kept) == _MOST_PIECES:
            break
        start, end = statement.span(*piece.place)
        for one in kept:
            if end > one.start and start < one.end:
                break
        else:
            level = _JUDGED[piece.best]
            kept.append(Evidence(start, end, level, says_key(_telling(piece), level), piece.weight))
    kept.sort(key=_start)
    return tuple(kept)


def _telling(piece: Piece) -> str:
    """Return the name of the loudest feature among those that tell a reader most; words alone say that they do."""
    said, best = piece.said, piece.best
    if not said:
        return _WORD
    if len(said) > 1:
        least = min([one.rank for one in said])
        said = tuple([one for one in said if one.rank == least])
    return max(said, key=lambda one: one.row[best]).name if len(said) > 1 else said[0].name
