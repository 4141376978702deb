"""To be written: the pages of initiatives."""

from django.urls import URLPattern

routes: list[URLPattern] = []
