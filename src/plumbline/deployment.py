"""What an installation is told by its environment: one frozen value, no Django."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Deployment:
    """The settings of one installation, with safe defaults for a laptop."""

    folder: Path
    database: dict[str, Any]
    secret_key: str
    public_address: str
    time_zone: str

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Deployment:
        """Read ``PLUMBLINE_*``; nothing is refused here, ``problems`` says what is wrong."""
        folder = Path(environ.get("PLUMBLINE_FOLDER", "var")).resolve()
        return cls(
            folder=folder,
            database=_database(environ.get("PLUMBLINE_DATABASE", ""), folder),
            secret_key=environ.get("PLUMBLINE_SECRET_KEY") or secrets.token_urlsafe(50),
            public_address=environ.get("PLUMBLINE_ADDRESS", "http://localhost:8000"),
            time_zone=environ.get("PLUMBLINE_TIME_ZONE", "UTC"),
        )

    @property
    def allowed_hosts(self) -> list[str]:
        """The host names that this installation answers to."""
        return ["*"]

    @property
    def trusted_origins(self) -> list[str]:
        """Where forms may come from."""
        return [self.public_address]


def _database(address: str, folder: Path) -> dict[str, Any]:
    if address.startswith("postgres"):
        return _postgres(address)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(folder / "plumbline.sqlite3"),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgres(address: str) -> dict[str, Any]:
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }
