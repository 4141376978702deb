"""Tell relative changes from targets: "by 30 %", "grows 20 %", "a 12 % rise", "30 % fewer", "twice as many"."""

from __future__ import annotations

from plumbline_judge.figures import Figure
from plumbline_judge.judgement import plain
from plumbline_judge.lexicon import word_set
from plumbline_judge.signs import MINUSES
from plumbline_judge.statement import Statement

FILLER = word_set("~ approximately approx about around nearly almost a an the only just roughly is of = :")
#: What may stand between "to" or "by" and its number: "to at most 2", "by more than 30 %", "by a further 8 %".
_BOUNDING = FILLER | word_set(
    "at least most more less fewer than under below over above max maximum minimum ≥ ≤ > < well further another up"
)
TO = word_set("to → ➔ ➜ ⇒ into")
_RISES = word_set("increase increases rise growth gain gains uplift improvement jump boost upturn lift")
_FALLS = word_set("decrease decreases reduction drop fall decline cut saving savings dip")
_MORE = word_set("more higher greater larger better longer additional extra bigger")
_FEWER = word_set("fewer less lower smaller cheaper shorter faster quicker")
_NO_CHANGE_OF = word_set("rate rates target targets than")
_PREPOSITIONS = word_set("at of to ≥ > least than in on with for from is are was reaches = ≤ < : and or , ( within")
_MULTIPLES = {
    "double": "x2", "doubled": "x2", "doubles": "x2", "doubling": "x2", "twofold": "x2", "two-fold": "x2",
    "triple": "x3", "tripled": "x3", "triples": "x3", "tripling": "x3", "threefold": "x3", "three-fold": "x3",
    "quadruple": "x4", "quadrupled": "x4", "quadruples": "x4", "fourfold": "x4", "tenfold": "x10",
    "halve": "x0.5", "halved": "x0.5", "halves": "x0.5", "halving": "x0.5",
}  # fmt: skip
_FRACTIONS = {"quarter": 25, "third": 33, "half": 50, "fifth": 20, "tenth": 10}
_PARTS = {"in half": "x0.5", "by half": "x0.5", "half as": "x0.5", "twice as": "x2", "thrice as": "x3"}


def led_by(statement: Statement, figure: Figure) -> str:
    """Return the word that leads to a number, bounds and fillers left out: "to" in "to at most 2"."""
    at = figure.first - 1
    while at > 0 and (statement.low(at) in _BOUNDING or statement.low(at - 1) == "up"):
        at -= 1
    low = statement.low(at)
    return "by" if low.endswith(" by") else low


def is_change(statement: Statement, figure: Figure, verb: str) -> bool:
    """Whether a number says by how much, not how far."""
    ahead, led = statement.low(figure.first - 1), led_by(statement, figure)
    if figure.kind == "times":
        return ahead not in ("at", "of", "to", "≥", ">", "least", "than") and led != "at"
    if ahead in {"+", *MINUSES} and _signed(statement, figure):
        return (figure.kind == "percent" or ahead == "+") and statement.low(figure.first - 2) != "at"
    if figure.kind == "percent" and (led == "by" or ahead in ("up", "down") or way_said(statement, figure)):
        return True
    if not verb or figure.kind == "rank":
        return False
    return led == "by" or (figure.kind == "percent" and _moved(statement, figure))


def _moved(statement: Statement, figure: Figure) -> bool:
    """Whether a verb of change stands right before a share, or the thing it changes does: "lift sales 8 %"."""
    if not figure.first or statement.low(figure.last + 1) in ("of", "of all", "or"):
        return False
    ahead = statement.words[figure.first - 1]
    if {"increasing", "decreasing"} & set(ahead.verb("bsdg")):
        return figure.first > 1 or figure.last + 1 < len(statement.words)
    return ahead.kind == "w" and ahead.low not in _PREPOSITIONS and bool(ahead.tags.nouns)


def way_said(statement: Statement, figure: Figure) -> str:
    """Return ``up`` or ``down`` where a word beside a number says so: "30 % fewer", "a rise of 9 %"."""
    if figure.kind == "percent" and statement.low(figure.first - 1) in ("up", "down"):
        return statement.low(figure.first - 1)
    after, following = statement.low(figure.last + 1), statement.low(figure.last + 2)
    beside = statement.low(figure.first - 2) if statement.low(figure.first - 1) == "of" else ""
    if following not in _NO_CHANGE_OF:
        if after in _RISES | _MORE:
            return "up"
        if after in _FALLS | _FEWER:
            return "down"
    return "up" if beside in _RISES else "down" if beside in _FALLS else ""


def _way_ahead(statement: Statement, figure: Figure) -> str:
    """Return ``down`` where the last word of change before a number falls: "incidents decrease by 30 %"."""
    for at in range(figure.first - 1, -1, -1):
        word = statement.words[at]
        groups = word.verb("bsdg")
        if "decreasing" in groups or word.low.split(" ")[0].removesuffix("s") in _FALLS:
            return "down"
        if "increasing" in groups:
            return "up"
    return ""


def _signed(statement: Statement, figure: Figure) -> bool:
    """Whether the sign before a number belongs to it and to no range: "+30 %", not "5-10 %"."""
    sign = statement.words[figure.first - 1]
    return sign.end == figure.start and figure.first - 2 not in statement.covered


def change_in_words(statement: Statement, verb: str) -> str | None:
    """Return a change that no number says: "double", "twice as many", "in half", "by a quarter"."""
    lows = [word.low for word in statement.words]
    for low, following in zip(lows, [*lows[1:], ""], strict=False):
        said = _MULTIPLES.get(low) or _PARTS.get(f"{low} {following}")
        if said:
            return said
    for at in range(2, len(lows) if verb else 0):
        if lows[at] in _FRACTIONS and lows[at - 1] in ("a", "one") and lows[at - 2].split(" ")[-1] == "by":
            return f"{'-' if verb == 'down' else '+'}{_FRACTIONS[lows[at]]}%"
    return None


def change_of(statement: Statement, figure: Figure, verb: str) -> str | None:
    """Return a change as it is written: "+30%", "-5", "x2"."""
    if figure.value.is_nan():
        return None
    value = plain(figure.value)
    if figure.kind == "times":
        return f"x{value}"
    way = way_said(statement, figure) or verb or _way_ahead(statement, figure)
    minus = way == "down" or statement.low(figure.first - 1) in MINUSES
    return f"{'-' if minus else '+'}{value}{'%' if figure.unit == '%' else ''}"
