"""Say no in plain words, and end with a status that scripts understand."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn

import typer


def refuse(*reasons: str) -> NoReturn:
    """Print each reason on its own line and end with status 1."""
    for reason in reasons:
        sys.stderr.write(f"{reason}\n")
    raise typer.Exit(1)


def refuse_if_any(reasons: Sequence[str]) -> None:
    """Refuse when there is a reason to."""
    if reasons:
        refuse(*reasons)
