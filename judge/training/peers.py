"""What others would do instead: always the same answer, a list of verbs, word counts with logistic regression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evaluate import FOLDS, folds_of
from fit import Example
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

_CHANGE = re.compile(
    r"\b(increase|grow|raise|boost|reduce|decrease|cut|lower|improve|double|reach|achieve|gain|win|retain)|%",
    re.IGNORECASE,
)
_DELIVERY = re.compile(
    r"\b(launch|ship|publish|build|create|write|deliver|implement|develop|hold|host|run|define|migrate|complete|train)",
    re.IGNORECASE,
)


class Answer(NamedTuple):
    """What a peer says of a line: only its level."""

    level: str


def answers(examples: list[Example]) -> Iterator[tuple[str, list[Answer]]]:
    """Yield the peers by name with their answers, in the folds that the judge is measured in."""
    yield "always output", [Answer("output") for _ in examples]
    yield "a list of verbs", [Answer(by_verbs(one.text)) for one in examples]
    yield "tf-idf, logistic regression", by_words(examples)


def by_verbs(text: str) -> str:
    """Say outcome where a verb of change or a percentage stands, and no verb of delivery."""
    return "outcome" if _CHANGE.search(text) and not _DELIVERY.search(text) else "output"


def by_words(examples: list[Example]) -> list[Answer]:
    """Fit word counts on the sources outside each fold."""
    fold = folds_of(examples)
    found = [Answer("output")] * len(examples)
    for number in range(FOLDS):
        seen = [one for one in examples if fold[one.source] != number and one.language == "en"]
        model = make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            LogisticRegression(C=10, class_weight="balanced", max_iter=2000),
        )
        model.fit([one.text for one in seen], [one.level == "outcome" for one in seen])
        unseen = [at for at, one in enumerate(examples) if fold[one.source] == number]
        for at, said in zip(unseen, model.predict([examples[at].text for at in unseen]), strict=True):
            found[at] = Answer("outcome" if said else "output")
    return found
