"""The language of a page: the reader's own, else the organisation's, else what the browser asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from plumbline.web.http import Visit


def own_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Speak to whoever is signed in as they wish; Django's own middleware has asked the browser before."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            visit: Visit = request.visit  # type: ignore[attr-defined]
            speak(language_of(visit))
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return answer


def language_of(visit: Visit) -> str:
    """Return the language that somebody chose, or that of the organisation."""
    return visit.person.language or visit.organisation.language


def speak(language: str) -> None:
    """Answer in this language from here on. It stays until the next request, so that headers name it too."""
    translation.activate(language)
