"""Find what is done in a sentence, and what it is done to: the object of the work, and what kind of work that is."""

from __future__ import annotations

from plumbline_judge.found import families
from plumbline_judge.lexicon import singular, word_set
from plumbline_judge.statement import DETERMINERS, Phrase, Statement, phrase
from plumbline_judge.wording import called, word_calls, wording

_AIMED = frozenset(("purpose", "ends"))
_PEOPLE = frozenset(("who", "staff"))
_ACTIONS = ("tion", "sion", "ment", "ing", "ance", "ysis", "al")
_CONTAINERS = word_set(
    "number use roll-out launch start overhaul series set sets pack package packages range project projects list "
    "lists track tracks kilometre kilometres metre metres hectare hectares tonne tonnes litre litres copy copies piece "
    "pieces acre acres mile miles square version versions release edition phase stage prototype pilot beta draft"
)
_SORTS = {"things_written": "document", "things_software": "tool", "things_held": "event", "effort_posts": "hiring"}
#: Verbs that are nouns of some field too: as the word that opens a sentence they say nothing of that field.
NOUN_TOO: dict[str, tuple[str, ...]] = {
    "plant": ("planting",),
    **dict.fromkeys(("match", "place", "stage", "park", "book", "house", "store", "bank", "issue", "board"), ()),
}
_GIVING = word_set("send give offer teach show lend mail hand bring pay")
_CAUSING = frozenset(("have", "let"))
#: Who obliges others decides that they do it; what is to come of it has to be said by something else.
OBLIGING = word_set("enforce require mandate oblige force prescribe impose")
_FARTHEST = 6


def work_begins(statement: Statement, first: int) -> int:
    """Return where the work itself begins: "Have a firm carry out a test" is about the test."""
    lead = next((at for at in (first - 1, first) if statement.low(at) in _CAUSING), -1)
    if lead < 0:
        return first
    by = phrase(statement, lead + 1)
    return by.end if by and by.end <= first + _FARTHEST and "b" in _forms(statement, by.end) else first


def _forms(statement: Statement, at: int) -> str:
    return "".join(form for _, form in statement.words[at].tags.verbs) if at < len(statement.words) else ""


def sort(statement: Statement, named: Phrase | None) -> str:
    """Return the kind of work that the head noun belongs to by the lexicon."""
    groups = statement.words[named.head].tags.nouns if named else ()
    return next((_SORTS[group] for group in groups if group in _SORTS), "")


def trial(statement: Statement, first: int, named: Phrase | None) -> tuple[str, ...]:
    """Return what says that the work is only tried out: "a prototype of the lamp"."""
    before = range(first + 1, named.first if named else first + 1)
    found = (called(statement.low(at), "en") for at in before)
    return next((calls for calls in found if any(wording().work.get(call) == "trial" for call in calls)), ())


def modifiers(statement: Statement, named: Phrase | None) -> tuple[str, ...]:
    """Return what the words before the head of the work stand for."""
    if not named:
        return ()
    return tuple(call for at in range(named.first, named.head) for call in called(statement.low(at), "en"))


def object_of(statement: Statement, at: int) -> tuple[Phrase | None, tuple[str, ...]]:
    """Return the phrase that names what is made, and what the verb before it stands for."""
    verb: tuple[str, ...] = ()
    if at < len(statement.words) and (_is_noun_too(statement, at) or _is_done(statement, at)):
        verb = NOUN_TOO.get(statement.low(at)) or word_calls(statement.low(at))[0]
        at += 1
    while at < len(statement.words) and statement.words[at].kind == "p":
        at += 1
    named = phrase(statement, at) if at < len(statement.words) else None
    if not named or statement.zones[named.first] in _AIMED:
        return None, verb
    return _inner(statement, _given(statement, at, named)), verb


def _given(statement: Statement, at: int, named: Phrase) -> Phrase:
    """Return what somebody is given: "send every voter a letter" is about the letter."""
    if statement.low(at - 1) not in _GIVING:
        return named
    for place in range(named.first + 1, named.head):
        if statement.low(place) in DETERMINERS and _PEOPLE & families(statement.words[place - 1]):
            return Phrase(place + 1, named.head, named.end)
    return named


def heads(statement: Statement, named: Phrase | None) -> tuple[str, ...]:
    """Return what the head of the work stands for: the longest known words that end there."""
    if not named:
        return ()
    known = wording().en
    for first in range(named.first, named.head):
        together = " ".join([statement.low(at) for at in range(first, named.head + 1)])
        for form in (together, singular(together)):
            if form in known:
                return (form, *known[form])
    low = statement.low(named.head)
    at = named.head - 1 if low in _CONTAINERS and named.head > named.first else named.head
    return called(statement.low(at), "en")


def _inner(statement: Statement, named: Phrase) -> Phrase:
    """Return what an action is done to: "the creation of invoices" is about invoices."""
    head, end = statement.low(named.head), named.end
    if head in _CONTAINERS:
        end += end < len(statement.words) and statement.words[end].kind == "n"
    elif not head.endswith(_ACTIONS) or called(head, "en")[0] in wording().en:
        return named
    return (phrase(statement, end + 1) if statement.low(end) == "of" else None) or named


def _is_noun_too(statement: Statement, at: int) -> bool:
    """Whether a noun or a word that nobody knows is a verb here: "place two hundred bicycles", "require a licence"."""
    follows = statement.low(at + 1) in DETERMINERS or at + 1 in statement.covered
    return follows and (statement.low(at) in NOUN_TOO or not statement.words[at].tags.nouns)


def _is_done(statement: Statement, at: int) -> bool:
    return bool(statement.words[at].verb("bdg")) and not _is_thing(statement, at)


def _is_thing(statement: Statement, at: int) -> bool:
    """Whether the first word is what was made ("Handbook written") and not what is done ("Write a handbook")."""
    return bool(statement.words[at].tags.nouns) and not statement.words[at].verb("b")
