"""``plumbline …``: the third door, and how an installation is started and looked after.

Every command imports what it needs when it runs, so that ``--help`` is quick.
"""

import os

import typer

from plumbline.cli.check import check
from plumbline.cli.demo import demo
from plumbline.cli.init import init
from plumbline.cli.judge import judge
from plumbline.cli.language_server import language_server
from plumbline.cli.lint import lint
from plumbline.cli.rejudge import rejudge
from plumbline.cli.seed import seed
from plumbline.cli.serve import serve
from plumbline.cli.work import work

app = typer.Typer(
    name="plumbline",
    help="Goals that measure impact, not activity: strategy, OKRs and KPIs on your own server.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (judge, lint, language_server, demo, init, serve, work, check, rejudge, seed):
    app.command()(command)


def main() -> None:
    """Run the command that was typed; what it writes is for its owner only."""
    os.umask(0o077)
    app()
