"""``plumbline lint``: judge lists of objectives and key results in files."""

from __future__ import annotations

from typing import Annotated

import typer


def lint(
    files: Annotated[list[str], typer.Argument(help="Files or folders; - is standard input.")],
    *,
    format: Annotated[str, typer.Option(help="text, json, sarif or github.")] = "text",
    level: Annotated[str, typer.Option(help="The least that is said: ask, or hint for hints too.")] = "ask",
    select: Annotated[list[str] | None, typer.Option(metavar="RULES", help="Only these, parted by commas.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="RULES", help="Not these rules.")] = None,
    config: Annotated[str, typer.Option(metavar="FILE", help="The settings; without it the nearest file.")] = "",
    language: Annotated[str, typer.Option(help="The language of the answers: en or de.")] = "",
    kind: Annotated[str, typer.Option("--as", help="Read files as markdown, text, yaml or csv.")] = "",
    docs: Annotated[str, typer.Option(metavar="ADDRESS", help="Where the documentation stands, for SARIF.")] = "",
    fix: Annotated[bool, typer.Option("--fix", help="Mend what is safe: blanks that say nothing.")] = False,
    move_work: Annotated[
        bool, typer.Option("--move-work", help="With --fix or --diff: move work below the initiatives.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would be mended, and write nothing.")] = False,
) -> None:
    """Judge lists of objectives and key results: Markdown, plain text, YAML, CSV and XLSX."""
    from plumbline_judge.lint.command import main

    valued = {"--format": format, "--level": level, "--config": config, "--language": language, "--as": kind}
    options = [part for name, value in {**valued, "--docs": docs}.items() if value for part in (name, value)]
    options += [f"--select={names}" for names in select or ()] + [f"--ignore={names}" for names in ignore or ()]
    switches = {"--fix": fix, "--move-work": move_work, "--diff": diff}
    options += [name for name, is_on in switches.items() if is_on]
    raise typer.Exit(main([*options, "--", *files]))
