# ruff: noqa: INP001 - a script beside the package, not in it
"""How fast the judge is, and how right beside its peers where a labelled file is given.

    python judge/bench.py [--labelled FILE.jsonl]      (or the environment variable PLUMBLINE_LABELLED)

Speed is printed in microseconds and as a multiple of a reference measured in the same run (splitting and counting
the words of the same sentences), so that figures from different machines can be compared. Every part of an answer is
looked at, and no sentence is judged twice in a round. Import and memory are those of fresh processes.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "src"), str(HERE / "training")]

from plumbline_judge import judge  # noqa: E402
from plumbline_judge.statement import read  # noqa: E402

ROUNDS = 5
COMPILED = str(Path(tempfile.gettempdir()) / "plumbline-judge-bench")


def sentences() -> list[str]:
    """Return our own example sentences."""
    lines = [
        line
        for path in sorted((HERE / "training" / "examples").glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return [line.split(": ", 1)[1] for line in lines if line and not line.startswith("#")]


def reference(text: str) -> None:
    """Count the words of a sentence twenty times: about what reading it costs at least."""
    for _ in range(20):
        Counter(re.findall(r"\w+", text.lower()))


def timed(work: Callable[[str], object], texts: list[str]) -> list[float]:
    """Return the seconds per text of the fastest of some rounds."""
    best = [float("inf")] * len(texts)
    for _ in range(ROUNDS):
        read.cache_clear()
        for at, text in enumerate(texts):
            began = time.perf_counter()
            work(text)
            best[at] = min(best[at], time.perf_counter() - began)
            read.cache_clear()
    return best


def answered(text: str) -> object:
    """Judge a sentence and look at every part of the answer."""
    told = judge(text)
    parts = (told.level, told.probabilities, told.evidence, told.measure, told.findings)
    return (*parts, told.question, told.suggestions, told.initiative_title, told.noun, told.move)


def run(code: str, said: str = "") -> str:
    """Return what a fresh Python prints; the package is compiled beforehand, as an installation leaves it."""
    environment = {**os.environ, "PYTHONPATH": str(HERE / "src"), "PYTHONPYCACHEPREFIX": COMPILED}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", code]
    return subprocess.run(command, check=True, env=environment, input=said, capture_output=True, text=True).stdout  # noqa: S603


def started() -> list[float]:
    """Return the seconds of a core that the import and the first sentence take, the best of some fresh processes."""
    code = (
        "import time; clock = time.process_time; began = clock(); import plumbline_judge; print(clock() - began); "
        "began = clock(); plumbline_judge.judge('Publish 10 blog articles'); print(clock() - began)"
    )
    run(code)
    times = [[float(line) for line in run(code).split()] for _ in range(ROUNDS)]
    return [min(column) for column in zip(*times, strict=True)]


def memory(texts: list[str]) -> float:
    """Return the most megabytes that a fresh Python holds while it judges some sentences and keeps no answer."""
    code = (
        "import collections, resource, sys; from plumbline_judge import judge; "
        "collections.deque(map(judge, sys.stdin), maxlen=0); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    return int(run(code, "\n".join(texts))) / 1024


def speed() -> None:
    """Print how fast it is."""
    texts = sentences()
    ours, plain = timed(answered, texts), timed(reference, texts)
    middle, ground = statistics.median(ours), statistics.median(plain)
    different = list(dict.fromkeys(texts))
    imported, first = started()
    say(f"import                    {imported * 1e3:7.0f} ms of a core")
    say(f"the first sentence        {first * 1e3:7.0f} ms of a core, reading all that is known")
    say(f"memory, peak              {memory(different[:1]):7.0f} MB after one sentence")
    say(f"                          {memory(different):7.0f} MB after {len(different):,} different ones")
    ratio = f"{middle / ground:.1f} times the reference ({ground * 1e6:.0f} µs)"
    say(f"a statement, median       {middle * 1e6:7.0f} µs   {ratio}")
    say(f"a statement, slowest 1 %  {statistics.quantiles(ours, n=100)[-1] * 1e6:7.0f} µs")
    say(f"statements a second       {len(texts) / sum(ours):7,.0f}")


def accuracy(path: Path) -> None:
    """Print how right the judge and its peers are on sources that none of them has seen, in the same folds."""
    import evaluate  # noqa: PLC0415 - needs scikit-learn, which speed does not
    import peers  # noqa: PLC0415

    examples = evaluate.labelled(path)
    for name, levels in peers.answers(examples):
        say(f"{name:34} {evaluate.scores(examples, levels)}")
    for fitted in (False, True):
        readings = evaluate.held_out(examples, with_labelled=fitted)
        what = "the judge, own and other sources" if fitted else "the judge, own sentences alone"
        say(f"{what:34} {evaluate.scores(examples, readings)}")
    say("sentence embeddings                are not run here: they need a download of 90 MB")


def languages() -> None:
    """Print how right it is in other languages, on sentences that nothing was fitted on."""
    import measured  # noqa: PLC0415 - stands beside the training scripts

    for language in measured.NAMES:
        say(str(measured.measured(language)))


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labelled", type=Path, default=os.environ.get("PLUMBLINE_LABELLED"))
    asked = parser.parse_args()
    speed()
    languages()
    if asked.labelled:
        accuracy(Path(asked.labelled))
    else:
        say("accuracy                  give a labelled file with --labelled to measure it")


if __name__ == "__main__":
    main()
