"""The product's addresses; behind them a plain door for check-ins, where the page does not answer yet."""

from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from plumbline.goals.models import KeyResult
from plumbline.web.http import VisitRequest, fetch, require


@require_POST
def check_in(request: VisitRequest, key_result_id: str) -> HttpResponse:
    """Do what the page does: fetch, ask, one verb, answer."""
    key_result = fetch(KeyResult, request.visit.person, key_result_id)
    require(request.visit.person, "check_in", key_result)
    key_result.check_in(value=key_result.unit.read(request.POST["value"]), by=request.visit.actor, at=request.visit.at)
    return HttpResponse(status=204)


urlpatterns = [
    path("", include("plumbline.urls")),
    path("key-results/<key_result_id>/check-ins/", check_in),
]
