"""The command from its arguments to its exit status, as a person, a program and a repository see it."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from plumbline_judge.__main__ import main
from plumbline_judge.lint.documents import document_of
from plumbline_judge.lint.mending import mended
from plumbline_judge.lint.notices import LEVEL_RULES, Wanted, check
from plumbline_judge.registry import all_rules

GOALS = """\
# Riders love the bikes

- KR1: Publish 10 blog articles
- KR2: Raise retention from 31% to 45%
"""
WORK = """\
objective: Be known to commuters
key_results:
  - Publish 10  blog articles
  - "Hold 12 customer interviews"
  - Raise retention from 31% to 45%
lead: Ada
"""


@pytest.fixture
def goals(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("goals.md").write_text(GOALS)
    Path("work.yaml").write_text(WORK)
    return tmp_path


def lint(capsys, *arguments):
    status = main(["lint", *arguments])
    told = capsys.readouterr()
    return status, told.out, told.err


def test_people_see_the_line_the_words_and_what_would_help(goals, capsys):
    status, said, _ = lint(capsys, "goals.md")

    assert status == 1
    assert said.startswith(
        "goals.md:3:8: an output\n"
        "     3 | - KR1: Publish 10 blog articles\n"
        "       |        ^^^^^^^ ^^^^^^^^^^^^^^^^\n"
        "  output This counts what you make."
    )
    assert "  → Raise the share of riders who love the bikes from ___ % to ___ %\n" in said
    assert said.endswith("2 remarks on 3 sentences in 1 file\n")
    assert "\x1b" not in said


def test_nothing_to_say_is_status_0(goals, capsys):
    Path("fine.md").write_text("- Objective: Riders stay with us\n  - KR: Raise retention from 31% to 45%\n")
    status, said, _ = lint(capsys, "fine.md")

    assert (status, said) == (0, "0 remarks on 2 sentences in 1 file\n")


def test_hints_are_said_where_they_are_asked_for(goals, capsys):
    asked = lint(capsys, "goals.md")[1]
    hinted = lint(capsys, "goals.md", "--level", "hint")[1]

    assert "no_date" not in asked
    assert "no_date" in hinted


def test_rules_are_selected_and_ignored_by_name(goals, capsys):
    assert lint(capsys, "goals.md", "--select", "milestone,only-outputs")[0] == 0
    assert "counted_activity" not in lint(capsys, "goals.md", "--ignore", "counted_activity")[1]
    status, _, said = lint(capsys, "goals.md", "--ignore", "counted_activty")
    assert (status, said) == (2, "There is no rule “counted_activty”. Did you mean “counted_activity”?\n")


def test_settings_are_read_from_the_nearest_file(goals, capsys):
    Path("plumbline-judge.toml").write_text('disable = ["counted_activity"]\nlanguage = "de"\n')
    said = lint(capsys, "goals.md")[1]

    assert "counted_activity" not in said
    assert "Das zählt, was ihr macht." in said
    Path("plumbline-judge.toml").write_text("disabled = 1\n")
    assert lint(capsys, "goals.md")[0] == 2


def test_remarks_on_the_set_stand_at_its_objective(goals, capsys):
    Path("set.md").write_text("## Objective: Be known to commuters\n\n- Publish 10 articles\n- Hold 3 events\n")

    assert "set.md:1:15: only_outputs" in lint(capsys, "set.md")[1]


def test_json_has_every_sentence_with_its_judgement(goals, capsys):
    told = json.loads(lint(capsys, "goals.md", "work.yaml", "--format", "json")[1])

    first = told["files"][0]["sets"][0]["key_results"][0]
    assert (first["line"], first["column"], first["end_column"]) == (3, 8, 32)
    assert first["judgement"]["level"] == "output"
    assert first["notices"][0]["rule"] == "output"
    assert [one["path"] for one in told["files"]] == ["goals.md", "work.yaml"]


def test_github_gets_one_annotation_for_each_remark(goals, capsys):
    lines = lint(capsys, "goals.md", "--format", "github")[1].splitlines()

    assert len(lines) == 2
    assert lines[0].startswith(
        "::warning file=goals.md,title=plumbline output,line=3,endLine=3,col=8,endColumn=31::This counts what you make."
    )


def test_sarif_holds_to_its_rules(goals, capsys):
    Path("bad.md").write_bytes(b"\0")
    status, said, _ = lint(capsys, "goals.md", "bad.md", "--format", "sarif", "--docs", "https://example.com/docs/")
    log = json.loads(said)

    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert (status, log["version"], run["columnKind"]) == (2, "2.1.0", "unicodeCodePoints")
    assert {rule["id"] for rule in rules} == {*all_rules(), *LEVEL_RULES}
    assert all(rule["helpUri"].startswith("https://example.com/docs/") and rule["help"]["text"] for rule in rules)
    assert all(rule["shortDescription"]["text"] and rule["fullDescription"]["text"] for rule in rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"warning", "note"}
        region = result["locations"][0]["physicalLocation"]["region"]
        assert GOALS.splitlines()[region["startLine"] - 1][region["startColumn"] - 1] in "P1"
    assert run["invocations"][0]["executionSuccessful"] is False


def test_the_pages_that_sarif_links_to_are_there():
    docs = Path(__file__).resolve().parents[3] / "docs"

    assert all((docs / "rules" / f"{name}.md").exists() for name in all_rules())
    assert "## The four answers" in (docs / "judge.md").read_text()


def test_standard_input_is_read(goals, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Publish 10 articles\n")))

    assert lint(capsys, "-")[1].startswith("-:1:1: an output\n")


def test_folders_are_walked_and_other_files_left_out(goals, capsys):
    (goals / "deep" / ".hidden").mkdir(parents=True)
    for place in ("deep/more.yml", "deep/.hidden/no.md", "deep/code.py"):
        (goals / place).write_text("- KR1: Publish 10 articles\n")

    told = json.loads(lint(capsys, ".", "--format", "json")[1])
    assert [one["path"] for one in told["files"]] == ["deep/more.yml", "goals.md", "work.yaml"]


def test_a_file_that_can_not_be_read_does_not_hide_the_others(goals, capsys):
    status, said, trouble = lint(capsys, "missing.md", "goals.md", "--fix")

    assert status == 2
    assert "goals.md:3:8" in said
    assert "missing.md: No such file or directory" in trouble


def test_a_difference_is_shown_and_nothing_written(goals, capsys):
    status, said, _ = lint(capsys, "work.yaml", "--diff")

    assert status == 1
    assert "-  - Publish 10  blog articles\n+  - Publish 10 blog articles\n" in said
    assert Path("work.yaml").read_text() == WORK


def test_fixing_mends_blanks_and_keeps_everything_else(goals, capsys):
    Path("work.yaml").chmod(0o640)
    status, _, trouble = lint(capsys, "work.yaml", "--fix")

    assert status == 1
    assert Path("work.yaml").read_text() == WORK.replace("10  blog", "10 blog")
    assert Path("work.yaml").stat().st_mode & 0o777 == 0o640
    assert trouble == "Mended 1 of 1 files.\n"
    assert lint(capsys, "work.yaml", "--diff")[:2] == (0, "")


def test_nothing_is_written_where_one_file_can_not_be_read(goals, capsys):
    Path("locked.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    status, _, trouble = lint(capsys, "work.yaml", "locked.xlsx", "--fix")

    assert status == 2
    assert Path("work.yaml").read_text() == WORK
    assert "Nothing was mended" in trouble


def test_work_is_moved_below_the_initiatives_only_where_that_is_asked_for(goals, capsys):
    lint(capsys, "work.yaml", "--fix", "--move-work")

    assert Path("work.yaml").read_text() == (
        "objective: Be known to commuters\n"
        "key_results:\n"
        "  - Raise retention from 31% to 45%\n"
        "initiatives:\n"
        "  - Publish 10 blog articles\n"
        '  - "Hold 12 customer interviews"\n'
        "lead: Ada\n"
    )
    assert lint(capsys, "work.yaml", "--fix", "--move-work")[0] == 0


MOVES = {
    "# Be known\n\n- KR1: Launch the app\n- KR2: Raise retention from 31% to 45%\n\n## Initiatives\n\n1. Call\n":
        "# Be known\n\n- KR2: Raise retention from 31% to 45%\n\n## Initiatives\n\n1. Call\n1. Launch the app\n",
    "- Objective: Be known\n  - Launch the **app**\n  - Raise retention from 31% to 45%":
        "- Objective: Be known\n  - Raise retention from 31% to 45%\n  - Initiatives\n    - Launch the **app**\n",
    "- Objective: Be known\r\n  - Launch the app\r\n  - Cut churn to 3%\r\n":
        "- Objective: Be known\r\n  - Cut churn to 3%\r\n  - Initiatives\r\n    - Launch the app\r\n",
    "- Objective: Be known\n  - Launch the app\n    - with a note\n  - Cut churn to 3%\n": None,
    "- Objective: Be known\n  - Launch the app\n": None,
}  # fmt: skip


@pytest.mark.parametrize("before", MOVES)
def test_work_is_moved_in_the_manner_of_the_file(before):
    report = check(document_of(before, "markdown"), Wanted())

    assert mended(report, move_work=True) == (MOVES[before] or before)


def test_what_is_mended_reads_to_the_judge_as_before():
    text = "KR1: Publish  10\u200b blog   articles\nKR2: Cut churn to\u00a0\u00a03%\n"
    before = check(document_of(text, "text"), Wanted())
    after = check(document_of(mended(before), "text"), Wanted())

    for one, other in zip(before.sets[0].key_results, after.sets[0].key_results, strict=True):
        assert one.judgement.level == other.judgement.level
        assert one.judgement.measure.target == other.judgement.measure.target
    assert after.document.text == "KR1: Publish 10 blog articles\nKR2: Cut churn to 3%\n"


def test_the_module_lints_without_django_and_without_any_library(goals):
    code = (
        "import sys; from plumbline_judge.__main__ import main; status = main(['lint', 'goals.md']);"
        "sys.exit(status if not {'django', 'yaml', 'python_calamine', 'pygls', 'plumbline'} & set(sys.modules) else 9)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 1  # noqa: S603


@pytest.mark.parametrize(("name", "library"), [("work.yaml", "yaml"), ("book.xlsx", "python_calamine")])
def test_what_a_library_reads_says_what_to_install(goals, name, library):
    (goals / "book.xlsx").write_bytes(b"PK")
    (goals / f"{library}.py").write_text(f"raise ModuleNotFoundError('no', name='{library}')")
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "plumbline_judge", "lint", "goals.md", name],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(goals), *sys.path])},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stderr.count("\n")) == (2, 1)
    assert "goals.md:3:8: an output" in run.stdout
    assert run.stderr.startswith(f"{name}: ")
    assert "which is not installed here: pip install py" in run.stderr


def test_the_hook_runs_from_a_checkout_with_nothing_installed(goals):
    root = Path(__file__).resolve().parents[3]
    (hook,) = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text())
    run = subprocess.run([root / hook["entry"], "goals.md"], capture_output=True, text=True, check=False)  # noqa: S603

    assert (hook["language"], run.returncode) == ("script", 1)
    assert "goals.md:3:8: an output" in run.stdout
    for name, is_read in (("goals.md", True), ("team/Okrs-2026.yaml", True), ("README.md", False), ("goals.py", False)):
        assert bool(re.search(hook["files"], name)) == is_read


def test_a_long_list_is_no_set(goals, capsys):
    Path("many.txt").write_text("".join(f"Publish {number} articles\n" for number in range(2, 90)))
    said = lint(capsys, "many.txt", "--level", "hint")[1]

    assert "only_outputs" not in said
    assert "near_duplicates" not in said
    assert "many.txt:88:1: an output" in said
