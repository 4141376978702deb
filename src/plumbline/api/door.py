"""The JSON door: who comes in, how refusals sound, and the rules its description follows.

Tokens only, no cookies: nothing here can be done by a page in somebody's browser.
"""

from __future__ import annotations

import uuid
from typing import Annotated, Any, ClassVar, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import NinjaAPI, Schema
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer
from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from plumbline.goals import policy
from plumbline.goals.models import CheckIn, Closure, Cycle, Initiative, KeyResult, Kpi, Objective, Waiver
from plumbline.goals.models.comment import Comment
from plumbline.people.models import Actor, Noun, Organisation, Person, Token
from plumbline.usecases import hand_out, switch_result

#: What may be asked with a token that only reads. A judgement changes nothing.
READING = frozenset({"GET", "HEAD", "OPTIONS"})

Seen = TypeVar("Seen", Objective, KeyResult, Initiative, Kpi, Comment, CheckIn)

PublicId = Annotated[str, StringConstraints(pattern=r"^[2-9a-hjkmnp-tv-z]{12}$")]


class Body(BaseModel):
    """What a request says. Plain pydantic: ninja's own Schema reads a string's methods as fields."""

    model_config: ClassVar = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _holds_text(cls, said: Any) -> Any:
        # PostgreSQL keeps no NUL, and would say so with an error.
        if isinstance(said, dict) and any(isinstance(value, str) and "\x00" in value for value in said.values()):
            msg = "a NUL character is no text"
            raise ValueError(msg)
        return said


class Problem(Schema):
    """Why something was refused: one sentence for people, one word for programs."""

    detail: str
    code: str


class TokenDoor(HttpBearer):
    """Lets a usable token in, as its person, with at most that person's rights."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return who acts, or None for a token that opens nothing."""
        at = timezone.now()
        found = Token.objects.usable(at).select_related("person").filter(digest=Token.hashed(token)).first()
        if found is None:
            return None
        if found.scope == Token.Scope.READ and not _only_reads(request):
            raise PermissionDenied("This token may only read.")
        found.note_use(on=at.date())
        return Actor(
            person=found.person,
            token=found,
            door="api",
            request_id=str(uuid.uuid4()),
            idempotency_key=request.headers.get("Idempotency-Key", "")[:80],
        )


def _only_reads(request: HttpRequest) -> bool:
    return request.method in READING or request.path.endswith(("/judgements", "/judgements/sets"))


class Api(NinjaAPI):
    """Ninja's API, whose description also tells the refusals."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        """Return the description, with the answers to what is refused for every operation."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, meaning in _REFUSALS.items():
                    operation["responses"].setdefault(status, _problem(meaning))
        return schema


_REFUSALS = {
    400: "The request can't be read.",
    401: "No usable token.",
    403: "This may be seen, and not done.",
    404: "It does not exist, for you.",
    409: "Its state refuses this.",
    422: "Something in the request is missing or not understood.",
}


def _problem(meaning: str) -> dict[str, Any]:
    schema = {"type": "object", "properties": {"detail": {}, "code": {"type": "string"}}}
    return {"description": meaning, "content": {"application/json": {"schema": schema}}}


api = Api(title="Plumbline", version="1", auth=TokenDoor(), docs_url=None, urls_namespace="api")


def visit(request: HttpRequest) -> tuple[Actor, Organisation]:
    """Return who asks and the organisation that is asked."""
    actor = request.auth  # type: ignore[attr-defined]
    return actor, Organisation.the()


def person_of(actor: Actor) -> Person:
    """Return the person a token acts for, whose rights are the most it has."""
    if actor.person is None:
        raise PermissionDenied
    return actor.person


def fetch(kind: type[Seen], actor: Actor, public_id: str, *, related: tuple[str, ...] = (), **where: Any) -> Seen:
    """Return the noun as the token's person may see it, or 404: to fetch is to authorise."""
    rows = kind.objects.visible_to(person_of(actor)).select_related(*related)
    return get_object_or_404(rows, public_id=public_id, **where)


