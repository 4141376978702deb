"""Tell which language a text is in: by words that only one language has, then by how words of a language are built."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from plumbline_judge.lexicon import Lexicon, word_set
from plumbline_judge.tongues.registry import tongues
from plumbline_judge.words import Word

_LATIN = "\u0250"
_EITHER_WAY = word_set("in is on me so do des men as at e y a i")
_KNOWN_SHARE = 0.25
_SURE_SHARE = 0.5
_BUILT = {
    "de": re.compile(r"\w(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|lich\w{0,2}|isch\w{0,2}|ieren|iert|tät)$"
                     r"|ß|ä|ü|sch\w|\w{3}(?:ern|eln)$|^ge\w+t$|\w{4}en$"),
    "fr": re.compile(r"ç|œ|ê|è|\w(?:eur|eurs|euse|eux|ité|ités|ement|ements)$|^[dlnsq]['\u2019]"),
    "es": re.compile(r"ñ|¿|\w(?:ción|ciones|idad|idades|miento)$"),
    "pt": re.compile(r"ã|õ|\w(?:ção|ções|dade|dades|mento)$"),
}  # fmt: skip
_BUILT_COUNTS = 0.5


@cache
def small_words() -> dict[str, frozenset[str]]:
    """Return the small words of other languages, each with the languages that have it."""
    found: dict[str, set[str]] = {}
    room = files("plumbline_judge") / "lexicon" / "languages"
    for file in sorted(room.iterdir(), key=lambda one: one.name):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                found.setdefault(line, set()).add(file.name.removesuffix(".txt"))
    return {word: frozenset(languages) for word, languages in found.items()}


def language(sentence: list[Word], known: Lexicon) -> str:
    """Return ``en``, the code of another language, or an empty string for one that is not known.

    The words are those that English sees. A text without letters counts as English: it says nothing in any language.
    """
    spoken = [word for word in sentence if word.kind == "w"]
    if not spoken:
        return "en"
    english = sum([bool(any(word.tags) or word.low in known.units) for word in spoken])
    said = "".join([word.low for word in spoken])
    if english > len(spoken) * _SURE_SHARE and said.isascii() and not _elsewhere(spoken):
        return "en"
    if not said.isascii() and sum([letter >= _LATIN for letter in said]) * 2 > len(said):
        return ""
    return _nearest(spoken, known, english)


def _elsewhere(spoken: list[Word]) -> bool:
    """Whether any word is one that another language has and English has not."""
    others = small_words()
    return any([word.low in others and word.low not in _EITHER_WAY and not any(word.tags) for word in spoken])


def _nearest(spoken: list[Word], known: Lexicon, english: int) -> str:
    points = _points(spoken, known)
    best = max(sorted(points), key=points.__getitem__, default="")
    if best and points[best] > english:
        return best if points[best] >= len(spoken) * _KNOWN_SHARE else ""
    return "en" if english >= len(spoken) * _KNOWN_SHARE else ""


def _points(spoken: list[Word], known: Lexicon) -> dict[str, float]:
    """Count for each other language the words that are its own, and half for those that are built like its own."""
    points: dict[str, float] = {}
    others, read = small_words(), tongues()
    for word in spoken:
        english = bool(any(word.tags) or word.low in known.units)
        owners = others.get(word.low, frozenset()) if word.low not in _EITHER_WAY or not english else frozenset()
        knowing = owners | {code for code, tongue in read.items() if tongue.knows(word.low)}
        for code in knowing:
            points[code] = points.get(code, 0) + 1
        if not english:
            for code, built in _BUILT.items():
                if code not in knowing and built.search(word.low):
                    points[code] = points.get(code, 0) + _BUILT_COUNTS
    return points
