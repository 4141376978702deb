"""``plumbline language-server``: for editors that underline while one writes."""

from __future__ import annotations

import typer


def language_server() -> None:
    """Serve editors over standard input and output: remarks while one types. Needs the extra 'editor'."""
    from plumbline_judge.__main__ import main

    raise typer.Exit(main(["language-server"]))
