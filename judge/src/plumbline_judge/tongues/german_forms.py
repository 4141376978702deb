"""The forms of German: verbs with their participles and parted prefixes, nouns without their endings, compounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from plumbline_judge.lexicon import UNKNOWN, Tags, entries, lexicon, singular, word_set
from plumbline_judge.shipped import names_in

_ENTRY = re.compile(r"^([^(\[]+?)\s*(?:\(([^)]*)\))?\s*(?:\[([^]]*)\])?$")
_FIXED = ("be", "ent", "er", "emp", "ge", "ver", "zer", "miss", "über", "unter", "wider", "hinter")
_HARD = re.compile(r"(?:[td]|[^aeiouäöülrhmn][mn])$")
_ENDINGS = ("", "n", "e", "s", "en", "es", "er", "ern", "nen", "innen", "ens", "em")
_UMLAUTS = {"ä": "a", "ö": "o", "ü": "u"}
_SHORTEST_HEAD = 4
_SHORTEST_LEAD = 3
_LINKS = word_set("s n en es er")
_NOUN_ROOMS = ("things", "outcomes", "people", "effort", "measure")
_OTHER_FILES = frozenset(("units", "small_words", "heads", "months"))
_ADJECTIVES = ("", "s", "n", "e", "er", "es", "en", "em", "ere", "eren", "erer", "eres", "erem")

Forms = dict[str, list[tuple[str, str]]]


class German(NamedTuple):
    """The lexicon by form; ``parted`` has finite verbs by their split-off prefix: ("ein", "führt")."""

    verbs: dict[str, tuple[tuple[str, str], ...]]
    nouns: dict[str, tuple[str, ...]]
    marks: dict[str, tuple[str, ...]]
    parted: dict[tuple[str, str], tuple[tuple[str, str], ...]]
    heads: dict[str, str]
    small: dict[str, str]
    longest: dict[str, int]


class _Verb(NamedTuple):
    """One line of a verb file, taken apart."""

    prefix: str
    base: str
    irregular: list[str]
    nouns: list[str]
    lead: str


@cache
def german() -> German:
    """Return the German lexicon, read once."""
    verbs: Forms = {}
    parted: dict[tuple[str, str], list[tuple[str, str]]] = {}
    nouns: dict[str, list[str]] = {}
    marks: dict[str, list[str]] = {}
    for name in _names():
        room = name.split("_", 1)[0]
        for entry in entries("de", name):
            if room == "verbs":
                _add_verb(_taken_apart(entry), name.removeprefix("verbs_"), verbs, parted)
            else:
                (nouns if room in _NOUN_ROOMS else marks).setdefault(entry, []).append(name)
    small, heads = pairs("small_words"), pairs("heads")
    return German(
        {form: tuple(dict.fromkeys(found)) for form, found in verbs.items()},
        {form: tuple(found) for form, found in nouns.items()},
        {form: tuple(found) for form, found in marks.items()},
        {place: tuple(dict.fromkeys(found)) for place, found in parted.items()},
        heads,
        small,
        longest_by_first([*verbs, *nouns, *marks, *small]),
    )


def _names() -> list[str]:
    return [name for name in names_in("lexicon", "de") if name not in _OTHER_FILES]


def pairs(name: str, language: str = "de") -> dict[str, str]:
    """Return a file of pairs: "von = of"."""
    return dict(re.split(r"\s+=\s+", line) for line in entries(language, name))


def longest_by_first(forms: list[str]) -> dict[str, int]:
    """Return for each first word of a phrase how many words the longest has."""
    found: dict[str, int] = {}
    for form in forms:
        words = form.split(" ")
        if len(words) > 1:
            found[words[0]] = max(found.get(words[0], 1), len(words))
    return found


def _taken_apart(entry: str) -> _Verb:
    found = _ENTRY.match(entry)
    assert found  # noqa: S101 - the files are ours
    lead, _, verb = found[1].rpartition(" ")
    prefix, _, base = verb.rpartition("|")
    irregular = re.split(r"\s*,\s*", found[2]) if found[2] else []
    nouns = re.split(r"\s*,\s*", found[3]) if found[3] else []
    return _Verb(prefix, base, irregular, nouns, f"{lead} " if lead else "")


def _stem(base: str) -> str:
    return base[:-2] if base.endswith("en") else base.removesuffix("n")


def _present(base: str) -> str:
    stem = _stem(base)
    return stem + ("et" if _HARD.search(stem) else "t")


def _participle(verb: _Verb) -> str:
    fixed = not verb.prefix and verb.base.startswith(_FIXED)
    inner = "" if fixed or verb.base.endswith("ieren") else "ge"
    return f"{verb.lead}{verb.prefix}{inner}{_present(verb.base)}"


def _noun(verb: _Verb) -> str:
    stem = _stem(verb.base)
    return f"{verb.prefix}{stem[:-2] + 'l' if stem.endswith('el') else stem}ung"


def _add_verb(verb: _Verb, group: str, verbs: Forms, parted: dict[tuple[str, str], list[tuple[str, str]]]) -> None:
    whole = f"{verb.lead}{verb.prefix}{verb.base}"
    made = [(whole, "b"), (verb.irregular[0] if verb.irregular else _participle(verb), "d")]
    finite = [_present(verb.base), *(form for form in verb.irregular[1:] if " " not in form)]
    if verb.prefix:
        made.append((f"{verb.prefix}zu{verb.base}", "b"))
        for form, kind in ((verb.base, "b"), *((one, "s") for one in finite)):
            parted.setdefault((verb.prefix, form), []).append((group, kind))
    elif not verb.lead:
        made += [(form, "s") for form in finite]
        made.append((f"{_stem(verb.base)}e", "i"))
    if not verb.lead:
        made.append((_noun(verb), "g"))
    made += [(noun, "g") for noun in verb.nouns]
    for form, kind in made:
        verbs.setdefault(form, []).append((group, kind))


@lru_cache(maxsize=1024)
def noun_groups(low: str) -> tuple[str, ...]:
    """Return the groups of a noun in any ending, or of the longest known last part of a compound."""
    known = german()
    return listed_noun(low) or _by_hyphen(low) or _by_head(low, known) or _borrowed(low)


@lru_cache(maxsize=1024)
def is_plural(low: str) -> bool:
    """Whether a noun stands in the plural as far as its ending shows: "Berichte", "Kundinnen", not "Bericht"."""
    nouns = german().nouns
    for at in range(len(low) - 2):
        if any(form in nouns for form in bare(low[at:])):
            return low[at:] not in nouns and not low.endswith("es")
    return False


def compound(low: str) -> bool:
    """Whether the last part of a word is a German noun."""
    return len(low) > 2 * _SHORTEST_HEAD and bool(_by_head(low, german()))


def bare(low: str, endings: tuple[str, ...] = _ENDINGS) -> Iterator[str]:
    """Return what a word may be without its ending, with and without its umlaut."""
    for ending in endings:
        if not low.endswith(ending) or len(low) - len(ending) < 2:  # noqa: PLR2004
            continue
        stem = low[: len(low) - len(ending)] if ending else low
        yield stem
        for at in range(len(stem) - 1, -1, -1):
            if stem[at] in _UMLAUTS:
                yield stem[:at] + _UMLAUTS[stem[at]] + stem[at + 1 :]
                break


def listed_noun(low: str) -> tuple[str, ...]:
    """Return the groups of a noun that is listed, in any ending."""
    nouns = german().nouns
    return next((nouns[form] for form in bare(low) if form in nouns), ())


def _by_hyphen(low: str) -> tuple[str, ...]:
    if "-" not in low and "/" not in low:
        return ()
    return noun_groups(re.split(r"[-/]", low)[-1])


def _by_head(low: str, known: German) -> tuple[str, ...]:
    for at in range(_SHORTEST_LEAD, len(low) - _SHORTEST_HEAD + 1):
        head = low[at:]
        listed = listed_noun(head)
        if listed:
            short = next((known.heads[form] for form in bare(head) if form in known.heads), "")
            return (short,) if short else listed
        for form in bare(head):
            if form in known.heads:
                return (known.heads[form],)
    return ()


def _borrowed(low: str) -> tuple[str, ...]:
    """Return the groups of an English noun: "Traffic", "Leads"."""
    english = lexicon("en").entries
    return english.get(low, english.get(singular(low), UNKNOWN)).nouns


@lru_cache(maxsize=1024)
def mark_names(low: str) -> tuple[str, ...]:
    """Return the lists of qualities, states and remarks that a word stands in, whatever its ending."""
    marks = german().marks
    return next((marks[form] for form in bare(low, _ADJECTIVES) if form in marks), ())


@lru_cache(maxsize=1024)
def split_change(low: str) -> int:
    """Return where a compound parts into what changes and how: "Kosten|senkung", else 0."""
    verbs = german().verbs
    for at in range(_SHORTEST_LEAD, len(low) - _SHORTEST_HEAD):
        groups = verbs.get(low[at:], ())
        if any(form == "g" for _, form in groups):
            return at if _known_lead(low[:at]) else 0
    return 0


def _known_lead(lead: str) -> bool:
    return bool(listed_noun(lead)) or any(
        lead.endswith(link) and listed_noun(lead.removesuffix(link)) for link in _LINKS
    )


def lead_groups(lead: str) -> tuple[str, ...]:
    """Return the groups of the first part of a compound, with or without its link."""
    found = noun_groups(lead)
    return found or next((noun_groups(lead.removesuffix(link)) for link in _LINKS if lead.endswith(link)), ())


def tags_of(low: str, *, noun: bool, verb: bool) -> Tags:
    """Return what the lexicon knows of a word as a noun, as a verb or as both."""
    known = german()
    verbs = known.verbs.get(low, ()) if verb else ()
    if verbs and any(form == "i" for _, form in verbs):
        verbs = tuple((group, "b" if form == "i" else form) for group, form in verbs)
    nouns = noun_groups(low) if noun else ()
    return Tags(verbs, nouns, mark_names(low))
