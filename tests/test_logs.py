"""Secrets stay out of the logs."""

import logging

import pytest

from plumbline.logs import NoSecrets, without_secrets


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgres://okr:hush@db/okr refused", "postgres://…@db/okr refused"),
        ("Not Found: /invitations/x4k9mq27tbwp:Zk3-9fjw0fj20fjjfkw_f/", "Not Found: /invitations/…/"),
        ("GET /reset/?key=dj3k-20fj30fk20fj20fk2", "GET /reset/?key=…"),
        ("GET /key-results/x4k9mq27tbwp/", "GET /key-results/x4k9mq27tbwp/"),
    ],
)
def test_passwords_and_one_time_links_are_blackened(text, shown):
    assert without_secrets(text) == shown


def test_what_is_put_into_a_message_is_blackened_too():
    record = logging.LogRecord("plumbline", logging.INFO, "", 1, "open %s", ("smtp://me:hush@mail",), None)
    assert NoSecrets().filter(record)
    assert record.getMessage() == "open smtp://…@mail"
