"""Read French, Spanish and Portuguese into words: their order is that of the grammar, so only words are told apart.

Their lexicons are small. What they say is trusted by half, and a text of which too little is known is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from plumbline_judge.lexicon import UNKNOWN, Tags, entries, lexicon, singular, word_set
from plumbline_judge.shipped import names_in
from plumbline_judge.tongues.german_forms import longest_by_first, pairs
from plumbline_judge.tongues.romance_dates import deadline_of
from plumbline_judge.tongues.tongue import Tongue
from plumbline_judge.words import Word, pieces

CODES = ("fr", "es", "pt")
_ENTRY = re.compile(r"^([^(\[]+?)\s*(?:\(([^)]*)\))?\s*(?:\[([^]]*)\])?$")
_NOUN_ROOMS = ("things", "outcomes", "people", "effort", "measure")
_OTHER_FILES = frozenset(("units", "small_words", "months"))
_ELIDED = re.compile(r"^(l|d|n|s|qu|j|c|m|jusqu)['\u2019](.+)$")
_SMALL = Tags((), (), ("stopwords",))
_PURPOSE = Tags((), (), ("purpose_markers",))
_MEANS = Tags((), (), ("means_markers",))
#: Endings by infinitive: third person, plural, participles.
_FINITE = {
    "fr": {"er": ("e", "ent"), "ir": ("it", "issent"), "re": ("", "ent")},
    "es": {"ar": ("a", "an"), "er": ("e", "en"), "ir": ("e", "en")},
    "pt": {"ar": ("a", "am"), "er": ("e", "em"), "ir": ("e", "em")},
}
_DONE = {
    "fr": {"er": "é", "ir": "i", "re": "u"},
    "es": {"ar": "ado", "er": "ido", "ir": "ido"},
    "pt": {"ar": "ado", "er": "ido", "ir": "ido"},
}
_AGREEING = {"fr": ("", "e", "s", "es"), "es": ("", "s"), "pt": ("", "s")}
_ENDINGS = {
    "fr": {
        "": "", "s": "", "x": "", "es": "", "e": "", "aux": "al", "trices": "teur", "ères": "er", "euses": "eur",
    },
    "es": {"": "", "s": "", "es": "", "ces": "z", "iones": "ión", "a": "o", "as": "o", "oras": "or"},
    "pt": {
        "": "", "s": "", "es": "", "ões": "ão", "ais": "al", "eis": "el", "a": "o", "as": "o", "ns": "m", "oras": "or",
    },
}  # fmt: skip
_FROM = {"fr": word_set("de"), "es": word_set("de del desde"), "pt": word_set("de do da")}
_TO = {"fr": word_set("à"), "es": word_set("a al hasta para"), "pt": word_set("para a à ao até")}
_BY = {"fr": word_set("de"), "es": word_set("en un"), "pt": word_set("em")}
_FOR = {"fr": "pour", "es": "para", "pt": "para"}
_THROUGH = {"fr": "par", "es": "por", "pt": "por"}
_BETWEEN = word_set("el la los las un una le les plus más mais menos moins de du del")


class Romance(NamedTuple):
    """The small lexicon of one language, by form."""

    code: str
    verbs: dict[str, tuple[tuple[str, str], ...]]
    nouns: dict[str, tuple[str, ...]]
    marks: dict[str, tuple[str, ...]]
    small: dict[str, str]
    longest: dict[str, int]


@cache
def romance(code: str) -> Romance:
    """Return the lexicon of a language, read once."""
    verbs: dict[str, list[tuple[str, str]]] = {}
    nouns: dict[str, list[str]] = {}
    marks: dict[str, list[str]] = {}
    for name in _names(code):
        room = name.split("_", 1)[0]
        for entry in entries(code, name):
            if room == "verbs":
                for form, kind in _forms(entry, code):
                    verbs.setdefault(form, []).append((name.removeprefix("verbs_"), kind))
            else:
                (nouns if room in _NOUN_ROOMS else marks).setdefault(entry, []).append(name)
    small = pairs("small_words", code)
    return Romance(
        code,
        {form: tuple(dict.fromkeys(found)) for form, found in verbs.items()},
        {form: tuple(found) for form, found in nouns.items()},
        {form: tuple(found) for form, found in marks.items()},
        small,
        longest_by_first([*verbs, *nouns, *marks, *small]),
    )


def _names(code: str) -> list[str]:
    return [name for name in names_in("lexicon", code) if name not in _OTHER_FILES]


def _forms(entry: str, code: str) -> Iterator[tuple[str, str]]:
    found = _ENTRY.match(entry)
    assert found  # noqa: S101 - the files are ours
    head, _, rest = found[1].partition(" ")
    tail = f" {rest}" if rest else ""
    irregular = re.split(r"\s*,\s*", found[2]) if found[2] else []
    yield found[1], "b"
    kind = head[-2:]
    for ending in _FINITE[code].get(kind, ()):
        yield f"{head[:-2]}{ending}{tail}", "s"
    done = irregular[0] if irregular else f"{head[:-2]}{_DONE[code].get(kind, '')}{tail}"
    yield from ((form, "d") for form in _agreeing(done, code))
    yield from ((form, "s") for form in irregular[1:])
    yield from ((noun, "g") for noun in (re.split(r"\s*,\s*", found[3]) if found[3] else []))


def _agreeing(done: str, code: str) -> list[str]:
    forms = [done + ending for ending in _AGREEING[code]]
    return [*forms, f"{done[:-1]}a", f"{done[:-1]}as"] if done.endswith("o") else forms


@lru_cache(maxsize=1024)
def _noun(low: str, code: str) -> tuple[str, ...]:
    nouns = romance(code).nouns
    return next((nouns[form] for form in _bare(low, code) if form in nouns), ())


def _bare(low: str, code: str) -> Iterator[str]:
    for ending, singular_ending in _ENDINGS[code].items():
        if low.endswith(ending) and len(low) - len(ending) > 2:  # noqa: PLR2004
            yield low[: len(low) - len(ending)] + singular_ending
    head, _, rest = low.partition(" ")
    if rest:
        yield from (f"{form} {rest}" for form in _bare(head, code))


@lru_cache(maxsize=1024)
def _marks(low: str, code: str) -> tuple[str, ...]:
    marks = romance(code).marks
    return next((marks[form] for form in _bare(low, code) if form in marks), ())


def words(text: str, code: str) -> list[Word]:
    """Return the words of a text with the small words of the one grammar."""
    raw = [part for piece in pieces(text) for part in _parted(piece)]
    known = romance(code)
    found: list[Word] = []
    at = 0
    while at < len(raw):
        word, size = _taken(raw, at, known, found)
        if word:
            found.append(word)
        at += size
    return found


def _parted(piece: tuple[str, int, int]) -> list[tuple[str, int, int]]:
    """Part "l'outil" into its article and its noun."""
    low, start, end = piece
    found = _ELIDED.match(low)
    if not found:
        return [piece]
    cut = start + len(found[1]) + 1
    return [(found[1], start, cut), (found[2], cut, end)]


def _taken(raw: list[tuple[str, int, int]], at: int, known: Romance, before: list[Word]) -> tuple[Word | None, int]:
    low, start, end = raw[at]
    for size in range(min(known.longest.get(_head(low, known), 1), len(raw) - at), 1, -1):
        form = _joined([piece for piece, _, _ in raw[at : at + size]])
        made = _phrase(form, start, raw[at + size - 1][2], known)
        if made:
            return made, size
    if not low[0].isalpha():
        return Word(_figure(low), start, end, "n" if low[0].isdecimal() or low[0] == "_" else "p", UNKNOWN), 1
    small = _meant(raw, at, known)
    if small is not None:
        return (Word(small[0], start, end, "w", small[1]) if small[0] else None), 1
    return Word(low, start, end, "w", _tags(low, known, opens=not any(word.kind == "w" for word in before))), 1


def _head(low: str, known: Romance) -> str:
    return (
        low if low in known.longest else next((form for form in _bare(low, known.code) if form in known.longest), low)
    )


def _joined(parts: list[str]) -> str:
    return re.sub(r"\b([ldnscm]|qu) (?=\w)", r"\1'", " ".join(parts))


def _phrase(form: str, start: int, end: int, known: Romance) -> Word | None:
    if form in known.small:
        return Word(known.small[form], start, end, "w", _SMALL)
    tags = Tags(known.verbs.get(form, ()), _noun(form, known.code), known.marks.get(form, ()))
    return Word(form, start, end, "w", tags) if any(tags) else None


def _tags(low: str, known: Romance, *, opens: bool) -> Tags:
    """Return what is known of a word: a noun made of a verb counts as that verb only where it opens the text."""
    listed = known.verbs.get(low, ())
    verbs = tuple(one for one in listed if one[1] != "g" or opens)
    nouns = _noun(low, known.code)
    if opens and any(kind in "bg" for _, kind in verbs):
        nouns = ()
    elif nouns:
        verbs = ()
    return Tags(verbs, nouns or (() if verbs else _borrowed(low)), _marks(low, known.code))


def _borrowed(low: str) -> tuple[str, ...]:
    english = lexicon("en").entries
    return english.get(low, english.get(singular(low), UNKNOWN)).nouns


def _figure(low: str) -> str:
    """Return a number with a decimal point; "3.000" and "3 000" are three thousand."""
    low = re.sub("[\u00a0\u202f]", "", low)
    if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+", low):
        return low.replace(".", "")
    whole, _, rest = low.partition(",")
    return f"{whole.replace('.', '')}.{rest}{'0' if len(rest) == 3 else ''}" if rest.isdecimal() else low  # noqa: PLR2004


def _meant(raw: list[tuple[str, int, int]], at: int, known: Romance) -> tuple[str, Tags] | None:
    low, code = raw[at][0], known.code
    number = _number_next(raw, at)
    if (
        low in _FROM[code]
        and number
        and any(raw[later][0] in _TO[code] and _number_next(raw, later) for later in range(at + 2, len(raw)))
    ):
        return "from", _SMALL
    if low in _TO[code] and number:
        return "to", _SMALL
    if low in _BY[code] and number and at:
        return ("by" if not _is_place(raw, at) else "in"), _SMALL
    if low == _FOR[code] and _verb_next(raw, at, known):
        return "in order to", _PURPOSE
    if low == _THROUGH[code] and not number and not _is_period(raw, at):
        return "through", _MEANS
    small = known.small.get(low)
    return (small, _SMALL) if small else None


def _number_next(raw: list[tuple[str, int, int]], at: int) -> bool:
    for low, _, _ in raw[at + 1 : at + 4]:
        if low[0].isdecimal() or low[0] == "_":
            return True
        if low not in _BETWEEN:
            return False
    return False


def _is_place(raw: list[tuple[str, int, int]], at: int) -> bool:
    """Whether a number behind "en" or "de" is none that something changes by: no percent stands behind it."""
    return not any(low == "%" for low, _, _ in raw[at + 2 : at + 4])


def _verb_next(raw: list[tuple[str, int, int]], at: int, known: Romance) -> bool:
    return at + 1 < len(raw) and any(kind == "b" for _, kind in known.verbs.get(raw[at + 1][0], ()))


def _is_period(raw: list[tuple[str, int, int]], at: int) -> bool:
    return at + 1 < len(raw) and raw[at + 1][0] in _PERIODS


_PERIODS = word_set(
    "mois an jour semaine heure trimestre client personne équipe mes año día semana hora trimestre cliente persona "
    "equipo mês ano dia semana hora trimestre pessoa equipe"
)


def _knows(low: str, code: str) -> float:
    known = romance(code)
    parts = _ELIDED.match(low)
    if parts and code == "fr":
        return 1.0
    if low in known.small or low in known.verbs:
        return 1.0
    return 1.0 if _noun(low, code) or _marks(low, code) else 0.0


@cache
def tongue(code: str) -> Tongue:
    """Return French, Spanish or Portuguese."""
    return Tongue(
        code,
        lambda text: words(text, code),
        deadline_of(code),
        frozenset(entries(code, "months")),
        pairs("units", code),
        lambda low: _knows(low, code),
        lambda low: low.endswith(("s", "x")),
        trust=0.5,
    )
