"""Read YAML with the place of every letter, as PyYAML understands it.

PyYAML tells where a text begins and ends; here each of its letters finds its own place between the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

import yaml

from plumbline_judge.lint.written import Unreadable, line_starts, trimmed

MOST_LETTERS = 1_000_000
_DEEPEST = 60
_MOST_PARTS = 100_000
_LINE_END = r"(?:\r\n|[\r\n\x85\u2028\u2029])"
_BREAK = re.compile(_LINE_END)
_BESIDE = re.compile(rf"(?:(?:&[\w-]*|!\S*)(?:[ \t]+|{_LINE_END}|#[^\r\n\x85\u2028\u2029]*)*)*")
_FOLD = rf"[ \t]*(?:{_LINE_END}[ \t]*)+"
_PIECES = {
    "": re.compile(rf"{_FOLD}|.", re.DOTALL),
    "'": re.compile(rf"''|{_FOLD}|.", re.DOTALL),
    '"': re.compile(rf"\\(?:{_LINE_END}[ \t]*)+|\\(?:x..|u.{{4}}|U.{{8}}|.)|{_FOLD}|.", re.DOTALL),
}
_PLAINLY = {
    "found unexpected end of stream": "a quote is opened here and never closed",
    "mapping values are not allowed here": "a key can't stand within text; put the text in quotes",
}


@dataclass(frozen=True)
class Scalar:
    """Text with the place of each letter, and where it begins and ends with its quotes.

    One that ``is_shared`` has an anchor or a tag, or stands here by an alias: it can't be moved on its own.
    """

    text: str
    at: Sequence[int]
    begin: int
    end: int
    is_shared: bool = False


@dataclass(frozen=True)
class Items:
    """A list; ``column`` is where its dashes stand, -1 in flow."""

    items: tuple[Node, ...]
    begin: int
    end: int
    column: int = -1


@dataclass(frozen=True)
class Pairs:
    """A map; ``column`` is where its keys stand, -1 in flow."""

    pairs: tuple[tuple[Scalar, Node], ...]
    begin: int
    end: int
    column: int = -1


Node = Scalar | Items | Pairs


def documents(text: str) -> list[Node]:
    """Return what stands in a text, one node a document. Raises ``Unreadable`` with the line."""
    if len(text) > MOST_LETTERS:
        raise Unreadable("this YAML has more than a million letters; a list of goals has not")
    try:
        return _Reader(text).documents()
    except yaml.reader.ReaderError as error:
        _refuse(text, "it holds letters that YAML does not allow", error.position)
    except yaml.MarkedYAMLError as error:
        _refuse(text, _PLAINLY.get(error.problem or "", error.problem or "it has a mistake"), _place(text, error))
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # an escape beyond the last letter is a ValueError
        raise Unreadable("this YAML can't be read: it has a mistake") from error


def _refuse(text: str, why: str, at: int) -> NoReturn:
    raise Unreadable(f"this YAML can't be read: {why}", len(line_starts(text[:at])))


def _place(text: str, error: yaml.MarkedYAMLError) -> int:
    """Return where a mistake is; what is still open at the end of the text was opened by mistake."""
    at = error.problem_mark.index if error.problem_mark else 0
    if error.context_mark and at >= len(text.rstrip()):
        return error.context_mark.index
    return at


class _Reader:
    """Builds nodes from the events of PyYAML. It takes events, because an alias has a place only there."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.SafeLoader)
        self.anchored: dict[str, Node] = {}
        self.parts = 0

    def documents(self) -> list[Node]:
        found = []
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                self.anchored = {}
            elif isinstance(event, yaml.NodeEvent):
                found.append(self._node(event, 0))
        return found

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self._count(_span(event)[0], depth)
        if isinstance(event, yaml.AliasEvent):
            return self._again(event, depth)
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            node = self._scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self._items(event, depth)
        else:
            node = self._pairs(event, depth)
        if anchor := getattr(event, "anchor", None):
            self.anchored[anchor] = node
        return node

    def _count(self, at: int, depth: int) -> None:
        self.parts += 1
        if depth > _DEEPEST:
            _refuse(self.text, "it is nested too deeply", at)
        if self.parts > _MOST_PARTS:
            _refuse(self.text, "it has more than 100,000 parts, its aliases unfolded", at)

    def _again(self, event: yaml.AliasEvent, depth: int) -> Node:
        """Return what an alias stands for, as it is written at its anchor but placed here."""
        begin, end = _span(event)
        known = self.anchored.get(event.anchor or "")
        if known is None:
            _refuse(self.text, f"nothing before it is named *{event.anchor}", begin)
        self._count_parts(known, begin, depth)
        if isinstance(known, Scalar):
            return replace(known, begin=begin, end=end, is_shared=True)
        return replace(known, begin=begin, end=end, column=-1)

    def _count_parts(self, node: Node, at: int, depth: int) -> None:
        self._count(at, depth)
        for one in _below(node):
            self._count_parts(one, at, depth + 1)

    def _items(self, event: yaml.SequenceStartEvent, depth: int) -> Items:
        begin, items = self._begin(event), list[Node]()
        while not isinstance(following := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(following, depth + 1))
        if event.flow_style:
            return Items(tuple(items), begin, _span(following)[1])
        return Items(tuple(items), begin, items[-1].end if items else begin, self._column(begin))

    def _pairs(self, event: yaml.Event, depth: int) -> Pairs:
        begin, pairs = self._begin(event), list[tuple[Scalar, Node]]()
        while not isinstance(following := next(self.events), yaml.MappingEndEvent):
            key = self._node(following, depth + 1)
            named = key if isinstance(key, Scalar) else Scalar("", (), key.begin, key.end, is_shared=True)
            pairs.append((named, self._node(next(self.events), depth + 1)))
        if isinstance(event, yaml.MappingStartEvent) and event.flow_style:
            return Pairs(tuple(pairs), begin, _span(following)[1])
        return Pairs(tuple(pairs), begin, pairs[-1][1].end if pairs else begin, self._column(begin))

    def _begin(self, event: yaml.Event) -> int:
        """Return where something begins behind its anchor and its tag."""
        at = _span(event)[0]
        is_named = getattr(event, "anchor", None) is not None or getattr(event, "tag", None) is not None
        found = _BESIDE.match(self.text, at) if is_named else None
        return found.end() if found else at

    def _column(self, at: int) -> int:
        return at - (self.text.rfind("\n", 0, at) + 1)

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        end = _span(event)[1]
        begin = min(self._begin(event), end)
        is_shared = event.anchor is not None or event.tag is not None
        if event.style and event.style in "|>":
            text, at = trimmed(event.value, self._block(event.value, begin, end))
            return Scalar(text, at, begin, end, is_shared)
        return Scalar(event.value, self._flow(event, begin, end), begin, end, is_shared)

    def _flow(self, event: yaml.ScalarEvent, begin: int, end: int) -> Sequence[int]:
        """Return the places of plain or quoted text, whose line ends fold and whose escapes are one letter."""
        style, size = event.style or "", len(event.value)
        inner = range(begin + len(style), end - len(style))
        if self.text[inner.start : inner.stop] == event.value:
            return inner
        at = [
            piece.start()
            for piece in _PIECES[style].finditer(self.text, inner.start, inner.stop)
            for _letter in range(_letters(piece[0]))
        ]
        return at if len(at) == size else (at + [max(begin, end - 1)] * size)[:size]

    def _block(self, value: str, begin: int, end: int) -> list[int]:
        """Return the places of a block's letters: all that is left out between them is blank."""
        head = _BREAK.search(self.text, begin, end)
        at, places = head.end() if head else begin, list[int]()
        for letter in value:
            while at < end - 1 and not self._stands_for(self.text[at], letter) and self.text[at].isspace():
                at += 1
            places.append(min(at, end - 1))
            at += 1
        return places

    def _stands_for(self, written: str, letter: str) -> bool:
        return written == letter or (letter in " \n" and _BREAK.match(written) is not None)


def _span(event: yaml.Event) -> tuple[int, int]:
    """Return where an event begins and ends; PyYAML places each one that it reads from a text."""
    begin, end = event.start_mark, event.end_mark
    return (begin.index, end.index) if begin and end else (0, 0)


def _below(node: Node) -> Iterator[Node]:
    if isinstance(node, Items):
        yield from node.items
    elif isinstance(node, Pairs):
        for pair in node.pairs:
            yield from pair


def _letters(piece: str) -> int:
    """Return how many letters a piece of the file stands for: line ends fold, the first of several is gone."""
    ends = _BREAK.findall(piece)
    if not ends:
        return 1
    if piece.startswith("\\") or (len(ends) > 1 and ends[0] not in "\u2028\u2029"):
        return len(ends) - 1
    return len(ends)
