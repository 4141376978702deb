"""To be written: the pages of search."""

from django.urls import URLPattern

routes: list[URLPattern] = []
