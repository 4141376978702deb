"""Find what a sentence says about the work: call words with a weight for the place where they stand."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from plumbline_judge.found import families, opening
from plumbline_judge.lexicon import lexicon, singular, word_set
from plumbline_judge.statement import Phrase, Statement, phrase
from plumbline_judge.wording import called, wording

_HEAD, _BESIDE, _VERB, _ELSEWHERE, _ASIDE = 3.0, 2.0, 1.2, 1.4, 0.4
_PURPOSE = 6.0
_AFTER_OF = 2.0
_OBJECTIVE = 1.1
_WORD = re.compile(r"[^\W\d_]+(?:[-/'\u2019][^\W\d_]+)*")
_MOST_CHARACTERS = 500
_AIMED = frozenset(("purpose", "ends"))
_PEOPLE = frozenset(("who", "staff"))
_ABOUT = frozenset(("of", "for", "on", "about"))
_ACTIONS = ("tion", "sion", "ment", "ing", "ance", "ysis", "al")
_CONTAINERS = word_set(
    "number use roll-out launch start overhaul series set sets pack package packages range project projects list "
    "lists track tracks"
)
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

    ``first`` is where the sentence begins to say something.
    """

    words: list[Clue]
    object: Phrase | None = None
    first: int = 0
    kinds: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()

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
        named, verb = _object(statement, first)
        words = _english(statement, named, first)
        found = Clues(words, named, first, (*_heads(statement, named), *verb), _modifiers(statement, named))
    found.words.extend(_objective(objective))
    return found


def _modifiers(statement: Statement, named: Phrase | None) -> tuple[str, ...]:
    """Return what the words before the head of the work stand for."""
    if not named:
        return ()
    return tuple(call for at in range(named.first, named.head) for call in called(statement.low(at), "en"))


def _object(statement: Statement, at: int) -> tuple[Phrase | None, tuple[str, ...]]:
    """Return the phrase that names what is made, and what the verb before it stands for."""
    verb: tuple[str, ...] = ()
    if at < len(statement.words) and statement.words[at].verb("bdg") and not _is_thing(statement, at):
        verb = called(statement.low(at), "en")
        at += 1
    while at < len(statement.words) and statement.words[at].kind == "p":
        at += 1
    named = phrase(statement, at) if at < len(statement.words) else None
    if not named or statement.zones[named.first] in _AIMED:
        return None, verb
    return _inner(statement, named), verb


def _heads(statement: Statement, named: Phrase | None) -> tuple[str, ...]:
    """Return what the head of the work stands for: the longest known words that end there."""
    if not named:
        return ()
    known = wording().en
    for first in range(named.first, named.head):
        together = " ".join([statement.low(at) for at in range(first, named.head + 1)])
        for form in (together, singular(together)):
            if form in known:
                return (form, *known[form])
    low = statement.low(named.head)
    at = named.head - 1 if low in _CONTAINERS and named.head > named.first else named.head
    return called(statement.low(at), "en")


def _inner(statement: Statement, named: Phrase) -> Phrase:
    """Return what an action is done to: "the creation of invoices" is about invoices."""
    head = statement.low(named.head)
    is_action = head.endswith(_ACTIONS) or head in _CONTAINERS
    if is_action and statement.low(named.end) == "of" and called(head, "en")[0] not in wording().en:
        return phrase(statement, named.end + 1) or named
    return named


def _is_thing(statement: Statement, at: int) -> bool:
    """Whether the first word is what was made ("Handbook written") and not what is done ("Write a handbook")."""
    return bool(statement.words[at].tags.nouns) and not statement.words[at].verb("b")


def _english(statement: Statement, named: Phrase | None, first: int) -> list[Clue]:
    found: list[Clue] = []
    of_it = _of_it(statement, named)
    at, end = 0, len(statement.words)
    while at < end:
        word = statement.words[at]
        if word.kind != "w" or "stopwords" in word.tags.marks:
            at += 1
            continue
        calls, size = _calls_at(statement, at)
        at += size
        found.append(_in_place(statement, at - 1, calls, _weight(named, at - 1, first, calls, of_it)))
    return found


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


def _weight(named: Phrase | None, at: int, first: int, calls: tuple[str, ...], of_it: int) -> float:
    if at == of_it:
        return _AFTER_OF
    if named and named.first <= at < named.end:
        return _HEAD if at == named.head else _BESIDE
    if at != first:
        return _ELSEWHERE
    return _BESIDE if any(wording().work.get(call) for call in calls) or not named else _VERB


def _calls_at(statement: Statement, at: int) -> tuple[tuple[str, ...], int]:
    """Return what the longest known words stand for that begin here, and how many there are."""
    low = statement.words[at].low
    calls, longest = _word_calls(low)
    for size in range(min(longest, len(statement.words) - at), 1, -1):
        together = " ".join([word.low for word in statement.words[at : at + size]])
        for form in (together, singular(together)):
            if form in wording().en:
                return (form, *wording().en[form]), size
    return calls, 1


@lru_cache(maxsize=4096)
def _word_calls(low: str) -> tuple[tuple[str, ...], int]:
    """Return what a word stands for, and how many words the longest phrase has that begins with it."""
    longest = wording().longest.get(low.split(" ", 1)[0], 1)
    if " " not in low or low in wording().en or singular(low) in wording().en:
        return called(low, "en"), longest
    known = wording().en
    parts = [low, *(part for part in _parts_of(low) if part in known or singular(part) in known or " " not in part)]
    return tuple(dict.fromkeys(call for part in parts for call in called(part, "en"))), longest


def _parts_of(low: str) -> list[str]:
    """Return all neighbouring words of a phrase, the longest first: "remote work" before "policy"."""
    words = low.split(" ")
    sizes = range(len(words) - 1, 0, -1)
    return [" ".join(words[at : at + size]) for size in sizes for at in range(len(words) - size + 1)]


def _german(statement: Statement) -> list[Clue]:
    aimed = False
    found: list[Clue] = []
    for word in _WORD.findall(statement.text[:_MOST_CHARACTERS].lower()):
        aimed = aimed or word in _GERMAN_AIMS
        if word not in _GERMAN_SMALL:
            calls = called(word, "de")
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
