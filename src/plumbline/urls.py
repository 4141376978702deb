"""The one place that sees every door."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("plumbline.web.urls")),
]
