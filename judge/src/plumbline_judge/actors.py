"""Note who does what: people who act, things that are done, what somebody or something is."""

from __future__ import annotations

from plumbline_judge.found import ACTION, Found, each_family, families, opening
from plumbline_judge.lexicon import word_set
from plumbline_judge.measure import usable
from plumbline_judge.statement import DETERMINERS, STOPS, Statement, phrase

_BE = word_set("is are was were be been being feels feel become becomes remains remain")
_SUBJECT_LEADS = word_set("of all our the every each most new more many no so that and when some any")
_AUXILIARIES = word_set("have has had are is be been being will that who can fully also to now")
_SAID_OF = frozenset(("qualities", "states_of_done"))
_FILLERS = word_set("not fully more very been being now a the")
_NOT_CLAIMED = frozenset(("means", "purpose", "aside"))
_ACTING = frozenset(("who", "staff"))
_LINKS = word_set("who that can to are is will have has be")
_TAILS = {"with": "@with", "relative": "@relative"}
_COPULA = _BE | frozenset(("has", "have", "get", "gets", "got"))


def note_actors(statement: Statement, found: Found) -> None:
    """Note who does what: people who act, things that are done, what somebody or something is."""
    zones = statement.zones
    for at, word in enumerate(statement.words):
        zone = zones[at]
        if zone in _NOT_CLAIMED:
            continue
        tags = word.tags
        if tags.nouns and not _ACTING.isdisjoint(families(word)):
            _people_act(statement, found, at, _TAILS.get(zone, ""))
        if word.low in _COPULA:
            _is_something(statement, found, at, _TAILS.get(zone, ""))
        elif tags.verbs and not tags.nouns and at and tags.doing("d") and not tags.doing("b"):
            _done(statement, found, at, _TAILS.get(zone, ""))


def note_predicate(statement: Statement, found: Found) -> None:
    """Note what a share of something, or all of it, does or has done to it: "100 % of invoices are checked"."""
    at = opening(statement)
    share = next((one for one in usable(statement) if one.first == at and one.kind == "percent"), None)
    everything = statement.low(at - 1) in ("all", "every", "each") or statement.low(at) in ("every", "each")
    if not share and not everything:
        return
    subject = phrase(statement, share.last + 1 if share else at)
    step = subject.end if subject else at + 1
    if share and share.last + 1 < len(statement.words) and _bare_verb(statement, share.last + 1):
        step = share.last + 1
    while statement.low(step) in _AUXILIARIES:
        step += 1
    if step < len(statement.words):
        name = "share" if share else "all"
        for group in statement.words[step].verb("bsd"):
            found.note(f"{name}_does:{ACTION.get(group, group)}", step, step + 1)
        found.note(f"{name}_does", step, step + 1)


def _bare_verb(statement: Statement, at: int) -> bool:
    word = statement.words[at]
    return bool(word.verb("bs")) and not word.tags.nouns


def _people_act(statement: Statement, found: Found, at: int, tail: str) -> None:
    step = at + 1
    words = statement.words
    while step < len(words) and words[step].low in _LINKS:
        step += 1
    if step >= len(words) or step > at + 4:
        return
    word = words[step]
    if statement.low(step - 1) == "can" or statement.low(at + 1) == "can":
        found.note(f"people_can{tail}", at, step)
        return
    if not _is_verb_here(statement, step):
        return
    who = "staff" if "staff" in families(statement.words[at]) else "people"
    passive = statement.low(step - 1) in ("are", "is", "be") and bool(word.verb("d"))
    if word.verb("bs") and _is_subject(statement, at):
        found.note(f"{who}_act{tail}", at, step + 1)
    for group in word.verb("d" if passive else "bsg"):
        found.note(f"{who}_{'are' if passive else 'will'}:{ACTION.get(group, group)}{tail}", at, step + 1)


def _is_subject(statement: Statement, at: int) -> bool:
    return at == 0 or statement.words[at - 1].kind != "w" or statement.low(at - 1) in _SUBJECT_LEADS


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
    while step < len(statement.words) and _is_filler(statement.low(step)):
        step += 1
    if step >= len(statement.words):
        return
    word = statement.words[step]
    for mark in [mark for mark in word.tags.marks if mark in _SAID_OF]:
        found.note(f"is:{mark}{tail}", at, step + 1)
    if "of_choosing" in word.verb("d"):
        found.note(f"they_choose{tail}", at, step + 1)
    for form, name in (("d", "is_verb"), ("g", "is_doing")):
        for group in word.verb(form):
            found.note(f"{name}:{ACTION.get(group, group)}{tail}", at, step + 1)


def _is_filler(low: str) -> bool:
    return low in _FILLERS or low.endswith("ly")


def _attributive(statement: Statement, at: int) -> bool:
    """Whether a participle stands before its noun: "identified schools"."""
    following = statement.words[at + 1 : at + 2]
    return bool(following) and following[0].kind == "w" and following[0].low not in STOPS


def _done(statement: Statement, found: Found, at: int, tail: str) -> None:
    """Note work that is said to be done behind its object: "roadmap agreed", "10 components open-sourced".

    Behind a verb of change a participle only tells which things are meant: "Cut the cost per customer served".
    """
    before_it = statement.words[at - 1]
    if before_it.low in _COPULA or before_it.kind == "p" or _attributive(statement, at):
        return
    if "act:move" in found.places or "act:improve" in found.places:
        found.note(f"of_done{tail}", at, at + 1)
        return
    for group in statement.words[at].verb("d"):
        found.note(f"done:{ACTION.get(group, group)}{tail}", at, at + 1)
        for name in each_family(before_it):
            found.note(f"done:{name}>{ACTION.get(group, group)}", at - 1, at + 1)
