"""From an empty folder to an installation whose first owner can come in."""

import re

import pytest

from plumbline.deployment import Deployment
from tests.cli.programs import plumbline

LINK = re.compile(r"http://localhost:8000/\S+")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("installation")


@pytest.fixture(scope="module")
def first(folder):
    return plumbline(folder, "init", "--organisation", "Harbour Cargo Bikes", "--owner", "olga@example.com")


def test_the_first_owner_gets_one_link(first):
    assert first.returncode == 0, first.stderr
    assert len(LINK.findall(first.stdout)) == 1


def test_nobody_else_can_read_the_folder(first, folder):
    assert folder.stat().st_mode & 0o077 == 0 or (folder / "secret-key").stat().st_mode & 0o077 == 0
    assert (folder / "plumbline.sqlite3").stat().st_mode & 0o077 == 0


def test_the_secret_is_never_printed(first, folder):
    assert Deployment(folder).kept_secret not in first.stdout + first.stderr


def test_running_again_gives_a_new_link_while_there_is_no_owner(first, folder):
    again = plumbline(folder, "init")
    assert "already there" in again.stdout
    assert "Harbour Cargo Bikes" in again.stdout
    assert LINK.findall(again.stdout) != LINK.findall(first.stdout)


def test_check_is_content_but_for_mail(first, folder):
    looked = plumbline(folder, "check")
    assert looked.returncode == 0, looked.stdout
    assert "Mail: not set up" in looked.stdout


def test_without_a_name_it_asks_in_one_sentence(tmp_path):
    refused = plumbline(tmp_path, "init")
    assert refused.returncode == 1
    assert refused.stderr == "The name of your organisation is needed: give it with --organisation.\n"


def test_a_silent_database_is_one_sentence(tmp_path):
    refused = plumbline(tmp_path, "init", PLUMBLINE_DATABASE="postgres://nobody@127.0.0.1:9/x?connect_timeout=2")
    assert refused.returncode == 1
    assert refused.stderr.startswith("The database doesn't answer: ")
    assert refused.stderr.count("\n") == 1


def test_check_names_the_rule_that_the_judge_s_settings_may_mean(first, folder, tmp_path):
    path = tmp_path / "judge.toml"
    path.write_text('disable = ["milestones"]')
    looked = plumbline(folder, "check", PLUMBLINE_JUDGE_SETTINGS=str(path))
    assert looked.returncode == 1
    assert "Did you mean “milestone”?" in looked.stdout
