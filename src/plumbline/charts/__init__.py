"""Charts as plain SVG: numbers in, a drawing out; pages, mail and paper all use the same one."""

from plumbline.charts.burn_ups import NARROW, WIDE, BurnUp, Forecast, Frame, Mark, Reading, burn_up
from plumbline.charts.drawing import Number
from plumbline.charts.hang_plots import HangWords, Hung, hang_plot
from plumbline.charts.kpi_histories import NARROW_SHEET, WIDE_SHEET, KpiHistory, Stretch, kpi_history
from plumbline.charts.kpi_lines import KpiLine, kpi_line
from plumbline.charts.level_mixes import level_mix
from plumbline.charts.pace_bars import pace_bar
from plumbline.charts.roadmaps import Axis, roadmap_head, roadmap_lane
from plumbline.charts.sparklines import sparkline

__all__ = [
    "NARROW",
    "NARROW_SHEET",
    "WIDE",
    "WIDE_SHEET",
    "Axis",
    "BurnUp",
    "Forecast",
    "Frame",
    "HangWords",
    "Hung",
    "KpiHistory",
    "KpiLine",
    "Mark",
    "Number",
    "Reading",
    "Stretch",
    "burn_up",
    "hang_plot",
    "kpi_history",
    "kpi_line",
    "level_mix",
    "pace_bar",
    "roadmap_head",
    "roadmap_lane",
    "sparkline",
]
