"""Ask what one would see, where an objective is a slogan or a heading.

"Customer first" hangs in every lobby. Nobody can disagree with it, and nobody
can tell at the end of the cycle whether it came true.

Mend: Say for whom something is to be different, and what.

Found:
    Customer first
    Operational excellence
    Be the best in everything we do
    Digital transformation
    Growth

Good:
    Commuters reach us first when their bike breaks
    Become the workshop that commuters trust
    New riders feel safe on the road
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.lexicon import listed, word_set
from plumbline_judge.registry import Case, Remark, rule
from plumbline_judge.words import Word

_AROUND = word_set(
    "be become being go get make think do act stay we our one all everything everywhere always what company business "
    "team service services quality provider player partner brand market industry level way customer client product "
    "kunde kunden mensch menschen unternehmen firma marke qualität arbeit immer alles alle allem steht stehen sein "
    "werden leben denken handeln gestalten machen schaffen bringen stellen gehen bleiben welt branche weg stufe "
    "people world class in driven centric focused culture organisation organization work things thing every day"
)


@rule("ask", ("objective",))
def objective_is_a_slogan(case: Case) -> Iterator[Remark]:
    """Ask what one would see, where an objective is a slogan or a heading."""
    digits = any(one.kind != "name" and case.statement.words[one.first].kind == "n" for one in case.statement.figures)
    if digits:
        return
    told = [word for word in case.statement.words if word.kind == "w" and "stopwords" not in word.tags.marks]
    said = case.statement.text.lower()
    first = "number one" in said or "nummer eins" in said
    if _is_heading(case, told):
        yield Remark()
    elif (first or any(map(_loud, told))) and all(_loud(word) or _around(word) for word in told):
        yield Remark(case.statement.span(case.begins, len(case.statement.words)))


def _is_heading(case: Case, told: list[Word]) -> bool:
    """Whether one word stands for all: "Marketing"."""
    if len(told) != 1 or case.statement.language not in ("en", "de"):
        return False
    return not told[0].verb("bsdg") and told[0].low not in listed("qualities")


def _loud(word: Word) -> bool:
    return word.low in listed("slogan_words", "remarks") or "vague_words" in word.tags.marks


def _around(word: Word) -> bool:
    return all(part in _AROUND for part in word.low.split(" "))
