"""Letters are tested with a mail server that listens, and in both languages."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from django.utils import translation

import plumbline.integrations.email
from tests.mail_sink import mail

__all__ = ["mail"]


@pytest.fixture(scope="session", autouse=True)
def _german() -> None:
    """Compile the catalogue where it was not installed but checked out."""
    for source in Path(plumbline.integrations.email.__file__).parent.rglob("*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            program = shutil.which("msgfmt")
            assert program, "apt install gettext, or install Plumbline: that compiles its catalogues"
            subprocess.run([program, "-o", compiled, source], check=True)
    translation.trans_real._translations.clear()
