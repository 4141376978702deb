"""Files of lines: in order, on all cores, and never stopped by one line that is broken."""

import io
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from plumbline_judge.lines import Done, run_jsonl

MODULE = [sys.executable, "-m", "plumbline_judge", "--jsonl"]


def lines(*rows):
    return [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]


def answers(sink):
    return [json.loads(line) for line in sink.getvalue().splitlines()]


def test_answers_keep_the_order_of_the_questions():
    sink = io.StringIO()
    done = run_jsonl(lines({"id": 2, "text": "Hire 5 engineers"}, {"id": 1, "text": "NPS from 30 to 45"}), sink)

    assert done == Done(2, 0)
    assert [(one["id"], one["level"]) for one in answers(sink)] == [(2, "input"), (1, "outcome")]
    assert set(answers(sink)[1]["measure"]) >= {"metric", "baseline", "target", "change", "unit", "direction"}


def test_blank_lines_are_left_out():
    assert run_jsonl(["\n", *lines({"text": "Cut churn to 3%"}), "  \n"], io.StringIO()) == Done(1, 0)


def test_letters_of_all_scripts_come_back_as_they_went_in():
    sink = io.StringIO()
    run_jsonl(lines({"id": "ü", "text": "Überall 🚲 指标"}), sink)

    assert "Überall 🚲 指标" in sink.getvalue()


@pytest.mark.parametrize(
    "bad",
    ["{not json", "[1, 2]", '{"id": 1}', '{"text": 5}', '"text"', "[" * 100_000, '{"text": "\udcff"}', "9" * 9999],
)
def test_a_broken_line_is_answered_and_the_run_goes_on(bad):
    sink = io.StringIO()

    done = run_jsonl(["\n", bad, *lines({"id": 3, "text": "Cut churn to 3%"})], sink)

    broken, judged = answers(sink)
    assert done == Done(2, 1)
    assert (broken["id"], broken["line"]) == (None, 2)
    assert broken["error"]
    assert (judged["id"], judged["level"]) == (3, "outcome")


def test_on_one_core_each_answer_comes_before_the_next_line_is_read():
    seen = []
    sink = io.StringIO()

    def source():
        for number in range(3):
            seen.append(len(sink.getvalue().splitlines()))
            yield json.dumps({"id": number, "text": "Cut churn to 3%"})

    run_jsonl(source(), sink)

    assert seen == [0, 1, 2]


def test_half_a_letter_comes_back_escaped():
    sink = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    run_jsonl(['{"id": 1, "text": "Cut \\ud800 to 3%"}'], sink)
    sink.flush()

    assert b"\\ud800" in sink.buffer.getvalue()


def test_two_cores_write_what_one_writes():
    source = [*lines(*({"id": n, "text": f"Publish {n} blog articles"} for n in range(1300))), "{broken\n"]
    one, two = io.StringIO(), io.StringIO()
    seen = []

    assert run_jsonl(source, one) == run_jsonl(source, two, seen.append, cores=2) == Done(1301, 1)
    assert one.getvalue() == two.getvalue()
    assert seen == [500, 1000, 1301]


def test_no_more_is_read_than_the_cores_need():
    """Memory stays flat: a source without end is read a few chunks ahead of what is written."""
    ahead = []
    sink = io.StringIO()

    def source():
        for number in range(5000):
            ahead.append(number - sink.getvalue().count("\n"))
            yield json.dumps({"id": number, "text": "Cut churn to 3%"}) + "\n"

    run_jsonl(source(), sink, cores=2)

    assert max(ahead) <= 2 * 3 * 500


def test_lines_are_judged_through_the_module():
    asked = json.dumps({"id": "a", "text": "Cut churn to 3%"}).encode() + b"\n{broken\n\xff\xfe\n"
    run = subprocess.run([*MODULE, "-"], input=asked, capture_output=True, check=False)  # noqa: S603

    assert run.returncode == 1
    assert [json.loads(line).get("line") for line in run.stdout.splitlines()] == [None, 2, 3]
    assert run.stderr == b"2 of 3 lines could not be judged\n"


def test_ctrl_c_ends_it_with_whole_lines_and_one_sentence(tmp_path):
    source, written = tmp_path / "many.jsonl", tmp_path / "judged.jsonl"
    source.write_text("".join(lines(*({"id": n, "text": f"Publish {n} blog articles"} for n in range(40_000)))))

    with written.open("wb") as sink:
        run = subprocess.Popen(  # noqa: S603
            [*MODULE, str(source), "--cores", "2"], stdout=sink, stderr=subprocess.PIPE, start_new_session=True
        )
        deadline = time.monotonic() + 60
        while not written.stat().st_size and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(run.pid, signal.SIGINT)
        said = run.communicate(timeout=60)[1].decode()

    assert run.returncode == 130
    assert said == "Stopped. What was written are whole lines, in order.\n"
    judged = [json.loads(line)["id"] for line in written.read_text().splitlines()]
    assert 0 < len(judged) < 40_000
    assert judged == list(range(len(judged)))
