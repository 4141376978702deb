"""Put German words into the order of the one grammar: the verb before its object, split verbs joined, means last."""

from __future__ import annotations

from dataclasses import replace

from plumbline_judge.judgement import Span
from plumbline_judge.lexicon import Tags, word_set
from plumbline_judge.tongues.german_forms import german
from plumbline_judge.words import Word

_SUBORDINATE = frozenset(("ends_markers", "purpose_markers"))
_LONGEST_PARTICLE = 6
_FARTHEST = 25
# Particles are read as small words first; here they are taken back.
_PARTICLES = {
    "on": "an", "from the": "aus", "at": "bei", "with": "mit", "after": "nach", "about": "um", "for": "zu",
    "before": "vor", "over": "über", "among": "unter", "through": "durch", "a": "ein",
}  # fmt: skip
_AUXILIARIES = word_set("is are was were be has have had can should must may will would")
_LEADS = word_set("until in on for to at after before since within during from via")
_MEANS = word_set("through mittels mithilfe dank")
_SKIPPED = word_set("and or but , ; . : & then")
_SAYS_NOTHING = Tags((), (), ("stopwords",))
_DONE = (("finishing", "d"),)
_OF_OTHERS = frozenset(("of_others", "of_choosing"))


def arranged(sentence: list[Word], due: Span | None) -> list[Word]:
    """Return the words with each clause put in order, and the words of the deadline last."""
    when = [word for word in sentence if due and due.start <= word.start < due.end]
    found: list[Word] = []
    for clause in _clauses(_joined([word for word in sentence if word not in when])):
        found += _ordered(clause)
    return [*found, *when]


def _joined(sentence: list[Word]) -> list[Word]:
    """Put split verbs together again: "nehmen 80 Einwohner teil" is "teilnehmen 80 Einwohner"."""
    found = list(sentence)
    for at in range(len(found) - 1, 0, -1):
        particle = _PARTICLES.get(found[at].low, found[at].low)
        if len(particle) > _LONGEST_PARTICLE or not _ends_clause(found, at):
            continue
        verb = _verb_of(found, at, particle)
        if verb >= 0:
            tags = german().parted[particle, found[verb].low]
            found[verb] = replace(found[verb], tags=Tags(tags, (), ()))
            found[at] = replace(found[at], low="fully", tags=_SAYS_NOTHING)
    return found


def _ends_clause(sentence: list[Word], at: int) -> bool:
    return at + 1 == len(sentence) or sentence[at + 1].kind == "p" or sentence[at + 1].low in _SKIPPED


def _verb_of(sentence: list[Word], at: int, particle: str) -> int:
    """Return where the finite verb stands that a particle was split from, else -1."""
    parted = german().parted
    for before in range(at - 1, max(-1, at - _FARTHEST), -1):
        if sentence[before].low == ",":
            break
        if sentence[before].kind == "w" and (particle, sentence[before].low) in parted:
            return before
    return -1


def _clauses(sentence: list[Word]) -> list[list[Word]]:
    """Part a sentence where a comma, a colon or a marker stands, and behind "and" where a verb closes a clause."""
    found: list[list[Word]] = [[]]
    for at, word in enumerate(sentence):
        opens = not _SUBORDINATE.isdisjoint(word.tags.marks) or (word.low == "who" and at > 0)
        if opens:
            if found[-1] and found[-1][-1].low == ",":
                found[-1].pop()
            found.append([])
        elif word.low in (":", ";", ".", "(", ")") or (word.low in (",", "and", "or") and at and _closes(sentence, at)):
            found.append([word])
            continue
        found[-1].append(word)
    return [clause for clause in found if clause]


def _closes(sentence: list[Word], at: int) -> bool:
    """Whether a clause ends before this word: a verb stands there, or a relative clause is over."""
    return bool(sentence[at - 1].verb("bds")) and not sentence[at - 1].tags.nouns


