"""Each rule against the examples in its own docstring; the docstring is the documentation."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from plumbline_judge import Config, Context, judge, judge_set, render
from plumbline_judge.registry import all_rules

_SETTING = re.compile(r"^\[(today|cycle|objective) ([^\]]*)\]\s*")


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
    if found[1] == "objective":
        return Context(objective=found[2]), text
    days = [date.fromisoformat(day) for day in found[2].split()]
    if found[1] == "today":
        return Context(today=days[0]), text
    return Context(cycle_first_day=days[0], cycle_last_day=days[1]), text


def found_in(rule: str, example: str) -> bool:
    if all_rules()[rule].on_set:
        return rule in {one.rule for one in judge_set("An objective", example.split(" | ")).findings}
    context, text = around(example)
    return rule in {one.rule for one in judge(text, context=context).findings}


@pytest.mark.parametrize(("rule", "example"), list(examples("Flagged")))
def test_a_rule_flags_its_own_examples(rule, example):
    assert found_in(rule, example)


@pytest.mark.parametrize(("rule", "example"), list(examples("Fine")))
def test_a_rule_passes_its_own_fine_examples(rule, example):
    assert not found_in(rule, example)


@pytest.mark.parametrize("name", sorted(all_rules()))
def test_a_rule_says_what_and_why_and_shows_both_sides(name):
    doc = all_rules()[name].doc

    assert doc.splitlines()[0].endswith(".")
    assert "Flagged:\n" in doc
    assert "Fine:\n" in doc


@pytest.mark.parametrize("example", list(examples("Flagged")))
def test_a_rule_can_be_switched_off_by_name(example):
    rule, text = example
    off = Config(disabled=frozenset((rule,)))
    context, text = around(text)
    answer = judge_set("An objective", text.split(" | "), config=off) if all_rules()[rule].on_set else None

    assert rule not in {one.rule for one in (answer or judge(text, context=context, config=off)).findings}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("example", list(examples("Flagged")))
def test_a_finding_has_words_without_gaps(example, language):
    rule, text = example
    context, text = around(text)
    on_set = all_rules()[rule].on_set
    found = judge_set("An objective", text.split(" | ")).findings if on_set else judge(text, context=context).findings

    for finding in found:
        words = render(finding, language)
        assert words
        assert "{" not in words
        assert not re.search(r"\b(wrong|bad|invalid|should|must not be|falsch|schlecht|ungültig)\b", words.lower())
