"""To be written: the pages of teams."""

from django.urls import URLPattern

routes: list[URLPattern] = []
