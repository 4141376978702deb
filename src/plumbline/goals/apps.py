"""Tells Django about this room."""

from django.apps import AppConfig


class GoalsConfig(AppConfig):
    """What: strategy, objectives, key results, KPIs, check-ins, and their verbs."""

    name = "plumbline.goals"
    label = "goals"
