"""Measures as a goal tool fills them in."""

from decimal import Decimal

import pytest
from plumbline_judge import judge

CASES = [
    ("Raise retention from 31% to 45%", "retention", 31, 45, None, "%", "increase", ""),
    ("Cut churn from 5 % to 3 %", "churn", 5, 3, None, "%", "decrease", ""),
    ("Reduce churn to 3% (currently 5%)", "churn", 5, 3, None, "%", "decrease", ""),
    ("Activation 41 → 60 %", "Activation", 41, 60, None, "%", "increase", ""),
    ("Organic traffic +30 %", "Organic traffic", None, None, "+30%", "%", "increase", ""),
    ("Grow orders x2", "orders", None, None, "x2", "", "increase", ""),
    ("Grow signups 3x", "signups", None, None, "x3", "", "increase", ""),
    ("Double the number of daily orders", "number of daily orders", None, None, "x2", "", "increase", ""),
    ("Reach €1.2M ARR by end of June", "ARR", None, 1_200_000, None, "EUR", "reach", "by end of June"),
    ("95th percentile latency under 1.5 s", "95th percentile latency", None, Decimal("1.5"), None, "s", "at_most", ""),
    ("Publish 10 blog articles by 31 May 2026", "blog articles", None, 10, None, "articles", "reach", "by 31 May 2026"),
    ("Keep uptime above 99,9 %", "uptime", None, Decimal("99.9"), None, "%", "at_least", ""),
    ("Answer 90% of calls within 30 seconds in Q3", "calls within 30 seconds", None, 90, None, "%", "reach", "in Q3"),
    ("Increase monthly riders from 5k to 7k", "monthly riders", 5000, 7000, None, "riders", "increase", ""),
    ("Reduce hotline calls by 30%", "hotline calls", None, None, "-30%", "%", "decrease", ""),
    ("80% of teams use the new CI", "teams use the new CI", None, 80, None, "%", "reach", ""),
    ("At least 20 partners join us", "partners join us", None, 20, None, "partners", "at_least", ""),
    ("Rank in the top 3 for cargo bikes", None, None, 3, None, "", "at_most", ""),
    ("Increase the number of blog posts from 5 to 10", "number of blog posts", 5, 10, None, "posts", "increase", ""),
    ("Migrate to Python 3.12 by Q2 2026", "", None, None, None, "", "none", "by Q2 2026"),
    ("Get WCAG 2.1 certified", "", None, None, None, "", "none", ""),
    ("The churn of new riders falls from 6% to 4%", "churn of new riders", 6, 4, None, "%", "decrease", ""),
    ("New riders who ride in week one rise from 31% to 45%", "New riders who ride in week one", 31, 45, None, "%",
     "increase", ""),
    ("Revenue of $2M", "Revenue", None, 2_000_000, None, "USD", "reach", ""),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_a_measure_is_read(case):
    text, metric, baseline, target, change, unit, direction, deadline = case
    found = judge(text).measure

    assert (found.baseline, found.target, found.change) == (baseline, target, change)
    assert (found.unit, found.direction, found.deadline) == (unit, direction, deadline)
    if metric is not None:
        assert found.metric == metric


def test_every_part_knows_where_it_stands():
    text = "Cut churn from 5 % to 3 % by June"

    spans = judge(text).measure.spans

    assert {name: text[slice(*span)] for name, span in spans.items()} == {
        "metric": "churn",
        "baseline": "5 %",
        "target": "3 %",
        "deadline": "by June",
    }


def test_json_holds_plain_numbers():
    data = judge("Keep uptime above 99.9%").measure.to_dict()

    assert (data["target"], data["baseline"]) == (99.9, None)
