"""Ask one question that fits the sentence: by what is done, and to what."""

from __future__ import annotations

from collections.abc import Iterable

from plumbline_judge.found import families, kind
from plumbline_judge.judgement import Finding, Span
from plumbline_judge.lexicon import UNKNOWN, lexicon, word_set
from plumbline_judge.question import put_in, work
from plumbline_judge.registry import Case
from plumbline_judge.signs import QUOTES
from plumbline_judge.speech import phrases, say
from plumbline_judge.statement import Phrase
from plumbline_judge.tongues.registry import spoken

_PLAIN = ("question.plain", "")
_NAMES_NOTHING = {"input": "question.input.plain", "output": "question.plain"}
_PEOPLE = frozenset(("who", "staff"))
_SALES = word_set("call calls demo demos proposal proposals pitch pitches offer offers quote quotes")
_FINDING_OUT = word_set(
    "collect gather review audit assess test check monitor track measure survey inspect evaluate analyse analyze"
)
_HIRING = word_set("hire recruit employ appoint")
_CHOOSING = word_set(
    "decide agree define plan identify determine choose select set approve clarify specify prioritise prioritize "
    "outline negotiate formulate finalise finalize"
)
_OUT = word_set(
    "publish write launch release ship produce issue translate post film record print draft create edit deliver design"
)
_VERBS = (
    "making", "holding", "finishing", "spending", "supporting", "increasing", "decreasing", "improving", "keeping",
    "reaching", "gaining",
)  # fmt: skip
_ENDS_AMOUNT = word_set("of for in on at to into per lent from with by out a")
_SOON = 3
_FIRST = 6
_SPELLED = word_set("one two three four five six seven eight nine ten eleven twelve twenty")
_SMALL_BEHIND = word_set("of for in on at by with to from and or per about as are is has have been be being ( , ; . :")


def question(case: Case, findings: Iterable[Finding], language: str) -> str:
    """Return the one question that fits the sentence in its role; nothing where nothing is to be asked.

    An outcome is asked only where it keeps a level, and what is no key result only where a rule for its role speaks.
    """
    for finding in findings:
        if f"question.{finding.rule}" in phrases("en"):
            return say(f"question.{finding.rule}", language, **finding.parameters)
    if case.role != "key_result" or case.level == "outcome":
        return ""
    if case.level == "unclear":
        return say("question.unclear", language)
    if case.statement.language not in ("en", language):
        return say(_NAMES_NOTHING[case.level], language)  # German words in an English question would not read well
    key, thing = _of_input(case) if case.level == "input" else _of_work(case)
    return say(key, language, thing=_lowered(case, thing))


def _of_input(case: Case) -> tuple[str, str]:
    hired = _hired(case)
    if hired:
        return hired
    thing = put_in(case.statement, case.measure)
    if not thing or (thing[:1].isdigit() and thing.rsplit(" ", 1)[-1][:1].isdigit() and not _is_sum(case)):
        return "question.input.plain", ""
    said = thing.split(" ")
    end = next((at for at, word in enumerate(said) if at and word.lower() in _ENDS_AMOUNT), len(said))
    amount = any(letter.isdigit() for letter in thing) or said[0].lower() in _SPELLED
    return "question.input" if amount else "question.input.thing", " ".join(said[:end])


def _is_sum(case: Case) -> bool:
    """Whether what is put in is an amount with its unit: "€40,000", "200 hours"."""
    return bool(case.measure.unit)


def _hired(case: Case) -> tuple[str, str] | None:
    """Return the question for people that come: "5 engineers are on board", "the designer is on board"."""
    span, unit = case.part("target"), case.measure.spans.get("unit")
    if span and unit and _means_people(case, unit) and case.measure.target != 1:
        return "question.input.people", f"{case.said(span)} {case.said(unit)}"
    opener, found = case.opener(), work(case.statement, case.measure)
    if opener and opener.low in _HIRING and found and _is_one_person(case, found):
        return "question.input.person", _said(case, found)
    return None


def _means_people(case: Case, unit: Span) -> bool:
    """Whether what is counted are people or their posts, in whatever language."""
    english = lexicon("en").entries.get(case.said(unit).lower(), UNKNOWN).nouns
    here = [group for word in case.statement.words if word.start == unit.start for group in word.tags.nouns]
    return any(group.startswith(("people", "effort_posts")) for group in (*english, *here))


def _is_one_person(case: Case, found: Phrase) -> bool:
    head = case.statement.words[found.head]
    return bool(_PEOPLE & families(head)) and not head.low.endswith("s")


def _of_work(case: Case) -> tuple[str, str]:
    """Return the question's key and what it names."""
    key = _by_verb(case)
    if key:
        return key, ""
    found = work(case.statement, case.measure)
    if found is None or case.statement.low(0) == "ensure" or not _can_be_named(case, found):
        return ("question.better.plain", "") if case.opens_with("improving") else _PLAIN
    return _by_noun(case, found)


