"""Installing from the sources into nothing gives the whole product."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A new environment with the judge and the product, as a person would install them."""
    folder = tmp_path_factory.mktemp("clean")
    run(sys.executable, "-m", "venv", folder)
    run(folder / "bin/pip", "install", "--quiet", f"{ROOT}/judge", f"{ROOT}[postgres]")
    return folder


def test_the_command_is_there(installed):
    assert "Goals that measure impact" in run(installed / "bin/plumbline", "--help")


def test_the_judge_answers(installed):
    assert '"level"' in run(installed / "bin/plumbline", "judge", "--json", "Publish 10 blog articles")


@pytest.mark.parametrize("pattern", ["web/templates/**/*.html", "web/static/plumbline/css/app.css", "py.typed"])
def test_the_files_beside_the_code_are_there(installed, pattern):
    package = next(installed.glob("lib/python3*/site-packages/plumbline"))
    assert list(package.glob(pattern))


def test_every_catalogue_is_compiled(installed):
    package = next(installed.glob("lib/python3*/site-packages/plumbline"))
    assert all(source.with_suffix(".mo").exists() for source in package.glob("locale/**/*.po"))


def run(*command):
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd="/")
    assert done.returncode == 0, done.stderr
    return done.stdout