def _ordered(clause: list[Word]) -> list[Word]:
    first = next((at for at, word in enumerate(clause) if word.low not in _SKIPPED), len(clause))
    head, body = clause[:first], clause[first:]
    if not body or not _SUBORDINATE.isdisjoint(body[0].tags.marks):
        return clause
    tail: list[Word] = []
    while body and body[-1].kind == "p" and body[-1].low not in "%€$£+":
        tail.insert(0, body.pop())
    return [*head, *_means_last(_verb_first(body)), *tail]


def _verb_first(body: list[Word]) -> list[Word]:
    if body and _ends_done(body):
        known = body[-1].tags
        body = [*body[:-1], replace(body[-1], tags=Tags(_DONE, known.nouns, known.marks))]
    if len(body) < 2 or not _is_final_verb(body[-1]):  # noqa: PLR2004
        return body
    verb, rest = body[-1], body[:-1]
    helper = next((at for at, word in enumerate(rest) if word.low in _AUXILIARIES), -1)
    if helper >= 0:
        return [*rest[: helper + 1], verb, *rest[helper + 1 :]]
    if _has_finite(rest) or _is_said_of_people(rest, verb):
        return body
    place = _behind_lead(rest)
    return [*rest[:place], verb, *rest[place:]]


def _ends_done(body: list[Word]) -> bool:
    """Whether a clause without a verb says at its end that something is done: "Neue Website live"."""
    tags = body[-1].tags
    return "states_of_done" in tags.marks and not tags.verbs and not _has_finite(body) and len(body) > 1


def _is_final_verb(word: Word) -> bool:
    return bool(word.verb("bd")) and not word.tags.nouns


def _has_finite(rest: list[Word]) -> bool:
    """Whether a finite verb stands in second place: "Kunden nutzen die App"."""
    return any(word.verb("bs") and not word.tags.nouns and at > 0 for at, word in enumerate(rest))


def _is_said_of_people(rest: list[Word], verb: Word) -> bool:
    """Whether people do what the last verb says: "10 Kunden unterschreiben", "Heizkosten sinken"."""
    nouns = [word for word in rest if word.tags.nouns]
    if not nouns:
        return False
    if verb.low in _GO_BY_THEMSELVES:
        return True
    people = any(group.startswith("people") for group in nouns[0].tags.nouns)
    return people and len(nouns) == 1 and set(verb.verb("bsd")) <= _OF_OTHERS and bool(verb.verb("bs"))


_GO_BY_THEMSELVES = word_set("sinken steigen wachsen fallen zunehmen entfallen schrumpfen ansteigen zurückgehen")


def _behind_lead(rest: list[Word]) -> int:
    """Return the place behind a leading "bis Ende Juni" or "im dritten Quartal"."""
    if rest[0].low not in _LEADS or len(rest) < 3:  # noqa: PLR2004
        return 0
    for at in range(1, len(rest) - 1):
        if rest[at].kind == "w" and _starts_noun(rest[at + 1]):
            return at + 1
    return 0


def _starts_noun(word: Word) -> bool:
    return word.kind == "n" or word.low in ("the", "a", "our", "all", "every", "new") or bool(word.tags.nouns)


def _means_last(body: list[Word]) -> list[Word]:
    """Move "durch gezielte Schulungen" behind what it is a means for."""
    for at, word in enumerate(body):
        leads = word.low in _MEANS or (word.low == "with" and at <= 1 and (at == 0 or bool(body[0].verb("bd"))))
        if leads and at + 1 < len(body) and body[at + 1].kind == "w":
            end = _end_of_means(body, at)
            if end < len(body):
                return [*body[:at], *body[end:], *body[at:end]]
    return body


def _end_of_means(body: list[Word], at: int) -> int:
    """Return where the noun phrase of a means ends: behind its noun and what that is of."""
    end = at + 1
    while end < len(body):
        noun = bool(body[end].tags.nouns) or (body[end].kind == "w" and not body[end].tags.marks)
        following = body[end + 1] if end + 1 < len(body) else None
        if following is None:
            return len(body)
        if (
            noun
            and end > at
            and (following.kind == "n" or following.low in ("the", "to", "by", "from", "our", "fewer"))
        ):
            return end + 1
        end += 1
    return len(body)
