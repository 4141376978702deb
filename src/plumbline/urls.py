"""The one place that sees every door."""

from django.urls import include, path

urlpatterns = [
    path("", include("plumbline.web.urls")),
]
