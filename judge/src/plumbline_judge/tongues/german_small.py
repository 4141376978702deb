"""Say what a small German word means where it stands: "auf 8 %" is to, "auf dem Dach" is on."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from plumbline_judge.lexicon import Tags, word_set
from plumbline_judge.tongues.german_forms import german, pairs, split_change

Piece = tuple[str, int, int]
Meant = tuple[str, Tags]

_NUMBERS = word_set(
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dutzend fünfzehn zwanzig dreißig vierzig "
    "fünfzig hundert tausend"
)
_PARTS = word_set("hälfte drittel viertel fünftel zehntel dreifache doppelte vierfache")
_FILLERS = word_set(
    "mindestens wenigstens höchstens maximal rund etwa ca circa über unter mehr weniger als fast knapp gut nur noch "
    "durchschnittlich im schnitt ein eine einen die das den derzeit aktuell heute bisher jeweils jährlich mind weitere "
    "über ungefähr zusätzlich zusätzliche"
)
_SIGNS = frozenset("+-~<>≥≤€$£=_\u2013\u2212")
_COMPARED = word_set(
    "mehr weniger besser höher niedriger länger kürzer schneller seltener häufiger später früher größer kleiner öfter"
)
_GENITIVE = word_set("der des unserer unseres aller ihrer ihres einer eines dieser dieses seiner")
_WHO = word_set("die der das denen deren dessen welche welcher welches")
_NAMES_NUMBER = word_set(
    "phase klasse klassen stufe linie kapitel etage nr nummer woche kw raum halle runde welle tempo"
)
_ENDS_TAGS = Tags((), (), ("ends_markers",))
_PURPOSE_TAGS = Tags((), (), ("purpose_markers",))
_MEANS_TAGS = Tags((), (), ("means_markers",))
SMALL_TAGS = Tags((), (), ("stopwords",))


@cache
def _small() -> dict[str, str]:
    return pairs("small_words")


def meant(raw: list[Piece], at: int) -> Meant | None:
    """Return the small word of the one grammar and its tags; None where the word is no small one."""
    low = raw[at][0]
    decide = _BY_PLACE.get(low)
    if decide:
        return decide(raw, at)
    if low in _NAMES_NUMBER and not (at + 1 < len(raw) and raw[at + 1][0][0].isdecimal()):
        return None
    small = _small().get(low)
    return (small, _MEANS_TAGS if small == "through" else SMALL_TAGS) if small else None


def _leads_to_number(raw: list[Piece], at: int) -> bool:
    for low, _, _ in raw[at + 1 : at + 5]:
        if low[0].isdecimal() or low in _NUMBERS or low in _PARTS or low[0] == "_":
            return True
        if low not in _FILLERS and low not in _SIGNS:
            return low in ("x", "n")
    return False


def _at_auf(raw: list[Piece], at: int) -> Meant:
    return ("to" if _leads_to_number(raw, at) else "on"), SMALL_TAGS


def _at_um(raw: list[Piece], at: int) -> Meant:
    if _leads_to_number(raw, at):
        return "by", SMALL_TAGS
    rest = [low for low, _, _ in raw[at + 1 :]]
    if "zu" in rest or any(re.fullmatch(r"\w{2,}zu\w+en", low) for low in rest):
        return "in order to", _PURPOSE_TAGS
    return "about", SMALL_TAGS


def _at_von(raw: list[Piece], at: int) -> Meant:
    later = any(low in ("auf", "zu", "→", ">") and _leads_to_number(raw, at + 1 + step) for step, (low, _, _) in
                enumerate(raw[at + 1 :]))  # fmt: skip
    if _leads_to_number(raw, at) and later:
        return "from", SMALL_TAGS
    return ("the" if _behind_made_noun(raw, at) else "of"), SMALL_TAGS


def _behind_made_noun(raw: list[Piece], at: int) -> bool:
    """Whether "der" or "von" follows a noun made of a verb that opens the sentence: "Einführung der E-Akte"."""
    if at == 0:
        return False
    low = raw[at - 1][0]
    verbs = german().verbs.get(low, ())
    opens = at == 1 or raw[at - 2][0] in (":", ".", ";", "und", "&")
    return opens and (any(form in "gb" for _, form in verbs) or bool(split_change(low)))


def _at_the(raw: list[Piece], at: int) -> Meant:
    low, ahead = raw[at][0], raw[at - 1][0] if at else ""
    if ahead == "," and low in _WHO:
        return "who", SMALL_TAGS
    if low in _GENITIVE and at and not _behind_made_noun(raw, at) and _is_noun_like(raw, at - 1):
        return "of", SMALL_TAGS
    return _small().get(low, "the"), SMALL_TAGS


def _is_noun_like(raw: list[Piece], at: int) -> bool:
    low = raw[at][0]
    if low == "%" or low[0].isdecimal() or low == "prozent":
        return True
    return low in _PARTS or (low[0].isalpha() and low not in _small() and low not in german().verbs)


def _at_als(raw: list[Piece], at: int) -> Meant:
    return ("than" if at and raw[at - 1][0] in _COMPARED else "as"), SMALL_TAGS


def _at_zu(raw: list[Piece], at: int) -> Meant:
    if _leads_to_number(raw, at):
        return "at", SMALL_TAGS
    following = raw[at + 1][0] if at + 1 < len(raw) else ""
    if any(form == "b" for _, form in german().verbs.get(following, ())):
        return "", SMALL_TAGS
    return "for", SMALL_TAGS


def _at_bound(near: str, else_: str) -> Callable[[list[Piece], int], Meant]:
    def decide(raw: list[Piece], at: int) -> Meant:
        return (near if _leads_to_number(raw, at) else else_), SMALL_TAGS

    return decide


def _at_damit(raw: list[Piece], at: int) -> Meant:
    if at and at + 1 < len(raw) and (raw[at - 1][0] in (",", "-", "\u2013") or at + 2 < len(raw)):
        return "damit", _ENDS_TAGS
    return "it", SMALL_TAGS


def _at_bis(raw: list[Piece], at: int) -> Meant:
    if at and raw[at - 1][0][0].isdecimal() and _leads_to_number(raw, at):
        return "to", SMALL_TAGS
    return ("most" if at + 1 < len(raw) and raw[at + 1][0] == "zu" else "until"), SMALL_TAGS


def _dropped(raw: list[Piece], at: int) -> Meant:
    return "", SMALL_TAGS


_BY_PLACE: dict[str, Callable[[list[Piece], int], Meant]] = {
    "auf": _at_auf, "um": _at_um, "von": _at_von, "vom": _at_von, "als": _at_als, "zu": _at_zu, "damit": _at_damit,
    "über": _at_bound("above", "over"), "unter": _at_bound("below", "among"), "bis": _at_bis, "sich": _dropped,
    **dict.fromkeys((*_GENITIVE, *_WHO), _at_the),
}  # fmt: skip
