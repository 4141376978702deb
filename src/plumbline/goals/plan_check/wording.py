"""Which words tell one goal from another: folded, without numbers, days, and the verbs that only say "more"."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from plumbline_judge.lexicon import singular

#: Two sentences are alike when they share so much of their words.
ALIKE: Final = 0.75
_WORD: Final = re.compile(r"[^\W\d_]+")
_SMALL: Final = frozenset(
    (
        "the a an our of for to from in on at by with and or is are be we will until end q per than now today "
        "currently increase raise grow rise lift improve boost reduce cut lower decrease fall reach achieve get hit "
        "attain up down least most stay at their its from each every all more less who that which as "
        "january february march april may june july august september october november december "
        "der die das den dem des ein eine einen einem einer und oder fur mit von zu zum zur im in am an auf aus bei "
        "bis uber unter wir unser unsere ist sind wird werden steigt steigen sinkt sinken fallt fallen erhohen "
        "erhoht senken gesenkt steigern erreichen verbessern verringern je pro sich mehr weniger ende quartal"
    ).split()
)


@lru_cache(maxsize=32768)
def telling(text: str) -> frozenset[str]:
    """Return the words that tell a text from others."""
    plain = "".join(
        each for each in unicodedata.normalize("NFKD", text[:400].casefold()) if each.isalpha() or each in " -"
    )
    return frozenset(singular(word) for word in _WORD.findall(plain) if len(word) > 1) - _SMALL


def alike(first: frozenset[str], second: frozenset[str]) -> bool:
    """Tell whether two texts say the same in nearly the same words."""
    return bool(first and second) and len(first & second) / len(first | second) >= ALIKE


def groups_of_alike(texts: Sequence[frozenset[str]]) -> list[list[int]]:
    """Return the places of texts that are alike, each group by its first; nearly linear in how many there are.

    Two sets that share three quarters of their words share one of their rarest: only those are looked up. Two
    sets of the same words are one before anything is compared, so that a thousand copies cost a thousand look-ups.
    """
    same: dict[frozenset[str], list[int]] = defaultdict(list)
    for place, words in enumerate(texts):
        if words:
            same[words].append(place)
    often = Counter(word for words in same for word in words)
    known: dict[str, list[frozenset[str]]] = defaultdict(list)
    leader: dict[frozenset[str], frozenset[str]] = {}
    for words in same:
        rarest = _rarest(words, often)
        found = next((other for other in _met(rarest, known) if alike(words, other)), None)
        leader[words] = leader[found] if found else words
        for word in rarest:
            known[word].append(words)
    groups: dict[frozenset[str], list[int]] = defaultdict(list)
    for words, places in same.items():
        groups[leader[words]].extend(places)
    return [sorted(group) for group in groups.values() if len(group) > 1]


def _rarest(words: frozenset[str], often: Counter[str]) -> list[str]:
    needed = -(-len(words) * int(ALIKE * 100) // 100)
    return sorted(words, key=lambda word: (often[word], word))[: len(words) - needed + 1]


def _met(words: Iterable[str], known: dict[str, list[frozenset[str]]]) -> list[frozenset[str]]:
    return list(dict.fromkeys(other for word in words for other in known[word]))
