"""Keep secrets out of what is logged."""

from __future__ import annotations

import logging
import re

_PASSWORD_IN_ADDRESS = re.compile(r"(?<=://)[^/@\s]+@")
_LONG_RANDOM_WORD = re.compile(r"(?<=[/=])(?=[\w~:-]*\d)[\w~:-]{20,}")


class NoSecrets(logging.Filter):
    """Blacken passwords inside addresses, and the long random words of one-time links."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without its secrets."""
        record.msg, record.args = without_secrets(record.getMessage()), None
        return True


def without_secrets(text: str) -> str:
    """Return the text with its secrets replaced by dots."""
    return _LONG_RANDOM_WORD.sub("…", _PASSWORD_IN_ADDRESS.sub("…@", text))
