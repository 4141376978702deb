"""Who, and the log of who did what."""

from plumbline.people.models.actor import Actor
from plumbline.people.models.event import Delivery, Event
from plumbline.people.models.external_id import ExternalId
from plumbline.people.models.invitation import Invitation
from plumbline.people.models.noun import Archivable, Noun
from plumbline.people.models.organisation import Organisation
from plumbline.people.models.person import Management, Person
from plumbline.people.models.team import Membership, Team
from plumbline.people.models.token import Token

__all__ = [
    "Actor",
    "Archivable",
    "Delivery",
    "Event",
    "ExternalId",
    "Invitation",
    "Management",
    "Membership",
    "Noun",
    "Organisation",
    "Person",
    "Team",
    "Token",
]
