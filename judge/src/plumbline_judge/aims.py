"""Read what a role asks of a sentence: how many aims it has, whether somebody is in it, whether it names a number."""

from __future__ import annotations

from plumbline_judge.found import families
from plumbline_judge.judgement import Span
from plumbline_judge.lexicon import word_set
from plumbline_judge.registry import Case
from plumbline_judge.statement import DETERMINERS, Statement, phrase
from plumbline_judge.words import Word

#: Verbs of work that is done once it is done.
DOING = ("making", "holding", "deciding", "finishing", "studying", "spending", "teaching")
MOVING = ("increasing", "decreasing", "improving", "reaching")
_AIMING = frozenset((*DOING, *MOVING, "gaining", "keeping"))
_JOINTS = word_set("and & ; + plus")
_BETWEEN = word_set("also then to and both at the same time")
_PEOPLE = word_set(
    "people person somebody someone anybody anyone everybody everyone nobody neighbour neighbor neighbours neighbors "
    "newcomer newcomers beginner beginners us we they them who whoever our-people women men girls boys friends wir "
    "uns mensch menschen leute jemand jeder jede niemand nachbar nachbarn frauen männer mädchen kinder freunde gäste"
)
_READ = word_set("time times cost costs value rate balance stock days hours spend")
_SHOWN = frozenset(("effect", "who", "staff"))
_ABSTRACT = word_set(
    "efficiency profitability productivity revenue profit margin turnover sales income growth performance quality "
    "effizienz produktivität profitabilität rentabilität umsatz gewinn marge leistung wachstum qualität ertrag"
)


def second_aim(statement: Statement, begins: int) -> Span | None:
    """Return the joint behind which a second aim begins: the "and" of "Grow revenue and improve the service"."""
    sentence = statement.words
    if begins >= len(sentence) or not _AIMING & set(sentence[begins].verb("b")):
        return None
    for at in range(begins + 2, len(sentence) - 2):
        if statement.zones[at] != "main" or _wants_a_verb(statement, at):
            return None
        if sentence[at].low in _JOINTS and _joins(statement, at):
            return statement.span(at, at + 1)
    return None


def _wants_a_verb(statement: Statement, at: int) -> bool:
    """Whether "to find" or "can find" begins here: verbs that are joined behind it are somebody else's."""
    leads = statement.low(at) in ("to", "can", "could", "who", "that", "where")
    return (
        leads and at + 1 < len(statement.words) and statement.words[at].kind == "w" and not _number(statement, at + 1)
    )


def _number(statement: Statement, at: int) -> bool:
    return at in statement.covered or statement.low(at) in DETERMINERS


def _joins(statement: Statement, at: int) -> bool:
    """Whether another verb with its own object stands behind a joint: "find and book" shares one."""
    sentence = statement.words
    if sentence[at - 1].verb("b") and not sentence[at - 1].tags.nouns:
        return False
    place = at + 1
    while place < len(sentence) - 1 and (sentence[place].low in _BETWEEN or sentence[place].low.endswith("ly")):
        place += 1
    if place + 1 >= len(sentence):
        return False
    word = sentence[place]
    if _same_thing(statement, at, place + 1):
        return False
    unknown = word.kind == "w" and not any(word.tags) and statement.low(place + 1) in DETERMINERS
    unknown = unknown or _ends_in_a_german_verb(statement, at)
    return unknown or (bool(_AIMING & set(word.verb("b"))) and _takes(statement, place))


def _ends_in_a_german_verb(statement: Statement, joint: int) -> bool:
    """Whether a verb that nobody knows ends what stands behind a joint: "… und den Markt erschließen"."""
    last = statement.words[-1]
    opens = statement.low(joint + 1) in DETERMINERS and len(statement.words) - joint > 3  # noqa: PLR2004
    return statement.language == "de" and opens and not any(last.tags) and last.low.endswith(("en", "ern", "eln"))


def _same_thing(statement: Statement, joint: int, at: int) -> bool:
    """Whether what follows is done to the thing before: "map the funders and share the map", "… and test it"."""
    if statement.low(at) in ("it", "them", "its", "their", "this"):
        return True
    while statement.low(at) in DETERMINERS:
        at += 1
    return bool(statement.low(at)) and any(word.low == statement.low(at) for word in statement.words[:joint])


def commands(case: Case, *groups: str) -> bool:
    """Whether a sentence opens with a verb and not with a noun of the same letters: "Staff say", "Share of …"."""
    opener = case.opener()
    if opener is None or not case.opens_with(*groups) or "-" in opener.low:
        return False
    if not opener.tags.nouns or case.begins + 1 >= len(case.statement.words):
        return True
    following = case.statement.words[case.begins + 1]
    return following.low not in ("of", "in", "for") and not (following.verb("bsd") and not following.tags.nouns)


def _takes(statement: Statement, at: int) -> bool:
    """Whether a word is a verb here: one that may be a noun too has an article, a number or another noun behind it."""
    word, following = statement.words[at], statement.words[at + 1]
    if following.kind == "p" or following.low in ("of", "for", "in", "and", "on"):
        return False
    return not word.tags.nouns or following.low in DETERMINERS or following.kind == "n" or bool(following.tags.nouns)


def somebody(statement: Statement) -> bool:
    """Whether people are in a sentence, by name or by what only people do, feel and meet."""
    return any(_shows(word) for word in statement.words if word.kind == "w")


def _shows(word: Word) -> bool:
    if word.low in _PEOPLE or "qualities" in word.tags.marks:
        return True
    if word.low in _ABSTRACT or any(group == "outcomes_money" for group in word.tags.nouns):
        return False
    return not _SHOWN.isdisjoint(families(word)) or _acts(word)


def _acts(word: Word) -> bool:
    """Whether a word is what people do of their own accord: "come back", "waiting"."""
    return bool({"of_choosing", "of_others"} & set(word.verb("g"))) or "of_choosing" in word.verb("bs")


def names_a_number(case: Case) -> bool:
    """Whether a sentence opens with what is measured: "Release frequency" is no command to release."""
    found = phrase(case.statement, case.begins)
    if found is None or found.end - found.first == 1:
        return bool(found and not case.opens_with(*DOING, *MOVING))
    head = case.statement.words[found.head]
    alone = case.statement.low(found.first + 1) not in DETERMINERS
    read = head.low in _READ or bool({"effect", "measure"} & families(head))
    return alone and read and found.first == case.begins
