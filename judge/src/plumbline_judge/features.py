"""Named features of a statement: each a plain claim about what stands where, with its words."""

from __future__ import annotations

from functools import lru_cache

from plumbline_judge.actors import note_actors, note_predicate
from plumbline_judge.clauses import note_clauses
from plumbline_judge.figures import Figure
from plumbline_judge.found import ACTION, FAMILY, Found, each_family, family, kind, opening, ours, telling
from plumbline_judge.measure import before, bound, trend, usable
from plumbline_judge.metric import counted
from plumbline_judge.sizes import note_sizes
from plumbline_judge.statement import Phrase, Statement, phrase, through_of

_EXTREMES = (0, 100)
_CLAIMED = ("main", "ends", "with")
_NOT_CLAIMED = frozenset(("means", "purpose", "aside"))
_BEHIND = frozenset(("ends", "with", "relative"))
_TELLING_FAMILIES = frozenset(("thing", "effect", "who", "staff", "effort"))
_NO: frozenset[str] = frozenset()
_ROLES = {"main": "counts", "ends": "ends_counts", "with": "with_counts"}
_JOINTS = frozenset(("and", ",", ";", "&", "then", "/", "."))


def features(statement: Statement) -> Found:
    """Return all features of a statement."""
    found = Found({})
    if not statement.words:
        return found
    lead = _lead(statement, found)
    _joined(statement, found, lead)
    _numbers(statement, found)
    note_sizes(statement, found)
    note_actors(statement, found)
    note_predicate(statement, found)
    note_clauses(statement, found)
    _zone_words(statement, found)
    _shape(statement, found)
    _together(statement, found)
    return found


def _lead(statement: Statement, found: Found) -> int:
    """Note the verb that opens the sentence and its object; return the verb's position or -1."""
    at = opening(statement)
    if at >= len(statement.words):
        return -1
    word = statement.words[at]
    if word.kind == "n" or word.low in "$€£<>≥≤":
        found.note("opens:number", at, at + 1)
        return -1
    form = "b" if word.verb("b") else "g" if word.verb("g") else "d" if word.verb("d") else ""
    if not form or (form != "b" and word.tags.nouns) or _noun_here(statement, at):
        _subject(statement, found, at)
        return -1
    for group in ours(word, form):
        found.note(f"verb:{group}:{form}", at, at + 1)
        found.note(f"act:{ACTION.get(group, group)}", at, at + 1)
    _object(statement, found, at, "object")
    return at


def _noun_here(statement: Statement, at: int) -> bool:
    """Whether a word that could open as a verb is a noun: "Test coverage of 80 %", "Use of the app"."""
    word, following = statement.words[at], statement.low(at + 1)
    if not word.tags.nouns:
        return False
    if not following or following in ("of", "is", "are", "at", "per", "has", "from", "to", "rate", "in", "by", "and"):
        return True
    after = statement.words[at + 1]
    return bool(after.verb("ds")) and not after.tags.nouns and not after.verb("b")


def _subject(statement: Statement, found: Found, at: int) -> None:
    subject = phrase(statement, at)
    if not subject:
        return
    for place in through_of(statement, subject):
        _note_phrase(statement, found, "subject", place)
    found.note("act:none", at, at + 1)


def _object(statement: Statement, found: Found, verb: int, role: str) -> None:
    target = phrase(statement, verb + 1)
    if not target:
        return
    acts = dict.fromkeys([ACTION.get(group, group) for group in ours(statement.words[verb], "bdg")])
    for place in through_of(statement, target):
        _note_phrase(statement, found, role, place)
        _note_doers(statement, found, place, role)
        for act in acts if telling(statement, place).tags.nouns else ():
            found.note(f"{act}>{family(telling(statement, place))}", place.first, place.end)


def _note_doers(statement: Statement, found: Found, place: Phrase, role: str) -> None:
    """Note that those who are counted do something: "the number of schools offering lessons"."""
    if place.end >= len(statement.words) or statement.low(place.first - 1) != "of":
        return
    word = statement.words[place.end]
    doing = "who" if word.low in ("that", "who") else next((form for form in "gd" if word.verb(form)), "")
    if doing:
        found.note(f"{role}_of_those:{doing}", place.first, place.end + 1)


def _note_phrase(statement: Statement, found: Found, role: str, place: Phrase) -> None:
    head = telling(statement, place)
    for group in head.tags.nouns:
        found.note(f"{role}:{kind(group)}", place.first, place.end)
    for at in range(place.first, place.head):
        for name in each_family(statement.words[at]):
            found.note(f"{role}+:{name}", at, at + 1)


def _joined(statement: Statement, found: Found, lead: int) -> None:
    """Note verbs that are joined to the first: "Launch it and gain 500 sign-ups"."""
    words, zones = statement.words, statement.zones
    for at in range(max(lead, 0) + 1, len(words)):
        word = words[at]
        if not word.tags.verbs or zones[at] != "main" or words[at - 1].low not in _JOINTS:
            continue
        if word.verb("b") and not _noun_here(statement, at):
            for group in ours(word, "b"):
                found.note(f"also:{ACTION.get(group, group)}", at, at + 1)
            _object(statement, found, at, "also_object")


