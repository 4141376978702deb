"""To be written: the pages of cycles."""

from django.urls import URLPattern

routes: list[URLPattern] = []
