"""One's own data, as a file: made by the person, for the person."""

from __future__ import annotations

from django.http import StreamingHttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from plumbline.usecases.own_data import own_data
from plumbline.web.http import VisitRequest


@never_cache
@require_POST
def export(request: VisitRequest) -> StreamingHttpResponse:
    """Stream everything that is kept about whoever asks; that it was taken stands in the log."""
    person, visit = request.visit.person, request.visit
    person.take_data(by=visit.actor, at=visit.at)
    headers = {"Content-Disposition": f'attachment; filename="plumbline-{visit.today:%Y-%m-%d}.json"'}
    return StreamingHttpResponse(own_data(person), content_type="application/json", headers=headers)


routes = [path("profile/data/", export, name="own-data")]
