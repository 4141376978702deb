"""Whose language a page speaks."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.urls import reverse

from plumbline.people.models import Actor, Person
from tests.web.conftest import Door, soup_of
from tests.world import NOW, SYSTEM, World

GERMAN = "de-AT,de;q=0.9"
#: Words that no German page of ours has, whatever people write in their goals.
LEFT_OVER = re.compile(
    r"\b(?:The|This|and|with|your|Save|Edit|Add|Search|Sign|Settings|Goals|Week|Progress|Lead by|check-ins? due|None|"
    r"On track|No status|expected|Today|Baseline|Target|Close|Cancel|Comments?|Nobody|People|Strategy|Profile)\b"
)

pytestmark = pytest.mark.usefixtures("catalogues")


def speaks(answer: HttpResponse) -> tuple[object, str]:
    """Return what the page and its header say their language is."""
    page = soup_of(answer).select_one("html")
    assert page is not None
    return page["lang"], answer.headers["Content-Language"]


def prefer(person: Person, language: str) -> None:
    """Let somebody choose a language."""
    person.change(language=language, by=Actor(person), at=NOW)


def told(answer: HttpResponse, world: World) -> str:
    """Return all that a page says but what people wrote."""
    soup = soup_of(answer)
    for part in soup.select("script, select[name=time_zone], datalist, .sentence__mirror, textarea"):
        part.decompose()
    names = [world.stay.title, world.activation.statement, world.secret.title, world.activation.metric]
    words = soup.get_text(" ", strip=True)
    labels = [str(part[name]) for name in ("aria-label", "title", "placeholder") for part in soup.select(f"[{name}]")]
    for name in (*names, "Riders", world.organisation.ultimate_goal, *_cast(world)):
        words = words.replace(name, "")
        labels = [label.replace(name, "") for label in labels]
    return " | ".join([words, *labels])


def _cast(world: World) -> list[str]:
    return [person.name for person in world.cast().values() if person is not None]


def test_a_page_speaks_the_language_that_its_reader_chose(door: Door, world: World) -> None:
    prefer(world.ada, "de")
    assert speaks(door(world.ada).get("/", headers={"accept-language": "en"})) == ("de", "de")


def test_without_a_choice_it_speaks_the_language_of_the_organisation(door: Door, world: World) -> None:
    assert speaks(door(world.ada).get("/", headers={"accept-language": GERMAN})) == ("en", "en")
    world.organisation.change(language="de", by=SYSTEM, at=NOW)
    assert speaks(door(world.ada).get("/", headers={"accept-language": "en"})) == ("de", "de")


def test_to_strangers_it_speaks_as_their_browser_asks(door: Door) -> None:
    page = door(None).get(reverse("account_login"), headers={"accept-language": GERMAN})
    assert speaks(page) == ("de", "de")
    assert "Anmelden" in soup_of(page).get_text()
    assert speaks(door(None).get(reverse("account_login"), headers={"accept-language": "fr"})) == ("en", "en")


def test_one_reader_does_not_change_the_language_of_the_next(door: Door, world: World) -> None:
    prefer(world.ada, "de")
    assert speaks(door(world.ada).get("/"))[0] == "de"
    assert speaks(door(world.ben).get("/"))[0] == "en"


def test_a_new_language_holds_from_its_saving_on(door: Door, world: World) -> None:
    client = door(world.ada)
    sent = {"version": world.ada.version, "name": world.ada.name, "language": "de", "time_zone": ""}
    page = client.post(reverse("profile"), sent, follow=True)
    assert speaks(page)[0] == "de"
    assert "Dein Profil ist gespeichert." in soup_of(page).get_text()


def test_refusals_speak_it_too(door: Door, world: World) -> None:
    prefer(world.vera, "de")
    assert "Hier hängt nichts" in soup_of(door(world.vera).get("/objectives/nowhere12345/")).get_text()
    refused = door(world.vera).get(reverse("audit"))
    assert refused.status_code == 403
    assert "Das hier ist nicht für dich" in soup_of(refused).get_text()


def german_pages(world: World) -> dict[str, str]:
    """Return the rooms with a sentence that each says in German."""
    objective, key_result = world.stay.public_id, world.activation.public_id
    return {
        reverse("home"): "Meine Woche",
        reverse("goals"): "Ziele filtern",
        reverse("objective", args=[objective]): "Fortschritt",
        reverse("key-result", args=[key_result]): "Aktivität oder Wirkung?",
        reverse("key-result-edit", args=[key_result]): "Messen wir eine Aktivität oder eine Wirkung?",
        reverse("check-in", args=[key_result]): "Was hast du gelernt?",
        reverse("kpis"): "Die Zahlen, die weiterlaufen",
        reverse("teams"): "Wer woran arbeitet",
        reverse("people"): "Alle, die hier sind",
        reverse("settings"): "Wie deutlich der Judge fragt",
        reverse("audit"): "Vorher und nachher",
        reverse("profile"): "Passwort",
    }


def test_every_room_is_german_to_german_readers(door: Door, world: World) -> None:
    prefer(world.olga, "de")
    client = door(world.olga)
    for address, words in german_pages(world).items():
        said = told(client.get(address), world)
        assert words in said, address
        assert not LEFT_OVER.findall(said), address


def test_the_judge_answers_in_german(door: Door, world: World) -> None:
    prefer(world.ada, "de")
    page = soup_of(door(world.ada).get(reverse("key-result-edit", args=[world.activation.public_id])))
    assert "Das misst eine Veränderung." in page.get_text()


def test_numbers_and_days_are_written_as_the_language_writes_them(door: Door, world: World) -> None:
    prefer(world.ada, "de")
    client = door(world.ada)
    week = soup_of(client.get("/")).get_text(" ", strip=True)
    assert "Freitag, 22. Mai" in week
    assert "36\N{NO-BREAK SPACE}%" in week
    editor = soup_of(client.get(reverse("key-result-edit", args=[world.activation.public_id])))
    days = editor.select("input[type=date][value]")
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d|", str(day["value"])) for day in days)


def test_a_comma_is_read_as_a_comma(door: Door, world: World) -> None:
    prefer(world.ada, "de")
    page = door(world.ada).get(reverse("check-in", args=[world.activation.public_id]))
    once = soup_of(page).select_one("input[name=once]")
    assert once is not None
    sent = {"value": "38,5", "status": "on_track", "once": once["value"]}
    answer = door(world.ada).post(reverse("check-in", args=[world.activation.public_id]), sent, follow=True)
    assert "Eingecheckt: 38,5\N{NO-BREAK SPACE}%." in soup_of(answer).get_text()
