"""Who is asking, through proxies that may be trusted or not."""

from ipaddress import ip_network

import pytest
from django.http import HttpResponse

from plumbline.deployment import Deployment
from plumbline.web.proxy import asker, front_door

TRUSTED = [ip_network("10.0.0.0/8"), ip_network("::1")]


@pytest.mark.parametrize(
    ("neighbour", "forwarded", "expected"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.2", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "198.51.100.1, 10.0.0.3", "198.51.100.1"),
        ("10.0.0.2", "somebody", "10.0.0.2"),
        ("::1", "198.51.100.1", "198.51.100.1"),
        ("", "198.51.100.1", ""),
    ],
)
def test_only_a_trusted_proxy_is_believed(neighbour, forwarded, expected):
    assert asker(neighbour, forwarded, TRUSTED) == expected


def test_the_scheme_comes_from_the_public_address(rf, settings, tmp_path):
    settings.DEPLOYMENT = Deployment(tmp_path, address="https://okr.example.com", proxy="127.0.0.1")
    request = rf.get("/", HTTP_X_FORWARDED_FOR="198.51.100.1")
    front_door(lambda _request: HttpResponse())(request)
    assert request.is_secure()
    assert request.META["REMOTE_ADDR"] == "198.51.100.1"


def test_no_header_makes_a_request_secure(rf, settings, tmp_path):
    settings.DEPLOYMENT = Deployment(tmp_path)
    request = rf.get("/", HTTP_X_FORWARDED_PROTO="https")
    front_door(lambda _request: HttpResponse())(request)
    assert not request.is_secure()
