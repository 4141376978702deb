"""To be written: the pages of check ins."""

from django.urls import URLPattern

routes: list[URLPattern] = []
