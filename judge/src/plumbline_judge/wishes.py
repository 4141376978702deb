"""Make a number of what somebody wishes for: "Readers believe what we print" says who is to do what.

Where the library knows nothing near, the share of those who do it is nearer than any metric of another subject.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from plumbline_judge.found import families
from plumbline_judge.lexicon import lexicon, singular, word_set
from plumbline_judge.library import Metric
from plumbline_judge.words import Word, words

_ALL = word_set("everybody everyone anybody anyone others")
_EACH = frozenset(("every", "each"))
_NONE = frozenset(("nobody", "no one", "none"))
_GROUPS = word_set(
    "team department company firm business office branch school hospital shop store restaurant organisation "
    "organization supplier group agency bank district club"
)
_DROPPED = word_set("the all more most")
_NOT = frozenset(("never", "no longer", "not", "hardly", "rarely", "seldom"))
_HELPING = word_set("can could are have do will may must should")
_SAID_ALONE = _HELPING | word_set("is has does no")
_THIRD = {"is": "are", "has": "have", "does": "do", "goes": "go", "was": "were"}
_MANY = {"child": "children", "person": "people", "woman": "women", "man": "men"}
_PLURAL = frozenset(("people", "children", "women", "men", "staff", *_MANY.values()))
_MOVING = frozenset(("increasing", "decreasing", "improving", "reaching"))
_WITH = word_set("with of from in at on without")
_KINDLY = frozenset(("new", "good", "old", "more"))
_BESIDES = word_set("just also still always really simply often only rarely even")
_AFTER_NAME = _WITH | _NOT | _BESIDES | {"no"}
#: What people do every day, beside what the lexicon has as doing of others.
_EVERYDAY = word_set(
    "answer appear arrive ask avoid begin believe belong borrow breathe bring build call carry catch cause change "
    "close come continue cook cross decide deliver depend do drink drive eat end enjoy enter explain fall fear feel "
    "fit fix follow forget get give go grow happen hear help hold hope hurt jump keep know laugh learn leave let "
    "lie listen live look lose make mend miss move name notice obey open order park participate plan play print "
    "raise reach read recover rely remain remember repair reply rest return ride run save see send share sing sit "
    "sleep slip smile solve speak spend stand start stay stop study suffer swim take talk teach tell think throw "
    "touch train travel trust turn understand use vote wait wake walk want wash waste watch win wish work worry "
    "write"
)
_TOKEN_SHORTEST = 2
_MOST_WORDS = 14
_MOST_OF_A_NAME = 4
_CUT = re.compile(r"[.,;:!?–—(]|\s-\s|\s(?:because(?! of)|although|while we|so that)\s")


class Wish(NamedTuple):
    """Who is to do what: ``who`` in the plural, ``what`` as it follows "who"; ``is_good`` unless it is to end."""

    who: str
    are_people: bool
    what: str
    is_good: bool
    is_rare: bool = False


@lru_cache(maxsize=256)
def wished(text: str) -> Metric | None:
    """Return a metric of what a clause wishes for somebody; None where it says so of nobody, or with a number."""
    said = _CUT.split(text.strip(), maxsplit=1)[0]
    found = words(said, lexicon("en"))
    if not found or len(found) > _MOST_WORDS or any(word.kind != "w" for word in found):
        return None
    wish = _wish(said, found)
    return _metric(wish) if wish else None


def _metric(wish: Wish) -> Metric:
    link = "who" if wish.are_people else "that"
    group = f"{wish.who} {link} {wish.what}"
    way, direction = ("Raise", "increase") if wish.is_good else ("Cut", "decrease")
    if wish.is_rare:
        sentence, unit = f"{way} the number of {group} from ___ to ___ a quarter", "count"
    else:
        sentence, unit = f"{way} the share of {group} from ___ % to ___ %", "percent"
    name = group[:1].upper() + group[1:]
    return Metric(
        "", (name, unit, direction, "monthly", "behaviour"), {"en": [sentence], "de": [f"{name} | {sentence}"]}
    )


def _wish(said: str, found: list[Word]) -> Wish | None:
    first = found[0].low
    if first in _NONE or first in ("no", "fewer"):
        return _unwished(said, found)
    if first in _ALL or first in _EACH:
        return _for_each(said, found)
    return _for_many(said, found)


def _unwished(said: str, found: list[Word]) -> Wish | None:
    """Read "Nobody waits for us", "No child is hurt in a fire", "Fewer customers slip into debt"."""
    if found[0].low == "fewer":
        wish = _for_many(said, found[1:])
        return wish._replace(is_good=not wish.is_good) if wish else None
    at = 1 if found[0].low != "no" else _verb_after_one(found, 1)
    if not at or at >= len(found) or not _is_verb(found[at], "s"):
        return None
    who = _in_plural(said, found[1:at]) if found[0].low == "no" else "people"
    what = f"{_base(found[at].low)}{said[found[at].end :]}"
    return Wish(who, _are_people(found[1:at]) or who == "people", what, is_good=False, is_rare=True) if who else None


def _for_each(said: str, found: list[Word]) -> Wish | None:
    """Read "Everybody gets to work unaided", "Every child reads at eight"."""
    one = found[0].low in _EACH
    at = _verb_after_one(found, 1) if one else 1
    if not at or at >= len(found) or not _is_verb(found[at], "bs"):
        return None
    who = _in_plural(said, found[1:at]) if one else "people"
    if found[at].low in _NOT or not who:
        return None
    what = f"{_base(found[at].low)}{said[found[at].end :]}"
    return Wish(who, not one or _are_people(found[1:at]), what, is_good=True)


def _for_many(said: str, found: list[Word]) -> Wish | None:
    """Read "Readers believe what we print", "Customers never notice our outages"."""
    first = 1 if found[0].low in _DROPPED else 0
    head = _head(found, first + (first < len(found) and found[first].low == "our"))
    if head < 0:
        return None
    at = _verb_after_many(found, head)
    if at < 0:
        return None
    is_good = found[at].low not in _NOT and not _is_no_longer(found, at)
    verb = at if is_good else at + (2 if found[at].low == "no" else 1)
    if verb >= len(found) or not _is_verb(found[verb], "b") or _only_moves(found[verb]):
        return None
    last = next(place for place in range(at - 1, head - 1, -1) if found[place].low not in _BESIDES)
    who = said[found[first].start : found[last].end]
    return Wish(_small(who), _are_people(found[first : head + 1]), said[found[verb].start :].strip(), is_good)


def _is_no_longer(found: list[Word], at: int) -> bool:
    return found[at].low == "no" and at + 1 < len(found) and found[at + 1].low == "longer"


def _head(found: list[Word], first: int) -> int:
    """Return where the plural noun stands that opens the clause, or -1."""
    for at in range(first, min(first + _MOST_OF_A_NAME, len(found))):
        word = found[at]
        if word.low in _SAID_ALONE:
            return -1
        many = word.low in _PLURAL or (word.low.endswith("s") and not word.low.endswith(("ss", "us", "is", "'s")))
        if many and (not word.verb("b") or word.tags.nouns) and _ends_name(found, at):
            return at
        if ("stopwords" in word.tags.marks and word.low not in _KINDLY) or (
            at == first and word.verb("b") and not word.tags.nouns
        ):
            return -1
    return -1


def _ends_name(found: list[Word], at: int) -> bool:
    following = found[at + 1] if at + 1 < len(found) else None
    if following is None:
        return False
    return following.low in _AFTER_NAME or _is_verb(following, "b")


def _verb_after_many(found: list[Word], head: int) -> int:
    """Return where the verb (or "never") stands behind the people, past what describes them: "with allergies"."""
    at = head + 1
    if found[at].low in _WITH:
        at = next((place for place in range(at + 2, min(at + 5, len(found))) if _is_verb(found[place], "b")), -1)
    while 0 < at < len(found) and found[at].low in _BESIDES:
        at += 1
    return at if 0 < at < len(found) else -1


def _verb_after_one(found: list[Word], first: int) -> int:
    """Return where the verb stands behind a noun in the singular, or 0."""
    for at in range(first + 1, min(first + _MOST_OF_A_NAME, len(found))):
        if _is_verb(found[at], "s"):
            return at
    return 0


def _is_verb(word: Word, forms: str) -> bool:
    base = _base(word.low) if "s" in forms else word.low
    if word.low in _SAID_ALONE or word.low in _NOT:
        return True
    return bool(word.verb(forms)) or base.split(" ")[0] in _EVERYDAY or (base != word.low and base in _EVERYDAY)


def _only_moves(word: Word) -> bool:
    """Whether a verb only says that a number goes up or down: "Sales grow"."""
    groups = word.verb("b")
    return bool(groups) and set(groups) <= _MOVING


def _are_people(found: list[Word]) -> bool:
    """Whether somebody is meant and no group of them: "readers" and "children", not "teams" or "branches"."""
    last = next((word for word in reversed(found) if word.low not in _WITH), None)
    if last is None or not _GROUPS.isdisjoint(_singulars(last.low)):
        return False
    return last.low in _PLURAL or bool({"who", "staff"} & families(last))


def _singulars(low: str) -> tuple[str, str]:
    word = low.rsplit(" ", 1)[-1]
    return singular(word), word.removesuffix("es")


def _in_plural(said: str, found: list[Word]) -> str:
    if not found:
        return ""
    last = found[-1].low
    many = _MANY.get(last) or (f"{last[:-1]}ies" if last.endswith("y") and last[-2:-1] not in "aeiou" else f"{last}s")
    before = said[found[0].start : found[-1].start]
    return _small(f"{before}{many}")


def _base(low: str) -> str:
    """Return the form of a verb that follows "they"."""
    first, space, rest = low.partition(" ")
    if first in _THIRD:
        return f"{_THIRD[first]}{space}{rest}"
    if len(first) <= _TOKEN_SHORTEST or not first.endswith("s") or first.endswith("ss"):
        return low
    if first.endswith("ies"):
        stem = f"{first[:-3]}y"
    elif first.endswith(("shes", "ches", "sses", "xes", "zes")):
        stem = first[:-2]
    else:
        stem = first[:-1]
    return f"{stem}{space}{rest}"


def _small(said: str) -> str:
    return said[:1].lower() + said[1:] if said[1:2].islower() or said[1:2] == " " else said
