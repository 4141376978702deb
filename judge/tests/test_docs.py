"""The README says what happens."""

import doctest
from pathlib import Path

import plumbline_judge

README = Path(__file__).parents[1] / "README.md"


def test_the_readme_shows_real_answers():
    failed, tried = doctest.testfile(str(README), module_relative=False)

    assert tried > 10
    assert failed == 0


def test_the_package_docstring_shows_a_real_answer():
    assert doctest.testmod(plumbline_judge).failed == 0


def test_every_public_name_has_a_docstring():
    for name in plumbline_judge.__all__:
        if name != "VERSION":
            assert getattr(plumbline_judge, name).__doc__, name
