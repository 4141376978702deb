"""What monitors see."""

from django.db import DatabaseError, connection


def test_a_healthy_installation_says_ok(client, db):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_silent_database_is_said(client, db, monkeypatch):
    def fail() -> None:
        raise DatabaseError

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", fail)
        assert client.get("/healthz").status_code == 503


def test_nothing_can_be_written_there(client):
    assert client.post("/healthz").status_code == 405
