"""Name the place where a sentence fits better, and what it takes along."""

from __future__ import annotations

from collections.abc import Iterable

from plumbline_judge.judgement import Finding, Move
from plumbline_judge.registry import Case
from plumbline_judge.signs import DASHES, QUOTES


def move(case: Case, findings: Iterable[Finding], title: str) -> Move | None:
    """Return where the first remark that names another place would have the sentence; None where it is at home."""
    place = next((one.place for one in findings if one.place), None)
    if place is None:
        return None
    return Move(place, {"initiative": title, "kpi": _watched(case)}.get(place) or _sentence(case))


def _sentence(case: Case) -> str:
    """Return the text without bullets and ``KR1:``."""
    return case.statement.text[case.statement.begin :].strip()


def _watched(case: Case) -> str:
    """Return the number that is watched, without "keep" and the mark: "uptime" becomes a KPI's name."""
    name = case.measure.metric.strip(" ,;:." + DASHES + QUOTES)
    return name[:1].upper() + name[1:]
