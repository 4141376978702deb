"""Read how the judge is set up: ``plumbline-judge.toml``, or ``[tool.plumbline-judge]`` in ``pyproject.toml``.

disable = ["no_date", "vague_words"]
language = "de"
suggestions = false

[severity]
milestone = "hint"
"""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from plumbline_judge.context import STANDARD, Config
from plumbline_judge.judgement import SEVERITIES, Severity
from plumbline_judge.registry import all_rules, known_rule

NAME: Final = "plumbline-judge.toml"
PROJECT: Final = "pyproject.toml"
TABLE: Final = "plumbline-judge"
LANGUAGES: Final = ("en", "de")
KEYS: Final = ("disable", "severity", "language", "text_language", "question", "suggestions")


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
        question=_switch(said, "question"),
        suggestions=_switch(said, "suggestions"),
    )


def config_in(text: str) -> Config:
    """Return what the text of a settings file says, or of a project's file with our table. Raises BadSettings."""
    try:
        table = tomllib.loads(text)
        tools = table.get("tool", {})
        return config_from(tools[TABLE] if isinstance(tools, dict) and TABLE in tools else table)
    except ValueError as problem:
        raise BadSettings(str(problem)) from problem


def table_of(config: Config) -> dict[str, Any]:
    """Return what a settings file would say of a config, as plain data: nothing of what is standard."""
    said = {
        "disable": sorted(config.disabled),
        "severity": dict(sorted(config.severity)),
        "language": config.language,
        "text_language": config.text_language,
        "question": config.question,
        "suggestions": config.suggestions,
    }
    return {name: value for name, value in said.items() if value not in ([], {}, "", True)}


def followed(table: Mapping[str, Any]) -> Config:
    """Return what a stored table says; rules that are gone since then are left out."""
    known = all_rules()
    rules = [name for name in table.get("disable", ()) if name in known]
    loud = {name: value for name, value in table.get("severity", {}).items() if name in known}
    return config_from({**table, "disable": rules, "severity": loud})


def over(server: Config, house: Config) -> Config:
    """Return what holds where an organisation has its own word: a rule that it grades speaks in any case."""
    graded = dict(house.severity)
    return replace(
        server,
        disabled=server.disabled.difference(graded) | house.disabled,
        severity=tuple(sorted({**dict(server.severity), **graded}.items())),
        question=server.question and house.question,
        suggestions=server.suggestions and house.suggestions,
    )


def file_of(config: Config) -> str:
    """Return the settings file that says what a config says; ``config_in`` reads it back."""
    lines = ["# How the judge is set up. `plumbline lint` reads it as plumbline-judge.toml.", ""]
    if config.disabled:
        lines.append(f"disable = {json.dumps(sorted(config.disabled))}")
    lines += [f'{name} = "{value}"' for name in ("language", "text_language") if (value := getattr(config, name))]
    lines += [f"{name} = false" for name in ("question", "suggestions") if not getattr(config, name)]
    if config.severity:
        lines += ["", "[severity]", *(f'{name} = "{severity}"' for name, severity in sorted(config.severity))]
    return "\n".join(lines).rstrip("\n") + "\n"


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


def _switch(said: Mapping[str, Any], key: str) -> bool:
    value = said.get(key, True)
    if not isinstance(value, bool):
        raise BadSettings(f"“{key}” is true or false: {key} = false.")
    return value


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
