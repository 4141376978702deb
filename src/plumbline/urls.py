"""The one place that sees every door."""

from django.urls import include, path

from plumbline.api import urls as api

urlpatterns = [
    path("api/v1/", (api.urlpatterns, api.app_name, "api")),
    path("", include("plumbline.web.urls")),
]
