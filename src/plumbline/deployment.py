"""What an installation is told by its environment: one frozen value, no Django.

Reading never fails, so that ``plumbline check`` can say everything that is
wrong at once. Whoever is about to serve people asks ``problems`` first.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

SHORTEST_SECRET = 40
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
YES = frozenset({"1", "yes", "true", "on"})


@dataclass(frozen=True)
class Deployment:
    """The settings of one installation, with safe defaults for a laptop."""

    folder: Path
    database_address: str = ""
    given_secret: str = ""
    address: str = "http://localhost:8000"
    mail_address: str = ""
    mail_from: str = ""
    wanted_time_zone: str = "UTC"
    proxy: str = ""
    plain_http: bool = False
    judge_settings: str = ""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Deployment:
        """Read ``PLUMBLINE_*``; nothing is refused here, ``problems`` says what is wrong."""
        return cls(
            folder=Path(environ.get("PLUMBLINE_FOLDER") or "var").resolve(),
            database_address=environ.get("PLUMBLINE_DATABASE", ""),
            given_secret=environ.get("PLUMBLINE_SECRET_KEY", ""),
            address=(environ.get("PLUMBLINE_ADDRESS") or "http://localhost:8000").rstrip("/"),
            mail_address=environ.get("PLUMBLINE_MAIL", ""),
            mail_from=environ.get("PLUMBLINE_MAIL_FROM", ""),
            wanted_time_zone=environ.get("PLUMBLINE_TIME_ZONE") or "UTC",
            proxy=environ.get("PLUMBLINE_PROXY", ""),
            plain_http=environ.get("PLUMBLINE_PLAIN_HTTP", "").lower() in YES,
            judge_settings=environ.get("PLUMBLINE_JUDGE_SETTINGS", ""),
        )

    # Secrets

    @property
    def secret_file(self) -> Path:
        """Where ``plumbline init`` keeps the secret that it made."""
        return self.folder / "secret-key"

    @cached_property
    def kept_secret(self) -> str:
        """The secret from the environment, else from the folder, else empty."""
        return self.given_secret or _first_line(self.secret_file)

    @cached_property
    def secret_key(self) -> str:
        """Signs sessions; one for this process alone where none is kept, never a fixed one."""
        return self.kept_secret or secrets.token_urlsafe(50)

    def keep_a_secret(self) -> bool:
        """Make a secret and keep it in the folder, readable by its owner only; say whether one was made."""
        if self.kept_secret:
            return False
        descriptor = os.open(self.secret_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50) + "\n")
        return True

    # The web

    @property
    def host(self) -> str:
        """The host name in the public address, in brackets where it is an IPv6 number."""
        name = _split(self.address)["host"]
        return f"[{name}]" if ":" in name else name

    @property
    def is_local(self) -> bool:
        """True when only this machine can reach the address."""
        return self.host in LOCAL_HOSTS

    @property
    def is_https(self) -> bool:
        """True when people reach this installation over TLS."""
        return self.address.startswith("https://")

    @property
    def allowed_hosts(self) -> list[str]:
        """The host names that this installation answers to."""
        return list(LOCAL_HOSTS) if self.is_local else [self.host]

    @property
    def trusted_origins(self) -> list[str]:
        """Where forms may come from."""
        return [self.address] if "://" in self.address else []

    @property
    def proxies(self) -> list[str]:
        """The addresses and networks whose ``X-Forwarded-For`` is believed."""
        return [part.strip() for part in self.proxy.split(",") if part.strip()]

    # The rest

    @property
    def time_zone(self) -> str:
        """The time zone of logs and of people who chose none; UTC where the wanted one is unknown."""
        return self.wanted_time_zone if _is_time_zone(self.wanted_time_zone) else "UTC"

    @property
    def database(self) -> dict[str, Any]:
        """Django's description of the database."""
        if self.is_postgres:
            return _postgres(self.database_address)
        return _sqlite(self.database_file)

    @property
    def is_postgres(self) -> bool:
        """True when the data live on a PostgreSQL server."""
        return self.database_address.startswith(("postgres://", "postgresql://"))

    @property
    def database_file(self) -> Path:
        """Where SQLite keeps the data."""
        path = self.database_address.removeprefix("sqlite://")
        return (self.folder / path) if path and "://" not in path else self.folder / "plumbline.sqlite3"

    @property
    def mail(self) -> dict[str, Any]:
        """Django's mail settings; without a mail server, mails are kept as files in the folder."""
        sender = {"DEFAULT_FROM_EMAIL": self.mail_from or f"plumbline@{self.host}"}
        if not self.mail_address:
            return {
                **sender,
                "EMAIL_BACKEND": _BACKENDS + "filebased.EmailBackend",
                "EMAIL_FILE_PATH": self.mail_folder,
            }
        return {**sender, **_smtp(self.mail_address)}

    @property
    def mail_folder(self) -> Path:
        """Where mails are kept while there is no mail server."""
        return self.folder / "mail"

    def problems(self) -> list[str]:
        """Say in words what is unsafe or can't work; empty when people may be served."""
        return [
            *self._problems_with_folder(),
            *self._problems_with_secret(),
            *self._problems_with_address(),
            *self._problems_with_values(),
        ]

    def _problems_with_folder(self) -> Iterator[str]:
        nearest = next(path for path in (self.folder, *self.folder.parents) if path.exists())
        if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
            yield f"Plumbline can't write to {nearest}. Make it writable, or set PLUMBLINE_FOLDER to another folder."

    def _problems_with_secret(self) -> Iterator[str]:
        if not self.kept_secret:
            yield "There is no secret key yet. Run 'plumbline init', or set PLUMBLINE_SECRET_KEY."
        elif len(self.kept_secret) < SHORTEST_SECRET:
            yield f"The secret key is too short to be safe: use at least {SHORTEST_SECRET} random characters."
        if not self.given_secret and _others_may_read(self.secret_file):
            yield f"Others on this machine can read {self.secret_file}. Run: chmod 600 {self.secret_file}"

    def _problems_with_address(self) -> Iterator[str]:
        if not self.address.startswith(("http://", "https://")) or not self.host or not _is_origin(self.address):
            yield f"PLUMBLINE_ADDRESS should read like https://okr.example.com, not {self.address!r}."
        elif not self.is_https and not self.is_local and not self.plain_http:
            yield (
                f"{self.address} would carry passwords in the clear. Use an https address, "
                "or set PLUMBLINE_PLAIN_HTTP=yes if the network is yours alone."
            )

    def _problems_with_values(self) -> Iterator[str]:
        if not _is_time_zone(self.wanted_time_zone):
            yield f"{self.wanted_time_zone!r} is no time zone that is known here. Try one like Europe/Berlin."
        if "://" in self.database_address and not (self.is_postgres or self.database_address.startswith("sqlite://")):
            yield "PLUMBLINE_DATABASE should be a file for SQLite, or an address like postgres://user@host/name."
        if self.mail_address and not (
            self.mail_address.startswith(("smtp://", "smtps://")) and _host(self.mail_address)
        ):
            yield "PLUMBLINE_MAIL should read like smtp://user:password@mail.example.com:587."
        for proxy in self.proxies:
            if not _is_network(proxy):
                yield f"PLUMBLINE_PROXY names {proxy!r}, which is no IP address and no network like 10.0.0.0/8."


