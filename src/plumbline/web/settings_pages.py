"""To be written: the pages of settings pages."""

from django.urls import URLPattern

routes: list[URLPattern] = []
