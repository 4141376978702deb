"""How good and how fast the forecast is, beside what a pace line would have said; printed, none is a gate."""

import statistics
import time
from typing import NamedTuple

from plumbline.goals.forecast import forecast
from plumbline.goals.progress import Range
from tests.bench.simulated_series import ASKED, FIRST_DAY, KINDS, Series, all_series


class Answer(NamedTuple):
    series: Series
    share: float
    probability: float
    inside: bool
    on_pace: bool


def test_forecast_against_the_pace_line():
    took: list[float] = []
    answers = [answer for series in all_series() for share in ASKED if (answer := _ask(series, share, took))]
    print(f"\n\nforecast: {len(answers)} questions about {len(all_series())} simulated series with known ends")  # noqa: T201
    for kind in KINDS:
        _report(kind, [answer for answer in answers if answer.series.kind == kind])
    _report("all", answers)
    print(f"time: median {statistics.median(took) * 1000:.2f} ms, slowest {max(took) * 1000:.2f} ms")  # noqa: T201


def _ask(series: Series, share: float, took: list[float]) -> Answer | None:
    day, known = series.known_on(share)
    began = time.perf_counter()
    found = forecast(
        known,
        baseline=series.baseline,
        target=series.target,
        first_day=FIRST_DAY,
        last_day=series.last_day,
        bounds=Range(series.low, series.high),
    )
    took.append(time.perf_counter() - began)
    if found is None:
        return None
    passed = ((day - FIRST_DAY).days + 1) / ((series.last_day - FIRST_DAY).days + 1)
    done = (known[-1][1] - series.baseline) / (series.target - series.baseline)
    return Answer(
        series, share, float(found.probability), found.low <= series.final <= found.high, float(done) >= passed
    )


def _report(kind: str, answers: list[Answer]) -> None:
    ours = _brier((answer.probability, answer.series.reached) for answer in answers)
    pace = _brier((float(answer.on_pace), answer.series.reached) for answer in answers)
    known = sum(answer.series.reached for answer in answers) / len(answers)
    rate = _brier((known, answer.series.reached) for answer in answers)
    inside = sum(answer.inside for answer in answers) / len(answers)
    print(  # noqa: T201
        f"{kind:9s} Brier {ours:.3f}, pace line {pace:.3f}, share known beforehand {rate:.3f}: "
        f"{1 - ours / pace:.0%} better than the pace line; {inside:.1%} of ends inside the 80 % interval"
    )


def _brier(pairs):
    values = [(said - happened) ** 2 for said, happened in pairs]
    return sum(values) / len(values)
