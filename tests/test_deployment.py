"""What the environment says, and what is refused."""

from pathlib import Path

import pytest

from plumbline.deployment import Deployment

SECRET = "s" * 50


def given(folder: Path, **environ: str) -> Deployment:
    settings = {"FOLDER": str(folder), "SECRET_KEY": SECRET, **environ}
    return Deployment.from_environment({f"PLUMBLINE_{name}": value for name, value in settings.items()})


def test_a_laptop_needs_nothing_but_a_secret(tmp_path):
    assert given(tmp_path).problems() == []


def test_a_whole_server_is_safe(tmp_path):
    deployment = given(
        tmp_path,
        ADDRESS="https://okr.example.com",
        DATABASE="postgres://okr:pa%3Ass@db:5433/okr?sslmode=require",
        MAIL="smtp://post:word@mail.example.com",
        TIME_ZONE="Europe/Berlin",
        PROXY="10.0.0.0/8, ::1",
    )
    assert deployment.problems() == []


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("SECRET_KEY", "short", "too short"),
        ("ADDRESS", "http://okr.example.com", "in the clear"),
        ("ADDRESS", "okr.example.com", "should read like"),
        ("ADDRESS", "https://okr.example.com/sub", "should read like"),
        ("ADDRESS", "https://okr.example.com:port", "should read like"),
        ("TIME_ZONE", "Mars/Olympus", "no time zone"),
        ("TIME_ZONE", "../../etc/passwd", "no time zone"),
        ("DATABASE", "mysql://root@db/okr", "SQLite"),
        ("MAIL", "mail.example.com", "PLUMBLINE_MAIL"),
        ("PROXY", "nginx", "no IP address"),
        ("FOLDER", "/dev/null/there", "can't write"),
    ],
)
def test_what_is_unsafe_is_refused_in_words(tmp_path, variable, value, words):
    problems = given(tmp_path, **{variable: value}).problems()
    assert len(problems) == 1
    assert words in problems[0]


def test_no_problem_tells_a_secret(tmp_path):
    deployment = given(tmp_path, SECRET_KEY="hush", DATABASE="mysql://root:hush@db/x", MAIL="ftp://me:hush@mail")
    assert "hush" not in " ".join(deployment.problems())


def test_plain_http_may_be_wanted(tmp_path):
    assert given(tmp_path, ADDRESS="http://okr.lan", PLAIN_HTTP="yes").problems() == []


def test_there_is_no_default_secret(tmp_path):
    assert "no secret key" in given(tmp_path, SECRET_KEY="").problems()[0]
    assert given(tmp_path, SECRET_KEY="").secret_key != given(tmp_path, SECRET_KEY="").secret_key


def test_a_secret_is_made_once_and_kept_from_others(tmp_path):
    assert given(tmp_path, SECRET_KEY="").keep_a_secret()
    kept = given(tmp_path, SECRET_KEY="")
    assert not kept.keep_a_secret()
    assert kept.secret_file.stat().st_mode & 0o777 == 0o600
    assert kept.problems() == []


def test_a_secret_that_others_can_read_is_refused(tmp_path):
    given(tmp_path, SECRET_KEY="").keep_a_secret()
    (tmp_path / "secret-key").chmod(0o644)
    assert "chmod 600" in given(tmp_path, SECRET_KEY="").problems()[0]


def test_postgres_is_taken_apart(tmp_path):
    database = given(tmp_path, DATABASE="postgres://okr:pa%3Ass@db:5433/goals?sslmode=require").database
    assert (database["USER"], database["PASSWORD"], database["HOST"], database["PORT"]) == (
        "okr",
        "pa:ss",
        "db",
        "5433",
    )
    assert database["NAME"] == "goals"
    assert database["OPTIONS"]["sslmode"] == "require"


def test_sqlite_keeps_what_it_acknowledged(tmp_path):
    database = given(tmp_path, DATABASE="goals.sqlite3").database
    assert database["NAME"] == str(tmp_path / "goals.sqlite3")
    assert "synchronous=FULL" in database["OPTIONS"]["init_command"]
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("address", "port", "ssl", "tls"),
    [
        ("smtp://mail.example.com", 587, False, True),
        ("smtps://mail.example.com", 465, True, False),
        ("smtp://localhost:25?tls=no", 25, False, False),
    ],
)
def test_mail_is_encrypted_unless_somebody_says_no(tmp_path, address, port, ssl, tls):
    mail = given(tmp_path, MAIL=address).mail
    assert (mail["EMAIL_PORT"], mail["EMAIL_USE_SSL"], mail["EMAIL_USE_TLS"]) == (port, ssl, tls)


def test_without_a_mail_server_letters_are_kept(tmp_path):
    assert given(tmp_path).mail["EMAIL_FILE_PATH"] == tmp_path / "mail"


def test_only_its_own_name_is_answered_to(tmp_path):
    assert given(tmp_path, ADDRESS="https://okr.example.com").allowed_hosts == ["okr.example.com"]
    assert "*" not in given(tmp_path).allowed_hosts
