"""Find objectives and key results in YAML, by the names of its keys."""

from __future__ import annotations

import re

from plumbline_judge.lint.labels import after_label, section
from plumbline_judge.lint.written import Goal, GoalSet, Role, Slot, trimmed
from plumbline_judge.lint.yaml_nodes import Items, Node, Pairs, Scalar, documents

_WORDS = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TITLES = ("title", "name", "statement", "text", "summary", "titel", "description", "label")
_OBJECTIVE = ("objective", "goal", "ziel", "objektiv")
_RESULT = ("key result", "kr", "result", "schlüsselergebnis", *_TITLES)
_INITIATIVE = ("initiative", "project", "bet", "task", *_TITLES)
_FEWEST_WORDS = 3


def goals_in(text: str) -> tuple[GoalSet, ...]:
    """Return the sets of all documents in a text."""
    finding = _Finding(text)
    for node in documents(text):
        finding.look(node)
    return tuple(one for one in finding.sets if not one.is_empty)


class _Finding:
    def __init__(self, text: str) -> None:
        self.text = text
        self.sets: list[GoalSet] = []

    def look(self, node: Node, *, named: str = "") -> None:
        """Look into a node; ``named`` is the key that it stands under."""
        if isinstance(node, Pairs):
            self._map(node, named)
        elif isinstance(node, Items):
            self._list(node, named)

    def _list(self, node: Items, named: str) -> None:
        plain = [one for one in node.items if isinstance(one, Scalar)]
        if not named and plain and len(plain) == len(node.items):
            self.sets.append(GoalSet(None, self._goals(node, "key_result")))
            return
        for one in node.items:
            if isinstance(one, Scalar) and named == "objectives":
                self.sets.append(GoalSet(_goal(one, "objective")))
            else:
                self.look(one, named=named)

    def _map(self, node: Pairs, named: str) -> None:
        kinds = {at: _kind(key) for at, (key, _value) in enumerate(node.pairs)}
        results = [at for at, kind in kinds.items() if kind == "key_results" or _is_labelled(node.pairs[at])]
        objective = _objective(node)
        if results or (objective and (named == "objectives" or _names_objective(node))):
            self._set(node, kinds, results, objective)
        else:
            self._sentences(node, named)

    def _set(self, node: Pairs, kinds: dict[int, str], results: list[int], objective: Scalar | None) -> None:
        made = GoalSet(_goal(objective, "objective") if objective else None)
        self.sets.append(made)
        for at, (key, value) in enumerate(node.pairs):
            if at in results:
                made.key_results += self._goals(value, "key_result")
                self._bets_of(value, made)
                self._offer_slot(made, node, value, is_bets=False)
            elif kinds[at] == "initiatives":
                made.initiatives += self._goals(value, "initiative")
                self._offer_slot(made, node, value, is_bets=True)
            elif not isinstance(value, Scalar):
                self.look(value, named=_kind(key))

    def _sentences(self, node: Pairs, named: str) -> None:
        """Look at a map without known keys: a key that is a sentence over a list is an objective."""
        for key, value in node.pairs:
            kind = _kind(key)
            is_sentence = len(key.text.split()) >= _FEWEST_WORDS or named == "objectives"
            if not kind and is_sentence and isinstance(value, Items):
                self.sets.append(GoalSet(_goal(key, "objective"), self._goals(value, "key_result")))
            elif named == "objectives" and isinstance(value, Scalar) and after_label(f"{key.text}: x", "objective"):
                self.sets.append(GoalSet(_goal(value, "objective")))
            else:
                self.look(value, named=kind or named)

    def _goals(self, node: Node, role: Role) -> list[Goal]:
        """Return the sentences of a list, of a map of labels, or the one that stands there."""
        if isinstance(node, Scalar):
            return [_goal(node, role)] if node.text else []
        if isinstance(node, Pairs):
            titled = _title(node, role)
            return [_goal(titled, role)] if titled else [g for _key, one in node.pairs for g in self._goals(one, role)]
        goals = []
        for at, one in enumerate(node.items):
            goals += [goal._replace(block=self._block(node, at)) for goal in self._item(one, role)]
        return goals

    def _item(self, node: Node, role: Role) -> list[Goal]:
        if isinstance(node, Pairs) and len(node.pairs) == 1 and not _title(node, role):
            key, value = node.pairs[0]
            is_text = isinstance(value, Scalar) and not value.is_shared
            if is_text and key.text and not after_label(f"{key.text}: x", role):
                # "- Raise retention: from 31 % to 45 %" is a sentence with a colon in it.
                end = value.end if value.begin < value.end else key.end
                text, at = trimmed(self.text[key.begin : end], range(key.begin, end))
                return [Goal(text, role, at)]
        return self._goals(node, role)

    def _bets_of(self, node: Node, made: GoalSet) -> None:
        for one in node.items if isinstance(node, Items) else ():
            for key, value in one.pairs if isinstance(one, Pairs) else ():
                if _kind(key) == "initiatives":
                    made.initiatives += self._goals(value, "initiative")

    def _block(self, node: Items, at: int) -> tuple[int, int] | None:
        """Return the lines of an item that is one sentence on lines of its own."""
        item = node.items[at]
        if node.column < 0 or not isinstance(item, Scalar) or item.is_shared:
            return None
        begin = self.text.rfind("\n", 0, item.begin) + 1
        alone = self.text[begin : item.begin].strip() == "-"
        return (begin, self._line_end(item.end)) if alone else None

    def _line_end(self, at: int) -> int:
        """Return where the line ends on which something ends; a block of text ends with its last line."""
        if self.text[at - 1 : at] == "\n":
            return at
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1

    def _offer_slot(self, made: GoalSet, around: Pairs, node: Node, *, is_bets: bool) -> None:
        has_bets = any(_kind(key) == "initiatives" for key, _value in around.pairs)
        if not isinstance(node, Items) or node.column < 0 or not node.items or (has_bets and not is_bets):
            return
        dash = " " * node.column + "- "
        key = "" if is_bets else " " * around.column + "initiatives:\n"
        made.slot = Slot(self._line_end(node.end), key + dash, "")


