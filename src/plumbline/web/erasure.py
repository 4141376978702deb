"""Erasing a person: what goes, what stays, and the name typed once more."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from plumbline.goals.lost_leads import led_by
from plumbline.people.models import Person
from plumbline.usecases.erase_person import erase_person
from plumbline.web.forms.leaving import ErasureForm
from plumbline.web.http import VisitRequest
from plumbline.web.people import managed

#: As many goals as are named; the rest is counted.
MOST_NAMED = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request: VisitRequest, public_id: str) -> HttpResponse:
    """Say what is lost for good, and erase once the name was typed."""
    found = managed(request, public_id)
    if found.erased_at is not None:
        raise Http404
    form = ErasureForm(request.POST or None, person=found)
    if not form.is_valid():
        return _page(request, found, form, status=422 if form.is_bound else 200)
    visit = request.visit
    try:
        erase_person(found, **form.values(), by=visit.actor, at=visit.at, on=visit.today)
    except Person.LastOwner:
        form.add_error(None, _("The last owner can't be erased. Make somebody else an owner first."))
        return _page(request, found, form, status=422)
    except Person.Erased:
        raise Http404 from None
    messages.success(request, _("The person is erased. What they led and wrote stays, by a former member."))
    return redirect("people")


def _page(request: VisitRequest, found: Person, form: ErasureForm, *, status: int) -> HttpResponse:
    led = led_by(found)
    page = {
        "other": found,
        "form": form,
        "led": led[:MOST_NAMED],
        "more": max(len(led) - MOST_NAMED, 0),
        "section": "people",
    }
    return render(request, "people/erasure.html", page, status=status)


routes = [path("people/<str:public_id>/erasure/", erasure, name="person-erasure")]
