"""What there is to mend about goals: conditions for lists, as a reader may know them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from plumbline.goals.models import KeyResult, Kpi, Objective
from plumbline.people.models import Person

_GONE = ("archived_at", "binned_at")


def lost_parent(reader: Person) -> Q:
    """Goals that hang from what was archived or put into the bin; a parent hidden from the reader tells nothing."""
    shown = {
        "parent_objective": Objective.seen_by(reader, "parent_objective__"),
        "parent_key_result": Objective.seen_by(reader, "parent_key_result__objective__"),
        "parent_kpi": Q(parent_kpi__is_private=False)
        | Q(parent_kpi__in=Kpi.objects.filter(Q(lead=reader) | Q(contributors=reader))),
        "pillar": Q(),
    }
    lost = Q(pk__in=[])
    for name, seen in shown.items():
        gone = Q(pk__in=[])
        for path in (name, "parent_key_result__objective") if name == "parent_key_result" else (name,):
            for when in _GONE:
                gone |= Q(**{f"{path}__isnull": False, f"{path}__{when}__isnull": False})
        lost |= gone & seen
    return lost


def unaligned() -> Q:
    """Goals that hang from nothing."""
    return Q(pillar=None, parent_objective=None, parent_key_result=None, parent_kpi=None)


def without_key_results() -> Q:
    """Goals that nobody can measure: no key result hangs on them, not even a draft (A16)."""
    return ~Q(Exists(KeyResult.objects.filter(objective=OuterRef("pk"), binned_at=None, archived_at=None)))


def without_lead() -> Q:
    """Goals that nobody leads: never named, or gone since."""
    return Q(lead=None) | Q(lead__state=Person.State.ARCHIVED)
