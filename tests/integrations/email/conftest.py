"""Letters are tested with a mail server that listens, and in both languages."""

from __future__ import annotations

import pytest

from tests.mail_sink import mail

__all__ = ["mail"]


@pytest.fixture(autouse=True)
def _german(catalogues: None) -> None:
    """Have the catalogues ready."""
