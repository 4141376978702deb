"""To be written: the pages of judgements."""

from django.urls import URLPattern

routes: list[URLPattern] = []
