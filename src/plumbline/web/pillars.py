"""To be written: the pages of pillars."""

from django.urls import URLPattern

routes: list[URLPattern] = []
