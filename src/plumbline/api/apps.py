"""Tells Django about this room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """JSON: one of the three doors."""

    name = "plumbline.api"
    label = "api"
