"""How the judge decided: every contribution of a stored key result, and of one that is being written."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plumbline.goals.models import KeyResult
from plumbline.web.verdicts import account_of
from tests.world import World


def value(cell):
    return float(cell.text.replace("−", "-").replace(",", "."))


def page_of(client: Client, person, key_result) -> BeautifulSoup:
    client.force_login(person)
    answer = client.get(reverse("judgement", args=[key_result.public_id]))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def test_the_rows_of_the_table_add_up_to_its_sum(world: World, client: Client) -> None:
    page = page_of(client, world.vera, world.activation)

    rows = page.select("[data-account] tbody tr")
    sums = [value(cell) for cell in page.select("[data-sum] td.num")]
    assert len(rows) > 3
    for at, total in enumerate(sums):
        assert sum(value(row.select("td.num")[at]) for row in rows) == pytest.approx(total, abs=0.005 * len(rows))


def test_every_weight_has_its_words_its_meaning_and_a_bar(world: World, client: Client) -> None:
    page = page_of(client, world.vera, world.activation)

    for row in page.select("[data-weight]"):
        assert row.th.text
        assert row.td.text
        assert 0 < int(row.select_one("rect")["width"].rstrip("%")) <= 100
    assert page.select("[data-weight] rect")[0]["width"] == "100%"
    assert page.select_one("[data-older]") is None


def test_a_verdict_of_an_older_version_is_told_beside_the_new_one(world: World, client: Client) -> None:
    """J10: old verdicts stay with their version."""
    KeyResult.objects.filter(pk=world.activation.pk).update(judge_version="0", level="output")

    told = page_of(client, world.vera, world.activation).select_one("[data-older]")
    assert "version 0" in told.text
    assert [level["data-level"] for level in told.select(".level")] == ["output", "outcome"]


def test_a_private_goal_does_not_exist_for_others(world: World, client: Client) -> None:
    client.force_login(world.ben)

    assert client.get(reverse("judgement", args=[world.secret_result.public_id])).status_code == 404


def test_the_page_of_a_key_result_leads_there(world: World, client: Client) -> None:
    client.force_login(world.vera)
    page = BeautifulSoup(client.get(reverse("key-result", args=[world.activation.public_id])).content, "html.parser")

    assert page.select_one(f"a[href='{reverse('judgement', args=[world.activation.public_id])}']")


def test_whoever_writes_can_open_it_below_the_verdict(world: World, client: Client) -> None:
    client.force_login(world.ada)
    address = reverse("judgements", args=[world.stay.public_id])
    page = BeautifulSoup(client.post(address, {"statement": "Publish 10 articles"}).content, "html.parser")

    more = page.select_one("details[data-keep-open]")
    assert more.summary.text == "How it decided"
    assert [row.th.text for row in more.select("[data-weight]")].count("Publish") >= 1
    empty = BeautifulSoup(client.post(address, {"statement": " "}).content, "html.parser")
    assert empty.select_one("[data-account]") is None


@pytest.mark.django_db
def test_the_shares_are_those_of_the_verdict() -> None:
    account = account_of("Marketing", "en")

    assert account.is_doubtful
    assert max(account.shares, key=lambda share: share.bar).level == "unclear"


def test_the_number_of_queries_is_fixed(world: World, client: Client) -> None:
    client.force_login(world.vera)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("judgement", args=[world.activation.public_id]))

    assert len(queries) <= 12
