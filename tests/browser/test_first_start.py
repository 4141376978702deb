"""From an empty folder to the first check-in, as the first owner meets it."""

import re

from playwright.sync_api import Page, expect
from typer.testing import CliRunner

from plumbline.cli import app
from tests.world import PASSWORD

SENTENCE = "New riders who ride in week one rise from 31% to 45%"


def test_from_the_first_start_to_the_first_check_in(open_page, monkeypatch, tmp_path):
    link = owners_link(monkeypatch, tmp_path)

    with open_page() as page:
        come_in(page, link)
        take_the_first_steps(page)
        set_a_goal(page)
        write_a_key_result(page)
        start_the_goal(page)
        check_in(page)

        page.get_by_role("link", name="My week", exact=True).click()
        expect(page.get_by_role("heading", name="My goals")).to_be_visible()
        expect(page.get_by_text(SENTENCE)).to_be_visible()
        expect(page.get_by_role("article").get_by_text("36%", exact=True).first).to_be_visible()

        page.goto(link)
        expect(page.get_by_role("heading", name="This link does not open any more")).to_be_visible()


def owners_link(monkeypatch, folder) -> str:
    """Run ``plumbline init`` and return the path of the link it prints."""
    monkeypatch.setenv("PLUMBLINE_FOLDER", str(folder))
    said = CliRunner().invoke(app, ["init", "--organisation", "Harbour", "--owner", "olga@harbour.test"])
    assert said.exit_code == 0, said.output
    return re.search(r"/invitations/\S+", said.output)[0]


def come_in(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Your name").fill("Olga Owner")
    page.get_by_label("A password").fill(PASSWORD)
    page.get_by_role("button", name="Come in").click()


def take_the_first_steps(page: Page) -> None:
    expect(page.get_by_role("heading", name="First steps")).to_be_visible()
    page.get_by_label("What is your organisation called?").fill("Harbour Cargo Bikes")
    page.get_by_label("What are you here to achieve?").fill("Freight by bike")
    page.get_by_label("What do you choose to be good at?").fill("Riders who stay")
    page.get_by_role("button", name="Set the first goal").click()


def set_a_goal(page: Page) -> None:
    expect(page.get_by_role("heading", name="New goal")).to_be_visible()
    page.get_by_role("textbox", name="Objective").fill("Riders stay through the winter")
    page.get_by_label("Hangs from").select_option(label="Riders who stay")
    page.get_by_role("button", name="Save and write key results").click()


def write_a_key_result(page: Page) -> None:
    page.get_by_label("Are we measuring an activity or an impact?").fill(SENTENCE)
    expect(page.get_by_role("heading", name="This measures a change.")).to_be_visible()
    expect(page.get_by_label("Baseline", exact=True)).to_have_value("31")
    expect(page.get_by_label("Target", exact=True)).to_have_value("45")
    expect(page.get_by_role("combobox", name="Unit")).to_have_value("%")
    page.get_by_role("button", name="Save key result").click()


def start_the_goal(page: Page) -> None:
    expect(page.get_by_role("heading", name="Riders stay through the winter")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Activate").first.click()


def check_in(page: Page) -> None:
    page.get_by_role("main").get_by_role("link", name="Check in").first.click()
    page.get_by_label("Where is it now?").fill("36")
    page.get_by_text("Likely", exact=True).click()
    page.get_by_label("What did you learn?").fill("The call on day two works.")
    page.get_by_role("button", name="Save and finish").click()
    expect(page.get_by_text("Checked in: 36%.")).to_be_visible()
