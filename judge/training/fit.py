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
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from plumbline_judge.features import features
from plumbline_judge.roles import KINDS as PARTS_PLAYED
from plumbline_judge.spelling import pieces
from plumbline_judge.statement import read
from plumbline_judge.vocabulary import vocabulary
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

HERE = Path(__file__).parent
ROOM = HERE.parent / "src" / "plumbline_judge"
LEVELS = ("input", "output", "outcome")
STRENGTH = 0.01
STRENGTH_OF_GRAMMAR = 0.3
# Words are many and each is seen seldom: held back as strongly as the grammar, they would say nothing. Of pieces of
# words each word has a dozen, which is why each speaks softly.
LOUDNESS = {"word": 1.4, "part": 1.0, "spelling": 0.5}
# A fit that is held back this strongly is less sure than it is right; found on files and sources held out.
SHARPER = 2.4
SHARPER_OF_GRAMMAR = 1.2
# Inputs are one sentence in thirteen: so far ahead, four in five of them are found, on own files held out.
INPUT_AHEAD = 0.36
# Public goals are few beside our own sentences, and nearer to what people will ask.
PUBLIC_LOUDER = 4
LEAST_SEEN = 2
LEAST_OWN = {"pair": 3, "first": 1, "second": 1, "last": 1, "spelling": 3}
LEAST_WEIGHT = 0.01
ROOM_FOR = {"words": 15_000, "spelling": 6_000}


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


def fit(examples: list[Example], *, with_words: bool = True) -> dict[str, Any]:
    """Return weights as the library reads them, three numbers for each feature, word and piece of a word."""
    rows = rows_of(examples, with_words=with_words)
    return fit_rows(rows, examples) if with_words else fit_grammar(rows, examples)


def fit_rows(found: list[dict[str, float]], examples: list[Example], strength: float = STRENGTH) -> dict[str, Any]:
    """Return the weights of features and words: for each level, the widest gap between it and the others."""
    model = LinearSVC(C=strength, class_weight="balanced", max_iter=4000)
    weights = _fitted(model, SHARPER, found, examples)
    weights["start"][0] = round(weights["start"][0] + INPUT_AHEAD, 3)
    return weights


def fit_grammar(
    found: list[dict[str, float]], examples: list[Example], strength: float = STRENGTH_OF_GRAMMAR
) -> dict[str, Any]:
    """Return the weights of features that few words stand beside: the likeliest log-odds."""
    model = LogisticRegression(C=strength, max_iter=4000, class_weight="balanced")
    return _fitted(model, SHARPER_OF_GRAMMAR, found, examples)


def _fitted(model: Any, sharper: float, found: list[dict[str, float]], examples: list[Example]) -> dict[str, Any]:
    """Fit twice: first to see which words and pieces speak, then with the loudest of them alone."""
    table = DictVectorizer()
    seen = table.fit_transform(found)
    often = np.asarray((seen > 0).sum(axis=0)).ravel() >= LEAST_SEEN
    names, seen = list(table.get_feature_names_out()[often]), seen[:, often]
    loud = _loud(names, *_weights_of(model, seen, examples)[:1])
    rows, start = _weights_of(model, seen[:, loud], examples)
    return _named([names[at] for at in loud], rows * sharper, start * sharper)


def _weights_of(model: Any, seen: Any, examples: list[Example]) -> tuple[Any, Any]:
    """Return the weights of the columns for each level, and where each level starts."""
    shares = [1 if one.source.startswith("own") else PUBLIC_LOUDER for one in examples]
    model.fit(seen, [LEVELS.index(one.level) for one in examples], sample_weight=shares)
    rows = np.zeros((len(LEVELS), seen.shape[1]))
    start = np.full(len(LEVELS), -9.0)
    for row, level in enumerate(model.classes_):
        rows[level], start[level] = model.coef_[row], model.intercept_[row]
    return rows, start


def _loud(names: list[str], rows: Any) -> list[int]:
    """Return which columns are kept: the whole grammar, and as many words and pieces as there is room for."""
    heard = np.abs(rows).max(axis=0) * [_loudness_of(name) for name in names]
    loudest = sorted(range(len(names)), key=lambda at: (-heard[at], names[at]))
    groups = {group: [at for at in loudest if _group(names[at]) == group] for group in ("grammar", *ROOM_FOR)}
    return sorted(at for group, columns in groups.items() for at in columns[: ROOM_FOR.get(group)])


def _group(name: str) -> str:
    if not name.startswith("= "):
        return "grammar"
    return "spelling" if _kind(name) == "spelling" else "words"


def rows_of(examples: list[Example], language: str = "", *, with_words: bool = True) -> list[dict[str, float]]:
    """Return the features of each example; words and their pieces only where our own sentences have them.

    Where a language is given, the words of its sentences alone are heard.
    """
    grammar = [_grammar(one.text) for one in examples]
    if not with_words:
        return grammar
    spoken = [_spoken(one.text) if one.language == (language or one.language) else {} for one in examples]
    pairs = zip(examples, spoken, strict=True)
    own = Counter(name for example, names in pairs if example.source.startswith("own") for name in names)
    known = {name for name, count in own.items() if count >= LEAST_OWN.get(_kind(name), LEAST_SEEN)}
    heard = [{name: loud for name, loud in names.items() if name in known} for names in spoken]
    return [row | said for row, said in zip(grammar, heard, strict=True)]


@cache
def _grammar(text: str) -> dict[str, float]:
    return dict.fromkeys(features(read(text)).places, 1.0)


@cache
def _spoken(text: str) -> dict[str, float]:
    statement = read(text)
    words = {f"= {kind}:{said}": _loudness(kind) for kind, said, _ in vocabulary(statement)}
    spelt = [piece for word in statement.words if word.kind == "w" for piece in pieces(word.low)]
    return words | {f"= spelling:{piece}": _loudness("spelling") for piece in spelt}


def _kind(name: str) -> str:
    return name.removeprefix("= ").split(":", 1)[0]


def _loudness_of(name: str) -> float:
    return _loudness(_kind(name)) if name.startswith("= ") else 1.0


def _loudness(kind: str) -> float:
    return LOUDNESS["part" if kind in PARTS_PLAYED else kind if kind in LOUDNESS else "word"]


def _named(names: list[str], rows: Any, start: Any) -> dict[str, Any]:
    """Return the weights by name, without those that say next to nothing."""
    found: dict[str, Any] = {
        "start": [round(float(value), 3) for value in start],
        "features": {},
        "words": {},
        "spelling": {},
    }
    for at, name in enumerate(names):
        row = [round(float(value) * _loudness_of(name), 3) for value in rows[:, at]]
        if max(map(abs, row)) >= LEAST_WEIGHT:
            _room(found, name)[name.split(":", 1)[1] if name.startswith("= ") else name] = row
    return found


def _room(found: dict[str, Any], name: str) -> dict[str, list[float]]:
    """Return the table in which a feature is kept."""
    if not name.startswith("= "):
        return found["features"]
    kind = _kind(name)
    return found["spelling"] if kind == "spelling" else found["words"].setdefault(kind, {})


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
    if weights["spelling"]:
        head.append(f'  "spelling": {_lines(weights["spelling"], "    ")}')
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
