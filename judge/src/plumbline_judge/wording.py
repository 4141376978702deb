"""Turn the words of goals into call words: by their meaning, in base form, in English and in German."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from plumbline_judge.lexicon import singular
from plumbline_judge.shipped import text_of

_ENDINGS = ("ern", "en", "em", "er", "es", "e", "n", "s", "t", "st", "te", "ten", "ung")
_SHORTEST = 4


class Wording(NamedTuple):
    """Words with the call words that they stand for, by language; the kind of work each call word stands for."""

    en: dict[str, tuple[str, ...]]
    de: dict[str, tuple[str, ...]]
    longest: dict[str, int]
    work: dict[str, str]


@cache
def wording() -> Wording:
    """Return the words of the catalogue, read once."""
    text = text_of("catalogue", "words.txt")
    english: dict[str, list[str]] = {}
    german: dict[str, list[str]] = {}
    work: dict[str, str] = {}
    heading = ""
    for line in text.splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif line and not line.startswith("#"):
            call, _, said = line.partition(" = ")
            others, _, elsewhere = said.partition(" | ")
            work[call] = "" if heading == "-" else heading
            _add(english, call, [call, *others.split(", ")])
            _add(german, call, elsewhere.lower().split(", "))
    return Wording(_frozen(english), _frozen(german), _longest((*english, *german)), work)


def _add(table: dict[str, list[str]], call: str, words: list[str]) -> None:
    for word in words:
        calls = table.setdefault(word, [])
        if call not in calls:
            calls.append(call)


def _frozen(table: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {word: tuple(calls) for word, calls in table.items()}


def _longest(forms: tuple[str, ...]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for form in forms:
        words = form.split(" ")
        longest[words[0]] = max(longest.get(words[0], 1), len(words))
    return longest


@lru_cache(maxsize=4096)
def called(word: str, language: str) -> tuple[str, ...]:
    """Return the call words of one word or phrase in small letters: itself in its base form, and what it stands for."""
    if language == "de":
        return _german(word)
    known = wording().en
    for form in _base_forms(word):
        if form in known:
            spaced = form.replace("-", " ")
            return tuple(dict.fromkeys((form, spaced, *known[form], *known.get(spaced, ()))))
    if " " in word:
        return called(word.rsplit(" ", 1)[1], language)
    if "-" in word:
        together = known.get(word.replace("-", " ")) or known.get(word.replace("-", ""))
        return together or called(word.rsplit("-", 1)[1], language)
    return (singular(word),)


def _base_forms(word: str) -> Iterator[str]:
    """Yield a word and what it may be a form of, likeliest first."""
    yield word
    yield singular(word)
    for ending, put_back in (("es", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e")):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - 1:
            stem = word[: -len(ending)]
            yield stem + put_back
            if not put_back and stem[-1] == stem[-2]:
                yield stem[:-1]


def _german(word: str) -> tuple[str, ...]:
    known = wording().de
    for form in _german_forms(word):
        if form in known:
            return known[form]
    return _compound(word)


def _german_forms(word: str) -> Iterator[str]:
    yield word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - 1:
            stem = word[: -len(ending)]
            yield stem
            yield stem + "e"
            yield stem + "en"


def _compound(word: str) -> tuple[str, ...]:
    """Return what the last part of a compound stands for, then its first part: "Kundeninterviews"."""
    known = wording().de
    for at in range(3, len(word) - _SHORTEST + 1):
        tail = next((known[form] for form in _german_forms(word[at:]) if form in known), ())
        if tail:
            head = next((known[form] for form in _german_forms(word[:at]) if form in known), ())
            return (*tail, *(call for call in head if call not in tail))
    for at in range(len(word) - 1, _SHORTEST - 1, -1):
        if word[:at] in known:
            return known[word[:at]]
    return ()


@lru_cache(maxsize=4096)
def word_calls(low: str) -> tuple[tuple[str, ...], int]:
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
