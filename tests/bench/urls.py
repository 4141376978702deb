"""H1: the smallest view that goes through the same middleware."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from plumbline.people.models import Organisation
from plumbline.settings import ROOT_URLCONF


@login_not_required
def h1(request: HttpRequest) -> HttpResponse:
    """Answer with 200 bytes after one SELECT by key."""
    return HttpResponse(Organisation.objects.get(pk=1).name.ljust(200))


urlpatterns = [path("h1/", h1), path("", include(ROOT_URLCONF))]
