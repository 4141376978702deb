"""Each rule against the examples in its own docstring; the docstring is the documentation."""

import re
from collections.abc import Iterator
from dataclasses import astuple
from datetime import date

import pytest
from plumbline_judge import Config, Context, Judgement, SetJudgement, advice, judge, judge_set
from plumbline_judge.context import STANDARD
from plumbline_judge.registry import all_rules

_SETTING = re.compile(r"^\[(today|cycle|objective|unit) ([^\]]*)\]\s*")


def examples(heading: str) -> Iterator[tuple[str, str]]:
    for rule in all_rules().values():
        part = rule.doc.split(f"{heading}:\n", 1)[1].split("\n\n", 1)[0]
        for line in part.splitlines():
            if line.strip():
                yield rule.name, line.strip()


def around(example: str) -> tuple[Context, str]:
    found = _SETTING.match(example)
    if not found:
        return Context(), example
    text = example[found.end() :]
    if found[1] in ("objective", "unit"):
        return Context(**{found[1]: found[2]}), text
    days = [date.fromisoformat(day) for day in found[2].split()]
    if found[1] == "today":
        return Context(today=days[0]), text
    return Context(cycle_first_day=days[0], cycle_last_day=days[1]), text


def judged(rule: str, example: str, config: Config = STANDARD) -> Judgement | SetJudgement:
    """Judge an example as what its rule is for."""
    kept = all_rules()[rule]
    if kept.on_set:
        return judge_set("An objective", example.split(" | "), config=config)
    context, text = around(example)
    return judge(text, role=kept.roles[0], context=context, config=config)


def found_in(rule: str, example: str) -> bool:
    return rule in {one.rule for one in judged(rule, example).findings}


@pytest.mark.parametrize(("rule", "example"), list(examples("Found")))
def test_a_rule_flags_its_own_examples(rule, example):
    assert found_in(rule, example)


@pytest.mark.parametrize(("rule", "example"), list(examples("Good")))
def test_a_rule_passes_its_own_fine_examples(rule, example):
    assert not found_in(rule, example)


@pytest.mark.parametrize("name", sorted(all_rules()))
def test_a_rule_says_what_and_why_and_shows_both_sides(name):
    doc = all_rules()[name].doc

    assert doc.splitlines()[0].endswith(".")
    assert "\n\nMend: " in doc
    assert "Found:\n" in doc
    assert "Good:\n" in doc


@pytest.mark.parametrize("example", list(examples("Found")))
def test_a_rule_can_be_switched_off_by_name(example):
    rule, text = example
    off = Config(disabled=frozenset((rule,)))

    assert rule not in {one.rule for one in judged(rule, text, off).findings}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("example", list(examples("Found")))
def test_a_finding_has_words_without_gaps(example, language):
    rule, text = example

    for finding in judged(rule, text).findings:
        for words in astuple(advice(finding, language)):
            assert words
            assert "{" not in words
            assert not re.search(r"\b(wrong|bad|invalid|should|must not be|falsch|schlecht|ungültig)\b", words.lower())
