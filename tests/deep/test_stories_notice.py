"""Every story notices when its rule is broken: one broken line for each, in a copy of the code."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.test_acceptance import STORIES, bearing

ROOT = Path(__file__).resolve().parents[2]
BROKEN: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "broken_stories.toml").read_text())["broken"]
#: Stories of which every line is doubled by another one that holds, or whose rule is the absence of a line.
WITHOUT = frozenset({"A22", "E11", "E12"})
#: What pytest ends with where a test failed.
TOLD = 1


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code that may be broken."""
    source = tmp_path_factory.mktemp("broken") / "src"
    shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
    return source


def test_every_story_has_a_broken_line() -> None:
    assert {each["story"] for each in BROKEN} == set(STORIES.split()) - WITHOUT


@pytest.mark.parametrize("broken", BROKEN, ids=lambda each: each["story"])
def test_the_line_is_there(broken: dict[str, Any]) -> None:
    assert broken["before"] in (ROOT / "src" / "plumbline" / broken["module"]).read_text(), "the line is out of date"


@pytest.mark.parametrize("broken", BROKEN, ids=lambda each: each["story"])
def test_a_story_notices_its_broken_line(copied: Path, broken: dict[str, Any]) -> None:
    file = copied / "plumbline" / broken["module"]
    sound = file.read_text(encoding="utf-8")
    file.write_text(sound.replace(broken["before"], broken["after"], 1), encoding="utf-8")
    try:
        done = run(copied, bearing(broken["story"]))
    finally:
        file.write_text(sound, encoding="utf-8")

    assert done.returncode == TOLD, done.stdout[-2000:]
    assert " failed" in done.stdout, done.stdout[-2000:]


def run(source: Path, tests: list[str]) -> subprocess.CompletedProcess[str]:
    """Run tests against the copy; the first that fails is enough."""
    paths = f"pythonpath={source} {ROOT / 'judge' / 'src'} {ROOT}"
    options = ["-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--deep", "-o", paths]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, *tests],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )
