"""Compile the translations while the package is built, so that installing needs no gettext."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface):
    """Turns every catalogue into the form that is read when the product runs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write a ``.mo`` beside each ``.po``; the wheel takes it although git ignores it."""
        for source in sorted(Path(self.root, "src").rglob("*.po")):
            compiled = source.with_suffix(".mo")
            with source.open("rb") as text, compiled.open("wb") as binary:
                write_mo(binary, read_po(text, locale=source.parent.parent.name))
            build_data["artifacts"].append(str(compiled.relative_to(self.root)))
