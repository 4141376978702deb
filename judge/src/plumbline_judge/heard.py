"""What the weights say of the words of a statement: each word and each piece of one once, summed by where it stands."""

from __future__ import annotations

from plumbline_judge.roles import parts_played
from plumbline_judge.statement import Statement
from plumbline_judge.vocabulary import SIGNS, in_places
from plumbline_judge.weights import NUMBER, Met, Row, Said, Weights, is_effort
from plumbline_judge.words import Word

Place = tuple[int, int]

NO_CLAIM = frozenset(("means", "purpose"))
NOWHERE = (0, 0)
_SMALL = frozenset(("stopwords", "ends_markers", "means_markers", "purpose_markers"))
_ASIDE = ("word@aside", "stem@aside")


class Heard:
    """What is said of one place, added up; ``said`` are the features of the grammar among it."""

    __slots__ = ("changed", "is_effort", "made", "put_in", "said")

    def __init__(self) -> None:
        self.put_in = self.made = self.changed = 0.0
        self.is_effort = False
        self.said: tuple[Said, ...] = ()

    def add(self, row: Row, names_effort: bool) -> None:
        """Add what one word says."""
        self.put_in += row[0]
        self.made += row[1]
        self.changed += row[2]
        if names_effort:
            self.is_effort = True

    def join(self, other: Heard) -> None:
        """Add what is said of a place inside this one."""
        self.add((other.put_in, other.made, other.changed), other.is_effort)
        self.said += other.said


Places = dict[Place, Heard]


def hear(statement: Statement, table: Weights, heard: Places) -> None:
    """Add what the words, the parts they play and their pieces say."""
    listening = _Listening(table, heard)
    words, zones = statement.words, statement.zones
    places = _shown(statement)
    for at, word in enumerate(words):
        listening.hear(at, word, zones[at], places[at])
    if table.words:
        listening.hear_parts((*in_places(listening.telling), *parts_played(statement)), places)


def _shown(statement: Statement) -> list[Place]:
    """Return for each word the place of what tells a reader something.

    Small words, dates and what is no claim ("to increase traffic") are weighed, but they are no evidence.
    """
    start, end = statement.deadline or NOWHERE
    return [
        NOWHERE
        if zone in NO_CLAIM
        or ((marks := word.tags.marks) and not _SMALL.isdisjoint(marks))
        or start <= word.start < end
        else (at, at + 1)
        for at, (word, zone) in enumerate(zip(statement.words, statement.zones, strict=True))
    ]


class _Listening:
    """Hears a statement word by word; what was heard once is not added again."""

    __slots__ = ("before", "heard", "met", "once", "pairs", "pieces", "roots", "table", "telling", "texts")

    def __init__(self, table: Weights, heard: Places) -> None:
        self.table, self.heard = table, heard
        self.met, self.pairs = table.met, table.of("pair")
        self.texts: set[str] = set()
        self.roots: set[str] = set()
        self.once: set[tuple[str, str]] = set()
        self.telling: list[tuple[int, str]] = []
        self.pieces, self.before = 0, ""

    def hear(self, at: int, word: Word, zone: str, place: Place) -> None:
        """Add what a word says with its stem, its neighbour and its pieces."""
        low, is_word = word.low, word.kind == "w"
        if not is_word:
            if zone in NO_CLAIM or (word.kind == "p" and low not in SIGNS):
                return
            low = NUMBER if word.kind == "n" else low
        met = self.met.get(low) or self.table.meet(low)
        here = self.at(place)
        if zone == "aside":
            self._hear_aside(met, here)
        elif zone not in NO_CLAIM:
            self._hear_claim(met, here)
            if is_word and "stopwords" not in word.tags.marks:
                self.telling.append((at, met.root))
        if is_word and met.mask:
            self._hear_pieces(met, here)

    def _hear_claim(self, met: Met, here: Heard) -> None:
        text, root = met.text, met.root
        if root not in self.roots:
            self.roots.add(root)
            self.texts.add(text)
            if met.row is not None:
                here.add(met.row, met.is_effort)
        elif text not in self.texts:
            self.texts.add(text)
            if met.word is not None:
                here.add(met.word, is_effort(met.word))
        if met.is_paired:
            self._hear_once("pair", f"{self.before} {text}", here)
        self.before = text

    def _hear_aside(self, met: Met, here: Heard) -> None:
        for kind, text in zip(_ASIDE, (met.text, met.root), strict=True):
            self._hear_once(kind, text, here)
        self.before = ""

    def _hear_once(self, kind: str, text: str, here: Heard) -> None:
        row = self.table.of(kind).get(text)
        if row is not None and (kind, text) not in self.once:
            self.once.add((kind, text))
            here.add(row, is_effort(row, kind))

    def _hear_pieces(self, met: Met, here: Heard) -> None:
        if self.pieces & met.mask:
            row = self.table.left(met, self.pieces)
            if row is not None:
                here.add(row, is_effort(row))
        elif met.spelt is not None:
            here.add(met.spelt, met.spells_effort)
        self.pieces |= met.mask

    def hear_parts(self, parts: tuple[tuple[str, str, int], ...], places: list[Place]) -> None:
        """Add what the words say by the part they play."""
        for kind, root, at in parts:
            self._hear_once(kind, root, self.at(places[at]))

    def at(self, place: Place) -> Heard:
        """Return what is said of a place."""
        one = self.heard.get(place)
        if one is None:
            one = self.heard[place] = Heard()
        return one
