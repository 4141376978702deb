"""Whatever numbers come, a chart is well-formed, stays on its paper and says what it shows."""

import math
import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from plumbline import charts

numbers = st.one_of(
    st.none(),
    st.integers(-(10**40), 10**40),
    st.floats(),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30),
)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))
statuses = st.sampled_from(["on_track", "needs_attention", "off_track", "no_status", "outdated", "achieved"])
readings = st.lists(st.builds(charts.Reading, days, numbers), max_size=8)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def drawn(svg: str) -> ET.Element:
    """Parse the drawing, and refuse one that holds a number no browser can place."""
    root = ET.fromstring(svg)  # noqa: S314 - the text is our own
    for node in root.iter():
        for name, value in node.attrib.items():
            if name in {"d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height", "r"}:
                assert "nan" not in value
                assert "inf" not in value
                assert all(math.isfinite(float(n)) and abs(float(n)) < 2000 for n in NUMBER.findall(value))
    assert root.get("aria-label") is not None
    return root


def flat(svg: str) -> list[float]:
    """The heights of all circles, to see that none leaves the paper."""
    return [float(node.get("cy", "0")) for node in drawn(svg).iter("circle")]


@given(st.lists(st.tuples(numbers.filter(lambda n: n is not None), numbers), max_size=9), words, statuses)
def test_a_sparkline_stays_on_its_paper(points, label, status):
    svg = charts.sparkline(points, label=label, status=status)

    assert all(0 <= y <= 32 for y in flat(svg))


@given(numbers, numbers, words, statuses, st.sampled_from(["s", "l"]))
def test_a_pace_bar_is_never_wider_than_itself(percent, expected, label, status, size):
    root = drawn(charts.pace_bar(percent, expected, label=label, status=status, size=size))

    shares = [float(v.removesuffix("%")) for rect in root.iter("rect") for v in rect.attrib.values() if v.endswith("%")]
    assert all(0 <= share <= 100 for share in shares)


burn_ups = st.builds(
    charts.BurnUp,
    first=days,
    last=days,
    label=words,
    readings=readings,
    path=readings,
    today=st.one_of(st.none(), days),
    today_words=words,
    now_words=words,
    forecast=st.one_of(st.none(), st.builds(charts.Forecast, numbers, words)),
    marks=st.lists(st.builds(charts.Mark, days, words), max_size=2),
    levels=st.lists(st.tuples(numbers.filter(lambda n: n is not None), words), max_size=3),
    frame=st.sampled_from([charts.WIDE, charts.NARROW]),
)


@given(burn_ups)
def test_a_burn_up_stays_on_its_paper(chart):
    assert all(chart.frame.top <= y <= chart.frame.floor for y in flat(charts.burn_up(chart)))


@given(st.lists(numbers, max_size=20), numbers, numbers, numbers, words)
def test_a_kpi_line_stays_on_its_paper(values, low, high, watch, label):
    svg = charts.kpi_line(charts.KpiLine(values, label, at_least=low, at_most=high, watch_to=watch))

    assert all(7.9 <= y <= 76.1 for y in flat(svg))


@given(st.lists(st.tuples(words, numbers, statuses), max_size=12), numbers)
def test_a_hang_plot_hangs_every_goal_that_has_a_number(goals, today):
    items = [charts.Hung(name, percent, status, "/x", name) for name, percent, status in goals]

    root = drawn(charts.hang_plot(items, today, charts.HangWords("Goals", "Today", "Baseline", "Target")))

    known = [p for _, p, _ in goals if p is not None and math.isfinite(float(p))]
    assert len(list(root.iter("a"))) == len(known)


@given(st.dictionaries(st.sampled_from(["input", "output", "outcome", "unclear"]), st.integers(-3, 10**9)))
def test_a_level_mix_takes_any_counts(counts):
    drawn(charts.level_mix(counts, label="7 outcomes"))


def test_what_people_type_is_text_and_nothing_else():
    label = '<script>alert("&")</script>'

    root = drawn(charts.sparkline([], label=label))

    assert root.findtext("title") == label
    assert root.get("aria-label") == label


def test_days_before_and_after_the_cycle_stand_at_its_edges():
    day = date(2026, 10, 1)
    outside = [charts.Reading(day - timedelta(days=400), 10), charts.Reading(day + timedelta(days=400), 90)]

    root = drawn(charts.burn_up(charts.BurnUp(day, day + timedelta(days=91), "Churn", readings=outside)))

    assert [dot.get("cx") for dot in root.iter("circle")] == ["44", "684"]
