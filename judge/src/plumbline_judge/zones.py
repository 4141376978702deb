"""Part a sentence into what is claimed and what only surrounds it: means, purposes, ends, asides."""

from __future__ import annotations

from plumbline_judge.lexicon import word_set
from plumbline_judge.words import Word

_WANTED_BY_OTHERS = word_set(
    "able enable enables allow allows ready likely want wants need needs time willing unable how help "
    "helps get encourage encourages persuade convince ability chance easy easier ask invite continue "
    "continues due related access compared relative lead leads leading up down close according thanks "
    "contribute respond switch subscribe apply committed dedicated agree agrees commit commits start "
    "starts begin begins"
)
_TURNING = word_set("by through via using to with each while without where that which who whose whom ; .")
_MEANS = frozenset(("through", "via", "using", "by means of", "with the help of", "thanks to", "based on", "by way of"))


def zones(sentence: list[Word]) -> list[str]:
    """Return the zone of each word."""
    found: list[str] = []
    zone, outside = "main", ""
    for at, word in enumerate(sentence):
        if word.low == "(":
            zone, outside = "aside", zone if zone != "aside" else outside
        found.append(zone)
        if word.low == ")" and outside:
            zone, outside = outside, ""
        elif zone != "aside":
            zone = _turn(sentence, at, zone)
            found[-1] = zone
    return found


def _turn(sentence: list[Word], at: int, zone: str) -> str:
    """Return the zone that begins with this word, or the one that goes on."""
    word = sentence[at]
    if at == 0 or (word.low not in _TURNING and not word.tags.marks and not word.tags.verbs):
        return zone
    if "ends_markers" in word.tags.marks and word.low != "until":
        return "ends"
    if zone == "ends":
        return zone
    for begins, name in _TURNS:
        if begins(sentence, at):
            return name
    return _back(sentence, at, zone)


def _back(sentence: list[Word], at: int, zone: str) -> str:
    """Come back to the claim at a semicolon, or where another verb is joined to it."""
    word = sentence[at]
    if word.low in (";", "."):
        return "main"
    if zone in ("with", "relative") and sentence[at - 1].low in ("and", ",", "&") and word.verb("b"):
        return "main" if not word.tags.nouns else zone
    return zone


def _means(sentence: list[Word], at: int) -> bool:
    low, following = sentence[at].low, sentence[at + 1 : at + 2]
    if not following:
        return False
    if low == "by":
        return bool(following[0].verb("g")) or (following[0].low.endswith("ing") and following[0].kind == "w")
    return low in _MEANS and following[0].kind != "n"


def _purpose(sentence: list[Word], at: int) -> bool:
    word, before = sentence[at], sentence[at - 1]
    if "purpose_markers" not in word.tags.marks and not (word.low == "to" and _base_verb(sentence, at + 1)):
        return False
    return not (before.low in _WANTED_BY_OTHERS or before.kind in "pn" or _is_person(before))


def _base_verb(sentence: list[Word], at: int) -> bool:
    return at < len(sentence) and bool(sentence[at].verb("b"))


def _is_person(word: Word) -> bool:
    return any(group.startswith("people") for group in word.tags.nouns)


def _with(sentence: list[Word], at: int) -> bool:
    return sentence[at].low in ("with", "each", "while", "without", "where")


def _relative(sentence: list[Word], at: int) -> bool:
    return sentence[at].low in ("that", "which", "who", "whose", "whom")


_TURNS = ((_means, "means"), (_purpose, "purpose"), (_with, "with"), (_relative, "relative"))
