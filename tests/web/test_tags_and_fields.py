"""Tags and custom fields: made by admins, read by everybody, put on goals by those who change them."""

from django.urls import reverse

from plumbline.goals.models import CustomField, Pillar, Tag
from tests.web.conftest import Door, soup_of
from tests.world import NOW, SYSTEM, World


def a_tag(name: str) -> Tag:
    return Tag.make(name=name, by=SYSTEM, at=NOW)


def test_a_tag_is_made_renamed_and_coloured(world: World, door: Door) -> None:
    """P103."""
    root = door(world.root)
    root.post(reverse("tags"), {"name": "Winter", "hue": "8", "description": "Cold months"})
    made = Tag.objects.get()

    told = {"name": "Cold season", "hue": "3", "description": "", "version": str(made.version)}
    root.post(reverse("tag", args=[made.public_id]), told)

    shown = soup_of(root.get(reverse("tags"))).select_one(".rows .tag")
    assert (shown.get_text(), shown["data-hue"]) == ("Cold season", "3")


def test_a_name_is_taken_once(world: World, door: Door) -> None:
    a_tag("Winter")

    assert door(world.root).post(reverse("tags"), {"name": "WINTER", "hue": "0"}).status_code == 422


def test_counts_tell_nothing_of_private_goals(world: World, door: Door) -> None:
    """E01: no total reveals one."""
    winter = a_tag("Winter")
    for goal in (world.stay, world.secret):
        goal.tag([winter], by=SYSTEM, at=NOW)

    assert "1 objective," in soup_of(door(world.root).get(reverse("tags"))).select_one(".rows").get_text()
    assert "2 objectives," in soup_of(door(world.carl).get(reverse("tags"))).select_one(".rows").get_text()
    assert world.secret.title.encode() not in door(world.root).get(reverse("tag", args=[winter.public_id])).content


def test_tags_are_merged(world: World, door: Door) -> None:
    winter, cold = a_tag("Winter"), a_tag("Cold")
    world.stay.tag([cold], by=SYSTEM, at=NOW)

    door(world.root).post(reverse("tag-merging", args=[cold.public_id]), {"into": winter.public_id})

    assert list(world.stay.tags.in_use()) == [winter]


def test_a_tag_comes_out_of_the_bin_by_its_toast(world: World, door: Door) -> None:
    winter, root = a_tag("Winter"), door(world.root)
    page = root.post(reverse("tag-bin", args=[winter.public_id]))["Location"]
    assert list(Tag.objects.in_use()) == []

    root.post(str(soup_of(root.get(page)).select_one("undo-toast form")["action"]))

    assert list(Tag.objects.in_use()) == [winter]


def test_two_people_on_one_tag_are_told(world: World, door: Door) -> None:
    """G01."""
    winter, root = a_tag("Winter"), door(world.root)
    stale = str(winter.version)
    winter.change(name="Cold", by=SYSTEM, at=NOW)

    answer = root.post(reverse("tag", args=[winter.public_id]), {"name": "Snow", "hue": "0", "version": stale})

    assert answer.status_code == 409
    assert "Theirs: Cold" in soup_of(answer).select_one(".clash").get_text()
    again = soup_of(answer).select_one("[name=version]")["value"]
    assert again == str(winter.version)


def test_a_field_is_defined_and_archived(world: World, door: Door) -> None:
    """P26."""
    root = door(world.root)
    told = {"name": "Market", "kind": "choice", "goals": "both"}
    assert root.post(reverse("custom-fields"), told).status_code == 422
    root.post(reverse("custom-fields"), told | {"choices": "Berlin\n\nOslo\nBerlin"})
    field = CustomField.objects.get()
    assert field.choices == ["Berlin", "Oslo"]

    world.stay.change(custom_fields={field.key: "Oslo"}, by=SYSTEM, at=NOW)
    root.post(reverse("custom-field-archival", args=[field.public_id]))
    page = soup_of(door(world.ada).get(reverse("objective", args=[world.stay.public_id])))
    assert "Oslo" not in page.select_one("main").get_text()
    assert door(world.cleo).post(reverse("custom-fields"), told).status_code == 403


def test_a_pillar_shows_the_teams_that_own_it(world: World, door: Door) -> None:
    """P14."""
    olga = door(world.olga)
    told = {"name": world.pillar.name, "version": str(world.pillar.version), "owner_teams": [world.riders.public_id]}

    olga.post(reverse("pillar", args=[world.pillar.public_id]), told)

    assert list(Pillar.objects.get(pk=world.pillar.pk).owner_teams.all()) == [world.riders]
    assert "Owned by Riders" in soup_of(olga.get(reverse("pillars"))).select_one("main").get_text()
