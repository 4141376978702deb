"""`python -m plumbline_judge "Improve onboarding"`: judge a sentence or a file of lines."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from plumbline_judge.context import Config, Context
from plumbline_judge.judgement import ROLES
from plumbline_judge.judging import VERSION, judge
from plumbline_judge.settings_file import BadSettings, config_of, found_config
from plumbline_judge.terminal import BadLine, Bar, as_json, run_jsonl, show


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="plumbline_judge", description="Tell whether a key result measures an activity or an impact."
    )
    parser.add_argument("text", nargs="*", help="the sentence; without one, standard input is read")
    parser.add_argument("--objective", default="", help="the objective above it")
    parser.add_argument("--role", default="key_result", choices=ROLES, help="what it is meant to be (key_result)")
    parser.add_argument("--language", choices=("en", "de"), help="the language of the answer")
    parser.add_argument("--settings", metavar="FILE", type=Path, help="the settings; without it the nearest file")
    parser.add_argument("--json", action="store_true", help="print the whole judgement as JSON")
    parser.add_argument("--jsonl", metavar="FILE", help="judge one JSON object a line; - is standard input")
    parser.add_argument("--version", action="version", version=f"plumbline_judge {VERSION}")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status: 0, or 2 where the input can't be read."""
    asked = _arguments().parse_args(arguments)
    try:
        config = config_of(asked.settings) if asked.settings else found_config(Path.cwd())
    except BadSettings as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    if asked.jsonl:
        return _judge_lines(asked.jsonl, config)
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


def _judge_lines(name: str, config: Config) -> int:
    bar = Bar(sys.stderr, _count(name)) if sys.stderr.isatty() else None
    try:
        with _opened(name) as source:
            run_jsonl(source, sys.stdout, bar, config)
    except BrokenPipeError:
        return 0
    except (BadLine, OSError, UnicodeDecodeError) as problem:
        sys.stderr.write(f"{'' if name == '-' else name + ', '}{problem}\n")
        return 2
    finally:
        if bar:
            bar.close()
    return 0


def _count(name: str) -> int:
    """Return the number of lines of a file, 0 for a stream or a file that is not there."""
    path = Path(name)
    if not path.is_file():
        return 0
    with path.open("rb") as lines:
        return sum(1 for line in lines if line.strip())


@contextlib.contextmanager
def _opened(name: str) -> Iterator[TextIO]:
    if name != "-":
        with Path(name).open(encoding="utf-8") as source:
            yield source
        return
    yield io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
