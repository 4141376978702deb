"""``lint FILES``: the command that both programs share, from its arguments to its exit status."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from plumbline_judge.context import Config
from plumbline_judge.lint.documents import KINDS, Source, read_document, read_source
from plumbline_judge.lint.mending import difference, mended
from plumbline_judge.lint.notices import Report, UnknownName, Wanted, check, known_name
from plumbline_judge.lint.reports import as_data, github_errors, github_lines, sarif
from plumbline_judge.lint.shown import Look, shown
from plumbline_judge.lint.written import Unreadable
from plumbline_judge.settings_file import BadSettings, config_of, found_config
from plumbline_judge.terminal import Bar, as_json

Format = Literal["text", "json", "sarif", "github"]
FORMATS: tuple[Format, ...] = ("text", "json", "sarif", "github")
_MANY = 20
_SKIPPED = frozenset({"node_modules", "__pycache__"})
_WELL, _FOUND, _UNREAD = 0, 1, 2


@dataclass(frozen=True)
class Asked:
    """What the command was asked for."""

    files: tuple[str, ...]
    wanted: Wanted
    format: Format = "text"
    kind: str = ""
    docs: str = ""
    is_to_fix: bool = False
    is_to_move: bool = False
    is_to_compare: bool = False


@dataclass
class Outcome:
    """What came of it: reports in the order of the files, files that could not be read, texts to write."""

    reports: list[Report] = field(default_factory=list)
    failures: list[tuple[str, Unreadable]] = field(default_factory=list)
    after: list[tuple[Source, Report, str]] = field(default_factory=list)

    def status(self) -> int:
        """Return the exit status."""
        if self.failures:
            return _UNREAD
        return _FOUND if any(True for report in self.reports for _notice in report.notices()) else _WELL


def main(arguments: Sequence[str]) -> int:
    """Lint files and return the exit status: 0 nothing to say, 1 something, 2 a file or a setting can't be read."""
    told = _parser().parse_args(arguments)
    try:
        asked = _asked(told)
    except (BadSettings, UnknownName) as problem:
        sys.stderr.write(f"{problem}\n")
        return _UNREAD
    try:
        return lint(asked)
    except BrokenPipeError:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FOUND


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="plumbline lint", description="Judge lists of objectives and key results.")
    add = parser.add_argument
    add("files", nargs="+", metavar="FILE", help="files or folders; - is standard input")
    add("--format", choices=FORMATS, default="text", help="for people, or for programs")
    add("--level", choices=("ask", "hint"), default="ask", help="the least that is said: questions, or hints too")
    add("--select", action="append", default=[], metavar="RULES", help="only these rules, parted by commas")
    add("--ignore", action="append", default=[], metavar="RULES", help="not these rules")
    add("--config", default="", metavar="FILE", help="the settings; without it the nearest plumbline-judge.toml")
    add("--language", choices=("en", "de"), help="the language of the answers")
    add("--as", dest="kind", choices=sorted(set(KINDS.values()) - {"workbook"}), default="", help="read files as this")
    add("--docs", default="", metavar="ADDRESS", help="where the documentation stands, for links in SARIF")
    add("--fix", action="store_true", help="mend what is safe: blanks that say nothing")
    add("--move-work", action="store_true", help="with --fix or --diff: move work below the initiatives")
    add("--diff", action="store_true", help="show what would be mended, and write nothing")
    return parser


def _asked(told: argparse.Namespace) -> Asked:
    config: Config = config_of(Path(told.config)) if told.config else found_config(Path.cwd())
    wanted = Wanted(
        least=told.level,
        selected=_names(told.select),
        ignored=_names(told.ignore),
        language=told.language or config.language or "en",
        config=config,
    )
    docs = told.docs or _own_docs()
    files = tuple(told.files)
    return Asked(files, wanted, told.format, told.kind, docs, told.fix, told.move_work, told.diff)


def _names(said: Sequence[str]) -> frozenset[str]:
    return frozenset(known_name(name) for part in said for name in part.split(",") if name.strip())


def _own_docs() -> str:
    """Return the address of the pages beside a checkout of the source; nothing where there are none."""
    docs = Path(__file__).resolve().parents[4] / "docs"
    return docs.as_uri() if (docs / "rules").is_dir() else ""


def lint(asked: Asked) -> int:
    """Read, judge, mend where that is asked for, and report."""
    with contextlib.suppress(AttributeError, ValueError):
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    outcome = _gone_through(asked)
    if asked.is_to_compare:
        return _compared(outcome)
    if asked.is_to_fix and outcome.after:
        outcome = _fixed(asked, outcome)
    _tell(asked, outcome)
    return outcome.status()


