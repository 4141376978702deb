"""A KPI explained: how healthy it is, by its rule, its tolerance and the age of its reading."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plumbline.goals.explanations.explanation import Explanation
from plumbline.goals.kpi_health import Aiming, Frequency, Health
from plumbline.goals.models import Kpi
from plumbline.goals.progress import Range


def explain_kpi(kpi: Kpi, *, today: date, grace_days: int) -> list[Explanation]:
    """Return the health of a KPI, explained; prefetch ``targets`` to ask without queries."""
    health = kpi.health(today, grace_days)
    told = Explanation("health", _("Health"), f"{health.label}: {_why(kpi, health, today)}", {"health": health.value})
    return [told, *_fresh(kpi, grace_days), *_limits(kpi, today)]


def _why(kpi: Kpi, health: Health, today: date) -> str:
    target = kpi.target_on(today)
    words = {"value": kpi.unit.show(kpi.current)}
    match health:
        case Health.UNKNOWN if kpi.current is None:
            return _("nobody has noted a reading.")
        case Health.UNKNOWN:
            return _("its last reading is too old to tell.")
        case Health.HEALTHY if target is None:
            return _("it has no target, so every reading is.")
        case Health.HEALTHY:
            return _("%(value)s is inside its target.") % words
        case Health.WATCH:
            return _("%(value)s is outside its target, and inside the tolerance.") % words
        case _:
            return _("%(value)s is outside its target and its tolerance.") % words


def _fresh(kpi: Kpi, grace_days: int) -> list[Explanation]:
    if kpi.current_on is None:
        return []
    until = kpi.current_on + timedelta(days=Frequency(kpi.frequency).days + grace_days)
    words = {"day": _day(kpi.current_on), "until": _day(until), "days": grace_days}
    words["rhythm"] = str(kpi.get_frequency_display())
    text = _("%(day)s. Read %(rhythm)s and with its days of grace (%(days)s), it is good until %(until)s.") % words
    return [Explanation("fresh", _("Last reading"), text, {"on": kpi.current_on, "fresh_until": until})]


def _limits(kpi: Kpi, today: date) -> list[Explanation]:
    target = kpi.target_on(today)
    if target is None:
        return []
    inside, near = kpi.range(target), kpi.range(target, kpi.tolerance)
    words = {"healthy": _where(kpi, inside), "watch": _where(kpi, near), "tolerance": f"{kpi.tolerance:f}"}
    text = _("Healthy at %(healthy)s; within %(tolerance)s%% of the target, at %(watch)s, it is to be watched.") % words
    return [Explanation("target", _("Target"), text, _told(target, inside, near))]


def _where(kpi: Kpi, within: Range) -> str:
    if within.low is None:
        return f"≤ {kpi.unit.show(within.high)}"
    if within.high is None:
        return f"≥ {kpi.unit.show(within.low)}"
    return kpi.unit.show_range(within.low, within.high)


def _told(target: Aiming, inside: Range, near: Range) -> dict[str, object]:
    told: dict[str, object] = {"target": target.target, "upper": target.upper, "low": inside.low, "high": inside.high}
    return told | {"watch_low": near.low, "watch_high": near.high}


def _day(day: date) -> str:
    return date_format(day, _("j F Y"))