def _by_verb(case: Case) -> str:
    """Return the question that the verb alone decides."""
    opener = case.opener()
    if opener is None:
        return ""
    if case.opens_with("teaching", forms="bdg"):
        return "question.taught"
    if case.opens_with("studying") or opener.low in _FINDING_OUT:
        return "question.learned"
    if case.opens_with("learning") or _is_habit(case):
        return "question.self"
    if _lets(case):
        return "question.can"
    return "question.decided" if opener.low in _CHOOSING else ""


def _is_habit(case: Case) -> bool:
    """Whether somebody does it for themselves, again and again: "Run three times a week"."""
    at = next((at for at, word in enumerate(case.statement.words) if word.low == "times"), -1)
    return at > 0 and case.statement.low(at + 1) in ("a", "per") and at - case.begins <= _SOON


def _lets(case: Case) -> bool:
    """Whether it says what people can do: "Users can export their data"."""
    words = case.statement.words
    return any(word.low == "can" and at and _PEOPLE & families(words[at - 1]) for at, word in enumerate(words[:_FIRST]))


def _can_be_named(case: Case, found: Phrase) -> bool:
    """Whether a phrase can stand in a question: its last word is a noun that is known, and no verb follows it."""
    words = case.statement.words
    if not words[found.head].tags.nouns or found.head != found.end - 1:
        return False
    if found.end >= len(words) or case.opens_with(*_VERBS):
        return True
    behind = words[found.end]
    return behind.kind != "w" or behind.low in _SMALL_BEHIND - {"have", "has"} or bool(behind.verb("d"))


def _by_noun(case: Case, found: Phrase) -> tuple[str, str]:
    head = case.statement.words[found.head]
    many = spoken(case.statement.language).many(head.low) or _several(case)
    if _PEOPLE & families(head) and not any(group.startswith("things") for group in head.tags.nouns):
        helped = case.opens_with("supporting")
        return ("question.people", _said(case, found)) if helped else _PLAIN
    rooms = {kind(group) for group in head.tags.nouns}
    key = _key(case, rooms, head.low.rsplit(" ", 1)[-1], many=many)
    return (key, _counted(case, found)) if key else _PLAIN


def _several(case: Case) -> bool:
    """Whether the number says that there are more than one: German nouns do not always."""
    counted = "unit" in case.measure.spans and case.measure.target is not None and case.measure.target > 1
    return counted and case.statement.language != "en"


def _key(case: Case, rooms: set[str], noun: str, *, many: bool) -> str:
    """Return the question for a thing: which way it goes first, then what it is."""
    sales = noun in _SALES or (noun.startswith("meeting") and "sales" in case.statement.text.lower())
    if sales and many:
        return "question.sales"
    if "of_quality_inside" in rooms:
        return "question.inside.many" if many else "question.inside"
    if case.opens_with("decreasing", forms="bd"):
        return "question.less"
    if case.opens_with("increasing", forms="bd"):
        return "question.more" if many else ""
    if case.opens_with("improving"):
        return "question.better.many" if many else "question.better"
    return _of_kind(case, rooms, many=many)


def _of_kind(case: Case, rooms: set[str], *, many: bool) -> str:
    said = [word for word in case.statement.words if word.verb("d")]
    made = case.opens_with("making") or any("making" in word.verb("d") for word in said)
    if "held" in rooms:
        return "question.held" if many else "question.held.one"
    if made and rooms & {"written", "software"}:
        opener = case.opener()
        look = "out" if opener and opener.low in _OUT else "there"
        return f"question.{look}" if many else f"question.{look}.one"
    if "planned" in rooms and (made or not case.opens_with(*_VERBS)):
        return "question.planned.many" if many else "question.planned"
    return "question.finished" if case.opens_with("finishing") else ""


def _said(case: Case, found: Phrase) -> str:
    return case.statement.said(found.first, found.end).strip(QUOTES + " ")


def _counted(case: Case, found: Phrase) -> str:
    """Put the number back before the noun where it stood right before it: "12 customer interviews"."""
    thing, span = _said(case, found), case.part("target")
    whole = case.measure.target and span and case.measure.unit not in ("%", "x")
    if whole and span and 0 <= case.statement.words[found.first].start - span.end <= 1:
        return f"{case.said(span)} {thing}"
    return thing


def _lowered(case: Case, thing: str) -> str:
    """Write the first word of the sentence small inside another: "two meetups", but "OKRs" as it is."""
    first = thing.split(" ", 1)[0]
    if (
        case.statement.language != "en"
        or not first[1:].islower()
        or not case.statement.text[case.statement.begin :].startswith(first)
    ):
        return thing
    known = first.lower() in _SPELLED or first.lower() in lexicon("en").entries
    return thing[:1].lower() + thing[1:] if known else thing
