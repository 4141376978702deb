"""People: who they are, what role they have, and who manages whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plumbline.people.former import FORMER, NameField
from plumbline.people.models.actor import Actor
from plumbline.people.models.event import Event
from plumbline.people.models.external_id import ExternalId
from plumbline.people.models.noun import Noun
from plumbline.people.models.organisation import Organisation
from plumbline.people.name import hue_of, initials_of


class Role(models.TextChoices):
    """The four roles, each holding all that the one before may do."""

    VIEWER = "viewer", _("Viewer")
    MEMBER = "member", _("Member")
    ADMIN = "admin", _("Admin")
    OWNER = "owner", _("Owner")

    @property
    def rank(self) -> int:
        """Return the place of the role, 0 for a viewer."""
        return list(Role).index(self)


def folded(email: str) -> str:
    """Return the address as it is stored and looked up: no outer space, no capitals."""
    return email.strip().casefold()


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about people."""

    def present(self) -> PersonQuerySet:
        """Everybody who has not left, signed in yet or not."""
        return self.filter(binned_at=None).exclude(state=Person.State.ARCHIVED)

    def active(self) -> PersonQuerySet:
        """Those who can sign in."""
        return self.filter(binned_at=None, state=Person.State.ACTIVE)


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Finds people by their address, however it was typed."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """Return the person with this address."""
        return self.get(email=folded(username or ""))  # type: ignore[no-any-return]


class Person(AbstractBaseUser, Noun):
    """Somebody in the organisation; the row stays for ever, as a former member if need be."""

    audience: ClassVar[str] = Event.Audience.ADMINS
    untold: ClassVar[frozenset[str]] = frozenset(
        {"name", "email", "wanted_email", "job_title", "language", "time_zone"}
    )

    class State(models.TextChoices):
        """How far a person has come in."""

        RESERVED = "reserved", _("Reserved")
        INVITED = "invited", _("Invited")
        ACTIVE = "active", _("Active")
        ARCHIVED = "archived", _("Archived")

    email = models.EmailField(unique=True, null=True, blank=True)
    wanted_email = models.EmailField(blank=True, editable=False)
    name = NameField(max_length=120)
    job_title = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RESERVED)
    joined_at = models.DateTimeField(null=True, editable=False)
    seen_at = models.DateTimeField(null=True, editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = PersonManager()

    class LastOwner(Exception):
        """Raised when the last owner would be removed, demoted or archived."""

    class AddressTaken(Exception):
        """Raised when another person already has the e-mail address."""

    class Erased(Exception):
        """Raised when somebody who was erased would come back, or be anything again."""

    class Circle(Exception):
        """Raised when somebody would manage themselves, over however many steps."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="person_signs_in_with_an_address",
                condition=Q(state__in=["reserved", "archived"]) | Q(email__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Tell whether the person may sign in; Django and allauth ask this on every request."""
        return self.state == self.State.ACTIVE and self.binned_at is None

    @property
    def initials(self) -> str:
        """At most two letters for the avatar."""
        return initials_of(self.name)

    @property
    def hue(self) -> int:
        """One of twelve avatar hues, always the same for one person."""
        return hue_of(self.public_id)

    def has_role(self, role: Role) -> bool:
        """Tell whether the person has this role or one that holds it."""
        return self.is_active and Role(self.role).rank >= role.rank

    @classmethod
    @transaction.atomic
    def reserve(cls, *, name: str, by: Actor, at: datetime, email: str | None = None, **fields: Any) -> Person:
        """Add somebody who can't sign in yet: goals and teams can name them already."""
        address = folded(email) if email else None
        if address and cls.objects.filter(email=address).exists():
            raise cls.AddressTaken(address)
        person: Person = cls.objects.create(name=name, email=address, **fields)
        person.set_unusable_password()
        person.save(update_fields=["password"])
        person.record("reserved", by=by, at=at, after={"role": person.role})
        return person

    @transaction.atomic
    def join(self, *, password: str, by: Actor, at: datetime, name: str = "") -> None:
        """Come in: from now on the person signs in with this password (empty: by passkey or directory)."""
        self.lock()
        if password:
            self.set_password(password)
            self.save(update_fields=["password"])
        self.write(
            "joined", by=by, at=at, state=self.State.ACTIVE, joined_at=self.joined_at or at, name=name or self.name
        )

    @transaction.atomic
    def choose_password(self, *, password: str, by: Actor, at: datetime) -> None:
        """Sign in with this password from now on; the log says that it changed, never to what."""
        self.lock()
        self.set_password(password)
        self.save(update_fields=["password"])
        self.record("password_chosen", by=by, at=at)

    @transaction.atomic
    def change(self, *, by: Actor, at: datetime, expected_version: int | None = None, **fields: Any) -> None:
        """Change the profile: name, job title, language, time zone."""
        self.lock(expected_version)
        self.write("changed", by=by, at=at, **fields)

    @transaction.atomic
    def want_address(self, email: str, *, by: Actor, at: datetime) -> Event:
        """Ask to sign in with another address: it holds once somebody follows the link that goes there."""
        self.lock()
        self._refuse_taken(folded(email))
        self.wanted_email = folded(email)
        self.save(update_fields=["wanted_email"])
        return self.record("address_wanted", by=by, at=at)

    @transaction.atomic
    def take_address(self, email: str, *, by: Actor, at: datetime) -> None:
        """Have another address from now on; invitations and links that went to the one before open nothing."""
        self.lock()
        self._refuse_erased()
        self._refuse_taken(folded(email))
        self.invitations.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=at)
        try:
            with transaction.atomic():
                self.write("address_changed", by=by, at=at, email=folded(email), wanted_email="")
        except IntegrityError:  # somebody else took it in the same instant
            raise self.AddressTaken(folded(email)) from None

    def _refuse_taken(self, address: str) -> None:
        if Person.objects.filter(email=address).exclude(pk=self.pk).exists():
            raise self.AddressTaken(address)

    def take_data(self, *, by: Actor, at: datetime) -> None:
        """Note that a copy of all that is kept about the person was made for them."""
        self.record("data_taken", by=by, at=at)

    def look(self, *, at: datetime) -> None:
        """Remember when the person last looked, for "since you last looked"; no event: nobody is watched."""
        self.seen_at = at
        self.save(update_fields=["seen_at"])

    @transaction.atomic
    def give_role(self, role: Role, *, by: Actor, at: datetime) -> None:
        """Give another role; the last owner stays one (``LastOwner``)."""
        self._keep_an_owner(unless=role == Role.OWNER)
        self.lock()
        self._refuse_erased()
        self.write("role_given", by=by, at=at, role=role)

    @transaction.atomic
    def archive(self, *, by: Actor, at: datetime) -> None:
        """Let the person leave: no sign-in, no reminders, tokens and invitations end for good; goals keep the name."""
        self._keep_an_owner(unless=False)
        self.lock()
        self._close_doors(by=by, at=at)
        self.write("archived", by=by, at=at, state=self.State.ARCHIVED)

    @transaction.atomic
    def unarchive(self, *, by: Actor, at: datetime) -> None:
        """Let the person come back, as far as they had come."""
        self.lock()
        self._refuse_erased()
        came_in = self.joined_at is not None and self.email
        self.write("unarchived", by=by, at=at, state=self.State.ACTIVE if came_in else self.State.RESERVED)

    @transaction.atomic
    def erase(self, *, by: Actor, at: datetime, on: date) -> None:
        """Forget who this was: name, address and all the person said about themselves go, the id stays. For good.

        Goals, check-ins, comments and the log keep the id, which reads as *former member*.
        """
        self._keep_an_owner(unless=False)
        self.lock()
        self._refuse_erased()
        self._close_doors(by=by, at=at)
        self._end_times(on)
        self.tokens.update(name="")
        self.invitations.all().delete()
        ExternalId.objects.filter(noun=self.noun, noun_key=self.public_id).delete()
        self.set_unusable_password()
        forgotten = {
            "name": FORMER,
            "email": None,
            "wanted_email": "",
            "job_title": "",
            "language": "",
            "time_zone": "",
        }
        forgotten |= {"joined_at": None, "seen_at": None, "last_login": None}
        for name, nothing in forgotten.items():
            setattr(self, name, nothing)
        self.state, self.erased_at, self.version = self.State.ARCHIVED, at, self.version + 1
        self.save(update_fields=[*forgotten, "password", "state", "erased_at", "version"])
        self.record("erased", by=by, at=at)

    def _close_doors(self, *, by: Actor, at: datetime) -> None:
        for token in self.tokens.filter(revoked_at=None):
            token.revoke(by=by, at=at)
        self.invitations.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=at)

    def _end_times(self, on: date) -> None:
        for rows in (self.memberships, self.managements, self.reports):
            rows.filter(last_day=None).update(last_day=on)

    def _refuse_erased(self) -> None:
        if self.erased_at is not None:
            raise self.Erased(self.public_id)

    @transaction.atomic
    def remind(
        self, of: Iterable[Noun], *, day: date, by: Actor, at: datetime, of_others: Iterable[Noun] = ()
    ) -> Event | None:
        """Tell the person what waits for them, and for those they manage: once a day, None when it was said already."""
        self.lock()
        told = Event.objects.about(self.noun, self.public_id).filter(verb="reminded", after__on=day.isoformat())
        if not self.is_active or told.exists():
            return None
        said = {"on": day, "of": list(of)}
        if others := list(of_others):
            said["of_others"] = others
        return self.record("reminded", by=by, at=at, after=said, audience=Event.Audience.SELF)

    @transaction.atomic
    def manage_by(self, manager: Person | None, *, by: Actor, at: datetime, on: date) -> None:
        """Set who manages this person from a day on; nobody stands above themselves (``Circle``)."""
        # One at a time: two people who draw half a circle each must not both win.
        Organisation.the().lock()
        self.lock()
        self._refuse_erased()
        self._refuse_circle(manager)
        current = self.managements.filter(last_day=None).first()
        if (current.manager if current else None) == manager:
            return
        if current:
            current.last_day = on
            current.save(update_fields=["last_day"])
        if manager:
            Management.objects.create(person=self, manager=manager, first_day=on)
        self.write("manager_set", by=by, at=at, also={"manager": manager})

    def _refuse_circle(self, manager: Person | None) -> None:
        above = manager
        while above is not None:
            if above.pk == self.pk:
                raise self.Circle(self.public_id)
            above = above.manager()

    def manager(self) -> Person | None:
        """Return who manages this person now."""
        row = self.managements.filter(last_day=None).select_related("manager").first()
        return row.manager if row else None

    def teams_now(self) -> list[int]:
        """Return the keys of the teams the person is in today; read anew unless a page has read them along."""
        known: list[int] | None = self.__dict__.get("known_teams")
        return (
            known
            if known is not None
            else list(self.memberships.filter(last_day=None).values_list("team_id", flat=True))
        )

    def _keep_an_owner(self, *, unless: bool) -> None:
        # All owners are locked in key order: two owners who demote each other at once must not both win.
        owners = list(Person.objects.active().filter(role=Role.OWNER).order_by("pk").select_for_update())
        if not unless and owners == [self]:
            raise self.LastOwner(self.name)


class Management(models.Model):
    """Who managed whom, from a day on and until when."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="managements")
    manager = models.ForeignKey(Person, models.PROTECT, related_name="reports")
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(last_day=None), name="person_has_one_manager"),
            models.CheckConstraint(name="nobody_manages_themselves", condition=~Q(person=models.F("manager"))),
        ]

    def __str__(self) -> str:
        return f"{self.manager_id} manages {self.person_id}"
