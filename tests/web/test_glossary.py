"""The glossary: the same words in every language, a page each, and what opens beside a label."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.utils.translation import override
from plumbline_judge import judge

from plumbline.people.models import Person
from plumbline.web.glossary_terms import GROUPS, called, languages, look_up, read_terms
from plumbline.web.ladders import LADDERS
from tests.web.conftest import Door
from tests.web.visiting import read
from tests.world import World

TEMPLATES = Path(__file__).parents[2] / "src" / "plumbline" / "web" / "templates"


@pytest.mark.parametrize("language", languages())
def test_every_word_is_told_whole(language: str) -> None:
    words, english = read_terms(language), read_terms("en")

    assert words.keys() == english.keys()
    assert len(words) >= 35
    for key, term in words.items():
        assert term.group in GROUPS
        assert term.group == english[key].group
        assert term.related == english[key].related
        assert key not in term.related
        assert set(term.related) <= words.keys()
        assert term.name
        assert term.definition
        assert term.example
        assert len(term.questions) == len(english[key].questions) >= 1
        assert all(question.asked.endswith("?") for question in term.questions)
        assert "!" not in term.text


def test_what_people_ask_about_the_levels_is_answered() -> None:
    asked = [question.asked for term in read_terms("en").values() for question in term.questions]

    assert "What is the difference between an outcome and an output?" in asked
    assert "May an output stay a key result?" in asked
    assert sum(each.startswith("How do I write") for each in asked) >= 3


def test_words_are_found_by_name_and_by_what_is_said_of_them() -> None:
    with override("en"):
        assert look_up("OUTCOME")[0].key == "outcome"
        assert "target" in {term.key for term in look_up("stretch promise")}
        assert [term.key for term in called("goalp", limit=5)] == ["goalposts"]
        assert called("", limit=5) == called("go", limit=5) == look_up("zzz") == []
    with override("de"):
        assert look_up("zuversicht")[0].name == "Zuversicht"


def test_every_word_that_a_page_opens_is_there() -> None:
    pages = "\n".join(page.read_text("utf-8") for page in TEMPLATES.rglob("*.html"))
    opened = set(re.findall(r'{% meaning "([\w-]+)"', pages)) | set(re.findall(r' word="([\w-]+)"', pages))

    assert len(opened) >= 20
    assert opened <= read_terms("en").keys()


def test_a_word_opens_beside_its_label_in_the_language_of_the_reader(catalogues: None) -> None:
    with override("de"):
        drawn = Template('{% load plumbline_glossary %}{% meaning "guardrail" %}').render(Context())
    soup = BeautifulSoup(drawn, "html.parser")

    button = soup.select_one("button.what")
    opened = soup.select_one(f"#{button['popovertarget']}[popover]")
    assert button["aria-label"] == "Was „Leitplanke“ bedeutet"
    assert opened.select_one("strong").text == "Leitplanke"
    assert opened.select_one("a")["href"] == "/glossary/guardrail/"


@pytest.mark.parametrize("language", languages())
def test_the_examples_beside_the_editor_are_read_as_they_are_shown(catalogues: None, language: str) -> None:
    with override(language):
        read_as = [[judge(str(text)).level for text in ladder] for ladder in LADDERS]

    assert read_as == [["input", "output", "outcome"]] * len(LADDERS)


def test_the_list_is_searched_and_leads_to_a_page(world: World, door: Door) -> None:
    vera = door(world.vera)

    rows = read(vera.get("/glossary/")).select("[data-term] a.goal")
    assert len(rows) == len(read_terms("en"))
    found = read(vera.get("/glossary/", {"q": "may an output stay"})).select("[data-term]")
    assert found[0]["data-term"] == "output"
    page = read(vera.get("/glossary/output/"))
    assert page.select_one("h1").text == "Output"
    assert page.select_one("a.chip[href='/glossary/waiver/']") is not None
    assert vera.get("/glossary/unheard-of/").status_code == 404


def test_german_readers_get_the_german_words(world: World, door: Door) -> None:
    Person.objects.filter(pk=world.vera.pk).update(language="de")

    page = read(door(world.vera).get("/glossary/guardrail/"))

    assert page.select_one("h1").text == "Leitplanke"


def test_a_search_finds_words_as_well(world: World, door: Door) -> None:
    page = read(door(world.ben).get("/search/", {"q": "guardr"}))

    assert page.select_one("main a[href='/glossary/guardrail/']") is not None


def test_the_editor_says_what_an_outcome_is(world: World, door: Door) -> None:
    page = read(door(world.ada).get(f"/objectives/{world.stay.public_id}/key-results/new/"))

    help_ = page.select_one("details.helping")
    assert help_.select_one("a[href='/glossary/outcome/']") is not None
    assert "Requests solved at the first contact rise from 62% to 75%" in help_.text
