"""The judge's own settings: which rules speak and how loudly, as a page and as a file."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from plumbline_judge.settings_file import config_in

from plumbline.goals import judgements
from plumbline.people.models import Actor, Event, Organisation
from tests.web.conftest import Door
from tests.web.visiting import read
from tests.world import NOW, World

PAGE = "/settings/judge/"
OUTPUT = "Launch the new app"


def chosen(world: World, **grades: str) -> dict[str, object]:
    return {"version": world.organisation.version, "question": "on", "suggestions": "on", **grades}


def taken_over(world: World, text: bytes) -> dict[str, object]:
    return {"version": world.organisation.version, "file": SimpleUploadedFile("plumbline-judge.toml", text)}


def test_everybody_reads_how_the_judge_is_set_up(world: World, door: Door) -> None:
    page = read(door(world.vera).get(PAGE))

    assert "ask an admin or an owner" in page.select_one(".note").text
    assert page.select_one("main fieldset").has_attr("disabled")
    assert page.select_one("select[name=vague_words] option[selected]").text == "Default (Note)"
    assert "macro-F1" in page.select_one("dl.setrows").text


def test_an_admin_says_which_rules_speak_and_the_trail_has_it(world: World, door: Door) -> None:
    form = chosen(world, milestone="off", no_date="ask", vague_words="")

    assert door(world.root).post(PAGE, form).status_code == 302

    kept = Organisation.the()
    assert kept.judge_settings == {"disable": ["milestone"], "severity": {"no_date": "ask"}}
    told = Event.objects.filter(noun="organisation").latest("pk")
    assert (told.actor, told.after["judge_settings"]) == (world.root, kept.judge_settings)
    trail = read(door(world.olga).get("/settings/audit/")).text
    trail = " ".join(trail.split())
    assert "milestone" in trail
    page = read(door(world.root).get(PAGE))
    assert page.select_one("select[name=milestone] option[selected]")["value"] == "off"


@pytest.mark.parametrize("who", ["vera", "ben"])
def test_who_is_no_admin_sets_nothing_up(world: World, door: Door, who: str) -> None:
    assert door(getattr(world, who)).post(PAGE, chosen(world, milestone="off")).status_code == 403
    assert Organisation.the().judge_settings == {}


def test_a_grade_that_is_none_is_refused(world: World, door: Door) -> None:
    answer = door(world.olga).post(PAGE, chosen(world, milestone="loudest"))

    assert answer.status_code == 422
    assert Organisation.the().judge_settings == {}


def test_two_admins_do_not_overwrite_each_other_unseen(world: World, door: Door) -> None:
    form = chosen(world, milestone="off")
    world.organisation.change(name="Harbour", by=Actor(world.olga), at=NOW)

    answer = door(world.root).post(PAGE, form)

    assert answer.status_code == 409
    assert Organisation.the().judge_settings == {}


def set_up(world: World, text: str) -> Organisation:
    world.organisation.set_up_judge(config=config_in(text), by=Actor(world.olga), at=NOW)
    return Organisation.the()


def test_the_editor_the_api_and_what_is_stored_honour_it(world: World, door: Door) -> None:
    organisation = set_up(world, 'disable = ["milestone"]\nquestion = false\nsuggestions = false\n')

    for read_again in (judgements.read(OUTPUT), judgements.read(OUTPUT, organisation=organisation)):
        assert "milestone" not in {each.rule for each in read_again.findings}
        assert (read_again.question, read_again.suggestions) == ("", ())
    live = door(world.ada).post(f"/objectives/{world.riders.public_id}/judgements/", {"statement": OUTPUT})
    assert "data-suggestion" not in live.content.decode()
    world.activation.change(statement=OUTPUT, reason="It is one.", by=Actor(world.ada), at=NOW)
    assert world.activation.judgement["settings"]["disabled"] == ["milestone"]


def test_what_is_graded_here_speaks_whatever_the_server_silences(
    world: World, settings: object, tmp_path: object
) -> None:
    from dataclasses import replace  # noqa: PLC0415

    file = tmp_path / "judge.toml"  # type: ignore[operator]
    file.write_text('disable = ["milestone", "no_date"]\n')
    settings.DEPLOYMENT = replace(settings.DEPLOYMENT, judge_settings=str(file))  # type: ignore[attr-defined]

    organisation = set_up(world, '[severity]\nmilestone = "hint"\n')

    told = {each.rule: each.severity for each in judgements.read(OUTPUT, organisation=organisation).findings}
    assert told["milestone"] == "hint"
    assert "no_date" not in told


def test_the_file_goes_out_and_comes_back_in(world: World, door: Door) -> None:
    set_up(world, 'disable = ["no_date"]\nsuggestions = false\n[severity]\nmilestone = "hint"\n')
    before = Organisation.the().judge_settings

    answer = door(world.ben).get(f"{PAGE}file/")

    assert answer["Content-Disposition"] == 'attachment; filename="plumbline-judge.toml"'
    world.organisation.set_up_judge(config=config_in(""), by=Actor(world.olga), at=NOW)
    assert Organisation.the().judge_settings == {}
    assert door(world.root).post(f"{PAGE}import/", taken_over(world, answer.content)).status_code == 302
    assert Organisation.the().judge_settings == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b'disable = ["milestones"]', "Did you mean “milestone”?"),
        (b"\xff\xfe", "This is no text."),
        (b"#" * 20_001, "larger than any settings file"),
    ],
)
def test_a_file_that_can_t_be_followed_changes_nothing(world: World, door: Door, text: bytes, said: str) -> None:
    answer = door(world.olga).post(f"{PAGE}import/", taken_over(world, text))

    assert answer.status_code == 422
    assert said in read(answer).text
    assert Organisation.the().judge_settings == {}


def test_a_rule_has_its_page_in_the_reader_s_language(world: World, door: Door) -> None:
    page = read(door(world.ben).get(f"{PAGE}rules/vague_words/"))

    assert page.select_one("h1").text == "What would “…” look like if you could see it?"
    assert "Improve satisfaction significantly" in page.text
    assert door(world.ben).get(f"{PAGE}rules/no_such_rule/").status_code == 404


def test_a_rule_that_is_gone_since_silences_nothing(world: World) -> None:
    organisation = Organisation.the()
    organisation.judge_settings = {"disable": ["gone", "no_date"], "severity": {"gone": "ask"}}

    told = {each.rule for each in judgements.read(OUTPUT, organisation=organisation).findings}
    assert "no_date" not in told
    assert "milestone" in told
