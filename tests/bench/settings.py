"""The settings of an installation, with H1 beside its own addresses."""

from plumbline.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
