"""To be written: the pages of waivers."""

from django.urls import URLPattern

routes: list[URLPattern] = []
