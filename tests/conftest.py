"""Fixtures that every room's tests share."""

import pytest

from tests.world import World, build


@pytest.fixture
def world(db: None) -> World:
    """The cast and its small company."""
    return build()
