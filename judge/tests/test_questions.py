"""The one question, over work of all kinds: the diff of a change is read aloud.

Set PLUMBLINE_TEST_SNAPSHOT=write to accept what it asks now.
"""

import os
import re
from pathlib import Path

import pytest
from plumbline_judge import Context, judge

HERE = Path(__file__).parent
SNAPSHOT = HERE / "snapshots" / "questions.txt"
LINES = [line for line in (HERE / "corpus" / "work.txt").read_text("utf-8").splitlines() if not line.startswith("#")]


def asked(text, language="en"):
    return judge(text, context=Context(language=language)).question


def test_the_questions_sound_as_they_were_read_aloud():
    now = "".join(f"{text}\n  {asked(text)}\n" for text in LINES)
    if os.environ.get("PLUMBLINE_TEST_SNAPSHOT") == "write":
        SNAPSHOT.write_text(now, encoding="utf-8")

    assert now == SNAPSHOT.read_text(encoding="utf-8")


def test_at_least_sixty_are_read():
    assert len(LINES) >= 60
    assert len({asked(text) for text in LINES}) >= 35


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("text", LINES)
def test_a_question_is_one_sentence_without_gaps(text, language):
    said = asked(text, language)

    assert said.endswith("?")
    assert "{" not in said
    assert not re.search(r"the (the|a|an|our|each|every) |\b(\w+) \2\b|  ", said)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Publish 10 blog articles", "When the 10 blog articles are out, who does what differently?"),
        ("Write a style guide", "When the style guide is out, who does what differently?"),
        ("Two meetups with guest speakers", "What are the two meetups for: who decides or does something differently"),
        ("Increase sales calls from 40 to 120", "If the sales calls go well, what does the other side do next?"),
        ("Train 300 staff", "After the training, what do people do that they could not do before?"),
        ("Review 50 old contracts", "Once you know what you find, what will you decide differently?"),
        ("Define the pricing strategy", "Once that is decided, what will somebody outside the team notice first?"),
        ("Hire 5 engineers", "So that who gets what? Once 5 engineers are on board, what is different, and for whom?"),
        ("Raise the ad budget by 20%", "So that who gets what? Once you have put in the ad budget, what is different"),
        ("Users can export their data", "Once they can, what will they do differently?"),
        ("Improve the documentation", "When the documentation is better, who notices, and how?"),
        ("Launch the app so that something happens", "When the app is out, who does what differently?"),
    ],
)
def test_the_question_fits_what_is_done(text, question):
    assert asked(text).startswith(question)
