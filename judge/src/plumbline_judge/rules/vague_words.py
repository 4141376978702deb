"""Ask what a vague word would look like if one could see it.

"Better", "world-class" and "significantly" let everybody agree and nobody
check.

Mend: Say what one would see: in minutes, in marks, in people.

Found:
    Improve satisfaction significantly
    Build a world-class onboarding

Good:
    Raise satisfaction from 4.1 to 4.5
    Publish 10 blog articles
"""

from __future__ import annotations

from collections.abc import Iterator

from plumbline_judge.judgement import Span
from plumbline_judge.registry import Case, Remark, rule


@rule("hint", ("key_result", "kpi"))
def vague_words(case: Case) -> Iterator[Remark]:
    """Ask what a vague word would look like if one could see it."""
    for word in case.statement.words:
        if "vague_words" in word.tags.marks:
            yield Remark(Span(word.start, word.end), {"word": case.statement.text[word.start : word.end]})
