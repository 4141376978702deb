"""Lanes of the road map."""

from datetime import date

from bs4 import BeautifulSoup

from plumbline.charts import Axis, roadmap_head, roadmap_lane

QUARTER = Axis(date(2026, 10, 1), date(2026, 12, 31))


def lane(first: date, last: date, progress: float | None = 50, today: date = date(2026, 11, 16)) -> BeautifulSoup:
    drawn = roadmap_lane(QUARTER, first, last, progress=progress, today=today, number="50%", label="Riders <stay>")
    return BeautifulSoup(drawn, "html.parser")


def test_a_goal_on_pace_reaches_the_line_of_today() -> None:
    drawn = lane(QUARTER.first, QUARTER.last)

    assert drawn.select_one(".rm__fill")["width"] == "50%"
    assert drawn.select_one(".rm__today")["x1"] == "50%"


def test_a_longer_goal_begins_before_the_axis_does() -> None:
    bed = lane(date(2026, 1, 1), QUARTER.last).select_one(".rm__bed")

    assert float(bed["x"].rstrip("%")) < -100
    assert float(bed["x"].rstrip("%")) + float(bed["width"].rstrip("%")) == 100


def test_what_has_no_progress_has_no_fill_and_another_time_no_line_of_today() -> None:
    drawn = lane(QUARTER.first, QUARTER.last, progress=None, today=date(2027, 2, 1))

    assert drawn.select_one(".rm__fill") is None
    assert drawn.select_one(".rm__today") is None


def test_it_says_what_it_shows() -> None:
    assert lane(QUARTER.first, QUARTER.last).select_one("svg")["aria-label"] == "Riders <stay>"


def test_long_times_name_quarters_and_years() -> None:
    assert [day.month for day in QUARTER.steps()] == [10, 11, 12]
    assert len(Axis(date(2025, 1, 1), date(2027, 12, 31)).steps()) == 12
    assert len(Axis(date(2016, 1, 1), date(2025, 12, 31)).steps()) == 10


def test_the_head_names_the_months() -> None:
    drawn = BeautifulSoup(
        roadmap_head(QUARTER, [(date(2026, 10, 1), "Oct"), (date(2026, 11, 1), "Nov")]), "html.parser"
    )

    assert [each.get_text() for each in drawn.select("text")] == ["Oct", "Nov"]
