"""One's own page: profile, tokens and theme."""

import pytest
from django.urls import reverse

from plumbline.people.models import Actor, Person, Token
from tests.web.conftest import Door
from tests.web.visiting import read
from tests.world import NOW, World


def test_ada_says_what_she_does_and_where(world: World, door: Door) -> None:
    browser = door(world.ada)
    form = {"name": "Ada Lead", "job_title": "Growth", "language": "de", "time_zone": "Europe/Berlin",
            "version": world.ada.version}  # fmt: skip

    assert browser.post("/profile/", form).status_code == 302

    ada = Person.objects.get(pk=world.ada.pk)
    assert (ada.job_title, ada.language, ada.time_zone) == ("Growth", "de", "Europe/Berlin")
    assert browser.cookies["django_language"].value == "de"


def test_a_profile_is_not_overwritten_unseen(world: World, door: Door) -> None:
    """G01."""
    version = world.ada.version
    world.ada.change(job_title="Lead", by=Actor(world.root), at=NOW)

    answer = door(world.ada).post("/profile/", {"name": "Ada", "job_title": "Growth", "version": version})

    assert answer.status_code == 409
    assert "Lead" in read(answer).select_one(".clash").text


def test_a_token_is_shown_once_and_then_never(world: World, door: Door) -> None:
    browser = door(world.ada)
    secret = read(browser.post("/profile/tokens/", {"name": "Sync", "scope": "write", "lifetime": "30"})).select_one(
        "[data-secret]"
    )["value"]

    token = Token.objects.get(person=world.ada)
    assert (token.digest, token.scope, token.expires_at.date().isoformat()) == (
        Token.hashed(secret),
        "write",
        "2026-06-21",
    )
    again = browser.get("/profile/tokens/")
    assert secret not in again.content.decode()
    assert "no-store" in again["Cache-Control"]


def test_a_token_is_revoked_by_its_person_alone(world: World, door: Door) -> None:
    token, _secret = Token.make(person=world.ada, name="Sync", scope="read", by=Actor(world.ada), at=NOW)
    address = reverse("token-revocation", args=[token.public_id])

    assert door(world.olga).post(address).status_code == 404
    assert door(world.ada).post(address).status_code == 302
    assert not Token.objects.usable(NOW).exists()
    assert door(world.ada).post(address).status_code == 404


def test_viewers_make_no_tokens(world: World, door: Door) -> None:
    browser = door(world.vera)

    assert browser.get("/profile/tokens/").status_code == 403
    assert read(browser.get("/profile/")).select_one("a[href='/profile/tokens/']") is None


@pytest.mark.parametrize(
    ("back", "there"),
    [
        ("/teams/?q=a", "/teams/?q=a"),
        ("https://elsewhere.test/", "/"),
        ("//elsewhere.test", "/"),
        ("javascript:1", "/"),
    ],
)
def test_the_theme_is_kept_and_leads_back_to_our_own_pages_only(
    world: World, door: Door, back: str, there: str
) -> None:
    answer = door(world.vera).post("/theme/", {"theme": "dark", "next": back})

    assert answer["Location"] == there
    assert answer.cookies["theme"].value == "dark"


@pytest.mark.parametrize("theme", ["", "neon"])
def test_any_other_theme_is_that_of_the_device(world: World, door: Door, theme: str) -> None:
    assert door(world.vera).post("/theme/", {"theme": theme, "next": "/"}).cookies["theme"].value == ""
