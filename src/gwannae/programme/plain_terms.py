"""Terms as they are written: found whole, by their beginning, or by any part, in little memory.

Beginnings are found by bisection in the sorted list. Parts of few terms are found by going through all of them as one
text, which takes 50 microseconds and has nothing to prepare; of many, each pair of neighbouring characters knows its
terms.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice, takewhile
from operator import add

Ids = Sequence[int]
FEW = 20_000  # terms; from here on the pairs are worth their 2 ms and 300 bytes for each thousand of them


class PlainTerms:
    """An immutable sorted list of terms with their ids."""

    __slots__ = ("_ids", "_items", "_parts", "_texts")

    def __init__(self, terms: Iterable[tuple[int, str, bool]], few: int = FEW) -> None:
        """`terms` are (id, text, whether it is an item); no text is empty. Fewer than `few` are gone through."""
        ordered = sorted((text, term_id, is_item) for term_id, text, is_item in terms)
        self._texts = [text for text, _, _ in ordered]
        self._ids = array("q", [term_id for _, term_id, _ in ordered])
        self._items = bytes([is_item for _, _, is_item in ordered])
        self._parts: _OneText | _Pairs = (_OneText if len(self._texts) < few else _Pairs)(self._texts)

    def __len__(self) -> int:
        """The number of terms."""
        return len(self._texts)

    def __iter__(self) -> Iterator[tuple[int, str, bool]]:
        """The terms as they were given, sorted by text."""
        return zip(self._ids, self._texts, map(bool, self._items), strict=True)

    def find(self, word: str) -> tuple[Ids, Ids, Ids]:
        """Ids of the terms that are the word, that begin with it, and that have it further inside; each id once."""
        first, whole, last = self._span(word)
        ids = self._ids
        inside = [ids[index] for index in self._parts.having(word) if not first <= index < last]
        return ids[first:whole], ids[whole:last], inside

    def is_item(self, word: str) -> bool:
        """Whether the word is a whole item."""
        first = bisect_left(self._texts, word)
        return any(self._items[first : bisect_right(self._texts, word, first)])

    def is_whole(self, word: str) -> bool:
        """Whether the word is a whole term."""
        first = bisect_left(self._texts, word)
        return first < len(self._texts) and self._texts[first] == word

    def knows(self, word: str) -> bool:
        """Whether some term has the word in it."""
        first, _, last = self._span(word)
        return first < last or self._parts.has(word)

    def ends(self, word: str) -> bool:
        """Whether some term ends with the word."""
        return self._parts.any_ends(word)

    def starting(self, word: str, limit: int) -> list[str]:
        """The first terms that are the word or begin with it."""
        first, _, last = self._span(word)
        return self._texts[first : min(last, first + limit)]

    def _span(self, word: str) -> tuple[int, int, int]:
        """Where the word stands: [first, whole) are the word itself, [whole, last) go on after it."""
        texts = self._texts
        first = last = bisect_left(texts, word)
        whole = bisect_right(texts, word, first)
        end, step = len(texts), 1
        while last < end and texts[last].startswith(word):  # in growing steps: most beginnings are shared by few
            last, step = min(end, last + step), step * 2
        if last > first:
            last = bisect_right(texts, word, first, last, key=lambda text: text[: len(word)])
        return first, whole, last


class _OneText:
    """All terms in one text, each with its end; gone through from front to back."""

    __slots__ = ("_starts", "_text")

    def __init__(self, texts: list[str]) -> None:
        self._text = "".join([f"{text}\n" for text in texts])
        self._starts = array("I", accumulate((len(text) + 1 for text in texts), initial=0))

    def having(self, word: str) -> Iterator[int]:
        """Indexes of the terms that the word is part of, ascending."""
        text, starts, index = self._text, self._starts, 0
        at = text.find(word)
        while at >= 0:
            index = bisect_right(starts, at, index) - 1
            yield index
            at = text.find(word, starts[index + 1])

    def has(self, word: str) -> bool:
        """Whether the word is part of some term."""
        return word in self._text

    def any_ends(self, word: str) -> bool:
        """Whether some term ends with the word."""
        return f"{word}\n" in self._text


class _Pairs:
    """The terms of each pair of neighbouring characters. The end of a term counts as a character, so that a word of one
    character has pairs as well.
    """

    __slots__ = ("_pairs", "_sorted", "_texts")

    def __init__(self, texts: list[str]) -> None:
        pairs: dict[str, list[int]] = {}
        for index, text in enumerate(texts):
            for pair in set(map(add, text, text[1:] + "\n")):
                known = pairs.get(pair)
                if known is None:
                    pairs[pair] = [index]
                else:
                    known.append(index)
        self._texts = texts
        self._pairs = {pair: array("I", pairs[pair]) for pair in sorted(pairs)}
        self._sorted = list(self._pairs)

    def having(self, word: str) -> Iterable[int]:
        """Indexes of the terms that the word is part of."""
        pairs, texts = self._pairs, self._texts
        if len(word) == 1:
            begin = bisect_left(self._sorted, word)
            beginning = takewhile(lambda pair: pair[0] == word, islice(self._sorted, begin, None))
            return set(chain.from_iterable(map(pairs.__getitem__, beginning)))
        rarest = self._rarest(word)
        return rarest if len(word) == 2 else [index for index in rarest if word in texts[index]]

    def has(self, word: str) -> bool:
        """Whether the word is part of some term."""
        if len(word) == 1:
            return any(True for _ in self.having(word))
        texts, rarest = self._texts, self._rarest(word)
        return len(rarest) > 0 if len(word) == 2 else any(word in texts[index] for index in rarest)

    def _rarest(self, word: str) -> array[int]:
        none: array[int] = array("I")
        return min([self._pairs.get(word[at : at + 2], none) for at in range(len(word) - 1)], key=len)

    def any_ends(self, word: str) -> bool:
        """Whether some term ends with the word."""
        return any(self._texts[index].endswith(word) for index in self._pairs.get(word[-1] + "\n", ()))
