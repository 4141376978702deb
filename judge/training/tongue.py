"""Fit the weights of a language besides English on its own sentences, and write them where the library reads them.

    python judge/training/tongue.py de [--dry-run]

The grammar is one, so its features are fitted over the English sentences too; the words are those of the language's own
sentences alone. No labelled collection and none of the measured sentences is looked at. Prints how well sentences of
whole files that were held out are read, by the grammar alone and with the words.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

import fit
from evaluate import macro_f1
from fit import Example
from plumbline_judge.model import weigh, weights_from
from plumbline_judge.statement import read

FOLDS = 4
STRENGTH = 0.2


def fitted(examples: list[Example], language: str, *, with_words: bool) -> dict[str, Any]:
    """Return the weights of the grammar, and of the words of those examples that are in the language."""
    rows = fit.rows_of(examples, language, with_words=with_words)
    return fit.fit_grammar(rows, examples, STRENGTH)


def held_out(examples: list[Example], language: str, *, with_words: bool) -> float:
    """Return the macro-F1 over sentences of the language whose file was not fitted on."""
    files = sorted({one.source for one in examples if one.language == language})
    fold = {source: at % FOLDS for at, source in enumerate(files)}
    pairs = []
    for number in range(FOLDS):
        away = [one for one in examples if one.language == language and fold[one.source] == number]
        seen = [one for one in examples if one not in away]
        table = weights_from(fitted(seen, language, with_words=with_words))
        pairs += [(one.level == "outcome", weigh(read(one.text), table).level == "outcome") for one in away]
    return macro_f1(pairs)


def main() -> None:
    """Measure on files held out, then fit on all and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language")
    parser.add_argument("--dry-run", action="store_true")
    asked = parser.parse_args()
    examples = [one for one in fit.own_examples() if one.language in ("en", asked.language)]
    own = sum(one.language == asked.language for one in examples)
    for with_words, what in ((False, "the grammar alone"), (True, "with the words")):
        score = held_out(examples, asked.language, with_words=with_words)
        sys.stdout.write(f"{asked.language}, files held out, {what}: macro-F1 {score:.3f}\n")
    note = f"fitted over {own} own sentences in this language and {len(examples) - own} English ones"
    weights = fitted(examples, asked.language, with_words=True)
    if not asked.dry_run:
        (fit.ROOM / f"weights-{asked.language}.json").write_text(fit.written(weights, note), encoding="utf-8")
    sys.stdout.write(f"weights-{asked.language}.json, {note}: {len(weights['features'])} features\n")


if __name__ == "__main__":
    main()
