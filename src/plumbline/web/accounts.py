"""To be written: the pages of accounts."""

from django.urls import URLPattern

routes: list[URLPattern] = []
