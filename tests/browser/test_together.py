"""Two people at one goal at the same time."""

from playwright.sync_api import expect


def test_the_second_sees_who_changed_what_and_loses_nothing(open_page, world):
    address = f"/objectives/{world.stay.public_id}/edit/"
    with open_page(world.ada) as first, open_page(world.ben) as second:
        first.goto(address)
        second.goto(address)
        first.get_by_label("Why it matters").fill("Winter is when riders leave.")
        first.get_by_role("button", name="Save goal").click()
        expect(first.get_by_text("Winter is when riders leave.")).to_be_visible()

        second.get_by_label("Why it matters").fill("A rider who stays pays the bike.")
        second.get_by_label("Why now").fill("The frost begins.")
        second.get_by_role("button", name="Save goal").click()
        clash = second.get_by_role("alert")
        expect(clash).to_contain_text("Ada Lead changed this")
        expect(clash).to_contain_text("Winter is when riders leave.")
        expect(second.get_by_label("Why it matters")).to_have_value("A rider who stays pays the bike.")
        expect(second.get_by_label("Why now")).to_have_value("The frost begins.")

        second.get_by_role("button", name="Save goal").click()
        expect(second.get_by_text("A rider who stays pays the bike.")).to_be_visible()
