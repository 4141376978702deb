"""The audit trail: read by people, narrowed, and taken along as a file."""

import csv
from io import StringIO

import pytest

from plumbline.people.models import Actor, Event
from plumbline.usecases.erase_person import erase_person
from tests.web.conftest import Door
from tests.web.visiting import counts, read
from tests.world import NOW, SYSTEM, TODAY, World, a_key_result

PAGE = "/settings/audit/"


def rows(browser, query: str = "") -> list[str]:
    return [row.get_text(" ", strip=True) for row in read(browser.get(PAGE + query)).select("[data-event]")]


def file(browser, query: str = "") -> list[dict[str, str]]:
    answer = browser.get(f"{PAGE}file/{query}")
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))


def test_a_row_names_nouns_people_values_and_days(world: World, door: Door) -> None:
    """K06: who, what, before, after, when and from where, in words."""
    told = {"by": Actor(world.olga), "at": NOW}
    wait = a_key_result(world.stay, statement="Waiting falls from 2 h to 1 h", metric="Waiting",
                        unit_kind="duration", baseline=7200, target=3600)  # fmt: skip
    wait.change(target=1800, reason="Riders asked", **told)
    world.stay.change(lead=world.ben, due_on=TODAY, reason="Ada is away", **told)
    world.stay.align(pillar=None, parent_kpi=world.churn, **told)

    listed = " | ".join(rows(door(world.root)))

    for words in ("Waiting falls from 2 h to 1 h", "Ada Lead", "Ben Homer", "22 May 2026", "Monthly churn",
                  "Riders who stay", "Riders stay through the winter"):  # fmt: skip
        assert words in listed, words
    assert "7200" not in listed
    assert "3600" not in listed
    assert world.ben.public_id not in listed


@pytest.mark.parametrize(
    ("query", "spring", "riders"),
    [
        ("?name=olg", True, False),
        ("?verb=changed&noun=cycle", True, False),
        ("?first=2026-05-23", True, False),
        ("?last=2026-05-22", False, True),
        ("?first=yesterday&noun=nothing", True, True),
    ],
)
def test_it_is_narrowed_by_person_verb_noun_and_day(
    world: World, door: Door, query: str, spring: bool, riders: bool
) -> None:
    world.q3.change(name="Spring", by=Actor(world.olga), at=NOW.replace(day=23))
    browser = door(world.root)

    kept = file(browser, query)
    told = {(row["name"], row["verb"]) for row in kept}
    assert (("Spring", "changed") in told, ("Riders", "formed") in told) == (spring, riders)
    assert len(rows(browser, query)) == min(len(kept), 50)


def test_the_file_holds_the_whole_trail_and_no_formula(world: World, door: Door) -> None:
    world.riders.change(name="=HYPERLINK(1)", by=Actor(world.root), at=NOW)
    kept = file(door(world.olga))

    assert len(kept) == Event.objects.exclude(audience="self").exclude(under=world.secret.public_id).count()
    assert not [cell for row in kept for cell in row.values() if cell.startswith("=")]


def test_the_file_keeps_what_is_private(world: World, door: Door) -> None:
    """E01."""
    world.stay.support(world.secret, by=Actor(world.ada), at=NOW)
    told = str(file(door(world.olga)))

    assert "depot" not in told.lower()
    assert world.secret.public_id not in told
    assert "a private goal" in told


def test_an_erased_person_is_a_former_member_in_page_and_file(world: World, door: Door) -> None:
    erase_person(world.ada, by=Actor(world.olga), at=NOW, on=TODAY)

    for told in (" ".join(rows(door(world.root))), str(file(door(world.root)))):
        assert "Former member" in told
        assert "Ada Lead" not in told


def test_the_trail_takes_the_same_queries_whatever_it_tells(world: World, door: Door) -> None:
    lead = world.ben.public_id

    def add(count: int) -> None:
        Event.objects.bulk_create(
            Event(verb="changed", noun="key_result", noun_key=world.activation.public_id, actor=world.root, door="web",
                  at=NOW, actor_kind="person", before={"target": "45"}, after={"target": "46", "lead": lead})
            for _each in range(count)
        )  # fmt: skip

    world.riders.change(purpose="To ride", by=SYSTEM, at=NOW)
    assert len(counts(door(world.root), PAGE, add)) == 1
