# ruff: noqa: PTH113, PTH118, PTH120, PTH123, PTH208 - pathlib alone would be a tenth of the import
"""The text files that are shipped beside the code; reading them through `importlib.resources` would slow the import."""

from __future__ import annotations

import os

_ROOM = os.path.dirname(__file__)


def text_of(*path: str) -> str:
    """Return the text of a file by its folders and name."""
    with open(os.path.join(_ROOM, *path), encoding="utf-8") as file:
        return file.read()


def names_in(*path: str) -> list[str]:
    """Return the names of the text files in a folder, without their ending, in the order of the alphabet."""
    names = os.listdir(os.path.join(_ROOM, *path))
    return sorted(name.removesuffix(".txt") for name in names if name.endswith(".txt"))


def is_there(*path: str) -> bool:
    """Whether there is such a file."""
    return os.path.isfile(os.path.join(_ROOM, *path))
