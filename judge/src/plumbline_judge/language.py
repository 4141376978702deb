"""Tell whether a text is English, the one language that is judged so far."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from plumbline_judge.lexicon import Lexicon, word_set
from plumbline_judge.words import Word

_LATIN = "\u0250"
_EITHER_WAY = word_set("in is on me so do des men as at e y a i")
_KNOWN_SHARE = 0.25


@cache
def small_words() -> dict[str, str]:
    """Return the small words of other languages, each with the first language that has it."""
    found: dict[str, str] = {}
    room = files("plumbline_judge") / "lexicon" / "languages"
    for file in sorted(room.iterdir(), key=lambda one: one.name):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                found.setdefault(line, file.name.removesuffix(".txt"))
    return found


def language(sentence: list[Word], known: Lexicon) -> str:
    """Return ``en``, the code of another language, or an empty string for one that is not known.

    A text without letters counts as English: it says nothing in any language.
    """
    spoken = [word for word in sentence if word.kind == "w"]
    if not spoken:
        return "en"
    said = "".join([word.low for word in spoken])
    if not said.isascii() and sum([letter >= _LATIN for letter in said]) * 2 > len(said):
        return ""
    english = sum(bool(any(word.tags) or word.low in known.units) for word in spoken)
    foreign = _foreign(spoken, known)
    if len(foreign) > _small(spoken):
        return max(sorted(set(foreign)), key=foreign.count)
    return "en" if english >= len(spoken) * _KNOWN_SHARE or _small(spoken) > len(foreign) else ""


def _small(spoken: list[Word]) -> int:
    return sum("stopwords" in word.tags.marks for word in spoken)


def _foreign(spoken: list[Word], known: Lexicon) -> list[str]:
    elsewhere = small_words()
    return [
        elsewhere[word.low]
        for word in spoken
        if word.low in elsewhere and word.low not in _EITHER_WAY and word.low not in known.entries
    ]
