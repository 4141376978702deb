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
_BEGINS = {
    **dict.fromkeys(("with", "each", "while", "without", "where"), "with"),
    **dict.fromkeys(("that", "which", "who", "whose", "whom"), "relative"),
}
_MEANS = frozenset(("through", "via", "using", "by means of", "with the help of", "thanks to", "based on", "by way of"))


def zones(sentence: list[Word]) -> list[str]:
    """Return the zone of each word."""
    found: list[str] = []
    zone, outside = "main", ""
    for at, word in enumerate(sentence):
        low = word.low
        if low == "(":
            zone, outside = "aside", zone if zone != "aside" else outside
        if low == ")" and outside:
            found.append(zone)
            zone, outside = outside, ""
            continue
        tags = word.tags
        if zone != "aside" and at and (tags.verbs or tags.marks or low in _TURNING):
            zone = _turn(sentence, at, zone)
        found.append(zone)
    return found


def _turn(sentence: list[Word], at: int, zone: str) -> str:
    """Return the zone that begins with this word, or the one that goes on."""
    word = sentence[at]
    if "ends_markers" in word.tags.marks and word.low != "until":
        return "ends"
    if zone == "ends":
        return zone
    if _means(sentence, at):
        return "means"
    if _purpose(sentence, at):
        return "purpose"
    return _BEGINS.get(word.low) or _back(sentence, at, zone)


def _back(sentence: list[Word], at: int, zone: str) -> str:
    """Come back to the claim at a semicolon, or where another verb is joined to it."""
    word = sentence[at]
    if word.low in (";", "."):
        return "main"
    if zone in ("with", "relative") and sentence[at - 1].low in ("and", ",", "&") and word.verb("b"):
        return "main" if not word.tags.nouns else zone
    return zone


def _means(sentence: list[Word], at: int) -> bool:
    low = sentence[at].low
    if (low != "by" and low not in _MEANS) or at + 1 == len(sentence):
        return False
    following = sentence[at + 1]
    if low == "by":
        return bool(following.verb("g")) or (following.low.endswith("ing") and following.kind == "w")
    return following.kind != "n"


def _purpose(sentence: list[Word], at: int) -> bool:
    word = sentence[at]
    if "purpose_markers" not in word.tags.marks and not (word.low == "to" and _base_verb(sentence, at + 1)):
        return False
    before = sentence[at - 1]
    return not (before.low in _WANTED_BY_OTHERS or before.kind in "pn" or _is_person(before))


def _base_verb(sentence: list[Word], at: int) -> bool:
    return at < len(sentence) and bool(sentence[at].verb("b"))


def _is_person(word: Word) -> bool:
    return any(group.startswith("people") for group in word.tags.nouns)
