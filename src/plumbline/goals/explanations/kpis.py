"""A KPI explained: what its value is made of, and how healthy it is by its rule, tolerance and last reading."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plumbline.goals.explanations.explanation import Explanation
from plumbline.goals.kpi_health import Aiming, Frequency, Health
from plumbline.goals.kpi_tree import Forest, Standing
from plumbline.goals.models.kpi import Driver, Kpi
from plumbline.goals.progress import Range
from plumbline.people.models import Organisation


def explain_kpi(kpi: Kpi, forest: Forest, *, today: date, organisation: Organisation) -> list[Explanation]:
    """Return the value and health of a KPI, explained; ``forest`` knows what hangs below it."""
    now = forest.standing(kpi, today, organisation)
    aim = kpi.aim_on(now.on if kpi.resets and now.on else today, forest.calendar)
    words = f"{now.health.label}: {_why(kpi, now, aim)}"
    told = Explanation("health", _("Health"), words, {"health": now.health.value, "value": now.value})
    return [*_rolled(kpi, forest, now), told, *_fresh(kpi, now, organisation.grace_days), *_limits(kpi, aim)]


def _rolled(kpi: Kpi, forest: Forest, now: Standing) -> list[Explanation]:
    """Say how a value is made of those below; a private KPI stands alone, so that none of them is hidden."""
    if not kpi.rolls_up:
        return []
    below = forest.below[kpi.pk]
    if now.missing:
        names = ", ".join(each.name for each in now.missing)
        words = _("It is not known, as long as these are missing: %(names)s.") % {"names": names}
    elif kpi.driver == Driver.SUM:
        words = _("The sum of %(names)s = %(value)s.") % _made_of(kpi, [each.name for each in below], now)
    else:
        told = [f"{each.name} × {each.weight:f}" for each in below]
        words = _("The weighted mean of %(names)s = %(value)s.") % _made_of(kpi, told, now)
    return [Explanation("value", _("Value"), words, {"value": now.value})]


def _made_of(kpi: Kpi, names: list[str], now: Standing) -> dict[str, str]:
    return {"names": ", ".join(names), "value": kpi.unit.show(now.value)}


def _why(kpi: Kpi, now: Standing, aim: Aiming | None) -> str:
    if now.health == Health.UNKNOWN:
        return _unknown(kpi)
    if aim is None:
        return _("it has no target, so every reading is.")
    words = {
        Health.HEALTHY: _("%(value)s is inside its target."),
        Health.WATCH: _("%(value)s is outside its target, and inside the tolerance."),
        Health.ACT: _("%(value)s is outside its target and its tolerance."),
    }
    return words[now.health] % {"value": kpi.unit.show(now.value)}


def _unknown(kpi: Kpi) -> str:
    if kpi.rolls_up:
        return _("not all that it is made of is known.")
    if kpi.current is None:
        return _("nobody has noted a reading.")
    return _("its last reading is too old to tell.")


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
