"""The one place that sees every door."""

from django.urls import URLPattern, URLResolver, path

from plumbline.web.content_policy import REPORTS, report
from plumbline.web.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health, name="health"),
    path(REPORTS.removeprefix("/"), report, name="content_policy_reports"),
]
