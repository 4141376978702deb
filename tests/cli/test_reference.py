"""docs/reference/cli.md says what the program says; PLUMBLINE_TEST_WRITE_DOCS=1 writes it anew."""

import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from plumbline.cli import app
from tests.cli.programs import plumbline

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "cli.md"
COMMANDS = [command.callback.__name__.replace("_", "-") for command in app.registered_commands if command.callback]


def test_the_reference_is_what_the_program_says():
    written = reference()
    if os.environ.get("PLUMBLINE_TEST_WRITE_DOCS"):
        PAGE.write_text(written)
    assert PAGE.read_text() == written


def test_help_does_not_wait_for_django():
    assert "django" not in modules_after_help()


def test_help_is_quick_to_read(tmp_path):
    said = plumbline(tmp_path, "--help")
    assert said.returncode == 0
    assert all(f"\n  {command} " in said.stdout for command in COMMANDS)


def reference() -> str:
    pages = [f"## `plumbline {command}`\n\n```text\n{help_of(command)}\n```\n" for command in COMMANDS]
    head = "# Commands\n\nWritten from what the program says; `make test` compares them.\n\n"
    return head + f"```text\n{help_of()}\n```\n\n" + "\n".join(pages)


def help_of(*command: str) -> str:
    said = CliRunner().invoke(app, [*command, "--help"], prog_name="plumbline", terminal_width=100)
    return "\n".join(line.rstrip() for line in said.output.strip().splitlines())


def modules_after_help() -> set[str]:
    program = "import sys; from plumbline.cli import app; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return set(done.stdout.split())
