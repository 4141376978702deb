"""To be written: the pages of profile."""

from django.urls import URLPattern

routes: list[URLPattern] = []
