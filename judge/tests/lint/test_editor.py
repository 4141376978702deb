"""The language server in a process of its own, spoken to as an editor speaks."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

OKRS = """\
# 🚲 Riders love the bikes

## Objective: 🚲 Riders stay with us

- KR1: 🚲 Publish 10 blog articles
- KR2: Raise retention from 31% to 45%
"""


class Editor:
    """A client that writes and reads what the protocol says, and nothing else."""

    def __init__(self, encodings=("utf-16",), options=None):
        command = [sys.executable, "-m", "plumbline_judge", "language-server"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603
        self.number = 0
        self.said = []
        capabilities = {"general": {"positionEncodings": list(encodings)}}
        asked = {"processId": None, "rootUri": None, "capabilities": capabilities, "initializationOptions": options}
        self.server = self.ask("initialize", asked)
        self.tell("initialized", {})

    def tell(self, method, params, **more):
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def ask(self, method, params):
        self.number += 1
        self.tell(method, params, id=self.number)
        while True:
            message = self.read()
            if message.get("id") == self.number and "method" not in message:
                return message["result"]

    def read(self):
        length = 0
        while (line := self.process.stdout.readline().strip()) or not length:
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message = json.loads(self.process.stdout.read(length))
        self.said.append(message)
        return message

    def diagnostics(self, version, uri):
        while True:
            message = self.said[-1] if self.said else self.read()
            told = message.get("params") if message.get("method") == "textDocument/publishDiagnostics" else None
            if told and (told.get("version"), told["uri"]) == (version, uri):
                return told["diagnostics"]
            self.read()

    def open(self, text, uri="file:///tmp/okrs.md", language="markdown"):
        document = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return self.diagnostics(1, uri)

    def type(self, version, change, uri="file:///tmp/okrs.md"):
        asked = {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]}
        self.tell("textDocument/didChange", asked)
        return self.diagnostics(version, uri)

    def actions(self, line, character, uri="file:///tmp/okrs.md"):
        place = {"line": line, "character": character}
        asked = {"textDocument": {"uri": uri}, "range": {"start": place, "end": place}, "context": {"diagnostics": []}}
        return self.ask("textDocument/codeAction", asked)

    def close(self):
        self.ask("shutdown", None)
        self.tell("exit", None)
        status = self.process.wait(10)
        self.process.stdin.close(), self.process.stdout.close(), self.process.stderr.close()
        return status


@pytest.fixture
def editor():
    editor = Editor()
    yield editor
    assert editor.close() == 0


def underlined(text, where, encoding="utf-16-le", size=2):
    """Return the words of a range, counted as the editor counts."""
    line = text.splitlines()[where["start"]["line"]].encode(encoding)
    return line[where["start"]["character"] * size : where["end"]["character"] * size].decode(encoding)


def test_remarks_come_with_the_words_underlined(editor):
    found = editor.open(OKRS)

    level = next(one for one in found if one["code"] == "output")
    assert underlined(OKRS, level["range"]) == "Publish 10 blog articles"
    assert level["severity"] == 2
    assert [underlined(OKRS, one["location"]["range"]) for one in level["relatedInformation"]] == [
        "Publish",
        "10 blog articles",
    ]


def test_remarks_follow_the_typing(editor):
    editor.open(OKRS)
    begin, end = {"line": 4, "character": 10}, {"line": 4, "character": 34}
    found = editor.type(2, {"range": {"start": begin, "end": end}, "text": "Cut churn from 5% to 3%"})

    assert "output" not in {one["code"] for one in found}
    found = editor.type(3, {"text": "- KR1: Hire 5 engineers\n"})
    assert "input" in {one["code"] for one in found}


def test_a_suggestion_can_be_taken_and_work_moved(editor):
    editor.open(OKRS)
    take, *_, move = editor.actions(4, 12)

    (change,) = take["edit"]["changes"]["file:///tmp/okrs.md"]
    assert take["title"].startswith("Use: Raise the share of readers")
    assert underlined(OKRS, change["range"]) == "🚲 Publish 10 blog articles"
    assert move["title"] == "Move it below the initiatives"
    gone, written = move["edit"]["changes"]["file:///tmp/okrs.md"]
    assert (gone["range"]["start"], gone["newText"]) == ({"line": 4, "character": 0}, "")
    assert written["newText"] == "\nInitiatives:\n\n- 🚲 Publish 10 blog articles\n"


def test_hovering_says_how_it_was_decided(editor):
    editor.open(OKRS)
    place = {"textDocument": {"uri": "file:///tmp/okrs.md"}, "position": {"line": 4, "character": 14}}
    told = editor.ask("textDocument/hover", place)

    assert told["contents"]["value"].startswith("**This counts what you make.**")
    assert "| “Publish” | says what you do | an output |" in told["contents"]["value"]
    assert editor.ask("textDocument/hover", {**place, "position": {"line": 0, "character": 3}}) is None


def test_yaml_that_is_half_typed_gets_one_remark(editor):
    (found,) = editor.open("objective: 'Be kn", "file:///tmp/okrs.yaml", "yaml")

    assert "never closed" in found["message"]


def test_text_about_something_else_is_left_alone(editor):
    assert editor.open("Buy milk\nCall mother\n", "file:///tmp/list.txt", "plaintext") == []
    assert editor.open("Publish 10 articles\n", "file:///tmp/my-goals.txt", "plaintext") != []


def test_what_was_said_is_taken_back_on_closing(editor):
    editor.open(OKRS)
    editor.tell("textDocument/didClose", {"textDocument": {"uri": "file:///tmp/okrs.md"}})

    assert editor.read()["params"]["diagnostics"] == []


@pytest.mark.parametrize(("encoding", "python", "size"), [("utf-8", "utf-8", 1), ("utf-32", "utf-32-le", 4)])
def test_editors_that_count_otherwise_are_answered_so(encoding, python, size):
    editor = Editor([encoding], {"language": "de", "level": "ask"})
    found = editor.open(OKRS)

    level = next(one for one in found if one["code"] == "output")
    assert editor.server["capabilities"]["positionEncoding"] == encoding
    assert underlined(OKRS, level["range"], python, size) == "Publish 10 blog articles"
    assert level["message"].startswith("Das zählt")
    assert "no_date" not in {one["code"] for one in found}
    assert editor.close() == 0


def test_without_the_extra_one_sentence_says_what_is_missing(tmp_path):
    Path(tmp_path / "pygls.py").write_text("raise ModuleNotFoundError('no', name='pygls')")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from plumbline_judge.__main__ import main;"
        "sys.exit(main(['language-server']))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603

    assert (run.returncode, run.stderr.count("\n")) == (2, 1)
    assert "plumbline-okr-judge[editor]" in run.stderr
