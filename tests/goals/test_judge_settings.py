"""The file that sets the judge of a server up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from plumbline.goals import judgements


def set_up(settings: object, path: Path, text: str) -> None:
    path.write_text(text)
    settings.DEPLOYMENT = replace(django_settings.DEPLOYMENT, judge_settings=str(path))  # type: ignore[attr-defined]


pytestmark = pytest.mark.django_db


def found(text: str) -> set[str]:
    return {each.rule for each in judgements.read(text).findings}


def test_a_rule_that_is_switched_off_is_silent_everywhere(settings: object, tmp_path: Path) -> None:
    assert {"milestone", "no_date"} <= found("Launch the new app")

    set_up(settings, tmp_path / "judge.toml", 'disable = ["milestone"]\n')

    assert "milestone" not in found("Launch the new app")
    assert judgements.read("Launch the new app").to_dict()["settings"]["disabled"] == ["milestone"]


def test_the_set_is_read_by_the_same_settings(settings: object, tmp_path: Path) -> None:
    set_up(settings, tmp_path / "judge.toml", 'disable = ["only_outputs"]\n')

    assert judgements.read_set("Be known", ["Publish 10 articles", "Hold 3 events"]).findings == ()


def test_each_reader_is_answered_in_their_own_language(settings: object, tmp_path: Path) -> None:
    set_up(settings, tmp_path / "judge.toml", 'language = "de"\n')

    assert judgements.read("Launch the new app", language="en").question.startswith("When")


@pytest.mark.parametrize("text", ['disable = ["milestones"]', "disable = ["])
def test_a_file_that_can_t_be_followed_changes_nothing(settings: object, tmp_path: Path, text: str) -> None:
    set_up(settings, tmp_path / "judge.toml", text)

    assert "milestone" in found("Launch the new app")
