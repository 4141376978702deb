"""``plumbline init``: make an installation, or bring one up to date."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from plumbline.cli.installation import (
    collect_static_files,
    make_folder,
    read_deployment,
    refuse_silent_database,
    start_django,
    update_database,
)
from plumbline.cli.refusal import refuse, refuse_if_any

if TYPE_CHECKING:
    from plumbline.deployment import Deployment
    from plumbline.people.models import Organisation, Person


def init(
    organisation: Annotated[str, typer.Option(help="The name of your organisation.")] = "",
    owner: Annotated[str, typer.Option(help="The e-mail address of the first owner.")] = "",
) -> None:
    """Make the folder, the secret key, the database and the first owner's link. Safe to run again."""
    make_folder(read_deployment())
    made_secret = read_deployment().keep_a_secret()
    deployment = read_deployment()
    refuse_if_any(deployment.problems())
    start_django()
    refuse_silent_database()
    update_database()
    collect_static_files(deployment)
    _say(f"Folder: {deployment.folder}")
    _say(f"Secret key: {'made and kept in the folder' if made_secret else 'already there'}")
    _say(f"Database: up to date ({'PostgreSQL' if deployment.is_postgres else deployment.database_file})")
    _welcome(_organisation(organisation), owner, deployment)


def _welcome(company: Organisation, address: str, deployment: Deployment) -> None:
    from plumbline.people.models.person import Person, Role

    owners = Person.objects.active().filter(role=Role.OWNER)
    _say(f"Organisation: {company.name}")
    if owners.exists():
        _say(f"Owners: {', '.join(owners.order_by('name').values_list('name', flat=True))}")
        _say("Everything is there. Start it with: plumbline serve")
    else:
        _say(f"The first owner comes in by this link, once, within 14 days:\n\n    {_link(address, deployment)}\n")
        _say("Start Plumbline with: plumbline serve")


def _organisation(name: str) -> Organisation:
    from django.utils.timezone import now

    from plumbline.people.models import Actor, Organisation

    found = Organisation.objects.first()
    if found:
        return found
    return Organisation.found(
        name=name or _ask("The name of your organisation", "--organisation"),
        time_zone=read_deployment().time_zone,
        by=Actor(door="cli"),
        at=now(),
    )


def _link(address: str, deployment: Deployment) -> str:
    from django.utils.timezone import now

    from plumbline.people.models import Actor, Invitation

    invitation = Invitation.send(_first_owner(address), by=Actor(door="cli"), at=now())
    return f"{deployment.address}/invitations/{invitation.secret}/"


def _first_owner(address: str) -> Person:
    from django.utils.timezone import now

    from plumbline.people.models import Actor
    from plumbline.people.models.person import Person, Role

    waiting = Person.objects.present().filter(
        role=Role.OWNER, **({"email": address.strip().casefold()} if address else {})
    )
    person: Person | None = waiting.order_by("pk").first()
    if person:
        return person
    address = address or _ask("The e-mail address of the first owner", "--owner")
    if "@" not in address:
        refuse(f"{address!r} is no e-mail address.")
    return Person.reserve(name=address.split("@")[0], email=address, role=Role.OWNER, by=Actor(door="cli"), at=now())


def _ask(question: str, option: str) -> str:
    if not sys.stdin.isatty():
        refuse(f"{question} is needed: give it with {option}.")
    return str(typer.prompt(question))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
