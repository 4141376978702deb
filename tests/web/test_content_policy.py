"""What browsers are told, and what they tell back."""

import json
import logging

from django.test import Client


def test_every_answer_carries_a_strict_policy(db):
    policy = Client().get("/healthz").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "unsafe" not in policy


def test_error_pages_carry_it_too(client):
    assert "Content-Security-Policy" in client.get("/nowhere/").headers


def test_no_page_may_be_framed_or_sniffed(db):
    headers = Client().get("/healthz").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_violation_is_logged_without_its_query(caplog):
    said = {"violated-directive": "script-src", "blocked-uri": "inline", "document-uri": "/goals?secret=1"}
    with caplog.at_level(logging.WARNING):
        answer = send(json.dumps({"csp-report": said}))
    assert answer.status_code == 204
    assert caplog.messages == ["'script-src' refused 'inline' on '/goals'"]


def test_nonsense_gets_an_answer(caplog):
    for body in ("", "[]", "null", '{"csp-report": 7}', "[" * 9000, "\x00"):
        assert send(body).status_code == 204


def test_a_report_can_not_forge_a_line(caplog):
    send(json.dumps({"csp-report": {"violated-directive": "x\n2026 ERROR root: forged"}}))
    assert "\n" not in caplog.messages[0]


def send(body):
    return Client(enforce_csrf_checks=True).post(
        "/content-policy-reports/", body, content_type="application/csp-report"
    )
