"""The product's settings for processes that are killed: only without collected static files."""

from plumbline.settings import *  # noqa: F403
from plumbline.settings import STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
