"""Find the words of the metric and its unit: what a number is a number of."""

from __future__ import annotations

from plumbline_judge.counting import counted_plural, last_word, plural
from plumbline_judge.figures import Figure
from plumbline_judge.judgement import Span
from plumbline_judge.lexicon import word_set
from plumbline_judge.signs import EM_DASH, EN_DASH, QUOTES
from plumbline_judge.statement import DETERMINERS, Phrase, Statement, phrase

_ENDS_METRIC = word_set(', ; : . ( ) → = ≥ ≤ > < and & | "') | {EN_DASH, EM_DASH}
_BEFORE_NUMBER = word_set("from to by at of is are has have with in reaches exceeds above below under over")
_LEADING = DETERMINERS | word_set("we will to have has that ensure there is are")
_TRAILING = word_set(
    "to from by at of is are in has have been with reaches or and above below under over than least most the a"
)


_MOVING = word_set("reaching gaining increasing decreasing keeping making")
#: What stands before a noun and says which ones: new riders are not all riders.
_TELLING = word_set("new more all each every any some other another own")
_MOVES = word_set("increasing decreasing gaining")
_LEADS_TO_NUMBER = word_set(
    "from to by at of is are ( ) = ≥ ≤ > < → : up down in under below above over reaches ~ + - x"
)


def metric_words(statement: Statement, figure: Figure | None) -> Span | None:
    """Return the span of what is measured, or None where no number and no change says it."""
    if figure is None:
        return _object(statement)
    if figure.kind in ("count", "times") and not _bare(statement, figure):
        return _until(statement, figure.last + 1)
    if figure.kind == "percent" and statement.low(figure.last + 1) in ("of", "of all"):
        return _until(statement, figure.last + 2)
    return _ahead(statement, figure) or _until(statement, figure.last + 1)


def _bare(statement: Statement, figure: Figure) -> bool:
    """Whether a number counts nothing that follows it: "users from 5k to 7k by June"."""
    found = counted(statement, figure)
    return found is None


def counted(statement: Statement, figure: Figure) -> Phrase | None:
    """Return the phrase that a number counts when it follows the number."""
    at = figure.last + 1
    if statement.low(at) == "+":
        at += 1
    if at >= len(statement.words) or (statement.deadline and statement.words[at].start >= statement.deadline.start):
        return None
    if statement.words[at].kind != "w" and statement.low(at) not in QUOTES:
        return None
    if statement.low(at) == "of":
        at += 1
    elif not _opens_phrase(statement, at):
        return None
    return phrase(statement, at)


def _opens_phrase(statement: Statement, at: int) -> bool:
    low = statement.low(at)
    return low not in _BEFORE_NUMBER and low not in (
        "and",
        "or",
        "per",
        "a",
        "an",
        "each",
        "every",
        "on",
        "for",
        "within",
        "as",
        "while",
        "than",
    )


def _limit(statement: Statement) -> int:
    return statement.deadline.start if statement.deadline else len(statement.text) + 1


def _until(statement: Statement, first: int) -> Span | None:
    """Return the words from a place to the end of their clause."""
    sentence = statement.words
    while first < len(sentence) and (sentence[first].low in _LEADING or sentence[first].low in ("+", '"', "of", "in")):
        first += 1
    end = first
    while end < len(sentence) and _belongs(statement, first, end):
        end += 1
    return _trimmed(statement, first, end)


def _belongs(statement: Statement, first: int, at: int) -> bool:
    word = statement.words[at]
    if word.low in _ENDS_METRIC or word.start >= _limit(statement):
        return False
    zone = statement.zones[at]
    return zone == statement.zones[first] or zone in ("with", "relative")


def _ahead(statement: Statement, figure: Figure) -> Span | None:
    """Return the words between the verb and a number, or the start that stands before it."""
    end = figure.first
    while end > 0 and (end - 1 in statement.covered or statement.low(end - 1) in _LEADS_TO_NUMBER):
        end -= 1
    return _from_verb(statement, end)


