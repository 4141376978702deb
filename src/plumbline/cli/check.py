"""``plumbline check``: tell a person what is wrong with an installation."""

from __future__ import annotations


def check() -> None:
    """Look over the installation and say what is wrong with it."""
