"""What a sentence asks for: its words that matter, and in which order to try them.

People type a keyword, or write as to a colleague: "현수막 업체 추천해줘", "500만원 이하 책상 살 데". Korean puts who
asks and what for first and the verb last; what is left between is the thing. Function words go by short lists,
particles by the sound before them; whether a word is one or two is asked of the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from gwannae.programme.function_words import SOFT, FunctionWords, is_particles_alone, without_particle
from gwannae.programme.general_words import DEEDS, TOO_GENERAL
from gwannae.programme.hangul import firm_key, fold

MAX_TEXT = 400  # characters that are read
MAX_WORDS = 8
_SHORTEST_JOINED, _LONGEST_JOINED = 4, 24  # characters of one word that is taken apart
_SHORT = 2  # characters of a word that may be a function word as well

Named = Callable[[str], bool]

_SENTENCE = re.compile(r"[.?!。？！…]+(?=\s|$)|\n")
_FORM = re.compile(r"\([주유사재합]\)")


class Words(Protocol):
    """What must be known of the vocabulary of terms."""

    def knows(self, word: str) -> bool:
        """Whether some term has the word in it."""

    def is_item(self, word: str) -> bool:
        """Whether the word is a whole item of some firm."""

    def begins_several(self, word: str) -> bool:
        """Whether more than one term begins with the word, or is it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence as understood.

    `words` are the keys of what is asked for, as typed. `attempts` are the words to look for, all of them met by a
    firm, best understood first: the next is to be tried where one finds no firm. The first is what was asked, the
    second may be the same with joined words taken apart; later ones leave words out.
    """

    words: tuple[str, ...]
    attempts: tuple[tuple[str, ...], ...]


def read_words(text: str, functions: FunctionWords, known: Words, named: Named = lambda _: False) -> Asked:
    """Understand a query or a sentence without its amounts (`planned_price`). Never fails; a single function word asks
    for the terms that have it, several ask for nothing.

    `named` says of a key whether it is a word of some trade, which is one word whether or not a firm lists it.
    """
    folded = fold(text)[:MAX_TEXT]
    if known.is_item(folded):  # most queries are one
        return Asked((folded,), tuple(_attempts([folded], known)))
    words: list[str] = []
    for sentence in _SENTENCE.split(folded):  # what follows the question is about the answer: "후보군 비교용"
        words = _content(sentence, functions, known, named)
        if words:
            break
    key = firm_key(folded)
    if not words and len(folded.split()) == 1 and known.knows(key) and not is_particles_alone(key):
        words = [key]
    words = list(dict.fromkeys(words))[:MAX_WORDS]
    return Asked(tuple(words), tuple(dict.fromkeys(_attempts(words, known))))


def _content(sentence: str, functions: FunctionWords, known: Words, named: Named) -> list[str]:
    pieces = [piece for piece in re.split(r"[\s,;、]+", sentence) if piece and not _FORM.fullmatch(piece)]
    keys = [key for piece in pieces if (key := firm_key(piece))]
    keys = keys[functions.asker_ends(keys) :]
    content: list[str] = []
    for key in keys:
        thing = _thing(key, named)
        if thing is None and functions.says_nothing(key):
            continue
        bare = _bare(key, functions, known)
        content.append(bare if thing is None or known.is_item(bare) else thing)
    return content


def _thing(key: str, named: Named) -> str | None:
    """The word of a trade that a key is, with or without a particle: 감사패 is no 감사합니다, 여론조사 no 조사 of 여론.

    Words of two syllables (수의) are too often a part of what every buyer says.
    """
    rest, _ = without_particle(key)
    return next((word for word in (key, rest) if len(word) > _SHORT and named(word)), None)


def _bare(key: str, functions: FunctionWords, known: Words) -> str:
    """A word without particles and what is joined to its end; an item of the vocabulary is left alone.

    책상이 becomes 책상 although some term may go on so (책상이동대); 오이 loses nothing, for 오 is no item.
    """
    if known.is_item(key):
        return key
    rest, surely = without_particle(key)
    if rest != key and known.is_item(rest):
        return rest
    if known.knows(key):
        return key
    shorter = functions.without_ending(key)
    if shorter != key:
        return shorter
    if surely or (len(rest) > 2 and known.knows(rest)):
        return functions.without_ending(rest)
    return key


def _attempts(words: list[str], known: Words) -> Iterator[tuple[str, ...]]:
    if not words:
        return
    yield tuple(words)
    if len(words) == 1 and known.is_item(words[0]):
        if apart := _thing_apart(words[0], known):
            yield apart
        return
    parted = [part for word in words for part in _parts(word, known)]
    yield tuple(dict.fromkeys(parted))
    hard = tuple(word for word in dict.fromkeys(parted) if word not in SOFT)
    if not hard:
        return
    yield hard
    things = {word for word in hard if word not in DEEDS}
    met = tuple(word for word in hard if known.knows(word))
    if things and things.isdisjoint(met):  # 교량 보수 where nobody lists 교량: who does 보수 elsewhere is no answer
        met = ()
    if met:
        yield met
    parts = met or hard
    for size in range(len(parts) - 1, 0, -1):  # the last word of a Korean phrase is its head: it is given up last
        for first in range(len(parts) - size, -1, -1):
            some = parts[first : first + size]
            if not things or not things.isdisjoint(some):
                yield some


def _thing_apart(item: str, known: Words) -> tuple[str, str] | None:
    """An item that is a thing with a qualifier before it, as those two words: 행사용생수 as 행사용, 생수.

    So that it leads to whoever has the two in several items as well, as with a space between them. The thing is the
    longest that is an item itself and says something; the qualifier stands before other things, too.
    """
    if not _SHORTEST_JOINED <= len(item) <= _LONGEST_JOINED or item.isascii():
        return None
    for begin in range(2, len(item)):
        thing = item[begin:]
        if known.is_item(thing) and thing not in TOO_GENERAL and not _is_latin(item[begin - 1 : begin + 1]):
            return (item[:begin], thing) if known.begins_several(item[:begin]) else None
    return None


def _parts(word: str, known: Words) -> list[str]:
    """A joined word as words that the vocabulary has: 현수막제작 as 현수막, 제작. The word itself where it is one.

    The least doubtful parts win, then the fewest. One part may be unknown if the others are items: it is misspelt, or
    qualifies them.
    """
    if not _SHORTEST_JOINED <= len(word) <= _LONGEST_JOINED or known.is_item(word):
        return [word]
    best: dict[int, tuple[int, int, list[str]]] = {0: (0, 0, [])}  # by end: (doubts, number of parts, parts)
    for end in range(2, len(word) + 1):
        for begin in range(end - 1):
            if begin not in best or (begin == 0 and end == len(word)) or _is_latin(word[begin - 1 : begin + 1]):
                continue
            doubts, count, words = best[begin]
            cost = (doubts + _doubt(word[begin:end], known), count + 1, [*words, word[begin:end]])
            if end not in best or cost[:2] < best[end][:2]:
                best[end] = cost
    doubts, count, words = best.get(len(word), (0, 1, [word]))
    return words if doubts < min(count, 2) * _UNKNOWN and doubts <= _UNKNOWN else [word]


def _is_latin(pair: str) -> bool:
    """Whether two letters are of one Latin word or number, which has no parts."""
    return len(pair) > 1 and pair.isascii()


_ACCIDENT, _UNKNOWN = 2, 3


def _doubt(part: str, known: Words) -> int:
    """How doubtful it is that a part of a joined word is a word: two syllables stand inside some term by accident."""
    if part in SOFT or known.is_item(part):
        return 0
    if known.knows(part):
        return 1 if len(part) > 2 else _ACCIDENT
    return _UNKNOWN
