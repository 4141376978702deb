"""The catalogues: complete, careful with placeholders, and in the words of the glossary."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import plumbline

HERE = Path(plumbline.__file__).parent
CATALOGUES = sorted(HERE.rglob("*.po"))
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%d|\{\w+\}|</?\w+[^>]*>")
_LINE = re.compile(r'(msg\w+(?:\[\d\])?) (".*")$')
#: What the voice never says.
_UNSAID = re.compile(r"!|erfolgreich|ungültig|(?<=[a-zäöüß,] )(?:Sie|Ihnen|Ihre?[nmrs]?)\b")


@dataclass
class Entry:
    """One text of a catalogue, with what stands before it."""

    flags: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def ids(self) -> list[str]:
        """The English, one or many."""
        return [text for name, text in self.texts.items() if name.startswith("msgid")]

    @property
    def translations(self) -> list[str]:
        """The other language, one or many."""
        return [text for name, text in self.texts.items() if name.startswith("msgstr")]


def entries(catalogue: Path) -> Iterator[Entry]:
    """Read a catalogue, its header left out."""
    for block in catalogue.read_text("utf-8").split("\n\n"):
        entry = _entry(block.splitlines())
        if entry.texts.get("msgid"):
            yield entry


def _entry(lines: list[str]) -> Entry:
    entry, name = Entry(), ""
    for line in lines:
        found = _LINE.match(line)
        if line.startswith("#"):
            entry.flags.append(line)
        elif found:
            name = found[1]
            entry.texts[name] = ast.literal_eval(found[2])
        else:
            entry.texts[name] += ast.literal_eval(line)
    return entry


@pytest.fixture(params=CATALOGUES, ids=lambda path: str(path.relative_to(HERE)))
def catalogue(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_there_is_german() -> None:
    assert {path.parent.parent.name for path in CATALOGUES} == {"de"}


def test_every_text_is_translated_by_a_person(catalogue: Path) -> None:
    assert not [entry.ids for entry in entries(catalogue) if not all(entry.translations)]
    assert not [entry.ids for entry in entries(catalogue) if any("fuzzy" in flag for flag in entry.flags)]
    assert "#~" not in catalogue.read_text("utf-8")


def test_placeholders_are_the_same_on_both_sides(catalogue: Path) -> None:
    for entry in entries(catalogue):
        for words in entry.translations:
            english = entry.ids[-1 if len(entry.ids) > 1 else 0]
            assert sorted(_PLACEHOLDER.findall(words)) == sorted(_PLACEHOLDER.findall(english)), words


def test_the_voice_stays_kind(catalogue: Path) -> None:
    assert not [words for entry in entries(catalogue) for words in entry.translations if _UNSAID.search(words)]


def test_a_text_that_stands_in_both_catalogues_has_one_translation() -> None:
    told: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for path in CATALOGUES:
        for entry in entries(path):
            key = (entry.texts.get("msgctxt", ""), entry.texts["msgid"])
            told.setdefault(key, set()).add(tuple(entry.translations))
    assert not {key: words for key, words in told.items() if len(words) > 1}


def test_gettext_finds_nothing_to_object_to(catalogue: Path, tmp_path: Path) -> None:
    program = shutil.which("msgfmt")
    assert program, "apt install gettext"
    subprocess.run([program, "--check-format", "--check-domain", "-o", tmp_path / "x.mo", catalogue], check=True)
