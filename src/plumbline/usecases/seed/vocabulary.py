"""Names and sentences of organisations that do not exist."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from plumbline.values.unit import SECONDS, Unit, UnitKind

GIVEN: Final = (
    "Ada Ali Amara Anna Arjun Aya Ben Bruno Carla Chen Clara Dario Dana Elif Elena Emil Fatou Femi Finn Gita Goran "
    "Hana Hugo Ines Ivan Jana Jonas Juno Kai Kofi Lale Lena Levi Lin Luca Maja Malik Mei Milo Nadia Nils Noor Olga "
    "Omar Paula Pia Quinn Rafa Rosa Sami Sara Sven Tara Theo Uma Vera Viktor Wanda Yara Zoe"
).split()
FAMILY: Final = (
    "Abebe Acar Andersen Arai Banda Becker Bianchi Brandt Castro Chandra Costa Dahl Demir Diallo Dubois Eklund Faria "
    "Fischer Fonseca Garcia Grant Haddad Hansen Herrera Holm Ibrahim Ito Jansen Kaya Keller Khan Klein Kowalski Larsen "
    "Lopez Maier Mensah Moreau Moser Nagy Nakata Novak Okafor Olsen Osei Park Petrov Quist Rahman Reyes Ricci Rossi "
    "Sato Schmid Silva Singh Sousa Tanaka Toth Vogel Walsh Weber Yilmaz Zhang"
).split()
TEAMS: Final = (
    "Acquisition Billing Brand Checkout Community Content Data Delivery Design Developers Documentation Europe Field "
    "Finance Growth Infrastructure Insights Integrations Legal Logistics Mobile North Onboarding Operations Partners "
    "Payments People Platform Pricing Product Purchasing Quality Research Retail Sales Search Security Service South "
    "Success Support Sustainability Training West Workplace"
).split()
PILLARS: Final = (
    "Customers who stay",
    "A product people recommend",
    "A team that learns",
    "A business that lasts",
    "Care for what we use up",
)
AIMS: Final = (
    "{thing} that people trust",
    "Make {thing} the easiest part of the day",
    "{thing} without waiting",
    "Be the first choice for {thing}",
    "{thing} that works everywhere",
    "Nobody gets lost in {thing}",
    "{thing} that pays for itself",
    "A calmer week around {thing}",
)
THINGS: Final = (
    "ordering", "delivery", "the first week", "support", "invoices", "planning", "search", "returns", "pricing",
    "reports", "hiring", "the mobile app", "travel", "the help centre", "renewals", "the warehouse", "events",
    "training", "payments", "the partner programme", "repairs", "the catalogue", "sign-up", "maintenance",
    "purchasing", "the night shift",
)  # fmt: skip
REASONS: Final = (
    "Customers tell us so every week.",
    "It costs more than it brings in.",
    "The competition has moved on.",
    "New people struggle with it for months.",
    "",
    "",
)
NOTES: Final = (
    "", "", "", "", "A slow week, holidays.", "The change from last week shows.", "Waiting for the new supplier.",
    "Better than we thought.", "Two outliers pull it down.", "No surprise this week.",
)  # fmt: skip
WORKS: Final = (
    "Rewrite the guide to {thing}",
    "Test two new versions of {thing}",
    "Interview ten customers about {thing}",
    "Move {thing} to the new system",
    "Train everybody who works on {thing}",
    "Offer {thing} in a second language",
)


class Template(NamedTuple):
    """One kind of key result: its sentence, metric, type, unit, and between what it starts and aims."""

    says: str
    metric: str
    type: str
    unit: Unit
    starts: tuple[int, int]
    aims: tuple[int, int]

    @property
    def size(self) -> Decimal:
        """What one of the numbers is as a stored value: hours are kept in seconds."""
        return SECONDS.get(self.unit.code, Decimal(1))

    def sentence(self, thing: str, start: Decimal, aim: Decimal) -> str:
        """Return the statement with its numbers put in."""
        return self.says.format(thing=thing, start=f"{start:f}", aim=f"{aim:f}")


_PERCENT = Unit(UnitKind.PERCENT)
_COUNT = Unit(UnitKind.COUNT)
_EUROS = Unit(UnitKind.MONEY, "EUR")
_HOURS = Unit(UnitKind.DURATION, "h")

#: Outcomes first, then work that people wrote down as a result: both occur in every real plan.
TEMPLATES: Final = (
    Template("Share of customers satisfied with {thing} rises from {start} to {aim} %", "Satisfied customers",
             "increase", _PERCENT, (40, 60), (65, 90)),
    Template("Customers who come back for {thing} within a month grow from {start} to {aim} %", "Returning customers",
             "increase", _PERCENT, (15, 30), (35, 55)),
    Template("Complaints about {thing} fall from {start} to {aim} a month", "Complaints", "decrease", _COUNT,
             (60, 140), (10, 40)),
    Template("Time people wait for {thing} drops from {start} to {aim} hours", "Waiting time", "decrease", _HOURS,
             (12, 48), (1, 8)),
    Template("Revenue from {thing} grows from {start} to {aim} EUR", "Revenue", "increase", _EUROS,
             (100_000, 400_000), (500_000, 900_000)),
    Template("Cost of {thing} per order falls from {start} to {aim} EUR", "Cost per order", "decrease", _EUROS,
             (30, 60), (10, 25)),
    Template("{aim} teams use {thing} every week (today {start})", "Teams using it", "increase", _COUNT, (1, 9),
             (15, 60)),
    Template("At least {aim} % of requests about {thing} are solved on first contact", "Solved on first contact",
             "at_least", _PERCENT, (60, 70), (70, 85)),
    Template("Errors in {thing} stay below {aim} a week", "Errors", "at_most", _COUNT, (1, 5), (6, 12)),
    Template("Publish {aim} articles about {thing}", "Articles", "increase", _COUNT, (0, 0), (6, 20)),
    Template("Hold {aim} workshops on {thing}", "Workshops", "increase", _COUNT, (0, 0), (4, 16)),
    Template("Migrate {aim} % of {thing} to the new system", "Migrated", "increase", _PERCENT, (0, 10), (60, 100)),
)  # fmt: skip
