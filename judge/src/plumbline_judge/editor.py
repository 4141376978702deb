"""A language server over standard input and output: editors underline what a list of goals measures while one types.

It needs pygls, and PyYAML for YAML (``pip install plumbline-okr-judge[editor]``); nothing else in the judge does.
"""

from __future__ import annotations

import asyncio
import re
from bisect import bisect_right
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path
from pygls.workspace import TextDocument

from plumbline_judge.context import Config
from plumbline_judge.judgement import Severity
from plumbline_judge.judging import VERSION
from plumbline_judge.lint.documents import KINDS, document_of
from plumbline_judge.lint.hints import at, hover, offers
from plumbline_judge.lint.notices import LEVEL_RULES, Checked, Notice, Report, Wanted, check
from plumbline_judge.lint.outlines import is_bare
from plumbline_judge.lint.written import Unreadable, line_starts
from plumbline_judge.settings_file import BadSettings, found_config
from plumbline_judge.speech import says

_LANGUAGES = {"markdown": "markdown", "yaml": "yaml", "plaintext": "text", "text": "text", "csv": "csv", "tsv": "csv"}
_SPEAKS_OF_GOALS = re.compile(r"okr|goal|objective|ziel", re.IGNORECASE)
_LOUD = {"ask": lsp.DiagnosticSeverity.Warning, "hint": lsp.DiagnosticSeverity.Information}
#: A pause in typing, in seconds: what is typed in one breath is judged once.
_PAUSE = 0.15


class Positions:
    """Turns offsets of a text into positions as the editor counts them, and back."""

    def __init__(self, text: str, encoding: str) -> None:
        self.text = text
        self.starts = line_starts(text)
        self.encoding = encoding

    def position(self, offset: int) -> lsp.Position:
        """Return the position of an offset."""
        line = bisect_right(self.starts, offset) - 1
        return lsp.Position(line, self._units(self.text[self.starts[line] : offset]))

    def range(self, begin: int, end: int) -> lsp.Range:
        """Return the range between two offsets."""
        return lsp.Range(self.position(begin), self.position(end))

    def offset(self, position: lsp.Position) -> int:
        """Return the offset of a position; one behind the end of its line is the end of the line."""
        if position.line >= len(self.starts):
            return len(self.text)
        begin = self.starts[position.line]
        end = self.starts[position.line + 1] if position.line + 1 < len(self.starts) else len(self.text)
        units = 0
        for at_letter in range(begin, end):
            if units >= position.character:
                return at_letter
            units += self._units(self.text[at_letter])
        return end

    def _units(self, text: str) -> int:
        if self.encoding == lsp.PositionEncodingKind.Utf32:
            return len(text)
        if self.encoding == lsp.PositionEncodingKind.Utf8:
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text.encode("utf-16-le", "surrogatepass")) // 2


class Seen(NamedTuple):
    """One document as it was last judged."""

    report: Report
    positions: Positions
    config: Config


class Server(LanguageServer):
    """The server and what it has seen, by the documents' addresses."""

    def __init__(self) -> None:
        super().__init__("plumbline", VERSION, text_document_sync_kind=lsp.TextDocumentSyncKind.Incremental)
        self.seen: dict[str, Seen] = {}
        self.language = ""
        self.level: Severity = "hint"

    def wanted(self, document: TextDocument) -> Wanted:
        """Return what is to be said about a document, by the settings nearest to it."""
        path = to_fs_path(document.uri)
        try:
            config = found_config(Path(path).parent) if path else Config()
        except BadSettings as problem:
            self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Warning, str(problem)))
            config = Config()
        language = self.language or config.language or "en"
        return Wanted(least=self.level, language=language, config=replace(config, language=""))

    def look(self, uri: str) -> list[lsp.Diagnostic]:
        """Judge a document anew and return what is said of it."""
        document = self.workspace.get_text_document(uri)
        self.seen.pop(uri, None)
        kind = _kind(document)
        if not kind:
            return []
        positions = Positions(document.source, self.workspace.position_encoding or lsp.PositionEncodingKind.Utf16)
        wanted = self.wanted(document)
        try:
            report = check(document_of(document.source, kind, name=uri), wanted)
        except Unreadable as problem:
            return [_unreadable(problem, positions)]
        self.seen[uri] = Seen(report, positions, wanted.config)
        return _diagnostics(uri, report, positions, wanted.language)


server = Server()


def _kind(document: TextDocument) -> str:
    """Return how a document is read; plain text without structure only where its name speaks of goals."""
    suffix = Path(document.uri).suffix.lower()
    kind = _LANGUAGES.get(document.language_id or "", KINDS.get(suffix, "") if suffix else "")
    if kind == "workbook":
        return ""
    if kind == "text" and is_bare(document.source) and not _SPEAKS_OF_GOALS.search(Path(document.uri).name):
        return ""
    return kind