def _numbers(statement: Statement, found: Found) -> None:
    """Note what each number counts, and how it is set against others."""
    verb = trend(statement)
    for figure in usable(statement):
        zone = statement.zones[figure.first]
        if zone in ("means", "purpose"):
            continue
        role = _ROLES.get(zone, "near_counts")
        _counted(statement, found, figure, role)
        place = (figure.first, figure.last + 1)
        found.note(f"{role}:{figure.kind}", *place)
        for name in _manners(statement, figure, verb):
            found.note(f"figure:{name}", *place)
        if bound(statement, figure):
            found.note(f"bound:{figure.kind}", *place)
            _counted(statement, found, figure, "bound")


def _manners(statement: Statement, figure: Figure, verb: str) -> list[str]:
    """Return how a number is given: its kind, all or nothing, by how much, from where, among the first."""
    ahead, of_kind = before(statement, figure), figure.kind
    manners = [of_kind]
    if of_kind in ("percent", "count") and figure.value in _EXTREMES:
        manners.append(f"{of_kind}:{figure.value}")
    if of_kind == "rank" and statement.low(figure.first - 2) in ("the", "in", "among"):
        manners.append("in_the_top")
    if ahead == "by" and verb:
        manners.append("by")
    if ahead in ("from", "→"):
        manners.append("from")
    return manners


def _counted(statement: Statement, found: Found, figure: Figure, role: str) -> None:
    first = counted(statement, figure)
    if not first:
        return
    of = "share_" if figure.kind == "percent" else ""
    for place in through_of(statement, first)[:2]:
        head = telling(statement, place)
        for group in head.tags.nouns:
            found.note(f"{of}{role}:{kind(group)}", figure.first, place.end)
        if head.tags.nouns:
            found.note(f"{of}{role}:{family(head)}!", figure.first, place.end)


def _zone_words(statement: Statement, found: Found) -> None:
    words, zones = statement.words, statement.zones
    for at, word in enumerate(words):
        zone = zones[at]
        if zone in _NOT_CLAIMED:
            continue
        tags = word.tags
        if word.low == "per" and at + 1 < len(words):
            found.note(f"per:{family(words[at + 1])}", at, at + 2)
        for group in tags.nouns:
            name = kind(group)
            found.note(f"says:{name}" if zone == "main" else f"{zone}:{FAMILY.get(name) or name}", at, at + 1)
        if tags.marks and "qualities" in tags.marks:
            _quality(statement, found, at, zone)


def _quality(statement: Statement, found: Found, at: int, zone: str) -> None:
    """Note what a quality is said of: "usable implementation" or "happy customers"."""
    described = phrase(statement, at + 1) if at + 1 < len(statement.words) else None
    near = described is not None and described.first == at + 1
    of = family(statement.words[described.head]) if described and near else "unknown"
    of = of if of != "unknown" else "alone"
    found.note(f"quality>{of}" if zone in ("main", "ends") else f"quality:{zone}", at, at + 1)
    if of == "alone" and zone == "main" and _made(statement, at):
        found.note("made:quality", at, at + 1)


def _made(statement: Statement, at: int) -> bool:
    return any(word.low in ("make", "makes", "keep") for word in statement.words[:at])


def _shape(statement: Statement, found: Found) -> None:
    for zone in ("ends", "with", "relative"):
        if zone in statement.zones:
            found.note(f"has:{zone}", 0, 0)


def _together(statement: Statement, found: Found) -> None:
    """Note what stands together: the kind of verb, what it is about, and the kind of number."""
    zones, usable_here = statement.zones, usable(statement)
    kinds = {one.kind for one in usable_here if zones[one.first] in _CLAIMED} if usable_here else _NO
    behind = {zones[one.first] for one in usable_here} & _BEHIND if usable_here else _NO
    for zone in sorted(behind):
        for group in ("effect", "who", "staff", "thing"):
            if f"{zone}:{group}" in found.places or f"{zone}_counts:{group}!" in found.places:
                found.note(f"{zone} measures {group}", 0, 0)
    acts = tuple([name for name in found.places if name[:4] == "act:"])
    said = tuple([name for name in found.places if name[:5] == "says:"])
    for name in _combined(acts, said, frozenset(kinds)):
        found.note(name, 0, 0)


@lru_cache(maxsize=512)
def _combined(acts: tuple[str, ...], said: tuple[str, ...], figures: frozenset[str]) -> tuple[str, ...]:
    """Return the names of all that stands together."""
    kinds = sorted(figures) or ["no"]
    families_said = {FAMILY.get(name[5:], name[5:]) for name in said}
    about = "+".join(sorted(families_said & _TELLING_FAMILIES)) or "nothing"
    names: list[str] = []
    for act in [name[4:] for name in acts] or ["number"]:
        names.append(f"{act}|{about}")
        for one in kinds:
            names += (f"{act}|{one}", f"{act}|{about}|{one}")
    return (*names, *(f"{about}|{one}" for one in kinds))
