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
    def organisation(self) -> Organisation:
        """Return the organisation, read once a request."""
        return Organisation.the()

    @cached_property
    def today(self) -> date:
        """Return today in the organisation's time zone."""
        return self.organisation.today(self.at)

    @cached_property
    def cycles(self) -> list[Cycle]:
        """Return all cycles, newest first, read once a request; a cadence that the worker left behind catches up."""
        if is_late(cycles := self._read_cycles(), self.today) and keep_ahead(self.at):
            return self._read_cycles()
        return cycles

    @staticmethod
    def _read_cycles() -> list[Cycle]:
        return list(Cycle.objects.filter(binned_at=None).select_related("cadence").order_by("-first_day", "last_day"))

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


def require(person: Person, verb: str, noun: policy.Goal | Comment) -> None:
    """Refuse (403) a verb that this person may not use on what they can see."""
    if not policy.can(person, verb, noun):
        raise PermissionDenied


def require_role(person: Person, verb: str) -> None:
    """Refuse (403) a verb on the organisation that the person's role does not hold."""
    if not policy.may(person, verb):
        raise PermissionDenied
