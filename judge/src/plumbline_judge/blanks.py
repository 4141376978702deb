"""Fill what a sentence names into a metric's sentence, where its grammar allows; numbers stay blank."""

from __future__ import annotations

from functools import cached_property

from plumbline_judge.clues import Clues
from plumbline_judge.found import families
from plumbline_judge.lexicon import word_set
from plumbline_judge.library import Metric
from plumbline_judge.signs import QUOTES
from plumbline_judge.statement import STOPS, Statement, phrase
from plumbline_judge.wording import called, wording

_LONGEST = 5
_MOST_CHARACTERS = 48
_DROPPED = word_set(
    "the a an our your their its this these those each every all any some more new at least most up to further "
    "additional different other own one two three four five six seven eight nine ten eleven twelve fifteen twenty "
    "thirty forty fifty sixty seventy eighty ninety hundred thousand dozen several many first second third "
    "remaining top both"
)
_ABOUT = frozenset(("about", "on", "in", "for", "of"))
_BEHIND = word_set(
    "near next available online live ready complete twice once set behind under over above below beside between inside "
    "outside across along around together"
)
_NO_THING = word_set("twice once day days week weeks month months online daily weekly it them end all")
_REMOVING = word_set(
    "remove removed reduce reduced cut drop dropped close closed eliminate retire retired decommission replace "
    "replaced delete deleted abolish stop clear cleared shrink"
)
_PEOPLE = frozenset(("who", "staff"))
_NAMES_PEOPLE = frozenset(("main", "ends"))
_NO_PEOPLE = word_set("team department company office site branch account district school hospital city community")


