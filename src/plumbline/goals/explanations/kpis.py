"""A KPI explained: what its value is made of, and how healthy it is by its rule, tolerance and last reading."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plumbline.goals.explanations.explanation import Explanation
from plumbline.goals.kpi_health import Aiming, Frequency, Health
from plumbline.goals.kpi_tree import Forest, Standing
from plumbline.goals.models import Kpi
from plumbline.goals.models.kpi import Driver
from plumbline.goals.progress import Range
from plumbline.people.models import Organisation


def explain_kpi(kpi: Kpi, forest: Forest, *, today: date, organisation: Organisation) -> list[Explanation]:
    """Return the value and health of a KPI, explained; ``forest`` knows what hangs below it."""
    now = forest.standing(kpi, today, organisation)
    asked = kpi.aim_on(now.on if kpi.resets and now.on else today, forest.calendar)
    words = f"{now.health.label}: {_why(kpi, now, asked)}"
    told = Explanation("health", _("Health"), words, {"health": now.health.value})
    made = _made_of(kpi, now, forest, today, organisation.grace_days) if kpi.rolls_up else []
    return [told, *made, *_fresh(kpi, now, organisation.grace_days), *_limits(kpi, asked)]


def _made_of(kpi: Kpi, now: Standing, forest: Forest, today: date, grace_days: int) -> list[Explanation]:
    """Say how the value is worked out from those below, with the values put in."""
    children = [(child, forest.today(child, today, grace_days).value) for child in forest.below[kpi.pk]]
    known = [(child, value) for child, value in children if value is not None]
    if now.value is None or not known:
        return []
    show, total = kpi.unit.show, sum((child.weight for child, _value in known), Decimal(0))
    if kpi.driver == Driver.SUM:
        formula = " + ".join(show(value) for _child, value in known)
    else:
        parts = " + ".join(f"{show(value)} × {child.weight:f}" for child, value in known)
        formula = f"({parts}) / {total:f}"
    values = {child.name: value for child, value in known}
    return [Explanation("roll_up", _("Made of"), f"{formula} = {show(now.value)}", values)]


def _why(kpi: Kpi, now: Standing, target: Aiming | None) -> str:
    words = {"value": kpi.unit.show(now.value)}
    match now.health:
        case Health.UNKNOWN:
            return _unknown(kpi, now)
        case Health.HEALTHY if target is None:
            return _("it has no target, so every reading is.")
        case Health.HEALTHY:
            return _("%(value)s is inside its target.") % words
        case Health.WATCH:
            return _("%(value)s is outside its target, and inside the tolerance.") % words
        case _:
            return _("%(value)s is outside its target and its tolerance.") % words


def _unknown(kpi: Kpi, now: Standing) -> str:
    if now.missing:
        names = ", ".join(child.name for child in now.missing)
        return _("these KPIs below it have no fresh reading: %(names)s.") % {"names": names}
    if now.value is not None:
        return _("its last reading is too old to tell.")
    if kpi.rolls_up:
        return _("there is nothing below it to work it out from.")
    return _("nobody has noted a reading.")


def _fresh(kpi: Kpi, now: Standing, grace_days: int) -> list[Explanation]:
    if now.on is None:
        return []
    until = now.on + timedelta(days=Frequency(kpi.frequency).days + grace_days)
    words = {"day": _day(now.on), "until": _day(until), "days": grace_days}
    words["rhythm"] = str(kpi.get_frequency_display())
    text = _("%(day)s. Read %(rhythm)s and with its days of grace (%(days)s), it is good until %(until)s.") % words
    return [Explanation("fresh", _("Last reading"), text, {"on": now.on, "fresh_until": until})]


def _limits(kpi: Kpi, aim: Aiming | None) -> list[Explanation]:
    if aim is None:
        return []
    inside, near = kpi.range(aim), kpi.range(aim, kpi.tolerance)
    words = {"healthy": _where(kpi, inside), "watch": _where(kpi, near), "tolerance": f"{kpi.tolerance:f}"}
    text = _("Healthy at %(healthy)s; within %(tolerance)s%% of the target, at %(watch)s, it is to be watched.") % words
    return [Explanation("target", _("Target"), text, _told(aim, inside, near))]


def _where(kpi: Kpi, within: Range) -> str:
    if within.low is None:
        return f"≤ {kpi.unit.show(within.high)}"
    if within.high is None:
        return f"≥ {kpi.unit.show(within.low)}"
    return kpi.unit.show_range(within.low, within.high)


def _told(target: Aiming, inside: Range, near: Range) -> dict[str, Decimal | None]:
    told = {"target": target.target, "upper": target.upper, "low": inside.low, "high": inside.high}
    return told | {"watch_low": near.low, "watch_high": near.high}


def _day(day: date) -> str:
    return date_format(day, _("j F Y"))
