"""What there is to know of each rule, in the reader's language."""

from pathlib import Path

import pytest
from plumbline_judge.quality import QUALITY
from plumbline_judge.registry import UnknownRule
from plumbline_judge.rulebook import rule_card, rule_cards

PAGE = Path(__file__).parents[2] / "docs" / "judge.md"


def test_every_rule_says_why_it_matters_and_shows_both_sides_in_both_languages():
    for english, german in zip(rule_cards(), rule_cards("de"), strict=True):
        assert english.found, english.name
        assert english.good, english.name
        assert english.says != german.says
        assert english.why != german.why
        assert "{" not in english.says + english.mend + german.says + german.mend
        assert not any(example.startswith("[") for example in (*english.found, *english.good))


def test_a_rule_that_nobody_knows_is_named_with_the_nearest():
    with pytest.raises(UnknownRule, match="milestone"):
        rule_card("milestones")


def test_the_figures_are_those_that_are_published():
    said = PAGE.read_text("utf-8")

    assert f"**{QUALITY.english}**" in said
    assert f"| German | 328 | 328 | **{QUALITY.german}** |" in said
