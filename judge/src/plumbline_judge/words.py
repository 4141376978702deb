"""Cut a sentence into words that know what the lexicon says of them."""

from __future__ import annotations

import re
from typing import NamedTuple

from plumbline_judge.lexicon import UNKNOWN, Lexicon, Tags

# More than this is no statement; what follows is not read, so that any text takes bounded time.
MOST_CHARACTERS = 4000
MOST_WORDS = 300

_TOKEN = re.compile(r"\d+(?:[.,'\u00a0\u202f]\d+)*|[^\W\d_]+(?:[-'’&/][^\W\d_]+)*|[^\w\s]|_+", re.UNICODE)
_PREFIX = re.compile(
    r"\s*(?:[-*•–—>#+·]+\s*|\[[ xX]?\]\s*|\(?\d{1,2}[.)](?!\d)\s*|['\"“”„]"
    r"|(?:(?:key\s{1,3}results?|kr|objective|okr|goal|result)\s{0,3}#?\d{0,2}(?:\.\d{1,2}){0,2}|[oO]\d{1,2}\s?[-.]?\s?(?:kr|KR)?\d{1,2}|[kK][rR]s?)\s{0,3}[:.)\-–—]\s*)",
    re.IGNORECASE,
)


class Word(NamedTuple):
    """One word or lexicon phrase; ``low`` is its text in small letters, ``kind`` is ``w``, ``n`` or ``p``."""

    low: str
    start: int
    end: int
    kind: str
    tags: Tags

    def verb(self, forms: str) -> tuple[str, ...]:
        """Return the verb groups that this word belongs to in one of the forms."""
        return tuple(group for group, form in self.tags.verbs if form in forms)


def body_start(text: str) -> int:
    """Return where the sentence begins after bullets, quotes and prefixes such as ``KR1:``."""
    at = 0
    for _ in range(4):
        found = _PREFIX.match(text, at)
        if not found or found.end() == at:
            break
        at = found.end()
    return at


def words(text: str, known: Lexicon) -> list[Word]:
    """Return the words of a text in order, the longest known phrase first."""
    raw = _raw(text)
    found: list[Word] = []
    at = 0
    while at < len(raw):
        word, size = _take(raw, at, known)
        found.append(word)
        at += size
    return found


def _raw(text: str) -> list[tuple[str, int, int]]:
    begin = body_start(text)
    tokens: list[tuple[str, int, int]] = []
    for found in _TOKEN.finditer(text, begin, min(len(text), begin + MOST_CHARACTERS)):
        tokens.append((found[0].lower(), found.start(), found.end()))
        if len(tokens) >= MOST_WORDS:
            break
    return tokens


def _take(raw: list[tuple[str, int, int]], at: int, known: Lexicon) -> tuple[Word, int]:
    low, start, end = raw[at]
    for size in range(min(known.longest.get(low, 1), len(raw) - at), 1, -1):
        phrase = " ".join([piece for piece, _, _ in raw[at : at + size]])
        if phrase in known.entries:
            return Word(phrase, start, raw[at + size - 1][2], "w", known.entries[phrase]), size
    first = low[0]
    if first.isalpha():
        return Word(low, start, end, "w", known.entries.get(low) or _parts(low, known)), 1
    return Word(low, start, end, "n" if first.isdigit() else "p", UNKNOWN), 1


def _parts(low: str, known: Lexicon) -> Tags:
    """Look a compound up by its spelling in two words, then by its last part."""
    if "-" not in low and "/" not in low:
        return UNKNOWN
    spaced = known.entries.get(low.replace("-", " "))
    return spaced or known.entries.get(re.split(r"[-/]", low)[-1], UNKNOWN)
