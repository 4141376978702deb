"""Named features of a statement: each a plain claim about what stands where, with its words."""

from __future__ import annotations

from typing import NamedTuple

from plumbline_judge.figures import Figure
from plumbline_judge.measure import before, bound, trend, usable
from plumbline_judge.metric import counted
from plumbline_judge.statement import DETERMINERS, Phrase, Statement, phrase, through_of
from plumbline_judge.words import Word

_SKIPPED = frozenset(
    ["we", "will", "to", "the", "team", "shall", "our", "i", "they", "should", "have", "has", "had", "been", "be", "ensure", "that", "all", "fully", "also"]
)
_FAMILY = {
    "software": "thing", "of_quality_inside": "thing", "written": "thing", "planned": "thing", "held": "thing",
    "behaviour": "effect", "feeling": "effect", "money": "effect", "sales": "effect", "performance": "effect",
    "attention": "effect", "of_people": "effect", "outside": "who", "inside": "staff", "words": "",
}  # fmt: skip
_DOING = frozenset(["making", "holding", "deciding", "studying", "finishing", "supporting", "teaching", "learning"])
_ACTION = {
    **dict.fromkeys(_DOING, "do"), "increasing": "move", "decreasing": "move", "improving": "improve",
    "reaching": "reach", "gaining": "gain", "keeping": "keep", "spending": "spend", "of_others": "others",
}  # fmt: skip
_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "feels", "feel", "become", "becomes", "remains", "remain"])
_COPULA = _BE | frozenset(("has", "have", "get", "gets", "got"))


class Found(NamedTuple):
    """Features by name, each with the words (first, end) that carry it."""

    places: dict[str, tuple[int, int]]

    def note(self, name: str, first: int, end: int) -> None:
        """Keep a feature with the first place where it stands."""
        self.places.setdefault(name, (first, end))


def kind(group: str) -> str:
    """Return the short name of a noun group: ``things_software`` is ``software``."""
    return group.split("_", 1)[1] if not group.startswith(("effort", "measure")) else group.split("_", 1)[0]


def families(word: Word) -> set[str]:
    """Return what a noun may stand for: thing, effect, who, staff, effort, measure."""
    return {_FAMILY.get(kind(group), kind(group)) for group in word.tags.nouns}


def family(word: Word) -> str:
    """Return one name for what a noun stands for; a word in two families names both."""
    return "+".join(sorted(families(word))) or "unknown"


def features(statement: Statement) -> Found:
    """Return all features of a statement."""
    found = Found({})
    if not statement.words:
        return found
    lead = _lead(statement, found)
    _joined(statement, found, lead)
    _numbers(statement, found)
    _actors(statement, found)
    _zone_words(statement, found)
    _shape(statement, found)
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
    for group in word.verb(form):
        found.note(f"verb:{group}:{form}", at, at + 1)
        found.note(f"act:{_ACTION.get(group, group)}", at, at + 1)
    _object(statement, found, at, "object")
    return at


def opening(statement: Statement) -> int:
    """Return the position of the first word that says something."""
    at = 0
    while at < len(statement.words) and _skippable(statement, at):
        at += 1
    return at


def _skippable(statement: Statement, at: int) -> bool:
    word = statement.words[at]
    if word.kind == "p" and word.low not in "$€£<>≥≤":
        return True
    if statement.deadline and statement.deadline.start <= word.start < statement.deadline.end:
        return True
    return word.low in _SKIPPED or (word.low.endswith("ly") and not word.tags.nouns and len(word.low) > 4)  # noqa: PLR2004


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
    acts = {_ACTION.get(group, group) for group in statement.words[verb].verb("bdg")}
    for place in through_of(statement, target):
        _note_phrase(statement, found, role, place)
        for act in acts:
            found.note(f"{act}>{family(statement.words[place.head])}", place.first, place.end)


def _note_phrase(statement: Statement, found: Found, role: str, place: Phrase) -> None:
    head = statement.words[place.head]
    for group in head.tags.nouns:
        found.note(f"{role}:{kind(group)}", place.first, place.end)
    if not head.tags.nouns:
        found.note(f"{role}:unknown", place.head, place.head + 1)
    for at in range(place.first, place.head):
        for name in families(statement.words[at]):
            found.note(f"{role}+:{name}", at, at + 1)


def _joined(statement: Statement, found: Found, lead: int) -> None:
    """Note verbs that are joined to the first: "Launch it and gain 500 sign-ups"."""
    for at in range(max(lead, 0) + 1, len(statement.words)):
        word = statement.words[at]
        if statement.zones[at] != "main" or statement.low(at - 1) not in ("and", ",", ";", "&", "then", "/", "."):
            continue
        if word.verb("b") and not _noun_here(statement, at):
            for group in word.verb("b"):
                found.note(f"also:{_ACTION.get(group, group)}", at, at + 1)
            _object(statement, found, at, "also_object")


