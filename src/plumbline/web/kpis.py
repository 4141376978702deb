"""To be written: the pages of kpis."""

from django.urls import URLPattern

routes: list[URLPattern] = []