def _unreadable(problem: Unreadable, positions: Positions) -> lsp.Diagnostic:
    line = max(problem.line, 1) - 1
    end = lsp.Position(line + 1, 0)
    where = lsp.Range(lsp.Position(line, 0), end)
    return lsp.Diagnostic(where, problem.why, lsp.DiagnosticSeverity.Information, source="plumbline")


def _diagnostics(uri: str, report: Report, positions: Positions, language: str) -> list[lsp.Diagnostic]:
    said = []
    for one in report.sets:
        first = one.objective or (one.key_results[0] if one.key_results else None)
        said += [_diagnostic(uri, first, notice, positions, language) for notice in one.notices if first]
        for checked in one.sentences():
            said += [_diagnostic(uri, checked, notice, positions, language) for notice in checked.notices]
    return said


def _diagnostic(uri: str, checked: Checked, notice: Notice, positions: Positions, language: str) -> lsp.Diagnostic:
    return lsp.Diagnostic(
        range=positions.range(*checked.goal.span(notice.start, notice.end)),
        message=notice.message,
        severity=_LOUD[notice.severity],
        code=notice.rule,
        source="plumbline",
        related_information=_evidence(uri, checked, positions, language) if notice.rule in LEVEL_RULES else None,
    )


def _evidence(
    uri: str, checked: Checked, positions: Positions, language: str
) -> list[lsp.DiagnosticRelatedInformation]:
    """Return the words that decided, each with what it says."""
    return [
        lsp.DiagnosticRelatedInformation(
            lsp.Location(uri, positions.range(*checked.goal.span(one.start, one.end))),
            f"“{checked.goal.text[one.start : one.end]}” {says(one, language)}",
        )
        for one in checked.judgement.evidence
    ]


@server.feature(lsp.INITIALIZE)
def initialize(params: lsp.InitializeParams) -> None:
    """Read what the editor's settings ask for: ``language`` and ``level``."""
    options: Any = params.initialization_options
    if isinstance(options, dict):
        server.language = "de" if options.get("language") == "de" else "en" if options.get("language") == "en" else ""
        server.level = "ask" if options.get("level") == "ask" else "hint"


@server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
def opened(params: lsp.DidOpenTextDocumentParams) -> None:
    """Judge what was opened."""
    _publish(params.text_document.uri)


@server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
async def changed(params: lsp.DidChangeTextDocumentParams) -> None:
    """Judge what was typed, once the typing pauses."""
    uri, version = params.text_document.uri, params.text_document.version
    await asyncio.sleep(_PAUSE)
    document = server.workspace.text_documents.get(uri)
    if document is not None and document.version == version:
        _publish(uri)


@server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
def closed(params: lsp.DidCloseTextDocumentParams) -> None:
    """Take back what was said of a document that is closed."""
    server.seen.pop(params.text_document.uri, None)
    server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(params.text_document.uri, []))


def _publish(uri: str) -> None:
    version = server.workspace.get_text_document(uri).version
    server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, server.look(uri), version))


def _now(uri: str) -> Seen | None:
    """Return a document as it is now: what was typed last may not have been judged yet."""
    document = server.workspace.get_text_document(uri)
    seen = server.seen.get(uri)
    if seen is None or seen.positions.text != document.source:
        server.look(uri)
    return server.seen.get(uri)


@server.feature(lsp.TEXT_DOCUMENT_HOVER)
def hovered(params: lsp.HoverParams) -> lsp.Hover | None:
    """Say how the sentence below the pointer was decided."""
    seen = _now(params.text_document.uri)
    found = at(seen.report, seen.positions.offset(params.position)) if seen else None
    if seen is None or found is None or found[1].goal.role != "key_result":
        return None
    checked = found[1]
    language = server.wanted(server.workspace.get_text_document(params.text_document.uri)).language
    words = lsp.MarkupContent(lsp.MarkupKind.Markdown, hover(checked, language, seen.config))
    return lsp.Hover(words, seen.positions.range(*checked.goal.span(0, len(checked.goal.text))))


@server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix]))
def acted(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """Offer suggestions, and the move below the initiatives."""
    uri = params.text_document.uri
    seen = _now(uri)
    found = at(seen.report, seen.positions.offset(params.range.start)) if seen else None
    if seen is None or found is None:
        return []
    mine = [one for one in params.context.diagnostics if one.source == "plumbline"]
    language = server.wanted(server.workspace.get_text_document(uri)).language
    return [
        lsp.CodeAction(
            offer.title,
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=mine,
            edit=lsp.WorkspaceEdit(
                {uri: [lsp.TextEdit(seen.positions.range(one.begin, one.end), one.text) for one in offer.changes]}
            ),
        )
        for offer in offers(seen.report, *found, language)
    ]


def main() -> int:
    """Serve over standard input and output until the editor ends it."""
    server.start_io()
    return 0
