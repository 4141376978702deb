"""Read German into words: small words by what they mean here, numbers as they are written, verbs told from nouns."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from plumbline_judge.lexicon import UNKNOWN, Tags, entries, lexicon, word_set
from plumbline_judge.signs import QUOTES
from plumbline_judge.tongues.german_dates import deadline
from plumbline_judge.tongues.german_forms import (
    compound,
    german,
    is_plural,
    lead_groups,
    listed_noun,
    mark_names,
    noun_groups,
    pairs,
    split_change,
    tags_of,
)
from plumbline_judge.tongues.german_order import arranged
from plumbline_judge.tongues.tongue import Tongue
from plumbline_judge.words import MOST_CHARACTERS, Word, body_start, pieces

Piece = tuple[str, int, int]

_SHORT = word_set("mio mrd tsd ca z b inkl exkl max min mind nr bzw ggf u a d h usw evtl st str abs std sek")
_MONTHS = frozenset(entries("de", "months"))
_ORDINALS_BEHIND = _MONTHS | word_set("quartal halbjahr jahr klasse geburtstag oktober versuch platz stock tertial")
_ORDINALS_AHEAD = word_set("zum zur am im ab bis vom dem den der das die des jeder jede jedes beim ersten")
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
_NAMES_NUMBER = word_set("phase klasse klassen stufe linie kapitel etage nr nummer woche kw raum halle runde welle tempo")
_THINGS_TAGS = Tags((), (), ("stopwords",))
_ENDS_TAGS = Tags((), (), ("ends_markers",))
_PURPOSE_TAGS = Tags((), (), ("purpose_markers",))
_MEANS_TAGS = Tags((), (), ("means_markers",))


@cache
def _small() -> dict[str, str]:
    return pairs("small_words")


def words(text: str) -> list[Word]:
    """Return the words of a German text in the order of the one grammar."""
    raw = _cleaned(pieces(text))
    found: list[Word] = []
    at = 0
    while at < len(raw):
        made, size = _taken(text, raw, at)
        found += made
        at += size
    begin = body_start(text)
    return arranged(found, deadline(text, begin, min(len(text), begin + MOST_CHARACTERS)))


def _cleaned(raw: list[Piece]) -> list[Piece]:
    """Leave out the dots of "Mio." and "1. Oktober" and the second half of "Nutzer:innen"."""
    kept: list[Piece] = []
    for at, piece in enumerate(raw):
        low, start, _ = piece
        if low == "." and kept and start == kept[-1][2] and _dot_belongs(raw, at):
            if kept[-1][0].isdigit():
                kept.append(("th", start, start + 1))
            continue
        if low == "innen" and kept and kept[-1][0] in ("*", ":", "_"):
            kept.pop()
            continue
        kept.append(piece)
    return kept


def _dot_belongs(raw: list[Piece], at: int) -> bool:
    ahead, following = raw[at - 1][0], raw[at + 1][0] if at + 1 < len(raw) else ""
    if ahead.isdigit():
        led = at > 1 and raw[at - 2][0] in _ORDINALS_AHEAD
        return bool(following) and following[0].isalnum() and (led or following in _ORDINALS_BEHIND)
    return ahead in _SHORT


def _taken(text: str, raw: list[Piece], at: int) -> tuple[list[Word], int]:
    """Return the words that begin at a place, and how many pieces they take."""
    low, start, end = raw[at]
    known = german()
    for size in range(min(known.longest.get(low, 1), len(raw) - at), 1, -1):
        form = " ".join([piece for piece, _, _ in raw[at : at + size]])
        if form in known.verbs or form in known.nouns or form in known.marks or form in known.small:
            return [_phrase(form, start, raw[at + size - 1][2])], size
    borrowed = _borrowed_phrase(raw, at)
    if borrowed:
        return [borrowed], borrowed.low.count(" ") + 1
    if not low[0].isalpha():
        kind = "n" if low[0].isdecimal() or low[0] == "_" else "p"
        return [Word(_figure(low), start, end, kind, UNKNOWN)], 1
    if low in ("x", "xx", "n", "y") and at + 1 < len(raw) and raw[at + 1][0] == "%":
        return [Word(low, start, end, "n", UNKNOWN)], 1
    return _one(text, raw, at), 1


def _borrowed_phrase(raw: list[Piece], at: int) -> Word | None:
    """Return an English phrase that names something: "Time to Hire", "Net Promoter Score"."""
    known = lexicon("en")
    for size in range(min(known.longest.get(raw[at][0], 1), len(raw) - at), 1, -1):
        form = " ".join([piece for piece, _, _ in raw[at : at + size]])
        if form in known.entries and known.entries[form].nouns:
            return Word(form, raw[at][1], raw[at + size - 1][2], "w", Tags((), known.entries[form].nouns, ()))
    return None


def _phrase(form: str, start: int, end: int) -> Word:
    known = german()
    if form in known.small:
        return Word(known.small[form], start, end, "w", _THINGS_TAGS)
    tags = Tags(known.verbs.get(form, ()), known.nouns.get(form, ()), known.marks.get(form, ()))
    return Word(form, start, end, "w", tags)


def _figure(low: str) -> str:
    """Return a number with a decimal point: "1.200,5" is 1200.5, "7,8" is 7.8, "3,125" never three thousand."""
    if not low[0].isdecimal():
        return low
    if "," not in low:
        return low.replace(".", "") if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+", low) else low
    whole, _, rest = low.partition(",")
    if "," in rest or "." in rest:
        return low.replace(",", "")
    return f"{whole.replace('.', '')}.{rest}{'0' if len(rest) == 3 else ''}"  # noqa: PLR2004


def _one(text: str, raw: list[Piece], at: int) -> list[Word]:
    low, start, end = raw[at]
    capital, first = text[start].isupper(), at == 0 or raw[at - 1][0] in (":", ".", ";", "&")
    noun = capital and not first and low not in _SMALL_WITH_CAPITALS
    meant = None if noun else _meant(raw, at)
    if meant is None:
        return _content(low, start, end, capital=capital, first=first)
    small, tags = meant
    if not small:
        return []
    return [Word(small, start, end, "w", _also_verb(low) if tags is _THINGS_TAGS else tags)]


_SMALL_WITH_CAPITALS = word_set("mio mrd tsd prozent million millionen milliarde milliarden phase klasse klassen stufe linie nummer nr kw tempo")


def _also_verb(low: str) -> Tags:
    verbs = german().verbs.get(low, ())
    return Tags(verbs, (), ()) if verbs else _THINGS_TAGS


def _content(low: str, start: int, end: int, *, capital: bool, first: bool) -> list[Word]:
    """Return a word that carries meaning; capitals tell nouns from verbs, except where a sentence begins."""
    listed = german().verbs.get(low, ())
    made_noun = any(form == "g" for _, form in listed)
    if first:
        cut = split_change(low)
        if cut:
            return _halves(low, start, end, cut)
        noun = noun_groups(low) if not made_noun and not any(form in "bi" for _, form in listed) else ()
        return [Word(low, start, end, "w", Tags(_led(listed), noun, mark_names(low)))]
    if capital:
        tags = tags_of(low, noun=True, verb=False)
        if made_noun and not tags.nouns:
            tags = Tags(tuple(one for one in listed if one[1] == "g"), (), tags.marks)
        return [Word(low, start, end, "w", tags)]
    verbs = tuple(one for one in listed if one[1] in "bsd")
    nouns = () if verbs or mark_names(low) else noun_groups(low) if len(low) > 3 else ()  # noqa: PLR2004
    return [Word(low, start, end, "w", Tags(verbs, nouns, mark_names(low)))]


def _led(listed: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((group, "b" if form == "i" else form) for group, form in listed)


def _halves(low: str, start: int, end: int, cut: int) -> list[Word]:
    """Part "Kostensenkung" into what changes and how, the change first."""
    change = tuple(one for one in german().verbs[low[cut:]] if one[1] == "g")
    return [
        Word(low[cut:], start + cut, end, "w", Tags(change, (), ())),
        Word(low[:cut], start, start + cut, "w", Tags((), lead_groups(low[:cut]), ())),
    ]


def _meant(raw: list[Piece], at: int) -> tuple[str, Tags] | None:
    """Return the small word of the one grammar and its tags; None where the word is no small one."""
    low = raw[at][0]
    decide = _BY_PLACE.get(low)
    if decide:
        return decide(raw, at)
    if low in _NAMES_NUMBER and not (at + 1 < len(raw) and raw[at + 1][0][0].isdecimal()):
        return None
    small = _small().get(low)
    return (small, _MEANS_TAGS if small == "through" else _THINGS_TAGS) if small else None


def _leads_to_number(raw: list[Piece], at: int) -> bool:
    for low, _, _ in raw[at + 1 : at + 5]:
        if low[0].isdecimal() or low in _NUMBERS or low in _PARTS or low[0] == "_":
            return True
        if low not in _FILLERS and low not in _SIGNS:
            return low in ("x", "n")
    return False


def _at_auf(raw: list[Piece], at: int) -> tuple[str, Tags]:
    return ("to" if _leads_to_number(raw, at) else "on"), _THINGS_TAGS


def _at_um(raw: list[Piece], at: int) -> tuple[str, Tags]:
    if _leads_to_number(raw, at):
        return "by", _THINGS_TAGS
    rest = [low for low, _, _ in raw[at + 1 :]]
    if "zu" in rest or any(re.fullmatch(r"\w{2,}zu\w+en", low) for low in rest):
        return "in order to", _PURPOSE_TAGS
    return "about", _THINGS_TAGS


def _at_von(raw: list[Piece], at: int) -> tuple[str, Tags]:
    later = any(low in ("auf", "zu", "→", ">") and _leads_to_number(raw, at + 1 + step) for step, (low, _, _) in
                enumerate(raw[at + 1 :]))  # fmt: skip
    if _leads_to_number(raw, at) and later:
        return "from", _THINGS_TAGS
    return ("the" if _behind_made_noun(raw, at) else "of"), _THINGS_TAGS


def _behind_made_noun(raw: list[Piece], at: int) -> bool:
    """Whether "der" or "von" follows a noun made of a verb that opens the sentence: "Einführung der E-Akte"."""
    if at == 0:
        return False
    low = raw[at - 1][0]
    verbs = german().verbs.get(low, ())
    opens = at == 1 or raw[at - 2][0] in (":", ".", ";", "und", "&")
    return opens and (any(form in "gb" for _, form in verbs) or bool(split_change(low)))


def _at_the(raw: list[Piece], at: int) -> tuple[str, Tags]:
    low, ahead = raw[at][0], raw[at - 1][0] if at else ""
    if ahead == "," and low in _WHO:
        return "who", _THINGS_TAGS
    if low in _GENITIVE and at and not _behind_made_noun(raw, at) and _is_noun_like(raw, at - 1):
        return "of", _THINGS_TAGS
    return _small().get(low, "the"), _THINGS_TAGS


def _is_noun_like(raw: list[Piece], at: int) -> bool:
    low = raw[at][0]
    if low == "%" or low[0].isdecimal() or low == "prozent":
        return True
    return low[0].isalpha() and low not in _small() and low not in german().verbs or low in _PARTS


def _at_als(raw: list[Piece], at: int) -> tuple[str, Tags]:
    return ("than" if at and raw[at - 1][0] in _COMPARED else "as"), _THINGS_TAGS


def _at_zu(raw: list[Piece], at: int) -> tuple[str, Tags]:
    if _leads_to_number(raw, at):
        return "at", _THINGS_TAGS
    following = raw[at + 1][0] if at + 1 < len(raw) else ""
    if any(form == "b" for _, form in german().verbs.get(following, ())):
        return "", _THINGS_TAGS
    return "for", _THINGS_TAGS


def _at_bound(near: str, else_: str) -> object:
    def decide(raw: list[Piece], at: int) -> tuple[str, Tags]:
        return (near if _leads_to_number(raw, at) else else_), _THINGS_TAGS

    return decide


def _at_damit(raw: list[Piece], at: int) -> tuple[str, Tags]:
    if at and at + 1 < len(raw) and (raw[at - 1][0] in (",", "-", "\u2013") or at + 2 < len(raw)):
        return "damit", _ENDS_TAGS
    return "it", _THINGS_TAGS


def _at_bis(raw: list[Piece], at: int) -> tuple[str, Tags]:
    if at and raw[at - 1][0][0].isdecimal() and _leads_to_number(raw, at):
        return "to", _THINGS_TAGS
    return ("most" if at + 1 < len(raw) and raw[at + 1][0] == "zu" else "until"), _THINGS_TAGS


def _dropped(raw: list[Piece], at: int) -> tuple[str, Tags]:
    return "", _THINGS_TAGS


_BY_PLACE = {
    "auf": _at_auf, "um": _at_um, "von": _at_von, "vom": _at_von, "als": _at_als, "zu": _at_zu, "damit": _at_damit,
    "über": _at_bound("above", "over"), "unter": _at_bound("below", "among"), "bis": _at_bis, "sich": _dropped,
    "um die": _at_um, **dict.fromkeys((*_GENITIVE, *_WHO), _at_the),
}  # fmt: skip


@lru_cache(maxsize=4096)
def knows(low: str) -> float:
    """Return how surely a word is German: 1 for one of the lists in any form, a half for a compound of one."""
    known = german()
    if low in known.small or low in known.verbs or mark_names(low) or listed_noun(low) or split_change(low):
        return 1.0
    return 0.5 if compound(low) else 0.0


@cache
def tongue() -> Tongue:
    """Return German."""
    return Tongue("de", words, deadline, _MONTHS, pairs("units"), knows, is_plural)


__all__ = ["QUOTES", "tongue"]
