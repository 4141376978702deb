"""Find the word for what a number counts: "books" in "26 Golang books read aloud"."""

from __future__ import annotations

from plumbline_judge.lexicon import UNKNOWN, lexicon, word_set
from plumbline_judge.statement import DETERMINERS, STOPS, Statement

#: Phrases whose last word alone would mean something else.
_WHOLE = word_set("requests request points point day days hours hour week weeks minutes time")
_PLURAL = word_set("people children women men staff alumni teeth feet criteria media")
_SPLITTING = frozenset(("/", "("))
_MOST_WORDS = 8


def plural(statement: Statement, at: int) -> bool:
    """Whether a word is a plural and no acronym or name of a thing: "users", "PRs", not "NPS", "JS" or "loss"."""
    word = statement.words[at]
    said = statement.text[word.start : word.end]
    if word.low.split(" ")[-1] in _PLURAL:
        return True
    if len(said) < 3 or not said.endswith("s") or said.endswith(("ss", "us", "is")):  # noqa: PLR2004
        return False
    return bool(word.tags.nouns) or not word.verb("s")


def counted_plural(statement: Statement, first: int, limit: int) -> int | None:
    """Return where the last plural stands before something new begins, None where there is none."""
    found: int | None = None
    for at in range(first, min(first + _MOST_WORDS, len(statement.words))):
        word = statement.words[at]
        if found is None and at in statement.covered:
            continue
        if word.start >= limit or _ends(statement, at, found):
            break
        if word.kind == "w" and plural(statement, at):
            found = at
    return found


def _ends(statement: Statement, at: int, found: int | None) -> bool:
    """Whether the counted thing ends before a word; before a plural is seen, a slash only lists: "React / Vue apps"."""
    word = statement.words[at]
    if word.kind == "n":
        return True
    if word.kind == "p":
        return not (found is None and (word.low in _SPLITTING or word.low in "\"')-\u201c\u201d+"))
    if word.low in STOPS and not (found is None and word.low == "of"):
        return True
    if found is None:
        return False
    return word.low in DETERMINERS or word.low.endswith("ly") or bool(word.verb("bdg")) or _is_bare_verb(statement, at)


def _is_bare_verb(statement: Statement, at: int) -> bool:
    word = statement.words[at]
    return bool(word.verb("s")) and not word.tags.nouns


def last_word(statement: Statement, at: int) -> tuple[int, int]:
    """Return the last word of a lexicon phrase, or all of it where that would mean something else: "pull requests"."""
    word = statement.words[at]
    last = word.low.split(" ")[-1]
    if " " not in word.low or last in _WHOLE:
        return word.start, word.end
    known = lexicon("en").entries.get(last, UNKNOWN)
    plain_last = known is not UNKNOWN or last.endswith("s")
    return (statement.text.rfind(" ", word.start, word.end) + 1, word.end) if plain_last else (word.start, word.end)