def _kind(key: Scalar) -> str:
    words = " ".join(_WORDS.sub(" ", _CAMEL.sub(" ", key.text)).split())
    return section(words)


def _plain(key: Scalar) -> str:
    return " ".join(_WORDS.sub(" ", _CAMEL.sub(" ", key.text).casefold()).split())


def _is_labelled(pair: tuple[Scalar, Node]) -> bool:
    """Whether a key is the label of a key result: ``KR1: Raise retention``."""
    return bool(after_label(f"{pair[0].text}: x", "key_result")) and any(letter.isdigit() for letter in pair[0].text)


def _named(node: Pairs, names: tuple[str, ...]) -> Scalar | None:
    for name in names:
        for key, value in node.pairs:
            if _plain(key) == name and isinstance(value, Scalar) and value.text:
                return value
    return None


def _names_objective(node: Pairs) -> bool:
    return _named(node, _OBJECTIVE) is not None or any(
        after_label(f"{key.text}: x", "objective") for key, _ in node.pairs
    )


def _objective(node: Pairs) -> Scalar | None:
    labelled = (
        value
        for key, value in node.pairs
        if isinstance(value, Scalar) and value.text and after_label(f"{key.text}: x", "objective")
    )
    return _named(node, _OBJECTIVE) or next(labelled, None) or _named(node, _TITLES)


def _title(node: Pairs, role: Role) -> Scalar | None:
    return _named(node, _RESULT if role == "key_result" else _INITIATIVE)


def _goal(found: Scalar, role: Role) -> Goal:
    begin = after_label(found.text, role)
    return Goal(found.text[begin:], role, found.at[begin:])
