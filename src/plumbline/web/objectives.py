"""To be written: the pages of objectives."""

from django.urls import URLPattern

routes: list[URLPattern] = []
