"""Tells Django about this room."""

from django.apps import AppConfig


class WorkerConfig(AppConfig):
    """The clock: delivers events, sends what is due, looks after jobs."""

    name = "plumbline.worker"
    label = "worker"
