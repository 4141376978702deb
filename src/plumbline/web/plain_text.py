"""Refuse what no text holds: the NUL character, which PostgreSQL can't keep and people can't type."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase

NUL = "\x00"


def plain_text(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer 400 where an address or a form holds a NUL, before anybody looks something up by it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        sent = [request.path_info, *_values(request)]
        if any(NUL in text for text in sent):
            raise BadRequest
        return get_response(request)

    return answer


def _values(request: HttpRequest) -> list[str]:
    told = [request.GET, request.POST]
    return [text for form in told for name, values in form.lists() for text in (name, *values)]
