"""What requests say when something is done to a whole goal or a check-in."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from plumbline.api.door import Body, PublicId
from plumbline.api.schemas import CheckInIn, Day, Text, Value, Words

Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Ids = Annotated[list[PublicId], Field(max_length=50)]
Home = Literal["company", "team", "person"]
Version = Annotated[int, Field(ge=1, description="The version that was read: a newer one answers 409.")]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=240)]


class ReasonIn(Body):
    """Why, in a few words."""

    reason: Reason = ""


class NeededReasonIn(Body):
    """Why, in a few words; it is asked for."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500)]


class PlaceIn(Body):
    """Where a goal is to stand. What is left out stays; ``teams`` goes with the home ``team``."""

    cycle: PublicId | None = None
    home: Home | None = None
    teams: Ids = []


class MoveIn(PlaceIn):
    """Where a goal goes, and what is decided about that which hangs on it."""

    children: Literal["stay", "along", "detach"] = "stay"
    days: Literal["keep", "shift", "clear"] = "keep"
    let_go: bool = False
    reason: Reason = ""
    version: Version | None = None


class CloneIn(PlaceIn):
    """What the copy is called, where it stands, and whether the work comes along."""

    title: Title | None = None
    initiatives: bool = False


class ResultMoveIn(Body):
    """Under which objective a key result goes."""

    objective: PublicId
    reason: Reason = ""


class LearnedIn(Body):
    """What was learned from what is dropped."""

    learned: Text = ""


class SwitchIn(Body):
    """What a key result becomes."""

    into: Literal["initiative", "objective"]


class TagsIn(Body):
    """The tags that it bears from now on; those left out come off."""

    tags: Ids


class DecisionIn(Body):
    """What becomes of one key result; without a baseline a copy begins at the last actual value."""

    key_result: PublicId
    choice: Literal["keep", "change", "drop"]
    baseline: Value | None = None


class ClosureIn(Body):
    """How an objective ended. Without a score it gets the one that its progress suggests; another needs a reason."""

    verdict: Literal["achieved", "partly_achieved", "missed", "postponed", "cancelled"]
    score: Annotated[Decimal, Field(ge=0, le=1, decimal_places=2)] | None = None
    rating: Annotated[int, Field(ge=1, le=5)] | None = None
    learned: Text = ""
    reason: Reason = ""
    key_results: Annotated[list[DecisionIn], Field(max_length=50)] = []


class NoteIn(Body):
    """The closing note, put right."""

    learned: Text
    rating: Annotated[int, Field(ge=1, le=5)] | None = None


class ObjectiveChange(Body):
    """What changes of an objective, and what is left out stays; locked goalposts ask for a reason."""

    title: Title = ""
    why_it_matters: Text = ""
    why_now: Text = ""
    weight: Annotated[Decimal, Field(ge=0, le=1000)] = Decimal(1)
    due_on: Day | None = None
    reason: Reason = ""
    version: Version | None = None


class KeyResultChange(Body):
    """What changes of a key result, and what is left out stays; locked goalposts ask for a reason."""

    statement: Words = ""
    metric: Annotated[str, StringConstraints(max_length=160)] = ""
    baseline: Value | None = None
    target: Value | None = None
    target_upper: Value | None = None
    due_on: Day | None = None
    weight: Annotated[Decimal, Field(ge=0, le=1000)] = Decimal(1)
    rhythm: Literal["weekly", "biweekly", "monthly", "quarterly", "termly"] = "weekly"
    automatic_status: bool = False
    reason: Reason = ""
    version: Version | None = None


class CorrectionIn(CheckInIn):
    """A check-in that takes the place of another; the history keeps both."""
