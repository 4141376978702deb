"""The table of goals."""

from django.urls import URLPattern

routes: list[URLPattern] = []
