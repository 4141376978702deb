"""``plumbline judge``: tell whether a sentence measures an activity or an impact."""

from __future__ import annotations

from typing import Annotated

import typer


def judge(
    text: Annotated[list[str] | None, typer.Argument(help="The sentence; without one, standard input is read.")] = None,
    *,
    objective: Annotated[str, typer.Option(help="The objective above it.")] = "",
    role: Annotated[str, typer.Option(help="key_result, objective, initiative or kpi.")] = "key_result",
    language: Annotated[str, typer.Option(help="The language of the answer: en or de.")] = "",
    settings: Annotated[str, typer.Option(metavar="FILE", help="The settings; without it the nearest file.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print the whole judgement as JSON.")] = False,
    jsonl: Annotated[str, typer.Option(metavar="FILE", help="Judge one JSON object a line; - is standard input.")] = "",
    cores: Annotated[int, typer.Option(help="Cores for --jsonl; 0 uses all, 1 answers line by line.", min=0)] = 0,
) -> None:
    """Tell whether a key result measures an activity or an impact, and show the words that decided."""
    from plumbline_judge.__main__ import main

    options = ["--objective", objective, "--role", role]
    options += ["--language", language] if language else []
    options += ["--settings", settings] if settings else []
    options += ["--json"] if json else []
    options += ["--jsonl", jsonl, "--cores", str(cores)] if jsonl else []
    raise typer.Exit(main([*options, "--", *(text or [])]))
