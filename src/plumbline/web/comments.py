"""To be written: the pages of comments."""

from django.urls import URLPattern

routes: list[URLPattern] = []
