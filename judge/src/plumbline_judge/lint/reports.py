"""Say what was found to programs: JSON, SARIF 2.1.0, and the annotations of GitHub."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from plumbline_judge.judging import VERSION
from plumbline_judge.lint.notices import LEVEL_RULES, Checked, CheckedSet, Notice, Report, names
from plumbline_judge.lint.written import Document, Place, Unreadable
from plumbline_judge.registry import all_rules

Failure = tuple[str, Unreadable]

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_LOUD = {"ask": "warning", "hint": "note"}
_GITHUB = {"ask": "warning", "hint": "notice"}
_LEVELS_SAY = {
    "input": "It counts what is put in: time, money, people or attention.",
    "output": "It counts work: all of it could be done and nobody any different.",
    "unclear": "It can't be told what success would be.",
}


def as_data(reports: Iterable[Report], failures: Sequence[Failure]) -> dict[str, Any]:
    """Return everything as plain JSON data."""
    files = [{"path": report.document.name, "sets": [_set_data(one) for one in report.sets]} for report in reports]
    unread = [{"path": name, "line": problem.line or None, "why": problem.why} for name, problem in failures]
    return {"version": VERSION, "files": files, "unreadable": unread}


def _set_data(one: CheckedSet) -> dict[str, Any]:
    return {
        "objective": _sentence_data(one.objective) if one.objective else None,
        "key_results": [_sentence_data(checked) for checked in one.key_results],
        "initiatives": [_sentence_data(checked) for checked in one.initiatives],
        "notices": [_notice_data(notice) for notice in one.notices],
    }


def _sentence_data(checked: Checked) -> dict[str, Any]:
    return {
        **_place_data(checked.place),
        "text": checked.goal.text,
        "role": checked.goal.role,
        "notices": [_notice_data(notice) for notice in checked.notices],
        "judgement": checked.judgement.to_dict(),
    }


def _notice_data(notice: Notice) -> dict[str, Any]:
    return {
        "rule": notice.rule,
        "severity": notice.severity,
        "message": notice.message,
        "span": [notice.start, notice.end],
        **_place_data(notice.place),
    }


def _place_data(place: Place) -> dict[str, Any]:
    data: dict[str, Any] = {"line": place.line, "column": place.column}
    data |= {"end_line": place.end_line, "end_column": place.end_column}
    if place.cell:
        sheet, row, column = place.cell
        data |= {"sheet": sheet, "cell": str(place.cell).rpartition("!")[2], "row": row, "cell_column": column}
    return data


def github_lines(reports: Iterable[Report]) -> Iterator[str]:
    """Give one workflow command of GitHub for each notice."""
    for report in reports:
        for notice in report.notices():
            place = notice.place
            told = {"file": _path(report.document.name), "title": f"plumbline {notice.rule}"}
            if not place.cell:
                told |= {"line": str(place.line), "endLine": str(place.end_line)}
            if not place.cell and place.line == place.end_line:
                told |= {"col": str(place.column), "endColumn": str(max(place.end_column - 1, place.column))}
            words = f"{place.cell}: {notice.message}" if place.cell else notice.message
            where = ",".join(f"{name}={_property(value)}" for name, value in told.items())
            yield f"::{_GITHUB[notice.severity]} {where}::{_data(words)}"


def github_errors(failures: Sequence[Failure]) -> Iterator[str]:
    """Give one error of GitHub for each file that could not be read."""
    for name, problem in failures:
        line = f",line={problem.line}" if problem.line else ""
        yield f"::error file={_property(_path(name))}{line},title=plumbline::{_data(problem.why)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif(reports: Sequence[Report], failures: Sequence[Failure], docs: str = "") -> dict[str, Any]:
    """Return a SARIF log of one run; ``docs`` is the address that the pages of the documentation stand under."""
    rules = names()
    results = [_result(report.document, notice, rules) for report in reports for notice in report.notices()]
    driver = {"name": "plumbline", "semanticVersion": f"{VERSION}.0.0", "rules": [_rule(name, docs) for name in rules]}
    unread = [_failure(name, problem) for name, problem in failures]
    invocation = {"executionSuccessful": not failures, "toolExecutionNotifications": unread}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "invocations": [invocation]}
    return {"$schema": _SARIF, "version": "2.1.0", "runs": [{**run, "results": results}]}


def _rule(name: str, docs: str) -> dict[str, Any]:
    known = all_rules().get(name)
    first, _, rest = (known.doc if known else _LEVELS_SAY[name]).strip().partition("\n")
    severity = known.severity if known else LEVEL_RULES[name]
    told = {
        "id": name,
        "name": "".join(word.capitalize() for word in name.split("_")),
        "shortDescription": {"text": first},
        "fullDescription": {"text": " ".join(rest.partition("Flagged:")[0].split()) or first},
        "help": {"text": f"{first}\n{rest}".strip()},
        "defaultConfiguration": {"level": _LOUD[severity]},
    }
    page = f"rules/{name}.md" if known else "judge.md#the-four-answers"
    return {**told, "helpUri": docs.rstrip("/") + "/" + page} if docs else told


def _result(document: Document, notice: Notice, rules: Sequence[str]) -> dict[str, Any]:
    place = notice.place
    where: dict[str, Any] = {"artifactLocation": {"uri": _uri(document.name)}}
    location: dict[str, Any] = {"physicalLocation": where}
    if place.cell:
        location["logicalLocations"] = [{"fullyQualifiedName": str(place.cell), "kind": "cell"}]
    else:
        where["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        }
    return {
        "ruleId": notice.rule,
        "ruleIndex": rules.index(notice.rule),
        "level": _LOUD[notice.severity],
        "message": {"text": notice.message},
        "locations": [location],
        "partialFingerprints": {"goalRule/v1": _fingerprint(document, notice)},
    }


def _fingerprint(document: Document, notice: Notice) -> str:
    """Name a notice so that it stays the same when lines move above it."""
    line = str(notice.place.cell) if notice.place.cell else document.line(notice.place.line).strip()
    return hashlib.sha256(f"{notice.rule}\0{line}\0{notice.message}".encode("utf-8", "replace")).hexdigest()[:32]


def _failure(name: str, problem: Unreadable) -> dict[str, Any]:
    where: dict[str, Any] = {"artifactLocation": {"uri": _uri(name)}}
    if problem.line:
        where["region"] = {"startLine": problem.line}
    return {
        "level": "error",
        "message": {"text": f"{name}: {problem}"},
        "locations": [{"physicalLocation": where}],
    }


def _path(name: str) -> str:
    return PurePath(name).as_posix()


def _uri(name: str) -> str:
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
