"""Pick the metrics that fit some clues, and see that the picked ones differ in kind."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from plumbline_judge.clues import Clues
from plumbline_judge.lexicon import lexicon, singular
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
#: What the objective says in so many words is nearer than a metric that is called less loudly than this.
_SURER = 4.5
_STILL_GOOD = 0.5
#: A metric on a subject that nobody named is on another subject.
_ELSEWHERE = 0.35
#: So is one that only what stands around the work calls: "the gate of the school".
_BESIDES = 0.6
#: What only its lesser words call is seldom meant.
_SECOND_BEST = 0.9
_CENTRAL = 2.0
_MOST = 24
#: What each further word adds that calls something of the same field: two words tell a field, one may have two senses.
_FIELD, _FIELD_WORDS = 0.15, 4
#: A word that the metric's own sentence has too tells which of a field is meant.
_OWN_WORD, _OWN_AIM, _OWN_MOST = 0.2, 0.4, 0.8
_STEM = 6
#: What the objective or the purpose asks for outweighs what the work is.
_ASKED_FOR = 0.3
#: What others are made to do is decided by whoever makes them.
_DECIDED = 0.55
_LEADING = ("behaviour", "experience", "result")
_ORDER = {kind: at for at, kind in enumerate(_LEADING)}
_ORDER_IF_OBLIGING = {kind: at for at, kind in enumerate(reversed(_LEADING))}
#: What is said this faintly is not heard.
_FAINT = 0.25

#: Half of all metrics count them, so that they tell no field and no aim.
_WIDE = frozenset(("customer", "user", "employee", "people", "person", "new", "more", "grow", "team", "time", "day"))
#: Words that the sentences of the library are made of.
_OF_SENTENCES = frozenset(("raise", "cut", "grow", "share", "number"))
_WORD = re.compile(r"[^\W\d_]+")
_PERIOD = re.compile(r"\ba (?:month|quarter|year|week)\b")
_ENDING = re.compile(r"(?:ing|ed|es|d|s|e)$")


class Found(NamedTuple):
    """A metric that was called, how well it fits, and whether the objective or the purpose asked for it."""

    score: float
    metric: Metric
    is_aimed: bool = False


class _Call(NamedTuple):
    """How strongly a word calls a metric as work and as an aim; does it name its subject, is it its best word?"""

    place: int
    work: float
    aim: float
    is_subject: bool
    is_first: bool


class _Caller(NamedTuple):
    """How strongly all that a word stands for calls a metric, and what that says: ``said`` are the flags below."""

    place: int
    work: float
    aim: float
    said: int


_NOBODY = _Caller(0, 0.0, 0.0, 0)
#: It names the subject, it comes from a central place, it is a best word, it asks for an aim, it says what is done.
_NAMED, _IS_CENTRAL, _FIRST, _AIMED, _DONE = 1, 2, 4, 8, 16
_ASKED = _AIMED | _DONE
#: Above the flags stands how many words speak for a metric.
_ONE_WORD = 32


def ranked(clues: Clues) -> list[Found]:
    """Return the metrics that the clues call, best first, as long as they are nearly as good.

    Of two that fit alike the one that moves earlier comes first.
    """
    scores, said, fields = _totals(clues)
    left = _left(scores, said, fields)
    enough = max(left.values(), default=0.0) * _STILL_GOOD
    order = _ORDER_IF_OBLIGING if clues.is_obliging else _ORDER
    told, aimed = _said(clues)
    known, own_words = metrics(), _own_words()
    found = []
    for place, score in left.items():
        if score < enough:
            continue
        words, kind = own_words[place], known[place].head[4]
        own = min(len(told & words) * _OWN_WORD + len(aimed & words) * _OWN_AIM, _OWN_MOST)
        own += _ASKED_FOR * score if said[place] & _ASKED == _ASKED else 0.0
        decided = _DECIDED if clues.is_obliging and kind == "behaviour" else 1.0
        found.append((-round(score * decided + own, 1), order[kind], place))
    found.sort()
    return [Found(-score, known[place], said[place] & _ASKED == _ASKED) for score, _, place in found[:_MOST]]


def _totals(clues: Clues) -> tuple[dict[int, float], dict[int, int], dict[str, int]]:
    """Return by metric what its words add up to and what they say, and how many words speak for each field."""
    scores: dict[int, float] = {}
    said: dict[int, int] = {}
    fields: dict[str, int] = {}
    domains = _domains()
    for calls, work, aim in clues.words:
        kept, always = _kept(work, aim)
        heard = {} if calls[0] in _WIDE else fields
        here = set()
        for place, as_work, as_aim, says in _callers(calls):
            score = max(work * as_work, aim * as_aim)
            if score > _FAINT:
                scores[place] = scores.get(place, 0.0) + score
                said[place] = (said.get(place, 0) | says & kept | always) + _ONE_WORD
                here.add(domains[place])
        for field in here:
            heard[field] = heard.get(field, 0) + 1
    return scores, said, fields


def _left(scores: dict[int, float], said: dict[int, int], fields: dict[str, int]) -> dict[int, float]:
    """Return the scores: more where several words agree, less where the subject or anything central is missing."""
    asks, domains = _asks_for_its_subject(), _domains()
    of_field = {field: _of_field(words) for field, words in fields.items()}
    return {
        place: score * _factor(said[place], place in asks) * of_field.get(domains[place], 1.0)
        for place, score in scores.items()
    }


@lru_cache(maxsize=1024)
def _factor(said: int, asks: bool) -> float:
    factor = 1.0 + _TOGETHER * (said // _ONE_WORD - 1)
    if asks and not said & _NAMED:
        factor *= _ELSEWHERE
    if not said & _FIRST:
        factor *= _SECOND_BEST
    return factor if said & _IS_CENTRAL else factor * _BESIDES


@cache
def _domains() -> tuple[str, ...]:
    return tuple(metric.domain for metric in metrics())


def _said(clues: Clues) -> tuple[set[str], set[str]]:
    """Return the stems of what the work says, but no kinds of work, and of what the objective and the purpose say."""
    told, aimed = set[str](), set[str]()
    for calls, work, aim in clues.words:
        if calls[0] in _WIDE:
            continue
        if aim >= 1 and aim >= work:
            aimed.add(_stem(calls[0]))
        elif not _is_work(calls):
            told.add(_stem(calls[0]))
    return told, aimed


@lru_cache(maxsize=2048)
def _is_work(calls: tuple[str, ...]) -> bool:
    """Whether any of the call words is a kind of work."""
    known = wording().work
    return any(known.get(call) for call in calls)


def _of_field(words: int) -> float:
    return 1.0 + _FIELD * (min(words, _FIELD_WORDS) - 1) if words > 1 else 1.0


@cache
def _own_words() -> tuple[frozenset[str], ...]:
    """Return the words of each metric's name and sentence, cut to their stems."""
    return tuple(frozenset(_stem(word) for word in _words_of(metric)) for metric in metrics())


