"""To be written: the pages of key results."""

from django.urls import URLPattern

routes: list[URLPattern] = []
