"""The command: sentences for people, lines for machines."""

import io
import json
import subprocess
import sys

import pytest
from plumbline_judge import judge
from plumbline_judge.__main__ import main
from plumbline_judge.terminal import Bar, show


def test_the_words_that_decided_are_underlined():
    text, signs, *_ = show(judge("Publish 10 blog articles")).splitlines()

    assert text == "Publish 10 blog articles"
    assert signs.startswith("-------")


def test_colour_only_where_it_is_asked_for():
    assert "\x1b[" not in show(judge("Publish 10 blog articles"))
    assert "\x1b[" in show(judge("Publish 10 blog articles"), color=True)


def test_control_characters_do_not_reach_the_terminal():
    assert "\x1b" not in show(judge("Publish \x1b[31m10 articles\x07"))


@pytest.mark.parametrize(
    "text", ["Raise \x1b[2Jretention\x07 to 45%", "Grow \u202eusers\x00 by 10%", "Cut \ud800 to 3%"]
)
def test_nothing_it_shows_commands_a_terminal(text):
    shown = show(judge(text))

    assert all(letter.isprintable() or letter == "\n" for letter in shown)
    shown.encode("utf-8")


def test_a_sentence_on_the_command_line_is_judged(capsys):
    assert main(["Publish 10 blog articles"]) == 0
    assert "This counts what you make." in capsys.readouterr().out


def test_json_on_the_command_line_is_the_whole_judgement(capsys):
    main(["--json", "Publish 10 blog articles"])

    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(judge("Publish 10 blog articles").to_dict()))


def test_a_missing_file_gets_one_sentence(capsys):
    assert main(["--jsonl", "/no/such/file.jsonl"]) == 2
    assert "No such file" in capsys.readouterr().err


def test_the_bar_shows_how_far_it_is():
    sink = io.StringIO()
    Bar(sink, total=4)(4)

    assert "100%" in sink.getvalue()


def test_the_judge_starts_without_django():
    code = (
        "import sys; from plumbline_judge import judge; judge('Cut churn to 3%');"
        "sys.exit(any(name.split('.')[0] in ('django', 'plumbline', 'numpy', 'sklearn') for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
