"""Tell which language a text is in: by words that only one language has, then by how words of a language are built."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from plumbline_judge.lexicon import UNKNOWN, Lexicon, word_set
from plumbline_judge.shipped import names_in, text_of
from plumbline_judge.tongues.german_forms import pairs
from plumbline_judge.tongues.registry import tongues
from plumbline_judge.words import Word

_LATIN = "\u0250"
_EITHER_WAY = word_set(
    "in is on me so do des men as at e y a i max min an am die war hat will via pro per also man no se he"
)
_ANYWHERE = word_set(
    "six max commercial former management en e x software marketing online digital total normal central international "
    "media social ai"
)
_KNOWN_SHARE = 0.25
_UNKNOWN_SHARE = 0.33
_BUILT = {
    "en": re.compile(r"\w{3}(?:ing|ed|tion|tions|ly|ness|ity|ies|ship|ful|able)$"),
    "de": re.compile(r"\w(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|lich\w{0,2}|isch\w{0,2}|ieren|iert|tät)$"
                     r"|ß|ä|ü|sch\w|\w{3}(?:ern|eln)$|^ge\w+t$|\w{4}en$"),
    "fr": re.compile(r"ç|œ|ê|è|\w(?:eur|eurs|euse|eux|ité|ités|ement|ements)$|^[dlnsq]['\u2019]"),
    "es": re.compile(r"ñ|¿|\w(?:ción|ciones|idad|idades|miento)$"),
    "pt": re.compile(r"ã|õ|â|ê|\w(?:ção|ções|dade|dades|mento)$"),
}  # fmt: skip
_BUILT_COUNTS = 0.5


@cache
def small_words() -> dict[str, frozenset[str]]:
    """Return the small words of other languages, each with the languages that have it."""
    found: dict[str, set[str]] = {}
    for name in names_in("lexicon", "languages"):
        for line in text_of("lexicon", "languages", f"{name}.txt").splitlines():
            if line and not line.startswith("#"):
                found.setdefault(line, set()).add(name)
    for code in tongues():
        for word in pairs("small_words", code):
            found.setdefault(word, set()).add(code)
    return {word: frozenset(languages) for word, languages in found.items()}


def language(sentence: list[Word], known: Lexicon) -> str:
    """Return ``en``, the code of another language, or an empty string for one that is not known.

    The words are those that English sees. A text without letters counts as English: it says nothing in any language.
    """
    spoken = [word for word in sentence if word.kind == "w"]
    if not spoken:
        return "en"
    unknown = [word.low for word in spoken if word.tags is UNKNOWN and word.low not in known.units]
    said = "".join([word.low for word in spoken])
    if not unknown and said.isascii():
        return "en"
    if len(unknown) <= len(spoken) * _UNKNOWN_SHARE and said.isascii() and not _elsewhere(unknown):
        return "en"
    if not said.isascii() and sum([letter >= _LATIN for letter in said]) * 3 > len(said):
        return ""
    return _nearest(spoken, known, len(spoken) - len(unknown))


def _elsewhere(unknown: list[str]) -> bool:
    """Whether another language has any of the words that English has not."""
    return bool(unknown) and not small_words().keys().isdisjoint(unknown)


def _nearest(spoken: list[Word], known: Lexicon, english: int) -> str:
    points, own = _points(spoken, known)
    either = sum([word.low in _EITHER_WAY and any(word.tags) for word in spoken])
    ours = english - either + points.pop("en", 0)
    best = max(sorted(points), key=points.__getitem__, default="")
    if best and own[best] >= 1 and (points[best] > ours or (points[best] == ours and _only_names(spoken))):
        return best if points[best] >= len(spoken) * _KNOWN_SHARE else ""
    return "en" if ours + either >= len(spoken) * _KNOWN_SHARE or (_small(spoken) and not own.get(best)) else ""


def _small(spoken: list[Word]) -> bool:
    return any("stopwords" in word.tags.marks for word in spoken)


def _only_names(spoken: list[Word]) -> bool:
    """Whether all that English knows of a text are nouns, which other languages borrow: "Feature Flags einführen"."""
    known = [word for word in spoken if any(word.tags)]
    return len(known) < len(spoken) and all(
        word.tags.nouns or word.verb("g") or word.low in _EITHER_WAY for word in known
    )


def _points(spoken: list[Word], known: Lexicon) -> tuple[dict[str, float], dict[str, float]]:
    """Count for each language the words that it knows or that are built like its own, and those English has not."""
    points: dict[str, float] = defaultdict(float)
    own: dict[str, float] = defaultdict(float)
    for word in spoken:
        english = bool(any(word.tags) or word.low in known.units)
        for code, sure in _owners(word.low, english=english).items():
            points[code] += sure
            own[code] += 0 if english else sure
    return points, own


@lru_cache(maxsize=4096)
def _owners(low: str, *, english: bool) -> dict[str, float]:
    """Return how surely a word belongs to each language: 1 where it is known, a half for how it is built."""
    if low in _ANYWHERE or (low in _EITHER_WAY and english):
        return {}
    found = {code: known for code, tongue in tongues().items() if (known := tongue.knows(low))}
    found |= dict.fromkeys(small_words().get(low, ()), 1.0)
    if not english:
        built = (code for code, ending in _BUILT.items() if code not in found and ending.search(low))
        found |= dict.fromkeys(list(built), _BUILT_COUNTS)
    return found
