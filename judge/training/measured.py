"""Measure how sentences read that were set apart for it, in every language the judge knows.

    python judge/training/measured.py

The sentences stand in `tests/measured`: nothing is fitted on them, and they are never changed. Those of other languages
were written before the lexicon of their language, those in English (a folder) to fool simple readers. Prints how they
read by the weights that are shipped, with the confusion.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from plumbline_judge.model import weigh
from plumbline_judge.statement import read

ROOM = Path(__file__).parent.parent / "tests" / "measured"
NAMES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese"}
LEVELS = ("input", "output", "outcome", "unclear")
SURE = 0.8


class Measured(NamedTuple):
    """How the sentences of a language read: (level, judged level, probability of the judged level)."""

    language: str
    pairs: list[tuple[str, str, float]]

    @property
    def macro_f1(self) -> float:
        """Return the mean F1 of outcome and of not outcome; unclear counts as not outcome."""
        return (self._f1(positive=True) + self._f1(positive=False)) / 2

    def _f1(self, *, positive: bool) -> float:
        found = [((gold == "outcome") == positive, (said == "outcome") == positive) for gold, said, _ in self.pairs]
        hit, missed = sum(a and b for a, b in found), sum(a != b for a, b in found)
        return 2 * hit / (2 * hit + missed) if hit else 0.0

    @property
    def judged(self) -> list[tuple[str, str, float]]:
        """Return those that got an answer."""
        return [pair for pair in self.pairs if pair[1] != "unclear"]

    @property
    def right(self) -> float:
        """Return the share of the answers over three levels that are right."""
        return sum(gold == said for gold, said, _ in self.judged) / len(self.judged)

    @property
    def surely_wrong(self) -> int:
        """Return how many wrong answers were given with confidence."""
        return sum((gold == "outcome") != (said == "outcome") and sure >= SURE for gold, said, sure in self.judged)

    def __str__(self) -> str:
        counts = f"{len(self.judged)} of {len(self.pairs)} judged"
        return (
            f"{NAMES[self.language]:<11} macro-F1 {self.macro_f1:.3f}, {counts}, {self.right:.3f} of these right over "
            f"three levels, {self.surely_wrong} surely wrong ({SURE:.0%} or more)"
        )

    def confusion(self) -> str:
        """Return a table: a row for each level as labelled, a column as judged."""
        seen = Counter((gold, said) for gold, said, _ in self.pairs)
        head = "            judged: " + "".join(f"{level:>9}" for level in LEVELS)
        rows = [f"{gold:>19} " + "".join(f"{seen[gold, said]:>9}" for said in LEVELS) for gold in LEVELS[:3]]
        return "\n".join([head, *rows])


def sentences(language: str) -> list[tuple[str, str]]:
    """Return the sentences of a language with their levels."""
    whole = ROOM / f"{language}.txt"
    files = [whole] if whole.exists() else sorted((ROOM / language).glob("*.txt"))
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    found = [line.split(": ", 1) for line in lines if line and not line.startswith("#")]
    return [(level, text) for level, text in found]


def measured(language: str) -> Measured:
    """Return how the measured sentences of a language read."""
    found = []
    for level, text in sentences(language):
        reading = weigh(read(text))
        found.append((level, reading.level, max(reading.probabilities.values())))
    return Measured(language, found)


def main() -> None:
    """Measure and print."""
    for language in NAMES:
        result = measured(language)
        sys.stdout.write(f"{result}\n{result.confusion()}\n")


if __name__ == "__main__":
    main()
