"""Judge files of lines, one JSON object each: in order, on all cores, in memory that does not grow."""

from __future__ import annotations

import contextlib
import io
import json
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TextIO

from plumbline_judge.context import STANDARD, Config, Context
from plumbline_judge.judgement import ROLES
from plumbline_judge.judging import judge
from plumbline_judge.terminal import Bar, as_json

Progress = Callable[[int], None]
Chunk = list[tuple[int, str]]

_CHUNK = 500
#: Chunks that wait for each core: enough that none is idle, few enough that memory stays flat.
_AHEAD = 3
_STOPPED = 130


class BadLine(ValueError):
    """A line that can't be judged: not UTF-8, not JSON, not an object, or without a text."""


class Done(NamedTuple):
    """How many lines were answered, and how many of those with an error."""

    lines: int = 0
    broken: int = 0


def run_jsonl(
    source: Iterable[str], sink: Sink, progress: Progress | None = None, config: Config = STANDARD, *, cores: int = 1
) -> Done:
    """Judge one JSON object a line and write one a line, in the same order.

    A line has ``text`` and may have ``id``, ``objective``, ``role``; blank lines are left out. A line that can't be
    judged is answered with ``{"id": null, "line": 7, "error": "…"}`` and the run goes on. On one core each answer is
    written before the next line is read; on several, lines travel in chunks, and ``sink`` gets the same bytes.
    """
    numbered = ((number, line) for number, line in enumerate(source, 1) if line.strip())
    chunks = iter(lambda: list(islice(numbered, _CHUNK if cores > 1 else 1)), [])
    done = Done()
    answers = _answered_by_many(chunks, config, cores) if cores > 1 else (_answers(chunk, config) for chunk in chunks)
    with contextlib.closing(answers):
        for text, part in answers:
            sink.write(text)
            done = Done(done.lines + part.lines, done.broken + part.broken)
            if progress:
                progress(done.lines)
    return done


def _answered_by_many(chunks: Iterator[Chunk], config: Config, cores: int) -> Generator[tuple[str, Done]]:
    first = next(chunks, [])
    if len(first) < _CHUNK:  # starting processes would take longer than these lines
        yield _answers(first, config)
        return
    with _team(cores) as team:
        try:
            under_way: deque[Future[tuple[str, Done]]] = deque([team.submit(_answers, first, config)])
            for chunk in chunks:
                under_way.append(team.submit(_answers, chunk, config))
                if len(under_way) >= cores * _AHEAD:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            team.shutdown(wait=True, cancel_futures=True)


@contextlib.contextmanager
def _team(cores: int) -> Iterator[ProcessPoolExecutor]:
    """Start the processes deaf to Ctrl-C, which reaches a whole group: who asked for them tells them to stop."""
    with ProcessPoolExecutor(cores, multiprocessing.get_context("spawn"), _be_deaf) as team:
        yield team


def _be_deaf() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _answers(chunk: Chunk, config: Config) -> tuple[str, Done]:
    told, broken = [], 0
    for number, line in chunk:
        try:
            answer = _answer(line, config)
        except BadLine as problem:
            answer, broken = {"id": None, "line": number, "error": str(problem)}, broken + 1
        told.append(as_json(answer) + "\n")
    return "".join(told), Done(len(chunk), broken)


def _answer(line: str, config: Config) -> dict[str, Any]:
    row = _row(line)
    judged = judge(
        row["text"],
        role=str(row.get("role") or "key_result"),
        context=Context(objective=str(row.get("objective") or "")),
        config=config,
    )
    return {"id": row.get("id"), **judged.to_dict()}


def _row(line: str) -> dict[str, Any]:
    try:
        line.encode("utf-8")
        row = json.loads(line)
    except UnicodeEncodeError as error:
        raise BadLine("this is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise BadLine(f"this is not JSON ({error.msg} at character {error.pos + 1})") from error
    except (RecursionError, ValueError) as error:
        raise BadLine("this is nested too deeply, or holds a number that is too long") from error
    if not isinstance(row, dict):
        raise BadLine("this is not an object with a text")
    if not isinstance(row.get("text"), str):
        raise BadLine('there is no "text", or it is not a string')
    if row.get("role") and row["role"] not in ROLES:
        raise BadLine(f'the "role" is none of {", ".join(ROLES)}')
    return row


def judge_file(name: str, *, cores: int = 0, config: Config = STANDARD) -> int:
    """Judge a file of lines, or standard input for ``-``, to standard output; return the exit status.

    0 when every line was judged, 1 when some could not be, 2 when the file can't be read, 130 when it was stopped.
    """
    bar = Bar(sys.stderr, _count(name)) if sys.stderr.isatty() else None
    try:
        with _opened(name) as source, WholeLines(sys.stdout) as sink:
            done = run_jsonl(source, sink, bar, config, cores=cores or all_cores())
    except BrokenPipeError:
        return _nobody_reads()
    except KeyboardInterrupt:
        return _refused("Stopped. What was written are whole lines, in order.", _STOPPED)
    except (OSError, BrokenProcessPool) as problem:
        return _refused(f"{'' if name == '-' else name + ', '}{problem}", 2)
    finally:
        if bar:
            bar.close()
    return _refused(f"{done.broken:,} of {done.lines:,} lines could not be judged", 1) if done.broken else 0


class WholeLines:
    """A sink that finishes what it is writing before Ctrl-C takes effect, so that no line ends in its middle."""

    def __init__(self, sink: TextIO) -> None:
        self.sink = sink
        self.is_writing = self.is_to_stop = False

    def write(self, text: str) -> None:
        """Write whole lines; then stop, where somebody asked for it meanwhile."""
        self.is_writing = True
        self.sink.write(text)
        self.sink.flush()
        self.is_writing = False
        if self.is_to_stop:
            raise KeyboardInterrupt

    def __enter__(self) -> WholeLines:
        self.before = signal.signal(signal.SIGINT, self._asked)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self.before)

    def _asked(self, *_: object) -> None:
        self.is_to_stop = True
        if not self.is_writing:
            raise KeyboardInterrupt


class Sink(Protocol):
    """Where answers go."""

    def write(self, text: str, /) -> object:
        """Take lines."""


def all_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _refused(words: str, status: int) -> int:
    sys.stderr.write(words + "\n")
    return status


def _nobody_reads() -> int:
    # Python would try to flush once more at the end, and complain.
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
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
    """Open a file so that a letter that is no UTF-8 spoils its own line only."""
    if name == "-":
        yield io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="surrogateescape")
        return
    with Path(name).open(encoding="utf-8", errors="surrogateescape") as source:
        yield source