def _numbers(statement: Statement, found: Found) -> None:
    """Note what each number counts, and how it is set against others."""
    verb = trend(statement)
    for figure in usable(statement):
        zone = statement.zones[figure.first]
        place = (figure.first, figure.last + 1)
        if zone in ("means", "purpose"):
            continue
        role = {"main": "counts", "ends": "ends_counts", "with": "with_counts"}.get(zone, "near_counts")
        _counted(statement, found, figure, role)
        found.note(f"figure:{figure.kind}", *place)
        if bound(statement, figure):
            found.note("figure:bound", *place)
        if before(statement, figure) == "by" and verb:
            found.note("figure:by", *place)
        if before(statement, figure) in ("from", "→"):
            found.note("figure:from", *place)


def _counted(statement: Statement, found: Found, figure: Figure, role: str) -> None:
    first = counted(statement, figure)
    if not first:
        return
    of = "share_" if figure.kind == "percent" else ""
    for place in through_of(statement, first)[:2]:
        head = statement.words[place.head]
        for group in head.tags.nouns or ("x_unknown",):
            found.note(f"{of}{role}:{kind(group)}", figure.first, place.end)
        found.note(f"{of}{role}:{family(head)}!", figure.first, place.end)


def _actors(statement: Statement, found: Found) -> None:
    """Note who does what: people who act, things that are done, what somebody or something is."""
    for at, word in enumerate(statement.words):
        zone = statement.zones[at]
        if zone in ("means", "aside"):
            continue
        tail = "" if zone in ("main", "ends") else f"@{zone}"
        named = families(word)
        if named and ("who" in named or "staff" in named):
            _people_act(statement, found, at, tail)
        if word.low in _COPULA:
            _is_something(statement, found, at, tail)
        elif word.verb("d") and not word.verb("b") and not word.tags.nouns and at:
            _done(statement, found, at, tail)


def _people_act(statement: Statement, found: Found, at: int, tail: str) -> None:
    step = at + 1
    while statement.low(step) in ("who", "that", "can", "to", "are", "is", "will", "have", "has", "and", "also", "be"):
        step += 1
    if step >= len(statement.words) or step > at + 4:
        return
    word = statement.words[step]
    passive = statement.low(step - 1) in ("are", "is", "be") and bool(word.verb("d"))
    staff = "staff" in families(statement.words[at])
    who = "staff" if staff else "people"
    for group in word.verb("bsg") if not passive else word.verb("d"):
        if _is_verb_here(statement, step):
            act = _ACTION.get(group, group)
            found.note(f"{who}_{'are' if passive else 'will'}:{act}{tail}", at, step + 1)


def _is_verb_here(statement: Statement, at: int) -> bool:
    word = statement.words[at]
    if not word.tags.nouns:
        return True
    following = statement.low(at + 1)
    return (
        following in DETERMINERS
        or following in ("it", "us", "to", "at", "with")
        or statement.low(at - 1) in ("who", "that", "can")
    )


def _is_something(statement: Statement, found: Found, at: int, tail: str) -> None:
    step = at + 1
    while statement.low(step) in ("not", "fully", "more", "very", "been", "being", "now", "a", "the") or (
        statement.low(step).endswith("ly") and step < len(statement.words)
    ):
        step += 1
    if step >= len(statement.words):
        return
    word = statement.words[step]
    if "qualities" in word.tags.marks:
        found.note(f"is:quality{tail}", at, step + 1)
    if "states_of_done" in word.tags.marks:
        found.note(f"is:done{tail}", at, step + 1)
    for group in word.verb("d"):
        found.note(f"is_verb:{_ACTION.get(group, group)}{tail}", at, step + 1)


def _done(statement: Statement, found: Found, at: int, tail: str) -> None:
    """Note work that is said to be done behind its object: "roadmap agreed", "10 components open-sourced"."""
    before_it = statement.words[at - 1]
    if before_it.low in _COPULA or before_it.kind == "p":
        return
    for group in statement.words[at].verb("d"):
        found.note(f"done:{_ACTION.get(group, group)}{tail}", at, at + 1)
        for name in families(before_it):
            found.note(f"done:{name}>{_ACTION.get(group, group)}", at - 1, at + 1)


def _zone_words(statement: Statement, found: Found) -> None:
    for at, word in enumerate(statement.words):
        zone = statement.zones[at]
        if zone in ("means", "aside"):
            continue
        for group in word.tags.nouns:
            name = kind(group)
            found.note(f"says:{name}" if zone == "main" else f"{zone}:{_FAMILY.get(name) or name}", at, at + 1)
        if "qualities" in word.tags.marks:
            found.note(f"quality:{zone}", at, at + 1)
        if "vague_words" in word.tags.marks:
            found.note("vague", at, at + 1)


def _shape(statement: Statement, found: Found) -> None:
    size = len(statement.words)
    if not any(figure.kind != "name" for figure in statement.figures):
        found.note("no_number", 0, 0)
    if size <= 4:  # noqa: PLR2004
        found.note("short", 0, 0)
    if size > 24:  # noqa: PLR2004
        found.note("long", 0, 0)
    for zone in ("ends", "with", "purpose", "relative"):
        if zone in statement.zones:
            found.note(f"has:{zone}", 0, 0)
