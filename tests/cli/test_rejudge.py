"""The operator looks at what a new version of the judge would flip, and then keeps it."""

import sqlite3
import subprocess
import sys

import pytest

from tests.cli.programs import environment, plumbline

FILL = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "plumbline.settings"
django.setup()
from django.utils.timezone import now
from plumbline.goals.models import Cycle, KeyResult, Objective
from plumbline.people.models import Actor, Person
from plumbline.people.models.person import Role
from datetime import date
by, at = Actor.system(), now()
ada = Person.reserve(name="Ada", email="ada@example.com", role=Role.MEMBER, by=by, at=at)
cycle = Cycle.plan(name="Q2 2026", first_day=date(2026, 4, 1), last_day=date(2026, 6, 30), by=by, at=at)
for title, private in (("Riders stay", False), ("Sell the depot", True)):
    goal = Objective.set(title=title, cycle=cycle, home="company", lead=ada, by=by, at=at, is_private=private)
    KeyResult.write_down(goal, statement=f"{title}: offers rise from 0 to 3", by=by, at=at)
KeyResult.objects.update(level="output", judge_version="0")
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("installation")
    made = plumbline(folder, "init", "--organisation", "Harbour Cargo Bikes", "--owner", "olga@example.com")
    assert made.returncode == 0, made.stderr
    filled = subprocess.run(
        [sys.executable, "-c", FILL], check=False, capture_output=True, text=True, env=environment(folder)
    )
    assert filled.returncode == 0, filled.stderr
    return folder


@pytest.fixture(autouse=True)
def _as_an_older_judge_left_it(folder):
    """Put the readings back that a test before may have written anew: tests run in any order."""
    with sqlite3.connect(folder / "plumbline.sqlite3") as database:
        database.execute("UPDATE goals_keyresult SET level = 'output', judge_version = '0'")


def levels(folder):
    with sqlite3.connect(folder / "plumbline.sqlite3") as database:
        return [level for (level,) in database.execute("SELECT level FROM goals_keyresult ORDER BY id")]


def test_it_shows_first_and_writes_only_when_told(folder):
    looked = plumbline(folder, "rejudge")

    assert looked.returncode == 0, looked.stderr
    assert "Riders stay: offers rise from 0 to 3" in looked.stdout
    assert "2 read, 2 with another reading, 2 that flip" in looked.stdout
    assert levels(folder) == ["output", "output"]


def test_private_words_are_not_printed_unless_asked_for(folder):
    assert "depot" not in plumbline(folder, "rejudge").stdout
    assert "depot" in plumbline(folder, "rejudge", "--private-titles").stdout


def test_an_unknown_cycle_is_refused_with_those_there_are(folder):
    refused = plumbline(folder, "rejudge", "--cycle", "Q9")

    assert (refused.returncode, refused.stderr) == (1, "There is no cycle 'Q9'. There are: Q2 2026.\n")


def test_writing_twice_is_writing_once(folder):
    first = plumbline(folder, "rejudge", "--cycle", "Q2 2026", "--write")
    again = plumbline(folder, "rejudge", "--write")

    assert "Kept 2 new verdicts." in first.stdout
    assert levels(folder) == ["outcome", "outcome"]
    assert "Kept 0 new verdicts." in again.stdout
