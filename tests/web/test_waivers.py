"""The second door: keep it anyway, because…"""

from django.http import HttpResponse
from django.urls import reverse

from plumbline.goals.models import KeyResult, Waiver
from plumbline.people.models import Actor, Event, Person
from tests.web.pages import as_, soup_of, words
from tests.world import NOW, SYSTEM, World, a_key_result


def an_output(world: World) -> KeyResult:
    return a_key_result(world.stay, statement="Publish 12 winter guides")


def keep(person: Person, key_result: KeyResult, **fields: str) -> HttpResponse:
    return as_(person).post(reverse("waiver", args=[key_result.public_id]), fields)


def test_a_reason_keeps_it_with_who_and_when(world: World) -> None:
    work = an_output(world)

    answer = keep(world.ben, work, reason="A regulator asks for them.", prepares="Riders know the winter rules")

    waiver = Waiver.objects.get(key_result=work)
    assert answer["Location"] == reverse("objective", args=[world.stay.public_id])
    assert (waiver.reason, waiver.by, waiver.prepares) == (
        "A regulator asks for them.",
        world.ben,
        "Riders know the winter rules",
    )


def test_without_a_reason_it_is_refused_and_the_rest_is_kept(world: World) -> None:
    answer = keep(world.ben, an_output(world), reason=" ", prepares="Riders know the rules")

    assert answer.status_code == 422
    assert "One sentence is enough." in words(answer, "#id_reason_error")
    assert soup_of(answer).select_one("#id_prepares")["value"] == "Riders know the rules"  # type: ignore[index]


def test_it_can_name_the_key_result_it_prepares(world: World) -> None:
    work = an_output(world)

    keep(world.ben, work, reason="It comes first.", prepares_key_result=world.activation.public_id)

    assert Waiver.objects.get(key_result=work).prepares_key_result == world.activation


def test_it_can_not_prepare_what_belongs_elsewhere(world: World) -> None:
    work = an_output(world)

    answer = keep(world.ben, work, reason="It comes first.", prepares_key_result=world.secret_result.public_id)

    assert answer.status_code == 422
    assert "Depot offers" not in answer.content.decode()


def test_a_second_reason_takes_the_place_of_the_first(world: World) -> None:
    work = an_output(world)
    keep(world.ben, work, reason="First")

    page = as_(world.ben).get(reverse("waiver", args=[work.public_id]))
    keep(world.ada, work, reason="Better")

    assert words(page, "#id_reason") == "First"
    assert "Kept by Ben Homer" in words(page, "main")
    assert Waiver.objects.get(key_result=work).reason == "Better"


def test_taken_back_it_stays_in_the_history(world: World) -> None:
    work = an_output(world)
    keep(world.ben, work, reason="A regulator asks for them.")

    as_(world.ben).post(reverse("waiver-withdrawal", args=[work.public_id]))

    assert not Waiver.objects.filter(key_result=work).exists()
    told = Event.objects.about("key_result", work.public_id).filter(verb="waiver_withdrawn").get()
    assert told.after["reason_was"] == "A regulator asks for them."


def test_what_was_never_waived_can_not_be_taken_back(world: World) -> None:
    address = reverse("waiver-withdrawal", args=[an_output(world).public_id])

    assert as_(world.ben).post(address).status_code == 404


def test_viewers_and_strangers_keep_nothing(world: World) -> None:
    work = an_output(world)

    assert keep(world.vera, work, reason="Because").status_code == 403
    assert keep(world.cleo, work, reason="Because").status_code == 403
    assert keep(world.cleo, world.secret_result, reason="Because").status_code == 404
    withdrawal = reverse("waiver-withdrawal", args=[world.secret_result.public_id])
    assert as_(world.cleo).post(withdrawal).status_code == 404


def test_a_closed_cycle_keeps_nothing_more(world: World) -> None:
    work = an_output(world)
    Waiver.give(work, reason="Before", by=Actor(world.ada), at=NOW)
    for phase in ("closing", "closed"):
        world.q2.move_to(phase, by=SYSTEM, at=NOW)

    answer = keep(world.ada, work, reason="After all")

    assert answer.status_code == 409
    assert "After all" in words(answer, ".note")
    withdrawal = reverse("waiver-withdrawal", args=[work.public_id])
    assert as_(world.ada).post(withdrawal).status_code == 409
    assert Waiver.objects.get(key_result=work).reason == "Before"
