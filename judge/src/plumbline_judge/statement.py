"""Read a goal sentence once: its words, numbers, zones and noun phrases."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from plumbline_judge.figures import Figure, figures
from plumbline_judge.judgement import Span
from plumbline_judge.language import language
from plumbline_judge.lexicon import lexicon, word_set
from plumbline_judge.signs import QUOTES
from plumbline_judge.tongues.registry import spoken
from plumbline_judge.words import MOST_CHARACTERS, Word, body_start, words
from plumbline_judge.zones import zones

STOPS = word_set(
    "of in for to with by on at from that which who whose whom and or per is are was were be been "
    "being has have had than as into across through via within between under over above below about "
    "among after before during until when where while so if without against towards toward it they we "
    "our their its this these those will can should would could must may might not but using based "
    "such each all any both onto upon around due"
)
DETERMINERS = word_set(
    "the a an our your their its this these those each every all any some more new at least most up "
    "another his her my further additional different other own"
)
_STRUCTURE = frozenset(("ends_markers", "means_markers", "purpose_markers"))
SIGNS_AHEAD = frozenset(QUOTES + "#~")
NO_PLACES: frozenset[int] = frozenset()
_LEADING = DETERMINERS | SIGNS_AHEAD
_LEADING_BEHIND = frozenset(("of", "in", "+"))


@dataclass(slots=True)
class Phrase:
    """A noun phrase by word positions: ``first`` to ``end`` (not included) with the position of its head."""

    first: int
    head: int
    end: int


@dataclass(slots=True)
class Statement:
    """A sentence read once; ``zones`` has one name a word: main, means, purpose, ends, with, relative or aside.

    ``trust`` is how far the lexicon of its language carries, from 0 to 1. What several readers ask for is kept once it
    is found: the noun phrases by where they begin, where the sentence opens, the numbers that measure something, and
    which way it wants to go.
    """

    text: str
    words: list[Word]
    figures: list[Figure]
    zones: list[str]
    language: str
    deadline: Span | None
    begin: int
    covered: frozenset[int]
    trust: float = 1.0
    phrases: dict[int, Phrase | None] = field(default_factory=dict)
    opens: int | None = None
    usable: list[Figure] | None = None
    trend: str | None = None

    def span(self, first: int, end: int) -> Span:
        """Return the span of the words from ``first`` to ``end``, not included."""
        if self.language == "en":
            words = self.words
            return Span(words[first].start, words[end - 1].end)
        places = self.words[first:end]
        return Span(min(word.start for word in places), max(word.end for word in places))

    def said(self, first: int, end: int) -> str:
        """Return the text of some words as it is written."""
        return self.text[slice(*self.span(first, end))] if first < end else ""

    def low(self, at: int) -> str:
        """Return a word in small letters, or nothing beyond the ends."""
        words = self.words
        return words[at].low if 0 <= at < len(words) else ""


@lru_cache(maxsize=128)
def read(text: str, code: str = "") -> Statement:
    """Read a text in its language, or in the one that is given. Any text can be read; the same text is read once."""
    known = lexicon("en")
    sentence = words(text, known)
    code = code or language(sentence, known)
    tongue = spoken(code)
    if tongue.code != "en":
        sentence = tongue.words(text)
    begin = body_start(text)
    found = figures(sentence, tongue.months, tongue.units, text if tongue.code == "en" else "")
    return Statement(
        text,
        sentence,
        found,
        zones(sentence),
        code,
        tongue.deadline(text, begin, min(len(text), begin + MOST_CHARACTERS)),
        begin,
        frozenset([at for one in found for at in range(one.first, one.last + 1)]) if found else NO_PLACES,
        tongue.trust,
    )


def phrase(statement: Statement, at: int) -> Phrase | None:
    """Return the noun phrase that begins at a word, its head being the last noun before something else starts."""
    phrases = statement.phrases
    if at in phrases:
        return phrases[at]
    found = phrases[at] = _phrase(statement, at)
    return found


def _phrase(statement: Statement, at: int) -> Phrase | None:
    sentence, covered = statement.words, statement.covered
    while at < len(sentence) and _leads(sentence[at].low, at, covered):
        at += 1
    end = at
    while end < len(sentence) and end not in covered and _continues(sentence, at, end):
        end += 1
    return Phrase(at, _head(sentence, at, end), end) if end > at else None


def _leads(low: str, at: int, covered: frozenset[int]) -> bool:
    """Whether a word only leads to a noun: an article, a number with its unit, "of" behind a share."""
    if low in _LEADING or at in covered:
        return True
    return low in _LEADING_BEHIND and at - 1 in covered


def _continues(sentence: list[Word], first: int, at: int) -> bool:
    word = sentence[at]
    if word.kind == "p":
        return word.low in QUOTES and at > first
    if word.low in STOPS or word.kind == "n":
        return False
    tags = word.tags
    if tags.marks and not _STRUCTURE.isdisjoint(tags.marks):
        return False
    return at == first or not tags.verbs or not _is_predicate(sentence, at)


def _is_predicate(sentence: list[Word], at: int) -> bool:
    """Whether a verb form begins here that says something of the noun before it: "components open-sourced"."""
    word = sentence[at]
    if word.tags.nouns:
        return _people(sentence[at - 1]) and _opens(sentence, at + 1) and bool(word.verb("bs"))
    return bool(word.verb("dgs")) or (_people(sentence[at - 1]) and bool(word.verb("b")))


def _people(word: Word) -> bool:
    return any(group.startswith("people") for group in word.tags.nouns)


def _opens(sentence: list[Word], at: int) -> bool:
    if at >= len(sentence):
        return False
    return sentence[at].low in DETERMINERS or sentence[at].kind == "n" or sentence[at].low in ("it", "us", "them", "to")


def _head(sentence: list[Word], first: int, end: int) -> int:
    for at in range(end - 1, first - 1, -1):
        if sentence[at].kind == "w":
            return at
    return first


def through_of(statement: Statement, found: Phrase) -> list[Phrase]:
    """Return a phrase and what it is of: "number of posts" gives both."""
    chain = [found]
    while len(chain) < 4 and statement.low(chain[-1].end) in ("of", "in", "for"):  # noqa: PLR2004
        following = phrase(statement, chain[-1].end + 1)
        if not following:
            break
        chain.append(following)
        if statement.low(chain[-2].end) != "of":
            break
    return chain
