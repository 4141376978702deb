"""What the organisation switched off: its pages are not there, and what a verb refuses is said in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from plumbline.people.models import Organisation
from plumbline.people.models.organisation import Feature
from plumbline.web.http import VisitRequest
from plumbline.web.refusals import refused

#: Addresses that begin like this are there while the feature is on. Every route below them is meant.
ADDRESSES: Final = {"kpis/": Feature.KPIS}


class Switches:
    """Guard all routes of a feature in one place, before their views run."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the views are asked about below."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, *_told: Any) -> HttpResponse | None:
        """Say that a page is switched off (404), to whoever is signed in."""
        route = request.resolver_match.route if request.resolver_match else ""
        feature = next((feature for start, feature in ADDRESSES.items() if route.startswith(start)), None)
        visit = cast("VisitRequest", request)
        if feature is None or not request.user.is_authenticated or visit.visit.organisation.has(feature):
            return None
        return _switched_off(visit, feature, status=404)

    def process_exception(self, request: HttpRequest, refusal: Exception) -> HttpResponse | None:
        """Put into words (409) that a verb asked for what is switched off."""
        if not isinstance(refusal, Organisation.SwitchedOff):
            return None
        return _switched_off(cast("VisitRequest", request), refusal.feature, status=409)


def _switched_off(request: VisitRequest, feature: Feature, *, status: int) -> HttpResponse:
    heading = _("Switched off: %(feature)s") % {"feature": feature.label}
    words = _("What is there is kept. An owner can switch it on again under Settings, Features.")
    return refused(request, heading, words, status=status)
