"""What every view is handed, and the two questions it asks before a verb: does it exist, and may I."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django_htmx.middleware import HtmxDetails

from plumbline.goals import policy
from plumbline.goals.around import surround
from plumbline.goals.company import name_company
from plumbline.goals.frame import Frame, frame_for
from plumbline.goals.models import CheckIn, Comment, Cycle, Initiative, KeyResult, Kpi, Objective
from plumbline.people.models import Actor, Organisation, Person
from plumbline.usecases.keep_time import is_late, keep_ahead

Seen = TypeVar("Seen", Objective, KeyResult, Initiative, Kpi, Comment, CheckIn)


class Visit:
    """One request of somebody who is signed in: who, when, and what the house is called."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.at: datetime = timezone.now()
        self.request_id = str(uuid.uuid4())

    @property
    def person(self) -> Person:
        """Return who is signed in."""
        person = self.request.user
        if not isinstance(person, Person):
            raise PermissionDenied
        return person

    @cached_property
    def frame(self) -> Frame:
        """Return what stands around every page, read once a request."""
        return frame_for(self.person)

    @property
    def organisation(self) -> Organisation:
        """Return the organisation."""
        return self.frame.organisation

    @cached_property
    def today(self) -> date:
        """Return today in the organisation's time zone."""
        return self.organisation.today(self.at)

    @cached_property
    def cycles(self) -> list[Cycle]:
        """Return all cycles, newest first; a cadence that the worker left behind catches up."""
        if is_late(self.frame.cycles, self.today) and keep_ahead(self.at):
            self.frame = frame_for(self.person)
        return self.frame.cycles

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone that times are shown in."""
        return ZoneInfo(self.person.time_zone or self.organisation.time_zone)

    @property
    def actor(self) -> Actor:
        """Return who acts, for the ``by`` of a verb; a form's hidden ``once`` makes a repeated submit one act."""
        once = self.request.POST.get("once", "")[:80]
        return Actor(person=self.person, door="web", request_id=self.request_id, idempotency_key=once)


class VisitRequest(HttpRequest):
    """A request as views see it, typed once."""

    visit: Visit
    htmx: HtmxDetails


class VisitMiddleware:
    """Put a ``visit`` on each request, and show times in the visitor's zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the visit before the view runs."""
        request.visit = Visit(request)  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return self.get_response(request)
        with timezone.override(request.visit.zone):  # type: ignore[attr-defined]
            return self.get_response(request)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def fetch(kind: type[Seen], person: Person, public_id: str, **along: Any) -> Seen:
    """Return the noun as this person may see it, or 404: to fetch is to authorise.

    ``along`` names what to select with it: ``related`` and ``prefetched`` lists.
    """
    rows = kind.objects.visible_to(person).select_related(*along.get("related", ()))
    return get_object_or_404(rows.prefetch_related(*along.get("prefetched", ())), public_id=public_id)


def fetch_whole(person: Person, public_id: str) -> KeyResult:
    """Return a key result with all that its page shows and its rights ask for, in three queries."""
    row = fetch_to_write(person, public_id)
    surround([row])
    name_company(row.objective, [row])
    return row


def fetch_to_write(person: Person, public_id: str) -> KeyResult:
    """Return a key result for one act: whoever leads it needs no more, and the rest is asked for where it matters."""
    return fetch(KeyResult, person, public_id, related=_WHOLE)


_WHOLE = ("objective__cycle", "objective__lead", "lead", "latest_check_in__author", "waiver", "source_kpi")


def require(person: Person, verb: str, noun: policy.Goal | Comment) -> None:
    """Refuse (403) a verb that this person may not use on what they can see."""
    if not policy.can(person, verb, noun):
        raise PermissionDenied


def require_role(person: Person, verb: str) -> None:
    """Refuse (403) a verb on the organisation that the person's role does not hold."""
    if not policy.may(person, verb):
        raise PermissionDenied
