"""Read how the judge is set up: ``plumbline-judge.toml``, or ``[tool.plumbline-judge]`` in ``pyproject.toml``.

disable = ["no_date", "vague_words"]
language = "de"

[severity]
milestone = "hint"
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from plumbline_judge.context import STANDARD, Config
from plumbline_judge.judgement import SEVERITIES, Severity
from plumbline_judge.registry import known_rule

NAME: Final = "plumbline-judge.toml"
PROJECT: Final = "pyproject.toml"
TABLE: Final = "plumbline-judge"
LANGUAGES: Final = ("en", "de")
KEYS: Final = ("disable", "severity", "language", "text_language")


class BadSettings(ValueError):
    """A settings file that can't be followed; the words say where, and what would do."""


def found_config(folder: Path) -> Config:
    """Return what the nearest settings file says, from a folder upwards; without one, the standard.

    Raises BadSettings.
    """
    for place in (folder.resolve(), *folder.resolve().parents):
        if (place / NAME).is_file():
            return config_of(place / NAME)
        if _speaks_of_us(place / PROJECT):
            return config_of(place / PROJECT)
    return STANDARD


def _speaks_of_us(project: Path) -> bool:
    """Whether a project's file has our table; one that can't be read is somebody else's to mend."""
    try:
        return project.is_file() and TABLE in _tools(project)
    except (ValueError, OSError):
        return False


def config_of(path: Path) -> Config:
    """Return what one file says. Raises BadSettings, with the file's name ahead."""
    try:
        table = _tools(path).get(TABLE, {}) if path.name == PROJECT else _read(path)
        return config_from(table)
    except ValueError as problem:
        raise BadSettings(f"{path}: {problem}") from problem
    except OSError as problem:
        raise BadSettings(f"{path}: {problem.strerror or problem}") from problem


def config_from(table: Mapping[str, Any]) -> Config:
    """Return what a table says; ``config_of`` reads one from a file. Raises BadSettings or UnknownRule."""
    for key in table:
        _known_key(key)
    said = {key.replace("-", "_"): value for key, value in table.items()}
    return Config(
        disabled=frozenset(known_rule(name) for name in _texts(said, "disable")),
        text_language=_text(said, "text_language"),
        severity=tuple(sorted(_severities(said.get("severity", {})))),
        language=_language(_text(said, "language")),
    )


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _tools(path: Path) -> Mapping[str, Any]:
    tools = _read(path).get("tool", {})
    return tools if isinstance(tools, dict) else {}


def _known_key(key: str) -> None:
    if key.replace("-", "_") in KEYS:
        return
    near = difflib.get_close_matches(key, KEYS, n=1, cutoff=0.5)
    hint = f"Did you mean “{near[0]}”?" if near else f"It knows {', '.join(KEYS)}."
    raise BadSettings(f"There is no setting “{key}”. {hint}")


def _texts(said: Mapping[str, Any], key: str) -> list[str]:
    value = said.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadSettings(f'“{key}” is a list of names: {key} = ["no_date"].')
    return value


def _text(said: Mapping[str, Any], key: str) -> str:
    value = said.get(key, "")
    if not isinstance(value, str):
        raise BadSettings(f'“{key}” is a language in quotes: {key} = "en".')
    return value.strip()


def _language(value: str) -> str:
    if value and value not in LANGUAGES:
        raise BadSettings(f"It answers in {' and '.join(LANGUAGES)} so far, not in “{value}”.")
    return value


def _severities(said: object) -> list[tuple[str, Severity]]:
    if not isinstance(said, dict):
        raise BadSettings('“severity” is a table: [severity] and below it, say, milestone = "hint".')
    return [(known_rule(name), _severity(name, value)) for name, value in said.items()]


def _severity(name: str, value: object) -> Severity:
    for severity in SEVERITIES:
        if value == severity:
            return severity
    raise BadSettings(f"“{name}” can be {' or '.join(SEVERITIES)}, not “{value}”. To silence it, put it into disable.")
