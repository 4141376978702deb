"""Tell numbers that are names, versions, ages, times and years from numbers that measure something."""

from __future__ import annotations

from plumbline_judge.lexicon import word_set
from plumbline_judge.signs import DASHES
from plumbline_judge.words import Word

_NAMING = word_set(
    "phase week version v tier stage step level grade iso soc wcag python type part batch wave round "
    "sprint quarter series section chapter kpi article rfc sdg web industry covid generation room "
    "track scope year q h fy kr o release milestone option model appendix figure unit id issue ticket "
    "adr gate day day- highway route building ward floor platform terminal"
)
_YEAR_DIGITS = 4
_YEARS = range(1990, 2101)
_DATE_WORDS = word_set("by in until before of end since fy during over through vs")
_CURRENCY_CODES = word_set("x usd eur gbp chf")
_RANKING = word_set("top sub under mid no. plus")
_OF = frozenset(("5", "10", "100"))
_LEADS_ON = word_set("to in on at from for of and or with by")


def near(sentence: list[Word], at: int) -> str:
    """Return the word at a place, or nothing beyond the ends."""
    return sentence[at].low if 0 <= at < len(sentence) else ""


def touches(sentence: list[Word], at: int) -> bool:
    """Whether a word stands right behind the one before it, without a space."""
    return 0 < at < len(sentence) and sentence[at].start == sentence[at - 1].end


def is_name(sentence: list[Word], at: int, months: frozenset[str], text: str) -> bool:
    """Whether a number only names something; ``text`` is given where a capital letter says so."""
    word, before, after = sentence[at], near(sentence, at - 1), near(sentence, at + 1)
    if _joined(sentence, at) or word.low.count(".") > 1 or before in _NAMING or before in months or after in months:
        return True
    if touches(sentence, at + 1) and after in ("st", "nd", "rd", "th", "d", "xx"):
        return True
    if _is_year(sentence, at) or _is_age(sentence, at) or ("." in word.low and after in ("version", "release")):
        return True
    if text and (_follows_a_name(sentence, at, text) or _from_name_to_name(sentence, at, text)):
        return True
    split = after in ("/", ":") and touches(sentence, at + 1) and near(sentence, at + 2).isdigit()
    return split and not is_share(sentence, at)


def is_share(sentence: list[Word], at: int) -> bool:
    """Whether a number is one of a usual scale: "71/100", and no date such as 3/10/2027."""
    return near(sentence, at + 1) == "/" and near(sentence, at + 2) in _OF and near(sentence, at + 3) != "/"


def _joined(sentence: list[Word], at: int) -> bool:
    """Whether a number hangs on a word: "p95", "COVID-19", "HTTP/2", "8:00"."""
    if not touches(sentence, at):
        return False
    before = sentence[at - 1]
    if before.kind == "w":
        return before.low not in _CURRENCY_CODES
    if not touches(sentence, at - 1):
        return False
    lead = sentence[at - 2]
    if before.low == ":":
        return lead.kind == "n"
    return lead.kind == "w" and lead.low not in _RANKING and (before.low == "/" or before.low in DASHES)


def _is_age(sentence: list[Word], at: int) -> bool:
    """Whether a number is somebody's age: "18- to 25-year-olds"."""
    if near(sentence, at + 1) != "-" or not touches(sentence, at + 1):
        return False
    return near(sentence, at + 2) == "to" or near(sentence, at + 2).startswith("year-old")


def _follows_a_name(sentence: list[Word], at: int, text: str) -> bool:
    """Whether a number belongs to the name before it: "Postgres 16", but not "Twitter 500 followers"."""
    before = sentence[at - 1] if at else None
    if before is None or at < 2 or before.kind != "w" or touches(sentence, at) or not sentence[at].low.isdigit():  # noqa: PLR2004
        return False
    said = text[before.start : before.end]
    if not (said[:1].isupper() and said[1:].islower()) or before.tags.nouns or before.tags.verbs:
        return False
    after = sentence[at + 1] if at + 1 < len(sentence) else None
    if after is None or (after.kind == "p" and after.low in ".,;)"):
        return True
    return after.low in _LEADS_ON and near(sentence, at - 2) in _LEADS_ON


def _from_name_to_name(sentence: list[Word], at: int, text: str) -> bool:
    """Whether a number is one of two versions: "from Rails 6 to Rails 8"."""
    for start in (at - 2, at - 5):
        if near(sentence, start) != "from" or near(sentence, start + 3) != "to":
            continue
        names = [sentence[start + step].start for step in (1, 4) if start + step < len(sentence)]
        said = [text[place : place + 2] for place in names]
        return len(said) == 2 and all(two[:1].isupper() and two[1:].islower() for two in said)  # noqa: PLR2004
    return False


def _is_year(sentence: list[Word], at: int) -> bool:
    low, before, after = sentence[at].low, near(sentence, at - 1), sentence[at + 1 : at + 2]
    if len(low) != _YEAR_DIGITS or not low.isdigit() or int(low) not in _YEARS:
        return False
    plain = not after or after[0].kind == "p" or after[0].low in ("and", "to", "levels", "level", "baseline")
    named = before == "the" and not (after and after[0].low.endswith("s"))
    named = named or before == "compared to" or near(sentence, at - 2) == "compared"
    return named or before in _DATE_WORDS or (plain and before not in ("to", "from", "of", ">", "reach"))
