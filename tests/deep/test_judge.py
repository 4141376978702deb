"""The judge under load: broken on purpose, fed with anything, asked about every sentence we wrote."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from plumbline_judge import judge

JUDGE = Path(__file__).resolve().parents[2] / "judge"
STORIES = ("test_grammar.py", "test_stories.py", "test_measure.py")
MUTANTS = [
    ("zones.py", 'if low == "by":', 'if low == "beside":'),
    ("zones.py", 'return "ends"', "return zone"),
    ("zones.py", 'return sentence[at].low in ("with", "each"', 'return sentence[at].low in ("each", "each"'),
    ("zones.py", 'return sentence[at].low in ("that", "which", "who"', 'return sentence[at].low in ("that", "which"'),
    ("zones.py", "return not (before.low in _WANTED_BY_OTHERS or", "return (before.low in _WANTED_BY_OTHERS or"),
    ("zones.py", 'if word.low in (";", "."):', 'if word.low in ("."):'),
    ("zones.py", "zone, outside = outside, ", 'outside = "" or '),
    ("zones.py", "return low in _MEANS and", "return low not in _MEANS and"),
    ("statement.py", 'statement.low(chain[-1].end) in ("of",', 'statement.low(chain[-1].end) in ("off",'),
    ("features.py", 'found.note(f"{act}>{family(', 'found.note(f"{act}<{family('),
    ("features.py", '"ends": "ends_counts"', '"ends": "counts"'),
    ("features.py", 'found.note(f"{zone} measures {group}", 0, 0)', "pass"),
    ("features.py", 'found.note(f"also:{', 'found.note(f"again:{'),
    ("features.py", '"by": ahead == "by" and bool(verb)', '"by": False'),
    ("features.py", '"from": ahead in ("from", "→")', '"from": False'),
    ("features.py", "figure.value in _EXTREMES", "figure.value not in _EXTREMES"),
    ("features.py", 'found.note("act:none", at, at + 1)', "pass"),
    ("features.py", 'doing = "who" if word.low in ("that", "who")', 'doing = "" if word.low in ("that", "who")'),
    ("actors.py", 'if "act:move" in found.places or', 'if "act:moved" in found.places or'),
    ("actors.py", 'or _attributive(statement, at)', ""),
    ("actors.py", 'found.note(f"people_can{tail}"', 'found.note(f"people_will{tail}"'),
    ("actors.py", "_SAID_OF.intersection(word.tags.marks)", "()"),
    ("actors.py", 'name = "share" if share else "all"', 'name = "all"'),
    ("clauses.py", 'who = "us"', 'who = "it"'),
    ("clauses.py", 'form = "can" if can else "are" if passive else "do"', 'form = "do"'),
    ("clauses.py", "subject = family(word)", 'subject = ""'),
    ("clauses.py", 'doing = word.verb("b" if many else "s")', 'doing = word.verb("s")'),
    ("vocabulary.py", 'frozenset(("means", "purpose"))', "frozenset()"),
    ("vocabulary.py", '("ation", "")', '("ation", "at")'),
    ("figures.py", "if before in _CURRENCIES:", "if before not in _CURRENCIES:"),
    ("found.py", '"written": "thing"', '"written": "effect"'),
    ("model.py", "told = [word for word in statement.words if", "told = [word for word in statement.words[1:] if"),
]  # fmt: skip


def stories(package: Path, *names: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run tests of the judge against a copy of the package."""
    tests = [str(JUDGE / "tests" / name) for name in names]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:randomly", "-p", "no:django", *tests]
    paths = {"PYTHONPATH": os.pathsep.join((str(package.parent), str(JUDGE / "tests")))}
    return subprocess.run(
        [*command, "--rootdir", str(JUDGE), "-c", os.devnull, "-k", "not millisecond"],
        env={**os.environ, **paths, **environment},
        capture_output=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A copy of the package that may be broken."""
    package = tmp_path_factory.mktemp("mutant") / "plumbline_judge"
    shutil.copytree(JUDGE / "src" / "plumbline_judge", package, ignore=shutil.ignore_patterns("__pycache__"))
    return package


def test_the_stories_pass_on_the_copy(copied):
    assert stories(copied, *STORIES).returncode == 0


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant[0]}: {mutant[2]}"[:60])
def test_a_broken_line_of_the_grammar_breaks_a_story(copied, mutant):
    name, line, broken = mutant
    file = copied / name
    sound = file.read_text(encoding="utf-8")
    assert line in sound, "the mutant is out of date"
    file.write_text(sound.replace(line, broken, 1), encoding="utf-8")
    try:
        assert stories(copied, *STORIES, PYTHONDONTWRITEBYTECODE="1").returncode == 1
    finally:
        file.write_text(sound, encoding="utf-8")


def test_the_evidence_holds_over_all_our_own_sentences(copied):
    assert stories(copied, "test_evidence.py", PLUMBLINE_EVERY="1").returncode == 0


def pieces() -> list[str]:
    """Return words of our own sentences, signs and letters from everywhere."""
    lines = (JUDGE / "tests" / "corpus" / "sentences.txt").read_text(encoding="utf-8").split()
    strange = [chr(code) for code in (*range(32, 127), *range(0x300, 0x330), *range(0x1F600, 0x1F640), 0x202E, 0xFDFA)]
    return lines + strange


@pytest.mark.parametrize("seed", range(40))
def test_any_text_returns_in_bounded_time(seed):
    chance = random.Random(seed)  # noqa: S311 - the same texts each time
    words, glue = pieces(), chance.choice(["", " ", ", ", "\n", " by ", " so that "])
    text = glue.join(chance.choices(words, k=chance.choice([1, 10, 200, 5_000])))[:100_000]
    began = time.process_time()
    judged = judge(text)

    assert time.process_time() - began < 1
    assert sum(judged.probabilities.values()) == pytest.approx(1)


@pytest.mark.parametrize("unit", ["a", "1", " ", "(", "by ", "from 1 to 2 ", "increase ", "KR1: ", "%", "é", "🚲", "-"])
def test_a_hundred_thousand_characters_return_in_bounded_time(unit):
    began = time.process_time()
    judge((unit * 100_000)[:100_000])

    assert time.process_time() - began < 1
