"""Tells Django about this room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """HTML: one of the three doors."""

    name = "plumbline.web"
    label = "web"
