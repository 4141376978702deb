"""The judge over a corpus of our own: the diff of a change is its review.

Set PLUMBLINE_TEST_SNAPSHOT=write to accept what it says now.
"""

import os
from pathlib import Path

from plumbline_judge import judge, verdict

HERE = Path(__file__).parent
SNAPSHOT = HERE / "snapshots" / "corpus.txt"


def sentences():
    lines = (HERE / "corpus" / "sentences.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def told(text):
    judged = judge(text)
    measure = judged.measure
    parts = {
        "metric": measure.metric,
        "baseline": measure.baseline,
        "target": measure.target,
        "change": measure.change,
        "unit": measure.unit,
        "direction": measure.direction if measure.direction != "none" else "",
        "deadline": measure.deadline,
    }
    lines = [
        text,
        f"  {judged.level}: {verdict(judged).reason}",
        "  words: " + "; ".join(f"{text[one.start : one.end]} ({one.says_key})" for one in judged.evidence),
        "  measure: " + "; ".join(f"{name} {value}" for name, value in parts.items() if value not in ("", None)),
        "  findings: " + ", ".join(finding.rule for finding in judged.findings),
    ]
    if judged.question:
        lines += [f"  asks: {judged.question}", f"  initiative: {judged.initiative_title}"]
    lines += [f"  suggests: {one.text}" for one in judged.suggestions[:1]]
    return "\n".join(line.rstrip() for line in lines)


def test_the_corpus_reads_as_it_was_reviewed():
    now = "\n\n".join(told(text) for text in sentences()) + "\n"
    if os.environ.get("PLUMBLINE_TEST_SNAPSHOT") == "write":
        SNAPSHOT.parent.mkdir(exist_ok=True)
        SNAPSHOT.write_text(now, encoding="utf-8")

    assert now == SNAPSHOT.read_text(encoding="utf-8")
