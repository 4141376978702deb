"""The goals over time: objectives as bars over their days, each under the one that it hangs from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from plumbline.charts import Axis, roadmap_head, roadmap_lane
from plumbline.goals.models import Cycle, Objective
from plumbline.goals.outlook import Outlook
from plumbline.goals.words import percent
from plumbline.web.goals_columns import home_of
from plumbline.web.goals_search import Search
from plumbline.web.templatetags.plumbline_charts import short_day
from plumbline.web.words import status_meaning

PER_PAGE = 60
DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One objective of the road map, as deep as it hangs."""

    outlook: Outlook
    depth: int
    lane: SafeString

    @property
    def home(self) -> str:
        """Whose goal it is."""
        return home_of(self.outlook.objective)

    @property
    def key(self) -> str:
        """The status, or that it is a draft."""
        row = self.outlook.objective
        return "" if row.stage == "draft" else str(self.outlook.status)


def roadmap_of(search: Search, today: date, *, chosen: Cycle | None) -> dict[str, Any]:
    """Return one page of the road map; unless the address asks for more, it begins with the chosen cycle."""
    rows = search.ordered() if search.needs_all else list(search.objectives().only("pk"))
    known = {_key(row): row for row in rows}
    page = Paginator(_hung(known), PER_PAGE).get_page(search.request.GET.get("page"))
    depths = dict(page.object_list)
    looks = search.shown([known[key] for key in depths])
    begin = chosen.first_day if chosen and not search.form.wanted("when") else None
    axis = _axis(search.cycles, looks, begin or min((look.objective.first_day for look in looks), default=today))
    return {
        "bars": [Bar(look, depths[look.objective.pk], _lane(axis, look, today)) for look in looks],
        "axis": SafeString(roadmap_head(axis, [(day, _month(day)) for day in axis.steps()])),
        "today": short_day(today),
        "page": page,
    }


def _key(row: Any) -> int:
    return int(row.objective.pk if isinstance(row, Outlook) else row.pk)


def _hung(known: Iterable[int]) -> list[tuple[int, int]]:
    """Return the goals in their order, each behind the one that it hangs from, with how deep."""
    order = list(known)
    rows = Objective.objects.filter(pk__in=order)
    above = {key: a or b for key, a, b in rows.values_list("pk", "parent_objective", "parent_key_result__objective")}
    below: dict[int | None, list[int]] = {}
    there = set(order)
    for key in order:
        below.setdefault(above[key] if above[key] in there else None, []).append(key)
    found: list[tuple[int, int]] = []
    todo = [(key, 0) for key in reversed(below.get(None, []))]
    while todo:
        key, depth = todo.pop()
        found.append((key, min(depth, DEEPEST)))
        todo += [(child, depth + 1) for child in reversed(below.get(key, []))]
    return found


def _axis(cycles: Iterable[Cycle], looks: Iterable[Outlook], begin: date) -> Axis:
    """Return the days from a day on until the last cycle that is seen ends."""
    shown = {look.objective.cycle_id for look in looks}
    return Axis(begin, max([cycle.last_day for cycle in cycles if cycle.pk in shown] + [begin]))


def _lane(axis: Axis, look: Outlook, today: date) -> SafeString:
    row = look.objective
    words = {
        "goal": row.title,
        "status": _("Draft") if row.stage == "draft" else status_meaning(look.status).word,
        "progress": percent(look.progress),
        "first": short_day(row.first_day),
        "last": short_day(row.last_day),
    }
    label = _("%(goal)s: %(status)s, %(progress)s, from %(first)s to %(last)s") % words
    number = percent(look.progress)
    return SafeString(
        roadmap_lane(axis, row.first_day, row.last_day, progress=look.progress, today=today, number=number, label=label)
    )


def _month(day: date) -> str:
    return date_format(day, _("M Y") if day.month == 1 else _("M"))
