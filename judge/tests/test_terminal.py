"""The command: sentences for people, lines for machines."""

import io
import json
import subprocess
import sys

import pytest
from plumbline_judge import judge
from plumbline_judge.__main__ import main
from plumbline_judge.terminal import BadLine, Bar, run_jsonl, show


def lines(*rows):
    return [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]


def test_answers_keep_the_order_of_the_questions():
    sink = io.StringIO()
    done = run_jsonl(lines({"id": 2, "text": "Hire 5 engineers"}, {"id": 1, "text": "NPS from 30 to 45"}), sink)

    answers = [json.loads(line) for line in sink.getvalue().splitlines()]

    assert done == 2
    assert [(one["id"], one["level"]) for one in answers] == [(2, "input"), (1, "outcome")]
    assert set(answers[1]["measure"]) >= {"metric", "baseline", "target", "change", "unit", "direction", "deadline"}


def test_blank_lines_are_left_out():
    assert run_jsonl(["\n", *lines({"text": "Cut churn to 3%"}), "  \n"], io.StringIO()) == 1


def test_letters_of_all_scripts_come_back_as_they_went_in():
    sink = io.StringIO()
    run_jsonl(lines({"id": "ü", "text": "Überall 🚲 指标"}), sink)

    assert "Überall 🚲 指标" in sink.getvalue()


@pytest.mark.parametrize("bad", ["{not json", "[1, 2]", '{"id": 1}', '{"text": 5}', '"text"', "[" * 100_000])
def test_a_bad_line_is_named_by_its_number(bad):
    sink = io.StringIO()

    with pytest.raises(BadLine, match="line 2"):
        run_jsonl([*lines({"text": "Cut churn to 3%"}), bad], sink)
    assert len(sink.getvalue().splitlines()) == 1


def test_a_generator_is_read_line_by_line():
    seen = []
    sink = io.StringIO()

    def source():
        for number in range(3):
            seen.append(len(sink.getvalue().splitlines()))
            yield json.dumps({"id": number, "text": "Cut churn to 3%"})

    run_jsonl(source(), sink)

    assert seen == [0, 1, 2]


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


def test_half_a_letter_comes_back_escaped():
    sink = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    run_jsonl(['{"id": 1, "text": "Cut \\ud800 to 3%"}'], sink)
    sink.flush()

    assert b"\\ud800" in sink.buffer.getvalue()


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


def test_lines_are_judged_through_the_module():
    asked = json.dumps({"id": "a", "text": "Cut churn to 3%"}) + "\n{broken\n"
    run = subprocess.run(
        [sys.executable, "-m", "plumbline_judge", "--jsonl", "-"],
        input=asked,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 2
    assert json.loads(run.stdout)["level"] == "outcome"
    assert "line 2" in run.stderr
