"""A real mail server for tests: it takes letters by SMTP and keeps them, or says no."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class MailSink:
    """Keeps what arrives in ``letters``; ``refusal`` is what it answers instead when set.

    ``on_letter`` is called when a letter has arrived and was not acknowledged yet.
    """

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.refusal = ""
        self.on_letter: Callable[[], None] = lambda: None
        self._controller = Controller(self, hostname="127.0.0.1", port=_free_port())

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._controller.port)

    def start(self) -> None:
        """Listen on a free port, without a word about each one."""
        logging.getLogger("mail").setLevel(logging.WARNING)
        self._controller.start()

    def stop(self) -> None:
        """Take no more letters."""
        self._controller.stop()

    async def handle_RCPT(  # noqa: N802 - the name that the mail server calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        self.letters.append(message_from_bytes(content, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        self.on_letter()
        return "250 OK"


def _free_port() -> int:
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])


@pytest.fixture
def mail(settings: Any) -> Iterator[MailSink]:
    """A mail server that the installation names."""
    sink = MailSink()
    sink.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 3
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield sink
    sink.stop()
