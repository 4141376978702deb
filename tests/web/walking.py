"""Going from page to page as somebody who follows every link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Final, cast
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit
from zipfile import ZipFile

from bs4 import BeautifulSoup
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import Client

#: Pages whose links lead to themselves with another order, page or filter: one of each is enough.
_ALIKE: Final = frozenset({"cycle", "sort", "page", "range", "stage", "depth", "who", "noun", "step", "done"})
_CYCLE: Final = "cycle"
_BY_CYCLE: Final = frozenset({"/", "/goals/", "/strategy/"})
_LEADS_ON: Final = (("a", "href"), ("[hx-get]", "hx-get"), ("form[method=get]", "action"))


def walk(client: Client, starts: Iterable[str], *, steps: int = 2) -> Iterator[tuple[str, HttpResponse]]:
    """Open the pages, then what they link to, and so on; each page once, those that differ in order only once."""
    opened: set[str] = set()
    wave = list(starts)
    for step in range(steps + 1):
        coming: list[str] = []
        for address in wave:
            if _kind(address) in opened:
                continue
            opened.add(_kind(address))
            answer = whole(client.get(address))
            yield address, answer
            coming += _links(address, answer) if step < steps else ()
        wave = coming


def whole(answer: HttpResponseBase) -> HttpResponse:
    """Return an answer that can be read twice: a file is sent piece by piece."""
    if isinstance(answer, StreamingHttpResponse):
        told = _unpacked(b"".join(cast("Iterable[bytes]", answer.streaming_content)))
        return HttpResponse(told, status=answer.status_code, headers=dict(answer.items()))
    return cast("HttpResponse", answer)


def _unpacked(told: bytes) -> bytes:
    """Return what stands in a workbook; anything else as it is."""
    if not told.startswith(b"PK"):
        return told
    with ZipFile(BytesIO(told)) as book:
        return b"".join(book.read(name) for name in book.namelist())


def _links(address: str, answer: HttpResponse) -> Iterator[str]:
    if answer.has_header("Location"):
        yield from _ours(address, answer["Location"])
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        page = BeautifulSoup(answer.content, "html.parser")
        for selector, attribute in _LEADS_ON:
            for part in page.select(selector):
                yield from _ours(address, str(part.get(attribute) or ""))


def _ours(address: str, link: str) -> Iterator[str]:
    parts = urlsplit(urljoin(f"http://testserver{address}", link))
    if parts.netloc == "testserver" and not parts.path.startswith("/static/") and _is_another(parts.path, parts.query):
        yield parts.path + (f"?{parts.query}" if parts.query else "")


def _is_another(path: str, query: str) -> bool:
    """Tell whether the page differs from the one without its cycle: the switch stands on every page."""
    return f"{_CYCLE}=" not in query or path in _BY_CYCLE or path.startswith(("/teams/", "/people/"))


def _kind(address: str) -> str:
    parts = urlsplit(address)
    if parts.path.startswith("/goals/export/"):
        return parts.path
    query = [(name, "" if name in _ALIKE else value) for name, value in parse_qsl(parts.query)]
    return f"{parts.path}?{urlencode(sorted(set(query)))}"