def _from_verb(statement: Statement, end: int) -> Span | None:
    first = 0
    for at in range(end - 1, -1, -1):
        word = statement.words[at]
        if word.low in (";", ",", ":", "and") and at < end - 1:
            first = at + 1
            break
    cut = next((at for at in range(first, end) if statement.low(at) in ("from", "(")), end)
    if first < cut - 1 and _MOVES & set(statement.words[cut - 1].verb("bsd")):
        return _trimmed(statement, _past_leading(statement, first, cut - 1), cut - 1)
    return _trimmed(statement, _past_verb(statement, first, cut), cut)


def _past_leading(statement: Statement, first: int, end: int) -> int:
    """Return where the subject begins: "churn of new riders" in "the churn of new riders falls from 6% to 4%"."""
    while first < end and statement.low(first) in _LEADING - _TELLING:
        first += 1
    return first


def _past_verb(statement: Statement, first: int, end: int) -> int:
    while first < end and (statement.low(first) in _LEADING or statement.low(first).endswith("ly")):
        first += 1
    if first < end and statement.words[first].verb("bdg") and not _only_noun(statement, first, end):
        first += 1
    while first < end and statement.low(first) in DETERMINERS:
        first += 1
    return first


def _only_noun(statement: Statement, first: int, end: int) -> bool:
    word = statement.words[first]
    if first + 1 == end and _MOVING & set(word.verb("b")):
        return False
    return bool(word.tags.nouns) and (first + 1 == end or not word.verb("b"))


def _trimmed(statement: Statement, first: int, end: int) -> Span | None:
    while end > first and (statement.low(end - 1) in _TRAILING or statement.words[end - 1].kind == "p"):
        end -= 1
    return statement.span(first, end) if end > first else None


def _object(statement: Statement) -> Span | None:
    """Return what a verb of change moves where no number is given."""
    for at, word in enumerate(statement.words):
        groups = word.verb("bsdg")
        if "increasing" in groups or "decreasing" in groups:
            return _until(statement, at + 1)
    return None


def unit_of(statement: Statement, figure: Figure | None, metric: Span | None) -> tuple[str, Span | None]:
    """Return the unit as it is shown, and where it stands when it is a word of the sentence."""
    if figure is None or (figure.kind == "times" and not figure.unit) or figure.kind == "rank":
        return "", None
    if figure.unit:
        return figure.unit, None
    place = _counted_word(statement, figure) or _metric_word(statement, metric)
    return (statement.text[slice(*place)], place) if place else ("", None)


def _counted_word(statement: Statement, figure: Figure) -> Span | None:
    """Return the word for what follows a number, its plural where it has one."""
    found = counted(statement, figure)
    if statement.language == "en" and figure.value != 1 and (found or statement.low(figure.last + 1) == "("):
        at = counted_plural(statement, figure.last + 1, _limit(statement))
        if at is not None:
            return Span(*last_word(statement, at))
    return Span(*last_word(statement, found.head)) if found else None


def _metric_word(statement: Statement, metric: Span | None) -> Span | None:
    """Return the word of a metric that is itself a countable thing: "users" in "monthly users"."""
    if not metric:
        return None
    if statement.language == "en":
        at = _place_of(statement, metric)
        if statement.low(at) in ("number", "count", "total", "amount") and statement.low(at + 1) == "of":
            at += 2
        head = counted_plural(statement, at, metric.end)
        return Span(*last_word(statement, head)) if head is not None else None
    found = _people_ahead(statement, metric)
    return Span(*last_word(statement, found.head)) if found else None


def _place_of(statement: Statement, metric: Span) -> int:
    return next((at for at, word in enumerate(statement.words) if word.start >= metric.start), 0)


def _people_ahead(statement: Statement, metric: Span | None) -> Phrase | None:
    """Return the head of a metric that is itself a countable thing: "monthly users"."""
    if not metric:
        return None
    at = _place_of(statement, metric)
    found = phrase(statement, at)
    if found and statement.low(found.head) in ("number", "count", "total", "amount"):
        found = phrase(statement, found.end + 1) if statement.low(found.end) == "of" else None
    return found if found and plural(statement, found.head) else None
