"""`python -m plumbline_judge "Improve onboarding"`: judge a sentence or a file of lines."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from dataclasses import replace
from pathlib import Path

from plumbline_judge.context import Context
from plumbline_judge.judgement import ROLES
from plumbline_judge.judging import VERSION, judge
from plumbline_judge.lines import judge_file
from plumbline_judge.lint.command import main as lint
from plumbline_judge.settings_file import BadSettings, config_of, found_config
from plumbline_judge.terminal import as_json, show


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="plumbline_judge",
        description="Tell whether a key result measures an activity or an impact; `lint FILE…` reads lists of them.",
    )
    parser.add_argument("text", nargs="*", help="the sentence; without one, standard input is read")
    parser.add_argument("--objective", default="", help="the objective above it")
    parser.add_argument("--role", default="key_result", choices=ROLES, help="what it is meant to be (key_result)")
    parser.add_argument("--language", choices=("en", "de"), help="the language of the answer")
    parser.add_argument("--settings", metavar="FILE", type=Path, help="the settings; without it the nearest file")
    parser.add_argument("--json", action="store_true", help="print the whole judgement as JSON")
    parser.add_argument("--jsonl", metavar="FILE", help="judge one JSON object a line; - is standard input")
    parser.add_argument("--cores", type=int, default=0, help="cores for --jsonl (0: all; 1 answers line by line)")
    parser.add_argument("--version", action="version", version=f"plumbline_judge {VERSION}")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status: 0, or 2 where the input can't be read."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["lint"]:
        return lint(given[1:])
    if given[:1] == ["language-server"]:
        return _serve_editors()
    asked = _arguments().parse_args(given)
    try:
        config = config_of(asked.settings) if asked.settings else found_config(Path.cwd())
    except BadSettings as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    if asked.jsonl:
        return judge_file(asked.jsonl, cores=asked.cores, config=config)
    text = " ".join(asked.text) if asked.text else sys.stdin.read()
    language = asked.language or config.language or "en"
    context = Context(objective=asked.objective, language=language)
    judged = judge(text, role=asked.role, context=context, config=replace(config, language=""))
    if asked.json:
        sys.stdout.write(as_json(judged.to_dict(), indent=2) + "\n")
    else:
        color = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        sys.stdout.write(show(judged, color=color, language=language) + "\n")
    return 0


def _serve_editors() -> int:
    try:
        editor = importlib.import_module("plumbline_judge.editor")
    except ModuleNotFoundError as missing:
        sys.stderr.write(f"The language server needs {missing.name}: pip install 'plumbline-okr-judge[editor]'\n")
        return 2
    served: int = editor.main()
    return served


if __name__ == "__main__":
    sys.exit(main())
