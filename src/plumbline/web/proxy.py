"""Learn who is asking, and over what, when a proxy stands in front."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from plumbline.deployment import Deployment

Networks = Sequence[IPv4Network | IPv6Network]


def front_door(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Set the scheme from the public address, and the asker from a proxy that is trusted.

    The scheme is never read from a header: the public address says it, and
    a header could be forged.
    """
    deployment: Deployment = settings.DEPLOYMENT
    trusted = [ip_network(proxy, strict=False) for proxy in deployment.proxies]

    def answer(request: HttpRequest) -> HttpResponseBase:
        if deployment.is_https:
            request.environ["wsgi.url_scheme"] = "https"  # type: ignore[attr-defined]
        request.META["REMOTE_ADDR"] = asker(
            request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", ""), trusted
        )
        return get_response(request)

    return answer


def asker(neighbour: str, forwarded: str, trusted: Networks) -> str:
    """Return the nearest address that is not a trusted proxy.

    Each proxy appends the address that it saw, so the list is read from its
    end; whatever stands before a stranger's entry may be invented.
    """
    chain = [*(part.strip() for part in forwarded.split(",")), neighbour] if forwarded else [neighbour]
    while len(chain) > 1 and _is_trusted(chain[-1], trusted) and _is_address(chain[-2]):
        chain.pop()
    return chain[-1]


def _is_trusted(address: str, trusted: Networks) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in trusted)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
