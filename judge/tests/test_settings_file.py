"""How people set the judge up: a file of its own, or a table in their project's file."""

import pytest
from plumbline_judge import Config, Context, judge
from plumbline_judge.__main__ import main
from plumbline_judge.registry import UnknownRule, known_rule
from plumbline_judge.settings_file import (
    BadSettings,
    config_from,
    config_in,
    config_of,
    file_of,
    followed,
    found_config,
    over,
    table_of,
)

WHOLE = """
disable = ["no-date", "vague_words"]
language = "de"

[severity]
milestone = "hint"
"""


def written(folder, text, name="plumbline-judge.toml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_says_what_is_silent_how_loud_the_rest_is_and_in_which_language(tmp_path):
    config = config_of(written(tmp_path, WHOLE))

    assert config == Config(
        disabled=frozenset({"no_date", "vague_words"}), severity=(("milestone", "hint"),), language="de"
    )


def test_a_table_in_the_project_s_file_says_the_same(tmp_path):
    path = written(tmp_path, '[tool.plumbline-judge]\ndisable = ["no_date"]\n', "pyproject.toml")

    assert config_of(path).disabled == {"no_date"}


def test_the_nearest_file_is_found_from_below(tmp_path):
    written(tmp_path, 'disable = ["no_date"]')
    below = tmp_path / "goals" / "2026"
    below.mkdir(parents=True)
    written(tmp_path / "goals", "[tool.ruff]\n", "pyproject.toml")

    assert found_config(below).disabled == {"no_date"}


def test_a_project_s_file_that_nobody_can_read_is_somebody_else_s(tmp_path):
    written(tmp_path, "[tool.plumbline-judge", "pyproject.toml")

    assert found_config(tmp_path) == found_config(tmp_path.parent)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('disable = ["no_dates"]', "There is no rule “no_dates”. Did you mean “no_date”?"),
        ('[severity]\nmilestones = "hint"', "Did you mean “milestone”?"),
        ('[severity]\nmilestone = "error"', "“milestone” can be hint or ask"),
        ('disabled = ["no_date"]', "There is no setting “disabled”. Did you mean “disable”?"),
        ("colour = 1", "It knows disable, severity"),
        ('disable = "no_date"', "is a list of names"),
        ('language = "fr"', "It answers in en and de so far"),
        ("language = 1", "is a language in quotes"),
        ("question = 1", "is true or false"),
        ("severity = 1", "is a table"),
        ("disable = [", ""),
    ],
)
def test_what_it_can_t_follow_is_said_kindly_with_the_file(tmp_path, text, said):
    path = written(tmp_path, text)

    with pytest.raises(BadSettings) as refused:
        config_of(path)
    assert str(path) in str(refused.value)
    assert said in str(refused.value)


@pytest.mark.parametrize("text", ["", WHOLE, "question = false\nsuggestions = false\n", 'text_language = "en"\n'])
def test_what_is_written_is_read_back(text):
    config = config_in(text)

    assert config_in(file_of(config)) == config
    assert followed(table_of(config)) == config


def test_a_project_s_table_is_read_from_text_too():
    assert config_in('[tool.plumbline-judge]\ndisable = ["no_date"]\n').disabled == {"no_date"}


def test_it_neither_asks_nor_suggests_where_nobody_wants_it():
    judged = judge("Publish 10 articles", config=config_in("question = false\nsuggestions = false"))

    assert (judged.question, judged.suggestions) == ("", ())
    assert judged.settings["question"] is judged.settings["suggestions"] is False
    assert "question" not in judge("Publish 10 articles").settings


def test_who_grades_a_rule_hears_it_whatever_stands_above():
    above, here = config_in('disable = ["milestone", "no_date"]'), config_in('[severity]\nmilestone = "hint"')

    both = over(above, here)

    assert both.disabled == {"no_date"}
    assert both.severity == (("milestone", "hint"),)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadSettings, match=r"nowhere\.toml: No such file"):
        config_of(tmp_path / "nowhere.toml")


def test_an_unknown_rule_knows_the_nearest():
    with pytest.raises(UnknownRule) as refused:
        known_rule("vanity")

    assert refused.value.nearest == "vanity_metric"


def test_nothing_near_points_to_the_list():
    with pytest.raises(UnknownRule, match="lists them all"):
        known_rule("zzzzzz")


def test_the_settings_change_what_is_said_and_stand_in_the_judgement():
    config = config_from({"disable": ["no_date"], "severity": {"milestone": "hint"}, "language": "de"})
    judged = judge("Launch the new app", config=config, context=Context(language="en"))

    assert [(one.rule, one.severity) for one in judged.findings] == [("milestone", "hint")]
    assert judged.question.startswith("Wenn")
    assert judged.settings == {
        "disabled": ["no_date"],
        "severity": {"milestone": "hint"},
        "language": "de",
        "text_language": "",
    }


def test_the_command_follows_the_nearest_file(tmp_path, monkeypatch, capsys):
    written(tmp_path, 'disable = ["milestone", "no_date"]\nlanguage = "de"')
    monkeypatch.chdir(tmp_path)

    assert main(["Launch the new app"]) == 0
    said = capsys.readouterr().out
    assert "Das zählt, was ihr macht." in said
    assert "milestone" not in said


def test_the_command_names_what_it_can_t_follow(tmp_path, capsys):
    path = written(tmp_path, 'disable = ["milestones"]')

    assert main(["--settings", str(path), "Launch the new app"]) == 2
    assert "Did you mean “milestone”?" in capsys.readouterr().err
