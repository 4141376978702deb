"""Cut a sentence into words that know what the lexicon says of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from plumbline_judge.lexicon import UNKNOWN, Lexicon, Tags, word_set

# More than this is no statement; what follows is not read, so that any text takes bounded time.
MOST_CHARACTERS = 4000
MOST_WORDS = 300

_TOKEN = re.compile(r"\d+(?:[.,'\u00a0\u202f]\d+)*|[^\W\d_]+(?:[-'\u2019&/][^\W\d_]+)*|[^\w\s]|_+", re.UNICODE)
_PREFIX = re.compile(
    r"\s*(?:(?:[-*•>#·\u2013\u2014]|\+(?!\d))+\s*|\[[ xX]?\]\s*|\(?\d{1,2}[.)](?!\d)\s*|['\"\u201c\u201d\u201e]"
    r"|(?:(?:key\s{1,3}results?|kr|objective|okr|goal|result)\s{0,3}#?\d{0,2}(?:\.\d{1,2}){0,2}"
    r"|o\d{1,2}\s?[-.]?\s?(?:kr)?\d{1,2}|krs?)\s{0,3}[:.)\-\u2013\u2014]\s*)",
    re.IGNORECASE,
)


#: No prefix begins so: most sentences need no closer look.
_PLAIN_STARTS = frozenset("abcdefhijlmnpqstuvwxyzABCDEFHIJLMNPQSTUVWXYZ")
_BLANKS = word_set("n x xx y yy z _ __ ___ ____ _____")


@dataclass(slots=True)
class Word:
    """One word or lexicon phrase; ``low`` is its text in small letters, ``kind`` is ``w``, ``n`` or ``p``.

    Nobody changes one. It is not frozen because hundreds are made for a page of goals, and frozen costs three times
    as much.
    """

    low: str
    start: int
    end: int
    kind: str
    tags: Tags

    def verb(self, forms: str) -> tuple[str, ...]:
        """Return the verb groups that this word belongs to in one of the forms."""
        tags = self.tags
        return tags.doing(forms) if tags.verbs else ()


def body_start(text: str) -> int:
    """Return where the sentence begins after bullets, quotes and prefixes such as ``KR1:``."""
    if text[:1] in _PLAIN_STARTS:
        return 0
    at = 0
    for _ in range(4):
        found = _PREFIX.match(text, at)
        if not found or found.end() == at:
            break
        at = found.end()
    return at


def words(text: str, known: Lexicon) -> list[Word]:
    """Return the words of a text in order, the longest known phrase first."""
    raw = pieces(text)
    entries, longest = known.entries, known.longest
    found: list[Word] = []
    taken = 0
    for at, (low, start, end) in enumerate(raw):
        if at < taken:
            continue
        if longest.get(low, 1) > 1 and (phrase := _phrase(raw, at, known)):
            found.append(phrase)
            taken = at + phrase.low.count(" ") + 1
            continue
        tags = entries.get(low)
        if tags is None or low in _BLANKS or not low[0].isalpha():
            found.append(_single(raw, at, known))
        else:
            found.append(Word(low, start, end, "w", tags))
    return found


def pieces(text: str) -> list[tuple[str, int, int]]:
    """Return the pieces of a text in small letters with their places."""
    begin = body_start(text)
    low = text.lower() if text.isascii() else ""
    found = islice(_TOKEN.finditer(low or text, begin, begin + MOST_CHARACTERS), MOST_WORDS)
    if low:
        return [(one[0], one.start(), one.end()) for one in found]
    return [(one[0].lower(), one.start(), one.end()) for one in found]


def _phrase(raw: list[tuple[str, int, int]], at: int, known: Lexicon) -> Word | None:
    """Return the longest known phrase of several words that begins at a place."""
    low, start, _ = raw[at]
    longest = min(known.longest[low], len(raw) - at)
    if longest > 1 and known.pairs is not None and f"{low} {raw[at + 1][0]}" not in known.pairs:
        return None
    for size in range(longest, 1, -1):
        phrase = " ".join([piece for piece, _, _ in raw[at : at + size]])
        if phrase in known.entries:
            return Word(phrase, start, raw[at + size - 1][2], "w", known.entries[phrase])
    return None


def _single(raw: list[tuple[str, int, int]], at: int, known: Lexicon) -> Word:
    """Return a piece that stands for itself: a blank, a word, a number or a sign."""
    low, start, end = raw[at]
    first = low[0]
    if low in _BLANKS and _is_blank(raw, at):
        return Word(low, start, end, "n", UNKNOWN)
    if first.isalpha():
        return Word(low, start, end, "w", known.entries.get(low) or _parts(low, known))
    return Word(low, start, end, _sign(first), UNKNOWN)


def _sign(first: str) -> str:
    if first.isdecimal():
        return "n"
    return "w" if first.isalnum() else "p"


def _is_blank(raw: list[tuple[str, int, int]], at: int) -> bool:
    """Whether a letter stands for a number still to be filled in: "N customers", "by X %", "from ___ to ___"."""
    low, _, end = raw[at]
    following = raw[at + 1] if at + 1 < len(raw) else ("", end, end)
    if low[0] == "_" or following[0] == "%":
        return True
    return low == "n" and following[1] > end


def _parts(low: str, known: Lexicon) -> Tags:
    """Look a compound up by its spelling in two words, then by its last part."""
    if "-" not in low and "/" not in low:
        return UNKNOWN
    spaced = known.entries.get(low.replace("-", " "))
    return spaced or known.entries.get(re.split(r"[-/]", low)[-1], UNKNOWN)
