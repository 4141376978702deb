"""Tells Django about this integration."""

from django.apps import AppConfig


class EmailConfig(AppConfig):
    """Letters, by the mail server that the installation names."""

    name = "plumbline.integrations.email"
    label = "email_integration"