class Named:
    """What a sentence names, each found once, when it is asked for."""

    def __init__(self, statement: Statement, clues: Clues) -> None:
        self.statement, self.object, self.first = statement, clues.object, clues.first

    def fill(self, metric: Metric) -> str:
        """Return the first English sentence of a metric that can be filled from what the work is, about and for."""
        standard = metric.lines.get("who", ["people"])[0]
        for sentence in (*metric.lines.get("filled", ()), *metric.lines["en"]):
            text = self._filled(sentence, standard)
            if text:
                return text
        return metric.lines["en"][-1].replace("{who}", standard)

    def fits(self, metric: Metric) -> bool:
        """Whether the best sentence of a metric can take up what the text names."""
        first = metric.lines["en"][0]
        if "{renewed}" in first:
            return bool(self.renewed)
        if "{checked}" in first:
            return bool(self.checked)
        if "{thing}" in first:
            return bool(self.thing)
        return bool(self.topic) if "{topic}" in first else "{who}" in first and bool(self.who)

    def _filled(self, sentence: str, standard: str) -> str:
        """Return the sentence with its places filled, or nothing where the text has no words for one of them."""
        if "{thing}" in sentence:
            sentence = sentence.replace("{thing}", self.thing) if self.thing else ""
        if "{renewed}" in sentence:
            many = "{renewed} that" not in sentence or self.renewed.endswith("s")
            sentence = sentence.replace("{renewed}", self.renewed) if self.renewed and many else ""
        if "{checked}" in sentence:
            sentence = sentence.replace("{checked}", self.checked) if self.checked else ""
        if "{topic}" in sentence:
            sentence = sentence.replace("{topic}", self.topic) if self.topic else ""
        return sentence.replace("{who}", self.who or standard) if "{who}" in sentence else sentence

    @cached_property
    def who(self) -> str:
        """Return the people in the sentence, in the plural: whom the work is for, else who is its object."""
        for at, word in enumerate(self.statement.words):
            if not word.tags.nouns or self.statement.zones[at] not in _NAMES_PEOPLE or not _PEOPLE & families(word):
                continue
            if self._is_each(at):
                return self._words(self._begin(at), at + 1) + "s"
            if not word.low.endswith(("s", "people", "children", "women", "men", "staff")) or _is_group(word.low):
                continue
            if self._goes_on(at):
                continue
            return self._words(self._begin(at), at + 1)
        return ""

    def _is_each(self, at: int) -> bool:
        """Whether it is one of many: "every household"."""
        ahead = self.statement.low(self._begin(at) - 1)
        low = self.statement.low(at)
        return ahead in ("every", "each") and not low.endswith(("s", "y", "f", "fe", "man", "child", "person"))

    @cached_property
    def thing(self) -> str:
        """Return what is made, without its article and number; nothing where it is taken away."""
        if not self.object or self.statement.low(self.first) in _REMOVING:
            return ""
        if _PEOPLE & families(self.statement.words[self.object.head]):
            return ""
        words = self._words(self.object.first, self.object.end)
        return "" if words.lower() in _NO_THING or (words.endswith("ed") and " " not in words) else words

    @cached_property
    def topic(self) -> str:
        """Return what it is about: what stands behind "about", "on", "in" or "for" the work."""
        at = self.object.end if self.object else len(self.statement.words)
        if self.statement.low(at) not in _ABOUT or self.statement.zones[at] != "main":
            return ""
        found = phrase(self.statement, at + 1)
        if not found or _PEOPLE & families(self.statement.words[found.head]):
            return ""
        if self.is_taught and self.statement.low(at) == "for":
            return ""
        if self.statement.low(at) == "in" and not (self.is_taught or self._is_about_people()):
            return ""
        return self._words(found.first, found.end, article=self.statement.low(at + 1) == "the")

    @cached_property
    def is_taught(self) -> bool:
        """Whether the object is a course or the like: "for" leads to whom it is for, "in" to what it is about."""
        head = self.statement.low(self.object.head) if self.object else ""
        return any(wording().work.get(call) == "teaching" for call in called(head, "en"))

    def _is_about_people(self) -> bool:
        return self.object is not None and bool(_PEOPLE & families(self.statement.words[self.object.head]))

    @cached_property
    def renewed(self) -> str:
        """Return the object, also where it is replaced by another of its kind."""
        return self._words(self.object.first, self.object.end) if self.object else ""

    @cached_property
    def checked(self) -> str:
        """Return what is looked at: the object of "inspect all ladders", the subject of "a check of payments"."""
        is_named = not self.object or _is_check(self.statement.low(self.object.head))
        return self.topic if is_named else self.thing

    def _begin(self, at: int) -> int:
        """Return where the description of some people begins: "field technicians"."""
        first = at
        while first and self._describes(first - 1) and at - first < 2:  # noqa: PLR2004
            first -= 1
        return first

    def _describes(self, at: int) -> bool:
        word = self.statement.words[at]
        if word.kind != "w" or word.low in _DROPPED or word.tags.marks or word.low in STOPS:
            return False
        if self.statement.zones[at] != self.statement.zones[at + 1]:
            return False
        return not word.verb("bg") or (self.object is not None and self.object.first <= at)

    def _goes_on(self, at: int) -> bool:
        """Whether the noun phrase goes on, so that the people only describe something: "customer database"."""
        following = self.statement.words[at + 1 : at + 2]
        inside = self.object is not None and self.object.first <= at < self.object.end - 1
        return inside and bool(following) and following[0].kind == "w"

    def _words(self, first: int, end: int, *, article: bool = False) -> str:
        while first < end and (
            self.statement.low(first) in _DROPPED
            or first in self.statement.covered
            or self.statement.words[first].kind != "w"
        ):
            first += 1
        end = next((at for at in range(first + 1, end) if self._ends_it(at)), end)
        said = self.statement.said(first, end).strip(QUOTES + " ,;:.")
        if (
            not said
            or said.endswith(("'s", "\u2019s"))
            or len(said) > _MOST_CHARACTERS
            or end - first > _LONGEST
            or any(sign.isdigit() for sign in said)
        ):
            return ""
        if self.statement.words[first].start == self.statement.begin and said[1:2].islower():
            said = said[:1].lower() + said[1:]
        return f"the {said}" if article else said

    def _ends_it(self, at: int) -> bool:
        """Whether a word behind the noun begins something else: "every quarter", "dressed"."""
        word = self.statement.words[at]
        return (
            word.low in _DROPPED or word.low in _BEHIND or (word.low.endswith("ed") and not word.tags.nouns and at > 0)
        )


def _is_check(low: str) -> bool:
    return any(wording().work.get(call) == "check" for call in called(low, "en"))


def _is_group(low: str) -> bool:
    last = low.rsplit(" ", 1)[-1].removesuffix("s")
    return last in _NO_PEOPLE or low.endswith(("companies", "cities", "families", "communities"))
