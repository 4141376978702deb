"""Measure the judge on statements it has not seen: whole sources held out, five folds.

    python judge/training/evaluate.py FILE.jsonl [--answers OUT.jsonl] [--own-only] [--without FILES] [--again N]
    python judge/training/evaluate.py --own

For each fold the weights are fitted on our own sentences and on the labelled sources outside the fold; with
`--own-only` on our own sentences alone, and without those of some files where they are named (`a,b`). Prints the binary
macro-F1 (outcome or not) over English, mean and spread over the folds, and how the other languages read, by the weights
that are shipped, on the sentences that were set apart for measuring them. The answers can be scored by any other
script. `--again` puts the sources into folds anew, by chance, so many times: that moves the figure more than most
changes of the judge do. `--own` holds out files of our own sentences instead, and prints three-way accuracy and the
recall of inputs.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from fit import Example, fit, labelled, own_examples
from measured import NAMES, measured
from plumbline_judge import judge
from plumbline_judge.model import Reading, Weights, weigh, weights_from
from plumbline_judge.statement import read

FOLDS = 5


class Judged(Protocol):
    """Whatever has a level."""

    @property
    def level(self) -> str:
        """The level that is said of a line."""
        ...


class Scores(NamedTuple):
    """Macro-F1 per fold and over all, and accuracy over all."""

    folds: list[float]
    whole: float
    accuracy: float

    def __str__(self) -> str:
        mean, spread = statistics.mean(self.folds), statistics.pstdev(self.folds)
        each = " ".join(f"{one:.3f}" for one in self.folds)
        pooled = f"{self.whole:.3f} pooled, accuracy {self.accuracy:.3f}"
        return f"macro-F1 {mean:.3f} ± {spread:.3f} over folds ({each}), {pooled}"


def folds_of(examples: list[Example], chance: int | None = None) -> dict[str, int]:
    """Put whole sources into folds of like size, each into the emptiest fold: the largest first, or by chance."""
    sizes = Counter(one.source for one in examples)
    order = sorted(sizes, key=lambda source: (-sizes[source], source))
    if chance is not None:
        sizes = Counter(one.source for one in examples if one.language == "en")
        order = sorted(sizes)
        random.Random(chance).shuffle(order)  # noqa: S311 - the same order every time is what is wanted
    loads = [0] * FOLDS
    found = dict.fromkeys((one.source for one in examples), 0)
    for source in order:
        found[source] = loads.index(min(loads))
        loads[found[source]] += sizes[source]
    return found


def macro_f1(pairs: list[tuple[bool, bool]]) -> float:
    """Return the mean of the F1 of both classes; pairs are (is outcome, judged outcome)."""
    return (_f1(pairs, positive=True) + _f1(pairs, positive=False)) / 2


def _f1(pairs: list[tuple[bool, bool]], *, positive: bool) -> float:
    hit = sum(gold == positive == said for gold, said in pairs)
    missed = sum((gold == positive) != (said == positive) for gold, said in pairs)
    return 2 * hit / (2 * hit + missed) if hit else 0.0


def held_out(
    examples: list[Example],
    *,
    with_labelled: bool = True,
    without: Sequence[str] = (),
    chance: int | None = None,
) -> list[Reading]:
    """Return how each example reads by weights that have not seen its source."""
    fold = folds_of(examples, chance)
    own = [one for one in english_of_own() if one.source.removeprefix("own ") not in without]
    fitted: list[Weights] = []
    for number in range(FOLDS):
        seen = [one for one in examples if fold[one.source] != number and one.language == "en"]
        fitted.append(weights_from(fit([*own, *(seen if with_labelled else [])])))
    return [weigh(read(one.text), fitted[fold[one.source]]) for one in examples]


def english_of_own() -> list[Example]:
    """Return our own sentences in English."""
    return [one for one in own_examples() if one.language == "en"]


def own_held_out() -> str:
    """Judge our own sentences by weights that have not seen their file, and say how many are right."""
    examples = english_of_own()
    fold = {source: at % FOLDS for at, source in enumerate(sorted({one.source for one in examples}))}
    pairs: list[tuple[str, str]] = []
    for number in range(FOLDS):
        fitted = weights_from(fit([one for one in examples if fold[one.source] != number]))
        unseen = [one for one in examples if fold[one.source] == number]
        pairs += [(one.level, weigh(read(one.text), fitted).level) for one in unseen]
    inputs = [said == "input" for gold, said in pairs if gold == "input"]
    right = sum(gold == said for gold, said in pairs) / len(pairs)
    two = macro_f1([(gold == "outcome", said == "outcome") for gold, said in pairs])
    recall = sum(inputs) / len(inputs)
    return f"{len(pairs)} own sentences: macro-F1 {two:.3f}, three-way {right:.3f}, {len(inputs)} inputs {recall:.3f}"


def scores(examples: list[Example], readings: Sequence[Judged], chance: int | None = None) -> Scores:
    """Score the English examples."""
    fold = folds_of(examples, chance)
    by_fold: list[list[tuple[bool, bool]]] = [[] for _ in range(FOLDS)]
    for one, reading in zip(examples, readings, strict=True):
        if one.language == "en":
            by_fold[fold[one.source]].append((one.level == "outcome", reading.level == "outcome"))
    everything = [pair for pairs in by_fold for pair in pairs]
    right = sum(gold == said for gold, said in everything) / len(everything)
    return Scores([macro_f1(pairs) for pairs in by_fold], macro_f1(everything), right)


def answers(path: Path, readings: list[Reading]) -> list[dict[str, Any]]:
    """Return one answer a line of the file, as the command writes them, with the held-out levels."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        {
            "id": row["id"],
            "level": reading.level,
            "probabilities": reading.probabilities,
            "measure": judge(row["text"]).measure.to_dict(),
        }
        for row, reading in zip(rows, readings, strict=True)
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", type=Path, nargs="?")
    parser.add_argument("--answers", type=Path)
    parser.add_argument("--own-only", action="store_true")
    parser.add_argument("--own", action="store_true")
    parser.add_argument("--without", default="")
    parser.add_argument("--again", type=int, default=0)
    asked = parser.parse_args()
    if asked.own or not asked.labelled:
        sys.stdout.write(own_held_out() + "\n")
        return
    examples = labelled(asked.labelled)
    what = "own sentences only" if asked.own_only else "own sentences and the other sources"
    without = asked.without.split(",")
    readings = held_out(examples, with_labelled=not asked.own_only, without=without)
    sys.stdout.write(f"{what}: {scores(examples, readings)}\n")
    for chance in range(asked.again):
        once_more = held_out(examples, with_labelled=not asked.own_only, without=without, chance=chance)
        sys.stdout.write(f"sources put by chance, {chance}: {scores(examples, once_more, chance)}\n")
    for language in NAMES:
        result = measured(language)
        sys.stdout.write(f"{result}\n{result.confusion()}\n")
    if asked.answers:
        lines = [json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers(asked.labelled, readings)]
        asked.answers.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
