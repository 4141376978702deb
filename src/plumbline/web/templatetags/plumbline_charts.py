"""Charts for pages: the drawings of `plumbline.charts`, with their words in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from django import template
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from plumbline import charts
from plumbline.goals.words import percent, percent_in
from plumbline.web.words import status_meaning

register = template.Library()

#: As many days as an axis needs no years for.
LONG = 200


def _drawing(svg: str) -> SafeString:
    # The drawings escape what people typed; everything else in them is ours.
    return mark_safe(svg)  # noqa: S308


def short_day(on: date) -> str:
    """Write a day without its year, as an axis has room for."""
    return date_format(on, _("j M"))


@register.simple_tag
def pace_bar(
    share: charts.Number | None,
    expected: charts.Number | None,
    status: str | None = None,
    size: str = "s",
    number: bool = True,
) -> SafeString:
    """Draw progress against the pace expected by today, followed by its number."""
    return pace_bar_in(get_language(), share, expected, status, size, number)


def pace_bar_in(
    language: str | None,
    share: charts.Number | None,
    expected: charts.Number | None,
    status: str | None = None,
    size: str = "s",
    number: bool = True,
) -> SafeString:
    """Do the same for those who have asked for the active language already."""
    look = status_meaning(status).look
    words = _pace_words(share, expected, language)
    bar = _drawing(charts.pace_bar(share, expected, label=words, status=look, size=size))
    if not number:
        return bar
    shown = escape(percent_in(language, share))
    return _drawing(f'<span class="pace-with-number">{bar}<span class="num">{shown}</span></span>')


def _pace_words(share: charts.Number | None, expected: charts.Number | None, language: str | None) -> str:
    if share is None:
        return _said("unknown", language)
    if expected is None:
        return _said("far", language) % {"share": percent_in(language, share)}
    return _said("paced", language) % {
        "share": percent_in(language, share),
        "expected": percent_in(language, expected),
    }


@lru_cache(maxsize=64)
def _said(kind: str, _language: str | None) -> str:
    words = {
        "unknown": _("Progress is not measurable yet"),
        "far": _("%(share)s of the way"),
        "paced": _("%(share)s of the way, %(expected)s expected by today"),
    }
    return words[kind]


@register.simple_tag
def spark(points: Sequence[tuple[charts.Number, charts.Number | None]], status: str | None = None) -> SafeString:
    """Draw where a goal has been; each point is (share of the cycle from 0 to 1, percent of the way)."""
    now = points[-1][1] if points else None
    label = _("Progress against even pace, %(share)s now") % {"share": percent(now)} if points else _("No readings yet")
    return _drawing(charts.sparkline(points, label=label, status=status_meaning(status).look))


@register.simple_tag
def progress_chart(chart: charts.BurnUp, expected: charts.Number | None = None) -> SafeString:
    """Draw the progress of a goal, wide and for phones; words the caller left out are filled in."""
    last = chart.readings[-1].percent if chart.readings else None
    today = _("Today, %(expected)s expected") % {"expected": percent(expected)} if expected is not None else _("Today")
    drawing = replace(
        chart,
        day=short_day,
        status=status_meaning(chart.status).look,
        today_words=chart.today_words or today,
        now_words=chart.now_words or percent(last),
        label=chart.label or f"{_('Progress')}: {_pace_words(last, expected, get_language())}",
    )
    return format_html(
        '<div class="not-m">{}</div><div class="only-m">{}</div>',
        _drawing(charts.burn_up(drawing)),
        _drawing(charts.burn_up(replace(drawing, frame=charts.NARROW))),
    )


@register.simple_tag
def hang_plot(items: Iterable[charts.Hung], today: charts.Number | None) -> SafeString:
    """Hang goals on one axis from baseline to target, beside the line for today."""
    goals = [_in_words(item) for item in items]
    label = ngettext("%(count)s goal against the line", "%(count)s goals against the line", len(goals))
    words = charts.HangWords(label % {"count": len(goals)}, _("Today"), _("Baseline"), _("Target"))
    return _drawing(charts.hang_plot(goals, today, words))


def _in_words(item: charts.Hung) -> charts.Hung:
    meaning = status_meaning(item.status)
    figure = item.figure or percent(item.percent)
    label = item.label or f"{item.name}: {figure}, {meaning.word}"
    return replace(item, status=meaning.look, figure=figure, label=label)


@register.simple_tag
def kpi_chart(chart: charts.KpiLine) -> SafeString:
    """Draw the last readings of a KPI and the band it should keep."""
    label = chart.label or ngettext("%(count)s reading", "%(count)s readings", len(chart.values)) % {
        "count": len(chart.values)
    }
    return _drawing(charts.kpi_line(replace(chart, label=label, status=status_meaning(chart.status).look)))


def _month_and_year(on: date) -> str:
    return date_format(on, _("M Y"))


@register.simple_tag
def kpi_history_chart(chart: charts.KpiHistory) -> SafeString:
    """Draw the history of a KPI against its target, wide and for phones."""
    day = short_day if (chart.last - chart.first).days < LONG else _month_and_year
    drawing = replace(chart, day=day, status=status_meaning(chart.status).look)
    return format_html(
        '<div class="not-m">{}</div><div class="only-m">{}</div>',
        _drawing(charts.kpi_history(drawing)),
        _drawing(charts.kpi_history(replace(drawing, sheet=charts.NARROW_SHEET))),
    )


@register.simple_tag
def level_mix(counts: Mapping[str, int]) -> SafeString:
    """Draw what a group of key results measures; the numbers are said in words."""
    words = (
        ngettext("%(count)s outcome", "%(count)s outcomes", counts.get("outcome", 0))
        % {"count": counts.get("outcome", 0)},
        ngettext("%(count)s output", "%(count)s outputs", counts.get("output", 0)) % {"count": counts.get("output", 0)},
        ngettext("%(count)s input", "%(count)s inputs", counts.get("input", 0)) % {"count": counts.get("input", 0)},
    )
    return _drawing(charts.level_mix(counts, label=", ".join(words)))
