"""What a goal hangs from: the chain up to the ultimate goal, as this reader may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext as _

from plumbline.goals.models import Kpi, Objective
from plumbline.goals.models.objective import Home
from plumbline.goals.tree import ABOVE
from plumbline.people.models import Organisation, Person

_RELATED = ("pillar", "parent_kpi", "parent_key_result", "cycle")


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the chain; without an address it can't be opened."""

    kind: str
    title: str
    url: str = ""
    remark: str = ""


def chain(objective: Objective, *, reader: Person, organisation: Organisation) -> list[Link]:
    """Return what an objective hangs from, topmost first; a hidden goal ends the chain without a name."""
    above = {row.pk: row for row in _above(objective, reader)}
    seen = {key for key, row in above.items() if row.is_seen and row.binned_at is None}
    links: list[Link] = []
    lowest: Objective = objective
    while row := above.pop(_hangs_from(lowest), None):
        links += _over_key_result(lowest, row, row.pk in seen)
        links.append(_step(row, row.pk in seen))
        if row.pk not in seen:
            return links[::-1]
        lowest = row
    return [*_top(lowest, organisation, reader), *links[::-1]]


def _above(objective: Objective, reader: Person) -> Iterable[Any]:
    """Return the objectives above one, each with whether it is private to others, in one query."""
    seen = ExpressionWrapper(Objective.seen_by(reader), output_field=BooleanField())
    rows = Objective.objects.filter(pk__in=RawSQL(ABOVE, [objective.pk]))  # noqa: S611
    return rows.annotate(is_seen=seen).select_related(*_RELATED)


def _hangs_from(row: Objective) -> int | None:
    key: int | None = row.parent_key_result.objective_id if row.parent_key_result else row.parent_objective_id
    return key


def _over_key_result(lower: Objective, upper: Objective, visible: bool) -> list[Link]:
    result = lower.parent_key_result
    if result is None or not visible:
        return []
    if result.binned_at is not None:
        return [Link(_("In the bin"), _("This goal lost its parent"))]
    remark = _("Archived: this goal lost its parent.") if result.archived_at else ""
    return [Link(_("Key result"), result.statement, reverse("key-result", args=[result.public_id]), remark)]


def _step(row: Objective, visible: bool) -> Link:
    if visible:
        remark = _("Archived: this goal lost its parent.") if row.archived_at else ""
        return Link(home_word(row), row.title, reverse("objective", args=[row.public_id]), remark)
    if row.binned_at is not None and not row.is_private:
        return Link(_("In the bin"), _("This goal lost its parent"))
    return Link(_("Restricted goal"), _("A goal that is private to others"))


def home_word(row: Objective) -> str:
    """Say what kind of objective it is by its home."""
    words: dict[str, Any] = {
        Home.COMPANY: _("Company objective"),
        Home.TEAM: _("Team objective"),
        Home.PERSON: _("Personal objective"),
    }
    return str(words[row.home])


def _top(row: Objective, organisation: Organisation, reader: Person) -> list[Link]:
    top = []
    if organisation.ultimate_goal:
        top.append(Link(_("Ultimate goal"), organisation.ultimate_goal, reverse("strategy")))
    if row.pillar is not None and row.pillar.binned_at is None:
        remark = _("Archived") if row.pillar.archived_at else ""
        top.append(Link(_("Pillar"), row.pillar.name, reverse("strategy"), remark))
    kpi = row.parent_kpi
    if kpi is not None and kpi.binned_at is None:
        top.append(_kpi(kpi, reader))
    return top


def _kpi(kpi: Kpi, reader: Person) -> Link:
    """Return the KPI that a goal is there to improve, with where it stands."""
    if kpi.is_private and kpi.lead_id != reader.pk and not kpi.contributors.filter(pk=reader.pk).exists():
        return Link(_("KPI"), _("A KPI that is private to others"))
    remark = _("Archived") if kpi.is_archived else kpi.unit.show(kpi.current) if kpi.current is not None else ""
    return Link(_("KPI"), kpi.name, reverse("kpi", args=[kpi.public_id]), remark)
