"""What is right, by brute force: a firm is relevant if every intended word is part of its name or of one of its items.

Spaces do not count; of a word typed by its first consonants, those of the texts are compared. It does not judge the
order among relevant firms.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from benchmarks.corpus import Line

FIRST = 10
_FIRST_SYLLABLE, _LAST_SYLLABLE, _A_CONSONANT = 0xAC00, 0xD7A3, 588
_CONSONANTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"


@dataclass(frozen=True, slots=True)
class Question:
    """What is typed, and what is meant by it: words, first consonants, or a business number."""

    typed: str
    intended: tuple[str, ...]
    by: str = "words"


class Truth:
    """A made-up registry as text; its firms are known by their number in it, from 0 on."""

    def __init__(self, lines: Sequence[Line]) -> None:
        sellers: dict[str, array[int]] = {}
        for firm, line in enumerate(lines):
            for text in {plain(text) for text in (line.name, *line.items)}:
                sellers.setdefault(text, array("I")).append(firm)
        self._sellers = list(sellers.values())
        self._words = "\n".join(sellers)
        self._initials = initials_of(self._words)
        self._starts = list(accumulate((len(text) + 1 for text in sellers), initial=0))
        self._numbers = {line.number: firm for firm, line in enumerate(lines)}

    def relevant(self, question: Question) -> set[int]:
        """The firms that a question means."""
        if question.by == "number":
            return {self._numbers[number] for number in question.intended}
        text = self._initials if question.by == "initials" else self._words
        return set.intersection(*(self._having(plain(word), text) for word in question.intended))

    def _having(self, word: str, text: str) -> set[int]:
        found: set[int] = set()
        at = text.find(word)
        while at >= 0:
            which = bisect_right(self._starts, at) - 1
            found.update(self._sellers[which])
            at = text.find(word, self._starts[which + 1])
        return found


def plain(text: str) -> str:
    """A text without spaces and in small letters."""
    return text.replace(" ", "").lower()


def initials_of(text: str) -> str:
    """A text with the first consonant of each syllable in its place."""
    return "".join(
        _CONSONANTS[(ord(c) - _FIRST_SYLLABLE) // _A_CONSONANT] if _FIRST_SYLLABLE <= ord(c) <= _LAST_SYLLABLE else c
        for c in text
    )


def recall(found: Iterable[int], relevant: set[int]) -> float:
    """The share of the first ten that are relevant, of those that could be."""
    return len(relevant.intersection(list(found)[:FIRST])) / min(FIRST, len(relevant))


def interval(shares: Sequence[float]) -> tuple[float, float]:
    """Wilson's interval (95 %) of a mean of shares, each counted as one trial."""
    n, z = len(shares), 1.96
    mean = sum(shares) / n
    middle = (mean + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (mean * (1 - mean) / n + z * z / (4 * n * n)) ** 0.5
    return middle - half, min(1.0, middle + half)
