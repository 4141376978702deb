"""To be written: the pages of home."""

from django.urls import URLPattern

routes: list[URLPattern] = []
