"""To be written: the pages of health."""

from django.urls import URLPattern

routes: list[URLPattern] = []