def _gone_through(asked: Asked) -> Outcome:
    outcome = Outcome()
    files = [file for name in asked.files for file in _files(name)]
    with _progress(len(files)) as progress:
        for done, name in enumerate(files, 1):
            _take(name, asked, outcome)
            progress(done)
    return outcome


def _take(name: str, asked: Asked, outcome: Outcome) -> None:
    try:
        source = read_source(name, kind=asked.kind or ("text" if name == "-" else ""))
        report = check(read_document(source), asked.wanted)
    except Unreadable as problem:
        outcome.failures.append((name, problem))
        return
    outcome.reports.append(report)
    if asked.is_to_fix or asked.is_to_compare:
        after = mended(report, move_work=asked.is_to_move)
        outcome.after += [(source, report, after)] if after != report.document.text else []


def _files(name: str) -> Iterator[str]:
    """Give a file, or the files below a folder that may hold goals; hidden ones are left out."""
    folder = Path(name)
    if name == "-" or not folder.is_dir():
        yield name
        return
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") or part in _SKIPPED for part in parts)
        if not hidden and path.suffix and path.suffix.lower() in KINDS and path.is_file():
            yield str(path)


@contextlib.contextmanager
def _progress(files: int) -> Iterator[Any]:
    if files < _MANY or not sys.stderr.isatty():
        yield lambda _done: None
        return
    bar = Bar(sys.stderr, files)
    try:
        yield bar
    finally:
        bar.close()


def _compared(outcome: Outcome) -> int:
    for _source, report, after in outcome.after:
        sys.stdout.write(difference(report.document, after))
    _say_failures(outcome)
    return _UNREAD if outcome.failures else _FOUND if outcome.after else _WELL


def _fixed(asked: Asked, outcome: Outcome) -> Outcome:
    """Write what is mended and look at the files anew; nothing is written where a file could not be read."""
    if outcome.failures:
        sys.stderr.write("Nothing was mended, because not every file can be read.\n")
        return outcome
    for source, _report, after in outcome.after:
        _write(source, after)
    if asked.files == ("-",):
        return outcome
    sys.stderr.write(f"Mended {len(outcome.after)} of {len(outcome.reports)} files.\n")
    return _gone_through(Asked(asked.files, asked.wanted, asked.format, asked.kind, asked.docs))


def _write(source: Source, after: str) -> None:
    """Put a new text in the place of a file at once; standard input goes to standard output."""
    if source.name == "-":
        sys.stdout.write(after)
        return
    path = Path(source.name).resolve()
    if path.read_bytes() != source.data:
        sys.stderr.write(f"{source.name}: it was changed meanwhile, so it is left alone\n")
        return
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        file.write(after.encode(source.encoding))
    made = Path(file.name)
    made.chmod(path.stat().st_mode & 0o7777)
    made.replace(path)


def _tell(asked: Asked, outcome: Outcome) -> None:
    if asked.is_to_fix and asked.files == ("-",):
        return
    if asked.format == "json":
        sys.stdout.write(as_json(as_data(outcome.reports, outcome.failures), indent=2) + "\n")
    elif asked.format == "sarif":
        sys.stdout.write(as_json(sarif(outcome.reports, outcome.failures, asked.docs), indent=2) + "\n")
    elif asked.format == "github":
        lines = (*github_lines(outcome.reports), *github_errors(outcome.failures))
        sys.stdout.write("".join(f"{line}\n" for line in lines))
    else:
        _show(asked, outcome)
    _say_failures(outcome)


def _show(asked: Asked, outcome: Outcome) -> None:
    color = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    look = Look(asked.wanted.language, color)
    for report in outcome.reports:
        for line in shown(report, look):
            sys.stdout.write(f"{line}\n")
    sentences = sum(len(one.sentences()) for report in outcome.reports for one in report.sets)
    notices = sum(1 for report in outcome.reports for _notice in report.notices())
    files = len(outcome.reports)
    sys.stdout.write(
        f"{_counted(notices, 'remark')} on {_counted(sentences, 'sentence')} in {_counted(files, 'file')}\n"
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _say_failures(outcome: Outcome) -> None:
    for name, problem in outcome.failures:
        where = f"{name}:{problem.line}" if problem.line else name
        sys.stderr.write(f"{where}: {problem.why}\n")
