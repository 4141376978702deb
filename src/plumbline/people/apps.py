"""Tells Django about this room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who: the organisation, its people and teams, and the log of who did what."""

    name = "plumbline.people"
    label = "people"