_BACKENDS = "django.core.mail.backends."


def _first_line(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""


def _others_may_read(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & 0o077)


def _split(address: str) -> dict[str, str]:
    """Take an address apart; a malformed one gives empty parts, never an exception."""
    try:
        parts = urlsplit(address)
        return {
            "host": unquote(parts.hostname or ""),
            "port": str(parts.port or ""),
            "user": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "path": unquote(parts.path.strip("/")),
            "query": parts.query,
        }
    except ValueError:
        return dict.fromkeys(("host", "port", "user", "password", "path", "query"), "")


def _host(address: str) -> str:
    return _split(address)["host"]


def _is_origin(address: str) -> bool:
    parts = _split(address)
    return not (parts["path"] or parts["query"] or parts["user"])


def _is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def _sqlite(file: Path) -> dict[str, Any]:
    # IMMEDIATE takes the write lock at the start, so that two writers wait for
    # each other instead of failing half-way. FULL keeps what was acknowledged
    # through a loss of power.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgres(address: str) -> dict[str, Any]:
    # A pool, because the server's threads come and go; health checks, so that
    # a restart of PostgreSQL costs nobody an error page.
    parts = _split(address)
    pool = {"min_size": 1, "max_size": 8, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts["path"],
        "USER": parts["user"],
        "PASSWORD": parts["password"],
        "HOST": parts["host"],
        "PORT": parts["port"],
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "application_name": "plumbline",
            "connect_timeout": 10,
            "pool": pool,
            **dict(parse_qsl(parts["query"])),
        },
    }


def _smtp(address: str) -> dict[str, Any]:
    parts = _split(address)
    wrapped = address.startswith("smtps://")
    plain = dict(parse_qsl(parts["query"])).get("tls") == "no"
    return {
        "EMAIL_BACKEND": _BACKENDS + "smtp.EmailBackend",
        "EMAIL_HOST": parts["host"],
        "EMAIL_PORT": int(parts["port"] or (465 if wrapped else 587)),
        "EMAIL_HOST_USER": parts["user"],
        "EMAIL_HOST_PASSWORD": parts["password"],
        "EMAIL_USE_SSL": wrapped,
        "EMAIL_USE_TLS": not wrapped and not plain,
        "EMAIL_TIMEOUT": 15,
    }
