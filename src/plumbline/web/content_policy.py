"""Tell browsers to load and run only what this installation serves itself."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

logger = logging.getLogger(__name__)

REPORTS = "/content-policy-reports/"
LONGEST_REPORT = 8_192

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "frame-src": "'none'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "report-uri": REPORTS,
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def content_policy(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Put the policy on every answer, static files and error pages included."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer


# Browsers send reports without a token and without cookies.
@csrf_exempt
@login_not_required
@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """Log what a browser refused, in one short line."""
    said = _said(request.read(LONGEST_REPORT + 1))
    logger.warning("%s refused %s on %s", *(_short(said.get(key)) for key in _KEYS))
    return HttpResponse(status=204)


_KEYS = ("violated-directive", "blocked-uri", "document-uri")


def _said(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)["csp-report"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _short(value: object) -> str:
    """One line of at most 120 characters, without the query: anybody may send a report."""
    return repr(str(value).split("?", maxsplit=1)[0][:120])


routes = [path(REPORTS.removeprefix("/"), report, name="content_policy_reports")]
