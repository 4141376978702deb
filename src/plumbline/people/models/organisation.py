"""The organisation: one per database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from plumbline_judge import Config
from plumbline_judge.settings_file import table_of

from plumbline.people.models.actor import Actor
from plumbline.people.models.event import Event
from plumbline.people.models.noun import Noun


class JudgePolicy(models.TextChoices):
    """What the judge asks of a key result that counts work."""

    SHOW = "show", _("Show what it measures")
    ASK = "ask", _("Ask: so that…?")
    REASON = "reason", _("Ask for a reason when it is activated")


class Feature(models.TextChoices):
    """What an organisation can do without. Off means: nothing of it from now on; what is there is kept."""

    KPIS = "kpis", _("KPIs")
    PRIVATE_GOALS = "private_goals", _("Private goals")
    ALIGNED_PROGRESS = "aligned_progress", _("Progress from aligned objectives")
    SHARED_OWNERSHIP = "shared_ownership", _("Shared goals")
    MANAGERS_HEAR = "managers_hear", _("Managers hear of overdue check-ins")


#: What nobody has before an owner switches it on, and then the screen says so.
OFF_AT_FIRST = frozenset({Feature.MANAGERS_HEAR})


class Organisation(Noun):
    """The company: its name, ultimate goal, calendar, language, and how strict it is with itself."""

    audience: ClassVar[str] = Event.Audience.EVERYONE

    name = models.CharField(max_length=120)
    ultimate_goal = models.CharField(max_length=240, blank=True)
    fiscal_year_start = models.PositiveSmallIntegerField(default=1)
    week_start = models.PositiveSmallIntegerField(default=0)
    time_zone = models.CharField(max_length=60, default="UTC")
    language = models.CharField(max_length=10, default="en")
    features = models.JSONField(default=dict)
    attention_behind = models.PositiveSmallIntegerField(default=15)
    off_track_behind = models.PositiveSmallIntegerField(default=30)
    rhythm = models.CharField(max_length=12, default="weekly")
    grace_days = models.PositiveSmallIntegerField(default=3)
    closing_days = models.PositiveSmallIntegerField(default=14)
    late_days = models.PositiveSmallIntegerField(default=7)
    #: Leading more goals than this in one cycle is asked about by the plan check.
    most_led = models.PositiveSmallIntegerField(default=8)
    closing_template = models.TextField(blank=True)
    #: What differs from the server's judge, as its settings file would say it.
    judge_settings = models.JSONField(default=dict, blank=True)
    judge_policy = models.CharField(max_length=10, choices=JudgePolicy.choices, default=JudgePolicy.ASK)
    sign_ins_kept_days = models.PositiveSmallIntegerField(default=30)
    only_one = models.BooleanField(default=True, editable=False, unique=True)

    class SwitchedOff(Exception):
        """Raised when somebody asks for a feature that is switched off."""

        def __init__(self, feature: Feature) -> None:
            super().__init__(feature.value)
            self.feature = feature

    class Meta:
        constraints = [
            models.CheckConstraint(name="organisation_is_the_only_one", condition=Q(only_one=True)),
            models.CheckConstraint(
                name="organisation_limits_grow", condition=Q(off_track_behind__gt=models.F("attention_behind"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def the(cls) -> Organisation:
        """Return the organisation of this database; raises ``DoesNotExist`` before ``found``."""
        return cls.objects.get()

    @classmethod
    @transaction.atomic
    def found(cls, *, name: str, by: Actor, at: datetime, **fields: Any) -> Organisation:
        """Write the one organisation into an empty database."""
        organisation = cls.objects.create(name=name, **fields)
        organisation.record("founded", by=by, at=at, after={"name": name})
        return organisation

    @transaction.atomic
    def change(self, *, by: Actor, at: datetime, expected_version: int | None = None, **fields: Any) -> None:
        """Change settings; every change stands in the audit trail."""
        self.lock(expected_version)
        self.write("changed", by=by, at=at, **fields)

    @transaction.atomic
    def switch(
        self, features: Collection[str], *, by: Actor, at: datetime, expected_version: int | None = None
    ) -> None:
        """Switch these features on and all others off; what was made with them stays."""
        self.lock(expected_version)
        wanted = {feature.value: feature.value in features for feature in Feature}
        now = {feature.value: self.has(feature) for feature in Feature}
        if wanted != now:
            self.write("features_switched", by=by, at=at, features=wanted)

    @classmethod
    def refuse_without(cls, feature: Feature) -> None:
        """Raise ``SwitchedOff`` while a feature is off: verbs ask this before something new of it is made."""
        if not cls.the().has(feature):
            raise cls.SwitchedOff(feature)

    def set_up_judge(self, *, config: Config, by: Actor, at: datetime, expected_version: int | None = None) -> None:
        """Say which rules speak and how loudly, and whether the judge asks and suggests."""
        self.change(judge_settings=table_of(config), by=by, at=at, expected_version=expected_version)

    def today(self, at: datetime) -> date:
        """Return the date that the instant falls on in the organisation's time zone."""
        return at.astimezone(ZoneInfo(self.time_zone)).date()

    def has(self, feature: str) -> bool:
        """Tell whether a feature is switched on; all are, unless somebody switched one off, but for a few."""
        return bool(self.features.get(feature, feature not in OFF_AT_FIRST))
