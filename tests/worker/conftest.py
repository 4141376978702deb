"""The worker is tested with a mail server that listens."""

from tests.mail_sink import mail

__all__ = ["mail"]
