"""What stands around a sentence changes no level: spaces, a bullet, a prefix, a small or capital first letter.

Sentences are picked from everything that we have written ourselves; `make deep` reads them all.
"""

import os
import re
from functools import cache
from pathlib import Path

import pytest
from plumbline_judge.model import weigh
from plumbline_judge.statement import read

HERE = Path(__file__).parent
EVERY = int(os.environ.get("PLUMBLINE_EVERY", "9")) ** 2
PREFIXES = ("KR1: ", "KR 2.1 - ", "O1KR3: ", "Key result 4: ", "- ", "1. ", "[ ] ")


def own_sentences():
    """Return the sentences of the corpus, of the examples and of those set apart, without comments and levels."""
    kept = (HERE / "corpus" / "sentences.txt").read_text(encoding="utf-8").splitlines()
    folders = (HERE.parent / "training" / "examples", HERE / "measured")
    paths = [path for folder in folders for path in sorted(folder.rglob("*.txt"))]
    labelled = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in kept + labelled if line and not line.startswith("#")]
    return [re.sub(r"^(input|output|outcome|unclear): ", "", line).strip() for line in lines]


SENTENCES = own_sentences()


@cache
def level(text):
    return weigh(read(text)).level


def changed(change, first):
    picked = SENTENCES[first::EVERY]
    return [text for text in picked if level(change(text)) != level(text)]


def other_case(text):
    return text[0].swapcase() + text[1:]


@pytest.mark.parametrize(
    "around", [lambda text: f"  {text}", lambda text: f"{text} \n", lambda text: f"\t{text}\u00a0"]
)
def test_white_space_around_a_sentence_changes_no_level(around):
    assert changed(around, 0) == []


@pytest.mark.parametrize(("at", "prefix"), list(enumerate(PREFIXES)))
def test_what_a_list_puts_before_a_sentence_changes_no_level(at, prefix):
    assert changed(lambda text: prefix + text, at) == []


def test_the_case_of_the_first_letter_changes_no_level():
    assert changed(other_case, 3) == []