def require(actor: Actor, verb: str, noun: policy.Goal | Comment) -> None:
    """Refuse (403) a verb that the token's person may not use on what they can see."""
    if not policy.can(person_of(actor), verb, noun):
        raise PermissionDenied


def _answer(request: HttpRequest, status: int, detail: str, code: str) -> HttpResponse:
    return api.create_response(request, {"detail": detail, "code": code}, status=status)


@api.exception_handler(PermissionDenied)
def _may_not(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return _answer(request, 403, str(error) or "You may see this, and not do this.", "may_not")


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, _error: Http404) -> HttpResponse:
    return _answer(request, 404, "There is nothing here for you.", "not_found")


@api.exception_handler(ValidationError)
def _not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _answer(request, 422, " ".join(error.messages), "not_understood")


@api.exception_handler(Noun.Clash)
def _clash(request: HttpRequest, error: Noun.Clash) -> HttpResponse:
    return _answer(request, 409, f"This changed meanwhile: it is at version {error.noun.version}.", "changed_meanwhile")


#: What a refusal of the domain says here. The names are the code's own, in snake case.
_SAYS: dict[type[Exception], str] = {
    Cycle.Closed: "The cycle is closed.",
    KeyResult.Closed: "This key result is closed or archived.",
    KeyResult.NotActive: "This key result is a draft: activate it first.",
    KeyResult.InTheFuture: "A check-in is about today or the past.",
    KeyResult.Fed: "Its values come from a KPI: note a reading there.",
    KeyResult.NotGuarded: "It has no guardrail with this metric.",
    KeyResult.NeedsWaiver: "This counts work: say why it stays, in a waiver.",
    KeyResult.NotTheNewest: "Others followed this check-in: it can be corrected.",
    KeyResult.HasHistory: "It was checked in on: its numbers would mean something else.",
    KeyResult.WrongPlace: "It can't go there.",
    KeyResult.NoWay: "The target is where it starts. To keep a level, choose a type that keeps one.",
    KeyResult.TypeIsFixed: "Type and unit stay as they are once there are check-ins.",
    Organisation.SwitchedOff: "This feature is switched off here.",
    Objective.Closed: "This objective is closed or archived.",
    Objective.Circle: "A goal can't hang from itself.",
    Objective.NeedsReason: "The goalposts are locked: say why they move.",
    Objective.WrongParent: "It can't hang there.",
    Closure.NeedsReason: "Its progress suggests another score: say why.",
    Closure.NotOpen: "It was reopened meanwhile.",
    hand_out.NotATemplate: "It is private: everybody who gets a copy would read it.",
    hand_out.TooMany: f"At most {hand_out.MOST} get one at once.",
    switch_result.Settled: "Its bet is settled: it stays an initiative.",
    Initiative.OtherObjective: "The key result belongs to another objective.",
    Kpi.Closed: "This KPI is archived.",
    Kpi.InTheFuture: "A reading is about today or the past.",
    Kpi.RollsUp: "Its value is made of the KPIs below it.",
    Comment.Empty: "There is nothing in it.",
    Waiver.Empty: "A waiver says why.",
}


def _refused(request: HttpRequest, error: Exception) -> HttpResponse:
    code = "".join("_" + letter.lower() if letter.isupper() else letter for letter in type(error).__name__)
    return _answer(request, 409, _SAYS[type(error)], code.strip("_"))


for _kind in _SAYS:
    api.exception_handler(_kind)(_refused)


@api.exception_handler(KeyResult.NeedsReason)
def _needs_reason(request: HttpRequest, error: KeyResult.NeedsReason) -> HttpResponse:
    goalposts = error.args[0] != ["check_in"]
    words = "The goalposts are locked: say why they move." if goalposts else "It is not fresh any more: say why."
    return _answer(request, 409, words, "needs_reason")


@api.exception_handler(KeyResult.NotReady)
def _not_ready(request: HttpRequest, error: KeyResult.NotReady) -> HttpResponse:
    return _answer(request, 409, f"Still missing: {', '.join(error.missing)}.", "not_ready")
