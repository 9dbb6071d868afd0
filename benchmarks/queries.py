"""Queries of every class for a made-up registry, from a seed: what somebody types, and what is meant by it.

Of a slip, only what can be told apart is asked: queries that are a word of the registry themselves, or one slip away
from two of them, are left out; so is the beginning of two different words.
"""

import random
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from benchmarks import corpus
from benchmarks.corpus import Line
from benchmarks.slips import one_slip_away, slipped, unfinished
from benchmarks.truth import Question, initials_of, plain
from gwannae.programme.keystrokes import keystrokes

EXACT = ("two syllables", "one syllable", "item of three and more", "several words", "company name", "business number")
INITIALS = ("초성 of two", "초성 of three and more")
PARTIAL = "typing in progress"
SLIPS = ("slip, two syllables", "slip, three and more", "slip, company name")
_TRIES = 60  # for each query that is wanted


class Words:
    """The words of a registry from which queries are made."""

    def __init__(self, lines: Sequence[Line]) -> None:
        goods = [item for items in corpus.items_of_sectors() for item in items]
        self.pairs = [item for item in goods if " " in item]
        words = dict.fromkeys(word for item in goods for word in item.split())
        self.hangul = [word for word in words if all("가" <= c <= "힣" for c in word)]
        self.names = [name_of(line) for line in lines]
        self.cores = [line.core for line in lines]
        whole = {plain(item) for line in lines for item in line.items}
        self.known = {keystrokes(word) for word in {*words, *whole, *self.names, *self.cores}}
        self._ordered = sorted(self.known)
        self.lines = lines

    def begun_by(self, typed: str) -> Iterator[str]:
        """The words (as keys) that go on from what was typed."""
        keys = keystrokes(typed)
        at = bisect_left(self._ordered, keys)
        while at < len(self._ordered) and self._ordered[at].startswith(keys):
            yield self._ordered[at]
            at += 1


def name_of(line: Line) -> str:
    """A firm's name without its form."""
    return line.name.removeprefix("(주)")


def classes(words: Words, seed: int, count: int) -> dict[str, list[Question]]:
    """`count` queries of every class, as far as the registry has so many."""
    makers: dict[str, Callable[[random.Random], Question | None]] = {
        "two syllables": lambda rng: _word(rng.choice(words.hangul), 2, 2),
        "one syllable": lambda rng: _as_typed(rng.choice(words.hangul)[0]),
        "item of three and more": lambda rng: _word(rng.choice(words.hangul + words.pairs), 3, 99),
        "several words": lambda rng: _several(words, rng),
        "company name": lambda rng: _as_typed(_company(words, rng)),
        "business number": lambda rng: _number(words, rng),
        "초성 of two": lambda rng: _initials(rng.choice(words.hangul), 2, 2),
        "초성 of three and more": lambda rng: _initials(rng.choice(words.hangul), 3, 99),
        PARTIAL: lambda rng: _partial(words, rng),
        "slip, two syllables": lambda rng: _slip(words, rng.choice(words.hangul), rng, 2, 2),
        "slip, three and more": lambda rng: _slip(words, rng.choice(words.hangul), rng, 3, 99),
        "slip, company name": lambda rng: _slip(words, _company(words, rng), rng, 3, 99),
    }
    return {name: list(_distinct(make, random.Random(f"{seed}/{name}"), count)) for name, make in makers.items()}


def _distinct(make: Callable[[random.Random], Question | None], rng: random.Random, count: int) -> Iterator[Question]:
    """Different queries first; where there are fewer of them (few words have one syllable), the same ones again."""
    made: dict[Question, None] = {}
    for _ in range(count * _TRIES):
        question = make(rng)
        if question is not None:
            made[question] = None
        if len(made) == count:
            break
    for nth in range(count):
        yield list(made)[nth % len(made)]


def _as_typed(word: str) -> Question:
    return Question(word, (word,))


def _word(word: str, least: int, most: int) -> Question | None:
    return Question(word, tuple(word.split())) if least <= len(plain(word)) <= most else None


def _several(words: Words, rng: random.Random) -> Question:
    """A qualified thing in either order or without the space, or two things of one firm."""
    way = rng.randrange(4)
    if way == 3:
        items = rng.choice(words.lines).items
        one, other = rng.choice(items), rng.choice(items)
        return Question(f"{one} {other}", tuple(dict.fromkeys((*one.split(), *other.split()))))
    first, second = rng.choice(words.pairs).split()
    typed = (f"{first} {second}", f"{second} {first}", first + second)[way]
    return Question(typed, (first, second))


def _company(words: Words, rng: random.Random) -> str:
    at = rng.randrange(len(words.names))
    return words.names[at] if rng.random() < 0.5 or len(words.cores[at]) < 3 else words.cores[at]


def _number(words: Words, rng: random.Random) -> Question:
    number = rng.choice(words.lines).number
    typed = number if rng.random() < 0.5 else f"{number[:3]}-{number[3:5]}-{number[5:]}"
    return Question(typed, (number,), "number")


def _initials(word: str, least: int, most: int) -> Question | None:
    letters = initials_of(word)
    return Question(letters, (letters,), "initials") if least <= len(letters) <= most else None


def _partial(words: Words, rng: random.Random) -> Question | None:
    word = rng.choice(words.hangul)
    if len(word) < 2:
        return None
    typed = unfinished(word, rng)
    meant = keystrokes(word)
    if typed == word or any(meant not in other for other in words.begun_by(typed)):
        return None
    return Question(typed, (word,))


def _slip(words: Words, word: str, rng: random.Random, least: int, most: int) -> Question | None:
    if not least <= len(word) <= most:
        return None
    typed = slipped(word, rng)
    if typed == word or one_slip_away(typed, words.known) != {keystrokes(word)}:
        return None
    return Question(typed, (word,))
