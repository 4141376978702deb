"""Every contribution of a judgement, until they add up."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plumbline_judge import explain, judge, part_says

SENTENCES = [
    "Publish 10 blog articles",
    "Raise retention from 31% to 45%",
    "Spend 200 hours on training",
    "Host an event with 200 attendees",
    "Marketing",
    "",
    "Launch the referral programme so that 30 % of users invite somebody",
]


def shares(explained):
    powers = {level: math.exp(score - max(explained.scores.values())) for level, score in explained.scores.items()}
    return {level: power / sum(powers.values()) * (1 - explained.doubt) for level, power in powers.items()}


@pytest.mark.parametrize("text", SENTENCES)
def test_the_parts_add_up_to_the_score_and_the_score_to_the_probabilities(text):
    explained = explain(text)

    for level, score in explained.scores.items():
        parts = math.fsum(part.adds[level] for part in explained.parts)
        assert explained.start[level] + parts == pytest.approx(score, abs=1e-9)
    for level, share in shares(explained).items():
        assert explained.probabilities[level] == pytest.approx(share, abs=2e-6)


def log_odds(values):
    return math.log(values["outcome"] / values["output"])


@pytest.mark.parametrize("text", [text for text in SENTENCES if len(text) > 10])
def test_the_parts_are_the_log_odds(text):
    explained = explain(text)
    told = sum(part.adds["outcome"] - part.adds["output"] for part in explained.parts)

    expected = log_odds(explained.probabilities)

    assert explained.start["outcome"] - explained.start["output"] + told == pytest.approx(expected, abs=1e-2)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_it_says_what_the_judge_says(text):
    explained, judged = explain(text), judge(text)

    assert (explained.level, explained.probabilities) == (judged.level, judged.probabilities)
    assert all(part.span is None or 0 <= part.span.start <= part.span.end <= len(text) for part in explained.parts)
    assert all(part_says(part, language) for part in explained.parts for language in ("en", "de"))


def test_the_loudest_part_comes_first_and_all_of_it_is_plain_data():
    explained = explain("Publish 10 blog articles")

    leads = [part.lead for part in explained.parts]
    assert leads == sorted(leads, reverse=True)
    assert json.loads(json.dumps(explained.to_dict()))["version"] == explained.version
