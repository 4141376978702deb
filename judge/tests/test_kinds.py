"""Which kind of work a title names, and which kind of number a metric is."""

import pytest
from plumbline_judge.kinds import kind_of_number, kind_of_work


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Publish ten commuter guides", "document"),
        ("Run three webinars for new customers", "event"),
        ("Train new drivers in first aid", "teaching"),
        ("Schulung für alle Berater", "teaching"),
        ("Ship dark mode", "tool"),
        ("Zwölf", ""),
        ("", ""),
    ],
)
def test_a_title_names_its_kind_of_work_or_none(title: str, kind: str) -> None:
    assert kind_of_work(title) == kind


@pytest.mark.parametrize(
    ("metric", "unit", "kind"),
    [
        ("Monthly churn", "percent", "behaviour"),
        ("Kunden, die wiederkommen", "percent", "behaviour"),
        ("Customers who come back", "percent", "behaviour"),
        ("Revenue from partners", "count", "money"),
        ("What a ride brings", "money", "money"),
        ("Until a bike is back on the road", "duration", "performance"),
        ("Net promoter score", "count", "feeling"),
        ("Widgets", "count", ""),
    ],
)
def test_a_metric_tells_its_kind_or_none(metric: str, unit: str, kind: str) -> None:
    assert kind_of_number(metric, unit) == kind
