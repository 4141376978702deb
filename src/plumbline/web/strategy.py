"""To be written: the pages of strategy."""

from django.urls import URLPattern

routes: list[URLPattern] = []
