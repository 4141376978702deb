"""Fit the weights of the named features and write them where the library reads them.

    python judge/training/fit.py [--labelled FILE.jsonl] [--dry-run]

Fits on our own example sentences (`examples/*.txt`) and, where a labelled file is given, on that too. Fitting sets
weights of features that are named in `features.py`; it adds no word to a lexicon.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from plumbline_judge.features import features
from plumbline_judge.statement import read
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "src" / "plumbline_judge" / "weights.json"
LEVELS = ("input", "output", "outcome")
STRENGTH = 0.3
OWN_SHARE = 0.8
LEAST_SEEN = 2


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


def fit(examples: list[Example], *, strength: float = STRENGTH) -> dict[str, Any]:
    """Return weights as the library reads them: ``start`` and ``features``, three numbers each."""
    table = DictVectorizer()
    seen = table.fit_transform([dict.fromkeys(features(read(one.text)).places, 1) for one in examples])
    often = np.asarray((seen > 0).sum(axis=0)).ravel() >= LEAST_SEEN
    shares = [OWN_SHARE if one.source.startswith("own") else 1.0 for one in examples]
    model = LogisticRegression(C=strength, max_iter=4000, class_weight="balanced")
    model.fit(seen[:, often], [LEVELS.index(one.level) for one in examples], sample_weight=shares)
    rows = np.zeros((len(LEVELS), often.sum()))
    start = np.full(len(LEVELS), -9.0)
    for row, level in enumerate(model.classes_):
        rows[level], start[level] = model.coef_[row], model.intercept_[row]
    names = table.get_feature_names_out()[often]
    weights = {str(name): [round(float(value), 3) for value in rows[:, at]] for at, name in enumerate(names)}
    return {
        "start": [round(float(value), 3) for value in start],
        "features": {name: row for name, row in sorted(weights.items()) if any(row)},
    }


def written(weights: dict[str, Any], note: str) -> str:
    """Return the weights as JSON with one feature a line, so that a change can be read."""
    lines = [f"    {json.dumps(name)}: {json.dumps(row)}" for name, row in weights["features"].items()]
    head = [
        f'  "made": {json.dumps(note)}',
        f'  "order": {json.dumps(list(LEVELS))}',
        f'  "start": {json.dumps(weights["start"])}',
    ]
    return "{\n" + ",\n".join(head) + ',\n  "features": {\n' + ",\n".join(lines) + "\n  }\n}\n"


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labelled", type=Path)
    parser.add_argument("--dry-run", action="store_true")
    asked = parser.parse_args()
    own = own_examples()
    others = [one for one in labelled(asked.labelled) if one.language == "en"] if asked.labelled else []
    weights = fit([*own, *others])
    note = f"fitted over {len(own)} own sentences" + (f" and {len(others)} labelled public goals" if others else "")
    if not asked.dry_run:
        WEIGHTS.write_text(written(weights, note), encoding="utf-8")
    sys.stdout.write(f"{note}: {len(weights['features'])} features\n")


if __name__ == "__main__":
    main()
