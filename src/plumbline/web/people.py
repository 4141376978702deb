"""To be written: the pages of people."""

from django.urls import URLPattern

routes: list[URLPattern] = []
