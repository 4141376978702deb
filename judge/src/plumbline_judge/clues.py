"""Find what a sentence says about the work: call words with a weight for the place where they stand."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from plumbline_judge.deed import NOUN_TOO, OBLIGING, heads, modifiers, object_of, sort, trial, work_begins
from plumbline_judge.found import families, opening
from plumbline_judge.lexicon import lexicon, singular, word_set
from plumbline_judge.statement import Phrase, Statement, phrase
from plumbline_judge.wording import called, word_calls, wording

_HEAD, _BESIDE, _VERB, _ELSEWHERE, _ASIDE = 3.0, 2.0, 1.2, 1.4, 0.4
_PURPOSE = 6.0
#: What the work is of; where its head only says the kind of work ("a check of payments"), it is as much as the head.
_AFTER_OF = 2.0
_OBJECTIVE = 1.6
_WORD = re.compile(r"[^\W\d_]+(?:[-/'\u2019][^\W\d_]+)*")
_MOST_CHARACTERS = 500
_AIMED = frozenset(("purpose", "ends"))
_PEOPLE = frozenset(("who", "staff"))
_ABOUT = frozenset(("of", "for", "on", "about"))
#: Kinds of work that are there for what they are of: what is checked, taught, written about.
_OF_SOMETHING = frozenset(("check", "teaching", "document", "talk", "research", "process", "rule", "plan", "data"))
_GERMAN_SMALL = word_set(
    "der die das den dem des ein eine einen einem einer eines und oder für mit von zu zum zur im in am an auf aus bei "
    "bis über unter alle allen aller unser unsere unserer unseren neue neuen neuer neues wir uns je pro sich ist sind "
    "wird werden haben hat nicht ohne als auch nach vor durch drei vier fünf sechs zehn zwei damit um so dass sodass"
)
_GERMAN_AIMS = frozenset(("damit", "sodass", "um", "dass"))


class Clue(NamedTuple):
    """One word of a text: what it stands for, its weight as work and as an aim."""

    calls: tuple[str, ...]
    work: float
    aim: float


class Clues(NamedTuple):
    """What a sentence tells: its words, the phrase that names the work, what stands for its kind, best first.

    ``first`` is where the sentence begins to say something. ``is_obliging`` tells that the work is to make others do
    something. ``sort`` is the kind of work by the lists of the lexicon, for what the library has no word for.
    """

    words: list[Clue]
    object: Phrase | None = None
    first: int = 0
    kinds: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    is_obliging: bool = False
    sort: str = ""

    def about(self, call: str) -> bool:
        """Whether a word stands for this."""
        return any(call in clue.calls for clue in self.words)


def clues(statement: Statement, objective: str) -> Clues:
    """Return what the sentence and the objective above it tell."""
    if statement.language == "de":
        words = _german(statement)
        found = Clues(words, kinds=tuple(call for clue in words for call in clue.calls))
    else:
        first = opening(statement)
        first = work_begins(statement, first)
        named, verb = object_of(statement, first)
        words = _english(statement, named, first)
        kinds = (*trial(statement, first, named), *heads(statement, named), *verb)
        is_obliging = statement.low(first) in OBLIGING
        found = Clues(words, named, first, kinds, modifiers(statement, named), is_obliging, sort(statement, named))
    return found._replace(words=_joined(found.words, _objective(objective)))


def _joined(work: list[Clue], above: tuple[Clue, ...]) -> list[Clue]:
    """Return all words; one that both the sentence and the objective have is one word, and not two that agree."""
    again = {clue.calls[0]: clue for clue in above if clue.calls}
    both = [_louder(clue, again.pop(clue.calls[0], None) if clue.calls else None) for clue in work]
    here = {clue.calls[0] for clue in both if clue.calls}
    return [*both, *(clue for clue in above if clue.calls[0] not in here)]


def _louder(clue: Clue, again: Clue | None) -> Clue:
    return clue._replace(aim=max(clue.aim, again.aim)) if again else clue


def _english(statement: Statement, named: Phrase | None, first: int) -> list[Clue]:
    found: list[Clue] = []
    of_it = _of_it(statement, named)
    of_what = _HEAD if _is_kind(statement, named) else _AFTER_OF
    at, end = 0, len(statement.words)
    while at < end:
        word = statement.words[at]
        if word.kind != "w" or "stopwords" in word.tags.marks:
            at += 1
            continue
        calls, size = _calls_at(statement, at)
        if at == first and size == 1 and word.low in NOUN_TOO:
            calls = NOUN_TOO[word.low] or (word.low,)
        at += size
        is_work = any(wording().work.get(call) for call in calls)
        weight = (_AFTER_OF if is_work else of_what) if at - 1 == of_it else _weight(named, at - 1, first, calls)
        found.append(_in_place(statement, at - 1, calls, weight))
    return found


def _is_kind(statement: Statement, named: Phrase | None) -> bool:
    """Whether the head of the work says nothing but its kind: a check, a course, a dashboard."""
    return any(wording().work.get(call) in _OF_SOMETHING for call in heads(statement, named))


def _in_place(statement: Statement, at: int, calls: tuple[str, ...], weight: float) -> Clue:
    """Return a word with its weight: as an aim, for whom, beside it, or as the work itself."""
    zone = statement.zones[at]
    if zone in _AIMED:
        return _as_work(calls, _ELSEWHERE) if _is_audience(statement, at) else Clue(calls, _PURPOSE, _PURPOSE)
    return _as_work(calls, _ASIDE if zone in ("aside", "means") else weight)


def _as_work(calls: tuple[str, ...], weight: float) -> Clue:
    return Clue(calls, weight, weight * 0.35)


def _is_audience(statement: Statement, at: int) -> bool:
    """Whether a word of a purpose only says for whom: people, and what stands right before them."""
    return any(_PEOPLE & families(word) for word in statement.words[at : at + 2])


def _of_it(statement: Statement, named: Phrase | None) -> int:
    """Return where it stands what the work is of or about, if no people: "pages of the handbook"."""
    if not named or statement.low(named.end) not in _ABOUT:
        return -1
    found = phrase(statement, named.end + 1)
    return found.head if found and not _PEOPLE & families(statement.words[found.head]) else -1


def _weight(named: Phrase | None, at: int, first: int, calls: tuple[str, ...]) -> float:
    if named and named.first <= at < named.end:
        return _HEAD if at == named.head else _BESIDE
    if at != first:
        return _ELSEWHERE
    return _BESIDE if any(wording().work.get(call) for call in calls) or not named else _VERB


def _calls_at(statement: Statement, at: int) -> tuple[tuple[str, ...], int]:
    """Return what the longest known words stand for that begin here, and how many there are."""
    low = statement.words[at].low
    calls, longest = word_calls(low)
    for size in range(min(longest, len(statement.words) - at), 1, -1):
        together = " ".join([word.low for word in statement.words[at : at + size]])
        for form in (together, singular(together)):
            if form in wording().en:
                return (form, *wording().en[form]), size
    return calls, 1


def _german(statement: Statement) -> list[Clue]:
    aimed = False
    found: list[Clue] = []
    for word in _WORD.findall(statement.text[:_MOST_CHARACTERS].lower()):
        aimed = aimed or word in _GERMAN_AIMS
        if word not in _GERMAN_SMALL:
            calls = called(word, "de") or (word,)
            found.append(Clue(calls, _PURPOSE, _PURPOSE) if aimed else _as_work(calls, _BESIDE))
    return found


@lru_cache(maxsize=256)
def _objective(text: str) -> tuple[Clue, ...]:
    """Return the words of an objective, in either language."""
    known = lexicon("en").entries
    words = _WORD.findall(text[:_MOST_CHARACTERS].lower())
    found: list[Clue] = []
    for at, word in enumerate(words):
        small = word in known and "stopwords" in known[word].marks
        calls = [] if small else [*called(word, "en")]
        if word not in _GERMAN_SMALL:
            calls += called(word, "de")
        for size in range(2, wording().longest.get(word, 1) + 1):
            calls += wording().en.get(" ".join(words[at : at + size]), ())
        if calls:
            found.append(Clue(tuple(calls), _OBJECTIVE * 0.6, _OBJECTIVE))
    return tuple(found)
