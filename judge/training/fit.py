"""Fit the weights of the named features and write them where the library reads them.

    python judge/training/fit.py [--labelled FILE.jsonl] [--dry-run]

Fits on our own example sentences (`examples/*.txt`) and, where a labelled file is given, on that too. Fitting sets
weights of features that are named in `features.py` and of words that our own sentences have; it adds no word to a
lexicon, and no word that only a labelled file has gets a weight. Two files are written: `weights.json`, the grammar
alone, for any language, and `weights-en.json`, the grammar with the words of English.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from plumbline_judge.features import features
from plumbline_judge.statement import read
from plumbline_judge.vocabulary import vocabulary
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).parent
ROOM = HERE.parent / "src" / "plumbline_judge"
LEVELS = ("input", "output", "outcome")
STRENGTH = 0.1
STRENGTH_OF_GRAMMAR = 0.3
# Words are many and each is seen seldom: held back as strongly as the grammar, they would say nothing.
WORDS_LOUDER = 1.4
# A fit that is held back this strongly is less sure than it is right; found on own files held out.
SHARPER = 1.2
# Public goals are few beside our own sentences, and nearer to what people will ask.
PUBLIC_LOUDER = 4
LEAST_SEEN = 2
LEAST_OWN = {"pair": 3, "first": 1, "second": 1, "last": 1}
LEAST_WEIGHT = 0.03


class Example(NamedTuple):
    """One labelled sentence; ``source`` names who wrote it, for holding whole sources out."""

    level: str
    text: str
    source: str
    language: str = "en"


def own_examples(*, unclear: bool = False) -> list[Example]:
    """Return our own sentences, one `level: sentence` a line, by file; a folder holds those of another language."""
    found = []
    for path in sorted((HERE / "examples").rglob("*.txt")):
        language = "en" if path.parent.name == "examples" else path.parent.name
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                level, text = line.split(":", 1)
                found.append(Example(level.strip(), text.strip(), f"own {path.stem}", language))
    return [one for one in found if unclear or one.level != "unclear"]


def labelled(path: Path) -> list[Example]:
    """Return the sentences of a labelled file of JSON lines with text, level, source and lang."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Example(row["level"], row["text"], str(row["source"]), row.get("lang", "en")) for row in rows]


def fit(examples: list[Example], *, with_words: bool = True, strength: float | None = None) -> dict[str, Any]:
    """Return weights as the library reads them: ``start``, ``features`` and ``words``, three numbers each."""
    chosen = strength or (STRENGTH if with_words else STRENGTH_OF_GRAMMAR)
    return fit_rows(_rows(examples, with_words=with_words), examples, chosen)


def fit_rows(found: list[dict[str, float]], examples: list[Example], strength: float) -> dict[str, Any]:
    """Return the weights of features that were found in examples."""
    table = DictVectorizer()
    seen = table.fit_transform(found)
    often = np.asarray((seen > 0).sum(axis=0)).ravel() >= LEAST_SEEN
    model = LogisticRegression(C=strength, max_iter=4000, class_weight="balanced")
    shares = [1 if one.source.startswith("own") else PUBLIC_LOUDER for one in examples]
    model.fit(seen[:, often], [LEVELS.index(one.level) for one in examples], sample_weight=shares)
    rows = np.zeros((len(LEVELS), often.sum()))
    start = np.full(len(LEVELS), -9.0)
    for row, level in enumerate(model.classes_):
        rows[level], start[level] = model.coef_[row], model.intercept_[row]
    return _named(list(table.get_feature_names_out()[often]), rows, start)


def _rows(examples: list[Example], *, with_words: bool) -> list[dict[str, float]]:
    """Return the features of each example; words only where our own sentences have them."""
    grammar = [dict.fromkeys(features(read(one.text)).places, 1.0) for one in examples]
    if not with_words:
        return grammar
    spoken = [{f"= {kind}:{text}" for kind, text, _ in vocabulary(read(example.text))} for example in examples]
    pairs = zip(examples, spoken, strict=True)
    own = Counter(name for example, names in pairs if example.source.startswith("own") for name in names)
    known = {name for name, count in own.items() if count >= LEAST_OWN.get(name[2:].split(":", 1)[0], LEAST_SEEN)}
    return [row | dict.fromkeys(names & known, WORDS_LOUDER) for row, names in zip(grammar, spoken, strict=True)]


def _named(names: list[str], rows: Any, start: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "start": [round(float(value) * SHARPER, 3) for value in start],
        "features": {},
        "words": {},
    }
    for at, name in enumerate(names):
        spoken = name.startswith("= ")
        louder = SHARPER * (WORDS_LOUDER if spoken else 1)
        row = [round(float(value) * louder, 2 if spoken else 3) for value in rows[:, at]]
        if max(map(abs, row)) < LEAST_WEIGHT:
            continue
        if spoken:
            kind, text = name[2:].split(":", 1)
            found["words"].setdefault(kind, {})[text] = row
        else:
            found["features"][name] = row
    return found


def written(weights: dict[str, Any], note: str) -> str:
    """Return the weights as JSON with one feature a line, so that a change can be read."""
    head = [
        f'  "made": {json.dumps(note)}',
        f'  "order": {json.dumps(list(LEVELS))}',
        f'  "start": {json.dumps(weights["start"])}',
        f'  "features": {_lines(weights["features"], "    ")}',
    ]
    if weights["words"]:
        kinds = [f'    "{kind}": {_lines(table, "      ")}' for kind, table in sorted(weights["words"].items())]
        head.append('  "words": {\n' + ",\n".join(kinds) + "\n  }")
    return "{\n" + ",\n".join(head) + "\n}\n"


def _lines(table: dict[str, list[float]], ahead: str) -> str:
    lines = [f"{ahead}{json.dumps(name, ensure_ascii=False)}: {json.dumps(row)}" for name, row in sorted(table.items())]
    return "{\n" + ",\n".join(lines) + f"\n{ahead[2:]}}}"


def main() -> None:
    """Fit the grammar alone, and the grammar with the words of English, and write both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labelled", type=Path)
    parser.add_argument("--dry-run", action="store_true")
    asked = parser.parse_args()
    own = [one for one in own_examples() if one.language == "en"]
    others = [one for one in labelled(asked.labelled) if one.language == "en"] if asked.labelled else []
    note = f"fitted over {len(own)} own sentences" + (f" and {len(others)} labelled public goals" if others else "")
    for name, with_words in (("weights.json", False), ("weights-en.json", True)):
        weights = fit([*own, *others], with_words=with_words)
        if not asked.dry_run:
            (ROOM / name).write_text(written(weights, note), encoding="utf-8")
        words = sum(map(len, weights["words"].values()))
        sys.stdout.write(f"{name}, {note}: {len(weights['features'])} features, {words} words\n")


if __name__ == "__main__":
    main()
