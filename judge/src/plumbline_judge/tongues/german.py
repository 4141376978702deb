"""Read German into words: small words by what they mean here, numbers as they are written, verbs told from nouns."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from plumbline_judge.lexicon import UNKNOWN, Tags, entries, lexicon, word_set
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
from plumbline_judge.tongues.german_small import SMALL_TAGS, Piece, meant
from plumbline_judge.tongues.tongue import Tongue
from plumbline_judge.words import MOST_CHARACTERS, Word, body_start, pieces

_SHORT = word_set("mio mrd tsd ca z b inkl exkl max min mind nr bzw ggf u a d h usw evtl st str abs std sek")
_MONTHS = frozenset(entries("de", "months"))
_ORDINALS_BEHIND = _MONTHS | word_set("quartal halbjahr jahr klasse geburtstag oktober versuch platz stock tertial")
_ORDINALS_AHEAD = word_set("zum zur am im ab bis vom dem den der das die des jeder jede jedes beim ersten")


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
        return Word(known.small[form], start, end, "w", SMALL_TAGS)
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
    found = None if noun else meant(raw, at)
    if found is None:
        return _content(low, start, end, capital=capital, first=first)
    small, tags = found
    if not small:
        return []
    return [Word(small, start, end, "w", _also_verb(low) if tags is SMALL_TAGS else tags)]


_SMALL_WITH_CAPITALS = word_set(
    "mio mrd tsd prozent million millionen milliarde milliarden phase klasse klassen stufe linie nummer nr kw tempo"
)


def _also_verb(low: str) -> Tags:
    verbs = german().verbs.get(low, ())
    return Tags(verbs, (), ()) if verbs else SMALL_TAGS


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


@lru_cache(maxsize=1024)
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
