"""Note what clauses say: whose doing it is, what follows "that", and who does what in a plain sentence."""

from __future__ import annotations

from plumbline_judge.found import ACTION, Found, family
from plumbline_judge.lexicon import word_set
from plumbline_judge.statement import DETERMINERS, STOPS, Statement, phrase

_PRONOUNS = word_set("that which who whom")
_TELLING = _PRONOUNS | {"by"}
_BE = word_set("is are was were be been being gets get got")
_LINKS = word_set("can will have has had to also now no not never longer still actually really is are be been being")
_CAN = word_set("can could may able let lets allow allows enable enables")
_OBJECTS = word_set("it us them themselves him her to at in on with for from by about less more at least up")
_FARTHEST = 6


def note_clauses(statement: Statement, found: Found) -> None:
    """Note by whom something is done, what is said behind "that", and what an unknown subject does."""
    zones = statement.zones
    for at, word in enumerate(statement.words):
        if word.low not in _TELLING or not at or zones[at] in ("means", "purpose"):
            continue
        if word.low == "by":
            _agent(statement, found, at)
        else:
            _behind_that(statement, found, at)
    _plain(statement, found)


def _agent(statement: Statement, found: Found, at: int) -> None:
    """Note whose doing it is: "written by buyers" is theirs, "registered by our teams" is ours."""
    done = statement.words[at - 1].verb("d")
    if not done:
        return
    following = statement.low(at + 1)
    by = phrase(statement, at + 1)
    if following in ("us", "ourselves", "our"):
        who = "us"
    elif by is None or by.first in statement.covered or statement.words[by.head].kind != "w":
        who = "count" if at + 1 in statement.covered and by else ""
        who = f"{who}:{family(statement.words[by.head])}" if who and by else who
    else:
        who = family(statement.words[by.head])
    if who:
        found.note(f"agent:{who}", at, by.end if by else at + 2)
        for group in done:
            found.note(f"{ACTION.get(group, group)} by {who}", at - 1, by.end if by else at + 2)


def _behind_that(statement: Statement, found: Found, at: int) -> None:
    """Note what a relative clause says: "that teachers choose", "that halves the questions", "that are used"."""
    step, can, passive, subject = at + 1, False, False, ""
    while step < len(statement.words) and step <= at + _FARTHEST:
        word = statement.words[step]
        if word.low in _CAN:
            can = True
        if word.low in _BE:
            passive = True
        doing = word.verb("d" if passive else "bsd")
        if doing and not (word.tags.nouns and not subject and not passive and word.low not in _LINKS):
            _note_that(statement, found, (at, step), doing, (subject, passive, can))
            return
        if word.tags.nouns:
            subject = family(word)
        elif word.low in ("we", "our"):
            subject = "us"
        step += 1


def _note_that(
    statement: Statement, found: Found, place: tuple[int, int], doing: tuple[str, ...], how: tuple[str, bool, bool]
) -> None:
    subject, passive, can = how
    form = "can" if can else "are" if passive else "do"
    for group in doing:
        found.note(f"that {subject or 'it'} {form} {ACTION.get(group, group)}", place[0], place[1] + 1)


def _plain(statement: Statement, found: Found) -> None:
    """Note what the first words say of themselves in a plain sentence: "Growers switch …", "Two museums pay …"."""
    if "act:none" not in found.places and "opens:number" not in found.places:
        return
    subject = phrase(statement, 0)
    if subject is None:
        return
    for at in range(subject.first + 1, min(len(statement.words), subject.end + 3)):
        if statement.zones[at] != "main" or statement.words[at].kind != "w":
            return
        if statement.low(at) in _LINKS:
            continue
        doing = _finite(statement, at)
        if doing:
            _note_plain(statement, found, (subject.first, at), doing)
            return


def _note_plain(statement: Statement, found: Found, place: tuple[int, int], doing: tuple[str, ...]) -> None:
    first, at = place
    who = family(statement.words[at - 1])
    many = "many" if statement.low(at - 1).endswith("s") else "one"
    for group in doing:
        found.note(f"clause {who} {ACTION.get(group, group)}", first, at + 1)
    found.note(f"clause {who} {many}", first, at + 1)


def _finite(statement: Statement, at: int) -> tuple[str, ...]:
    """Return the verb groups of a word that is the verb of a sentence here."""
    word, many = statement.words[at], statement.low(at - 1).endswith("s")
    doing = word.verb("b" if many else "s")
    following = statement.low(at + 1)
    if not doing or statement.low(at - 1) in STOPS:
        return ()
    if not word.tags.nouns:
        return doing
    told = following in DETERMINERS or following in _OBJECTS or at + 1 in statement.covered
    return doing if told else ()
