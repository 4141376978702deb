"""Read YAML as people write lists of goals in it, with the place of every letter.

Maps, lists, plain and quoted text over several lines, blocks (``|``, ``>``), flow (``[a, b]``, ``{a: b}``), comments,
several documents. Anchors and tags are passed over. What is not understood is refused with its line, never guessed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from plumbline_judge.lint.written import Unreadable, line_starts, trimmed

_DEEPEST = 60
_KEY = re.compile(
    r"(?:\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\n]|'')*'|(?:[^\s\-?:,\[\]{}#&*!|>'\"%@`]|[-?:](?=\S))(?:[^\n:#]|:(?=\S)|(?<=\S)#)*?)"
    r"[ \t]*:(?=[ \t\r\n]|$)"
)
_FLOW_KEY = re.compile(
    r"(?:\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\n]|'')*'|[^\s,\[\]{}#:\"'][^,\[\]{}#:\n]*?)[ \t]*:(?=[ \t\r\n])"
)
_BESIDE = re.compile(r"(?:[&!][^\s,\[\]{}]*[ \t]*)+")
_BLOCK = re.compile(r"[|>][-+]?\d?[-+]?[ \t]*(?:#[^\n]*)?(?=\r?\n|$)")
_REST = re.compile(r"[ \t]*(?:#[^\n]*)?(?=\r?\n|$)")
_BLANKS = re.compile(r"[ \t]*")
_SPACE = re.compile(r"\s*")
_PLAIN_END = re.compile(r"[ \t]+#|[ \t]*\r?\n|[ \t]*$")
_FLOW_END = re.compile(r"[,\[\]{}\n]|:(?=[ \t\r\n,\]}])|[ \t]#")
_SIGNS = ("", ",", "[", "]", "{", "}", "#")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "_": "\xa0"}
_CODES = {"x": 2, "u": 4, "U": 8}


@dataclass(frozen=True)
class Scalar:
    """Text with the place of each letter, and where it begins and ends with its quotes."""

    text: str
    at: Sequence[int]
    begin: int
    end: int


@dataclass(frozen=True)
class Items:
    """A list; ``column`` is where its dashes stand, -1 in flow."""

    items: tuple[Node, ...]
    begin: int
    end: int
    column: int = -1
    starts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Pairs:
    """A map; ``column`` is where its keys stand, -1 in flow."""

    pairs: tuple[tuple[Scalar, Node], ...]
    begin: int
    end: int
    column: int = -1


Node = Scalar | Items | Pairs


class Reader:
    """Reads one text from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0

    def documents(self) -> list[Node]:
        """Return what stands in the text, one node a document."""
        found = []
        while self._to_content():
            if self._mark() or self.text.startswith("%", self.at):
                self.at = self._line_end() if self.text.startswith("%", self.at) else self.at + 3
                continue
            found.append(self._node(-1))
            if self._to_content() and not self._mark():
                self._refuse("this stands further left or right than what it belongs to")
        return found

    # Where the reader stands.

    def _refuse(self, why: str) -> NoReturn:
        raise Unreadable(f"this YAML can't be read: {why}", len(line_starts(self.text[: self.at])))

    def _to_content(self) -> bool:
        """Go over blanks, line ends and comments; False at the end."""
        while self.at < len(self.text):
            letter = self.text[self.at]
            if letter == "\t" and self._is_set_in_by_tab():
                self._refuse("a tab can't set a line in, blanks can")
            if letter == "#":
                self.at = self._line_end()
            elif letter in " \t\r\n\ufeff":
                self.at += 1
            else:
                return True
        return False

    def _is_set_in_by_tab(self) -> bool:
        before = self.text[self.text.rfind("\n", 0, self.at) + 1 : self.at]
        return not before.strip() and bool(self.text[self.at : self._line_end()].strip())

    def _line_end(self) -> int:
        end = self.text.find("\n", self.at)
        return len(self.text) if end < 0 else end

    def _column(self) -> int:
        return self.at - (self.text.rfind("\n", 0, self.at) + 1)

    def _mark(self) -> bool:
        """Whether a document begins or ends here."""
        return self._column() == 0 and re.match(r"(?:---|\.\.\.)(?=\s|$)", self.text[self.at : self.at + 4]) is not None

    def _is_dash(self) -> bool:
        return re.match(r"-(?=\s|$)", self.text[self.at : self.at + 2]) is not None

    # What stands there.

    def _node(self, parent: int) -> Node:
        """Read what begins here and belongs to what stands at the column ``parent``."""
        self.depth += 1
        if self.depth > _DEEPEST:
            self._refuse("it is nested too deeply")
        try:
            return self._list() if self._is_dash() else self._map() if self._key() else self._inline(parent)
        finally:
            self.depth -= 1

    def _key(self) -> re.Match[str] | None:
        beside = _BESIDE.match(self.text, self.at)
        return _KEY.match(self.text, beside.end() if beside else self.at)

    def _list(self) -> Items:
        begin, column = self.at, self._column()
        items, starts, end = [], [], self.at
        while self._to_content() and self._column() == column and self._is_dash() and not self._mark():
            starts.append(self.at)
            self.at += 1
            items.append(self._value(column))
            end = self.at
        self._refuse_if_deeper(column)
        return Items(tuple(items), begin, end, column, tuple(starts))

    def _map(self) -> Pairs:
        begin, column = self.at, self._column()
        pairs, end = [], self.at
        while self._to_content() and self._column() == column and not self._mark() and (found := self._key()):
            beside = _BESIDE.match(self.text, self.at)
            self.at = beside.end() if beside else self.at
            key = self._quoted() if self.text[self.at] in "\"'" else self._cut(self.at, found.end() - 1)
            self.at = found.end()
            pairs.append((key, self._value(column, is_pair=True)))
            end = self.at
        self._refuse_if_deeper(column)
        return Pairs(tuple(pairs), begin, end, column)

    def _refuse_if_deeper(self, column: int) -> None:
        if self._to_content() and self._column() > column:
            self._refuse("this stands further right than what it belongs to")

    def _value(self, column: int, *, is_pair: bool = False) -> Node:
        """Read what belongs to a dash or a key at a column: on its line, or set in below it."""
        after = self.at
        blanks = _BLANKS.match(self.text, self.at)
        beside = _BESIDE.match(self.text, blanks.end()) if blanks else None
        rest = _REST.match(self.text, self.at) or (beside and _REST.match(self.text, beside.end()))
        if rest:
            self.at = line = rest.end()
            if self._to_content() and not self._mark():
                deeper = self._column() > column or (is_pair and self._column() == column and self._is_dash())
                if deeper:
                    return self._node(column)
            self.at = line
            return Scalar("", (), after, after)
        while self.text[self.at] in " \t":
            self.at += 1
        return self._inline(column) if is_pair else self._node(column)

    def _inline(self, parent: int) -> Node:
        beside = _BESIDE.match(self.text, self.at)
        self.at = beside.end() if beside else self.at
        letter = self.text[self.at : self.at + 1]
        if _BLOCK.match(self.text, self.at):
            return self._block(parent)
        if letter and letter in "[{":
            node = self._flow()
        elif letter and letter in "\"'":
            node = self._quoted()
        else:
            return self._plain(parent)
        rest = _REST.match(self.text, self.at)
        if not rest:
            self._refuse("something follows what was closed")
        return node

    # Text.

    def _cut(self, begin: int, end: int) -> Scalar:
        text, at = trimmed(self.text[begin:end], range(begin, end))
        return Scalar(text, at, begin, end)

    def _plain(self, parent: int) -> Scalar:
        """Read plain text, which goes on over lines that are set in further than its parent."""
        if self.text[self.at : self.at + 2] in ("? ", ": "):
            self._refuse("long keys (? …) are not read here")
        if self.text[self.at : self.at + 1] in ("@", "`", "%", "|", ">"):
            self._refuse(f"text that begins with {self.text[self.at]} stands in quotes")
        begin, letters, places = self.at, "", list[int]()
        while True:
            found = _PLAIN_END.search(self.text, self.at)
            end = found.start() if found else len(self.text)
            letters, places = letters + self.text[self.at : end], [*places, *range(self.at, end)]
            self.at = end
            following = -1 if "#" in self.text[end : self._line_end()] else self._goes_on(parent)
            if following < 0:
                break
            letters, places, self.at = f"{letters} ", [*places, end], following
        if begin == places[0] and len(places) == self.at - begin:
            return Scalar(letters, range(begin, self.at), begin, self.at)
        return Scalar(letters, places, begin, self.at)

    def _goes_on(self, parent: int) -> int:
        """Return where plain text goes on below, or -1."""
        before = self.at
        if not self._to_content() or self._mark() or self._column() <= parent:
            self.at = before
            return -1
        if "#" in self.text[before : self.at]:
            self.at = before
            return -1
        if self._key():
            self._refuse("a key can't stand within text; put the text in quotes")
        following, self.at = self.at, before
        return following

    def _quoted(self) -> Scalar:
        begin, quote = self.at, self.text[self.at]
        letters: list[str] = []
        places: list[int] = []
        self.at += 1
        while self.at < len(self.text):
            letter, size = self._letter(quote)
            if not size:
                self.at += 1
                return Scalar("".join(letters), places, begin, self.at)
            if letter == "\n":
                while letters and letters[-1] in " \t":
                    letters.pop(), places.pop()
                letter = " "
            if letter:
                letters.append(letter)
                places.append(self.at)
            self.at += size
        self.at = begin
        return self._refuse("a quote is opened here and never closed")

    def _letter(self, quote: str) -> tuple[str, int]:
        """Return the letter that stands here and how long it is written; no length for the closing quote."""
        text, at = self.text, self.at
        if text[at] == quote:
            return ("'", 2) if quote == "'" and text.startswith("''", at) else ("", 0)
        if text[at] in "\r\n":
            return "\n", self._space(at)
        if quote == "'" or text[at] != "\\" or at + 1 >= len(text):
            return text[at], 1
        sign = text[at + 1]
        if sign in _CODES:
            digits = text[at + 2 : at + 2 + _CODES[sign]]
            if not re.fullmatch(r"[0-9a-fA-F]+", digits) or int(digits, 16) > sys.maxunicode:
                self._refuse("this is no letter")
            return chr(int(digits, 16)), 2 + len(digits)
        if sign in "\r\n":
            return "", 1 + self._space(at + 1)
        return _ESCAPES.get(sign, sign), 2

    def _space(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() - at if found else 0

    def _block(self, parent: int) -> Scalar:
        """Read a block: the lines below that are set in, kept (``|``) or flowing (``>``)."""
        begin, folded = self.at, self.text[self.at] == ">"
        self.at = min(self._line_end() + 1, len(self.text))
        letters, places, inset = "", list[int](), 0
        while self.at < len(self.text):
            line = self.text[self.at : self._line_end()].rstrip("\r")
            own = len(line) - len(line.lstrip(" "))
            if line.strip() and own <= parent:
                break
            inset = inset or (own if line.strip() else 0)
            words = line[inset:]
            if letters and words:
                letters, places = letters + (" " if folded else "\n"), [*places, self.at - 1]
            letters, places = letters + words, [*places, *range(self.at + inset, self.at + inset + len(words))]
            self.at = min(self._line_end() + 1, len(self.text))
        end = self.at
        text, at = trimmed(letters, places)
        return Scalar(text, at, begin, end)

    # Flow.

    def _flow(self) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            self._refuse("it is nested too deeply")
        opening, begin = self.text[self.at], self.at
        closing = "]" if opening == "[" else "}"
        self.at += 1
        items: list[Node] = []
        pairs: list[tuple[Scalar, Node]] = []
        while self._to_content() and self.text[self.at] != closing:
            if self.text[self.at] == ",":
                self.at += 1
            elif found := _FLOW_KEY.match(self.text, self.at):
                key = self._quoted() if self.text[self.at] in "\"'" else self._cut(self.at, found.end() - 1)
                self.at = found.end()
                pairs.append((key, self._flow_value()))
                items.append(Pairs((pairs[-1],), key.begin, self.at))
            else:
                items.append(self._flow_value())
        if self.at >= len(self.text):
            self.at = begin
            self._refuse(f"a {opening} is opened here and never closed")
        self.at += 1
        self.depth -= 1
        return Items(tuple(items), begin, self.at) if opening == "[" else Pairs(tuple(pairs), begin, self.at)

    def _flow_value(self) -> Node:
        self._to_content()
        letter = self.text[self.at : self.at + 1]
        if letter and letter in "[{":
            return self._flow()
        if letter and letter in "\"'":
            return self._quoted()
        if not letter or letter in ",]}":
            return Scalar("", (), self.at, self.at)
        return self._flow_plain()

    def _flow_plain(self) -> Scalar:
        """Read plain text in flow, which goes on over lines until a sign of the flow comes."""
        begin, letters, places = self.at, "", list[int]()
        while True:
            found = _FLOW_END.search(self.text, self.at)
            part = self._cut(self.at, found.start() if found else len(self.text))
            if not part.text:
                self._refuse("a sign stands here that means nothing")
            letters, places, self.at = letters + part.text, [*places, *part.at], part.end
            following = part.end + self._space(part.end)
            if self.text[part.end : part.end + 1] not in ("\r", "\n") or self.text[following : following + 1] in _SIGNS:
                return Scalar(letters, places, begin, part.end)
            letters, places, self.at = f"{letters} ", [*places, part.end], following