def _words_of(metric: Metric) -> list[str]:
    known = lexicon("en").entries
    said = _WORD.findall(_PERIOD.sub("", " ".join((metric.name, *metric.lines["en"])).lower()))
    spoken = [word for word in said if not (word in known and "stopwords" in known[word].marks)]
    return [word for word in spoken if singular(word) not in _WIDE and word not in _OF_SENTENCES]


@lru_cache(maxsize=2048)
def _stem(word: str) -> str:
    return _ENDING.sub("", word)[:_STEM] or word


@cache
def _kept(work: float, aim: float) -> tuple[int, int]:
    """Return which flags count for a word of some weight, and which it has anyway."""
    central = _IS_CENTRAL if work >= _CENTRAL or aim >= 1 else 0
    return _NAMED | _FIRST | central | (_AIMED if aim >= work else 0), 0 if aim >= work else _DONE


@lru_cache(maxsize=2048)
def _callers(calls: tuple[str, ...]) -> tuple[_Caller, ...]:
    """Return the metrics that a word calls by all it stands for, each once."""
    found: dict[int, _Caller] = {}
    names_people = _names_people(calls[0])
    for word in calls:
        tells = word not in _WIDE
        for place, work, aim, is_subject, is_first in _called_by().get(word, ()):
            said = (_NAMED if is_subject else 0) | (_FIRST if is_first or aim > 0 else 0)
            if tells:
                said |= _IS_CENTRAL | (_AIMED if aim > 0 or not names_people else 0)
            one = found.get(place, _NOBODY)
            found[place] = _Caller(place, max(work, one.work), max(aim, one.aim), said | one.said)
    return tuple(found.values())


def _names_people(word: str) -> bool:
    known = lexicon("en").entries.get(word)
    return known is not None and any(group.startswith("people") for group in known.nouns)


@cache
def _called_by() -> dict[str, list[_Call]]:
    """Return the metrics that each call word calls; a word that calls few says more than one that calls many."""
    found: dict[str, list[_Call]] = {}
    asks = _asks_for_its_subject()
    for place, metric in enumerate(metrics()):
        for rank, word in enumerate(metric.calls("work")):
            is_subject = place in asks and not wording().work.get(word)
            found.setdefault(word, []).append(
                _Call(place, _RANKS[min(rank, len(_RANKS) - 1)], 0.0, is_subject, rank == 0)
            )
        for word in metric.calls("aims"):
            found.setdefault(word, []).append(_Call(place, 0.0, _AIM, is_subject=False, is_first=False))
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
    return general()[clues.sort or ("staff" if clues.about("employee") else "people")]


def pick(
    best: list[Found], fallback: list[Metric], most: int, *, fits: bool, wish: Metric | None = None
) -> list[Metric]:
    """Return the metrics to show: the best first, then those of another kind.

    ``fits`` tells that the fallback can take up what the sentence names. ``wish`` is what the purpose or the objective
    says in so many words; it goes first where the library has nothing sure for it.
    """
    is_plain = not fits or fallback[0].domain in ("staff", "people")
    is_likely_enough = is_plain or (bool(best) and best[0].is_aimed)
    is_sure = bool(best) and best[0].score >= (_LIKELY if is_likely_enough else _SURE)
    if fallback[0].domain == "trial":
        is_sure = is_sure and best[0].is_aimed
    from_library = [found.metric for found in best]
    ordered = [*from_library, *fallback] if is_sure else [*fallback[:1], *from_library, *fallback[1:]]
    if wish and not (is_sure and best[0].is_aimed and best[0].score >= _SURER):
        ordered = [wish, *ordered]
    return _differing(ordered, most)


def _differing(ordered: list[Metric], most: int) -> list[Metric]:
    """Return some metrics: the first of each kind, then whatever comes first."""
    of_a_kind: dict[str, Metric] = {}
    for metric in ordered:
        of_a_kind.setdefault(metric.head[4], metric)
    picked = list(of_a_kind.values())
    others = (metric for metric in ordered if not any(metric is one for one in picked)) if len(picked) < most else ()
    return [*picked, *others][:most]
