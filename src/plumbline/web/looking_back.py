"""Looking back: ``?as_of=2026-05-01`` shows a page as it stood that day, ``&corrected=1`` as we know it since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from plumbline.goals.as_of import Moment
from plumbline.web.http import VisitRequest

DAY, CORRECTED = "as_of", "corrected"


@dataclass(frozen=True, slots=True)
class LookingBack:
    """What the banner over a page of the past says, with the ways on."""

    day: date
    corrected: bool
    known: str
    true: str
    today: str


def moment_of(request: VisitRequest) -> Moment | None:
    """Return the moment that the address asks for; None for today, for days to come, and for what is no day."""
    try:
        day = date.fromisoformat(request.GET.get(DAY, ""))
    except ValueError:
        return None
    if day >= request.visit.today:
        return None
    return Moment.end_of(day, request.visit.organisation, corrected=bool(request.GET.get(CORRECTED)))


def around(request: VisitRequest, moment: Moment | None) -> dict[str, Any]:
    """Return what every page that can look back shows: the banner, and the days to choose from."""
    return {"can_look_back": True, "looking_back": None if moment is None else _banner(request, moment)}


def _banner(request: VisitRequest, moment: Moment) -> LookingBack:
    def with_(**asked: str) -> str:
        query = request.GET.copy()
        for name in (DAY, CORRECTED):
            query.pop(name, None)
        query.update(asked)
        return f"{request.path}?{query.urlencode()}" if query else request.path

    day = moment.day.isoformat()
    known, true = with_(as_of=day), with_(as_of=day, corrected="1")
    return LookingBack(moment.day, moment.corrected, known, true, with_())
